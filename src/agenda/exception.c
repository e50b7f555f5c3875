#include "agenda/exception.h"

#include "base/arena.h"
#include "base/die.h"

enum { Q_COUNT, Q_LIST, Q_FIND, Q_PUT, Q_DROP, Q_MAX };

#define EXCEPTION "SELECT day, off, starts, ends, reason FROM agenda_exception WHERE event = ?1 "

static const char *const sql[] = {
	[Q_COUNT] = "SELECT count(*) FROM agenda_exception WHERE event = ?1",
	[Q_LIST] = EXCEPTION "ORDER BY day",
	[Q_FIND] = EXCEPTION "AND day = ?2",
	[Q_PUT] = "INSERT INTO agenda_exception (event, day, off, starts, ends, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
	          " ON CONFLICT DO UPDATE SET off = excluded.off, starts = excluded.starts, ends = excluded.ends, reason = excluded.reason",
	[Q_DROP] = "DELETE FROM agenda_exception WHERE event = ?1 AND day = ?2",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements agenda_exception_statements = { "agenda.exception", sql, Q_MAX };

static struct wall wall_of(const char *text)
{
	struct wall wall;

	if (!wall_parse(text, &wall))
		die("the agenda holds an exception that is none: %s", text);
	return wall;
}

static struct timing_exception read_exception(struct stmt *q)
{
	struct timing_exception exception = { .day = wall_of(stmt_text(q, 0)), .off = stmt_int(q, 1) != 0, .has_end = !stmt_is_null(q, 3) };

	if (!exception.off)
		exception.starts = wall_of(stmt_text(q, 2));
	if (exception.has_end)
		exception.ends = wall_of(stmt_text(q, 3));
	return exception;
}

static size_t count(struct view *view, int64_t number)
{
	struct stmt *q = view_query(view, &agenda_exception_statements, Q_COUNT);
	size_t len = 0;

	stmt_bind_int(q, 1, number);
	while (stmt_step(q))
		len = (size_t)stmt_int(q, 0);
	return len;
}

struct timing_exception *exception_list(struct view *view, int64_t number, size_t *ret_len)
{
	struct timing_exception *list = arena_array(view_arena(view), struct timing_exception, count(view, number));
	struct stmt *q = view_query(view, &agenda_exception_statements, Q_LIST);

	stmt_bind_int(q, 1, number);
	*ret_len = 0;
	while (stmt_step(q))
		list[(*ret_len)++] = read_exception(q);
	return list;
}

bool exception_find(struct view *view, int64_t number, const struct wall *day, struct timing_exception *ret_exception, const char **ret_reason)
{
	struct stmt *q = view_query(view, &agenda_exception_statements, Q_FIND);

	stmt_bind_int(q, 1, number);
	stmt_bind_text(q, 2, wall_format_date(view_arena(view), day));
	if (!stmt_step(q))
		return false;
	*ret_exception = read_exception(q);
	*ret_reason = stmt_text(q, 4);
	stmt_reset(q);
	return true;
}

void exception_put(struct turn *turn, int64_t number, const struct timing_exception *exception, bool all_day, const char *reason)
{
	struct stmt *q = turn_query(turn, &agenda_exception_statements, Q_PUT);
	struct arena *arena = turn_arena(turn);

	stmt_bind_int(q, 1, number);
	stmt_bind_text(q, 2, wall_format_date(arena, &exception->day));
	stmt_bind_int(q, 3, exception->off);
	stmt_bind_text(q, 4, exception->off ? NULL : timing_format(arena, &exception->starts, all_day));
	stmt_bind_text(q, 5, !exception->off && exception->has_end ? timing_format(arena, &exception->ends, all_day) : NULL);
	stmt_bind_text(q, 6, reason);
	(void)stmt_run(q);
}

void exception_drop(struct turn *turn, int64_t number, const struct wall *day)
{
	struct stmt *q = turn_query(turn, &agenda_exception_statements, Q_DROP);

	stmt_bind_int(q, 1, number);
	stmt_bind_text(q, 2, wall_format_date(turn_arena(turn), day));
	(void)stmt_run(q);
}
