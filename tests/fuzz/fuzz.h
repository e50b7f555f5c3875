/*
 * What every fuzz target shares. A target is a C file with this one function; make links it with
 * libFuzzer (make fuzz) or with replay.c, which feeds it the corpus (make check).
 */
#ifndef ROTONDE_TESTS_FUZZ_H
#define ROTONDE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input as text, in the arena; NULL when it is none that gets past the edge: broken UTF-8, or a NUL. */
static inline const char *fuzz_text(struct arena *arena, const uint8_t *data, size_t size)
{
	const char *bytes = size ? (const char *)data : "";

	if (!utf8_valid(bytes, size) || (size && memchr(bytes, '\0', size)))
		return NULL;
	return arena_dup_n(arena, bytes, size);
}

#endif
