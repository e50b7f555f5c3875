#include "actions/action.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "people/link.h"
#include "people/quiet.h"

enum {
	Q_ADD,
	Q_TAKE,
	Q_SETTLE,
	Q_UNSETTLE,
	Q_EDIT,
	Q_DROP,
	Q_BY_ID,
	Q_BY_SOURCE,
	Q_BY_MESSAGE,
	Q_BY_SETTLING,
	Q_TWIN,
	Q_ADD_MESSAGE,
	Q_OPEN_CORE,
	Q_OPEN_GROUP,
	Q_SETTLED,
	Q_EVE,
	Q_DAY,
	Q_TOLD_EVE,
	Q_TOLD_DAY,
	Q_MAX
};

#define ROW                                                                                                       \
	"a.id, a.author, a.app_group, ifnull(a.core, 0), a.event, a.said_at_ms, a.text, ifnull(a.taker, 0), a.due, a.clock, " \
	"a.state, a.reason, ifnull(a.settled_at_ms, 0), ifnull(a.settled_by, 0)"

/* Those without a day last. */
#define SOONEST " ORDER BY a.due IS NULL, a.due, a.id LIMIT ?2"

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO action (author, app_group, core, event, said_at_ms, text, taker, due, clock, state, settled_at_ms, settled_by)"
	          " VALUES (?1, ?2, nullif(?3, 0), ?4, ?5, ?6, nullif(?7, 0), ?8, ?9, ?10, ?11, ?12)",
	[Q_TAKE] = "UPDATE action SET taker = ?2 WHERE id = ?1",
	[Q_SETTLE] = "UPDATE action SET state = ?2, reason = ?3, settled_at_ms = ?4, settled_by = ?5, settled_event = ifnull(?6, settled_event) WHERE id = ?1",
	[Q_UNSETTLE] = "UPDATE action SET state = 'open', reason = NULL, settled_at_ms = NULL, settled_by = NULL, settled_event = NULL WHERE id = ?1",
	[Q_EDIT] = "UPDATE action SET text = ?2, taker = nullif(?3, 0), due = ?4, clock = ?5,"
	           " told_eve = CASE WHEN due IS ?4 THEN told_eve ELSE 0 END, told_day = CASE WHEN due IS ?4 THEN told_day ELSE 0 END WHERE id = ?1",
	[Q_DROP] = "UPDATE action SET state = 'dropped', settled_at_ms = NULL, settled_by = NULL, settled_event = NULL WHERE id = ?1 AND state <> 'dropped'",
	[Q_BY_ID] = "SELECT " ROW " FROM action a WHERE a.id = ?1",
	[Q_BY_SOURCE] = "SELECT " ROW " FROM action a WHERE a.event = ?1",
	[Q_BY_MESSAGE] = "SELECT " ROW " FROM action_message m JOIN action a ON a.id = m.action WHERE m.event = ?1",
	[Q_BY_SETTLING] = "SELECT " ROW " FROM action a WHERE a.settled_event = ?1",
	[Q_TWIN] = "SELECT " ROW " FROM action n JOIN action a ON a.author = n.author AND a.said_at_ms BETWEEN n.said_at_ms - ?2 AND n.said_at_ms + ?2"
	           " WHERE n.id = ?1 AND a.id < n.id AND a.app_group = n.app_group AND a.state = n.state AND a.text = n.text"
	           " AND a.taker IS n.taker AND a.due IS n.due AND a.clock IS n.clock ORDER BY a.id DESC LIMIT 1",
	[Q_ADD_MESSAGE] = "INSERT INTO action_message (event, action) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
	[Q_OPEN_CORE] = "SELECT " ROW " FROM action a WHERE a.core IS nullif(?1, 0) AND a.state = 'open'" SOONEST,
	[Q_OPEN_GROUP] = "SELECT " ROW " FROM action a WHERE a.app_group = ?1 AND a.state = 'open'" SOONEST,
	[Q_SETTLED] = "SELECT " ROW " FROM action a WHERE a.app_group = ?1 AND a.settled_at_ms > ?3 ORDER BY a.settled_at_ms DESC, a.id DESC LIMIT ?2",
	[Q_EVE] = "SELECT " ROW " FROM action a WHERE a.app_group = ?1 AND a.state = 'open' AND a.taker IS NOT NULL AND a.due = ?3 AND NOT a.told_eve"
	          " AND NOT " QUIET_PERSON("a.taker", "?4") " ORDER BY a.id LIMIT ?2",
	[Q_DAY] = "SELECT " ROW " FROM action a WHERE a.app_group = ?1 AND a.state = 'open' AND a.taker IS NOT NULL AND a.due BETWEEN ?3 AND ?4 AND NOT a.told_day"
	          " AND NOT " QUIET_PERSON("a.taker", "?5") " ORDER BY a.due, a.id LIMIT ?2",
	[Q_TOLD_EVE] = "UPDATE action SET told_eve = 1 WHERE id = ?1",
	[Q_TOLD_DAY] = "UPDATE action SET told_day = 1 WHERE id = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements action_statements = { "actions", sql, Q_MAX };

static const char *const state_words[] = {
	[ACTION_STATE_OPEN] = "open",   [ACTION_STATE_DONE] = "done",       [ACTION_STATE_NOT_DONE] = "not_done",
	[ACTION_STATE_EXTRA] = "extra", [ACTION_STATE_DROPPED] = "dropped",
};

/* ---- rows ---- */

static struct action read_row(struct stmt *q)
{
	return (struct action){
		.id = stmt_int(q, 0),
		.author = stmt_int(q, 1),
		.group = stmt_int(q, 2),
		.core = stmt_int(q, 3),
		.event = stmt_text(q, 4),
		.said_at_ms = stmt_int(q, 5),
		.text = stmt_text(q, 6),
		.taker = stmt_int(q, 7),
		.due = stmt_text(q, 8),
		.clock = stmt_text(q, 9),
		.state = (enum action_state)stmt_word(q, 10, state_words, ARRAY_LEN(state_words)),
		.reason = stmt_text(q, 11),
		.settled_at_ms = stmt_int(q, 12),
		.settled_by = stmt_int(q, 13),
	};
}

static bool read_one(struct stmt *q, struct action *ret_action)
{
	if (!stmt_step(q))
		return false;
	*ret_action = read_row(q);
	stmt_reset(q);
	return true;
}

static bool find_by_event(struct view *view, size_t query, const char *event, struct action *ret_action)
{
	struct stmt *q = view_query(view, &action_statements, query);

	stmt_bind_text(q, 1, event);
	return read_one(q, ret_action);
}

static struct action action_get(struct view *view, int64_t id)
{
	struct action action;

	if (!action_find(view, id, &action))
		die("no action %lld", (long long)id);
	return action;
}

/* Of a statement whose ?1 is the subject and ?2 the limit; others are bound before. */
static struct action *read_list(struct view *view, struct stmt *q, int64_t subject, int64_t limit, size_t *ret_len)
{
	struct action *list = arena_array(view_arena(view), struct action, (size_t)limit);
	size_t len = 0;

	stmt_bind_int(q, 1, subject);
	stmt_bind_int(q, 2, limit);
	while (stmt_step(q))
		list[len++] = read_row(q);
	*ret_len = len;
	return list;
}

static bool is_too_long(const char *text)
{
	return utf8_count(text, strlen(text)) > ACTION_TEXT_MAX;
}

/* ---- adding ---- */

static enum action_add_verdict add(struct turn *turn, const struct action_draft *draft, enum action_state state, struct action *ret_action)
{
	struct stmt *q;
	int64_t id;

	if (str_empty(draft->text))
		return ACTION_ADD_EMPTY;
	if (is_too_long(draft->text))
		return ACTION_ADD_TOO_LONG;
	q = turn_query(turn, &action_statements, Q_ADD);
	stmt_bind_int(q, 1, draft->author);
	stmt_bind_int(q, 2, draft->group);
	stmt_bind_int(q, 3, draft->core);
	stmt_bind_text(q, 4, draft->event);
	stmt_bind_int(q, 5, draft->said_at_ms);
	stmt_bind_text(q, 6, draft->text);
	stmt_bind_int(q, 7, draft->taker);
	stmt_bind_text(q, 8, draft->due);
	stmt_bind_text(q, 9, draft->clock);
	stmt_bind_text(q, 10, state_words[state]);
	if (state == ACTION_STATE_EXTRA) {
		stmt_bind_int(q, 11, turn_now_ms(turn));
		stmt_bind_int(q, 12, draft->author);
	}
	id = stmt_insert(q);
	action_add_message(turn, id, draft->event);
	*ret_action = action_get(turn_view(turn), id);
	return ACTION_ADDED;
}

enum action_add_verdict action_add(struct turn *turn, const struct action_draft *draft, struct action *ret_action)
{
	return add(turn, draft, ACTION_STATE_OPEN, ret_action);
}

enum action_add_verdict action_add_extra(struct turn *turn, const struct action_draft *draft, struct action *ret_action)
{
	struct action_draft extra = *draft;

	extra.taker = 0;
	extra.due = extra.clock = NULL;
	return add(turn, &extra, ACTION_STATE_EXTRA, ret_action);
}

/* ---- changing ---- */

/* Is there something here for this hand to change? */
static enum action_verdict reach(struct turn *turn, const struct action_hand *hand, int64_t id, struct action *ret_action)
{
	if (!action_find(turn_view(turn), id, ret_action))
		return ACTION_UNKNOWN;
	if (ret_action->group != hand->group)
		return ACTION_ELSEWHERE;
	return ret_action->state == ACTION_STATE_DROPPED ? ACTION_DROPPED : ACTION_CHANGED;
}

enum action_verdict action_take(struct turn *turn, const struct action_hand *hand, int64_t id, struct action *ret_action)
{
	enum action_verdict verdict = reach(turn, hand, id, ret_action);
	struct stmt *q;

	if (verdict != ACTION_CHANGED)
		return verdict;
	if (ret_action->state != ACTION_STATE_OPEN)
		return ACTION_SETTLED;
	if (ret_action->taker)
		return link_is_one(turn_view(turn), ret_action->taker, hand->person) ? ACTION_SAME : ACTION_TAKEN;
	q = turn_query(turn, &action_statements, Q_TAKE);
	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, hand->person);
	(void)stmt_run(q);
	*ret_action = action_get(turn_view(turn), id);
	return ACTION_CHANGED;
}

static bool is_settled_so(const struct action *action, enum action_state state, const char *reason)
{
	if (state == ACTION_STATE_DONE)
		return action->state == ACTION_STATE_DONE || action->state == ACTION_STATE_EXTRA;
	return action->state == state && (!reason || str_equal(reason, action->reason));
}

enum action_verdict action_settle(struct turn *turn, const struct action_hand *hand, int64_t id, enum action_state state, const char *reason,
				  struct action *ret_action)
{
	enum action_verdict verdict = reach(turn, hand, id, ret_action);
	struct stmt *q;

	INVARIANT(state == ACTION_STATE_NOT_DONE || (state == ACTION_STATE_DONE && !reason));
	if (verdict != ACTION_CHANGED)
		return verdict;
	if (is_settled_so(ret_action, state, reason))
		return ACTION_SAME;
	if (reason && is_too_long(reason))
		return ACTION_TOO_LONG;
	q = turn_query(turn, &action_statements, Q_SETTLE);
	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, state_words[state]);
	stmt_bind_text(q, 3, reason);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	stmt_bind_int(q, 5, hand->person);
	stmt_bind_text(q, 6, hand->event);
	(void)stmt_run(q);
	*ret_action = action_get(turn_view(turn), id);
	return ACTION_CHANGED;
}

bool action_unsettle(struct turn *turn, const char *event, int64_t person, struct action *ret_action)
{
	struct view *view = turn_view(turn);
	struct action action;
	struct stmt *q;

	if (!find_by_event(view, Q_BY_SETTLING, event, &action) || !link_is_one(view, action.settled_by, person))
		return false;
	q = turn_query(turn, &action_statements, Q_UNSETTLE);
	stmt_bind_int(q, 1, action.id);
	(void)stmt_run(q);
	*ret_action = action_get(view, action.id);
	return true;
}

enum action_verdict action_edit(struct turn *turn, int64_t id, const struct action_draft *draft, struct action *ret_action)
{
	struct action was = action_get(turn_view(turn), id);
	int64_t taker = draft->taker ? draft->taker : was.taker;
	struct stmt *q;

	*ret_action = was;
	if (was.state == ACTION_STATE_DROPPED)
		return ACTION_DROPPED;
	if (is_too_long(draft->text))
		return ACTION_TOO_LONG;
	if (str_empty(draft->text) ||
	    (str_equal(draft->text, was.text) && taker == was.taker && str_equal(draft->due, was.due) && str_equal(draft->clock, was.clock)))
		return ACTION_SAME;
	q = turn_query(turn, &action_statements, Q_EDIT);
	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, draft->text);
	stmt_bind_int(q, 3, taker);
	stmt_bind_text(q, 4, draft->due);
	stmt_bind_text(q, 5, draft->clock);
	(void)stmt_run(q);
	*ret_action = action_get(turn_view(turn), id);
	return ACTION_CHANGED;
}

bool action_drop(struct turn *turn, int64_t id)
{
	struct stmt *q = turn_query(turn, &action_statements, Q_DROP);

	stmt_bind_int(q, 1, id);
	return stmt_run(q);
}

/* ---- finding ---- */

#define TWIN_MS (10 * MS_PER_MINUTE)

bool action_find_twin(struct view *view, int64_t id, struct action *ret_action)
{
	struct stmt *q = view_query(view, &action_statements, Q_TWIN);

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, TWIN_MS);
	return read_one(q, ret_action);
}

bool action_find(struct view *view, int64_t id, struct action *ret_action)
{
	struct stmt *q = view_query(view, &action_statements, Q_BY_ID);

	stmt_bind_int(q, 1, id);
	return read_one(q, ret_action);
}

bool action_find_by_source(struct view *view, const char *event, struct action *ret_action)
{
	return find_by_event(view, Q_BY_SOURCE, event, ret_action);
}

bool action_find_by_message(struct view *view, const char *event, struct action *ret_action)
{
	return find_by_event(view, Q_BY_MESSAGE, event, ret_action);
}

void action_add_message(struct turn *turn, int64_t id, const char *event)
{
	struct stmt *q = turn_query(turn, &action_statements, Q_ADD_MESSAGE);

	stmt_bind_text(q, 1, event);
	stmt_bind_int(q, 2, id);
	(void)stmt_run(q);
}

struct action *action_list_open(struct view *view, int64_t core, int64_t limit, size_t *ret_len)
{
	return read_list(view, view_query(view, &action_statements, Q_OPEN_CORE), core, limit, ret_len);
}

struct action *action_list_open_of_group(struct view *view, int64_t group, int64_t limit, size_t *ret_len)
{
	return read_list(view, view_query(view, &action_statements, Q_OPEN_GROUP), group, limit, ret_len);
}

struct action *action_list_settled(struct view *view, int64_t group, int64_t since_ms, int64_t limit, size_t *ret_len)
{
	struct stmt *q = view_query(view, &action_statements, Q_SETTLED);

	stmt_bind_int(q, 3, since_ms);
	return read_list(view, q, group, limit, ret_len);
}

/* ---- reminding ---- */

struct action *action_list_eve(struct view *view, int64_t group, const char *tomorrow, int64_t limit, size_t *ret_len)
{
	struct stmt *q = view_query(view, &action_statements, Q_EVE);

	stmt_bind_text(q, 3, tomorrow);
	stmt_bind_int(q, 4, view_now_ms(view));
	return read_list(view, q, group, limit, ret_len);
}

struct action *action_list_day(struct view *view, int64_t group, const char *since, const char *today, int64_t limit, size_t *ret_len)
{
	struct stmt *q = view_query(view, &action_statements, Q_DAY);

	stmt_bind_text(q, 3, since);
	stmt_bind_text(q, 4, today);
	stmt_bind_int(q, 5, view_now_ms(view));
	return read_list(view, q, group, limit, ret_len);
}

void action_reminded(struct turn *turn, int64_t id, enum action_reminder reminder)
{
	struct stmt *q = turn_query(turn, &action_statements, reminder == ACTION_REMINDER_EVE ? Q_TOLD_EVE : Q_TOLD_DAY);

	stmt_bind_int(q, 1, id);
	(void)stmt_run(q);
}
