#include "crypto/inbound_prune.h"

#include "base/clock.h"
#include "base/log.h"
#include "crypto/inbound_cache.h"

#define KEPT_MS (90 * MS_PER_DAY)

/* More than one, so that a room that was flooded once gets small again. */
enum { AT_ONCE_MAX = 20 };

enum { Q_PRUNE, Q_COUNT, Q_MAX };

static const char *const sql[] = {
	[Q_PRUNE] = "DELETE FROM inbound_session WHERE id IN (SELECT s.id FROM inbound_session AS s INDEXED BY inbound_session_came"
	            " WHERE s.room = ?1 AND s.came_at_ms < ?2 AND ifnull((SELECT sent_at_ms FROM inbound_seen WHERE session = s.id"
	            " ORDER BY message_index DESC LIMIT 1), 0) < ?2 LIMIT ?3)",
	[Q_COUNT] = "SELECT count(*) FROM inbound_session",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements inbound_prune_statements = { "crypto/inbound_prune", sql, Q_MAX };

void inbound_prune(struct crypto *crypto, struct turn *turn, const char *room)
{
	struct stmt *q = turn_query(turn, &inbound_prune_statements, Q_PRUNE);
	int64_t gone;

	stmt_bind_text(q, 1, room);
	stmt_bind_int(q, 2, turn_now_ms(turn) - KEPT_MS);
	stmt_bind_int(q, 3, AT_ONCE_MAX);
	gone = stmt_run(q);
	if (!gone)
		return;
	inbound_cache_drop(crypto->inbound);
	log_info("crypto.sessions_forgotten", "room=%s count=%lld", room, (long long)gone);
}

int64_t inbound_count(struct view *view)
{
	return stmt_one_int(view_query(view, &inbound_prune_statements, Q_COUNT), 0);
}
