/*
 * Sessions nobody needs any more (MATRIX.md 7.17): a room's are forgotten, with their owners and what was read with them,
 * when they came three months ago and nothing was said with them since. What waits for a key waits two weeks, and
 * members begin new sessions far more often than that.
 *
 * What was read by a forgotten session could be read again as if it were new, if its key came once more. Its owner
 * has no reason to send it, a repetition of his old message is not heard (channel_in.c), and from the backup it
 * proves nothing.
 */
#ifndef ROTONDE_CRYPTO_INBOUND_PRUNE_H
#define ROTONDE_CRYPTO_INBOUND_PRUNE_H

#include "crypto/crypto_internal.h"

extern const struct statements inbound_prune_statements;

/* A session was added to the room: a few that are older go. */
void inbound_prune(struct crypto *crypto, struct turn *turn, const char *room);

/* How many there are, of all rooms. Counts them one by one: for a person who asks. */
int64_t inbound_count(struct view *view);

#endif
