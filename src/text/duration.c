#include "text/duration.h"

#include <string.h>

#include "text/when/token.h"
#include "text/when/words.h"

enum { HOUR = 60, DAY = 24 * HOUR, WEEK = 7 * DAY };

static const struct {
	const char *word;
	int minutes;
} unit_words[] = {
	{ "m", 1 },	     { "min", 1 },    { "mins", 1 },	{ "minuut", 1 },  { "minuten", 1 },  { "minute", 1 },
	{ "minutes", 1 },    { "kwartier", 15 }, { "u", HOUR },	{ "uur", HOUR },  { "uren", HOUR },  { "uurtje", HOUR },
	{ "h", HOUR },	     { "hr", HOUR },  { "hrs", HOUR },	{ "hour", HOUR }, { "hours", HOUR }, { "d", DAY },
	{ "dag", DAY },	     { "dagen", DAY }, { "day", DAY },	{ "days", DAY },  { "w", WEEK },     { "wk", WEEK },
	{ "week", WEEK },    { "weken", WEEK }, { "weeks", WEEK },
};

static const char *const joints[] = { "en", "and", "plus", NULL };
static const char *const closings[] = { "van", "tevoren", "vooraf", "ervoor", "eerder", "voor", "before", "ahead", "in", "advance", NULL };

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

static size_t duration_read(const struct phrase *phrase, size_t i, int *ret_minutes)
{
	int halves;
	size_t after = halves_read(phrase, i, &halves);

	if (!after)
		return 0;
	for (size_t u = 0; u < ARRAY_LEN(unit_words); u++) {
		int minutes = unit_words[u].minutes;

		if (!token_is_word(phrase, after, unit_words[u].word))
			continue;
		if (halves < 1 || halves > 2 * DURATION_MINUTES_MAX / minutes || (minutes == 1 && halves % 2))
			return 0;
		*ret_minutes = minutes * halves / 2;
		return after + 1;
	}
	return 0;
}

/* Keeps the list sorted, the longest first; false when it is full. */
static bool duration_add(struct durations *durations, int minutes)
{
	size_t at = 0;

	while (at < durations->len && durations->minutes[at] > minutes)
		at++;
	if (at < durations->len && durations->minutes[at] == minutes)
		return true;
	if (durations->len == DURATIONS_MAX)
		return false;
	memmove(&durations->minutes[at + 1], &durations->minutes[at], (durations->len - at) * sizeof durations->minutes[0]);
	durations->minutes[at] = minutes;
	durations->len++;
	return true;
}

bool durations_parse(struct arena *arena, const char *text, struct durations *ret_durations)
{
	struct phrase phrase = phrase_split(arena, text);
	struct durations durations = { .len = 0 };
	size_t i = 0;

	while (i < phrase.len) {
		int minutes;
		size_t after = duration_read(&phrase, i, &minutes);

		if (!after)
			break;
		if (!duration_add(&durations, minutes))
			return false;
		i = after;
		while (token_at(&phrase, i)->kind == TOKEN_MARK && strchr(",;+&./", token_at(&phrase, i)->fold[0]))
			i++;
		if (token_is_listed(&phrase, i, joints))
			i++;
	}
	while (token_is_listed(&phrase, i, closings) || token_is_mark(&phrase, i, '.') || token_is_mark(&phrase, i, '!'))
		i++;
	if (i < phrase.len || phrase.bytes < strlen(text) || !durations.len)
		return false;
	*ret_durations = durations;
	return true;
}

char *duration_spoken(struct arena *arena, enum language language, int minutes)
{
	static const struct {
		int minutes;
		const char *one[LANGUAGE_MAX], *many[LANGUAGE_MAX];
	} units[] = {
		{ WEEK, { "week", "week" }, { "weken", "weeks" } },
		{ DAY, { "dag", "day" }, { "dagen", "days" } },
		{ HOUR, { "uur", "hour" }, { "uur", "hours" } },
		{ 1, { "minuut", "minute" }, { "minuten", "minutes" } },
	};
	size_t u = 0;

	while (minutes % units[u].minutes)
		u++;
	minutes /= units[u].minutes;
	return arena_printf(arena, "%d %s", minutes, minutes == 1 ? units[u].one[language] : units[u].many[language]);
}
