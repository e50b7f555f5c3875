#include "text/point.h"

#include <stdbool.h>

/* How many bytes of a sequence follow this first one; -1 for a byte that begins none. */
static int followers(unsigned char first)
{
	if (first < 0x80)
		return 0;
	if (first < 0xc2)
		return -1;
	if (first < 0xe0)
		return 1;
	if (first < 0xf0)
		return 2;
	return first < 0xf5 ? 3 : -1;
}

static bool is_scalar(int32_t c, int more)
{
	static const int32_t least[] = { 0, 0x80, 0x800, 0x10000 };

	return c >= least[more] && c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff);
}

int32_t point_next(const char *text, size_t *at)
{
	const unsigned char *p = (const unsigned char *)text + *at;
	int more = followers(*p);
	int32_t c = *p;

	if (!c)
		return 0;
	if (more > 0) {
		c &= 0x3f >> more;
		for (int i = 1; i <= more; i++) {
			if ((p[i] & 0xc0) != 0x80) {
				more = -1;
				break;
			}
			c = c << 6 | (p[i] & 0x3f);
		}
	}
	if (more < 0 || !is_scalar(c, more)) {
		(*at)++;
		return POINT_REPLACEMENT;
	}
	*at += (size_t)more + 1;
	return c;
}

int32_t point_before(const char *text, size_t at)
{
	size_t start = at;

	if (!at)
		return 0;
	do {
		start--;
	} while (start && at - start < POINT_BYTES_MAX && ((unsigned char)text[start] & 0xc0) == 0x80);
	return point_next(text, &start);
}

size_t point_put(char *out, int32_t c)
{
	unsigned char *p = (unsigned char *)out;
	size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = len; i-- > 1; c >>= 6)
		p[i] = (unsigned char)(0x80 | (c & 0x3f));
	p[0] = (unsigned char)(lead[len] | c);
	return len;
}
