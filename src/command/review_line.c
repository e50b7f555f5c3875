#include "command/review_line.h"

#include <string.h>

#include "base/str.h"
#include "command/number.h"
#include "text/unicode.h"

#define BETWEEN " ,;:\n"

/* The word that begins at text, and where the next one does. */
static const char *take_word(struct arena *arena, const char *text, const char **ret_next)
{
	size_t len = strcspn(text, BETWEEN);

	*ret_next = text + len + strspn(text + len, BETWEEN);
	return arena_dup_n(arena, text, len);
}

static bool is_one_of(struct arena *arena, const char *word, const char *const *words, size_t len)
{
	const char *folded = unicode_fold(arena, word);

	for (size_t i = 0; i < len; i++) {
		if (str_equal(folded, words[i]))
			return true;
	}
	return false;
}

/* "bon 17 en 18": words between the numbers that say nothing. */
static bool is_filler(struct arena *arena, const char *word)
{
	static const char *const fillers[] = { "bon", "bonnen", "receipt", "receipts", "en", "and", "nummer", "nr", "#" };

	return is_one_of(arena, word, fillers, ARRAY_LEN(fillers));
}

void review_line_read(struct arena *arena, const char *text, size_t max, struct review_line *ret_line)
{
	struct review_line line = { .len = 0 };
	const char *at = text + strspn(text, BETWEEN), *rest = at;

	while (*at && line.len < max) {
		const char *next, *word = take_word(arena, at, &next);

		at = next;
		if (number_parse(word, &line.numbers[line.len])) {
			line.len++;
			rest = at;
		} else if (!is_filler(arena, word)) {
			break;
		}
	}
	rest += strspn(rest, ": ");
	line.rest = rest;
	*ret_line = line;
}

const char *review_line_alone(struct arena *arena, const struct review_line *line)
{
	static const char *const words[] = { "alleen", "alone" };
	const char *next, *word = take_word(arena, line->rest, &next);

	return is_one_of(arena, word, words, ARRAY_LEN(words)) ? next : NULL;
}

bool sample_line_read(struct arena *arena, const char *text, struct sample_line *ret_line)
{
	static const char *const seeds[] = { "zaad", "seed" };
	struct sample_line line = { .count = SAMPLE_DEFAULT };
	const char *at = text, *next, *word = take_word(arena, at, &next);
	int64_t number;

	if (number_parse(word, &number)) {
		line.count = number > SAMPLE_MAX ? SAMPLE_MAX : (size_t)number;
		at = next;
		word = take_word(arena, at, &next);
	}
	if (is_one_of(arena, word, seeds, ARRAY_LEN(seeds))) {
		line.has_seed = sample_seed_parse(take_word(arena, next, &at), line.seed);
		if (!line.has_seed)
			return false;
	}
	if (*at)
		return false;
	*ret_line = line;
	return true;
}

/* Where one of two words stands in text, as a word of its own; *ret_after is what follows it. NULL when it does not. */
static const char *find_word(struct arena *arena, const char *text, const char *dutch, const char *english, const char **ret_after)
{
	const char *const words[] = { dutch, english };

	for (const char *at = text + strspn(text, BETWEEN), *next; *at; at = next) {
		if (!is_one_of(arena, take_word(arena, at, &next), words, ARRAY_LEN(words)))
			continue;
		*ret_after = next;
		return at;
	}
	return NULL;
}

/* The word is one of the name's. */
static bool stands_in(struct arena *arena, const char *word, const char *name)
{
	const char *folded = unicode_fold(arena, word);

	for (const char *at = name, *next; *at; at = next) {
		size_t len = strcspn(at, BETWEEN "()");

		next = at + len + strspn(at + len, BETWEEN "()");
		if (str_equal(unicode_fold(arena, arena_dup_n(arena, at, len)), folded))
			return true;
	}
	return false;
}

/*
 * The line at the beginning of text: the fewest words that choose one, and what follows of its name. *ret_rest is what
 * comes behind.
 */
static struct line_match match_beginning(struct arena *arena, const char *text, const struct line *lines, size_t len, const char **ret_words,
					 const char **ret_rest)
{
	enum { NAME_WORDS_MAX = 8 };
	struct line_match match = line_match_named(arena, text, lines, len);
	const char *at = text, *words = text, *rest = "";
	bool chosen = false;

	for (size_t i = 0; i < NAME_WORDS_MAX && *at; i++) {
		const char *next, *word = take_word(arena, at, &next);
		const char *so_far = arena_dup_n(arena, text, (size_t)(at - text) + strlen(word));

		if (chosen && !stands_in(arena, word, lines[match.chosen].name))
			break;
		if (!chosen) {
			struct line_match found = line_match_named(arena, so_far, lines, len);

			chosen = found.kind == LINE_MATCH_CLEAR;
			if (chosen)
				match = found;
		}
		if (chosen) {
			words = so_far;
			rest = next;
		}
		at = next;
	}
	*ret_words = words;
	*ret_rest = rest + strspn(rest, ":- ");
	return match;
}

void move_line_read(struct arena *arena, const char *text, const struct line *lines, size_t lines_len, struct move_line *ret_line)
{
	struct move_line line = { .amount_read = AMOUNT_MISSING, .reason = "" };
	const char *from, *after_from, *to, *after_to, *end;
	struct amount amount;

	from = find_word(arena, text, "van", "from", &after_from);
	to = from ? find_word(arena, after_from, "naar", "to", &after_to) : NULL;
	line.amount_read = amount_parse(arena, from ? arena_dup_n(arena, text, (size_t)(from - text)) : text, &amount);
	if (line.amount_read == AMOUNT_OK)
		line.amount = amount.amount;
	if (to) {
		end = to;
		while (end > after_from && strchr(BETWEEN, end[-1]))
			end--;
		line.from = arena_dup_n(arena, after_from, (size_t)(end - after_from));
		line.from_match = line_match_named(arena, line.from, lines, lines_len);
		line.to_match = match_beginning(arena, after_to, lines, lines_len, &line.to, &line.reason);
	}
	*ret_line = line;
}
