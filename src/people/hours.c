#include "people/hours.h"

#include "base/clock.h"
#include "base/die.h"
#include "config/config.h"
#include "text/zone.h"

enum { MINUTES_PER_HOUR = 60 };

static int64_t at_minute(const struct house *house, const struct wall *date, int minute)
{
	struct wall wall = { date->year, date->month, date->day, minute / MINUTES_PER_HOUR, minute % MINUTES_PER_HOUR, 0 };
	int64_t at_ms = 0;

	/* A skipped or doubled clock has a moment too; only a date that is none has not. */
	if (zone_instant(house->zone, &wall, &at_ms) == ZONE_IMPOSSIBLE)
		die("no such moment: %d-%d-%d minute %d", wall.year, wall.month, wall.day, minute);
	return at_ms;
}

/* The quiet hours around at_ms; false when it falls in none. */
static bool find_quiet(const struct house *house, int64_t at_ms, int64_t *ret_from_ms, int64_t *ret_until_ms)
{
	int from = house->config->neighbourhood.quiet_from_minute;
	int until = house->config->neighbourhood.quiet_until_minute;
	struct wall wall = zone_wall(house->zone, at_ms);
	int minute = wall.hour * MINUTES_PER_HOUR + wall.minute;
	struct wall first = wall, last = wall;

	if (from > until ? minute < from && minute >= until : minute < from || minute >= until)
		return false;
	if (from > until && minute < until)
		first = wall_add_days(&wall, -1);
	else if (from > until)
		last = wall_add_days(&wall, 1);
	*ret_from_ms = at_minute(house, &first, from);
	*ret_until_ms = at_minute(house, &last, until);
	return true;
}

bool hours_are_quiet(const struct house *house, int64_t at_ms)
{
	int64_t from_ms, until_ms;

	return find_quiet(house, at_ms, &from_ms, &until_ms);
}

int64_t hours_after_quiet(const struct house *house, int64_t at_ms)
{
	int64_t from_ms, until_ms;

	return find_quiet(house, at_ms, &from_ms, &until_ms) ? until_ms : at_ms;
}

int64_t hours_before_quiet(const struct house *house, int64_t at_ms)
{
	int64_t from_ms, until_ms;

	return find_quiet(house, at_ms, &from_ms, &until_ms) ? from_ms - HOURS_EVE_MS : at_ms;
}

int64_t hours_evening(const struct house *house, const struct wall *date)
{
	const struct config_neighbourhood *neighbourhood = &house->config->neighbourhood;
	struct wall tomorrow = wall_add_days(date, 1);

	if (neighbourhood->quiet_from_minute > neighbourhood->day_post_minute)
		return at_minute(house, date, neighbourhood->quiet_from_minute);
	return zone_day_start(house->zone, &tomorrow);
}

int64_t hours_day_post(const struct house *house, const struct wall *date)
{
	return at_minute(house, date, house->config->neighbourhood.day_post_minute);
}
