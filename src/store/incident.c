#include "store/incident.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"

enum { INCIDENTS_SHOWN = 50 };

enum { Q_COUNT_UP, Q_ADD, Q_CLEAR, Q_SEE, Q_EXPIRE, Q_IS_OPEN, Q_IS_OPEN_OF_KIND, Q_LIST, Q_FORGET, Q_MAX };

static const char *const sql[] = {
	[Q_COUNT_UP] = "UPDATE incident SET times = times + 1, last_at_ms = ?3, detail = ?4 WHERE kind = ?1 AND subject = ?2 AND cleared_at_ms IS NULL",
	[Q_ADD] = "INSERT INTO incident (kind, subject, detail, first_at_ms, last_at_ms, lasts) VALUES (?1, ?2, ?4, ?3, ?3, ?5)",
	[Q_CLEAR] = "UPDATE incident SET cleared_at_ms = ?3 WHERE kind = ?1 AND subject = ?2 AND cleared_at_ms IS NULL",
	[Q_SEE] = ("UPDATE incident SET cleared_at_ms = ?3 WHERE kind = ?1 AND (?2 IS NULL OR subject = ?2) AND cleared_at_ms IS NULL"
	           " AND lasts = 0"),
	[Q_EXPIRE] = "DELETE FROM incident WHERE cleared_at_ms < ?1",
	[Q_IS_OPEN] = "SELECT 1 FROM incident WHERE kind = ?1 AND subject = ?2 AND cleared_at_ms IS NULL",
	[Q_IS_OPEN_OF_KIND] = "SELECT 1 FROM incident WHERE kind = ?1 AND (?2 IS NULL OR subject = ?2) AND cleared_at_ms IS NULL LIMIT 1",
	[Q_LIST] = ("SELECT kind, subject, detail, first_at_ms, last_at_ms, times, lasts FROM incident WHERE cleared_at_ms IS NULL"
	            " ORDER BY last_at_ms DESC, id DESC LIMIT ?1"),
	/* The subject is the id, or begins with it: "@fatima:example.org DEVICE". */
	[Q_FORGET] = "UPDATE incident SET subject = '' WHERE cleared_at_ms IS NOT NULL AND (subject = ?1 OR substr(subject, 1, length(?1) + 1) = ?1 || ' ')",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements incident_statements = { "incident", sql, Q_MAX };

static bool count(struct turn *turn, const char *kind, const char *subject, const char *detail)
{
	struct stmt *q = turn_query(turn, &incident_statements, Q_COUNT_UP);

	stmt_bind_text(q, 1, kind);
	stmt_bind_text(q, 2, subject);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	stmt_bind_text(q, 4, detail);
	return stmt_run(q) > 0;
}

static bool open_or_count(struct turn *turn, const char *kind, const char *subject, const char *detail, bool lasts)
{
	struct stmt *q;

	if (count(turn, kind, subject, detail))
		return false;
	q = turn_query(turn, &incident_statements, Q_ADD);
	stmt_bind_text(q, 1, kind);
	stmt_bind_text(q, 2, subject);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	stmt_bind_text(q, 4, detail);
	stmt_bind_int(q, 5, lasts);
	(void)stmt_run(q);
	log_warn("incident", "kind=%s subject=\"%s\" detail=\"%s\"", kind, subject, detail);
	return true;
}

bool incident_raise(struct turn *turn, const char *kind, const char *subject, const char *detail)
{
	return open_or_count(turn, kind, subject, detail, true);
}

bool incident_note(struct turn *turn, const char *kind, const char *subject, const char *detail)
{
	return open_or_count(turn, kind, subject, detail, false);
}

void incident_clear(struct turn *turn, const char *kind, const char *subject)
{
	struct stmt *q = turn_query(turn, &incident_statements, Q_CLEAR);

	stmt_bind_text(q, 1, kind);
	stmt_bind_text(q, 2, subject);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	(void)stmt_run(q);
}

static bool is_open_of_kind(struct view *view, const char *kind, const char *subject)
{
	struct stmt *q = view_query(view, &incident_statements, Q_IS_OPEN_OF_KIND);
	bool open;

	stmt_bind_text(q, 1, kind);
	stmt_bind_text(q, 2, subject);
	open = stmt_step(q);
	stmt_reset(q);
	return open;
}

enum incident_seen incident_see(struct turn *turn, const char *kind, const char *subject, int64_t *ret_len)
{
	struct stmt *q = turn_query(turn, &incident_statements, Q_SEE);
	int64_t len;

	stmt_bind_text(q, 1, kind);
	stmt_bind_text(q, 2, subject);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	len = stmt_run(q);
	if (!len)
		return is_open_of_kind(turn_view(turn), kind, subject) ? INCIDENT_LASTS : INCIDENT_UNKNOWN;
	log_info("incident.seen", "kind=%s subject=\"%s\" incidents=%" PRId64, kind, subject ? subject : "all", len);
	*ret_len = len;
	return INCIDENT_SEEN;
}

void incident_expire(struct turn *turn, int64_t before_ms)
{
	struct stmt *q = turn_query(turn, &incident_statements, Q_EXPIRE);

	stmt_bind_int(q, 1, before_ms);
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
		list[len++] = (struct incident){ stmt_text(q, 0), stmt_text(q, 1), stmt_text(q, 2), stmt_int(q, 3), stmt_int(q, 4), stmt_int(q, 5), stmt_int(q, 6) };
	*ret_len = len;
	return list;
}

void incident_forget(struct turn *turn, const char *user)
{
	struct stmt *q = turn_query(turn, &incident_statements, Q_FORGET);

	stmt_bind_text(q, 1, user);
	(void)stmt_run(q);
}
