/*
 * The times of an appointment that comes back. libical expands the rule on the wall clock, without
 * any zone: its own arithmetic around summer time is wrong (3.0.16). What a wall clock means in UTC is
 * text/zone's. So eight in the evening stays eight in the evening the whole year; where summer time
 * skips the clock the occurrence shifts forward, and an hour that comes twice means the first.
 *
 *	AUTO_RECURRENCE walk = recurrence_open(zone, &series);
 *	while (recurrence_step(walk, &occurrence)) ...
 */
#ifndef ROTONDE_AGENDA_RECURRENCE_H
#define ROTONDE_AGENDA_RECURRENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "text/wall.h"

struct zone;

/* Nobody looks further ahead in one series: fifty years of every day. */
enum { RECURRENCE_STEPS_MAX = 20000 };

struct series {
	struct wall starts; /* DTSTART: the first time; of a whole day at 00:00 */
	bool all_day;
	const char *rrule;  /* without the prefix; NULL: once */
};

struct occurrence {
	struct wall planned; /* as the rule gives it: the name of this occurrence */
	struct wall wall;    /* as it will hang there; differs from planned when shifted */
	int64_t at_ms;       /* its beginning */
	bool shifted;        /* summer time skips the planned clock */
};

enum recurrence_verdict {
	RECURRENCE_FINE,
	RECURRENCE_REFUSED, /* the rule is none we take (agenda/rule.h), or its last day comes before its first */
	RECURRENCE_MISFIT,  /* the start is not the first time of its own rule */
};

/* Once at the edge; the walk takes only what is fine here. */
enum recurrence_verdict recurrence_check(const struct zone *zone, const struct series *series) MUST_CHECK;

struct recurrence;

/* The series is read before this returns; the zone must outlive the walk. */
struct recurrence *recurrence_open(const struct zone *zone, const struct series *series) MUST_CHECK;
/* NULL is fine. */
void recurrence_close(struct recurrence *walk);

/* The next time in order, the first one first; false at the end, or after RECURRENCE_STEPS_MAX. */
bool recurrence_step(struct recurrence *walk, struct occurrence *ret_occurrence) MUST_CHECK;

void recurrence_cleanup(struct recurrence **walk);
#define AUTO_RECURRENCE CLEANUP(recurrence_cleanup) struct recurrence *

/* Those that begin in [from_ms, until_ms), at most max of them; how many. */
size_t recurrence_between(const struct zone *zone, const struct series *series, int64_t from_ms, int64_t until_ms,
			  struct occurrence *ret_occurrences, size_t max) MUST_CHECK;

#endif
