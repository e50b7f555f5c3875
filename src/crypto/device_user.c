/*
 * Whose devices we follow, how new what we know of them is, and whose identity is whose.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/ident.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/device_row.h"
#include "crypto/generation.h"
#include "store/incident.h"

/* So long a list is waited for, at most (MATRIX.md 6.2). */
#define PATIENCE_MS (10 * MS_PER_SECOND)

/* A server that fails is asked again after this, then twice as long, up to the most. */
#define BACKOFF_MS      (15 * MS_PER_SECOND)
#define BACKOFF_MOST_MS (15 * MS_PER_MINUTE)
enum { BACKOFF_DOUBLINGS = 6 };

enum {
	Q_CLOCK,
	Q_TICK,
	Q_SET_BATCH,
	Q_TRACK,
	Q_UNTRACK,
	Q_OUTDATE,
	Q_OUTDATE_ALL,
	Q_WAIT_ANEW,
	Q_SETTLED,
	Q_OUTDATED,
	Q_ANSWERED,
	Q_FAILURES,
	Q_FAILED,
	Q_SERVER_ANSWERED,
	Q_NEXT_MS,
	Q_IDENTITY,
	Q_KEEP,
	Q_PIN,
	Q_MAX
};

static const char *const sql[] = {
	[Q_CLOCK] = "SELECT ticks, batch FROM device_clock WHERE id = 1",
	[Q_TICK] = "UPDATE device_clock SET ticks = ticks + 1 WHERE id = 1",
	[Q_SET_BATCH] = "UPDATE device_clock SET batch = ?1 WHERE id = 1",
	/* An upsert that finds the user tracked changes nothing, and says so. */
	[Q_TRACK] = "INSERT INTO device_user (user, server, tracked) VALUES (?1, ?2, 1)"
	            " ON CONFLICT (user) DO UPDATE SET tracked = 1 WHERE tracked = 0",
	[Q_UNTRACK] = "UPDATE device_user SET tracked = 0, outdated = NULL, outdated_at_ms = NULL WHERE user = ?1",
	[Q_OUTDATE] = "UPDATE device_user SET outdated = (SELECT ticks + 1 FROM device_clock WHERE id = 1), outdated_at_ms = ?2 WHERE user = ?1 AND tracked = 1",
	[Q_OUTDATE_ALL] = "UPDATE device_user SET outdated = (SELECT ticks + 1 FROM device_clock WHERE id = 1), outdated_at_ms = ?1 WHERE tracked = 1",
	[Q_WAIT_ANEW] = "UPDATE device_user SET outdated_at_ms = ?1 WHERE outdated IS NOT NULL",
	[Q_SETTLED] = "SELECT u.outdated IS NULL OR ?2 - u.outdated_at_ms >= ?3 OR s.retry_at_ms > ?2 FROM device_user AS u"
	              " LEFT JOIN device_server AS s ON s.server = u.server WHERE u.user = ?1 AND u.tracked = 1",
	[Q_OUTDATED] = "SELECT u.user FROM device_user AS u INDEXED BY device_user_outdated LEFT JOIN device_server AS s ON s.server = u.server"
	               " WHERE u.outdated IS NOT NULL AND ifnull(s.retry_at_ms, 0) <= ?1 ORDER BY u.outdated LIMIT ?2",
	[Q_ANSWERED] = "UPDATE device_user SET outdated = NULL, outdated_at_ms = NULL WHERE user = ?1 AND outdated <= ?2",
	[Q_FAILURES] = "SELECT failures FROM device_server WHERE server = ?1",
	[Q_FAILED] = "INSERT INTO device_server (server, failures, retry_at_ms) VALUES (?1, 1, ?2)"
	             " ON CONFLICT (server) DO UPDATE SET failures = failures + 1, retry_at_ms = excluded.retry_at_ms",
	[Q_SERVER_ANSWERED] = "DELETE FROM device_server WHERE server = ?1",
	[Q_NEXT_MS] = "SELECT min(at_ms) FROM (SELECT outdated_at_ms + ?2 AS at_ms FROM device_user WHERE outdated IS NOT NULL AND outdated_at_ms + ?2 > ?1"
	              " UNION ALL SELECT s.retry_at_ms FROM device_user AS u INDEXED BY device_user_outdated"
	              " JOIN device_server AS s ON s.server = u.server WHERE u.outdated IS NOT NULL AND s.retry_at_ms > ?1)",
	[Q_IDENTITY] = "SELECT user, master, self_signing, user_signing, pinned, verified FROM device_user WHERE user = ?1",
	[Q_KEEP] = "UPDATE device_user SET master = ?2, self_signing = ?3, user_signing = ?4, pinned = ifnull(pinned, ?2) WHERE user = ?1",
	[Q_PIN] = "UPDATE device_user SET pinned = ?2, verified = ?3 WHERE user = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements device_user_statements = { "crypto/device_user", sql, Q_MAX };

/* Time goes on: what was asked for until now is older than what was outdated just now. And who gets keys waits for the answer. */
static void tick(struct turn *turn)
{
	(void)stmt_run(turn_query(turn, &device_user_statements, Q_TICK));
	generation_raise(turn);
}

void devices_track(struct turn *turn, const char *user)
{
	struct stmt *q;

	if (!ident_is_user(user))
		return;
	q = turn_query(turn, &device_user_statements, Q_TRACK);
	stmt_bind_text(q, 1, user);
	stmt_bind_text(q, 2, ident_server_of(user));
	if (stmt_run(q))
		devices_outdate(turn, user);
}

void devices_untrack(struct turn *turn, const char *user)
{
	struct stmt *q = turn_query(turn, &device_user_statements, Q_UNTRACK);

	stmt_bind_text(q, 1, user);
	(void)stmt_run(q);
}

void devices_outdate(struct turn *turn, const char *user)
{
	struct stmt *q = turn_query(turn, &device_user_statements, Q_OUTDATE);

	stmt_bind_text(q, 1, user);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	if (stmt_run(q))
		tick(turn);
}

void devices_outdate_all(struct turn *turn)
{
	struct stmt *q = turn_query(turn, &device_user_statements, Q_OUTDATE_ALL);

	stmt_bind_int(q, 1, turn_now_ms(turn));
	if (stmt_run(q))
		tick(turn);
}

void devices_wait_anew(struct turn *turn)
{
	struct stmt *q = turn_query(turn, &device_user_statements, Q_WAIT_ANEW);

	stmt_bind_int(q, 1, turn_now_ms(turn));
	(void)stmt_run(q);
}

bool devices_settled(struct view *view, const char *user)
{
	struct stmt *q;

	if (!ident_is_user(user))
		return true;
	q = view_query(view, &device_user_statements, Q_SETTLED);
	stmt_bind_text(q, 1, user);
	stmt_bind_int(q, 2, view_now_ms(view));
	stmt_bind_int(q, 3, PATIENCE_MS);
	return stmt_one_int(q, 0);
}

void device_clock_get(struct view *view, struct device_clock *ret_clock)
{
	struct stmt *q = view_query(view, &device_user_statements, Q_CLOCK);

	if (!stmt_step(q))
		die("device_clock has no row");
	*ret_clock = (struct device_clock){ .ticks = stmt_int(q, 0), .batch = stmt_int(q, 1) };
	stmt_reset(q);
}

void device_clock_set_batch(struct turn *turn, int64_t batch)
{
	struct stmt *q = turn_query(turn, &device_user_statements, Q_SET_BATCH);

	stmt_bind_int(q, 1, batch);
	(void)stmt_run(q);
}

const char **device_user_outdated(struct view *view, int64_t limit, size_t *ret_len)
{
	const char **users = arena_array(view_arena(view), const char *, (size_t)limit);
	struct stmt *q = view_query(view, &device_user_statements, Q_OUTDATED);
	size_t len = 0;

	stmt_bind_int(q, 1, view_now_ms(view));
	stmt_bind_int(q, 2, limit);
	while (stmt_step(q))
		users[len++] = stmt_text(q, 0);
	*ret_len = len;
	return users;
}

void device_user_answered(struct turn *turn, const char *user, int64_t asked_at_tick)
{
	struct stmt *q = turn_query(turn, &device_user_statements, Q_ANSWERED);

	stmt_bind_text(q, 1, user);
	stmt_bind_int(q, 2, asked_at_tick);
	(void)stmt_run(q);
}

void device_server_failed(struct turn *turn, const char *server)
{
	struct stmt *q = turn_query(turn, &device_user_statements, Q_FAILURES);
	int64_t before, wait_ms;

	stmt_bind_text(q, 1, server);
	before = stmt_one_int(q, 0);
	wait_ms = BACKOFF_MS << (before < BACKOFF_DOUBLINGS ? before : BACKOFF_DOUBLINGS);
	q = turn_query(turn, &device_user_statements, Q_FAILED);
	stmt_bind_text(q, 1, server);
	stmt_bind_int(q, 2, turn_now_ms(turn) + (wait_ms < BACKOFF_MOST_MS ? wait_ms : BACKOFF_MOST_MS));
	(void)stmt_run(q);
	log_info("crypto.server_failed", "server=\"%s\" times=%lld", server, (long long)before + 1);
}

void device_server_answered(struct turn *turn, const char *server)
{
	struct stmt *q = turn_query(turn, &device_user_statements, Q_SERVER_ANSWERED);

	stmt_bind_text(q, 1, server);
	(void)stmt_run(q);
}

int64_t device_next_ms(struct view *view)
{
	struct stmt *q = view_query(view, &device_user_statements, Q_NEXT_MS);

	stmt_bind_int(q, 1, view_now_ms(view));
	stmt_bind_int(q, 2, PATIENCE_MS);
	return stmt_one_int(q, INT64_MAX);
}

bool identity_find(struct view *view, const char *user, struct identity *ret_identity)
{
	struct stmt *q = view_query(view, &device_user_statements, Q_IDENTITY);

	stmt_bind_text(q, 1, user);
	if (!stmt_step(q))
		return false;
	*ret_identity = (struct identity){
		.user = stmt_text(q, 0),
		.master = stmt_text(q, 1),
		.self_signing = stmt_text(q, 2),
		.user_signing = stmt_text(q, 3),
		.pinned = stmt_text(q, 4),
		.verified = stmt_int(q, 5),
	};
	stmt_reset(q);
	return true;
}

struct identity identity_known(struct view *view, const char *user)
{
	struct identity identity;

	return identity_find(view, user, &identity) ? identity : (struct identity){ .user = user };
}

/* The server shows the pinned identity, or another one. */
static void tell_change(struct turn *turn, const char *user, const char *master, const char *pinned)
{
	if (!master)
		return;
	if (str_equal(master, pinned)) {
		incident_clear(turn, "identity.changed", user);
		return;
	}
	incident_raise(turn, "identity.changed", user,
	               "This user's identity is another than before: a reset, or somebody else. Nothing that needs trust is done for them until it is accepted.");
}

void identity_keep(struct turn *turn, const struct identity *shown)
{
	struct stmt *q = turn_query(turn, &device_user_statements, Q_KEEP);
	struct identity kept;

	stmt_bind_text(q, 1, shown->user);
	stmt_bind_text(q, 2, shown->master);
	stmt_bind_text(q, 3, shown->self_signing);
	stmt_bind_text(q, 4, shown->user_signing);
	if (stmt_run(q) && identity_find(turn_view(turn), shown->user, &kept))
		tell_change(turn, kept.user, kept.master, kept.pinned);
}

static void pin(struct turn *turn, const char *user, const char *master, bool verified)
{
	struct stmt *q = turn_query(turn, &device_user_statements, Q_PIN);

	stmt_bind_text(q, 1, user);
	stmt_bind_text(q, 2, master);
	stmt_bind_int(q, 3, verified);
	(void)stmt_run(q);
	generation_raise(turn);
}

bool identity_accept(struct turn *turn, const char *user)
{
	struct identity identity;

	if (!identity_find(turn_view(turn), user, &identity) || !identity.master)
		return false;
	if (!str_equal(identity.master, identity.pinned))
		pin(turn, user, identity.master, false);
	incident_clear(turn, "identity.changed", user);
	return true;
}

void identity_set_verified(struct turn *turn, const char *user, const char *master)
{
	struct identity identity;

	if (!identity_find(turn_view(turn), user, &identity))
		return;
	pin(turn, user, master, true);
	tell_change(turn, user, identity.master, master);
}
