#include "obligations/presence.h"

#include "base/arena.h"

enum { Q_NOTE, Q_UNDO, Q_LAST, Q_LAST_SESSION, Q_COUNT, Q_LIST, Q_MAX };

static const char *const sql[] = {
	[Q_NOTE] = "INSERT INTO presence (core, day, noted_by, noted_at_ms) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (core, day) DO UPDATE"
	           " SET noted_by = excluded.noted_by, noted_at_ms = excluded.noted_at_ms, undone_by = NULL, undone_at_ms = NULL"
	           " WHERE undone_by IS NOT NULL",
	[Q_UNDO] = "UPDATE presence SET undone_by = ?3, undone_at_ms = ?4 WHERE core = ?1 AND day = ?2 AND undone_by IS NULL",
	[Q_LAST] = "SELECT day FROM presence WHERE core = ?1 AND undone_by IS NULL ORDER BY day DESC LIMIT 1",
	[Q_LAST_SESSION] = "SELECT max(day) FROM presence WHERE undone_by IS NULL",
	[Q_COUNT] = "SELECT count(*) FROM presence WHERE day = ?1 AND undone_by IS NULL",
	[Q_LIST] = "SELECT core FROM presence WHERE day = ?1 AND undone_by IS NULL ORDER BY core",
};
_Static_assert(ARRAY_LEN(sql) == Q_MAX, "a statement for every name");

const struct statements presence_statements = { "obligations/presence", sql, Q_MAX };

void presence_note(struct turn *turn, int64_t core, const char *day, int64_t by)
{
	struct stmt *q = turn_query(turn, &presence_statements, Q_NOTE);

	stmt_bind_int(q, 1, core);
	stmt_bind_text(q, 2, day);
	stmt_bind_int(q, 3, by);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	(void)stmt_run(q);
}

bool presence_undo(struct turn *turn, int64_t core, const char *day, int64_t by)
{
	struct stmt *q;

	if (!day && !presence_find_last(turn_view(turn), core, &day))
		return false;
	q = turn_query(turn, &presence_statements, Q_UNDO);
	stmt_bind_int(q, 1, core);
	stmt_bind_text(q, 2, day);
	stmt_bind_int(q, 3, by);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	return stmt_run(q) > 0;
}

static bool read_day(struct stmt *q, const char **ret_day)
{
	const char *day = stmt_one_text(q, NULL);

	if (!day)
		return false;
	*ret_day = day;
	return true;
}

bool presence_find_last(struct view *view, int64_t core, const char **ret_day)
{
	struct stmt *q = view_query(view, &presence_statements, Q_LAST);

	stmt_bind_int(q, 1, core);
	return read_day(q, ret_day);
}

bool presence_find_last_session(struct view *view, const char **ret_day)
{
	return read_day(view_query(view, &presence_statements, Q_LAST_SESSION), ret_day);
}

int64_t *presence_list(struct view *view, const char *day, size_t *ret_len)
{
	struct stmt *q = view_query(view, &presence_statements, Q_COUNT);
	int64_t *cores;
	size_t len = 0;

	stmt_bind_text(q, 1, day);
	cores = arena_array(view_arena(view), int64_t, (size_t)stmt_one_int(q, 0));
	q = view_query(view, &presence_statements, Q_LIST);
	stmt_bind_text(q, 1, day);
	while (stmt_step(q))
		cores[len++] = stmt_int(q, 0);
	*ret_len = len;
	return cores;
}
