/*
 * The ratchets of our own Megolm sessions that were used lately, in memory: opening one costs a fifth of saying
 * something with it. The row stays the truth. A ratchet here counts only while it stands at the row's index, so one
 * whose turn was dropped is ahead of its row and is never used again (STYLE 11, MATRIX.md 6.7).
 */
#ifndef ROTONDE_CRYPTO_OUTBOUND_CACHE_H
#define ROTONDE_CRYPTO_OUTBOUND_CACHE_H

#include <stdint.h>

#include "base/compiler.h"

struct arena;
struct group_outbound;
struct outbound_cache;

struct outbound_cache *outbound_cache_create(void) MUST_CHECK;
void outbound_cache_destroy(struct outbound_cache *cache);

/* Forget and wipe all of them. NULL is fine. */
void outbound_cache_drop(struct outbound_cache *cache);

/* The ratchet of this session when it stands at this index, else NULL. Good until the next reserve or drop. */
struct group_outbound *outbound_cache_find(struct outbound_cache *cache, const char *megolm_id, int64_t index);

/* Make room for one more, which is then opened in outbound_cache_arena() and added; it stands for its session from then on. */
void outbound_cache_reserve(struct outbound_cache *cache);
void outbound_cache_add(struct outbound_cache *cache, const char *megolm_id, struct group_outbound *group);

/* Where they, and all that they give, live. */
struct arena *outbound_cache_arena(struct outbound_cache *cache);

#endif
