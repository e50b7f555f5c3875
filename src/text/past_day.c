#include "text/past_day.h"

#include "text/when/day.h"

/* A date, a weekday that lies so far back or less is the last one. */
enum { YEAR_DAYS = 364, WEEK_DAYS = 6 };

/* The earliest date it may be; false for what is no single day. */
static bool first_date(const struct day *day, const struct wall *today, struct wall *ret_first)
{
	switch (day->kind) {
	case DAY_DATE:
		*ret_first = wall_add_days(today, -YEAR_DAYS);
		return true;
	case DAY_WEEKDAY:
		*ret_first = wall_add_days(today, -WEEK_DAYS);
		return true;
	case DAY_RELATIVE:
		*ret_first = *today;
		return true;
	case DAY_OF_MONTH:
	case DAY_NTH:
	case DAY_MONTH:
	case DAY_WEEK:
	case DAY_WEEKEND:
		break;
	}
	return false;
}

bool past_day_read(struct arena *arena, const char *text, const struct wall *today, struct wall *ret_date)
{
	const struct phrase phrase = phrase_split(arena, text);
	size_t first = token_is_one_of(&phrase, 0, "op", "on") ? 1 : 0;
	struct wall from, date;
	struct day day;

	if (!phrase.len || day_read(&phrase, first, first ? LEAD_ON : LEAD_NONE, &day) != phrase.len || !first_date(&day, today, &from))
		return false;
	switch (day_resolve(&day, &from, &date)) {
	case DAY_OK:
	case DAY_GONE:
		*ret_date = date;
		return true;
	case DAY_IMPOSSIBLE:
	case DAY_CONTRADICTS:
	case DAY_UNCLEAR:
		break;
	}
	return false;
}
