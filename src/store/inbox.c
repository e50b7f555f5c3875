#include "store/inbox.h"

#include "base/arena.h"
#include "base/die.h"

enum {
	Q_KNOWN,
	Q_ADD,
	Q_WAIT_KEY,
	Q_RELEASE_KEY,
	Q_RELEASE_DEVICES,
	Q_SET,
	Q_REWRITE,
	Q_DONE,
	Q_CANCEL,
	Q_NEXT,
	Q_HOLDS,
	Q_WAITING_OF,
	Q_RELEASE_GAP,
	Q_FORGET_GAP,
	Q_RELEASE_PHOTO,
	Q_NEXT_MS,
	Q_WAITING,
	Q_WAITING_FOR_KEY,
	Q_UNREAD,
	Q_MARK_STANDS_IN,
	Q_TAKE_STAND_IN,
	Q_FORGET,
	Q_MAX
};

/*
 * A row waiting for a photo holds its sender in its room; a gap holds the whole room. So a row may run
 * when it is runnable itself and no older open row of its room holds it. Done rows are nearly all there
 * are: "state <> 'done'" keeps SQLite to the index of the others.
 */
static const char *const sql[] = {
	[Q_KNOWN] = "SELECT 1 FROM inbox WHERE event = ?1",
	[Q_ADD] = "INSERT INTO inbox (event, room, sender, state, wait_until_ms, sent_at_ms, arrived_at_ms, content)"
	          " VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), ?6, ?7, ?8)",
	[Q_WAIT_KEY] = "UPDATE inbox SET state = 'wait_key', session = ?2, wait_until_ms = ?3 WHERE id = ?1 AND state <> 'done'",
	[Q_RELEASE_KEY] = "UPDATE inbox SET state = 'run', wait_until_ms = NULL WHERE room = ?1 AND session = ?2 AND state = 'wait_key'",
	[Q_RELEASE_DEVICES] = "UPDATE inbox SET state = 'run', wait_until_ms = NULL WHERE session IS NULL AND state = 'wait_key'",
	[Q_SET] = "UPDATE inbox SET state = ?2, wait_until_ms = nullif(?3, 0) WHERE id = ?1 AND state <> 'done'",
	[Q_REWRITE] = "UPDATE inbox SET content = ?2 WHERE id = ?1 AND state <> 'done'",
	[Q_DONE] = "UPDATE inbox SET state = 'done', sender = '', wait_until_ms = NULL, content = NULL WHERE id = ?1",
	[Q_CANCEL] = "UPDATE inbox SET state = 'done', sender = '', wait_until_ms = NULL, content = NULL WHERE event = ?1 AND state <> 'done'",
	[Q_NEXT] = "SELECT id, state, ifnull(wait_until_ms, 0), arrived_at_ms, content FROM inbox AS i INDEXED BY inbox_next"
	           " WHERE state <> 'done' AND (state = 'run' OR wait_until_ms <= ?1)"
	           " AND NOT EXISTS (SELECT 1 FROM inbox AS before INDEXED BY inbox_holds WHERE before.room = i.room AND before.id < i.id"
	           "  AND before.state IN ('wait_gap', 'wait_photo') AND (before.state = 'wait_gap' OR before.sender = i.sender))"
	           " ORDER BY id LIMIT 1",
	[Q_HOLDS] = "SELECT 1 FROM inbox WHERE room = ?1 AND state <> 'done' AND state <> 'wait_key' AND (state = 'wait_gap' OR sender = ?2) LIMIT 1",
	[Q_WAITING_OF] = "SELECT count(*) FROM inbox WHERE room = ?1 AND state = 'wait_key' AND sender = ?2",
	/* Numbered on from the last one: adding to ids would double them at every gap. */
	[Q_RELEASE_GAP] = "UPDATE inbox SET id = moved.last + moved.place, state = 'run', wait_until_ms = NULL, arrived_at_ms = ?2"
	                  " FROM (SELECT id AS old, row_number() OVER (ORDER BY id) AS place, (SELECT max(id) FROM inbox) AS last"
	                  "  FROM inbox WHERE room = ?1 AND state <> 'done' AND state = 'wait_gap') AS moved WHERE inbox.id = moved.old",
	[Q_FORGET_GAP] = "DELETE FROM inbox WHERE room = ?1 AND state <> 'done' AND state = 'wait_gap'",
	[Q_RELEASE_PHOTO] = "UPDATE inbox SET state = 'run', wait_until_ms = NULL WHERE room = ?1 AND state <> 'done' AND state = 'wait_photo'",
	[Q_NEXT_MS] = "SELECT min(wait_until_ms) FROM inbox WHERE state <> 'done' AND wait_until_ms IS NOT NULL",
	[Q_WAITING] = "SELECT count(*) FROM inbox WHERE state <> 'done'",
	[Q_WAITING_FOR_KEY] = "SELECT count(*) FROM inbox WHERE state = 'wait_key'",
	[Q_UNREAD] = "SELECT event, arrived_at_ms FROM inbox INDEXED BY inbox_session WHERE room = ?1 AND state = 'wait_key' AND session IS NOT NULL AND arrived_at_ms >= ?2"
	             " ORDER BY id LIMIT 1",
	[Q_MARK_STANDS_IN] = "UPDATE inbox SET stands_in = ?2 WHERE id = ?1",
	[Q_TAKE_STAND_IN] = "UPDATE inbox SET stands_in = NULL WHERE event = ?1 AND room = ?2 AND stands_in = ?3",
	[Q_FORGET] = "UPDATE inbox SET stands_in = NULL WHERE stands_in = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements inbox_statements = { "inbox", sql, Q_MAX };

static const char *const state_words[] = {
	[INBOX_RUN] = "run",
	[INBOX_WAIT_KEY] = "wait_key",
	[INBOX_WAIT_GAP] = "wait_gap",
	[INBOX_WAIT_PHOTO] = "wait_photo",
	[INBOX_DONE] = "done",
};

static bool answers(struct stmt *q)
{
	bool yes = stmt_step(q);

	stmt_reset(q);
	return yes;
}

static void run_for(struct turn *turn, size_t index, const char *whom)
{
	struct stmt *q = turn_query(turn, &inbox_statements, index);

	stmt_bind_text(q, 1, whom);
	(void)stmt_run(q);
}

bool inbox_known(struct view *view, const char *event)
{
	struct stmt *q = view_query(view, &inbox_statements, Q_KNOWN);

	stmt_bind_text(q, 1, event);
	return answers(q);
}

int64_t inbox_add(struct turn *turn, const struct event *event, enum inbox_state state, int64_t wait_until_ms)
{
	struct stmt *q = turn_query(turn, &inbox_statements, Q_ADD);

	stmt_bind_text(q, 1, event->id);
	stmt_bind_text(q, 2, event->room);
	stmt_bind_text(q, 3, state == INBOX_DONE ? "" : event->sender);
	stmt_bind_text(q, 4, state_words[state]);
	stmt_bind_int(q, 5, wait_until_ms);
	stmt_bind_int(q, 6, event->sent_at_ms);
	stmt_bind_int(q, 7, turn_now_ms(turn));
	stmt_bind_text(q, 8, state == INBOX_DONE ? NULL : event_format(turn_arena(turn), event));
	return stmt_insert(q);
}

void inbox_wait_key(struct turn *turn, int64_t id, const char *session, int64_t wait_until_ms)
{
	struct stmt *q = turn_query(turn, &inbox_statements, Q_WAIT_KEY);

	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, session);
	stmt_bind_int(q, 3, wait_until_ms);
	(void)stmt_run(q);
}

void inbox_release_key(struct turn *turn, const char *room, const char *session)
{
	struct stmt *q = turn_query(turn, &inbox_statements, Q_RELEASE_KEY);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, session);
	(void)stmt_run(q);
}

void inbox_release_devices(struct turn *turn)
{
	(void)stmt_run(turn_query(turn, &inbox_statements, Q_RELEASE_DEVICES));
}

void inbox_set(struct turn *turn, int64_t id, enum inbox_state state, int64_t wait_until_ms)
{
	struct stmt *q = turn_query(turn, &inbox_statements, Q_SET);

	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, state_words[state]);
	stmt_bind_int(q, 3, wait_until_ms);
	(void)stmt_run(q);
}

void inbox_rewrite(struct turn *turn, int64_t id, const struct event *event)
{
	struct stmt *q = turn_query(turn, &inbox_statements, Q_REWRITE);

	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, event_format(turn_arena(turn), event));
	(void)stmt_run(q);
}

void inbox_done(struct turn *turn, int64_t id)
{
	struct stmt *q = turn_query(turn, &inbox_statements, Q_DONE);

	stmt_bind_int(q, 1, id);
	(void)stmt_run(q);
}

bool inbox_cancel(struct turn *turn, const char *event)
{
	struct stmt *q = turn_query(turn, &inbox_statements, Q_CANCEL);

	stmt_bind_text(q, 1, event);
	return stmt_run(q) > 0;
}

bool inbox_next_runnable(struct view *view, struct inbox_row *ret_row)
{
	struct stmt *q = view_query(view, &inbox_statements, Q_NEXT);
	const char *content;

	stmt_bind_int(q, 1, view_now_ms(view));
	if (!stmt_step(q))
		return false;
	ret_row->id = stmt_int(q, 0);
	ret_row->state = (enum inbox_state)stmt_word(q, 1, state_words, ARRAY_LEN(state_words));
	ret_row->wait_until_ms = stmt_int(q, 2);
	ret_row->arrived_at_ms = stmt_int(q, 3);
	content = stmt_text(q, 4);
	stmt_reset(q);
	if (!event_parse(view_arena(view), content, &ret_row->event))
		die("inbox row %lld does not hold an event", (long long)ret_row->id);
	return true;
}

bool inbox_holds(struct view *view, const char *room, const char *sender)
{
	struct stmt *q = view_query(view, &inbox_statements, Q_HOLDS);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, sender);
	return answers(q);
}

bool inbox_is_full(struct view *view, const char *room, const char *sender)
{
	struct stmt *q = view_query(view, &inbox_statements, Q_WAITING_OF);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, sender);
	return stmt_one_int(q, 0) >= INBOX_WAITING_MAX;
}

void inbox_release_gap(struct turn *turn, const char *room)
{
	struct stmt *q = turn_query(turn, &inbox_statements, Q_RELEASE_GAP);

	stmt_bind_text(q, 1, room);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	(void)stmt_run(q);
}

void inbox_forget_gap(struct turn *turn, const char *room)
{
	run_for(turn, Q_FORGET_GAP, room);
}

void inbox_release_photo(struct turn *turn, const char *room)
{
	run_for(turn, Q_RELEASE_PHOTO, room);
}

int64_t inbox_next_ms(struct view *view)
{
	return stmt_one_int(view_query(view, &inbox_statements, Q_NEXT_MS), INT64_MAX);
}

int64_t inbox_waiting(struct view *view)
{
	return stmt_one_int(view_query(view, &inbox_statements, Q_WAITING), 0);
}

int64_t inbox_waiting_for_key(struct view *view)
{
	return stmt_one_int(view_query(view, &inbox_statements, Q_WAITING_FOR_KEY), 0);
}

bool inbox_unread_since(struct view *view, const char *room, int64_t since_ms, struct inbox_unread *ret_unread)
{
	struct stmt *q = view_query(view, &inbox_statements, Q_UNREAD);
	bool found;

	stmt_bind_text(q, 1, room);
	stmt_bind_int(q, 2, since_ms);
	found = stmt_step(q);
	if (found)
		*ret_unread = (struct inbox_unread){ stmt_text(q, 0), stmt_int(q, 1) };
	stmt_reset(q);
	return found;
}

void inbox_mark_stands_in(struct turn *turn, int64_t id, const char *owner)
{
	struct stmt *q = turn_query(turn, &inbox_statements, Q_MARK_STANDS_IN);

	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, owner);
	(void)stmt_run(q);
}

bool inbox_take_stand_in(struct turn *turn, const char *event, const char *room, const char *owner)
{
	struct stmt *q = turn_query(turn, &inbox_statements, Q_TAKE_STAND_IN);

	stmt_bind_text(q, 1, event);
	stmt_bind_text(q, 2, room);
	stmt_bind_text(q, 3, owner);
	return stmt_run(q) > 0;
}

void inbox_forget_sender(struct turn *turn, const char *sender)
{
	struct stmt *q = turn_query(turn, &inbox_statements, Q_FORGET);

	stmt_bind_text(q, 1, sender);
	(void)stmt_run(q);
}
