/*
 * Our own Megolm session in each room: when it begins and ends, who gets it and who is told why he does not
 * (MATRIX.md section 6). The order is: session and own copy stored, recipients reckoned, key shares queued and all
 * with the server, recipients reckoned again, then encrypted, ratchet and ciphertext in one turn.
 */
#ifndef ROTONDE_CRYPTO_OUTBOUND_H
#define ROTONDE_CRYPTO_OUTBOUND_H

#include "crypto/crypto_internal.h"

struct device;

extern const struct statements outbound_statements;

/*
 * Which devices of those in the room get the key. Of a user whose identity was verified and is another now, none
 * does until a person accepts it (6.10), but for a verification. Our own other devices only when we signed them.
 */
enum outbound_audience {
	OUTBOUND_SIGNED,       /* those that their owner signed */
	OUTBOUND_ALL,          /* and those he did not */
	OUTBOUND_VERIFICATION, /* all: what verifies a device must reach it (8.14) */
};

/* What the config says for all that is no verification. */
enum outbound_audience outbound_audience(const struct crypto *crypto);

/* crypto_prepare() and crypto_encrypt(). A message for another audience than the last begins a new session. */
enum crypto_ready outbound_prepare(struct crypto *crypto, struct turn *turn, const char *room, enum outbound_audience audience,
                                   const char **ret_why) MUST_CHECK;
char *outbound_encrypt(struct crypto *crypto, struct turn *turn, const char *room, const char *type, const char *content) MUST_CHECK;

/* The next message begins a new session. */
void outbound_discard(struct turn *turn, const char *room);

/* Was this session given to exactly this device, and from which index on (7.9)? */
bool outbound_was_shared(struct view *view, const char *room, const char *session, const struct device *device, int64_t *ret_index) MUST_CHECK;

/* Has the user a device that gets our keys? */
bool outbound_reaches(struct crypto *crypto, struct view *view, const char *user) MUST_CHECK;

/* crypto_bridge_is_deaf() */
bool outbound_bridge_is_deaf(struct crypto *crypto, struct turn *turn, const char *room, const char *bot) MUST_CHECK;

/* When waiting for devices or claims ends, and sending goes on without them; INT64_MAX. */
int64_t outbound_next_ms(struct view *view);

#endif
