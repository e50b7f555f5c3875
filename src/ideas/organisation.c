#include "ideas/organisation.h"

#include <ctype.h>
#include <string.h>

#include "base/compiler.h"
#include "base/str.h"

/* Just behind `word` at the beginning of text, when it is a whole word there; or NULL. */
static const char *past_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	if (!str_starts(text, word) || isalnum((unsigned char)text[len]))
		return NULL;
	return text + len + strspn(text + len, " ");
}

static bool names_organisation(const char *text)
{
	static const char *const names[] = {
		"kerk", "kerkgemeente", "moskee", "tempel", "parochie", "stichting", "vereniging", "sportvereniging", "organisatie", "buurthuis",
		"buurtcentrum", "wijkcentrum", "club", "bedrijf", "welzijnsorganisatie", "church", "congregation", "mosque", "temple",
		"parish", "foundation", "association", "organisation", "organization", "community centre", "community center", "company",
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (past_word(text, names[i]))
			return true;
	}
	return false;
}

bool organisation_speaks(const char *folded)
{
	static const char *const speakers[] = {
		"onze", "namens de", "namens het", "namens onze", "namens", "wij van de", "wij van het", "we van de", "our", "on behalf of the",
		"on behalf of our", "on behalf of", "we of the", "we from the",
	};

	for (const char *at = folded; *at; at++) {
		if (at > folded && isalnum((unsigned char)at[-1]))
			continue;
		for (size_t i = 0; i < ARRAY_LEN(speakers); i++) {
			const char *rest = past_word(at, speakers[i]);

			if (rest && names_organisation(rest))
				return true;
		}
	}
	return false;
}
