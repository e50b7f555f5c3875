#include "command/idea_course.h"

#include <string.h>

#include "base/str.h"
#include "command/number.h"
#include "text/unicode.h"

struct course_words {
	const char *words; /* folded */
	enum idea_state state;
	enum idea_route route;
};

static const struct course_words courses[] = {
	{ "buurtbudget", IDEA_BUDGET, IDEA_ROUTE_NONE },
	{ "budget", IDEA_BUDGET, IDEA_ROUTE_NONE },
	{ "bewonersinitiatief", IDEA_ROUTED, IDEA_ROUTE_INITIATIVE },
	{ "initiatief", IDEA_ROUTED, IDEA_ROUTE_INITIATIVE },
	{ "initiative", IDEA_ROUTED, IDEA_ROUTE_INITIATIVE },
	{ "gebiedsplan", IDEA_ROUTED, IDEA_ROUTE_PLAN },
	{ "area plan", IDEA_ROUTED, IDEA_ROUTE_PLAN },
	{ "plan", IDEA_ROUTED, IDEA_ROUTE_PLAN },
	{ "woningcorporatie", IDEA_ROUTED, IDEA_ROUTE_CORPORATION },
	{ "corporatie", IDEA_ROUTED, IDEA_ROUTE_CORPORATION },
	{ "housing corporation", IDEA_ROUTED, IDEA_ROUTE_CORPORATION },
	{ "corporation", IDEA_ROUTED, IDEA_ROUTE_CORPORATION },
	{ "gewoon doen", IDEA_ROUTED, IDEA_ROUTE_JUST_DO },
	{ "just do it", IDEA_ROUTED, IDEA_ROUTE_JUST_DO },
	{ "klaar", IDEA_DONE, IDEA_ROUTE_NONE },
	{ "gedaan", IDEA_DONE, IDEA_ROUTE_NONE },
	{ "done", IDEA_DONE, IDEA_ROUTE_NONE },
	{ "niet nu", IDEA_NOT_NOW, IDEA_ROUTE_NONE },
	{ "not now", IDEA_NOT_NOW, IDEA_ROUTE_NONE },
	{ "steun", IDEA_SUPPORTED, IDEA_ROUTE_NONE },
	{ "support", IDEA_SUPPORTED, IDEA_ROUTE_NONE },
	{ "nieuw", IDEA_NEW, IDEA_ROUTE_NONE },
	{ "new", IDEA_NEW, IDEA_ROUTE_NONE },
};

#define BREAKS " \t\n,:;"

/* The first word of text, and what follows it. "" at the end. */
static const char *first_word(struct arena *arena, const char *text, const char **ret_rest)
{
	size_t len;

	text += strspn(text, BREAKS);
	len = strcspn(text, BREAKS);
	*ret_rest = text + len;
	return unicode_fold(arena, arena_dup_n(arena, text, len));
}

/* Just behind these words at the beginning of text; NULL when they do not stand there. */
static const char *past_words(struct arena *arena, const char *text, const char *words)
{
	while (*words) {
		const char *wanted = arena_dup_n(arena, words, strcspn(words, " "));

		if (!str_equal(first_word(arena, text, &text), wanted))
			return NULL;
		words += strlen(wanted);
		words += strspn(words, " ");
	}
	return text;
}

static const char *past_any(struct arena *arena, const char *text, const char *const *words, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const char *rest = past_words(arena, text, words[i]);

		if (rest)
			return rest;
	}
	return text;
}

bool idea_course_read(struct arena *arena, const char *text, struct idea_course *ret_course)
{
	static const char *const links[] = { "via", "bij", "met", "naar", "with", "at" };

	for (size_t i = 0; i < ARRAY_LEN(courses); i++) {
		const char *rest = past_words(arena, text, courses[i].words);

		if (!rest)
			continue;
		rest = past_any(arena, rest, links, ARRAY_LEN(links));
		rest += strspn(rest, BREAKS "-");
		*ret_course = (struct idea_course){ courses[i].state, courses[i].route, unicode_tidy(arena, rest) };
		return true;
	}
	return false;
}

enum route_verdict route_line_read(struct arena *arena, const char *text, struct route_line *ret_line)
{
	static const char *const to[] = { "naar", "is", "to" };
	struct route_line line = { .course = { .remark = "" } };
	const char *rest;
	bool numbered = number_parse(first_word(arena, text, &rest), &line.number);
	bool known = numbered && idea_course_read(arena, past_any(arena, rest, to, ARRAY_LEN(to)), &line.course) && line.course.state != IDEA_SUPPORTED;

	*ret_line = line;
	if (!numbered)
		return ROUTE_NUMBER_MISSING;
	if (!known)
		return ROUTE_UNKNOWN;
	return line.course.state == IDEA_NOT_NOW && str_empty(line.course.remark) ? ROUTE_REASON_MISSING : ROUTE_READ;
}

void behalf_line_read(struct arena *arena, const char *text, struct behalf_line *ret_line)
{
	const char *rest = text, *at, *word;

	*ret_line = (struct behalf_line){ "", "" };
	do {
		at = rest;
		word = first_word(arena, at, &rest);
		word += *word == '!';
		if (str_equal(word, "idee") || str_equal(word, "idea")) {
			rest += strspn(rest, BREAKS);
			*ret_line = (struct behalf_line){ unicode_tidy(arena, arena_dup_n(arena, text, (size_t)(at - text))), unicode_tidy(arena, rest) };
			return;
		}
	} while (!str_empty(word));
}
