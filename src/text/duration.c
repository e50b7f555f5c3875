#include "text/duration.h"

#include <string.h>

#include "text/when/length.h"
#include "text/when/token.h"

enum { HOUR = 60, DAY = 24 * HOUR, WEEK = 7 * DAY };

static const char *const joints[] = { "en", "and", "plus", NULL };
static const char *const closings[] = { "van", "tevoren", "vooraf", "ervoor", "eerder", "voor", "before", "ahead", "in", "advance", NULL };

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
		struct length length;
		size_t after = length_read(&phrase, i, &length);

		if (!after)
			break;
		if (!duration_add(&durations, length.minutes))
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
