/*
 * Small questions about strings and numbers in text. Everything here is bytes; what needs to know
 * letters (folding, width, alphabets) lives in text/unicode.h.
 */
#ifndef ROTONDE_BASE_STR_H
#define ROTONDE_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"

/* Equal; NULL equals only NULL. */
bool str_equal(const char *a, const char *b);
bool str_starts(const char *text, const char *prefix);
bool str_ends(const char *text, const char *suffix);

/* True for NULL and "". */
bool str_empty(const char *text);

/* Well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF). NUL bytes are allowed. */
bool utf8_valid(const char *bytes, size_t len);

/* How many bytes stand before the first that breaks the encoding; len when none does. */
size_t utf8_valid_prefix(const char *bytes, size_t len);

/* How many code points the valid UTF-8 has. */
size_t utf8_count(const char *text, size_t len);

/* The largest length <= limit at which the valid UTF-8 text may be cut without splitting a character. */
size_t utf8_cut(const char *text, size_t limit);

/* The whole of text is a decimal number, optional minus, no spaces, in range. */
bool parse_int64(const char *text, int64_t *ret_value) MUST_CHECK;

#endif
