#include "text/html.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"

/* NULL for a character that stands for itself. */
static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

char *html_escape(struct arena *arena, const char *text)
{
	size_t len = 0;
	char *out, *to;

	for (const char *p = text; *p; p++)
		len += entity(*p) ? strlen(entity(*p)) : 1;
	out = to = arena_alloc(arena, len + 1);
	for (; *text; text++) {
		const char *name = entity(*text);
		size_t step = name ? strlen(name) : 1;

		memcpy(to, name ? name : text, step);
		to += step;
	}
	return out;
}

char *html_twin(struct arena *arena, const char *text)
{
	const char *newline = strchr(text, '\n');
	AUTO_BUF twin = { 0 };

	if (!newline)
		return NULL;
	buf_init(&twin, SIZE_MAX / 2);
	buf_printf(&twin, "<b>%s</b>", html_escape(arena, arena_dup_n(arena, text, (size_t)(newline - text))));
	for (const char *line = newline; *line; line += 1 + strcspn(line + 1, "\n"))
		buf_printf(&twin, "<br>%s", html_escape(arena, arena_dup_n(arena, line + 1, strcspn(line + 1, "\n"))));
	return arena_dup_n(arena, twin.data, twin.len);
}
