/*
 * A date and clock as they hang on the wall, and the arithmetic of the calendar: no zone, no ICU,
 * no limits but those of the Gregorian calendar carried back and forth without end (ISO 8601).
 * What a wall clock means in UTC is the business of text/zone.h.
 */
#ifndef ROTONDE_TEXT_WALL_H
#define ROTONDE_TEXT_WALL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"

struct wall {
	int year;
	int month; /* 1-12 */
	int day;   /* 1-31 */
	int hour;  /* 0-23 */
	int minute;
	int second;
};

/* Numbered as ISO 8601 does. */
enum weekday {
	WEEKDAY_MONDAY = 1,
	WEEKDAY_TUESDAY,
	WEEKDAY_WEDNESDAY,
	WEEKDAY_THURSDAY,
	WEEKDAY_FRIDAY,
	WEEKDAY_SATURDAY,
	WEEKDAY_SUNDAY,
};

/* There is such a date and such a clock, in the years 1900 to 2200; 31 February and 24:00 are not. */
bool wall_exists(const struct wall *wall);

/* Days since 1970-01-01; the clock does not count. Back again gives 00:00. */
int64_t wall_to_days(const struct wall *wall);
struct wall wall_from_days(int64_t days);

/* Milliseconds since 1970-01-01T00:00 on the same wall, and back. */
int64_t wall_to_ms(const struct wall *wall);
struct wall wall_from_ms(int64_t ms);

enum weekday wall_weekday(const struct wall *wall);

/* The ISO week, 1-53; *ret_year, when not NULL, is the year that week belongs to. */
int wall_iso_week(const struct wall *wall, int *ret_year);

int month_days(int year, int month);

/* The clock stays. */
struct wall wall_add_days(const struct wall *wall, int64_t days);

/* The clock stays; a day the month does not have becomes its last: 31 January and a month is 28 February. */
struct wall wall_add_months(const struct wall *wall, int months);

/* <0, 0, >0 as a comes before, with or after b. */
int wall_compare(const struct wall *a, const struct wall *b);

/* "2022-06-15". */
char *wall_format_date(struct arena *arena, const struct wall *wall) MUST_CHECK;

/* "2022-06-15", "2022-06-15T20:00" or "2022-06-15T20:00:00", whole and existing; anything else is false. */
bool wall_parse(const char *text, struct wall *ret_wall) MUST_CHECK;

#endif
