#include "text/when/length.h"

#include "text/when/words.h"

enum { HOUR = 60, DAY = 24 * HOUR, WEEK = 7 * DAY };

static const struct {
	const char *word;
	int minutes;
} units[] = {
	{ "m", 1 },	     { "min", 1 },    { "mins", 1 },	{ "minuut", 1 },  { "minuten", 1 },  { "minuutje", 1 },
	{ "minuutjes", 1 },  { "minute", 1 }, { "minutes", 1 },	{ "kwartier", 15 }, { "kwartiertje", 15 }, { "halfuur", HOUR / 2 },
	{ "halfuurtje", HOUR / 2 }, { "u", HOUR }, { "uur", HOUR }, { "uren", HOUR }, { "uurtje", HOUR }, { "uurtjes", HOUR },
	{ "h", HOUR },	     { "hr", HOUR },  { "hrs", HOUR },	{ "hour", HOUR }, { "hours", HOUR }, { "d", DAY },
	{ "dag", DAY },	     { "dagen", DAY }, { "day", DAY },	{ "days", DAY },  { "w", WEEK },     { "wk", WEEK },
	{ "week", WEEK },    { "weken", WEEK }, { "weeks", WEEK },
};

/* "3", "drie", "een", "a", "een half", "half an", "anderhalf", in halves. */
static size_t halves_read(const struct phrase *phrase, size_t i, int *ret_halves)
{
	size_t half = token_is_one_of(phrase, i, "een", "a") ? i + 1 : i, after;
	int count;

	if (token_is_word(phrase, half, "half")) {
		*ret_halves = 1;
		return token_is_one_of(phrase, half + 1, "a", "an") ? half + 2 : half + 1;
	}
	if (token_is_word(phrase, i, "anderhalf")) {
		*ret_halves = 3;
		return i + 1;
	}
	if (token_is_one_of(phrase, i, "a", "an")) {
		*ret_halves = 2;
		return i + 1;
	}
	after = count_read(phrase, i, &count);
	if (after)
		*ret_halves = 2 * count;
	return after;
}

size_t length_read(const struct phrase *phrase, size_t i, struct length *ret_length)
{
	int halves;
	size_t after = halves_read(phrase, i, &halves);

	if (!after)
		return 0;
	for (size_t u = 0; u < ARRAY_LEN(units); u++) {
		int minutes = units[u].minutes;

		if (!token_is_word(phrase, after, units[u].word))
			continue;
		if (halves < 1 || halves > 2 * LENGTH_MINUTES_MAX / minutes || (minutes == 1 && halves % 2))
			return 0;
		*ret_length = (struct length){ minutes * halves / 2, minutes <= HOUR };
		return after + 1;
	}
	return 0;
}

bool length_is_vague(const struct phrase *phrase, size_t after)
{
	return token_is_one_of(phrase, after, "of", "or") && count_read(phrase, after + 1, &(int){ 0 });
}
