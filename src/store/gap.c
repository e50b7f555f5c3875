#include "store/gap.h"

#include "base/arena.h"
#include "base/die.h"

enum {
	Q_TAKE,
	Q_ADD,
	Q_IN_ROOM,
	Q_FIND,
	Q_NEXT,
	Q_NEXT_MS,
	Q_LAST_SEQ,
	Q_KEEP,
	Q_PAGE,
	Q_RETRY,
	Q_COUNT,
	Q_BYTES,
	Q_EVENTS,
	Q_DROP,
	Q_DROP_ROOM,
	Q_MAX
};

#define ROW "id, room, page_from, page_to, pages, found_at_ms"

static const char *const sql[] = {
	[Q_TAKE] = "DELETE FROM gap WHERE room = ?1 RETURNING page_to",
	[Q_ADD] = "INSERT INTO gap (room, page_from, page_to, found_at_ms, next_try_ms) VALUES (?1, ?2, ?3, ?4, ?4)",
	[Q_IN_ROOM] = "SELECT 1 FROM gap WHERE room = ?1 LIMIT 1",
	[Q_FIND] = "SELECT " ROW " FROM gap WHERE id = ?1",
	[Q_NEXT] = "SELECT " ROW " FROM gap"
	           " WHERE next_try_ms <= ?1 ORDER BY next_try_ms, id LIMIT 1",
	[Q_NEXT_MS] = "SELECT min(next_try_ms) FROM gap",
	[Q_LAST_SEQ] = "SELECT ifnull(max(seq), 0) FROM gap_event WHERE gap = ?1",
	[Q_KEEP] = "INSERT INTO gap_event (gap, seq, content) VALUES (?1, ?2, ?3)",
	[Q_PAGE] = "UPDATE gap SET page_from = ?2, pages = pages + 1 WHERE id = ?1",
	[Q_RETRY] = "UPDATE gap SET next_try_ms = ?2 WHERE id = ?1",
	[Q_COUNT] = "SELECT count(*) FROM gap_event WHERE gap = ?1",
	[Q_BYTES] = "SELECT ifnull(sum(length(CAST(content AS BLOB))), 0) FROM gap_event WHERE gap = ?1",
	[Q_EVENTS] = "SELECT content FROM gap_event WHERE gap = ?1 ORDER BY seq DESC",
	[Q_DROP] = "DELETE FROM gap WHERE id = ?1",
	[Q_DROP_ROOM] = "DELETE FROM gap WHERE room = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements gap_statements = { "gap", sql, Q_MAX };

void gap_add(struct turn *turn, const char *room, const char *page_from, const char *page_to)
{
	struct stmt *q = turn_query(turn, &gap_statements, Q_TAKE);

	stmt_bind_text(q, 1, room);
	page_to = stmt_one_text(q, page_to);
	q = turn_query(turn, &gap_statements, Q_ADD);
	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, page_from);
	stmt_bind_text(q, 3, page_to);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	(void)stmt_run(q);
}

bool gap_in_room(struct view *view, const char *room)
{
	struct stmt *q = view_query(view, &gap_statements, Q_IN_ROOM);
	bool yes;

	stmt_bind_text(q, 1, room);
	yes = stmt_step(q);
	stmt_reset(q);
	return yes;
}

static bool read_gap(struct stmt *q, struct gap *ret_gap)
{
	if (!stmt_step(q))
		return false;
	*ret_gap = (struct gap){ stmt_int(q, 0), stmt_text(q, 1), stmt_text(q, 2), stmt_text(q, 3), stmt_int(q, 4), stmt_int(q, 5) };
	stmt_reset(q);
	return true;
}

bool gap_find(struct view *view, int64_t id, struct gap *ret_gap)
{
	struct stmt *q = view_query(view, &gap_statements, Q_FIND);

	stmt_bind_int(q, 1, id);
	return read_gap(q, ret_gap);
}

bool gap_next(struct view *view, struct gap *ret_gap)
{
	struct stmt *q = view_query(view, &gap_statements, Q_NEXT);

	stmt_bind_int(q, 1, view_now_ms(view));
	return read_gap(q, ret_gap);
}

int64_t gap_next_ms(struct view *view)
{
	return stmt_one_int(view_query(view, &gap_statements, Q_NEXT_MS), INT64_MAX);
}

void gap_page(struct turn *turn, int64_t gap, const struct event *events, size_t events_len, const char *next)
{
	struct stmt *q = turn_query(turn, &gap_statements, Q_LAST_SEQ);
	int64_t seq;

	stmt_bind_int(q, 1, gap);
	seq = stmt_one_int(q, 0);
	for (size_t i = 0; i < events_len; i++) {
		q = turn_query(turn, &gap_statements, Q_KEEP);
		stmt_bind_int(q, 1, gap);
		stmt_bind_int(q, 2, ++seq);
		stmt_bind_text(q, 3, event_format(turn_arena(turn), &events[i]));
		(void)stmt_run(q);
	}
	if (!next)
		return;
	q = turn_query(turn, &gap_statements, Q_PAGE);
	stmt_bind_int(q, 1, gap);
	stmt_bind_text(q, 2, next);
	(void)stmt_run(q);
}

int64_t gap_bytes(struct view *view, int64_t gap)
{
	struct stmt *q = view_query(view, &gap_statements, Q_BYTES);

	stmt_bind_int(q, 1, gap);
	return stmt_one_int(q, 0);
}

void gap_retry(struct turn *turn, int64_t gap, int64_t next_try_ms)
{
	struct stmt *q = turn_query(turn, &gap_statements, Q_RETRY);

	stmt_bind_int(q, 1, gap);
	stmt_bind_int(q, 2, next_try_ms);
	(void)stmt_run(q);
}

const struct event *gap_close(struct turn *turn, int64_t gap, size_t *ret_len)
{
	struct arena *arena = turn_arena(turn);
	struct stmt *q = turn_query(turn, &gap_statements, Q_COUNT);
	struct event *events;
	size_t count, len = 0;

	stmt_bind_int(q, 1, gap);
	count = (size_t)stmt_one_int(q, 0);
	events = arena_array(arena, struct event, count);
	q = turn_query(turn, &gap_statements, Q_EVENTS);
	stmt_bind_int(q, 1, gap);
	while (stmt_step(q)) {
		if (!event_parse(arena, stmt_text(q, 0), &events[len]))
			die("gap %lld does not hold an event", (long long)gap);
		len++;
	}
	q = turn_query(turn, &gap_statements, Q_DROP);
	stmt_bind_int(q, 1, gap);
	(void)stmt_run(q);
	*ret_len = len;
	return events;
}

void gap_drop_room(struct turn *turn, const char *room)
{
	struct stmt *q = turn_query(turn, &gap_statements, Q_DROP_ROOM);

	stmt_bind_text(q, 1, room);
	(void)stmt_run(q);
}
