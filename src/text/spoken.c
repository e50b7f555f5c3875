#include "text/spoken.h"

#include "base/clock.h"

/* Patterns of ICU (UTS 35), and the words between two of them. */
static const struct {
	const char *date, *moment, *brief, *brief_day;
	const char *from, *to;       /* clocks of one day, moments on two */
	const char *all_day, *days_to;
} words[] = {
	[LANGUAGE_NL] = {
		.date = "EEEE d MMMM y",
		.moment = "EEEE d MMMM y 'om' HH:mm",
		.brief = "EEE d MMM HH:mm",
		.brief_day = "EEE d MMM",
		.from = "van",
		.to = "tot",
		.all_day = "de hele dag",
		.days_to = "t/m",
	},
	[LANGUAGE_EN] = {
		.date = "EEEE d MMMM y",
		.moment = "EEEE d MMMM y 'at' HH:mm",
		.brief = "EEE d MMM HH:mm",
		.brief_day = "EEE d MMM",
		.from = "from",
		.to = "to",
		.all_day = "all day",
		.days_to = "to",
	},
};

_Static_assert(ARRAY_LEN(words) == LANGUAGE_MAX, "words for every language");

/* An end so soon belongs to the same evening, whatever date it has. */
static const int64_t evening_ms = 12 * MS_PER_HOUR;

char *spoken_date(const struct zone *zone, struct arena *arena, enum language language, int64_t utc_ms)
{
	return zone_format_pattern(zone, arena, language, words[language].date, utc_ms);
}

char *spoken_clock(const struct zone *zone, struct arena *arena, int64_t utc_ms)
{
	struct wall wall = zone_wall(zone, utc_ms);

	return arena_printf(arena, "%02d:%02d", wall.hour, wall.minute);
}

char *spoken_moment(const struct zone *zone, struct arena *arena, enum language language, int64_t utc_ms)
{
	return zone_format_pattern(zone, arena, language, words[language].moment, utc_ms);
}

/* Of the first day only what differs from the last. */
static char *days_spoken(const struct zone *zone, struct arena *arena, enum language language, int64_t first_ms, int64_t last_ms)
{
	struct wall first = zone_wall(zone, first_ms), last = zone_wall(zone, last_ms);
	const char *pattern = words[language].date;

	if (first.year == last.year)
		pattern = first.month == last.month ? "EEEE d" : "EEEE d MMMM";
	return arena_printf(arena, "%s %s %s", zone_format_pattern(zone, arena, language, pattern, first_ms), words[language].days_to,
			    spoken_date(zone, arena, language, last_ms));
}

static char *all_day_spoken(const struct zone *zone, struct arena *arena, enum language language, const struct when *when)
{
	struct wall end, last;
	int64_t last_ms = when->start_ms;

	if (when->has_end) {
		end = zone_wall(zone, when->end_ms);
		last = wall_add_days(&end, -1);
		last_ms = zone_day_start(zone, &last);
	}
	if (last_ms > when->start_ms)
		return days_spoken(zone, arena, language, when->start_ms, last_ms);
	return arena_printf(arena, "%s, %s", spoken_date(zone, arena, language, when->start_ms), words[language].all_day);
}

char *spoken_when(const struct zone *zone, struct arena *arena, enum language language, const struct when *when)
{
	struct wall start = zone_wall(zone, when->start_ms), end;

	if (when->all_day)
		return all_day_spoken(zone, arena, language, when);
	if (!when->has_end)
		return spoken_moment(zone, arena, language, when->start_ms);
	end = zone_wall(zone, when->end_ms);
	if (wall_to_days(&start) == wall_to_days(&end) || when->end_ms - when->start_ms <= evening_ms)
		return arena_printf(arena, "%s %s %s %s %s", spoken_date(zone, arena, language, when->start_ms), words[language].from,
				    spoken_clock(zone, arena, when->start_ms), words[language].to,
				    spoken_clock(zone, arena, when->end_ms));
	return arena_printf(arena, "%s %s %s %s", words[language].from, spoken_moment(zone, arena, language, when->start_ms),
			    words[language].to, spoken_moment(zone, arena, language, when->end_ms));
}

char *spoken_brief(const struct zone *zone, struct arena *arena, enum language language, int64_t utc_ms, bool all_day)
{
	const char *pattern = all_day ? words[language].brief_day : words[language].brief;
	char *text = zone_format_pattern(zone, arena, language, pattern, utc_ms), *to = text;

	/* Whether a short month has a full stop changes with ICU's versions. */
	for (const char *from = text; *from; from++) {
		if (*from != '.')
			*to++ = *from;
	}
	*to = '\0';
	return text;
}
