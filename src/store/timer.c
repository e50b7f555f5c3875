#include "store/timer.h"

enum { Q_SET, Q_CLEAR, Q_FIND, Q_NEXT, Q_MAX };

static const char *const sql[] = {
	[Q_SET] = ("INSERT INTO timer (kind, subject, due_at_ms) VALUES (?1, ?2, ?3)"
	           " ON CONFLICT (kind, subject) DO UPDATE SET due_at_ms = excluded.due_at_ms"),
	[Q_CLEAR] = "DELETE FROM timer WHERE kind = ?1 AND subject = ?2",
	[Q_FIND] = "SELECT due_at_ms FROM timer WHERE kind = ?1 AND subject = ?2",
	[Q_NEXT] = "SELECT kind, subject, due_at_ms FROM timer ORDER BY due_at_ms, kind, subject LIMIT 1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements timer_statements = { "timer", sql, Q_MAX };

void timer_set(struct turn *turn, const char *kind, const char *subject, int64_t due_at_ms)
{
	struct stmt *q = turn_query(turn, &timer_statements, Q_SET);

	stmt_bind_text(q, 1, kind);
	stmt_bind_text(q, 2, subject);
	stmt_bind_int(q, 3, due_at_ms);
	(void)stmt_run(q);
}

void timer_clear(struct turn *turn, const char *kind, const char *subject)
{
	struct stmt *q = turn_query(turn, &timer_statements, Q_CLEAR);

	stmt_bind_text(q, 1, kind);
	stmt_bind_text(q, 2, subject);
	(void)stmt_run(q);
}

bool timer_find(struct view *view, const char *kind, const char *subject, int64_t *ret_due_at_ms)
{
	struct stmt *q = view_query(view, &timer_statements, Q_FIND);

	stmt_bind_text(q, 1, kind);
	stmt_bind_text(q, 2, subject);
	if (!stmt_step(q))
		return false;
	*ret_due_at_ms = stmt_int(q, 0);
	stmt_reset(q);
	return true;
}

bool timer_next(struct view *view, struct timer *ret_timer)
{
	struct stmt *q = view_query(view, &timer_statements, Q_NEXT);

	if (!stmt_step(q))
		return false;
	*ret_timer = (struct timer){ stmt_text(q, 0), stmt_text(q, 1), stmt_int(q, 2) };
	stmt_reset(q);
	return true;
}
