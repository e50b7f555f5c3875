#include "agenda/timing.h"

#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "text/zone.h"

/* The instant a wall clock means; a skipped one shifts. The wall is known to exist. */
static int64_t instant(const struct zone *zone, const struct wall *wall, bool all_day)
{
	int64_t at_ms = 0;

	if (all_day)
		return zone_day_start(zone, wall);
	if (zone_instant(zone, wall, &at_ms) == ZONE_IMPOSSIBLE)
		die("the agenda holds an end that does not exist: %d-%d-%d", wall->year, wall->month, wall->day);
	return at_ms;
}

static int64_t over_of(const struct zone *zone, const struct timing *timing, const struct occurrence *occurrence)
{
	int64_t length_ms = timing->all_day ? MS_PER_DAY : TIMING_LASTS_MS;
	struct wall ends;
	int64_t over_ms;

	if (!timing->has_end && !timing->all_day)
		return occurrence->at_ms + length_ms;
	if (timing->has_end)
		length_ms = wall_to_ms(&timing->ends) - wall_to_ms(&timing->starts);
	ends = wall_from_ms(wall_to_ms(&occurrence->planned) + length_ms);
	over_ms = instant(zone, &ends, timing->all_day);
	/* A night in which the clock went back could seem to end before it began. */
	return over_ms > occurrence->at_ms ? over_ms : occurrence->at_ms + 1;
}

static struct wall day_of(const struct wall *wall)
{
	return (struct wall){ .year = wall->year, .month = wall->month, .day = wall->day };
}

static bool is_excepted(const struct timing_exception *exceptions, size_t len, const struct wall *day)
{
	for (size_t i = 0; i < len; i++) {
		if (wall_compare(&exceptions[i].day, day) == 0)
			return true;
	}
	return false;
}

/* What stands as planned: the first that is not over. */
static bool next_planned(const struct zone *zone, const struct timing *timing, const struct timing_exception *exceptions, size_t len,
			 int64_t now_ms, struct timing_next *next)
{
	const struct series series = { timing->starts, timing->all_day, timing->rrule };
	AUTO_RECURRENCE walk = recurrence_open(zone, &series);

	while (recurrence_step(walk, &next->occurrence)) {
		next->day = day_of(&next->occurrence.planned);
		if (is_excepted(exceptions, len, &next->day))
			continue;
		next->over_ms = over_of(zone, timing, &next->occurrence);
		next->has_end = timing->has_end;
		if (next->over_ms > now_ms)
			return true;
		next->before_ms = next->over_ms;
	}
	return false;
}

static struct timing_next next_moved(const struct zone *zone, const struct timing *series, const struct timing_exception *exception)
{
	const struct timing moved = { .all_day = series->all_day, .starts = exception->starts, .has_end = exception->has_end, .ends = exception->ends };
	struct timing_next next = { .day = exception->day, .has_end = exception->has_end };

	next.occurrence = (struct occurrence){ .planned = exception->starts, .wall = exception->starts };
	next.occurrence.at_ms = instant(zone, &exception->starts, series->all_day);
	next.over_ms = over_of(zone, &moved, &next.occurrence);
	return next;
}

bool timing_next(const struct zone *zone, const struct timing *timing, const struct timing_exception *exceptions, size_t exceptions_len,
		 int64_t now_ms, struct timing_next *ret_next)
{
	struct timing_next next = { .before_ms = INT64_MIN };
	bool found = next_planned(zone, timing, exceptions, exceptions_len, now_ms, &next);
	int64_t before_ms = next.before_ms;

	for (size_t i = 0; i < exceptions_len; i++) {
		struct timing_next moved;

		if (exceptions[i].off)
			continue;
		moved = next_moved(zone, timing, &exceptions[i]);
		if (moved.over_ms <= now_ms) {
			before_ms = moved.over_ms > before_ms ? moved.over_ms : before_ms;
		} else if (!found || moved.occurrence.at_ms < next.occurrence.at_ms) {
			next = moved;
			found = true;
		}
	}
	if (!found)
		return false;
	*ret_next = next;
	ret_next->before_ms = before_ms;
	return true;
}

bool timing_falls_on(const struct zone *zone, const struct timing *timing, const struct wall *day, struct timing *ret_planned)
{
	const struct series series = { timing->starts, timing->all_day, timing->rrule };
	AUTO_RECURRENCE walk = recurrence_open(zone, &series);
	struct occurrence occurrence;

	while (recurrence_step(walk, &occurrence) && wall_to_days(&occurrence.planned) <= wall_to_days(day)) {
		if (wall_to_days(&occurrence.planned) != wall_to_days(day))
			continue;
		*ret_planned = (struct timing){ .all_day = timing->all_day, .starts = occurrence.planned, .has_end = timing->has_end };
		if (timing->has_end)
			ret_planned->ends = wall_from_ms(wall_to_ms(&occurrence.planned) + wall_to_ms(&timing->ends) - wall_to_ms(&timing->starts));
		return true;
	}
	return false;
}

bool timing_equal(const struct timing *a, const struct timing *b)
{
	return a->all_day == b->all_day && wall_compare(&a->starts, &b->starts) == 0 && a->has_end == b->has_end &&
	       (!a->has_end || wall_compare(&a->ends, &b->ends) == 0) && str_equal(a->rrule, b->rrule);
}

struct timing timing_with_clock(const struct timing *series, const struct timing *to)
{
	struct timing timing = *to;

	timing.rrule = series->rrule;
	timing.starts.year = series->starts.year;
	timing.starts.month = series->starts.month;
	timing.starts.day = series->starts.day;
	if (to->has_end)
		timing.ends = wall_from_ms(wall_to_ms(&timing.starts) + wall_to_ms(&to->ends) - wall_to_ms(&to->starts));
	return timing;
}

/* The rule without its UNTIL or COUNT. */
static char *endless(struct arena *arena, const char *rrule)
{
	char *rule = arena_dup(arena, "");

	while (*rrule) {
		size_t len = strcspn(rrule, ";");

		if (!str_starts(rrule, "UNTIL=") && !str_starts(rrule, "COUNT="))
			rule = arena_printf(arena, "%s%s%.*s", rule, *rule ? ";" : "", (int)len, rrule);
		rrule += len;
		rrule += strspn(rrule, ";");
	}
	return rule;
}

char *timing_rule_until(const struct zone *zone, struct arena *arena, const struct timing *series, const struct wall *last)
{
	const char *rule = endless(arena, series->rrule);
	struct wall end = wall_add_days(last, 1), utc;

	/* RFC 5545 3.3.10: a date where DTSTART is one, else UTC. The last day counts to its end. */
	if (series->all_day)
		return arena_printf(arena, "%s;UNTIL=%04d%02d%02d", rule, last->year, last->month, last->day);
	utc = wall_from_ms(zone_day_start(zone, &end) - MS_PER_SECOND);
	return arena_printf(arena, "%s;UNTIL=%04d%02d%02dT%02d%02d%02dZ", rule, utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second);
}

char *timing_format(struct arena *arena, const struct wall *wall, bool all_day)
{
	char *date = wall_format_date(arena, wall);

	return all_day ? date : arena_printf(arena, "%sT%02d:%02d", date, wall->hour, wall->minute);
}
