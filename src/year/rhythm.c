#include "year/rhythm.h"

enum { MONTHS = 12 };

static struct wall in_year(const struct config_day *day, int year)
{
	return (struct wall){ .year = year, .month = day->month, .day = day->day };
}

bool rhythm_find_deadline(const struct config_year *year, const struct wall *from, struct wall *ret_day)
{
	struct wall day = in_year(&year->deadline, from->year);

	if (!year->has_deadline)
		return false;
	if (wall_to_days(&day) < wall_to_days(from))
		day.year++;
	*ret_day = day;
	return true;
}

bool rhythm_find_round(const struct config_year *year, const struct wall *until, struct wall *ret_day)
{
	struct wall day;

	if (!year->rounds_len)
		return false;
	for (size_t i = year->rounds_len; i-- > 0;) {
		day = in_year(&year->rounds[i], until->year);
		if (wall_to_days(&day) <= wall_to_days(until)) {
			*ret_day = day;
			return true;
		}
	}
	*ret_day = in_year(&year->rounds[year->rounds_len - 1], until->year - 1);
	return true;
}

bool rhythm_find_next_round(const struct config_year *year, const struct wall *after, struct wall *ret_day)
{
	struct wall day;

	if (!year->rounds_len)
		return false;
	for (size_t i = 0; i < year->rounds_len; i++) {
		day = in_year(&year->rounds[i], after->year);
		if (wall_to_days(&day) > wall_to_days(after)) {
			*ret_day = day;
			return true;
		}
	}
	*ret_day = in_year(&year->rounds[0], after->year + 1);
	return true;
}

/* From this month to the event's next one, or to the one before: 1 to 12. */
static int distance(const struct config_year_event *event, int month, int step)
{
	for (int months = 1; months < MONTHS; months++) {
		if (event->months & 1u << ((month - 1 + step * months + MONTHS) % MONTHS + 1))
			return months;
	}
	return MONTHS;
}

void rhythm_reach(const struct config_year_event *event, const struct wall *month, struct wall *ret_from, struct wall *ret_until)
{
	*ret_from = wall_add_months(month, -((distance(event, month->month, -1) - 1) / 2));
	*ret_until = wall_add_months(month, distance(event, month->month, 1) / 2 + 1);
}
