/*
 * The rows of our own Megolm sessions: at most one per room is in use. What is over keeps its row for a while,
 * without its ratchet, so that it is known who was given it. For outbound.c.
 */
#ifndef ROTONDE_CRYPTO_OUTBOUND_SESSION_H
#define ROTONDE_CRYPTO_OUTBOUND_SESSION_H

#include "crypto/outbound.h"
#include "crypto/room.h"

extern const struct statements outbound_session_statements;

struct outbound_session {
	int64_t id;              /* the row */
	const char *megolm_id;
	int64_t created_at_ms;
	int64_t messages;        /* said with it */
	enum outbound_audience audience;
	bool shared_history;
	int64_t departures;      /* the room's, when it began */
	int64_t generation;      /* at which all who are to have it had it; 0: never yet */
	int64_t recheck_at_ms;   /* reckon again then, also at the same generation */
};

/* The one in use. */
bool outbound_session_find(struct view *view, const char *room, struct outbound_session *ret_session) MUST_CHECK;

/* May not carry another message of the room (MATRIX.md 6.4). */
bool outbound_session_is_over(const struct outbound_session *session, const struct crypto_room *room, enum outbound_audience audience,
                              int64_t now_ms) MUST_CHECK;

/* A new one in use, ours to read too. */
void outbound_session_create(struct crypto *crypto, struct turn *turn, const struct crypto_room *room, enum outbound_audience audience,
                             struct outbound_session *ret_session);

/* Its ratchet is forgotten. Nothing when none is in use. */
void outbound_session_end(struct turn *turn, const char *room);

/* Everybody who is to have it has it. */
void outbound_session_settle(struct turn *turn, const struct outbound_session *session, int64_t generation, int64_t recheck_at_ms);

/* What m.room_key carries now, and from which index on that reads. Secret. */
const char *outbound_session_key(struct crypto *crypto, struct view *view, const char *room, int64_t *ret_index);

/* One message with the session in use: its body, of base64. The ratchet is stored before this returns. */
const char *outbound_session_encrypt(struct crypto *crypto, struct turn *turn, const char *room, const char *text, const char **ret_megolm_id);

#endif
