/*
 * Canonical JSON, the one form in which Matrix signs (specification, Appendices, "Canonical JSON"): keys
 * sorted by code point, no blanks, whole numbers from -(2^53)+1 to 2^53-1, only the escapes that must be.
 *
 * What is read of a signed object and what was signed must be one thing. So everything is refused that
 * parsers read in more than one way: a key that stands twice, a number that is not written as a whole one,
 * text that json_parse() had to mend.
 */
#ifndef ROTONDE_BASE_JSON_CANONICAL_H
#define ROTONDE_BASE_JSON_CANONICAL_H

#include "base/arena.h"
#include "base/compiler.h"

struct cJSON;

enum json_canonical {
	JSON_CANONICAL_OK,
	JSON_CANONICAL_NUMBER,    /* 1.5, 1e3, -0, or out of range */
	JSON_CANONICAL_DUPLICATE, /* a key stands twice in one object */
	JSON_CANONICAL_TEXT,      /* an escaped NUL or half a surrogate pair */
};

/* The text lives in the arena; it holds no NUL and is never longer than what was parsed. */
enum json_canonical json_canonical_format(struct arena *arena, const struct cJSON *json, char **ret_text) MUST_CHECK;

/* The same of an object without its own `signatures` and `unsigned`: the bytes that its signatures are over. */
enum json_canonical json_canonical_format_signed(struct arena *arena, const struct cJSON *object, char **ret_text) MUST_CHECK;

/* "ok", "number", "duplicate", "text": for the log. */
const char *json_canonical_word(enum json_canonical verdict);

#endif
