#include "crypto/outbound_cache.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "crypto/olm.h"

/* A ratchet and what is left of opening it take 1 kB; a message that is being said a few times its own size. */
enum { RATCHETS_MAX = 64, CEILING = 4 * 1024 * 1024 };

struct cached {
	const char *megolm_id;
	struct group_outbound *group;
};

struct outbound_cache {
	struct arena *arena;
	struct cached ratchets[RATCHETS_MAX];
	size_t len;
};

struct outbound_cache *outbound_cache_create(void)
{
	struct outbound_cache *cache = xcalloc(1, sizeof *cache);

	cache->arena = arena_create_secret(CEILING);
	return cache;
}

void outbound_cache_destroy(struct outbound_cache *cache)
{
	if (!cache)
		return;
	arena_destroy(cache->arena);
	free(cache);
}

void outbound_cache_drop(struct outbound_cache *cache)
{
	if (!cache)
		return;
	arena_reset(cache->arena);
	cache->len = 0;
}

struct group_outbound *outbound_cache_find(struct outbound_cache *cache, const char *megolm_id, int64_t index)
{
	/* The newest of a session first: one that is ahead of its row stays behind it until all are dropped. */
	for (size_t i = cache->len; i-- > 0;) {
		const struct cached *cached = &cache->ratchets[i];

		if (str_equal(cached->megolm_id, megolm_id))
			return group_outbound_index(cached->group) == index ? cached->group : NULL;
	}
	return NULL;
}

void outbound_cache_reserve(struct outbound_cache *cache)
{
	if (cache->len == RATCHETS_MAX)
		outbound_cache_drop(cache);
}

void outbound_cache_add(struct outbound_cache *cache, const char *megolm_id, struct group_outbound *group)
{
	INVARIANT(cache->len < RATCHETS_MAX);
	cache->ratchets[cache->len++] = (struct cached){ arena_dup(cache->arena, megolm_id), group };
}

struct arena *outbound_cache_arena(struct outbound_cache *cache)
{
	return cache->arena;
}
