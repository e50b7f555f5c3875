/*
 * The languages people are answered in. DESIGN.md decision 15: a third one is one more file of
 * words, one more enumerator here and one more column in the tables that the compiler then lists.
 */
#ifndef ROTONDE_TEXT_LANGUAGE_H
#define ROTONDE_TEXT_LANGUAGE_H

#include <stdbool.h>

#include "base/compiler.h"

enum language {
	LANGUAGE_NL,
	LANGUAGE_EN,
	LANGUAGE_MAX,
};

/* "nl" or "en", exactly; anything else is false. */
bool language_parse(const char *code, enum language *ret_language) MUST_CHECK;

/* "nl" or "en"; also the name of its file in locales/. */
const char *language_format(enum language language);

#endif
