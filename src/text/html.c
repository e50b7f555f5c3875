#include "text/html.h"

#include <string.h>

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

void html_init(struct html *html, size_t ceiling)
{
	buf_init(&html->buf, ceiling);
}

void html_release(struct html *html)
{
	buf_release(&html->buf);
}

void html_text(struct html *html, const char *text)
{
	for (; *text; text++) {
		const char *name = *text == '\n' ? "<br>" : entity(*text);

		if (name)
			buf_add_text(&html->buf, name);
		else
			buf_add(&html->buf, text, 1);
	}
}

static void tagged(struct html *html, const char *open, const char *text, const char *close)
{
	buf_add_text(&html->buf, open);
	html_text(html, text);
	buf_add_text(&html->buf, close);
}

void html_bold(struct html *html, const char *text)
{
	tagged(html, "<b>", text, "</b>");
}

void html_italic(struct html *html, const char *text)
{
	tagged(html, "<i>", text, "</i>");
}

void html_break(struct html *html)
{
	buf_add_text(&html->buf, "<br>");
}

char *html_finish(const struct html *html, struct arena *arena)
{
	return html->buf.overflowed ? NULL : arena_dup_n(arena, html->buf.data, html->buf.len);
}
