#include "store/incident.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"

enum { INCIDENTS_SHOWN = 50 };

enum { Q_COUNT_UP, Q_RAISE, Q_CLEAR, Q_IS_OPEN, Q_LIST, Q_MAX };

static const char *const sql[] = {
	[Q_COUNT_UP] = "UPDATE incident SET times = times + 1, last_at_ms = ?3, detail = ?4 WHERE kind = ?1 AND subject = ?2 AND cleared_at_ms IS NULL",
	[Q_RAISE] = "INSERT INTO incident (kind, subject, detail, first_at_ms, last_at_ms) VALUES (?1, ?2, ?4, ?3, ?3)",
	[Q_CLEAR] = "UPDATE incident SET cleared_at_ms = ?3 WHERE kind = ?1 AND subject = ?2 AND cleared_at_ms IS NULL",
	[Q_IS_OPEN] = "SELECT 1 FROM incident WHERE kind = ?1 AND subject = ?2 AND cleared_at_ms IS NULL",
	[Q_LIST] = ("SELECT kind, subject, detail, first_at_ms, last_at_ms, times FROM incident WHERE cleared_at_ms IS NULL"
	            " ORDER BY last_at_ms DESC, id DESC LIMIT ?1"),
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements incident_statements = { "incident", sql, Q_MAX };

bool incident_raise(struct turn *turn, const char *kind, const char *subject, const char *detail)
{
	static const int order[] = { Q_COUNT_UP, Q_RAISE };

	for (size_t i = 0; i < ARRAY_LEN(order); i++) {
		struct stmt *q = turn_query(turn, &incident_statements, (size_t)order[i]);

		stmt_bind_text(q, 1, kind);
		stmt_bind_text(q, 2, subject);
		stmt_bind_int(q, 3, turn_now_ms(turn));
		stmt_bind_text(q, 4, detail);
		if (stmt_run(q) && order[i] == Q_COUNT_UP)
			return false;
	}
	log_warn("incident", "kind=%s subject=\"%s\" detail=\"%s\"", kind, subject, detail);
	return true;
}

void incident_clear(struct turn *turn, const char *kind, const char *subject)
{
	struct stmt *q = turn_query(turn, &incident_statements, Q_CLEAR);

	stmt_bind_text(q, 1, kind);
	stmt_bind_text(q, 2, subject);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	(void)stmt_run(q);
}

bool incident_is_open(struct view *view, const char *kind, const char *subject)
{
	struct stmt *q = view_query(view, &incident_statements, Q_IS_OPEN);
	bool open;

	stmt_bind_text(q, 1, kind);
	stmt_bind_text(q, 2, subject);
	open = stmt_step(q);
	stmt_reset(q);
	return open;
}

struct incident *incident_list(struct view *view, size_t *ret_len)
{
	struct stmt *q = view_query(view, &incident_statements, Q_LIST);
	struct incident *list = arena_array(view_arena(view), struct incident, INCIDENTS_SHOWN);
	size_t len = 0;

	stmt_bind_int(q, 1, INCIDENTS_SHOWN);
	while (stmt_step(q))
		list[len++] = (struct incident){ stmt_text(q, 0), stmt_text(q, 1), stmt_text(q, 2), stmt_int(q, 3), stmt_int(q, 4), stmt_int(q, 5) };
	*ret_len = len;
	return list;
}
