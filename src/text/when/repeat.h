/*
 * Recurrences: elke donderdag, elke eerste woensdag, om de week maandag, every other Monday,
 * elke 3 maanden; the rule of RFC 5545 that says the same; and the dates such a rule falls on.
 * Only the rules people type exist here, so only those are read back.
 */
#ifndef ROTONDE_TEXT_WHEN_REPEAT_H
#define ROTONDE_TEXT_WHEN_REPEAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/wall.h"
#include "text/when/daytime.h"
#include "text/when/token.h"
#include "text/when/words.h"

enum frequency { FREQUENCY_DAILY, FREQUENCY_WEEKLY, FREQUENCY_MONTHLY, FREQUENCY_YEARLY, FREQUENCY_MAX };

enum { REPEAT_DAYS_MAX = 7 };

struct repeat_day {
	enum weekday weekday;
	int ordinal; /* of the month; -1 the last; 0 every one */
};

struct repeat {
	enum frequency frequency;
	int interval; /* 1: every one */
	struct repeat_day days[REPEAT_DAYS_MAX];
	size_t days_len;
	int month_day; /* 0: not said */
	int month;     /* 0: not said */
	enum part part;
	enum strength strength;
};

/* Reads at token i; the index after it, 0 when there is no recurrence. */
size_t repeat_read(const struct phrase *phrase, size_t i, struct repeat *ret_repeat);

/* The rule says itself on which days it falls; else it repeats the day it starts on. */
bool repeat_has_days(const struct repeat *repeat);

/* Whether a rule that starts on `first` falls on `date`; for the search of that first day both are the same. */
bool repeat_falls_on(const struct repeat *repeat, const struct wall *first, const struct wall *date);

/* "FREQ=MONTHLY;BYDAY=1WE", with ";UNTIL=..." when until is not NULL. */
char *repeat_format(struct arena *arena, const struct repeat *repeat, const char *until) MUST_CHECK;

/*
 * Reads what repeat_format() wrote; false for any other rule. *ret_until is the text after UNTIL=,
 * borrowed, or NULL.
 */
bool repeat_parse(const char *rrule, struct repeat *ret_repeat, const char **ret_until) MUST_CHECK;

#endif
