#include "roundabout/pair.h"

#include "agenda/joint.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "text/likeness.h"
#include "text/unicode.h"

#define WEEK_MS (7 * MS_PER_DAY)

enum { Q_HAS, Q_ADD, Q_ADD_SIDE, Q_UNASKED, Q_ASKED, Q_ADD_ASK, Q_FIND_ASKED, Q_FIND_ANSWERED, Q_SIDES, Q_ANSWER, Q_SETTLE, Q_MAX };

static const char *const sql[] = {
	[Q_HAS] = "SELECT count(*) FROM roundabout_pair WHERE first = ?1 AND second = ?2",
	[Q_ADD] = "INSERT INTO roundabout_pair (first, second, made_at_ms, state) VALUES (?1, ?2, ?3, 'asked')",
	[Q_ADD_SIDE] = "INSERT INTO roundabout_side (pair, core, event, asked) VALUES (?1, ?2, ?3, 0)",
	[Q_UNASKED] = "SELECT s.pair, s.event, o.event FROM roundabout_side AS s JOIN roundabout_pair AS p ON p.id = s.pair"
	              " JOIN roundabout_side AS o ON o.pair = s.pair AND o.core <> s.core"
	              " WHERE s.core = ?1 AND s.asked = 0 AND s.pair > ?2 AND p.state = 'asked' ORDER BY s.pair LIMIT 1",
	[Q_ASKED] = "UPDATE roundabout_side SET asked = 1 WHERE pair = ?1 AND core = ?2",
	[Q_ADD_ASK] = "INSERT INTO roundabout_ask (key, pair, core) VALUES (?1, ?2, ?3)",
	[Q_FIND_ASKED] = "SELECT pair, core FROM roundabout_ask WHERE key = ?1",
	[Q_FIND_ANSWERED] = "SELECT pair, core FROM roundabout_side WHERE message = ?1",
	[Q_SIDES] = "SELECT p.state, s.event, ifnull(s.answer, ''), o.event, ifnull(o.answer, '') FROM roundabout_pair AS p"
	            " JOIN roundabout_side AS s ON s.pair = p.id AND s.core = ?2 JOIN roundabout_side AS o ON o.pair = p.id AND o.core <> ?2"
	            " WHERE p.id = ?1",
	[Q_ANSWER] = "UPDATE roundabout_side SET answer = ?3, person = nullif(?4, 0), message = ?5 WHERE pair = ?1 AND core = ?2",
	[Q_SETTLE] = "UPDATE roundabout_pair SET state = ?2 WHERE id = ?1",
};
_Static_assert(ARRAY_LEN(sql) == Q_MAX, "a statement for every name");

const struct statements pair_statements = { "roundabout/pair", sql, Q_MAX };

/* A core's own plan that happens once and did not begin yet. */
static bool may_pair(struct view *view, const struct agenda_event *event)
{
	return event->core && !event->timing.rrule && event->has_next && event->next_at_ms > view_now_ms(view);
}

static bool share_place(struct view *view, const struct agenda_event *a, const struct agenda_event *b)
{
	struct arena *arena = view_arena(view);

	return a->place && b->place && str_equal(unicode_fold(arena, a->place), unicode_fold(arena, b->place));
}

enum pair_reason pair_compare(struct view *view, const struct agenda_event *a, const struct agenda_event *b)
{
	int64_t days;

	if (!may_pair(view, a) || !may_pair(view, b) || joint_takes_part(view, a, b->core) || joint_takes_part(view, b, a->core))
		return PAIR_NONE;
	if (share_place(view, a, b) && a->next_at_ms < b->next_over_ms && b->next_at_ms < a->next_over_ms)
		return PAIR_PLACE;
	days = wall_to_days(&a->next) - wall_to_days(&b->next);
	if (days > -7 && days < 7 && likeness_of_titles(view_arena(view), a->title, b->title))
		return PAIR_WEEK;
	return days == 0 ? PAIR_DAY : PAIR_NONE;
}

static bool was_pair(struct view *view, int64_t first, int64_t second)
{
	struct stmt *q = view_query(view, &pair_statements, Q_HAS);

	stmt_bind_int(q, 1, first);
	stmt_bind_int(q, 2, second);
	return stmt_one_int(q, 0) != 0;
}

static int64_t lower(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t higher(int64_t a, int64_t b)
{
	return a < b ? b : a;
}

/* The likeliest; of those the soonest. */
static enum pair_reason find_best(struct view *view, const struct agenda_event *event, struct agenda_event *ret_other)
{
	enum pair_reason best = PAIR_NONE;
	size_t len;
	const struct agenda_event *list = agenda_beginning(view, event->next_at_ms - WEEK_MS, event->next_over_ms + WEEK_MS, &len);

	for (size_t i = 0; i < len; i++) {
		enum pair_reason reason = pair_compare(view, event, &list[i]);

		if (reason <= best || was_pair(view, lower(event->number, list[i].number), higher(event->number, list[i].number)))
			continue;
		best = reason;
		*ret_other = list[i];
	}
	return best;
}

static void add_side(struct turn *turn, const struct pair_side *side)
{
	struct stmt *q = turn_query(turn, &pair_statements, Q_ADD_SIDE);

	stmt_bind_int(q, 1, side->pair);
	stmt_bind_int(q, 2, side->core);
	stmt_bind_int(q, 3, side->own.number);
	(void)stmt_run(q);
}

bool pair_look(struct turn *turn, const struct agenda_event *event, struct pair_side ret_sides[2])
{
	struct agenda_event other;
	enum pair_reason reason;
	struct stmt *q;
	int64_t pair;

	if (!may_pair(turn_view(turn), event))
		return false;
	reason = find_best(turn_view(turn), event, &other);
	if (reason == PAIR_NONE)
		return false;
	q = turn_query(turn, &pair_statements, Q_ADD);
	stmt_bind_int(q, 1, lower(event->number, other.number));
	stmt_bind_int(q, 2, higher(event->number, other.number));
	stmt_bind_int(q, 3, turn_now_ms(turn));
	pair = stmt_insert(q);
	ret_sides[0] = (struct pair_side){ pair, event->core, reason, *event, other };
	ret_sides[1] = (struct pair_side){ pair, other.core, reason, other, *event };
	add_side(turn, &ret_sides[0]);
	add_side(turn, &ret_sides[1]);
	return true;
}

/* The core's first pair behind `after` that waits to be asked. */
static bool next_unasked(struct view *view, int64_t core, int64_t after, int64_t *ret_pair, int64_t *ret_own, int64_t *ret_other)
{
	struct stmt *q = view_query(view, &pair_statements, Q_UNASKED);

	stmt_bind_int(q, 1, core);
	stmt_bind_int(q, 2, after);
	if (!stmt_step(q))
		return false;
	*ret_pair = stmt_int(q, 0);
	*ret_own = stmt_int(q, 1);
	*ret_other = stmt_int(q, 2);
	stmt_reset(q);
	return true;
}

bool pair_find_unasked(struct view *view, int64_t core, struct pair_side *ret_side)
{
	int64_t pair = 0, own, other;

	while (next_unasked(view, core, pair, &pair, &own, &other)) {
		*ret_side = (struct pair_side){ .pair = pair, .core = core, .own = agenda_get(view, own), .other = agenda_get(view, other) };
		ret_side->reason = pair_compare(view, &ret_side->own, &ret_side->other);
		if (ret_side->reason != PAIR_NONE)
			return true;
	}
	return false;
}

void pair_asked(struct turn *turn, int64_t pair, int64_t core, const char *key)
{
	struct stmt *q = turn_query(turn, &pair_statements, Q_ASKED);

	stmt_bind_int(q, 1, pair);
	stmt_bind_int(q, 2, core);
	(void)stmt_run(q);
	q = turn_query(turn, &pair_statements, Q_ADD_ASK);
	stmt_bind_text(q, 1, key);
	stmt_bind_int(q, 2, pair);
	stmt_bind_int(q, 3, core);
	(void)stmt_run(q);
}

static bool find_side(struct view *view, size_t query, const char *by, int64_t *ret_pair, int64_t *ret_core)
{
	struct stmt *q = view_query(view, &pair_statements, query);

	stmt_bind_text(q, 1, by);
	if (!stmt_step(q))
		return false;
	*ret_pair = stmt_int(q, 0);
	*ret_core = stmt_int(q, 1);
	stmt_reset(q);
	return true;
}

bool pair_find_asked(struct view *view, const char *key, int64_t *ret_pair, int64_t *ret_core)
{
	return find_side(view, Q_FIND_ASKED, key, ret_pair, ret_core);
}

bool pair_find_answered(struct view *view, const char *message, int64_t *ret_pair, int64_t *ret_core)
{
	return find_side(view, Q_FIND_ANSWERED, message, ret_pair, ret_core);
}

/* Where a pair stands, seen from one of its cores. */
struct standing {
	const char *state;
	const char *answer;
	const char *other_answer;
	int64_t own;
	int64_t other;
};

static struct standing standing_get(struct view *view, int64_t pair, int64_t core)
{
	struct stmt *q = view_query(view, &pair_statements, Q_SIDES);
	struct standing standing;

	stmt_bind_int(q, 1, pair);
	stmt_bind_int(q, 2, core);
	INVARIANT(stmt_step(q));
	standing = (struct standing){
		.state = stmt_text(q, 0),
		.own = stmt_int(q, 1),
		.answer = stmt_text(q, 2),
		.other = stmt_int(q, 3),
		.other_answer = stmt_text(q, 4),
	};
	stmt_reset(q);
	return standing;
}

/* answer NULL: none, and nobody gave it. */
static void set_answer(struct turn *turn, int64_t pair, int64_t core, const char *answer, int64_t person, const char *message)
{
	struct stmt *q = turn_query(turn, &pair_statements, Q_ANSWER);

	stmt_bind_int(q, 1, pair);
	stmt_bind_int(q, 2, core);
	stmt_bind_text(q, 3, answer);
	stmt_bind_int(q, 4, person);
	stmt_bind_text(q, 5, message);
	(void)stmt_run(q);
}

static void settle(struct turn *turn, int64_t pair, const char *state)
{
	struct stmt *q = turn_query(turn, &pair_statements, Q_SETTLE);

	stmt_bind_int(q, 1, pair);
	stmt_bind_text(q, 2, state);
	(void)stmt_run(q);
}

/* Both said yes: the plan that was there first goes on. */
static enum pair_verdict join(const struct agenda_hand *hand, struct turn *turn, int64_t pair, const struct standing *standing,
			      struct agenda_event *ret_event)
{
	enum agenda_verdict verdict = joint_make(hand, turn, lower(standing->own, standing->other), higher(standing->own, standing->other), ret_event);

	INVARIANT(verdict == AGENDA_DONE);
	settle(turn, pair, "joined");
	return PAIR_JOINED;
}

enum pair_verdict pair_answer(const struct agenda_hand *hand, struct turn *turn, const struct pair_answer *answer, struct agenda_event *ret_event)
{
	struct standing standing = standing_get(turn_view(turn), answer->pair, answer->core);
	struct agenda_event other = agenda_get(turn_view(turn), standing.other);
	const char *word = answer->yes ? "yes" : "no";

	*ret_event = agenda_get(turn_view(turn), standing.own);
	if (str_equal(standing.state, "joined") || str_equal(standing.answer, word))
		return PAIR_SETTLED;
	if (!str_equal(standing.state, "asked") || pair_compare(turn_view(turn), ret_event, &other) == PAIR_NONE)
		return PAIR_STAYS;
	set_answer(turn, answer->pair, answer->core, word, hand->actor->person, answer->message);
	if (!answer->yes) {
		settle(turn, answer->pair, "refused");
		return PAIR_REFUSED;
	}
	return str_equal(standing.other_answer, "yes") ? join(hand, turn, answer->pair, &standing, ret_event) : PAIR_NOTED;
}

void pair_take_back(struct turn *turn, int64_t pair, int64_t core)
{
	if (str_equal(standing_get(turn_view(turn), pair, core).state, "asked"))
		set_answer(turn, pair, core, NULL, 0, NULL);
}
