/* A recovery key that is taken is written again with the same digits. */
#include "crypto/recovery_key.h"

#include "fuzz/fuzz.h"

/* The text without its blanks. */
static char *digits_of(struct arena *arena, const char *text)
{
	char *digits = arena_dup(arena, text), *to = digits;

	for (const char *p = text; *p; p++) {
		if (!strchr(" \t\r\n", *p))
			*to++ = *p;
	}
	*to = '\0';
	return digits;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create(8 * size + 4096);
	const char *text = fuzz_text(arena, data, size);
	unsigned char key[RECOVERY_KEY_BYTES];
	char again[RECOVERY_KEY_SIZE];

	if (!text || recovery_key_parse(text, key) != RECOVERY_KEY_OK)
		return 0;
	recovery_key_format(key, again);
	INVARIANT(str_equal(digits_of(arena, text), digits_of(arena, again)));
	return 0;
}
