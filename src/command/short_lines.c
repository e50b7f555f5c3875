#include "command/short_lines.h"

#include <string.h>

#include "base/str.h"
#include "command/number.h"
#include "text/unicode.h"

struct language_word {
	const char *word; /* folded */
	enum language language;
};

/* "pagina 2" at the end of the words; what stands before it stays in words. */
static bool take_page(const char *words, size_t *ret_words_len, int64_t *ret_page)
{
	static const char *const page_words[] = { "pagina ", "page ", "blz " };

	for (size_t i = 0; i < ARRAY_LEN(page_words); i++) {
		for (const char *at = strcasestr(words, page_words[i]); at; at = strcasestr(at + 1, page_words[i])) {
			if ((at == words || at[-1] == ' ') && number_parse(at + strlen(page_words[i]), ret_page)) {
				*ret_words_len = (size_t)(at - words);
				return true;
			}
		}
	}
	return false;
}

void ideeen_line_read(struct arena *arena, const char *text, struct ideeen_line *ret_line)
{
	struct ideeen_line line = { .page = 1 };
	size_t words_len = strlen(text);

	if (number_parse(text, &line.page))
		words_len = 0;
	else
		(void)take_page(text, &words_len, &line.page);
	if (line.page > IDEEEN_PAGE_MAX)
		line.page = IDEEEN_PAGE_MAX;
	line.words = unicode_tidy(arena, arena_dup_n(arena, text, words_len));
	if (str_empty(line.words))
		line.words = NULL;
	*ret_line = line;
}

static bool find_word(struct arena *arena, const char *text, const struct language_word *words, size_t len, enum language *ret_language)
{
	const char *typed = unicode_fold(arena, text);

	for (size_t i = 0; i < len; i++) {
		if (str_equal(words[i].word, typed)) {
			*ret_language = words[i].language;
			return true;
		}
	}
	return false;
}

enum budget_scope budget_scope_read(struct arena *arena, const char *text, enum language *ret_language)
{
	static const struct language_word words[] = {
		{ "buurt", LANGUAGE_NL },         { "de buurt", LANGUAGE_NL },     { "alles", LANGUAGE_NL },
		{ "neighbourhood", LANGUAGE_EN }, { "neighborhood", LANGUAGE_EN }, { "all", LANGUAGE_EN },
	};

	if (str_empty(text))
		return BUDGET_SCOPE_CORE;
	return find_word(arena, text, words, ARRAY_LEN(words), ret_language) ? BUDGET_SCOPE_ALL : BUDGET_SCOPE_UNKNOWN;
}

bool language_name_find(struct arena *arena, const char *text, enum language *ret_language)
{
	static const struct language_word names[] = {
		{ "nl", LANGUAGE_NL }, { "nederlands", LANGUAGE_NL }, { "dutch", LANGUAGE_NL }, { "hollands", LANGUAGE_NL },
		{ "en", LANGUAGE_EN }, { "engels", LANGUAGE_EN },     { "english", LANGUAGE_EN },
	};

	return find_word(arena, text, names, ARRAY_LEN(names), ret_language);
}
