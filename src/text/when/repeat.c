#include "text/when/repeat.h"

#include <string.h>

#include "base/str.h"

static const char *const frequency_names[] = {
	[FREQUENCY_DAILY] = "DAILY",
	[FREQUENCY_WEEKLY] = "WEEKLY",
	[FREQUENCY_MONTHLY] = "MONTHLY",
	[FREQUENCY_YEARLY] = "YEARLY",
};

_Static_assert(ARRAY_LEN(frequency_names) == FREQUENCY_MAX, "a name for every frequency");

static const char *const weekday_names[] = { "", "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

static void day_add(struct repeat *repeat, enum weekday weekday, int ordinal)
{
	for (size_t i = 0; i < repeat->days_len; i++) {
		if (repeat->days[i].weekday == weekday && repeat->days[i].ordinal == ordinal)
			return;
	}
	if (repeat->days_len < REPEAT_DAYS_MAX)
		repeat->days[repeat->days_len++] = (struct repeat_day){ weekday, ordinal };
}

static void unit_set(struct repeat *repeat, enum unit unit, int interval)
{
	repeat->interval = interval;
	switch (unit) {
	case UNIT_DAY:
		repeat->frequency = FREQUENCY_DAILY;
		break;
	case UNIT_WEEK:
		repeat->frequency = FREQUENCY_WEEKLY;
		break;
	case UNIT_MONTH:
		repeat->frequency = FREQUENCY_MONTHLY;
		break;
	case UNIT_QUARTER:
		repeat->frequency = FREQUENCY_MONTHLY;
		repeat->interval = 3 * interval;
		break;
	case UNIT_YEAR:
		repeat->frequency = FREQUENCY_YEARLY;
		break;
	}
}

/* ", ", "en", "&" between weekdays. */
static size_t and_read(const struct phrase *phrase, size_t i)
{
	if (token_is_one_of(phrase, i, "en", "and") || token_is_mark(phrase, i, ',') || token_is_mark(phrase, i, '&') ||
	    token_is_mark(phrase, i, '+') || token_is_mark(phrase, i, '/'))
		return i + 1;
	return 0;
}

/* "18 juni", "18-6": what comes before belongs to a date of its own. */
static bool is_date(const struct phrase *phrase, size_t i)
{
	if (!token_is_number(phrase, i, 1, 2))
		return false;
	return month_read(phrase, i + 1, &(int){ 0 }) ||
	       ((token_is_glued_mark(phrase, i + 1, '-') || token_is_glued_mark(phrase, i + 1, '/')) &&
		token_is_glued_number(phrase, i + 2, 1, 2));
}

/* "maandag t/m vrijdag", after the first was read. */
static size_t weekday_span_read(const struct phrase *phrase, size_t i, struct repeat *repeat)
{
	size_t second = until_read(phrase, i), after;
	struct weekday_word word;
	enum weekday from = repeat->days[repeat->days_len - 1].weekday;

	after = second ? weekday_read(phrase, second, &word) : 0;
	/* "elke donderdag tot vrijdag 1 juli" ends, it does not span. */
	if (!after || word.weekday <= from || is_date(phrase, after))
		return i;
	for (int weekday = (int)from + 1; weekday <= (int)word.weekday; weekday++)
		day_add(repeat, (enum weekday)weekday, 0);
	repeat->part = word.part;
	return after;
}

/* "dinsdag", "di en do", "dinsdag- en donderdagavond"; with an ordinal that holds for all. */
static size_t weekdays_read(const struct phrase *phrase, size_t i, int ordinal, struct repeat *repeat)
{
	struct weekday_word word;
	size_t after = weekday_read(phrase, i, &word), next;

	if (!after)
		return 0;
	day_add(repeat, word.weekday, ordinal);
	repeat->part = word.part;
	if (ordinal)
		return after;
	for (;;) {
		size_t joined;

		if (token_is_glued_mark(phrase, after, '-') && and_read(phrase, after + 1))
			joined = and_read(phrase, after + 1);
		else
			joined = and_read(phrase, after);
		next = joined ? weekday_read(phrase, joined, &word) : 0;
		/* "elke donderdag, zaterdag 18 juni voor het eerst": a date of its own. */
		if (!next || is_date(phrase, next))
			break;
		day_add(repeat, word.weekday, 0);
		if (word.part)
			repeat->part = word.part;
		after = next;
	}
	return weekday_span_read(phrase, after, repeat);
}

static bool is_every(const struct phrase *phrase, size_t i)
{
	return token_is_one_of(phrase, i, "elke", "elk", "iedere", "ieder", "every", "each");
}

/* "van de maand", "of every month", "van september"; i when there is none. */
static size_t month_suffix_skip(const struct phrase *phrase, size_t i, struct repeat *repeat)
{
	size_t after = token_sequence(phrase, i, "v", "/", "d");

	if (!after)
		after = token_sequence(phrase, i, "v", ".", "d", ".");
	if (!after) {
		if (!token_is_one_of(phrase, i, "van", "of", "in", "vd"))
			return i;
		after = i + 1;
	}
	if (token_is_one_of(phrase, after, "de", "the") || is_every(phrase, after))
		after++;
	if (token_is_one_of(phrase, after, "maand", "month"))
		return after + 1;
	after = month_read(phrase, i + 1, &repeat->month);
	if (!after)
		return i;
	repeat->frequency = FREQUENCY_YEARLY;
	return after;
}

/* "eerste woensdag", "tweede en vierde dinsdag", "laatste vrijdag". */
static size_t nth_days_read(const struct phrase *phrase, size_t i, struct repeat *repeat)
{
	int first, second = 0;
	size_t after = ordinal_read(phrase, i, &first), joined, weekday;

	if (!after || first > 5 || first == 0)
		return 0;
	joined = and_read(phrase, after);
	joined = joined ? ordinal_read(phrase, joined, &second) : 0;
	if (joined && second <= 5)
		after = joined;
	else
		second = 0;
	weekday = weekdays_read(phrase, after, first, repeat);
	if (!weekday)
		return 0;
	if (second)
		day_add(repeat, repeat->days[0].weekday, second);
	repeat->frequency = FREQUENCY_MONTHLY;
	return weekday;
}

/* "15e van de maand", "1e": a day of every month. */
static size_t month_day_read(const struct phrase *phrase, size_t i, struct repeat *repeat)
{
	size_t after;

	if (token_at(phrase, i)->kind != TOKEN_NUMBER)
		return 0;
	after = ordinal_read(phrase, i, &repeat->month_day);
	if (!after || repeat->month_day < 1 || repeat->month_day > 31)
		return 0;
	repeat->frequency = FREQUENCY_MONTHLY;
	return after;
}

/* What may come after "elke maand" or "om de week": "op de eerste woensdag", "maandag", "on the 15th"; i when nothing does. */
static size_t days_suffix_skip(const struct phrase *phrase, size_t i, struct repeat *repeat)
{
	size_t at = i, after;

	if (token_is_one_of(phrase, at, "op", "on"))
		at++;
	if (token_is_one_of(phrase, at, "de", "the"))
		at++;
	if (repeat->frequency == FREQUENCY_MONTHLY) {
		struct repeat with_days = *repeat;

		after = nth_days_read(phrase, at, &with_days);
		if (!after)
			after = at > i ? month_day_read(phrase, at, &with_days) : 0;
		if (after)
			*repeat = with_days;
		return after ? after : i;
	}
	if (repeat->frequency != FREQUENCY_WEEKLY)
		return i;
	after = weekday_read(phrase, at, &(struct weekday_word){ 0 });
	/* "elke week maandag 4 juli" starts on a date; the date will say so. */
	if (!after || is_date(phrase, after))
		return i;
	return weekdays_read(phrase, at, 0, repeat);
}

/* "elke dag", "elke 3 maanden", "every other week", "om de week". */
static size_t every_unit_read(const struct phrase *phrase, size_t i, struct repeat *repeat)
{
	bool om_de = token_sequence(phrase, i, "om", "de") || token_sequence(phrase, i, "om", "het");
	size_t at = om_de ? i + 2 : i + 1, after;
	int interval = 0;
	enum unit unit;

	if (!om_de && !is_every(phrase, i))
		return 0;
	if (token_is_one_of(phrase, at, "other", "andere")) {
		interval = 2;
		at++;
	} else {
		after = count_read(phrase, at, &interval);
		if (after)
			at = after;
		else
			interval = om_de ? 2 : 1; /* "om de week": every other one */
	}
	after = unit_read(phrase, at, &unit);
	if (!after || interval < 1 || interval > 99)
		return 0;
	unit_set(repeat, unit, interval);
	return days_suffix_skip(phrase, after, repeat);
}

/* "elke werkdag", "every weekday". */
static size_t workdays_read(const struct phrase *phrase, size_t i, struct repeat *repeat)
{
	if (!token_is_one_of(phrase, i, "werkdag", "weekday"))
		return 0;
	repeat->frequency = FREQUENCY_WEEKLY;
	for (int weekday = WEEKDAY_MONDAY; weekday <= WEEKDAY_FRIDAY; weekday++)
		day_add(repeat, (enum weekday)weekday, 0);
	return i + 1;
}

/* "elke ..." that names its days: weekdays, the n-th weekday, a day of the month. */
static size_t every_days_read(const struct phrase *phrase, size_t i, struct repeat *repeat)
{
	size_t at = i + 1, after;

	if (!is_every(phrase, i))
		return 0;
	repeat->interval = 1;
	repeat->frequency = FREQUENCY_WEEKLY;
	after = workdays_read(phrase, at, repeat);
	if (after)
		return after;
	if (token_is_one_of(phrase, at, "other", "andere")) {
		repeat->interval = 2;
		at++;
	}
	after = weekdays_read(phrase, at, 0, repeat);
	if (after)
		return after;
	after = nth_days_read(phrase, at, repeat);
	if (!after)
		after = month_day_read(phrase, at, repeat);
	return after ? month_suffix_skip(phrase, after, repeat) : 0;
}

/* "eerste woensdag van de maand": without "elke", but of every month. */
static size_t of_month_read(const struct phrase *phrase, size_t i, struct repeat *repeat)
{
	size_t at = token_is_one_of(phrase, i, "de", "the") ? i + 1 : i, after, suffix;

	repeat->interval = 1;
	after = nth_days_read(phrase, at, repeat);
	if (!after && at > i)
		after = month_day_read(phrase, at, repeat);
	if (!after)
		return 0;
	suffix = month_suffix_skip(phrase, after, repeat);
	/* "de eerste woensdag van juli" is one day, "van deze maand" too. */
	return suffix > after && !repeat->month ? suffix : 0;
}

static const struct {
	const char *word;
	enum unit unit;
	int interval;
	enum strength strength;
} adverbs[] = {
	{ "dagelijks", UNIT_DAY, 1, STRENGTH_SURE },	{ "wekelijks", UNIT_WEEK, 1, STRENGTH_SURE },
	{ "tweewekelijks", UNIT_WEEK, 2, STRENGTH_SURE }, { "maandelijks", UNIT_MONTH, 1, STRENGTH_SURE },
	{ "jaarlijks", UNIT_YEAR, 1, STRENGTH_SURE },	{ "daily", UNIT_DAY, 1, STRENGTH_SHORT },
	{ "weekly", UNIT_WEEK, 1, STRENGTH_SHORT },	{ "fortnightly", UNIT_WEEK, 2, STRENGTH_SHORT },
	{ "monthly", UNIT_MONTH, 1, STRENGTH_SHORT },	{ "yearly", UNIT_YEAR, 1, STRENGTH_SHORT },
	{ "annually", UNIT_YEAR, 1, STRENGTH_SHORT },
};

/* "wekelijks op dinsdag", "monthly on the first Wednesday". English ones are adjectives too and need company. */
static size_t adverb_read(const struct phrase *phrase, size_t i, struct repeat *repeat)
{
	for (size_t a = 0; a < ARRAY_LEN(adverbs); a++) {
		size_t after;

		if (!token_is_word(phrase, i, adverbs[a].word) || !token_is_apart(phrase, i + 1))
			continue;
		unit_set(repeat, adverbs[a].unit, adverbs[a].interval);
		after = days_suffix_skip(phrase, i + 1, repeat);
		repeat->strength = after > i + 1 ? STRENGTH_SURE : adverbs[a].strength;
		return after;
	}
	return 0;
}

/* "maandagen", "Mondays and Thursdays". */
static size_t plural_read(const struct phrase *phrase, size_t i, struct repeat *repeat)
{
	struct weekday_word word;

	if (!weekday_read(phrase, i, &word) || !word.plural)
		return 0;
	repeat->interval = 1;
	repeat->frequency = FREQUENCY_WEEKLY;
	return weekdays_read(phrase, i, 0, repeat);
}

size_t repeat_read(const struct phrase *phrase, size_t i, struct repeat *ret_repeat)
{
	static size_t (*const readers[])(const struct phrase *, size_t, struct repeat *) = {
		every_unit_read, every_days_read, of_month_read, adverb_read, plural_read,
	};

	if (!token_is_apart(phrase, i))
		return 0;
	for (size_t r = 0; r < ARRAY_LEN(readers); r++) {
		struct repeat repeat = { .interval = 1 };
		size_t after = readers[r](phrase, i, &repeat);

		if (after) {
			*ret_repeat = repeat;
			return after;
		}
	}
	return 0;
}

bool repeat_has_days(const struct repeat *repeat)
{
	return repeat->frequency == FREQUENCY_DAILY || repeat->days_len || repeat->month_day;
}

static bool day_matches(const struct repeat_day *day, const struct wall *date)
{
	bool last;

	if (wall_weekday(date) != day->weekday)
		return false;
	last = date->day + 7 > month_days(date->year, date->month);
	return day->ordinal == 0 || (day->ordinal < 0 ? last : (date->day - 1) / 7 + 1 == day->ordinal);
}

static bool days_match(const struct repeat *repeat, const struct wall *first, const struct wall *date)
{
	if (repeat->month && date->month != repeat->month)
		return false;
	if (repeat->month_day)
		return date->day == repeat->month_day;
	for (size_t i = 0; i < repeat->days_len; i++) {
		if (day_matches(&repeat->days[i], date))
			return true;
	}
	if (repeat->days_len)
		return false;
	switch (repeat->frequency) {
	case FREQUENCY_DAILY:
		return true;
	case FREQUENCY_WEEKLY:
		return wall_weekday(date) == wall_weekday(first);
	case FREQUENCY_MONTHLY:
		return date->day == first->day;
	case FREQUENCY_YEARLY:
		return date->day == first->day && date->month == first->month;
	case FREQUENCY_MAX:
		break;
	}
	return false;
}

bool repeat_falls_on(const struct repeat *repeat, const struct wall *first, const struct wall *date)
{
	int64_t steps = 0;

	switch (repeat->frequency) {
	case FREQUENCY_DAILY:
		steps = wall_to_days(date) - wall_to_days(first);
		break;
	case FREQUENCY_WEEKLY: /* of ISO weeks, RFC 5545's WKST=MO */
		steps = (wall_to_days(date) - (int)wall_weekday(date) - wall_to_days(first) + (int)wall_weekday(first)) / 7;
		break;
	case FREQUENCY_MONTHLY:
		steps = (int64_t)(date->year - first->year) * 12 + date->month - first->month;
		break;
	case FREQUENCY_YEARLY:
		steps = date->year - first->year;
		break;
	case FREQUENCY_MAX:
		break;
	}
	return steps >= 0 && steps % repeat->interval == 0 && days_match(repeat, first, date);
}

char *repeat_format(struct arena *arena, const struct repeat *repeat, const char *until)
{
	char *rule = arena_printf(arena, "FREQ=%s", frequency_names[repeat->frequency]);

	if (repeat->interval > 1)
		rule = arena_printf(arena, "%s;INTERVAL=%d", rule, repeat->interval);
	if (repeat->month)
		rule = arena_printf(arena, "%s;BYMONTH=%d", rule, repeat->month);
	if (repeat->month_day)
		rule = arena_printf(arena, "%s;BYMONTHDAY=%d", rule, repeat->month_day);
	for (size_t i = 0; i < repeat->days_len; i++) {
		const struct repeat_day *day = &repeat->days[i];
		const char *before = i ? "," : ";BYDAY=", *name = weekday_names[day->weekday];

		rule = day->ordinal ? arena_printf(arena, "%s%s%d%s", rule, before, day->ordinal, name)
				    : arena_printf(arena, "%s%s%s", rule, before, name);
	}
	return until ? arena_printf(arena, "%s;UNTIL=%s", rule, until) : rule;
}

/* The decimal number at *at, which moves on. */
static bool number_parse(const char **at, int *ret_value)
{
	bool negative = **at == '-';
	const char *digits = *at + negative, *p = digits;
	int value = 0;

	for (; *p >= '0' && *p <= '9' && p - digits < 4; p++)
		value = value * 10 + (*p - '0');
	if (p == digits)
		return false;
	*at = p;
	*ret_value = negative ? -value : value;
	return true;
}

static bool frequency_parse(const char **at, struct repeat *repeat)
{
	for (enum frequency f = 0; f < FREQUENCY_MAX; f++) {
		if (str_starts(*at, frequency_names[f])) {
			repeat->frequency = f;
			*at += strlen(frequency_names[f]);
			return true;
		}
	}
	return false;
}

static bool days_parse(const char **at, struct repeat *repeat)
{
	do {
		int ordinal = 0, weekday;

		if (**at == ',')
			++*at;
		if ((**at < 'A' || **at > 'Z') && !number_parse(at, &ordinal))
			return false;
		for (weekday = WEEKDAY_MONDAY; weekday <= WEEKDAY_SUNDAY; weekday++) {
			if (str_starts(*at, weekday_names[weekday]))
				break;
		}
		if (weekday > WEEKDAY_SUNDAY || ordinal < -1 || ordinal > 5)
			return false;
		*at += 2;
		day_add(repeat, (enum weekday)weekday, ordinal);
	} while (**at == ',');
	return true;
}

/* One "NAME=value" at *at. */
static bool rule_part_parse(const char **at, struct repeat *repeat, const char **ret_until)
{
	static const char *const names[] = { "FREQ=", "INTERVAL=", "BYMONTH=", "BYMONTHDAY=", "BYDAY=", "UNTIL=" };
	size_t name = 0;

	while (name < ARRAY_LEN(names) && !str_starts(*at, names[name]))
		name++;
	if (name == ARRAY_LEN(names))
		return false;
	*at += strlen(names[name]);
	switch (name) {
	case 0:
		return frequency_parse(at, repeat);
	case 1:
		return number_parse(at, &repeat->interval) && repeat->interval >= 1;
	case 2:
		return number_parse(at, &repeat->month) && repeat->month >= 1 && repeat->month <= 12;
	case 3:
		return number_parse(at, &repeat->month_day) && repeat->month_day >= 1 && repeat->month_day <= 31;
	case 4:
		return days_parse(at, repeat);
	case 5:
		*ret_until = *at;
		*at += strlen(*at);
		return strlen(*ret_until) >= 8;
	}
	return false;
}

bool repeat_parse(const char *rrule, struct repeat *ret_repeat, const char **ret_until)
{
	struct repeat repeat = { .interval = 1 };
	const char *at = rrule, *until = NULL;

	if (!str_starts(rrule, "FREQ="))
		return false;
	for (;;) {
		if (!rule_part_parse(&at, &repeat, &until))
			return false;
		if (!*at)
			break;
		if (*at++ != ';')
			return false;
	}
	*ret_repeat = repeat;
	*ret_until = until;
	return true;
}
