#include "crypto/base64.h"

#include <string.h>

#include "base/die.h"

static const char standard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* The six bits of a character, or -1. */
static int value_of(enum base64 form, char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == (form == BASE64_URL ? '-' : '+'))
		return 62;
	if (c == (form == BASE64_URL ? '_' : '/'))
		return 63;
	return -1;
}

/* How many characters come before the padding; padding that is too short or too long is left standing. */
static size_t unpadded_len(enum base64 form, const char *text)
{
	size_t len = strlen(text), padding = 0;

	if (form != BASE64_ANY_PAD || len % 4 != 0)
		return len;
	while (padding < 2 && padding < len && text[len - 1 - padding] == '=')
		padding++;
	return len - padding;
}

/* len characters into bytes, which has room; false when one is none of ours or bits are left over. */
static bool decode(enum base64 form, const char *text, size_t len, unsigned char *bytes)
{
	unsigned bits = 0;
	int count = 0;

	for (size_t i = 0; i < len; i++) {
		int value = value_of(form, text[i]);

		if (value < 0)
			return false;
		bits = (bits << 6 | (unsigned)value) & 0xfff;
		count += 6;
		if (count >= 8) {
			count -= 8;
			*bytes++ = (unsigned char)(bits >> count);
		}
	}
	return count < 6 && (bits & ((1u << count) - 1)) == 0;
}

bool base64_decode(struct arena *arena, enum base64 form, const char *text, unsigned char **ret_bytes, size_t *ret_len)
{
	size_t len = unpadded_len(form, text);
	unsigned char *bytes = arena_alloc(arena, len / 4 * 3 + len % 4 + 1);

	if (!decode(form, text, len, bytes))
		return false;
	*ret_bytes = bytes;
	*ret_len = len * 6 / 8;
	return true;
}

bool base64_decode_exact(enum base64 form, const char *text, void *ret_bytes, size_t len)
{
	enum { EXACT_MAX = 128 };
	unsigned char bytes[EXACT_MAX];
	bool good;

	INVARIANT(len <= sizeof bytes);
	if (!text || unpadded_len(form, text) != BASE64_LEN(len))
		return false;
	good = decode(form, text, BASE64_LEN(len), bytes);
	if (good)
		memcpy(ret_bytes, bytes, len);
	explicit_bzero(bytes, sizeof bytes);
	return good;
}

char *base64_encode(struct arena *arena, enum base64 form, const void *bytes, size_t len)
{
	const char *alphabet = form == BASE64_URL ? url : standard;
	const unsigned char *from = bytes;
	char *text = arena_alloc(arena, BASE64_LEN(len) + 1), *to = text;
	unsigned bits = 0;
	int count = 0;

	INVARIANT(form != BASE64_ANY_PAD);
	for (size_t i = 0; i < len; i++) {
		bits = (bits << 8 | from[i]) & 0xffff;
		for (count += 8; count >= 6; count -= 6)
			*to++ = alphabet[bits >> (count - 6) & 0x3f];
	}
	if (count)
		*to = alphabet[bits << (6 - count) & 0x3f];
	return text;
}
