#include "text/language.h"

#include "base/die.h"
#include "base/str.h"

static const char *const codes[] = {
	[LANGUAGE_NL] = "nl",
	[LANGUAGE_EN] = "en",
};

_Static_assert(ARRAY_LEN(codes) == LANGUAGE_MAX, "a code for every language");

bool language_parse(const char *code, enum language *ret_language)
{
	for (enum language language = 0; language < LANGUAGE_MAX; language++) {
		if (str_equal(code, codes[language])) {
			*ret_language = language;
			return true;
		}
	}
	return false;
}

const char *language_format(enum language language)
{
	INVARIANT(language < LANGUAGE_MAX);
	return codes[language];
}
