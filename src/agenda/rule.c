#include "agenda/rule.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "base/str.h"

enum { RULE_BYTES_MAX = 200, INTERVAL_MAX = 999, COUNT_MAX = 1000 };

enum frequency { FREQUENCY_NONE, FREQUENCY_DAILY, FREQUENCY_WEEKLY, FREQUENCY_MONTHLY, FREQUENCY_YEARLY };

/* A piece of the rule, not closed. */
struct span {
	const char *text;
	size_t len;
};

static bool span_is(struct span span, const char *word)
{
	return span.len == strlen(word) && memcmp(span.text, word, span.len) == 0;
}

/* Take what stands before the separator off the front of *rest. */
static struct span span_take(struct span *rest, char separator)
{
	const char *at = memchr(rest->text, separator, rest->len);
	struct span taken = { rest->text, at ? (size_t)(at - rest->text) : rest->len };
	size_t used = at ? taken.len + 1 : taken.len;

	rest->text += used;
	rest->len -= used;
	return taken;
}

/* Digits only, at most four, within [1, max]. */
static bool is_count(struct span span, int max)
{
	int value = 0;

	if (span.len == 0 || span.len > 4)
		return false;
	for (size_t i = 0; i < span.len; i++) {
		if (!isdigit((unsigned char)span.text[i]))
			return false;
		value = value * 10 + (span.text[i] - '0');
	}
	return value >= 1 && value <= max;
}

/* The same, counted from either end: 1, +1, -1. */
static bool is_position(struct span span, int max)
{
	if (span.len > 0 && (span.text[0] == '-' || span.text[0] == '+'))
		span = (struct span){ span.text + 1, span.len - 1 };
	return is_count(span, max);
}

static bool is_weekday(struct span span)
{
	static const char days[][3] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		if (span_is(span, days[i]))
			return true;
	}
	return false;
}

static bool is_frequency(struct span value, enum frequency frequency)
{
	(void)value;
	return frequency != FREQUENCY_NONE;
}

static bool is_interval(struct span value, enum frequency frequency)
{
	(void)frequency;
	return is_count(value, INTERVAL_MAX);
}

static bool is_total(struct span value, enum frequency frequency)
{
	(void)frequency;
	return is_count(value, COUNT_MAX);
}

/* 20221231, 20221231T235959 or 20221231T225959Z; whether that day exists shows when it is read. */
static bool is_until(struct span value, enum frequency frequency)
{
	(void)frequency;
	if (value.len == 16 && value.text[15] == 'Z')
		value.len--;
	if (value.len != 8 && (value.len != 15 || value.text[8] != 'T'))
		return false;
	for (size_t i = 0; i < value.len; i++) {
		if (i != 8 && !isdigit((unsigned char)value.text[i]))
			return false;
	}
	return true;
}

static bool is_week_start(struct span value, enum frequency frequency)
{
	(void)frequency;
	return is_weekday(value);
}

static bool are_weekdays(struct span value, enum frequency frequency)
{
	int max = frequency == FREQUENCY_YEARLY ? 53 : 5;

	if (frequency < FREQUENCY_WEEKLY)
		return false;
	for (int i = 0; i < 7; i++) {
		struct span item = span_take(&value, ',');
		struct span position;

		if (item.len < 2)
			return false;
		position = (struct span){ item.text, item.len - 2 };
		if (!is_weekday((struct span){ item.text + item.len - 2, 2 }))
			return false;
		if (position.len > 0 && (frequency < FREQUENCY_MONTHLY || !is_position(position, max)))
			return false;
		if (value.len == 0)
			return true;
	}
	return false;
}

static bool are_positions(struct span value, int max, int items_max)
{
	for (int i = 0; i < items_max; i++) {
		if (!is_position(span_take(&value, ','), max))
			return false;
		if (value.len == 0)
			return true;
	}
	return false;
}

static bool are_month_days(struct span value, enum frequency frequency)
{
	return frequency >= FREQUENCY_MONTHLY && are_positions(value, 31, 31);
}

static bool are_set_positions(struct span value, enum frequency frequency)
{
	return frequency >= FREQUENCY_MONTHLY && are_positions(value, 366, 12);
}

static bool are_months(struct span value, enum frequency frequency)
{
	if (frequency != FREQUENCY_YEARLY)
		return false;
	for (int i = 0; i < 12; i++) {
		if (!is_count(span_take(&value, ','), 12))
			return false;
		if (value.len == 0)
			return true;
	}
	return false;
}

enum part { PART_FREQ, PART_INTERVAL, PART_COUNT, PART_UNTIL, PART_WKST, PART_BYDAY, PART_BYMONTHDAY, PART_BYSETPOS, PART_BYMONTH, PART_MAX };

static const struct {
	const char *name;
	bool (*is_fine)(struct span value, enum frequency frequency);
} parts[PART_MAX] = {
	[PART_FREQ] = { "FREQ", is_frequency },
	[PART_INTERVAL] = { "INTERVAL", is_interval },
	[PART_COUNT] = { "COUNT", is_total },
	[PART_UNTIL] = { "UNTIL", is_until },
	[PART_WKST] = { "WKST", is_week_start },
	[PART_BYDAY] = { "BYDAY", are_weekdays },
	[PART_BYMONTHDAY] = { "BYMONTHDAY", are_month_days },
	[PART_BYSETPOS] = { "BYSETPOS", are_set_positions },
	[PART_BYMONTH] = { "BYMONTH", are_months },
};

static enum frequency frequency_parse(struct span value)
{
	static const char *const words[] = {
		[FREQUENCY_DAILY] = "DAILY",
		[FREQUENCY_WEEKLY] = "WEEKLY",
		[FREQUENCY_MONTHLY] = "MONTHLY",
		[FREQUENCY_YEARLY] = "YEARLY",
	};

	for (size_t i = FREQUENCY_DAILY; i < ARRAY_LEN(words); i++) {
		if (span_is(value, words[i]))
			return (enum frequency)i;
	}
	return FREQUENCY_NONE;
}

/* What FREQ says, wherever it stands: the other parts lean on it. */
static enum frequency find_frequency(const char *text)
{
	struct span rest = { text, strlen(text) };

	while (rest.len > 0) {
		struct span value = span_take(&rest, ';');

		if (span_is(span_take(&value, '='), "FREQ"))
			return frequency_parse(value);
	}
	return FREQUENCY_NONE;
}

static bool part_is_fine(struct span part, enum frequency frequency, unsigned *seen)
{
	struct span value = part;
	struct span name = span_take(&value, '=');

	for (size_t i = 0; i < PART_MAX; i++) {
		if (!span_is(name, parts[i].name))
			continue;
		if (*seen & (1u << i))
			return false;
		*seen |= 1u << i;
		return parts[i].is_fine(value, frequency);
	}
	return false;
}

bool rule_is_fine(const char *text)
{
	struct span rest = { text, strlen(text) };
	enum frequency frequency;
	unsigned seen = 0;

	/* An empty item at the end of a list would go unseen below. */
	if (rest.len > RULE_BYTES_MAX || str_ends(text, ";") || str_ends(text, ",") || strstr(text, ",;"))
		return false;
	frequency = find_frequency(text);
	while (rest.len > 0) {
		if (!part_is_fine(span_take(&rest, ';'), frequency, &seen))
			return false;
	}
	return frequency != FREQUENCY_NONE && !((seen & (1u << PART_COUNT)) && (seen & (1u << PART_UNTIL)));
}
