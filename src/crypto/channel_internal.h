/*
 * What the files of the channel share and nobody else sees.
 */
#ifndef ROTONDE_CRYPTO_CHANNEL_INTERNAL_H
#define ROTONDE_CRYPTO_CHANNEL_INTERNAL_H

#include "crypto/channel.h"

extern const struct statements channel_in_statements;
extern const struct statements channel_claim_statements;

/* What channel_take() does, but for the arena; why the event went no further, a word for the log, or NULL. */
const char *channel_receive(struct crypto *crypto, struct turn *turn, const struct to_device *event) MUST_CHECK;

/*
 * Something of this user's device could not be read: have a new session begun from our side and say so by it (an
 * m.dummy), once an hour for a device and not for many at a time (MATRIX.md 5.16). Nothing for a device unknown.
 */
void channel_unwedge(struct turn *turn, const char *user, const char *curve25519);

#endif
