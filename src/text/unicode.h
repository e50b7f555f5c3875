/*
 * Text as people send it, over ICU. Everything takes valid UTF-8 (a broken sequence becomes U+FFFD)
 * and gives a new text in the arena.
 */
#ifndef ROTONDE_TEXT_UNICODE_H
#define ROTONDE_TEXT_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"

/*
 * For comparing and searching, never for showing: case, accents, width and other ways to write the same
 * letter are gone ("IDEEËN", "ideeën" and full-width "ｉｄｅｅｅｎ" are one), nothing invisible is left.
 */
char *unicode_fold(struct arena *arena, const char *text) MUST_CHECK;

/* The same without blanks, dashes and other marks between words: names however people write them ("TOREN-1", "toren 1"). */
char *unicode_bare(struct arena *arena, const char *text) MUST_CHECK;

/*
 * Also for comparing alone: two texts that a reader in a hurry could take for one another give the same. It goes
 * beyond unicode_fold(): letters of other alphabets that look alike (Cyrillic а), l, I and 1, and blanks.
 */
char *unicode_look(struct arena *arena, const char *text) MUST_CHECK;

/*
 * For storing and showing. Control characters, bidirectional marks and overrides, zero-width and other
 * invisible characters are dropped (but not what holds a family of emoji together); every kind of space
 * is a space, every kind of line end a \n; composed (NFC).
 */
char *unicode_clean(struct arena *arena, const char *text) MUST_CHECK;

/* Curly and angled quotes to ' and ". For parsers: what is stored keeps the quotes people typed. */
char *unicode_straighten_quotes(struct arena *arena, const char *text) MUST_CHECK;

/* Runs of blanks to one, blank edges of lines and of the whole gone; at most one empty line in a row. */
char *unicode_tidy(struct arena *arena, const char *text) MUST_CHECK;

/* The same, and no line ends left: for a list or a sentence. */
char *unicode_one_line(struct arena *arena, const char *text) MUST_CHECK;

/* The same, of at most max characters as unicode_cut() counts them. */
char *unicode_short_line(struct arena *arena, const char *text, size_t max) MUST_CHECK;

/*
 * At most max characters as a reader counts them (grapheme clusters). A longer text is cut to max - 1
 * with an ellipsis behind it. max is at least 1.
 */
char *unicode_cut(struct arena *arena, const char *text, size_t max) MUST_CHECK;

/*
 * Without the marks that WhatsApp and Matrix clients put around words: *bold* _italic_ ~struck~ `code`
 * ```code```, doubled or nested. Marks inside a word or a sum (snake_case, 2*3*4) and lone ones stay.
 */
char *unicode_strip_markup(struct arena *arena, const char *text) MUST_CHECK;

/* A letter of any script, or an accent on one. c is a code point (text/point.h). */
bool unicode_is_letter(int32_t c);

#endif
