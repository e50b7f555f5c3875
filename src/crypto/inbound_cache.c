#include "crypto/inbound_cache.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"

/* A session takes some 4 kB here; a message that is being read a few times its own size. */
enum { SESSIONS_MAX = 64, CEILING = 4 * 1024 * 1024 };

struct inbound_cache {
	struct arena *arena;
	struct inbound_cached sessions[SESSIONS_MAX];
	size_t len;
};

struct inbound_cache *inbound_cache_create(void)
{
	struct inbound_cache *cache = xcalloc(1, sizeof *cache);

	cache->arena = arena_create_secret(CEILING);
	return cache;
}

void inbound_cache_destroy(struct inbound_cache *cache)
{
	if (!cache)
		return;
	arena_destroy(cache->arena);
	free(cache);
}

void inbound_cache_drop(struct inbound_cache *cache)
{
	if (!cache)
		return;
	arena_reset(cache->arena);
	cache->len = 0;
}

struct inbound_cached *inbound_cache_find(struct inbound_cache *cache, const char *room, const char *id)
{
	for (size_t i = 0; i < cache->len; i++) {
		if (str_equal(cache->sessions[i].id, id) && str_equal(cache->sessions[i].room, room))
			return &cache->sessions[i];
	}
	return NULL;
}

struct inbound_cached *inbound_cache_add(struct inbound_cache *cache, const char *room, const char *id)
{
	struct inbound_cached *cached;

	if (cache->len == SESSIONS_MAX)
		inbound_cache_drop(cache);
	cached = &cache->sessions[cache->len++];
	*cached = (struct inbound_cached){ .room = arena_dup(cache->arena, room), .id = arena_dup(cache->arena, id) };
	return cached;
}

struct arena *inbound_cache_arena(struct inbound_cache *cache)
{
	return cache->arena;
}
