#include "command/short_lines.h"

#include <string.h>

#include "base/str.h"
#include "command/idea_course.h"
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
	struct idea_course course;

	if (number_parse(text, &line.page))
		words_len = 0;
	else
		(void)take_page(text, &words_len, &line.page);
	if (line.page > IDEEEN_PAGE_MAX)
		line.page = IDEEEN_PAGE_MAX;
	line.words = unicode_tidy(arena, arena_dup_n(arena, text, words_len));
	if (str_empty(line.words))
		line.words = NULL;
	else if (idea_course_read(arena, line.words, &course) && str_empty(course.remark)) {
		line.by_state = true;
		line.state = course.state;
		line.route = course.route;
	}
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

void coming_line_read(struct arena *arena, const char *text, struct coming_line *ret_line)
{
	static const char *const not_words[] = { "niet", "nee", "afmelden", "not", "no", NULL };
	struct coming_line line = { 0 };

	for (const char *at = text + strspn(text, " \n,"); *at; at += strspn(at, " \n,")) {
		size_t len = strcspn(at, " \n,.");
		const char *word = unicode_fold(arena, arena_dup_n(arena, at, len));

		for (const char *const *not = not_words; *not; not++)
			line.not = line.not || str_equal(word, *not);
		if (!line.number && !number_parse(word, &line.number))
			line.number = 0;
		at += len + (at[len] == '.');
	}
	*ret_line = line;
}

void swap_line_read(struct arena *arena, const char *text, struct swap_line *ret_line)
{
	static const char *const with_words[] = { "met ", "with " };
	struct swap_line line = { 0 };
	size_t digits;

	text += strspn(text, "# ");
	digits = strspn(text, "0123456789");
	if (!number_parse(arena_dup_n(arena, text, digits), &line.number))
		line.number = 0;
	text += digits + strspn(text + digits, " \n");
	for (size_t i = 0; i < ARRAY_LEN(with_words); i++) {
		if (strncasecmp(text, with_words[i], strlen(with_words[i])) == 0)
			text += strlen(with_words[i]);
	}
	line.with = str_empty(text) ? NULL : text;
	*ret_line = line;
}
