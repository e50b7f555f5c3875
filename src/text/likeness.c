#include "text/likeness.h"

#include <string.h>

#include "base/compiler.h"
#include "base/str.h"
#include "text/unicode.h"

/* A part of a compound is at least this long: "kleding" in "kledingruil", but not "tas" in "fantastisch". */
enum { PART_MIN = 5, WORD_MIN = 3, STEM_MIN = 4, WORDS_MAX = 32 };

/* Folded. What meetings of every kind are called, when they are, and for whom. */
static const char *const common[] = {
	"aan", "alle", "and", "avond", "bewoners", "bij", "bijeenkomst", "bijeenkomsten", "buren", "buurt", "dag", "dagen", "day", "de",
	"een", "elkaar", "event", "evening", "everybody", "feest", "for", "from", "gezamenlijk", "gezamenlijke", "gezellig", "gezellige", "grote",
	"group", "groep", "het", "iedereen", "jaarlijks", "jaarlijkse", "meeting", "met", "middag", "morgen", "morning", "neighbourhood",
	"neighbours", "ochtend", "onze", "open", "our", "over", "party", "residents", "samen", "the", "together", "van", "voor",
	"welcome", "welkom", "with",
};

struct words {
	const char *list[WORDS_MAX];
	size_t len;
};

static bool is_common(const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(common); i++) {
		if (str_equal(word, common[i]))
			return true;
	}
	return false;
}

/* Without the ending of a plural or a diminutive, as far as enough is left. */
static void cut_ending(char *word)
{
	static const char *const endings[] = { "jes", "je", "en", "s", "e" };
	size_t len = strlen(word);

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t cut = strlen(endings[i]);

		if (len >= STEM_MIN + cut && str_ends(word, endings[i])) {
			word[len - cut] = '\0';
			return;
		}
	}
}

/* Anything but ASCII signs and blanks is part of a word. */
static bool ends_word(char c)
{
	return c > '\0' && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
}

static void read_words(struct arena *arena, const char *title, struct words *ret_words)
{
	char *at = unicode_fold(arena, title);

	ret_words->len = 0;
	while (*at && ret_words->len < WORDS_MAX) {
		char *word;

		while (ends_word(*at))
			at++;
		word = at;
		while (*at && !ends_word(*at))
			at++;
		if (*at)
			*at++ = '\0';
		if (strlen(word) < WORD_MIN || is_common(word))
			continue;
		cut_ending(word);
		ret_words->list[ret_words->len++] = word;
	}
}

/* The same, or the one is the first or the last part of the other. */
static bool words_are_like(const char *a, const char *b)
{
	const char *shorter = strlen(a) < strlen(b) ? a : b, *longer = shorter == a ? b : a;

	return str_equal(a, b) || (strlen(shorter) >= PART_MIN && (str_starts(longer, shorter) || str_ends(longer, shorter)));
}

bool likeness_of_titles(struct arena *arena, const char *a, const char *b)
{
	struct words left, right;

	read_words(arena, a, &left);
	read_words(arena, b, &right);
	for (size_t i = 0; i < left.len; i++) {
		for (size_t j = 0; j < right.len; j++) {
			if (words_are_like(left.list[i], right.list[j]))
				return true;
		}
	}
	return false;
}
