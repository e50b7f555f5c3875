/*
 * Text as it comes out of an event, made safe and plain: what people typed stays, what could hide or
 * break something goes (MATRIX.md 9.10). All input is valid UTF-8 without NUL; results live in the arena.
 */
#ifndef ROTONDE_MATRIX_WIRE_TEXT_H
#define ROTONDE_MATRIX_WIRE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"

enum {
	WIRE_BODY_MAX = 64 * 1024, /* bytes of a message's text that we read */
	WIRE_NAME_MAX = 200,       /* bytes of a file's or person's name */
};

/*
 * Line ends become \n, tabs a space; other control characters, byte order marks and characters that turn
 * the direction of text are left out. Cut at a character's border to at most limit bytes.
 */
char *wire_text_clean(struct arena *arena, const char *text, size_t limit) MUST_CHECK;

/* The same on one line: line ends become a space too; trimmed. For names. */
char *wire_name_clean(struct arena *arena, const char *text, size_t limit) MUST_CHECK;

/* The last part of a path by / or \, without leading dots; fallback when nothing is left. */
char *wire_file_name_clean(struct arena *arena, const char *text, const char *fallback) MUST_CHECK;

/* An emoji cleaned like a name, and plain as event_plain_reaction() has it; "" when nothing is left. */
char *wire_reaction_clean(struct arena *arena, const char *text) MUST_CHECK;

/* Behind the lines of a quoted reply ("> ..." and one empty line) that older clients put in front; borrowed. */
const char *wire_skip_reply_fallback(const char *body);

/* Whether the bridge marked the text as forwarded; *ret_rest is then what stands behind the mark; borrowed. */
bool wire_skip_forwarded_mark(const char *body, const char **ret_rest);

#endif
