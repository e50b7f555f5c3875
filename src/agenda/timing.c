#include "agenda/timing.h"

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

bool timing_next(const struct zone *zone, const struct timing *timing, int64_t now_ms, struct timing_next *ret_next)
{
	const struct series series = { timing->starts, timing->all_day, timing->rrule };
	AUTO_RECURRENCE walk = recurrence_open(zone, &series);
	struct timing_next next = { .over_ms = INT64_MIN };

	while (recurrence_step(walk, &next.occurrence)) {
		next.before_ms = next.over_ms;
		next.over_ms = over_of(zone, timing, &next.occurrence);
		if (next.over_ms > now_ms) {
			*ret_next = next;
			return true;
		}
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

char *timing_format(struct arena *arena, const struct wall *wall, bool all_day)
{
	char *date = wall_format_date(arena, wall);

	return all_day ? date : arena_printf(arena, "%sT%02d:%02d", date, wall->hour, wall->minute);
}
