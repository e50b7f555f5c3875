#include "store/sync.h"

#include "base/die.h"

enum { Q_FIND, Q_CREATE, Q_ADVANCE, Q_FORGET, Q_STARTED, Q_CONNECTED, Q_LOST, Q_TOLD, Q_EPOCH, Q_MAX };

static const char *const sql[] = {
	[Q_FIND] = "SELECT token, epoch, ifnull(connected_since_ms, 0), ifnull(synced_at_ms, 0), ifnull(down_since_ms, 0) FROM sync WHERE transport = ?1",
	[Q_CREATE] = "INSERT INTO sync (transport, epoch) VALUES (?1, ?2)",
	[Q_ADVANCE] = "UPDATE sync SET token = ?3, synced_at_ms = ?4 WHERE transport = ?1 AND token IS ?2",
	[Q_FORGET] = "UPDATE sync SET token = NULL WHERE transport = ?1",
	[Q_STARTED] = "UPDATE sync SET connected_since_ms = NULL WHERE transport = ?1",
	[Q_CONNECTED] = "UPDATE sync SET connected_since_ms = ?2 WHERE transport = ?1 AND connected_since_ms IS NULL",
	[Q_LOST] = "UPDATE sync SET connected_since_ms = NULL, down_since_ms = ifnull(down_since_ms, ?2) WHERE transport = ?1",
	[Q_TOLD] = "UPDATE sync SET down_since_ms = NULL WHERE transport = ?1",
	[Q_EPOCH] = "UPDATE sync SET epoch = ?2 WHERE transport = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements sync_statements = { "sync", sql, Q_MAX };

bool sync_find(struct view *view, const char *transport, struct sync_state *ret_state)
{
	struct stmt *q = view_query(view, &sync_statements, Q_FIND);

	stmt_bind_text(q, 1, transport);
	if (!stmt_step(q))
		return false;
	*ret_state = (struct sync_state){ stmt_text(q, 0), stmt_int(q, 1), stmt_int(q, 2), stmt_int(q, 3), stmt_int(q, 4) };
	stmt_reset(q);
	return true;
}

struct sync_state sync_get(struct view *view, const char *transport)
{
	struct sync_state state;

	if (!sync_find(view, transport, &state))
		die("no sync row for %s", transport);
	return state;
}

static void run(struct turn *turn, size_t index, const char *transport, int64_t value)
{
	struct stmt *q = turn_query(turn, &sync_statements, index);

	stmt_bind_text(q, 1, transport);
	if (index != Q_TOLD && index != Q_FORGET && index != Q_STARTED)
		stmt_bind_int(q, 2, value);
	(void)stmt_run(q);
}

void sync_create(struct turn *turn, const char *transport, int64_t epoch)
{
	run(turn, Q_CREATE, transport, epoch);
}

void sync_advance(struct turn *turn, const char *transport, const char *since, const char *next)
{
	struct stmt *q = turn_query(turn, &sync_statements, Q_ADVANCE);

	stmt_bind_text(q, 1, transport);
	stmt_bind_text(q, 2, since);
	stmt_bind_text(q, 3, next);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	if (stmt_run(q) != 1)
		die("the sync token is not the one this batch was asked with");
}

void sync_forget(struct turn *turn, const char *transport)
{
	run(turn, Q_FORGET, transport, 0);
}

void sync_started(struct turn *turn, const char *transport)
{
	run(turn, Q_STARTED, transport, 0);
}

void sync_connected(struct turn *turn, const char *transport)
{
	run(turn, Q_CONNECTED, transport, turn_now_ms(turn));
}

void sync_lost(struct turn *turn, const char *transport, int64_t since_ms)
{
	run(turn, Q_LOST, transport, since_ms);
}

void sync_outage_told(struct turn *turn, const char *transport)
{
	run(turn, Q_TOLD, transport, 0);
}

void sync_new_epoch(struct turn *turn, const char *transport, int64_t epoch)
{
	run(turn, Q_EPOCH, transport, epoch);
}
