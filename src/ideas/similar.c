#include "ideas/similar.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "ideas/similar_words.h"

/* Words beyond these tell nothing new; letters beyond these weigh no more. */
enum { WORDS_MAX = 24, WEIGHT_MAX = 10, HALF_LEAST = 3 };

/* Pieces of words, as the index of trigrams can find them. */
enum { PIECE_LEAST = 3, PIECE_LETTERS = 4, MATCH_CEILING = 16384 };

/* How much of a word counts that tells where or for whom. */
#define ASIDE_WEIGHT  0.3
/* Half of a compound: its end tells what it is ("moestuin"), its beginning which one. */
#define END_SHARE     0.8
#define BEGIN_SHARE   0.45
/* Words share this many of their trigrams at least, or they have nothing in common. */
#define LIKE_LEAST    0.65
/* The text that is told better by the other counts for more: one may be long. */
#define BETTER_SHARE  0.6

struct word {
	const char *typed;
	const char *stem; /* of its meaning */
	size_t len;       /* of stem */
	double weight;
};

struct similar_text {
	struct word words[WORDS_MAX];
	size_t len;
};


/* Cut one of these off when a word of some length stays. */
static void cut_ending(char *word)
{
	static const char *const endings[] = { "etjes", "tjes", "jes", "etje", "tje", "je", "ingen", "en", "es", "s", "e" };
	size_t len = strlen(word);

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t cut = strlen(endings[i]);

		if (len >= cut + 3 && str_ends(word, endings[i])) {
			word[len - cut] = '\0';
			return;
		}
	}
}

/* "boeken", "boek"; "bomen", "boom"; "rekken", "rek"; "huizen", "huis": spelt alike. */
static char *stem_of(struct arena *arena, const char *typed)
{
	char *word = arena_dup(arena, typed);
	char *end = word;

	cut_ending(word);
	for (const char *at = word; *at; at++) {
		bool doubled = at > word && at[-1] == *at && islower((unsigned char)*at);

		if (!doubled)
			*end++ = *at;
	}
	*end = '\0';
	if (end > word && end[-1] == 'z')
		end[-1] = 's';
	if (end > word && end[-1] == 'v')
		end[-1] = 'f';
	return word;
}

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

const struct similar_text *similar_text_read(struct arena *arena, const char *folded)
{
	struct similar_text *text = arena_new(arena, struct similar_text);
	bool aside = false;

	for (const char *at = folded; *at && text->len < WORDS_MAX;) {
		const char *word = at;
		size_t len;

		while (is_letter(*at))
			at++;
		len = (size_t)(at - word);
		at += !len;
		if (!len)
			continue;
		word = arena_dup_n(arena, word, len);
		if (similar_word_is_preposition(word)) {
			aside = true;
		} else if (!similar_word_is_stop(word) && len > 1) {
			const char *stem = similar_word_meaning(stem_of(arena, word));
			size_t letters = strlen(stem);

			text->words[text->len++] = (struct word){ word, stem, letters,
				(double)(letters < WEIGHT_MAX ? letters : WEIGHT_MAX) * (aside ? ASIDE_WEIGHT : 1) };
			aside = false;
		}
	}
	return text;
}

/* The trigram that begins at letter i of "  word ", so that beginnings and ends count. */
static void trigram_at(const struct word *word, size_t i, char trigram[3])
{
	for (size_t j = 0; j < 3; j++)
		trigram[j] = i + j >= 2 && i + j - 2 < word->len ? word->stem[i + j - 2] : ' ';
}

/* Twice the trigrams they share, of all: 0 to 1. */
static double likeness(const struct word *a, const struct word *b)
{
	size_t of_a = a->len + 1, of_b = b->len + 1, shared = 0;

	for (size_t i = 0; i < of_a; i++) {
		char left[3], right[3];

		trigram_at(a, i, left);
		for (size_t j = 0; j < of_b; j++) {
			trigram_at(b, j, right);
			if (memcmp(left, right, sizeof left) == 0) {
				shared++;
				break;
			}
		}
	}
	return 2 * (double)shared / (double)(of_a + of_b);
}

static bool begins(const struct word *part, const struct word *whole)
{
	return part->len >= HALF_LEAST && part->len < whole->len && memcmp(part->stem, whole->stem, part->len) == 0;
}

static bool ends(const struct word *part, const struct word *whole)
{
	return part->len >= HALF_LEAST && part->len < whole->len && str_ends(whole->stem, part->stem);
}

/* How much of word the words of the other text tell. */
static double told(const struct word *word, const struct similar_text *other)
{
	double best = 0, begun = 0, ended = 0;

	for (size_t i = 0; i < other->len; i++) {
		const struct word *by = &other->words[i];
		double like;

		if (str_equal(word->stem, by->stem))
			return 1;
		if (begins(by, word))
			begun = BEGIN_SHARE;
		if (ends(by, word))
			ended = END_SHARE;
		if (begins(word, by) && best < BEGIN_SHARE)
			best = BEGIN_SHARE;
		if (ends(word, by) && best < END_SHARE)
			best = END_SHARE;
		like = likeness(word, by);
		if (like >= LIKE_LEAST && like > best)
			best = like;
	}
	if (begun + ended > best)
		best = begun + ended;
	return best > 1 ? 1 : best;
}

/* The share of a's weight that b tells. */
static double covered(const struct similar_text *a, const struct similar_text *b)
{
	double sum = 0, all = 0;

	for (size_t i = 0; i < a->len; i++) {
		sum += a->words[i].weight * told(&a->words[i], b);
		all += a->words[i].weight;
	}
	return all > 0 ? sum / all : 0;
}

double similar_score(const struct similar_text *a, const struct similar_text *b)
{
	double one = covered(a, b), other = covered(b, a);

	return one > other ? BETTER_SHARE * one + (1 - BETTER_SHARE) * other : BETTER_SHARE * other + (1 - BETTER_SHARE) * one;
}

/* Beginning and end as pieces to look for; in ASCII alone, for a piece of another letter is none. */
static void add_pieces(struct buf *match, const struct word *word)
{
	size_t len = strlen(word->typed), walk = 0;
	const char *piece;

	for (const char *at = word->typed; *at; at++) {
		if ((unsigned char)*at >= 0x80)
			return;
	}
	if (len >= PIECE_LEAST)
		buf_printf(match, " OR \"%.*s\"", PIECE_LETTERS, word->typed);
	if (len >= (size_t)2 * PIECE_LETTERS)
		buf_printf(match, " OR \"%s\"", word->typed + len - PIECE_LETTERS);
	while ((piece = similar_word_piece(word->stem, &walk)))
		buf_printf(match, " OR \"%s\"", piece);
}

char *similar_format_match(struct arena *arena, const struct similar_text *text)
{
	AUTO_BUF match;

	buf_init(&match, MATCH_CEILING);
	for (size_t i = 0; i < text->len; i++)
		add_pieces(&match, &text->words[i]);
	return match.len && !match.overflowed ? arena_dup(arena, match.data + strlen(" OR ")) : NULL;
}
