#include "crypto/recovery_key.h"

#include <stdbool.h>
#include <string.h>

/* Two bytes that say what it is, the key, and the parity that makes the exclusive or of all bytes zero. */
enum { PREFIX_BYTES = 2, RAW_BYTES = PREFIX_BYTES + RECOVERY_KEY_BYTES + 1, DIGITS = 48, GROUP = 4 };

static const unsigned char prefix[PREFIX_BYTES] = { 0x8b, 0x01 };

/* Bitcoin's base58. With these first bytes it always has 48 digits. */
static const char alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

static unsigned char parity_of(const unsigned char *bytes, size_t len)
{
	unsigned char parity = 0;

	while (len--)
		parity ^= *bytes++;
	return parity;
}

/* Divide the big-endian number by 58, give the remainder. */
static unsigned take_digit(unsigned char raw[RAW_BYTES])
{
	unsigned rest = 0;

	for (size_t i = 0; i < RAW_BYTES; i++) {
		unsigned value = rest << 8 | raw[i];

		raw[i] = (unsigned char)(value / 58);
		rest = value % 58;
	}
	return rest;
}

/* Times 58 and plus digit; false when it no longer fits. */
static bool put_digit(unsigned char raw[RAW_BYTES], unsigned digit)
{
	unsigned carry = digit;

	for (size_t i = RAW_BYTES; i-- > 0;) {
		unsigned value = raw[i] * 58u + carry;

		raw[i] = (unsigned char)value;
		carry = value >> 8;
	}
	return carry == 0;
}

void recovery_key_format(const unsigned char key[RECOVERY_KEY_BYTES], char ret_text[RECOVERY_KEY_SIZE])
{
	unsigned char raw[RAW_BYTES];

	memcpy(raw, prefix, PREFIX_BYTES);
	memcpy(raw + PREFIX_BYTES, key, RECOVERY_KEY_BYTES);
	raw[RAW_BYTES - 1] = parity_of(raw, RAW_BYTES - 1);
	ret_text[RECOVERY_KEY_SIZE - 1] = '\0';
	for (size_t i = RECOVERY_KEY_SIZE - 1; i-- > 0;)
		ret_text[i] = i % (GROUP + 1) == GROUP ? ' ' : alphabet[take_digit(raw)];
	explicit_bzero(raw, sizeof raw);
}

/* The digits of text into raw, as far as they can be read. */
static enum recovery_key digits_parse(const char *text, unsigned char raw[RAW_BYTES])
{
	size_t count = 0;
	bool fits = true;

	for (const char *p = text; *p; p++) {
		const char *digit;

		if (strchr(" \t\r\n", *p))
			continue;
		digit = strchr(alphabet, *p);
		if (!digit)
			return RECOVERY_KEY_CHARACTER;
		if (++count <= DIGITS)
			fits = put_digit(raw, (unsigned)(digit - alphabet)) && fits;
	}
	if (count != DIGITS)
		return RECOVERY_KEY_LENGTH;
	return fits ? RECOVERY_KEY_OK : RECOVERY_KEY_MISTYPED;
}

enum recovery_key recovery_key_parse(const char *text, unsigned char ret_key[RECOVERY_KEY_BYTES])
{
	unsigned char raw[RAW_BYTES] = { 0 };
	enum recovery_key verdict = digits_parse(text, raw);

	if (verdict == RECOVERY_KEY_OK && (memcmp(raw, prefix, PREFIX_BYTES) != 0 || parity_of(raw, RAW_BYTES) != 0))
		verdict = RECOVERY_KEY_MISTYPED;
	if (verdict == RECOVERY_KEY_OK)
		memcpy(ret_key, raw + PREFIX_BYTES, RECOVERY_KEY_BYTES);
	explicit_bzero(raw, sizeof raw);
	return verdict;
}
