/*
 * Memory that is given back all at once. Parsers, queries and replies allocate in the arena of
 * their turn and never free; when the turn ends, so does everything in it.
 *
 * An arena has a ceiling given at birth. Passing it is a bug and ends the process: sizes that come
 * from outside are checked at the edge, long before they get here.
 */
#ifndef ROTONDE_BASE_ARENA_H
#define ROTONDE_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

struct arena;

struct arena *arena_create(size_t ceiling) MUST_CHECK;

/* For keys and what they open: whatever this arena gives back, by reset, rewind or destroy, is wiped first. */
struct arena *arena_create_secret(size_t ceiling) MUST_CHECK;
bool arena_is_secret(const struct arena *arena);

/* NULL is fine. */
void arena_destroy(struct arena *arena);

/* Forget everything, keep the first block for what comes next. */
void arena_reset(struct arena *arena);

/*
 * A spot to return to: arena_rewind() gives back all that was allocated since arena_mark(), for walks
 * over more rows than an arena should hold. Marks are rewound newest first; a reset ends them all.
 */
struct arena_mark {
	void *block;
	size_t block_used;
	size_t used;
};

struct arena_mark arena_mark(const struct arena *arena) MUST_CHECK;
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Bytes handed out since birth or the last reset, alignment included. */
size_t arena_used(const struct arena *arena);

/* Zeroed, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size) MUST_CHECK;

/* NULL stays NULL. */
char *arena_dup(struct arena *arena, const char *text) MUST_CHECK;

/* The first len bytes of text, closed with a NUL. */
char *arena_dup_n(struct arena *arena, const char *text, size_t len) MUST_CHECK;

char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3) MUST_CHECK;
char *arena_vprintf(struct arena *arena, const char *format, va_list args) PRINTF_LIKE(2, 0) MUST_CHECK;

#define arena_new(arena, type)          ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_alloc_array((arena), sizeof(type), (count)))

void *arena_alloc_array(struct arena *arena, size_t size, size_t count) MUST_CHECK;

void arena_cleanup(struct arena **arena);
#define AUTO_ARENA CLEANUP(arena_cleanup) struct arena *

#endif
