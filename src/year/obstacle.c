#include "year/obstacle.h"

#include <stdbool.h>
#include <string.h>

#include "base/compiler.h"
#include "base/str.h"
#include "text/unicode.h"

static const char *const obstacle_words[] = { "hobbel", "knelpunt", "obstacle", "bump", "hurdle" };
static const char *const none_words[] = { "geen", "zonder", "no", "without" };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Where the word, its plural or a diminutive ends; NULL when another word begins so ("bumper" is no bump). */
static const char *word_end(const char *at, const char *word)
{
	static const char *const endings[] = { "", "s", "en", "tje", "tjes" };
	size_t len = 0;

	if (!str_starts(at, word))
		return NULL;
	at += strlen(word);
	while (is_letter(at[len]))
		len++;
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		if (strlen(endings[i]) == len && memcmp(endings[i], at, len) == 0)
			return at + len;
	}
	return NULL;
}

/* The first such word of a folded line. */
static bool find_word(const char *line, const char **ret_begin, const char **ret_end)
{
	for (const char *at = line; *at; at++) {
		if (at != line && is_letter(at[-1]))
			continue;
		for (size_t i = 0; i < ARRAY_LEN(obstacle_words); i++) {
			*ret_end = word_end(at, obstacle_words[i]);
			*ret_begin = at;
			if (*ret_end)
				return true;
		}
	}
	return false;
}

/* "geen hobbels", "no real bumps": one of these words at most one word before. */
static bool is_denied(const char *line, const char *begin)
{
	for (int words = 0; words < 2; words++) {
		const char *end;

		while (begin > line && !is_letter(begin[-1]))
			begin--;
		end = begin;
		while (begin > line && is_letter(begin[-1]))
			begin--;
		for (size_t i = 0; i < ARRAY_LEN(none_words); i++) {
			if ((size_t)(end - begin) == strlen(none_words[i]) && str_starts(begin, none_words[i]))
				return true;
		}
	}
	return false;
}

/* Without the dash, star or number of a list. */
static const char *without_bullet(const char *line)
{
	static const char *const bullets[] = { "- ", "* ", "• ", "– " };

	for (size_t i = 0; i < ARRAY_LEN(bullets); i++) {
		if (str_starts(line, bullets[i]))
			return line + strlen(bullets[i]);
	}
	return line;
}

/* What of a line is an obstacle: what follows its colon, or all of it. NULL: nothing; *ret_heads: the lines below are. */
static const char *of_line(struct arena *arena, const char *line, bool *ret_heads)
{
	const char *folded = unicode_fold(arena, line), *colon = strchr(line, ':'), *begin, *end;
	bool heads;

	*ret_heads = false;
	if (!find_word(folded, &begin, &end) || is_denied(folded, begin))
		return NULL;
	/* "hobbel:", "onze hobbels zijn:" */
	heads = colon && strchr(end, ':') && colon[1 + strspn(colon + 1, " ")] == '\0';
	if (heads || (begin == folded && !*end)) {
		*ret_heads = true;
		return NULL;
	}
	if (begin == folded && *end == ':' && colon)
		return colon + 1 + strspn(colon + 1, " ");
	return line;
}

const char **obstacle_list(struct arena *arena, const char *text, size_t *ret_len)
{
	const char **list;
	size_t lines = 1, len = 0;
	bool headed = false;

	for (const char *at = text; *at; at++)
		lines += *at == '\n';
	list = arena_array(arena, const char *, lines);
	for (const char *at = text; lines; lines--) {
		size_t line_len = strcspn(at, "\n");
		const char *line = unicode_one_line(arena, without_bullet(arena_dup_n(arena, at, line_len)));
		const char *obstacle;
		bool heads;

		obstacle = of_line(arena, line, &heads);
		headed = heads || (headed && *line);
		if (obstacle)
			list[len++] = obstacle;
		else if (headed && !heads)
			list[len++] = line;
		at += line_len + (at[line_len] == '\n');
	}
	*ret_len = len;
	return list;
}
