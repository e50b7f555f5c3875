#include "crypto/outbound_session.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/log.h"
#include "crypto/inbound.h"
#include "crypto/olm.h"
#include "crypto/outbound_cache.h"
#include "crypto/vault.h"

/* How long it is known who was given a session that is over. */
#define KEPT_MS (INT64_C(30) * 24 * 3600 * 1000)

static const char table[] = "outbound";

enum { Q_FIND, Q_ADD, Q_END, Q_PRUNE, Q_SETTLE, Q_RATCHET, Q_STEP, Q_MAX };

#define IN_USE "room = ?1 AND ended_at_ms IS NULL"

static const char *const sql[] = {
	[Q_FIND] = "SELECT id, session, created_at_ms, messages, audience, shared_history, departures, generation, recheck_at_ms"
	           " FROM outbound WHERE " IN_USE,
	[Q_ADD] = "INSERT INTO outbound (room, session, pickle, created_at_ms, audience, shared_history, departures)"
	          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[Q_END] = "UPDATE outbound SET ended_at_ms = ?2, pickle = NULL WHERE " IN_USE,
	[Q_PRUNE] = "DELETE FROM outbound WHERE ended_at_ms < ?1",
	[Q_SETTLE] = "UPDATE outbound SET generation = ?2, recheck_at_ms = ?3 WHERE id = ?1",
	[Q_RATCHET] = "SELECT id, session, pickle, messages FROM outbound WHERE " IN_USE,
	[Q_STEP] = "UPDATE outbound SET pickle = ?2, messages = ?3 + 1 WHERE id = ?1 AND messages = ?3",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements outbound_session_statements = { "crypto/outbound_session", sql, Q_MAX };

bool outbound_session_find(struct view *view, const char *room, struct outbound_session *ret_session)
{
	struct stmt *q = view_query(view, &outbound_session_statements, Q_FIND);

	stmt_bind_text(q, 1, room);
	if (!stmt_step(q))
		return false;
	*ret_session = (struct outbound_session){
		.id = stmt_int(q, 0),
		.megolm_id = stmt_text(q, 1),
		.created_at_ms = stmt_int(q, 2),
		.messages = stmt_int(q, 3),
		.audience = (enum outbound_audience)stmt_int(q, 4),
		.shared_history = stmt_int(q, 5) != 0,
		.departures = stmt_int(q, 6),
		.generation = stmt_int(q, 7),
		.recheck_at_ms = stmt_int(q, 8),
	};
	stmt_reset(q);
	return true;
}

bool outbound_session_is_over(const struct outbound_session *session, const struct crypto_room *room, enum outbound_audience audience,
                              int64_t now_ms)
{
	/* A clock that went back says nothing about the age any more. */
	bool old = now_ms < session->created_at_ms || now_ms - session->created_at_ms >= room->rotation_ms;

	return old || session->messages >= room->rotation_messages || session->departures != room->departures ||
	       session->audience != audience || session->shared_history != room->shared_history;
}

static void *seal(struct crypto *crypto, struct arena *arena, struct group_outbound *ratchet, const char *megolm_id, size_t *ret_len)
{
	const char *pickle = group_outbound_pickle(ratchet, vault_pickle_key(crypto->vault));

	return vault_seal(crypto->vault, arena, table, megolm_id, pickle, strlen(pickle), ret_len);
}

static void prune(struct turn *turn)
{
	struct stmt *q = turn_query(turn, &outbound_session_statements, Q_PRUNE);

	stmt_bind_int(q, 1, turn_now_ms(turn) - KEPT_MS);
	(void)stmt_run(q);
}

void outbound_session_create(struct crypto *crypto, struct turn *turn, const struct crypto_room *room, enum outbound_audience audience,
                             struct outbound_session *ret_session)
{
	struct group_outbound *ratchet = group_outbound_create(turn_arena(turn));
	const char *megolm_id = group_outbound_id(ratchet);
	struct stmt *q = turn_query(turn, &outbound_session_statements, Q_ADD);
	size_t len;
	const void *sealed = seal(crypto, turn_arena(turn), ratchet, megolm_id, &len);

	*ret_session = (struct outbound_session){
		.megolm_id = megolm_id,
		.created_at_ms = turn_now_ms(turn),
		.audience = audience,
		.shared_history = room->shared_history,
		.departures = room->departures,
	};
	stmt_bind_text(q, 1, room->id);
	stmt_bind_text(q, 2, megolm_id);
	stmt_bind_blob(q, 3, sealed, len);
	stmt_bind_int(q, 4, ret_session->created_at_ms);
	stmt_bind_int(q, 5, audience);
	stmt_bind_int(q, 6, room->shared_history);
	stmt_bind_int(q, 7, room->departures);
	ret_session->id = stmt_insert(q);
	inbound_keep_own(crypto, turn, room->id, group_outbound_session_key(ratchet), room->shared_history);
	group_outbound_clear(ratchet);
	prune(turn);
	log_info("crypto.session_begun", "room=%s session=%s", room->id, megolm_id);
}

void outbound_session_end(struct turn *turn, const char *room)
{
	struct stmt *q = turn_query(turn, &outbound_session_statements, Q_END);

	stmt_bind_text(q, 1, room);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	(void)stmt_run(q);
}

void outbound_session_settle(struct turn *turn, const struct outbound_session *session, int64_t generation, int64_t recheck_at_ms)
{
	struct stmt *q = turn_query(turn, &outbound_session_statements, Q_SETTLE);

	stmt_bind_int(q, 1, session->id);
	stmt_bind_int(q, 2, generation);
	stmt_bind_int(q, 3, recheck_at_ms);
	(void)stmt_run(q);
}

struct ratchet {
	int64_t row;
	int64_t messages;
	const char *megolm_id;
	struct group_outbound *group;
};

/* The session in use in this room; its pickle as it is sealed. */
static struct ratchet read_row(struct view *view, const char *room, const void **ret_sealed, size_t *ret_len)
{
	struct stmt *q = view_query(view, &outbound_session_statements, Q_RATCHET);
	struct ratchet ratchet = { 0 };

	stmt_bind_text(q, 1, room);
	if (!stmt_step(q))
		die("no outbound session for room %s", room);
	ratchet.row = stmt_int(q, 0);
	ratchet.megolm_id = stmt_text(q, 1);
	*ret_sealed = stmt_blob(q, 2, ret_len);
	ratchet.messages = stmt_int(q, 3);
	stmt_reset(q);
	return ratchet;
}

/* The ratchet in `into`, what is needed on the way in `arena`. */
static struct group_outbound *unseal(struct crypto *crypto, struct arena *arena, const struct ratchet *ratchet, const void *sealed, size_t len,
                                     struct arena *into)
{
	struct group_outbound *group;
	void *pickle;

	if (!vault_unseal(crypto->vault, arena, table, ratchet->megolm_id, sealed, len, &pickle, &len) ||
	    !group_outbound_unpickle(into, vault_pickle_key(crypto->vault), pickle, &group))
		die("the outbound session %s does not open", ratchet->megolm_id);
	return group;
}

/* To say something with: from memory when it stands there as it does in the row. */
static struct ratchet ratchet_open(struct crypto *crypto, struct turn *turn, const char *room)
{
	const void *sealed;
	size_t len;
	struct ratchet ratchet = read_row(turn_view(turn), room, &sealed, &len);

	if (!crypto->outbound)
		crypto->outbound = outbound_cache_create();
	ratchet.group = outbound_cache_find(crypto->outbound, ratchet.megolm_id, ratchet.messages);
	if (!ratchet.group) {
		outbound_cache_reserve(crypto->outbound);
		ratchet.group = unseal(crypto, turn_arena(turn), &ratchet, sealed, len, outbound_cache_arena(crypto->outbound));
		outbound_cache_add(crypto->outbound, ratchet.megolm_id, ratchet.group);
	}
	return ratchet;
}

const char *outbound_session_key(struct crypto *crypto, struct view *view, const char *room, int64_t *ret_index)
{
	const void *sealed;
	size_t len;
	struct ratchet ratchet = read_row(view, room, &sealed, &len);
	const char *key;

	ratchet.group = unseal(crypto, view_arena(view), &ratchet, sealed, len, view_arena(view));
	key = group_outbound_session_key(ratchet.group);
	*ret_index = group_outbound_index(ratchet.group);
	group_outbound_clear(ratchet.group);
	return key;
}

const char *outbound_session_encrypt(struct crypto *crypto, struct turn *turn, const char *room, const char *text, const char **ret_megolm_id)
{
	struct ratchet ratchet = ratchet_open(crypto, turn, room);
	struct arena *arena = outbound_cache_arena(crypto->outbound);
	struct arena_mark mark = arena_mark(arena);
	const char *body = arena_dup(turn_arena(turn), group_outbound_encrypt(ratchet.group, text, strlen(text)));
	struct stmt *q = turn_query(turn, &outbound_session_statements, Q_STEP);
	size_t len;
	const void *sealed = seal(crypto, turn_arena(turn), ratchet.group, ratchet.megolm_id, &len);

	arena_rewind(arena, mark);
	stmt_bind_int(q, 1, ratchet.row);
	stmt_bind_blob(q, 2, sealed, len);
	stmt_bind_int(q, 3, ratchet.messages);
	if (stmt_run(q) != 1)
		die("the outbound session %s moved on by itself", ratchet.megolm_id);
	*ret_megolm_id = ratchet.megolm_id;
	return body;
}
