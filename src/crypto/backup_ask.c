#include "crypto/backup_ask.h"

#include "base/clock.h"

/* A key is often some seconds behind its event: it is not asked for before (7.11). */
#define PATIENCE_MS (5 * MS_PER_SECOND)

/* What was asked for is remembered as long as an event can wait for it (2.9). */
#define KEEP_MS (14 * MS_PER_DAY)

enum { Q_FORGET, Q_ASK, Q_NEXT, Q_NEXT_MS, Q_ANSWERED, Q_AGAIN, Q_MAX };

static const char *const sql[] = {
	[Q_FORGET] = "DELETE FROM backup_ask WHERE asked_at_ms <= ?1",
	[Q_ASK] = "INSERT INTO backup_ask (room, session, asked_at_ms) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
	[Q_NEXT] = "SELECT room, session FROM backup_ask WHERE answered = 0 AND asked_at_ms <= ?1 ORDER BY asked_at_ms LIMIT 1",
	[Q_NEXT_MS] = "SELECT min(asked_at_ms) + ?2 FROM backup_ask WHERE answered = 0 AND asked_at_ms > ?1",
	[Q_ANSWERED] = "UPDATE backup_ask SET answered = 1 WHERE room = ?1 AND session = ?2",
	[Q_AGAIN] = "UPDATE backup_ask SET answered = 0 WHERE answered <> 0",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements backup_ask_statements = { "crypto/backup_ask", sql, Q_MAX };

void backup_ask(struct turn *turn, const char *room, const char *session)
{
	struct stmt *q = turn_query(turn, &backup_ask_statements, Q_FORGET);

	stmt_bind_int(q, 1, turn_now_ms(turn) - KEEP_MS);
	(void)stmt_run(q);
	q = turn_query(turn, &backup_ask_statements, Q_ASK);
	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, session);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	(void)stmt_run(q);
}

bool backup_ask_next(struct view *view, const char **ret_room, const char **ret_session)
{
	struct stmt *q = view_query(view, &backup_ask_statements, Q_NEXT);

	stmt_bind_int(q, 1, view_now_ms(view) - PATIENCE_MS);
	if (!stmt_step(q))
		return false;
	*ret_room = stmt_text(q, 0);
	*ret_session = stmt_text(q, 1);
	stmt_reset(q);
	return true;
}

int64_t backup_ask_next_ms(struct view *view)
{
	struct stmt *q = view_query(view, &backup_ask_statements, Q_NEXT_MS);

	stmt_bind_int(q, 1, view_now_ms(view) - PATIENCE_MS);
	stmt_bind_int(q, 2, PATIENCE_MS);
	return stmt_one_int(q, INT64_MAX);
}

void backup_ask_answered(struct turn *turn, const char *room, const char *session)
{
	struct stmt *q = turn_query(turn, &backup_ask_statements, Q_ANSWERED);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, session);
	(void)stmt_run(q);
}

void backup_ask_again(struct turn *turn)
{
	(void)stmt_run(turn_query(turn, &backup_ask_statements, Q_AGAIN));
}
