#include "crypto/olm_internal.h"

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
	return arena_dup_n(arena, input, len);
}

bool libolm_is_whole(size_t room)
{
	return room != olm_error() && room > 0 && room % AES_BLOCK_BYTES == 0;
}

struct plaintext libolm_plaintext(char *bytes, size_t len)
{
	bytes[len] = '\0';
	return (struct plaintext){ bytes, len };
}
