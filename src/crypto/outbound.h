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

/* crypto_prepare() and crypto_encrypt() but for what is named there of others. for_verification: all devices get the key (8.14). */
enum crypto_ready outbound_prepare(struct crypto *crypto, struct turn *turn, const char *room, const char **ret_why) MUST_CHECK;
char *outbound_encrypt(struct crypto *crypto, struct turn *turn, const char *room, const char *type, const char *content) MUST_CHECK;

/* The next message begins a new session. */
void outbound_discard(struct turn *turn, const char *room);

/* Was this session given to exactly this device, and from which index on (7.9)? */
bool outbound_was_shared(struct view *view, const char *room, const char *session, const struct device *device, int64_t *ret_index) MUST_CHECK;

/* When waiting for members, devices or keys ends, and sending goes on without them; INT64_MAX. */
int64_t outbound_next_ms(struct view *view);

#endif
