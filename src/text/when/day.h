/*
 * Days as people write them: 15 juni, 15-6, 2022-06-15, June 15th, morgen, vanavond, komende
 * zondag, volgende week vrijdag, week 37, dit weekend, de 15e. A day is read without knowing what day it is now;
 * day_resolve() gives it its date.
 */
#ifndef ROTONDE_TEXT_WHEN_DAY_H
#define ROTONDE_TEXT_WHEN_DAY_H

#include <stdbool.h>
#include <stddef.h>

#include "text/wall.h"
#include "text/when/daytime.h"
#include "text/when/token.h"
#include "text/when/words.h"

enum { DAY_YEAR_MOST = 2199 }; /* the day after is still on the wall */

enum day_kind {
	DAY_DATE,     /* day and month; year when said; weekday when said */
	DAY_OF_MONTH, /* "de 15e": day; weekday when said */
	DAY_NTH,      /* "eerste woensdag van juli": ordinal, weekday, month */
	DAY_MONTH,    /* "vanaf september", "tot eind september": month; ordinal -1 for its end */
	DAY_WEEKDAY,  /* weekday and turn */
	DAY_WEEK,     /* "volgende week", "week 37", of which the weekday stands elsewhere: turn, week; year when said */
	DAY_WEEKEND,  /* "dit weekend": turn */
	DAY_RELATIVE, /* days, months */
};

/* Which of the weekdays to come. */
enum turn {
	TURN_NEXT,      /* today or after, as its time lies ahead */
	TURN_COMING,    /* after today */
	TURN_THIS_WEEK, /* of this ISO week */
	TURN_NEXT_WEEK, /* of the next ISO week */
	TURN_NUMBERED_WEEK, /* of the next ISO week of that number that is not over */
	TURN_WEEK_LATER,    /* "vrijdag over een week" */
	TURN_THIS_WEEKEND,
	TURN_COMING_WEEKEND, /* its Saturday lies after today */
	TURN_NEXT_WEEKEND,   /* "volgend weekend": until it is weekend, that is either of two */
};

struct day {
	enum day_kind kind;
	int year;             /* 0: not said */
	int month, day;
	int ordinal;          /* -1: the last */
	enum weekday weekday; /* 0: not said */
	enum turn turn;
	int week;             /* of TURN_NUMBERED_WEEK */
	int days, months;     /* from today */
	enum part part;
	bool numeric;         /* "15-6", "week 37": digits that may be about something else */
	enum strength strength;
};

enum day_verdict {
	DAY_OK,
	DAY_IMPOSSIBLE,  /* 31 februari */
	DAY_CONTRADICTS, /* the date is not on that weekday */
	DAY_GONE,        /* a date in the past */
	DAY_UNCLEAR,     /* volgend weekend */
};

/* Reads at token i; the index after it, 0 when there is no day. A month alone counts after "vanaf" and "tot" only. */
size_t day_read(const struct phrase *phrase, size_t i, enum lead lead, struct day *ret_day);

/* "10 t/m 17 september", "September 10-17": days that share a month. *ret_split is the index of the second. */
size_t day_range_read(const struct phrase *phrase, size_t i, struct day *ret_from, struct day *ret_to, size_t *ret_split);

/*
 * The first date on or after `today` that this day can be. Days of this week and dates with a year
 * may lie before today: DAY_GONE, and *ret_date is set all the same.
 */
enum day_verdict day_resolve(const struct day *day, const struct wall *today, struct wall *ret_date);

/* Several days, of which another word may say the one: DAY_WEEK and DAY_WEEKEND. */
bool day_is_stretch(const struct day *day);

/* Their first and last. With DAY_GONE both are set all the same. */
enum day_verdict day_resolve_stretch(const struct day *day, const struct wall *today, struct wall *ret_first, struct wall *ret_last);

/* The n-th such weekday of the month, -1 for the last; false when the month has no fifth. */
bool day_nth(int year, int month, int ordinal, enum weekday weekday, struct wall *ret_date);

#endif
