/*
 * The small HTML twin of an answer: words, bold, italic and line breaks, nothing else. What goes in is
 * text; what comes out cannot be anything but these tags, whatever people typed.
 */
#ifndef ROTONDE_TEXT_HTML_H
#define ROTONDE_TEXT_HTML_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/compiler.h"

/* & < > " ' as entities: safe between tags and in quoted attributes. */
char *html_escape(struct arena *arena, const char *text) MUST_CHECK;

struct html {
	struct buf buf;
};

/* More than ceiling bytes make html_finish() give NULL. */
void html_init(struct html *html, size_t ceiling);
void html_release(struct html *html);

/* A newline in text becomes <br>. */
void html_text(struct html *html, const char *text);
void html_bold(struct html *html, const char *text);
void html_italic(struct html *html, const char *text);
void html_break(struct html *html);

/* The whole, copied to the arena; NULL when it did not fit: then send the plain text alone. */
char *html_finish(const struct html *html, struct arena *arena) MUST_CHECK;

#define AUTO_HTML CLEANUP(html_release) struct html

#endif
