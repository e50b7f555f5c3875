/*
 * The small HTML twin of what we say, for clients that show it (DESIGN.md decision 14). What goes in is
 * text; what comes out holds no tags but <b> and <br>, whatever people typed.
 */
#ifndef ROTONDE_TEXT_HTML_H
#define ROTONDE_TEXT_HTML_H

#include "base/arena.h"
#include "base/compiler.h"

/* & < > " ' as entities: safe between tags and in quoted attributes. */
char *html_escape(struct arena *arena, const char *text) MUST_CHECK;

/* Several lines get the first in bold: it is what the rest is about. One line needs no twin: NULL. */
char *html_twin(struct arena *arena, const char *text) MUST_CHECK;

#endif
