#include "base/str.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

bool str_equal(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	return strcmp(a, b) == 0;
}

bool str_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *text, const char *suffix)
{
	size_t len = strlen(text), tail = strlen(suffix);

	return len >= tail && memcmp(text + len - tail, suffix, tail) == 0;
}

bool str_empty(const char *text)
{
	return !text || !*text;
}

/* The length of the well-formed sequence at p, 0 if there is none. RFC 3629 section 4. */
static size_t utf8_sequence(const unsigned char *p, size_t left)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t len;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (left < len)
		return 0;
	if (p[0] == 0xe0)
		low = 0xa0; /* overlong */
	else if (p[0] == 0xed)
		high = 0x9f; /* surrogates */
	else if (p[0] == 0xf0)
		low = 0x90; /* overlong */
	else if (p[0] == 0xf4)
		high = 0x8f; /* past U+10FFFF */
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++) {
		if (p[i] < 0x80 || p[i] > 0xbf)
			return 0;
	}
	return len;
}

size_t utf8_valid_prefix(const char *bytes, size_t len)
{
	const unsigned char *p = (const unsigned char *)bytes;
	size_t done = 0;

	while (done < len) {
		uint64_t eight;
		size_t step;

		/* Most text is ASCII: eight characters at a time. */
		if (len - done >= sizeof eight) {
			memcpy(&eight, p + done, sizeof eight);
			if (!(eight & UINT64_C(0x8080808080808080))) {
				done += sizeof eight;
				continue;
			}
		}
		step = utf8_sequence(p + done, len - done);
		if (!step)
			break;
		done += step;
	}
	return done;
}

bool utf8_valid(const char *bytes, size_t len)
{
	return utf8_valid_prefix(bytes, len) == len;
}

size_t utf8_count(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

size_t utf8_cut(const char *text, size_t limit)
{
	size_t len = strlen(text);

	if (len <= limit)
		return len;
	while (limit && ((unsigned char)text[limit] & 0xc0) == 0x80)
		limit--;
	return limit;
}

bool parse_int64(const char *text, int64_t *ret_value)
{
	char *end;
	intmax_t value;

	if (*text != '-' && (*text < '0' || *text > '9'))
		return false;
	errno = 0;
	value = strtoimax(text, &end, 10);
	if (errno || end == text || *end || value < INT64_MIN || value > INT64_MAX)
		return false;
	*ret_value = (int64_t)value;
	return true;
}
