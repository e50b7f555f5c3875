#include "text/spoken.h"

#include <string.h>

#include "base/str.h"
#include "text/when/repeat.h"

struct rule_words {
	const char *every[FREQUENCY_MAX];       /* elke dag */
	const char *every_other[FREQUENCY_MAX]; /* om de dag */
	const char *every_n[FREQUENCY_MAX];     /* elke %d dagen */
	const char *every_day_named;            /* elke %s */
	const char *workdays;
	const char *on;                         /* om de week OP maandag */
	const char *on_the;                     /* om de maand OP DE eerste woensdag */
	const char *of_month;                   /* elke eerste woensdag VAN DE MAAND */
	const char *of;                         /* elke eerste zaterdag VAN september */
	const char *and;
	const char *ordinals[7];                /* by ordinal + 1: laatste, none, eerste ... vijfde */
	const char *tails[4];                   /* 15E; 11TH, 1ST, 2ND, 3RD */
	const char *until;                      /* elke donderdag, T/M ... */
};

static const struct rule_words rule_words[] = {
	[LANGUAGE_NL] = {
		.every = { "elke dag", "elke week", "elke maand", "elk jaar" },
		.every_other = { "om de dag", "om de week", "om de maand", "om het jaar" },
		.every_n = { "elke %d dagen", "elke %d weken", "elke %d maanden", "elke %d jaar" },
		.every_day_named = "elke",
		.workdays = "werkdag",
		.on = "op",
		.on_the = "op de",
		.of_month = "van de maand",
		.of = "van",
		.and = "en",
		.ordinals = { "laatste", "", "eerste", "tweede", "derde", "vierde", "vijfde" },
		.tails = { "e", "e", "e", "e" },
		.until = "t/m",
	},
	[LANGUAGE_EN] = {
		.every = { "every day", "every week", "every month", "every year" },
		.every_other = { "every other day", "every other week", "every other month", "every other year" },
		.every_n = { "every %d days", "every %d weeks", "every %d months", "every %d years" },
		.every_day_named = "every",
		.workdays = "weekday",
		.on = "on",
		.on_the = "on the",
		.of_month = "of the month",
		.of = "of",
		.and = "and",
		.ordinals = { "last", "", "first", "second", "third", "fourth", "fifth" },
		.tails = { "th", "st", "nd", "rd" },
		.until = "up to and including",
	},
};

_Static_assert(ARRAY_LEN(rule_words) == LANGUAGE_MAX, "words for every language");

struct speaker {
	const struct zone *zone;
	struct arena *arena;
	enum language language;
	const struct rule_words *words;
};

static char *weekday_spoken(const struct speaker *speaker, enum weekday weekday)
{
	struct wall day = { .year = 2024, .month = 1, .day = (int)weekday }; /* 1 January 2024 was a Monday */

	return zone_format_pattern(speaker->zone, speaker->arena, speaker->language, "EEEE", zone_day_start(speaker->zone, &day));
}

static char *month_spoken(const struct speaker *speaker, int month)
{
	struct wall day = { .year = 2024, .month = month, .day = 1 };

	return zone_format_pattern(speaker->zone, speaker->arena, speaker->language, "MMMM", zone_day_start(speaker->zone, &day));
}

/* "15e", "2nd", "13th". */
static char *month_day_spoken(const struct speaker *speaker, int day)
{
	int tail = day % 10 <= 3 && day / 10 != 1 ? day % 10 : 0;

	return arena_printf(speaker->arena, "%d%s", day, speaker->words->tails[tail]);
}

static bool is_workdays(const struct repeat *repeat)
{
	if (repeat->days_len != 5)
		return false;
	for (size_t i = 0; i < repeat->days_len; i++) {
		if (repeat->days[i].weekday != (enum weekday)(i + 1) || repeat->days[i].ordinal)
			return false;
	}
	return true;
}

/* "eerste woensdag", "tweede en vierde dinsdag", "dinsdag en donderdag"; a weekday shared by the next is said once. */
static char *days_spoken(const struct speaker *speaker, const struct repeat *repeat)
{
	char *text = arena_dup(speaker->arena, "");

	for (size_t i = 0; i < repeat->days_len; i++) {
		const struct repeat_day *day = &repeat->days[i];
		const char *ordinal = speaker->words->ordinals[day->ordinal + 1];
		bool shared = day->ordinal && i + 1 < repeat->days_len && repeat->days[i + 1].weekday == day->weekday;
		const char *name = shared ? "" : weekday_spoken(speaker, day->weekday);
		const char *joint = "";

		if (i)
			joint = i + 1 == repeat->days_len ? arena_printf(speaker->arena, " %s ", speaker->words->and) : ", ";
		text = arena_printf(speaker->arena, "%s%s%s%s%s", text, joint, ordinal, *ordinal && *name ? " " : "", name);
	}
	return text;
}

/* "elke week", "om de week", "elke 3 weken". */
static char *interval_spoken(const struct speaker *speaker, const struct repeat *repeat)
{
	const char *text = speaker->words->every_n[repeat->frequency], *number = strstr(text, "%d");

	if (repeat->interval == 1)
		return arena_dup(speaker->arena, speaker->words->every[repeat->frequency]);
	if (repeat->interval == 2)
		return arena_dup(speaker->arena, speaker->words->every_other[repeat->frequency]);
	return arena_printf(speaker->arena, "%.*s%d%s", (int)(number - text), text, repeat->interval, number + strlen("%d"));
}

static char *repeat_spoken(const struct speaker *speaker, const struct repeat *repeat)
{
	const struct rule_words *with = speaker->words;
	bool of_month = repeat->month_day || (repeat->days_len && repeat->days[0].ordinal);
	const char *days, *where = "";

	if (!repeat->days_len && !repeat->month_day)
		return interval_spoken(speaker, repeat);
	if (repeat->month_day)
		days = month_day_spoken(speaker, repeat->month_day);
	else
		days = is_workdays(repeat) ? with->workdays : days_spoken(speaker, repeat);
	if (repeat->interval > 1)
		return arena_printf(speaker->arena, "%s %s %s", interval_spoken(speaker, repeat), of_month ? with->on_the : with->on, days);
	if (repeat->month)
		where = arena_printf(speaker->arena, " %s %s", with->of, month_spoken(speaker, repeat->month));
	else if (of_month)
		where = arena_printf(speaker->arena, " %s", with->of_month);
	return arena_printf(speaker->arena, "%s %s%s", with->every_day_named, days, where);
}

/* UNTIL is a date, or an instant in UTC whose date in the zone is meant. */
static bool until_parse(const struct speaker *speaker, const char *until, int64_t *ret_utc_ms)
{
	size_t len = strlen(until);
	struct wall wall;
	const char *iso;

	if (len == strlen("20220901")) {
		iso = arena_printf(speaker->arena, "%.4s-%.2s-%.2s", until, until + 4, until + 6);
		if (!wall_parse(iso, &wall))
			return false;
		*ret_utc_ms = zone_day_start(speaker->zone, &wall);
		return true;
	}
	if (len != strlen("20220901T215959Z") || !str_ends(until, "Z"))
		return false;
	iso = arena_printf(speaker->arena, "%.4s-%.2s-%.5s:%.2s:%.2s", until, until + 4, until + 6, until + 11, until + 13);
	if (!wall_parse(iso, &wall))
		return false;
	*ret_utc_ms = wall_to_ms(&wall);
	return true;
}

char *spoken_rule(const struct zone *zone, struct arena *arena, enum language language, const char *rrule)
{
	struct speaker speaker = { zone, arena, language, &rule_words[language] };
	struct repeat repeat;
	const char *until;
	char *text;
	int64_t until_ms;

	if (!repeat_parse(rrule, &repeat, &until))
		return NULL;
	text = repeat_spoken(&speaker, &repeat);
	if (!until)
		return text;
	if (!until_parse(&speaker, until, &until_ms))
		return NULL;
	return arena_printf(arena, "%s, %s %s", text, speaker.words->until,
			    zone_format_pattern(zone, arena, language, "d MMMM y", until_ms));
}
