#include "agenda/chair.h"

#include "agenda/notice.h"
#include "base/arena.h"
#include "base/str.h"
#include "people/link.h"
#include "text/unicode.h"

enum { Q_COUNT, Q_LIST, Q_CLEAR, Q_ADD, Q_MOVE, Q_AWAY, Q_LAST, Q_HELD, Q_EVENT_COUNT, Q_EVENTS, Q_MAX };

#define EVENTS "FROM agenda_event WHERE app_group = ?1 AND next_at_ms IS NOT NULL AND next_over_ms > ?2 AND EXISTS (SELECT 1 FROM agenda_chair WHERE event = id)"

static const char *const sql[] = {
	[Q_COUNT] = "SELECT count(*) FROM agenda_chair WHERE event = ?1",
	[Q_LIST] = "SELECT place, ifnull(person, 0), name, ifnull(away_until > ?2, 0) FROM agenda_chair WHERE event = ?1"
	           " ORDER BY ifnull(away_until > ?2, 0), place",
	[Q_CLEAR] = "DELETE FROM agenda_chair WHERE event = ?1",
	[Q_ADD] = "INSERT INTO agenda_chair (event, place, person, name) VALUES (?1, ?2, nullif(?3, 0), ?4)",
	[Q_MOVE] = "UPDATE agenda_chair SET place = ?3 WHERE event = ?1 AND place = ?2",
	[Q_AWAY] = "UPDATE agenda_chair SET away_until = ?3 WHERE event = ?1 AND place = ?2",
	[Q_LAST] = "SELECT max(place) FROM agenda_chair WHERE event = ?1",
	[Q_HELD] = "INSERT INTO agenda_chaired (event, day, person, name) VALUES (?1, ?2, nullif(?3, 0), ?4) ON CONFLICT DO NOTHING",
	[Q_EVENT_COUNT] = "SELECT count(*) " EVENTS,
	[Q_EVENTS] = "SELECT id " EVENTS " ORDER BY next_at_ms, id",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements agenda_chair_statements = { "agenda.chair", sql, Q_MAX };

static const char *day_of(struct view *view, const struct agenda_event *event)
{
	return event->has_next ? wall_format_date(view_arena(view), &event->next) : "";
}

struct chair *chair_list(struct view *view, const struct agenda_event *event, size_t *ret_len)
{
	struct stmt *q = view_query(view, &agenda_chair_statements, Q_COUNT);
	struct chair *list;

	stmt_bind_int(q, 1, event->number);
	list = arena_array(view_arena(view), struct chair, (size_t)stmt_one_int(q, 0));
	q = view_query(view, &agenda_chair_statements, Q_LIST);
	stmt_bind_int(q, 1, event->number);
	stmt_bind_text(q, 2, day_of(view, event));
	*ret_len = 0;
	while (stmt_step(q))
		list[(*ret_len)++] = (struct chair){ stmt_int(q, 0), stmt_int(q, 1), stmt_text(q, 2), stmt_int(q, 3) != 0 };
	return list;
}

static bool is_listed(struct view *view, const struct agenda_event *event, int64_t person)
{
	size_t len;
	const struct chair *chairs = chair_list(view, event, &len);

	for (size_t i = 0; i < len; i++) {
		if (chairs[i].person && link_is_one(view, chairs[i].person, person))
			return true;
	}
	return false;
}

/* Who may change the event, and of what goes on in its list those on it. */
static enum chair_verdict take_hold(const struct agenda_hand *hand, struct turn *turn, int64_t number, struct agenda_event *ret_event,
				    enum agenda_verdict *ret_refusal)
{
	size_t len;

	*ret_refusal = agenda_may_change(hand, turn, number, ret_event);
	if (*ret_refusal == AGENDA_UNKNOWN)
		return CHAIR_REFUSED;
	(void)chair_list(turn_view(turn), ret_event, &len);
	if (!len)
		return *ret_refusal == AGENDA_DONE || *ret_refusal == AGENDA_NOT_YOURS ? CHAIR_NONE : CHAIR_REFUSED;
	if (*ret_refusal == AGENDA_NOT_YOURS && ret_event->has_next)
		return is_listed(turn_view(turn), ret_event, hand->actor->person) ? CHAIR_DONE : CHAIR_NOT_YOURS;
	return *ret_refusal == AGENDA_DONE ? CHAIR_DONE : CHAIR_REFUSED;
}

enum chair_verdict chair_set(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct chair *chairs, size_t len,
			     struct agenda_event *ret_event, enum agenda_verdict *ret_refusal)
{
	struct stmt *q;

	*ret_refusal = agenda_may_change(hand, turn, number, ret_event);
	if (*ret_refusal != AGENDA_DONE)
		return CHAIR_REFUSED;
	q = turn_query(turn, &agenda_chair_statements, Q_CLEAR);
	stmt_bind_int(q, 1, number);
	(void)stmt_run(q);
	for (size_t i = 0; i < len; i++) {
		q = turn_query(turn, &agenda_chair_statements, Q_ADD);
		stmt_bind_int(q, 1, number);
		stmt_bind_int(q, 2, (int64_t)i + 1);
		stmt_bind_int(q, 3, chairs[i].person);
		stmt_bind_text(q, 4, chairs[i].name);
		(void)stmt_run(q);
	}
	return CHAIR_DONE;
}

/* By who he is, else by what he is called on the list. */
static const struct chair *find(struct view *view, const struct chair *chairs, size_t len, const struct chair *who)
{
	const char *name = unicode_fold(view_arena(view), who->name);

	for (size_t i = 0; i < len; i++) {
		if (who->person && chairs[i].person && link_is_one(view, chairs[i].person, who->person))
			return &chairs[i];
	}
	for (size_t i = 0; i < len; i++) {
		if (str_equal(unicode_fold(view_arena(view), chairs[i].name), name))
			return &chairs[i];
	}
	return NULL;
}

static void put(struct turn *turn, int64_t number, int64_t place, int64_t to)
{
	struct stmt *q = turn_query(turn, &agenda_chair_statements, Q_MOVE);

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, place);
	stmt_bind_int(q, 3, to);
	(void)stmt_run(q);
}

static int64_t end_of(struct turn *turn, int64_t number)
{
	struct stmt *q = turn_query(turn, &agenda_chair_statements, Q_LAST);

	stmt_bind_int(q, 1, number);
	return stmt_one_int(q, 0) + 1;
}

enum chair_verdict chair_swap(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct chair *with,
			      struct agenda_event *ret_event, enum agenda_verdict *ret_refusal)
{
	enum chair_verdict verdict = take_hold(hand, turn, number, ret_event, ret_refusal);
	struct view *view = turn_view(turn);
	const struct chair *chairs, *other;
	int64_t end;
	size_t len;

	if (verdict != CHAIR_DONE)
		return verdict;
	chairs = chair_list(view, ret_event, &len);
	other = with ? find(view, chairs, len, with) : &chairs[len > 1];
	if (!other)
		return CHAIR_NOT_LISTED;
	if (other == chairs || other->away)
		return CHAIR_NOBODY;
	/* By way of the end, for no two have one place. */
	end = end_of(turn, number);
	put(turn, number, chairs[0].place, end);
	put(turn, number, other->place, chairs[0].place);
	put(turn, number, end, other->place);
	return CHAIR_DONE;
}

enum chair_verdict chair_away(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct chair *who, const struct wall *until,
			      struct agenda_event *ret_event, enum agenda_verdict *ret_refusal)
{
	enum chair_verdict verdict = take_hold(hand, turn, number, ret_event, ret_refusal);
	struct view *view = turn_view(turn);
	const struct chair *chairs, *found;
	struct stmt *q;
	size_t len;

	if (verdict != CHAIR_DONE)
		return verdict;
	chairs = chair_list(view, ret_event, &len);
	found = find(view, chairs, len, who);
	if (!found)
		return CHAIR_NOT_LISTED;
	q = turn_query(turn, &agenda_chair_statements, Q_AWAY);
	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, found->place);
	stmt_bind_text(q, 3, wall_format_date(turn_arena(turn), until));
	(void)stmt_run(q);
	return CHAIR_DONE;
}

void chair_held(struct turn *turn, const struct agenda_event *event)
{
	size_t len;
	const struct chair *chairs = chair_list(turn_view(turn), event, &len);
	struct stmt *q;

	/* When nobody could, nobody's turn is over. */
	if (!len || chairs[0].away)
		return;
	q = turn_query(turn, &agenda_chair_statements, Q_HELD);
	stmt_bind_int(q, 1, event->number);
	stmt_bind_text(q, 2, day_of(turn_view(turn), event));
	stmt_bind_int(q, 3, chairs[0].person);
	stmt_bind_text(q, 4, chairs[0].name);
	(void)stmt_run(q);
	put(turn, event->number, chairs[0].place, end_of(turn, event->number));
}

int64_t *chair_events(struct view *view, int64_t group, size_t *ret_len)
{
	struct stmt *q = view_query(view, &agenda_chair_statements, Q_EVENT_COUNT);
	int64_t *numbers;

	stmt_bind_int(q, 1, group);
	stmt_bind_int(q, 2, view_now_ms(view));
	numbers = arena_array(view_arena(view), int64_t, (size_t)stmt_one_int(q, 0));
	q = view_query(view, &agenda_chair_statements, Q_EVENTS);
	stmt_bind_int(q, 1, group);
	stmt_bind_int(q, 2, view_now_ms(view));
	*ret_len = 0;
	while (stmt_step(q))
		numbers[(*ret_len)++] = stmt_int(q, 0);
	return numbers;
}
