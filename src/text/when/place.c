#include "text/when/place.h"

#include <string.h>

#include "base/str.h"
#include "text/when/words.h"

enum { PLACE_WORDS_MAX = 5, CLEAR_WORDS_MAX = 3 };

/* Tokens from first up to after, the preposition before them. */
struct stretch {
	size_t preposition;
	size_t first;
	size_t after;
	size_t words;
};

struct search {
	struct arena *arena;
	const struct phrase *phrase;
	bool *taken;
	const char *const *names;
	const struct phrase *name_phrases;
	size_t names_len;
};

/* What people say after "in" and "bij" without meaning a place. */
static const char *const idioms[] = {
	"kader",   "verband",	 "gesprek", "overleg",	  "actie",   "beweging", "plaats", "samenwerking", "elkaar", "voorkeur",
	"interesse", "regen",	 "goed",    "slecht",	  "mooi",    "voldoende", "kort",   "nederlands",   "engels", "dutch",
	"english", "case",	 "memory",  "touch",	  "person",  "least",	 "all",	   "honour",	   "honor",  "geval",
	"teken",   "ontwikkeling", "opbouw", NULL,
};

/* Where a place ends and something else is said. */
static const char *const stops[] = {
	"met", "voor", "over", "door", "zonder", "om", "with", "for", "about", "by", "without", "in", "bij", "at", "op", "on", "vanaf", "tot",
	NULL,
};

static bool is_separator(const struct phrase *phrase, size_t i)
{
	const struct token *token = token_at(phrase, i);

	if (token->kind != TOKEN_MARK)
		return false;
	/* The dash in K-buurt and the dot in a web address touch on both sides. */
	if (token->glued && token_at(phrase, i + 1)->glued && strchr("-./'", token->fold[0]))
		return false;
	return strchr(",;:.!?()-|/", token->fold[0]) != NULL;
}

/* Nothing of the sentence goes on at token i. */
static bool is_bounded(const struct search *search, size_t i)
{
	return i >= search->phrase->len || search->taken[i] || is_separator(search->phrase, i) || token_at(search->phrase, i)->new_line;
}

/* Index after a preposition of place at token i, 0 when there is none. */
static size_t preposition_read(const struct search *search, size_t i)
{
	static const char *const labels[] = { "plaats", "locatie", "waar", "place", "location", "where", NULL };
	const struct phrase *phrase = search->phrase;

	if (token_is_one_of(phrase, i, "in", "bij", "at"))
		return i + 1;
	if (token_is_mark(phrase, i, '@') && (!token_at(phrase, i)->glued || token_at(phrase, i - 1)->kind == TOKEN_MARK))
		return i + 1;
	return token_is_listed(phrase, i, labels) && token_is_glued_mark(phrase, i + 1, ':') ? i + 2 : 0;
}

/* Index after the name when it stands at token i; marks do not count. */
static size_t name_match(const struct search *search, size_t name, size_t i)
{
	const struct phrase *wanted = &search->name_phrases[name];
	size_t at = i;

	if (!token_is_apart(search->phrase, i))
		return 0;
	for (size_t w = 0; w < wanted->len; w++) {
		const struct token *token = &wanted->tokens[w];

		if (token->kind == TOKEN_MARK)
			continue;
		while (at > i && at < search->phrase->len && token_at(search->phrase, at)->kind == TOKEN_MARK &&
		       !is_separator(search->phrase, at))
			at++;
		if (at >= search->phrase->len || search->taken[at] || !str_equal(token_at(search->phrase, at)->fold, token->fold))
			return 0;
		at++;
	}
	return at > i && token_is_apart(search->phrase, at) ? at : 0;
}

/* The longest name at token i; names_len when there is none. */
static size_t name_at(const struct search *search, size_t i, size_t *ret_after)
{
	size_t best = search->names_len;

	*ret_after = 0;
	for (size_t name = 0; name < search->names_len; name++) {
		size_t after = name_match(search, name, i);

		if (after > *ret_after) {
			*ret_after = after;
			best = name;
		}
	}
	return best;
}

static void take(const struct search *search, size_t first, size_t after)
{
	for (size_t i = first; i < after; i++)
		search->taken[i] = true;
}

static const char *stretch_text(const struct search *search, const struct stretch *stretch)
{
	const struct token *first = token_at(search->phrase, stretch->first), *last = token_at(search->phrase, stretch->after - 1);

	return arena_dup_n(search->arena, search->phrase->text + first->at, last->at + last->len - first->at);
}

/* "in de Kruitberg": the preposition goes along with the name. */
static const char *named_after_preposition(const struct search *search)
{
	for (size_t i = 0; i < search->phrase->len; i++) {
		size_t at = search->taken[i] ? 0 : preposition_read(search, i), name, after;

		if (!at)
			continue;
		name = name_at(search, at, &after);
		if (!after && token_is_one_of(search->phrase, at, "de", "het", "the", "flat"))
			name = name_at(search, at + 1, &after);
		if (!after)
			continue;
		take(search, i, token_is_word(search->phrase, after, "flat") ? after + 1 : after);
		return search->names[name];
	}
	return NULL;
}

/* What follows the preposition at token i, as far as it can be a place. */
static bool stretch_read(const struct search *search, size_t i, struct stretch *ret_stretch)
{
	const struct phrase *phrase = search->phrase;
	size_t first = preposition_read(search, i), at, words = 0;
	int month;

	if (!first || is_bounded(search, first) || token_at(phrase, first)->kind == TOKEN_NUMBER || month_read(phrase, first, &month))
		return false;
	at = token_is_one_of(phrase, first, "de", "het", "the") ? first + 1 : first;
	if (token_is_listed(phrase, at, idioms))
		return false;
	for (at = first; !is_bounded(search, at) && !token_is_listed(phrase, at, stops); at++)
		words += token_at(phrase, at)->kind != TOKEN_MARK && token_is_apart(phrase, at);
	if (at == first || words > PLACE_WORDS_MAX)
		return false;
	*ret_stretch = (struct stretch){ i, first, at, words };
	return true;
}

/* Whether anything but marks is said before token end. */
static bool is_said(const struct search *search, size_t end)
{
	for (size_t i = 0; i < end; i++) {
		if (!search->taken[i] && token_at(search->phrase, i)->kind != TOKEN_MARK)
			return true;
	}
	return false;
}

/*
 * Whether the words are a place and no more. At the beginning of a sentence that is hard to tell: "in de hal
 * samen koffie drinken" does not show where the place ends.
 */
static bool is_clear(const struct search *search, const struct stretch *stretch)
{
	if (is_said(search, stretch->preposition))
		return true;
	return is_bounded(search, stretch->after) && stretch->words <= CLEAR_WORDS_MAX;
}

/* "in de tuin van Kikkenstein": with_name looks for those only. */
static const char *free_after_preposition(const struct search *search, bool with_name)
{
	for (size_t i = 0; i < search->phrase->len; i++) {
		struct stretch stretch;
		bool named = false;

		if (search->taken[i] || !stretch_read(search, i, &stretch))
			continue;
		for (size_t at = stretch.first; at < stretch.after; at++) {
			size_t after;

			name_at(search, at, &after);
			named = named || (after && after <= stretch.after);
		}
		if (with_name ? !named : !is_clear(search, &stretch))
			continue;
		take(search, stretch.preposition, stretch.after);
		return stretch_text(search, &stretch);
	}
	return NULL;
}

/* A name with nothing before it that leads to it: alone between commas, at the end, or in a sentence. */
static const char *bare_name(const struct search *search)
{
	size_t found = search->names_len, first = 0, after = 0;
	bool alone = false, several = false;

	for (size_t i = 0; i < search->phrase->len && !alone; i++) {
		size_t end, name = search->taken[i] ? search->names_len : name_at(search, i, &end);

		if (name == search->names_len)
			continue;
		alone = (i == 0 || is_bounded(search, i) || is_bounded(search, i - 1)) && is_bounded(search, end);
		several = several || (found < search->names_len && found != name);
		found = name;
		first = i;
		after = end;
	}
	if (found == search->names_len || (several && !alone))
		return NULL;
	if (is_bounded(search, after))
		take(search, first, after);
	return search->names[found];
}

const char *place_take(struct arena *arena, const struct phrase *phrase, bool *taken, const char *const *names, size_t names_len)
{
	struct phrase *name_phrases = arena_array(arena, struct phrase, names_len);
	struct search search = {
		.arena = arena,
		.phrase = phrase,
		.taken = taken,
		.names = names,
		.name_phrases = name_phrases,
		.names_len = names_len,
	};
	const char *place;

	for (size_t i = 0; i < names_len; i++)
		name_phrases[i] = phrase_split(arena, names[i]);
	place = named_after_preposition(&search);
	if (!place)
		place = free_after_preposition(&search, true);
	if (!place)
		place = bare_name(&search);
	return place ? place : free_after_preposition(&search, false);
}
