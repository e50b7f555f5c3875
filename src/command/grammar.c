#include "command/grammar.h"

#include <stdbool.h>
#include <string.h>

#include "base/die.h"
#include "base/str.h"
#include "text/point.h"
#include "text/unicode.h"

enum {
	TYPED_MIN = 3, /* shorter is an exclamation, not a slip */
	TYPED_MAX = 24,
	LONG_WORD = 7, /* from here on two slips are forgiven */
	SHORT_WORD = 3,
};

/* ---- taking the line apart ---- */

static bool is_bang(int32_t c)
{
	return c == '!' || c == 0xff01 || c == 0xfe57;
}

static bool is_quote(int32_t c)
{
	return c == '"' || c == '\'' || c == 0xab || c == 0xbb || (c >= 0x2018 && c <= 0x201f);
}

static bool is_blank(int32_t c)
{
	return c == ' ' || c == '\n';
}

static bool is_markup(int32_t c)
{
	return c == '*' || c == '_' || c == '~' || c == '`';
}

static int32_t peek(const char *text, size_t at)
{
	return point_next(text, &at);
}

/* Marks that people put right behind the word, and that are no part of an amount. */
static bool is_trailing_mark(const char *text, size_t at)
{
	int32_t c = point_next(text, &at), next = peek(text, at);
	bool number_follows = (next >= '0' && next <= '9') || next == 0x20ac;

	if (c == '.' || c == ',' || c == '-' || c == 0x2013)
		return !number_follows;
	return c == ':' || c == ';' || c == '?' || c == '=' || c == 0x2026 || is_bang(c) || is_markup(c) || is_quote(c);
}

struct pieces {
	bool loose;        /* blanks, marks or a second `!` between the `!` and the word */
	const char *typed;
	const char *rest;
};

/* Without the quotes that closed what opened before the `!`. */
static const char *drop_closing_quotes(struct arena *arena, const char *text)
{
	size_t len = strlen(text);

	while (len && is_quote(point_before(text, len))) {
		do {
			len--;
		} while (((unsigned char)text[len] & 0xc0) == 0x80);
	}
	return arena_dup_n(arena, text, len);
}

static bool is_before_bang(int32_t c)
{
	return is_blank(c) || is_markup(c) || is_quote(c);
}

static bool is_before_word(int32_t c)
{
	return c == ' ' || is_markup(c) || is_quote(c) || is_bang(c);
}

/* The first place from `at` on where no such character stands. */
static size_t skip(const char *text, size_t at, bool (*skips)(int32_t), bool *ret_quoted)
{
	int32_t c;

	while (skips(c = peek(text, at))) {
		*ret_quoted = *ret_quoted || is_quote(c);
		point_next(text, &at);
	}
	return at;
}

/* False when no word stands behind a `!` at the start. */
static bool take_apart(struct arena *arena, const char *body, struct pieces *ret_pieces)
{
	const char *text = unicode_strip_markup(arena, unicode_clean(arena, body));
	size_t at, bang_end, start;
	bool quoted = false;

	bang_end = skip(text, 0, is_before_bang, &quoted);
	if (!is_bang(point_next(text, &bang_end)))
		return false;
	start = at = skip(text, bang_end, is_before_word, &quoted);
	while (unicode_is_letter(peek(text, at)))
		point_next(text, &at);
	if (at == start)
		return false;
	ret_pieces->loose = start > bang_end;
	ret_pieces->typed = arena_dup_n(arena, text + start, at - start);
	while (is_trailing_mark(text, at))
		point_next(text, &at);
	ret_pieces->rest = unicode_tidy(arena, text + at);
	if (quoted)
		ret_pieces->rest = drop_closing_quotes(arena, ret_pieces->rest);
	return true;
}

/* ---- looking it up ---- */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * How many slips lie between two words of at most TYPED_MAX bytes: optimal string alignment, that is
 * Levenshtein with swapped neighbours as one slip.
 */
static size_t slips(const char *a, const char *b)
{
	size_t cost[TYPED_MAX + 1][TYPED_MAX + 1];
	size_t a_len = strlen(a), b_len = strlen(b);

	for (size_t i = 0; i <= a_len; i++)
		cost[i][0] = i;
	for (size_t j = 0; j <= b_len; j++)
		cost[0][j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		for (size_t j = 1; j <= b_len; j++) {
			cost[i][j] = least(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
			cost[i][j] = least(cost[i][j], cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				cost[i][j] = least(cost[i][j], cost[i - 2][j - 2] + 1);
		}
	}
	return cost[a_len][b_len];
}

/* The same length with one letter that differs. */
static bool is_one_letter_off(const char *a, const char *b)
{
	size_t off = 0, i;

	for (i = 0; a[i] && b[i]; i++)
		off += a[i] != b[i];
	return !a[i] && !b[i] && off == 1;
}

/* How many slips made `typed` of this word; more than any limit when it can be no slip. */
static size_t slips_from(const char *typed, const char *word)
{
	size_t limit = strlen(word) >= LONG_WORD ? 2 : 1, count;

	INVARIANT(strlen(word) <= TYPED_MAX);
	if (strlen(word) <= SHORT_WORD && is_one_letter_off(typed, word))
		return SIZE_MAX;
	count = slips(typed, word);
	return count <= limit ? count : SIZE_MAX;
}

/* The nearest word so far. */
struct search {
	const char *typed; /* folded */
	size_t slips;
	struct grammar_line *line;
};

static void consider(struct search *search, const struct command *command, const char *word, enum grammar_tongue tongue)
{
	size_t count = str_equal(search->typed, word) ? 0 : slips_from(search->typed, word);

	if (count < search->slips) {
		search->slips = count;
		search->line->command = command;
		search->line->word = word;
		search->line->tongue = tongue;
	}
}

/* What the word tells of the language, when `tongue` has it and the other perhaps too. */
static enum grammar_tongue tongue_of(const struct command *command, const char *word, enum grammar_tongue tongue)
{
	bool same = str_equal(command->name, command->english) || str_equal(command->neutral, word);

	return same ? GRAMMAR_NEUTRAL : tongue;
}

static void consider_all(struct search *search, const struct command *const *table)
{
	for (; *table; table++) {
		const struct command *command = *table;

		consider(search, command, command->name, tongue_of(command, command->name, GRAMMAR_NL));
		if (!str_equal(command->name, command->english))
			consider(search, command, command->english, tongue_of(command, command->english, GRAMMAR_EN));
		for (const char *const *alias = command->aliases; alias && *alias; alias++)
			consider(search, command, *alias, GRAMMAR_NL);
	}
}

enum grammar_verdict grammar_find(struct arena *arena, const char *body, const struct command *const *table,
                                  struct grammar_line *ret_line)
{
	struct grammar_line line = { 0 };
	struct search search = { .slips = SIZE_MAX, .line = &line };
	struct pieces pieces;
	bool readable;

	/* Most messages are no commands; they cost no more than this. */
	if (!strchr(body, '!') && !strstr(body, "！") && !strstr(body, "﹗"))
		return GRAMMAR_NONE;
	if (!take_apart(arena, body, &pieces))
		return GRAMMAR_NONE;
	search.typed = unicode_fold(arena, pieces.typed);
	if (strlen(search.typed) > TYPED_MAX)
		return GRAMMAR_NONE;
	consider_all(&search, table);
	line.typed = pieces.typed;
	line.rest = pieces.rest;
	readable = !pieces.loose && strlen(search.typed) >= TYPED_MIN;
	if (search.slips > 0 && !readable)
		return GRAMMAR_NONE;
	*ret_line = line;
	if (search.slips == 0)
		return GRAMMAR_COMMAND;
	return line.command ? GRAMMAR_NEAR_MISS : GRAMMAR_UNKNOWN;
}

enum language grammar_language(enum grammar_tongue tongue, enum language otherwise)
{
	switch (tongue) {
	case GRAMMAR_NL:
		return LANGUAGE_NL;
	case GRAMMAR_EN:
		return LANGUAGE_EN;
	case GRAMMAR_NEUTRAL:
		break;
	}
	return otherwise;
}
