/*
 * Olm sessions as rows, sealed, a few for each peer. A peer is a device's Curve25519 key: the one thing an Olm
 * session proves. Several may live at once, since both sides may begin one and each may lose one.
 */
#ifndef ROTONDE_CRYPTO_CHANNEL_SESSION_H
#define ROTONDE_CRYPTO_CHANNEL_SESSION_H

#include "crypto/crypto_internal.h"

struct pair_session;

extern const struct statements channel_session_statements;

/* One row, not opened yet. */
struct channel_session {
	int64_t id;
	const char *peer;
	const char *name;   /* the library's id of it */
	const void *sealed;
	size_t sealed_len;
};

/* Of a peer: that which decrypted something last (or was made, if it never did) comes first (MATRIX.md 5.9). */
struct channel_session *channel_sessions(struct view *view, const char *peer, size_t *ret_len);

/* In the arena of the view or turn: a copy that must not outlive it. */
struct pair_session *channel_session_open(const struct crypto *crypto, struct view *view, const struct channel_session *row) MUST_CHECK;

/* A new session, that comes first from now on. The least used beyond what is kept go. inbound: the peer began it. */
void channel_session_add(const struct crypto *crypto, struct turn *turn, const char *user, const char *peer, struct pair_session *pair,
                         bool inbound);

/* What it has become by encrypting, or by decrypting: then it comes first from now on. */
void channel_session_store(const struct crypto *crypto, struct turn *turn, const struct channel_session *row, struct pair_session *pair);
void channel_session_store_heard(const struct crypto *crypto, struct turn *turn, const struct channel_session *row,
                                 struct pair_session *pair);

bool channel_session_exists(struct view *view, const char *peer) MUST_CHECK;

/* When the newest was made; 0: there is none. */
int64_t channel_session_newest_ms(struct view *view, const char *peer);

/* The number of the newest that the peer began, rising; 0: there is none. */
int64_t channel_session_newest_inbound(struct view *view, const char *peer);

/* How many sessions with devices of this user, begun by them since then, are there? */
int64_t channel_session_count_inbound(struct view *view, const char *user, int64_t since_ms);

#endif
