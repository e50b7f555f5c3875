/*
 * The two long answers of the server, /sync and /messages, to the structs of base/event.h. Pure.
 *
 * The outside of the answer is walked by scanner (slice.h) and every event is parsed alone: one that is
 * no JSON, too deep, too large or mistyped is dropped and counted in its room, and spoils nothing else
 * (MATRIX.md 2.15). An answer whose outside is broken (cut off, a proxy's page) is refused whole.
 */
#ifndef ROTONDE_MATRIX_WIRE_SYNC_H
#define ROTONDE_MATRIX_WIRE_SYNC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/event.h"

/* The arena needs at most this much for an answer of len bytes. */
size_t wire_arena_need(size_t len);

/*
 * since: the token this answers, or NULL for the first. The batch lives in the arena and borrows nothing
 * from bytes, but since and own_id. Rooms stand in the server's order, joined, invited and left ones alike.
 */
bool wire_sync_read(struct arena *arena, const char *bytes, size_t len, const char *own_id, const char *since,
                    struct batch *ret_batch) MUST_CHECK;

struct wire_page {
	const struct event *events; /* newest first */
	size_t events_len;
	size_t dropped;
	const char *next; /* where to go on; NULL at the end: the start of the room, or our own join */
};

/* An answer to /messages, backwards. What lies before our own join is left out. */
bool wire_page_read(struct arena *arena, const char *bytes, size_t len, const char *room, const char *own_id,
                    struct wire_page *ret_page) MUST_CHECK;

#endif
