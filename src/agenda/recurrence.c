#include "agenda/recurrence.h"

#include <libical/ical.h>
#include <stdlib.h>

#include "agenda/rule.h"
#include "base/die.h"
#include "text/zone.h"

struct recurrence {
	const struct zone *zone;
	struct series series;
	icalrecur_iterator *iterator; /* NULL: once */
	int steps;
};

static struct icaltimetype time_from_wall(const struct wall *wall, bool all_day)
{
	struct icaltimetype time = icaltime_null_time();

	time.year = wall->year;
	time.month = wall->month;
	time.day = wall->day;
	time.hour = wall->hour;
	time.minute = wall->minute;
	time.second = wall->second;
	time.is_date = all_day;
	return time;
}

static struct wall wall_from_time(const struct icaltimetype *time)
{
	return (struct wall){ time->year, time->month, time->day, time->hour, time->minute, time->second };
}

/*
 * UNTIL is compared on the wall: a UTC one, which RFC 5545 wants beside a zone, is first brought there;
 * a bare date includes that whole day.
 */
static bool until_to_wall(const struct zone *zone, bool all_day, struct icaltimetype *until)
{
	struct wall wall = wall_from_time(until);

	if (icaltime_is_null_time(*until))
		return true;
	if (!wall_exists(&wall))
		return false;
	if (until->zone)
		wall = zone_wall(zone, wall_to_ms(&wall));
	else if (until->is_date)
		wall.hour = 23, wall.minute = 59, wall.second = 59;
	*until = time_from_wall(&wall, all_day);
	return true;
}

/* NULL for a rule we do not take. */
static icalrecur_iterator *open_iterator(const struct zone *zone, const struct series *series)
{
	struct icaltimetype starts = time_from_wall(&series->starts, series->all_day);
	struct icalrecurrencetype rule;
	icalrecur_iterator *iterator = NULL;

	if (!rule_is_fine(series->rrule))
		return NULL;
	rule = icalrecurrencetype_from_string(series->rrule);
	if (rule.freq != ICAL_NO_RECURRENCE && until_to_wall(zone, series->all_day, &rule.until))
		iterator = icalrecur_iterator_new(rule, starts);
	free(rule.rscale);
	return iterator;
}

enum recurrence_verdict recurrence_check(const struct zone *zone, const struct series *series)
{
	icalrecur_iterator *iterator;
	struct icaltimetype first;
	struct wall wall;

	if (!series->rrule)
		return RECURRENCE_FINE;
	iterator = open_iterator(zone, series);
	if (!iterator)
		return RECURRENCE_REFUSED;
	first = icalrecur_iterator_next(iterator);
	icalrecur_iterator_free(iterator);
	if (icaltime_is_null_time(first))
		return RECURRENCE_REFUSED;
	wall = wall_from_time(&first);
	return wall_compare(&wall, &series->starts) == 0 ? RECURRENCE_FINE : RECURRENCE_MISFIT;
}

struct recurrence *recurrence_open(const struct zone *zone, const struct series *series)
{
	struct recurrence *walk = xcalloc(1, sizeof *walk);

	*walk = (struct recurrence){ .zone = zone, .series = *series };
	if (series->rrule) {
		walk->iterator = open_iterator(zone, series);
		INVARIANT(walk->iterator);
	}
	walk->series.rrule = NULL;
	return walk;
}

void recurrence_close(struct recurrence *walk)
{
	if (!walk)
		return;
	if (walk->iterator)
		icalrecur_iterator_free(walk->iterator);
	free(walk);
}

void recurrence_cleanup(struct recurrence **walk)
{
	recurrence_close(*walk);
}

static struct occurrence occurrence_of(const struct recurrence *walk, const struct wall *planned)
{
	struct occurrence occurrence = { .planned = *planned, .wall = *planned };

	if (walk->series.all_day) {
		occurrence.at_ms = zone_day_start(walk->zone, planned);
		return occurrence;
	}
	switch (zone_instant(walk->zone, planned, &occurrence.at_ms)) {
	case ZONE_OK:
	case ZONE_DOUBLED:
		break;
	case ZONE_SKIPPED:
		occurrence.wall = zone_wall(walk->zone, occurrence.at_ms);
		occurrence.shifted = true;
		break;
	case ZONE_IMPOSSIBLE:
		die("the agenda holds a time that does not exist: %d-%d-%d", planned->year, planned->month, planned->day);
	}
	return occurrence;
}

bool recurrence_step(struct recurrence *walk, struct occurrence *ret_occurrence)
{
	struct wall planned = walk->series.starts;

	if (walk->steps++ >= (walk->iterator ? RECURRENCE_STEPS_MAX : 1))
		return false;
	if (walk->iterator) {
		struct icaltimetype next = icalrecur_iterator_next(walk->iterator);

		planned = wall_from_time(&next);
		/* Past the last year that wall clocks know there is no agenda any more. */
		if (icaltime_is_null_time(next) || !wall_exists(&planned)) {
			walk->steps = RECURRENCE_STEPS_MAX;
			return false;
		}
	}
	*ret_occurrence = occurrence_of(walk, &planned);
	return true;
}

size_t recurrence_between(const struct zone *zone, const struct series *series, int64_t from_ms, int64_t until_ms,
			  struct occurrence *ret_occurrences, size_t max)
{
	AUTO_RECURRENCE walk = recurrence_open(zone, series);
	struct occurrence occurrence;
	size_t len = 0;

	while (len < max && recurrence_step(walk, &occurrence) && occurrence.at_ms < until_ms) {
		if (occurrence.at_ms >= from_ms)
			ret_occurrences[len++] = occurrence;
	}
	return len;
}
