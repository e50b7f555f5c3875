#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"

enum { BLOCK_BYTES = 16 * 1024 };

struct block {
	struct block *next;
	size_t size;
	size_t used;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *first; /* kept by arena_reset() */
	struct block *last;
	size_t used;
	size_t ceiling;
	bool secret; /* what is given back is wiped */
};

static struct block *block_create(size_t size)
{
	struct block *block = xmalloc(sizeof *block + size);

	*block = (struct block){ .size = size };
	return block;
}

/* Give back what the block handed out above the mark. */
static void block_shrink(const struct arena *arena, struct block *block, size_t used)
{
	if (arena->secret)
		explicit_bzero(block->bytes + used, block->used - used);
	block->used = used;
}

static void blocks_destroy(const struct arena *arena, struct block *block)
{
	while (block) {
		struct block *next = block->next;

		block_shrink(arena, block, 0);
		free(block);
		block = next;
	}
}

struct arena *arena_create(size_t ceiling)
{
	struct arena *arena = xcalloc(1, sizeof *arena);

	arena->ceiling = ceiling;
	arena->first = arena->last = block_create(BLOCK_BYTES);
	return arena;
}

struct arena *arena_create_secret(size_t ceiling)
{
	struct arena *arena = arena_create(ceiling);

	arena->secret = true;
	return arena;
}

bool arena_is_secret(const struct arena *arena)
{
	return arena->secret;
}

void arena_destroy(struct arena *arena)
{
	if (!arena)
		return;
	blocks_destroy(arena, arena->first);
	free(arena);
}

void arena_cleanup(struct arena **arena)
{
	arena_destroy(*arena);
}

void arena_reset(struct arena *arena)
{
	blocks_destroy(arena, arena->first->next);
	arena->first->next = NULL;
	block_shrink(arena, arena->first, 0);
	arena->last = arena->first;
	arena->used = 0;
}

struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){ arena->last, arena->last->used, arena->used };
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
	struct block *block = mark.block;

	blocks_destroy(arena, block->next);
	block->next = NULL;
	block_shrink(arena, block, mark.block_used);
	arena->last = block;
	arena->used = mark.used;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	size_t rounded;
	void *memory;

	if (size > arena->ceiling || arena->used > arena->ceiling - size)
		die("arena over its ceiling of %zu bytes", arena->ceiling);
	rounded = (size + align - 1) / align * align;
	if (arena->last->size - arena->last->used < rounded) {
		arena->last->next = block_create(rounded > BLOCK_BYTES ? rounded : BLOCK_BYTES);
		arena->last = arena->last->next;
	}
	memory = arena->last->bytes + arena->last->used;
	arena->last->used += rounded;
	arena->used += rounded;
	return memset(memory, 0, rounded);
}

void *arena_alloc_array(struct arena *arena, size_t size, size_t count)
{
	if (count && size > SIZE_MAX / count)
		die("arena array of %zu times %zu bytes", count, size);
	return arena_alloc(arena, size * count);
}

char *arena_dup(struct arena *arena, const char *text)
{
	return text ? arena_dup_n(arena, text, strlen(text)) : NULL;
}

char *arena_dup_n(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);

	if (len)
		memcpy(copy, text, len);
	return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	int len;
	char *text;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	if (len < 0)
		die("arena_printf: bad format or argument");
	text = arena_alloc(arena, (size_t)len + 1);
	(void)vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return text;
}
