/*
 * Which line a receipt's words mean. Each word of the receipt that fits a word of a line's name points
 * at that line; a line is meant clearly when every word that points anywhere points at it. So "verf
 * moestuin" is clear, and "kinderen excursie" is not where there is a line for either.
 */
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "budget/line.h"
#include "text/unicode.h"

/* Words beyond these say nothing new about the line. */
enum { WORDS_MAX = 64 };

struct words {
	const char *items[WORDS_MAX];
	size_t len;
	const char *joined; /* all of them without what stood between: "eten-deel-kasten" as "etendeelkasten" */
};

/* How people name a line when they choose it differs from how receipts happen to mention it. */
enum manner { MANNER_MENTION, MANNER_CHOICE };

/* What a line's name has in common with the text. */
struct overlap {
	uint64_t words; /* bit i: the text's word i points at this line */
	bool whole;     /* the whole name stands in the text */
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static struct words words_of(struct arena *arena, const char *text)
{
	char *folded = unicode_fold(arena, text);
	char *joined = arena_alloc(arena, strlen(folded) + 1);
	struct words words = { .joined = joined };

	for (char *at = folded; *at && words.len < WORDS_MAX;) {
		size_t len = 0;

		while (*at && !is_letter(*at))
			at++;
		while (is_letter(at[len]))
			len++;
		if (!len)
			break;
		memcpy(joined, at, len);
		joined += len;
		words.items[words.len++] = arena_dup_n(arena, at, len);
		at += len;
	}
	return words;
}

/* Words that stand in many names and mean none. */
static bool is_common(const char *word)
{
	static const char *const common[] = { "voor", "van", "met", "naar", "door", "over", "onze", "jullie", "and", "the", "for", "with", "from", "our" };

	for (size_t i = 0; i < ARRAY_LEN(common); i++) {
		if (str_equal(common[i], word))
			return true;
	}
	return false;
}

/* "kast" and "kasten", "night" and "nights", "cursus" and "cursussen". */
static bool differ_by_ending(const char *shorter, const char *longer)
{
	static const char *const endings[] = { "s", "e", "n", "en", "es", "sen", "je", "jes" };
	size_t len = strlen(shorter);

	if (len < 4 || !str_starts(longer, shorter))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		if (str_equal(longer + len, endings[i]))
			return true;
	}
	return false;
}

static bool fits(const char *name_word, const char *word, enum manner manner)
{
	/* What Dutch glues behind a name long enough to be recognised: "moestuinaarde". */
	enum { COMPOUND_MIN = 7, BEGINNING_MIN = 3 };

	if (str_equal(name_word, word) || differ_by_ending(name_word, word) || differ_by_ending(word, name_word))
		return true;
	if (strlen(name_word) >= COMPOUND_MIN && str_starts(word, name_word))
		return true;
	return manner == MANNER_CHOICE && strlen(word) >= BEGINNING_MIN && str_starts(name_word, word);
}

static uint64_t find_word(const char *name_word, const struct words *text, enum manner manner)
{
	for (size_t i = 0; i < text->len; i++) {
		if (fits(name_word, text->items[i], manner))
			return UINT64_C(1) << i;
	}
	return 0;
}

static struct overlap overlap_of(const struct words *name, const struct words *text, enum manner manner)
{
	enum { MEANING_MIN = 4 };
	struct overlap overlap = { .words = 0, .whole = true };
	uint64_t all = 0;

	for (size_t i = 0; i < name->len; i++) {
		uint64_t found = find_word(name->items[i], text, manner);

		all |= found;
		if (!found)
			overlap.whole = false;
		else if (manner == MANNER_CHOICE || (strlen(name->items[i]) >= MEANING_MIN && !is_common(name->items[i])))
			overlap.words |= found;
	}
	if (overlap.whole) {
		/* Named in full, its small words count as well: "eet je mee". */
		overlap.words = all;
	} else if (name->len > 1) {
		uint64_t found = find_word(name->joined, text, manner);

		overlap.whole = found != 0;
		overlap.words |= found;
	}
	return overlap;
}

/* Does everything that points at b point at a too, and a stand out? */
static bool beats(struct overlap a, struct overlap b)
{
	if ((a.words | b.words) != a.words)
		return false;
	return a.words != b.words || (a.whole && !b.whole);
}

/* The line that beats all others, or len. */
static size_t find_winner(const struct overlap *overlaps, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		size_t beaten = 0;

		for (size_t j = 0; j < len; j++)
			beaten += j != i && beats(overlaps[i], overlaps[j]);
		if (overlaps[i].words && beaten == len - 1)
			return i;
	}
	return len;
}

static struct line_match unclear(struct arena *arena, const struct overlap *overlaps, size_t len)
{
	struct line_match match = { .kind = LINE_MATCH_UNCLEAR, .options = arena_array(arena, size_t, len) };
	bool any = false;

	for (size_t i = 0; i < len; i++)
		any = any || overlaps[i].words;
	for (size_t i = 0; i < len; i++) {
		if (overlaps[i].words || !any)
			match.options[match.options_len++] = i;
	}
	return match;
}

/* The only free line, or len. */
static size_t find_free(const struct line *lines, size_t len)
{
	size_t found = len;

	for (size_t i = 0; i < len; i++) {
		if (lines[i].kind != LINE_KIND_FREE)
			continue;
		if (found != len)
			return len;
		found = i;
	}
	return found;
}

static struct overlap *overlaps_of(struct arena *arena, const struct words *text, const struct line *lines, size_t len, enum manner manner)
{
	struct overlap *overlaps = arena_array(arena, struct overlap, len);

	for (size_t i = 0; i < len; i++) {
		struct words name = words_of(arena, lines[i].name);

		overlaps[i] = overlap_of(&name, text, manner);
	}
	return overlaps;
}

struct line_match line_match(struct arena *arena, const char *words, const struct line *lines, size_t lines_len)
{
	struct words text = words_of(arena, words);
	struct overlap *overlaps = overlaps_of(arena, &text, lines, lines_len, MANNER_MENTION);
	size_t winner = find_winner(overlaps, lines_len), free_line = find_free(lines, lines_len);

	for (size_t i = 0; i < lines_len && winner == lines_len; i++) {
		if (overlaps[i].words)
			return unclear(arena, overlaps, lines_len);
	}
	if (winner < lines_len)
		return (struct line_match){ .kind = LINE_MATCH_CLEAR, .chosen = winner };
	if (free_line < lines_len)
		return (struct line_match){ .kind = LINE_MATCH_FREE, .chosen = free_line };
	return unclear(arena, overlaps, lines_len);
}

struct line_match line_match_named(struct arena *arena, const char *name, const struct line *lines, size_t lines_len)
{
	struct words text = words_of(arena, name);
	struct overlap *overlaps = overlaps_of(arena, &text, lines, lines_len, MANNER_CHOICE);
	size_t winner = find_winner(overlaps, lines_len), free_line = find_free(lines, lines_len);

	if (winner == lines_len && free_line < lines_len && text.len == 1 && (str_equal(text.joined, "vrij") || str_equal(text.joined, "free")))
		winner = free_line;
	if (winner < lines_len)
		return (struct line_match){ .kind = LINE_MATCH_CLEAR, .chosen = winner };
	return unclear(arena, overlaps, lines_len);
}
