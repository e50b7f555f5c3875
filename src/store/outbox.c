#include "store/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/json.h"
#include "base/str.h"
#include "store/outbox_owner.h"

enum {
	Q_ADD,
	Q_TAKE_BACK,
	Q_FORGET_DEAD,
	Q_HAS,
	Q_FIND_EVENT,
	Q_EVENT_OF,
	Q_FIND_KEY,
	Q_FIND_ANSWERED,
	Q_HEAD_AFTER,
	Q_HEAD_OF,
	Q_READ,
	Q_SEALABLE,
	Q_ATTEMPTS,
	Q_MERGEABLE,
	Q_SEAL,
	Q_MERGE,
	Q_SENT,
	Q_SENT_MERGED,
	Q_DEAD,
	Q_TRIED,
	Q_UNSEAL,
	Q_DEAD_SEALED,
	Q_CANCEL_ROOM,
	Q_CANCEL_ALL,
	Q_LAST_ID,
	Q_NEXT,
	Q_DEPTH,
	Q_MAX
};

#define HEAD "id, room, state = 'sealed', merge_key IS NOT NULL, ifnull(expires_at_ms, 0), attempts"
#define MAY_LEAD "(not_before_ms <= ?1 OR attempted_at_ms IS NOT NULL)"
#define ROW "id, room, state = 'sealed', body, reply_to, mentions, merge_key, created_at_ms, ifnull(expires_at_ms, 0), txn_id, wire_content, attempts, thread, type, content, wire_type"
#define OPEN "state IN ('queued', 'sealed') AND merged_into IS NULL"

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO outbox (room, state, dedupe, body, reply_to, mentions, merge_key, created_at_ms, not_before_ms, expires_at_ms, thread, type, content)"
	          " VALUES (?1, 'queued', ?2, ?3, ?4, ?5, ?6, ?7, ?8, nullif(?9, 0), ?10, ?11, ?12) ON CONFLICT (dedupe) DO NOTHING",
	[Q_TAKE_BACK] = "DELETE FROM outbox WHERE dedupe >= ?1 AND dedupe < ?2 AND state = 'queued'",
	[Q_FORGET_DEAD] = "UPDATE outbox SET body = NULL, content = NULL, wire_content = NULL, mentions = NULL WHERE state = 'dead'",
	[Q_HAS] = "SELECT 1 FROM outbox WHERE dedupe = ?1",
	[Q_FIND_EVENT] = "SELECT id FROM outbox WHERE event = ?1",
	[Q_EVENT_OF] = "SELECT event FROM outbox WHERE id = ?1",
	[Q_FIND_KEY] = "SELECT dedupe FROM outbox WHERE event = ?1 AND dedupe IS NOT NULL",
	[Q_FIND_ANSWERED] = "SELECT reply_to FROM outbox o WHERE event = ?1 AND reply_to IS NOT NULL"
	                    " AND NOT EXISTS (SELECT 1 FROM outbox m WHERE m.merged_into = o.id)",
	/* The next room's, by the index, so that what stands behind a head is not looked at. */
	[Q_HEAD_AFTER] = "SELECT " HEAD ", not_before_ms <= ?1 FROM outbox INDEXED BY outbox_open WHERE room > ?2 AND " OPEN " AND " MAY_LEAD
	                 " ORDER BY room, id LIMIT 1",
	[Q_HEAD_OF] = "SELECT " HEAD " FROM outbox WHERE not_before_ms <= ?1 AND id = (SELECT o.id FROM outbox AS o WHERE o.room = ?2 AND " OPEN
	              " AND " MAY_LEAD " ORDER BY o.id LIMIT 1)",
	[Q_READ] = "SELECT " ROW " FROM outbox WHERE id = ?1",
	[Q_SEALABLE] = "SELECT " ROW " FROM outbox INDEXED BY outbox_open WHERE " OPEN " AND state = 'queued' AND merge_key IS NULL AND not_before_ms <= ?1 ORDER BY id LIMIT 500",
	[Q_ATTEMPTS] = "SELECT attempts FROM outbox WHERE id = ?1",
	[Q_MERGEABLE] = "SELECT " ROW " FROM outbox WHERE room = ?1 AND " OPEN " AND state = 'queued' AND merge_key = ?2 ORDER BY id",
	[Q_SEAL] = "UPDATE outbox SET state = 'sealed', txn_id = ?2, wire_content = ?3, wire_type = ?4 WHERE id = ?1 AND state = 'queued'",
	[Q_MERGE] = "UPDATE outbox SET merged_into = ?2 WHERE id = ?1 AND state = 'queued'",
	[Q_SENT] = "UPDATE outbox SET state = 'sent', event = ?2, sent_at_ms = ?3, body = NULL, content = NULL, wire_content = NULL, mentions = NULL"
	           " WHERE id = ?1 AND state IN ('queued', 'sealed')",
	[Q_SENT_MERGED] = "UPDATE outbox SET state = 'sent', sent_at_ms = ?2, body = NULL, mentions = NULL WHERE merged_into = ?1 AND state = 'queued'",
	[Q_DEAD] = "UPDATE outbox SET state = 'dead', why_dead = ?2 WHERE (id = ?1 OR merged_into = ?1) AND state IN ('queued', 'sealed')",
	[Q_TRIED] = "UPDATE outbox SET attempted_at_ms = ?2, not_before_ms = ?3, attempts = attempts + ?4 WHERE id = ?1 AND state = 'sealed'",
	[Q_DEAD_SEALED] = "UPDATE outbox SET state = 'dead', why_dead = ?2 WHERE room = ?1 AND " OPEN " AND state = 'sealed' AND attempted_at_ms IS NOT NULL",
	[Q_UNSEAL] = "UPDATE outbox SET state = 'queued', txn_id = NULL, wire_type = NULL, wire_content = NULL"
	            " WHERE room = ?1 AND " OPEN " AND state = 'sealed'",
	[Q_CANCEL_ROOM] = "UPDATE outbox SET state = 'dead', why_dead = ?2 WHERE room = ?1 AND state IN ('queued', 'sealed')",
	[Q_CANCEL_ALL] = "UPDATE outbox SET state = 'dead', why_dead = ?1 WHERE state IN ('queued', 'sealed')",
	[Q_LAST_ID] = "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0)",
	/* The first of them that stands behind none that was tried. */
	[Q_NEXT] = "SELECT not_before_ms FROM outbox AS o WHERE " OPEN " AND NOT EXISTS (SELECT 1 FROM outbox AS head"
	           " WHERE head.room = o.room AND head.id < o.id AND head.state IN ('queued', 'sealed') AND head.state = 'sealed'"
	           " AND head.attempted_at_ms IS NOT NULL) ORDER BY not_before_ms, id LIMIT 1",
	[Q_DEPTH] = "SELECT count(*), ifnull(min(created_at_ms), 0), (SELECT count(*) FROM outbox WHERE state = 'dead') FROM outbox WHERE " OPEN,
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements outbox_statements = { "outbox", sql, Q_MAX };

static char *mentions_format(struct arena *arena, const struct outbox_message *message)
{
	AUTO_JSON json = json_array_create();

	for (size_t i = 0; i < message->mentions_len; i++)
		json_push_str(json, message->mentions[i]);
	return json_print(arena, json);
}

int64_t outbox_add(struct turn *turn, const struct outbox_message *message)
{
	struct stmt *q = turn_query(turn, &outbox_statements, Q_ADD);

	stmt_bind_text(q, 1, message->room);
	stmt_bind_text(q, 2, message->dedupe);
	stmt_bind_text(q, 3, message->body);
	stmt_bind_text(q, 4, message->reply_to);
	stmt_bind_text(q, 5, message->mentions_len ? mentions_format(turn_arena(turn), message) : NULL);
	stmt_bind_text(q, 6, message->merge_key);
	stmt_bind_int(q, 7, turn_now_ms(turn));
	stmt_bind_int(q, 8, message->not_before_ms ? message->not_before_ms : turn_now_ms(turn));
	stmt_bind_int(q, 9, message->expires_at_ms);
	stmt_bind_text(q, 10, message->thread);
	stmt_bind_text(q, 11, message->type);
	stmt_bind_text(q, 12, message->content);
	return stmt_insert(q);
}

int64_t outbox_take_back(struct turn *turn, const char *prefix)
{
	struct stmt *q = turn_query(turn, &outbox_statements, Q_TAKE_BACK);
	char *end = arena_dup(turn_arena(turn), prefix);

	INVARIANT(str_ends(prefix, "/"));
	/* The first text that does not begin so: '0' follows on '/'. */
	end[strlen(end) - 1] = '0';
	stmt_bind_text(q, 1, prefix);
	stmt_bind_text(q, 2, end);
	return stmt_run(q);
}

void outbox_forget_dead(struct turn *turn)
{
	(void)stmt_run(turn_query(turn, &outbox_statements, Q_FORGET_DEAD));
}

bool outbox_has(struct view *view, const char *dedupe)
{
	struct stmt *q = view_query(view, &outbox_statements, Q_HAS);
	bool has;

	stmt_bind_text(q, 1, dedupe);
	has = stmt_step(q);
	stmt_reset(q);
	return has;
}

int64_t outbox_find_event(struct view *view, const char *event)
{
	struct stmt *q = view_query(view, &outbox_statements, Q_FIND_EVENT);

	stmt_bind_text(q, 1, event);
	return stmt_one_int(q, 0);
}

const char *outbox_event_of(struct view *view, int64_t id)
{
	struct stmt *q = view_query(view, &outbox_statements, Q_EVENT_OF);

	stmt_bind_int(q, 1, id);
	return stmt_one_text(q, NULL);
}

/* One text about the message of ours that became this event. */
static bool find_of(struct view *view, size_t statement, const char *event, const char **ret_text)
{
	struct stmt *q = view_query(view, &outbox_statements, statement);
	const char *text;

	stmt_bind_text(q, 1, event);
	text = stmt_one_text(q, NULL);
	if (text)
		*ret_text = text;
	return text != NULL;
}

bool outbox_find_key(struct view *view, const char *event, const char **ret_dedupe)
{
	return find_of(view, Q_FIND_KEY, event, ret_dedupe);
}

bool outbox_find_answered(struct view *view, const char *event, const char **ret_reply_to)
{
	return find_of(view, Q_FIND_ANSWERED, event, ret_reply_to);
}

static void mentions_parse(struct arena *arena, const char *text, struct outbox_row *row)
{
	AUTO_JSON json = text ? json_parse(text, strlen(text)) : NULL;
	const char **mentions;
	size_t count = 0;

	for JSON_EACH (item, json)
		count++;
	mentions = arena_array(arena, const char *, count);
	for JSON_EACH (item, json)
		mentions[row->mentions_len++] = arena_dup(arena, json_text(item));
	row->mentions = mentions;
}

static struct outbox_row *read_rows(struct view *view, struct stmt *q, size_t *ret_len)
{
	struct arena *arena = view_arena(view);
	struct outbox_row *rows = NULL;
	size_t len = 0, room = 0;

	while (stmt_step(q)) {
		struct outbox_row *row;

		if (len == room) {
			struct outbox_row *more;

			room = room ? room * 2 : 8;
			more = arena_array(arena, struct outbox_row, room);
			if (len)
				memcpy(more, rows, len * sizeof *rows);
			rows = more;
		}
		row = &rows[len++];
		row->id = stmt_int(q, 0);
		row->room = stmt_text(q, 1);
		row->sealed = stmt_int(q, 2);
		row->body = stmt_text(q, 3);
		row->reply_to = stmt_text(q, 4);
		mentions_parse(arena, stmt_text(q, 5), row);
		row->merge_key = stmt_text(q, 6);
		row->created_at_ms = stmt_int(q, 7);
		row->expires_at_ms = stmt_int(q, 8);
		row->txn_id = stmt_text(q, 9);
		row->wire_content = stmt_text(q, 10);
		row->attempts = stmt_int(q, 11);
		row->thread = stmt_text(q, 12);
		row->type = stmt_text(q, 13);
		row->content = stmt_text(q, 14);
		row->wire_type = stmt_text(q, 15);
	}
	*ret_len = len;
	return rows;
}

static struct outbox_head read_head(struct stmt *q)
{
	return (struct outbox_head){
		.id = stmt_int(q, 0),
		.room = stmt_text(q, 1),
		.sealed = stmt_int(q, 2) != 0,
		.merges = stmt_int(q, 3) != 0,
		.expires_at_ms = stmt_int(q, 4),
		.attempts = stmt_int(q, 5),
	};
}

/* The head of the next lane after this room, by their names. *ret_due: it may go now; one that was tried leads while it waits. */
static bool head_after(struct view *view, const char *room, struct outbox_head *ret_head, bool *ret_due)
{
	struct stmt *q = view_query(view, &outbox_statements, Q_HEAD_AFTER);

	stmt_bind_int(q, 1, view_now_ms(view));
	stmt_bind_text(q, 2, room);
	if (!stmt_step(q))
		return false;
	*ret_head = read_head(q);
	*ret_due = stmt_int(q, 6) != 0;
	stmt_reset(q);
	return true;
}

static int compare_heads(const void *a, const void *b)
{
	const struct outbox_head *left = a, *right = b;

	return (left->id > right->id) - (left->id < right->id);
}

struct outbox_head *outbox_heads(struct view *view, size_t *ret_len)
{
	struct outbox_head *heads = NULL, head = { .room = "" };
	size_t len = 0, room = 0;
	bool due;

	while (head_after(view, head.room, &head, &due)) {
		if (!due)
			continue;
		if (len == room) {
			struct outbox_head *more = arena_array(view_arena(view), struct outbox_head, room = room ? 2 * room : 8);

			if (len)
				memcpy(more, heads, len * sizeof *heads);
			heads = more;
		}
		heads[len++] = head;
	}
	if (len)
		qsort(heads, len, sizeof *heads, compare_heads);
	*ret_len = len;
	return heads;
}

bool outbox_head_find(struct view *view, const char *room, struct outbox_head *ret_head)
{
	struct stmt *q = view_query(view, &outbox_statements, Q_HEAD_OF);

	stmt_bind_int(q, 1, view_now_ms(view));
	stmt_bind_text(q, 2, room);
	if (!stmt_step(q))
		return false;
	*ret_head = read_head(q);
	stmt_reset(q);
	return true;
}

struct outbox_row outbox_get(struct view *view, int64_t id)
{
	struct stmt *q = view_query(view, &outbox_statements, Q_READ);
	struct outbox_row *rows;
	size_t len;

	stmt_bind_int(q, 1, id);
	rows = read_rows(view, q, &len);
	INVARIANT(len == 1);
	return rows[0];
}

struct outbox_row *outbox_sealable(struct view *view, size_t *ret_len)
{
	struct stmt *q = view_query(view, &outbox_statements, Q_SEALABLE);

	stmt_bind_int(q, 1, view_now_ms(view));
	return read_rows(view, q, ret_len);
}

struct outbox_row *outbox_mergeable(struct view *view, const char *room, const char *merge_key, size_t *ret_len)
{
	struct stmt *q = view_query(view, &outbox_statements, Q_MERGEABLE);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, merge_key);
	return read_rows(view, q, ret_len);
}

void outbox_seal(struct turn *turn, int64_t id, const char *txn_id, const char *wire_type, const char *wire_content)
{
	struct stmt *q = turn_query(turn, &outbox_statements, Q_SEAL);

	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, txn_id);
	stmt_bind_text(q, 3, wire_content);
	stmt_bind_text(q, 4, wire_type);
	(void)stmt_run(q);
}

void outbox_merge(struct turn *turn, int64_t id, int64_t into)
{
	struct stmt *q = turn_query(turn, &outbox_statements, Q_MERGE);

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, into);
	(void)stmt_run(q);
}

void outbox_mark_sent(struct turn *turn, int64_t id, const char *event)
{
	struct stmt *q = turn_query(turn, &outbox_statements, Q_SENT);

	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, event);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	(void)stmt_run(q);
	q = turn_query(turn, &outbox_statements, Q_SENT_MERGED);
	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	(void)stmt_run(q);
}

void outbox_mark_dead(struct turn *turn, int64_t id, const char *why)
{
	struct stmt *q = turn_query(turn, &outbox_statements, Q_DEAD);

	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, why);
	(void)stmt_run(q);
}

void outbox_mark_tried(struct turn *turn, int64_t id, int64_t next_try_ms, bool the_servers_fault)
{
	struct stmt *q = turn_query(turn, &outbox_statements, Q_TRIED);

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	stmt_bind_int(q, 3, next_try_ms);
	stmt_bind_int(q, 4, the_servers_fault);
	(void)stmt_run(q);
}

void outbox_unseal_room(struct turn *turn, const char *room, const char *why)
{
	struct stmt *q = turn_query(turn, &outbox_statements, Q_DEAD_SEALED);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, why);
	(void)stmt_run(q);
	q = turn_query(turn, &outbox_statements, Q_UNSEAL);
	stmt_bind_text(q, 1, room);
	(void)stmt_run(q);
}

int64_t outbox_cancel_room(struct turn *turn, const char *room, const char *why)
{
	struct stmt *q = turn_query(turn, &outbox_statements, Q_CANCEL_ROOM);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, why);
	return stmt_run(q);
}

int64_t outbox_cancel_all(struct turn *turn, const char *why)
{
	struct stmt *q = turn_query(turn, &outbox_statements, Q_CANCEL_ALL);

	stmt_bind_text(q, 1, why);
	return stmt_run(q);
}

int64_t outbox_last_id(struct view *view)
{
	return stmt_one_int(view_query(view, &outbox_statements, Q_LAST_ID), 0);
}

int64_t outbox_attempts(struct view *view, int64_t id)
{
	struct stmt *q = view_query(view, &outbox_statements, Q_ATTEMPTS);

	stmt_bind_int(q, 1, id);
	return stmt_one_int(q, 0);
}

int64_t outbox_next_ms(struct view *view)
{
	return stmt_one_int(view_query(view, &outbox_statements, Q_NEXT), INT64_MAX);
}

struct outbox_depth outbox_depth(struct view *view)
{
	struct stmt *q = view_query(view, &outbox_statements, Q_DEPTH);
	struct outbox_depth depth = { 0 };

	while (stmt_step(q))
		depth = (struct outbox_depth){ stmt_int(q, 0), stmt_int(q, 1), stmt_int(q, 2) };
	return depth;
}
