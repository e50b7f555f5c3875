/*
 * When something on the agenda is, as people mean it: on the wall, once or again and again.
 */
#ifndef ROTONDE_AGENDA_TIMING_H
#define ROTONDE_AGENDA_TIMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agenda/recurrence.h"
#include "base/arena.h"
#include "base/compiler.h"
#include "text/wall.h"

struct zone;

/* An event of which nobody said when it ends counts as over after this. */
#define TIMING_LASTS_MS (2 * MS_PER_HOUR)

struct timing {
	bool all_day;
	struct wall starts; /* of a series its first time; of whole days at 00:00 */
	bool has_end;
	struct wall ends;   /* exclusive: of whole days the day after the last */
	const char *rrule;  /* RFC 5545 without the prefix; NULL: once */
};

/*
 * One time of a series that is not as the rule says (RFC 5545: EXDATE, or RECURRENCE-ID). It goes by the day
 * that the rule gives it, for a series has one time a day at most, and its clock may change.
 */
struct timing_exception {
	struct wall day;    /* at 00:00 */
	bool off;           /* it is not held; else: */
	struct wall starts;
	bool has_end;
	struct wall ends;   /* exclusive */
};

struct timing_next {
	struct wall day;       /* which time it is: the day that the rule gives it, at 00:00 */
	struct occurrence occurrence;
	bool has_end;
	int64_t over_ms;
	int64_t before_ms;     /* when the time before this one was over; INT64_MIN for the first */
};

/*
 * The time that is going on at now_ms, else the first to come, each as its exception wants it; false when the
 * last one is over. Times need not come in the order of their days.
 */
bool timing_next(const struct zone *zone, const struct timing *timing, const struct timing_exception *exceptions, size_t exceptions_len,
		 int64_t now_ms, struct timing_next *ret_next) MUST_CHECK;

/* Does the rule give this day a time? As it was planned, whatever exception there is; an event without a rule has one. */
bool timing_falls_on(const struct zone *zone, const struct timing *timing, const struct wall *day, struct timing *ret_planned) MUST_CHECK;

bool timing_equal(const struct timing *a, const struct timing *b);

/* The series with the clock and the length of `to`; its days stay. */
struct timing timing_with_clock(const struct timing *series, const struct timing *to);

/* The rule of the series with this day as its last, whatever its end was. */
char *timing_rule_until(const struct zone *zone, struct arena *arena, const struct timing *series, const struct wall *last) MUST_CHECK;

/* "2022-06-15T20:00", or "2022-06-15" for whole days: what the database holds. */
char *timing_format(struct arena *arena, const struct wall *wall, bool all_day) MUST_CHECK;

#endif
