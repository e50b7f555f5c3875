#include "crypto/channel_session.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "crypto/generation.h"
#include "crypto/olm.h"
#include "crypto/vault.h"

enum { SESSIONS_KEPT = 6 };

enum { Q_OF_PEER, Q_ADD, Q_TRIM, Q_STORE, Q_STORE_HEARD, Q_EXISTS, Q_NEWEST, Q_NEWEST_INBOUND, Q_COUNT_INBOUND, Q_MAX };

#define NEXT_RANK "1 + ifnull((SELECT max(rank) FROM channel_session WHERE peer = ?1), 0)"

static const char *const sql[] = {
	[Q_OF_PEER] = "SELECT id, name, pickle FROM channel_session WHERE peer = ?1 ORDER BY rank DESC",
	[Q_ADD] = "INSERT INTO channel_session (peer, name, pickle, user, inbound, made_at_ms, rank) VALUES (?1, ?2, ?3, ?4, ?5, ?6, " NEXT_RANK ")",
	[Q_TRIM] = "DELETE FROM channel_session WHERE peer = ?1 AND rank <= (SELECT rank FROM channel_session WHERE peer = ?1"
	           " ORDER BY rank DESC LIMIT 1 OFFSET ?2)",
	[Q_STORE] = "UPDATE channel_session SET pickle = ?2 WHERE id = ?1",
	[Q_STORE_HEARD] = "UPDATE channel_session SET pickle = ?3, rank = " NEXT_RANK " WHERE id = ?2",
	[Q_EXISTS] = "SELECT 1 FROM channel_session WHERE peer = ?1 LIMIT 1",
	[Q_NEWEST] = "SELECT max(made_at_ms) FROM channel_session WHERE peer = ?1",
	[Q_NEWEST_INBOUND] = "SELECT max(id) FROM channel_session WHERE peer = ?1 AND inbound = 1",
	[Q_COUNT_INBOUND] = "SELECT count(*) FROM channel_session WHERE user = ?1 AND inbound = 1 AND made_at_ms > ?2",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements channel_session_statements = { "crypto/channel_session", sql, Q_MAX };

#define TABLE "channel_session"

struct channel_session *channel_sessions(struct view *view, const char *peer, size_t *ret_len)
{
	struct stmt *q = view_query(view, &channel_session_statements, Q_OF_PEER);
	struct channel_session *rows = arena_array(view_arena(view), struct channel_session, SESSIONS_KEPT);
	size_t len = 0;

	stmt_bind_text(q, 1, peer);
	while (stmt_step(q)) {
		struct channel_session *row = &rows[len++];

		INVARIANT(len <= SESSIONS_KEPT);
		row->id = stmt_int(q, 0);
		row->peer = peer;
		row->name = stmt_text(q, 1);
		row->sealed = stmt_blob(q, 2, &row->sealed_len);
	}
	*ret_len = len;
	return rows;
}

static const char *vault_row(struct arena *arena, const char *peer, const char *name)
{
	return arena_printf(arena, "%s/%s", peer, name);
}

struct pair_session *channel_session_open(const struct crypto *crypto, struct view *view, const struct channel_session *row)
{
	struct arena *arena = view_arena(view);
	struct pair_session *pair;
	void *pickle;
	size_t len;

	if (!vault_unseal(crypto->vault, arena, TABLE, vault_row(arena, row->peer, row->name), row->sealed, row->sealed_len, &pickle, &len) ||
	    !pair_session_unpickle(arena, vault_pickle_key(crypto->vault), pickle, &pair))
		die("an Olm session does not open with our key");
	return pair;
}

static void bind_sealed(const struct crypto *crypto, struct turn *turn, struct stmt *q, int index, const char *peer, const char *name,
                        struct pair_session *pair)
{
	struct arena *arena = turn_arena(turn);
	const char *pickle = pair_session_pickle(pair, vault_pickle_key(crypto->vault));
	size_t len;
	const void *sealed = vault_seal(crypto->vault, arena, TABLE, vault_row(arena, peer, name), pickle, strlen(pickle), &len);

	stmt_bind_blob(q, index, sealed, len);
}

void channel_session_add(const struct crypto *crypto, struct turn *turn, const char *user, const char *peer, struct pair_session *pair,
                         bool inbound)
{
	struct stmt *q = turn_query(turn, &channel_session_statements, Q_ADD);
	const char *name = pair_session_id(pair);

	stmt_bind_text(q, 1, peer);
	stmt_bind_text(q, 2, name);
	bind_sealed(crypto, turn, q, 3, peer, name, pair);
	stmt_bind_text(q, 4, user);
	stmt_bind_int(q, 5, inbound);
	stmt_bind_int(q, 6, turn_now_ms(turn));
	(void)stmt_run(q);
	q = turn_query(turn, &channel_session_statements, Q_TRIM);
	stmt_bind_text(q, 1, peer);
	stmt_bind_int(q, 2, SESSIONS_KEPT);
	(void)stmt_run(q);
	/* Who could not be given a room's key can be now, and who began anew may have lost it (5.17). */
	generation_raise(turn);
}

void channel_session_store(const struct crypto *crypto, struct turn *turn, const struct channel_session *row, struct pair_session *pair)
{
	struct stmt *q = turn_query(turn, &channel_session_statements, Q_STORE);

	stmt_bind_int(q, 1, row->id);
	bind_sealed(crypto, turn, q, 2, row->peer, row->name, pair);
	INVARIANT(stmt_run(q) == 1);
}

void channel_session_store_heard(const struct crypto *crypto, struct turn *turn, const struct channel_session *row,
                                 struct pair_session *pair)
{
	struct stmt *q = turn_query(turn, &channel_session_statements, Q_STORE_HEARD);

	stmt_bind_text(q, 1, row->peer);
	stmt_bind_int(q, 2, row->id);
	bind_sealed(crypto, turn, q, 3, row->peer, row->name, pair);
	INVARIANT(stmt_run(q) == 1);
}

static int64_t one_of_peer(struct view *view, size_t index, const char *peer)
{
	struct stmt *q = view_query(view, &channel_session_statements, index);

	stmt_bind_text(q, 1, peer);
	return stmt_one_int(q, 0);
}

bool channel_session_exists(struct view *view, const char *peer)
{
	return one_of_peer(view, Q_EXISTS, peer) != 0;
}

int64_t channel_session_newest_ms(struct view *view, const char *peer)
{
	return one_of_peer(view, Q_NEWEST, peer);
}

int64_t channel_session_newest_inbound(struct view *view, const char *peer)
{
	return one_of_peer(view, Q_NEWEST_INBOUND, peer);
}

int64_t channel_session_count_inbound(struct view *view, const char *user, int64_t since_ms)
{
	struct stmt *q = view_query(view, &channel_session_statements, Q_COUNT_INBOUND);

	stmt_bind_text(q, 1, user);
	stmt_bind_int(q, 2, since_ms);
	return stmt_one_int(q, 0);
}
