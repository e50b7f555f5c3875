#include "crypto/short_code.h"

enum { EMOJI_BITS = 6, NUMBER_BITS = 13, NUMBER_LEAST = 1000 };

/* The at'th group of so many bits, from the first byte's highest on. */
static unsigned bits_at(const unsigned char *bytes, int width, int at)
{
	unsigned value = 0;

	for (int bit = at * width; bit < (at + 1) * width; bit++)
		value = value << 1 | (unsigned)(bytes[bit / 8] >> (7 - bit % 8) & 1);
	return value;
}

struct short_code short_code_of(const unsigned char bytes[static SHORT_CODE_BYTES])
{
	struct short_code code;

	for (int i = 0; i < SHORT_CODE_EMOJI; i++)
		code.emoji[i] = (int)bits_at(bytes, EMOJI_BITS, i);
	for (int i = 0; i < SHORT_CODE_NUMBERS; i++)
		code.numbers[i] = (int)bits_at(bytes, NUMBER_BITS, i) + NUMBER_LEAST;
	return code;
}
