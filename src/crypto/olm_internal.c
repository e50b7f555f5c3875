#include "crypto/olm_internal.h"

#include <string.h>

#include "base/die.h"
#include "base/random.h"

enum { AES_BLOCK_BYTES = 16 };

size_t libolm_must(size_t result, const char *call)
{
	if (result == olm_error())
		die("libolm refuses %s", call);
	return result;
}

void *libolm_memory(struct arena *arena, size_t size)
{
	INVARIANT(arena_is_secret(arena));
	return arena_alloc(arena, size);
}

void *libolm_random(struct arena *arena, size_t len)
{
	void *random = arena_alloc(arena, len);

	random_bytes(random, len);
	return random;
}

char *libolm_output(struct arena *arena, size_t len)
{
	return arena_alloc(arena, len + 1);
}

char *libolm_input(struct arena *arena, const char *input, size_t len)
{
	return memcpy(arena_alloc(arena, len + AES_BLOCK_BYTES), input, len);
}

char *libolm_plaintext(struct arena *arena, size_t len)
{
	char *room = arena_alloc(arena, AES_BLOCK_BYTES + len + AES_BLOCK_BYTES);

	return room + AES_BLOCK_BYTES;
}

struct plaintext libolm_plaintext_close(char *bytes, size_t len)
{
	bytes[len] = '\0';
	return (struct plaintext){ bytes, len };
}
