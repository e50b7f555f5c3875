#include "matrix/wire_text.h"

#include <stdint.h>
#include <string.h>

#include "base/event.h"
#include "base/str.h"

/* The character at p of valid UTF-8, and its length. */
static uint32_t decode(const char *p, size_t *ret_len)
{
	unsigned char first = (unsigned char)*p;
	size_t len = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	uint32_t value = len == 1 ? first : first & (0x7fu >> len);

	for (size_t i = 1; i < len; i++)
		value = value << 6 | ((unsigned char)p[i] & 0x3f);
	*ret_len = len;
	return value;
}

static bool is_line_end(uint32_t c)
{
	return c == '\n' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* C0 and C1 controls, direction marks, overrides and isolates, byte order mark. */
static bool is_harmful(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

/* Nothing but visible ASCII, spaces and, where they may stay, line ends: most of what people type. */
static bool is_plain(const char *text, size_t len, char line_end)
{
	for (size_t i = 0; i < len; i++) {
		if ((text[i] < ' ' || text[i] > '~') && !(text[i] == '\n' && line_end == '\n'))
			return false;
	}
	return true;
}

static char *clean(struct arena *arena, const char *text, size_t limit, char line_end)
{
	size_t room = strlen(text) < limit ? strlen(text) : limit;
	size_t used = 0, len;
	char *out;

	if (is_plain(text, room, line_end))
		return arena_dup_n(arena, text, room);
	out = arena_alloc(arena, room + 1);
	for (const char *p = text; *p; p += len) {
		uint32_t c = decode(p, &len);
		char plain = c == '\t' ? ' ' : is_line_end(c) ? line_end : 0;

		if (!plain && is_harmful(c))
			continue;
		if (used + (plain ? 1 : len) > room)
			break;
		if (plain) {
			out[used++] = plain;
		} else {
			memcpy(out + used, p, len);
			used += len;
		}
	}
	out[used] = '\0';
	return out;
}

char *wire_text_clean(struct arena *arena, const char *text, size_t limit)
{
	return clean(arena, text, limit, '\n');
}

static char *trim(char *text)
{
	size_t len;

	text += strspn(text, " ");
	len = strlen(text);
	while (len && text[len - 1] == ' ')
		text[--len] = '\0';
	return text;
}

char *wire_name_clean(struct arena *arena, const char *text, size_t limit)
{
	return trim(clean(arena, text, limit, ' '));
}

char *wire_file_name_clean(struct arena *arena, const char *text, const char *fallback)
{
	const char *last = text;
	char *name;

	for (const char *p = text; *p; p++) {
		if (*p == '/' || *p == '\\')
			last = p + 1;
	}
	name = wire_name_clean(arena, last, WIRE_NAME_MAX);
	name += strspn(name, ". ");
	return *name ? name : arena_dup(arena, fallback);
}

char *wire_reaction_clean(struct arena *arena, const char *text)
{
	return event_plain_reaction(arena, wire_name_clean(arena, text, WIRE_NAME_MAX));
}

const char *wire_skip_reply_fallback(const char *body)
{
	const char *p = body;

	while (str_starts(p, "> ") || str_starts(p, ">\n")) {
		p += strcspn(p, "\n");
		if (*p == '\n')
			p++;
	}
	if (p != body && *p == '\n')
		p++;
	return p;
}

bool wire_skip_forwarded_mark(const char *body, const char **ret_rest)
{
	static const char mark[] = "\xe2\x86\xb7 Forwarded"; /* U+21B7 */

	if (!str_starts(body, mark))
		return false;
	body += strlen(mark);
	if (*body && *body != '\n')
		return false;
	*ret_rest = body + strspn(body, "\n");
	return true;
}
