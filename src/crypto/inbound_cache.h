/*
 * Megolm sessions that were opened lately, in memory. Unsealing one, unpickling it and turning its ratchet from its
 * first index to the message's costs more than reading the message; a batch has many messages of few sessions.
 *
 * What stands here is a copy of a row and changes nothing that must survive: libolm's own note of how far it
 * turned the ratchet. Whoever changes a row drops all; so does a turn that was dropped.
 */
#ifndef ROTONDE_CRYPTO_INBOUND_CACHE_H
#define ROTONDE_CRYPTO_INBOUND_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"

struct arena;
struct group_inbound;
struct inbound_cache;

enum { INBOUND_USER_SIZE = 256 };

/* One of them; owned by the cache until the next inbound_cache_add() or drop. */
struct inbound_cached {
	char *room;
	char *id;
	int64_t row;
	bool proven;
	struct group_inbound *group; /* it, and all that it gives, lives in inbound_cache_arena() */
	/* Whose owner was found trustworthy, and in which turn_serial(): keys come before events, so it holds for that turn. */
	int64_t judged_in;
	char judged_user[INBOUND_USER_SIZE];
};

struct inbound_cache *inbound_cache_create(void) MUST_CHECK;
void inbound_cache_destroy(struct inbound_cache *cache);

/* Forget and wipe all of them. NULL is fine. */
void inbound_cache_drop(struct inbound_cache *cache);

/* NULL when it is not here. */
struct inbound_cached *inbound_cache_find(struct inbound_cache *cache, const char *room, const char *id);

/* A place for one more, its group to be unpickled into the arena. */
struct inbound_cached *inbound_cache_add(struct inbound_cache *cache, const char *room, const char *id) MUST_CHECK;
struct arena *inbound_cache_arena(struct inbound_cache *cache);

#endif
