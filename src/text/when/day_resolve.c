#include "text/when/day.h"

enum {
	YEARS_AHEAD = 8, /* 29 February comes at least once */
};

bool day_nth(int year, int month, int ordinal, enum weekday weekday, struct wall *ret_date)
{
	struct wall first = { .year = year, .month = month, .day = 1 };
	int offset = ((int)weekday - (int)wall_weekday(&first) + 7) % 7;
	int last = month_days(year, month);
	int day = 1 + offset + 7 * (ordinal - 1);

	if (ordinal < 0) {
		day = 1 + offset + 28;
		if (day > last)
			day -= 7;
	}
	if (day > last)
		return false;
	first.day = day;
	*ret_date = first;
	return true;
}

/* The date this day has in a year; false when it has none. */
static bool date_in_year(const struct day *day, int year, struct wall *ret_date)
{
	struct wall date = { .year = year, .month = day->month, .day = day->kind == DAY_MONTH ? 1 : day->day };

	if (day->kind == DAY_NTH)
		return day_nth(year, day->month, day->ordinal, day->weekday, ret_date);
	if (!wall_exists(&date))
		return false;
	*ret_date = date;
	return true;
}

static bool weekday_fits(const struct day *day, const struct wall *date)
{
	return !day->weekday || wall_weekday(date) == day->weekday;
}

static enum day_verdict date_resolve(const struct day *day, const struct wall *today, struct wall *ret_date)
{
	struct wall date;
	bool gone_fits = false;

	if (day->kind == DAY_MONTH && day->month == today->month && (!day->year || day->year == today->year)) {
		*ret_date = *today;
		return DAY_OK;
	}
	if (day->year) {
		if (day->year > DAY_YEAR_MOST || !date_in_year(day, day->year, ret_date))
			return DAY_IMPOSSIBLE;
		if (!weekday_fits(day, ret_date))
			return DAY_CONTRADICTS;
		return wall_to_days(ret_date) < wall_to_days(today) ? DAY_GONE : DAY_OK;
	}
	for (int year = today->year; year <= today->year + YEARS_AHEAD; year++) {
		if (!date_in_year(day, year, &date))
			continue;
		*ret_date = date;
		if (wall_to_days(&date) < wall_to_days(today)) {
			gone_fits = day->weekday && weekday_fits(day, &date);
			continue;
		}
		if (weekday_fits(day, &date))
			return DAY_OK;
		/* "zaterdag 11 juni" on the 14th: last Saturday was meant, not a Sunday next year. */
		return gone_fits ? DAY_GONE : DAY_CONTRADICTS;
	}
	return DAY_IMPOSSIBLE;
}

static enum day_verdict of_month_resolve(const struct day *day, const struct wall *today, struct wall *ret_date)
{
	if (day->day < 1 || day->day > 31)
		return DAY_IMPOSSIBLE;
	for (int months = 0; months < 24; months++) {
		struct wall first = { .year = today->year, .month = today->month, .day = 1 }, date;

		date = wall_add_months(&first, months);
		if (day->day > month_days(date.year, date.month))
			continue;
		date.day = day->day;
		if (wall_to_days(&date) < wall_to_days(today) || !weekday_fits(day, &date))
			continue;
		*ret_date = date;
		return DAY_OK;
	}
	return DAY_CONTRADICTS;
}

static enum day_verdict weekday_resolve(const struct day *day, const struct wall *today, struct wall *ret_date)
{
	int ahead = (int)day->weekday - (int)wall_weekday(today);

	switch (day->turn) {
	case TURN_NEXT:
		ahead = (ahead + 7) % 7;
		break;
	case TURN_COMING:
		ahead = (ahead + 6) % 7 + 1;
		break;
	case TURN_THIS_WEEK:
		break;
	case TURN_NEXT_WEEK:
		ahead += 7;
		break;
	}
	*ret_date = wall_add_days(today, ahead);
	return ahead < 0 ? DAY_GONE : DAY_OK;
}

enum day_verdict day_resolve(const struct day *day, const struct wall *today, struct wall *ret_date)
{
	switch (day->kind) {
	case DAY_DATE:
	case DAY_NTH:
	case DAY_MONTH:
		return date_resolve(day, today, ret_date);
	case DAY_OF_MONTH:
		return of_month_resolve(day, today, ret_date);
	case DAY_WEEKDAY:
	case DAY_WEEK:
		return weekday_resolve(day, today, ret_date);
	case DAY_RELATIVE:
		*ret_date = wall_add_months(today, day->months);
		*ret_date = wall_add_days(ret_date, day->days);
		return DAY_OK;
	}
	return DAY_IMPOSSIBLE;
}
