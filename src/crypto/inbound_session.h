/*
 * The rows behind inbound.h: Megolm sessions, and who says that they are his.
 *
 * The key of a session is signed by the session itself and by nobody else, so whoever was given it can pass
 * it on as his own (MATRIX.md 7.4). So a session may have several owners: every device that sent it over its Olm
 * channel, under the user of that channel. An event counts as its sender's only when a device of that sender
 * is among them. What others claim, earlier or later, takes nothing away from it and gives them nothing but
 * his words in their mouth.
 */
#ifndef ROTONDE_CRYPTO_INBOUND_SESSION_H
#define ROTONDE_CRYPTO_INBOUND_SESSION_H

#include "crypto/device.h"
#include "crypto/olm.h"

struct inbound_cached;

/* What is known of an owner, in rising order. It is never lowered: a server that shows less takes nothing back. */
enum evidence {
	EVIDENCE_CHANNEL, /* the keys of the Olm channel; no device of that user is known to have them */
	EVIDENCE_DEVICE,  /* a device of that user has them */
	EVIDENCE_SIGNED,  /* and the identity that was pinned then, `master`, signed it */
	EVIDENCE_OWN,     /* this device of ours */
};

struct owner {
	const char *user;
	const char *curve25519;
	const char *ed25519;
	const char *device; /* from EVIDENCE_DEVICE on */
	const char *master; /* with EVIDENCE_SIGNED */
	enum evidence evidence;
	bool asked; /* his devices were asked for once because of this session */
};

struct inbound_session {
	int64_t row;
	struct group_inbound *group;
	bool proven;            /* its key came signed by the session, or fits one that did; else it is hearsay */
	bool shared_history;    /* as its first proven copy said (6.12) */
	const char *curve25519; /* the keys of who sent it, as told to us: to be told on, never to decide by */
	const char *ed25519;
};

/* A copy that came in. */
struct inbound_copy {
	const char *room;
	struct group_inbound *group;
	bool proven;
	bool shared_history;
	const char *curve25519;
	const char *ed25519;
};

enum inbound_kept {
	INBOUND_REFUSED, /* it is another ratchet than the one we have under this id */
	INBOUND_SAME,    /* we had as much */
	INBOUND_BETTER,  /* new, reaching further back, or proven now */
};

/* Is this the form of a session's id, the base64 of 32 bytes? NULL is not. */
bool inbound_session_is_id(const char *text) MUST_CHECK;

/* By room and id alone, which is all that an event may choose by (7.1). */
bool inbound_session_find(struct crypto *crypto, struct view *view, const char *room, const char *id, struct inbound_session *ret_session)
	MUST_CHECK;

/* The same for reading messages, kept in memory (crypto/inbound_cache.h); NULL when there is none. */
struct inbound_cached *inbound_session_open(struct crypto *crypto, struct turn *turn, const char *room, const char *id) MUST_CHECK;

/* The plaintext lives in the turn's arena. */
enum group_inbound_verdict inbound_session_decrypt(struct crypto *crypto, struct turn *turn, struct inbound_cached *session, const char *body,
                                                   struct plaintext *ret_plaintext, uint32_t *ret_index) MUST_CHECK;

/* Merge a copy into what we have (7.4). *ret_row unless refused. */
enum inbound_kept inbound_session_keep(struct crypto *crypto, struct turn *turn, const struct inbound_copy *copy, int64_t *ret_row) MUST_CHECK;

/* This event had this index: false when another one of its sender had it (7.6). */
bool inbound_session_mark_seen(struct turn *turn, int64_t session, uint32_t index, const struct event *event) MUST_CHECK;

/* Of the devices of this user that say the session is theirs, the one with the best evidence. */
bool owner_find(struct view *view, int64_t session, const char *user, struct owner *ret_owner) MUST_CHECK;

/* Somebody says so: true when he is new. */
bool owner_add(struct turn *turn, int64_t session, const struct owner *owner) MUST_CHECK;

/* How many sessions this user claimed since then, counted to at most `limit`. */
int64_t owner_count_since(struct view *view, const char *user, int64_t since_ms, int64_t limit);

/* How far the owner is to be trusted, by what is known now and what was known before; what is new is remembered. */
enum standing owner_weigh(struct turn *turn, int64_t session, struct owner *owner);

/* His devices were asked for because of this session: once is enough. */
void owner_set_asked(struct turn *turn, int64_t session, struct owner *owner);

#endif
