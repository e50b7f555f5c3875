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

bool day_is_stretch(const struct day *day)
{
	return day->kind == DAY_WEEK || day->kind == DAY_WEEKEND;
}

static struct wall monday_of(const struct wall *date)
{
	return wall_from_days(wall_to_days(date) - (wall_weekday(date) - WEEKDAY_MONDAY));
}

/* The Monday of an ISO week; false when that year has no such week. 4 January lies in the first of each. */
static bool week_monday(int year, int week, struct wall *ret_monday)
{
	const struct wall fourth = { .year = year, .month = 1, .day = 4 };
	struct wall monday = monday_of(&fourth);
	int found;

	monday = wall_add_days(&monday, 7 * (week - 1));
	if (wall_iso_week(&monday, &found) != week || found != year)
		return false;
	*ret_monday = monday;
	return true;
}

/* The year's week when a year was said, else the one of this year or the next that is not over. */
static enum day_verdict numbered_week_resolve(const struct day *day, const struct wall *today, struct wall *ret_monday)
{
	const struct wall this_monday = monday_of(today);
	int this_year;

	(void)wall_iso_week(today, &this_year);
	if (day->year) {
		if (!week_monday(day->year, day->week, ret_monday))
			return DAY_IMPOSSIBLE;
		return wall_compare(ret_monday, &this_monday) < 0 ? DAY_GONE : DAY_OK;
	}
	for (int year = this_year; year <= this_year + 1; year++) {
		if (week_monday(year, day->week, ret_monday) && wall_compare(ret_monday, &this_monday) >= 0)
			return DAY_OK;
	}
	return DAY_IMPOSSIBLE;
}

enum day_verdict day_resolve_stretch(const struct day *day, const struct wall *today, struct wall *ret_first, struct wall *ret_last)
{
	struct wall monday = monday_of(today);
	bool in_weekend = wall_weekday(today) >= WEEKDAY_SATURDAY;
	enum day_verdict verdict = DAY_OK;

	switch (day->turn) {
	case TURN_NEXT:
	case TURN_COMING:
	case TURN_WEEK_LATER:
	case TURN_NEXT_WEEK:
		monday = wall_add_days(&monday, 7);
		break;
	case TURN_THIS_WEEK:
	case TURN_THIS_WEEKEND:
		break;
	case TURN_NUMBERED_WEEK:
		verdict = numbered_week_resolve(day, today, &monday);
		break;
	case TURN_COMING_WEEKEND:
	case TURN_NEXT_WEEKEND:
		monday = wall_add_days(&monday, in_weekend ? 7 : 0);
		if (day->turn == TURN_NEXT_WEEKEND && !in_weekend)
			verdict = DAY_UNCLEAR;
		break;
	}
	*ret_first = monday;
	if (day->turn >= TURN_THIS_WEEKEND)
		*ret_first = wall_add_days(&monday, WEEKDAY_SATURDAY - WEEKDAY_MONDAY);
	*ret_last = wall_add_days(&monday, WEEKDAY_SUNDAY - WEEKDAY_MONDAY);
	return verdict;
}

/* The day of a week or weekend that was named. */
static enum day_verdict within_resolve(const struct day *day, const struct wall *today, struct wall *ret_date)
{
	struct wall first, last;
	enum day_verdict verdict = day_resolve_stretch(day, today, &first, &last);
	struct wall monday = monday_of(&first);

	if (verdict != DAY_OK && verdict != DAY_GONE)
		return verdict;
	*ret_date = wall_add_days(&monday, day->weekday - WEEKDAY_MONDAY);
	if (wall_compare(ret_date, &first) < 0)
		return DAY_CONTRADICTS; /* a Friday in the weekend */
	return wall_to_days(ret_date) < wall_to_days(today) ? DAY_GONE : DAY_OK;
}

static enum day_verdict weekday_resolve(const struct day *day, const struct wall *today, struct wall *ret_date)
{
	int ahead = ((int)day->weekday - (int)wall_weekday(today) + 7) % 7;

	switch (day->turn) {
	case TURN_NEXT:
		break;
	case TURN_COMING:
		ahead = ahead ? ahead : 7;
		break;
	case TURN_WEEK_LATER:
		/* "Maandag over een week", said on a Tuesday: in six days or in thirteen. */
		if (day->weekday < wall_weekday(today))
			return DAY_CONTRADICTS;
		ahead += 7;
		break;
	case TURN_THIS_WEEK:
	case TURN_NEXT_WEEK:
	case TURN_NUMBERED_WEEK:
	case TURN_THIS_WEEKEND:
	case TURN_COMING_WEEKEND:
	case TURN_NEXT_WEEKEND:
		return within_resolve(day, today, ret_date);
	}
	*ret_date = wall_add_days(today, ahead);
	return DAY_OK;
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
	case DAY_WEEKEND:
		return weekday_resolve(day, today, ret_date);
	case DAY_RELATIVE:
		*ret_date = wall_add_months(today, day->months);
		*ret_date = wall_add_days(ret_date, day->days);
		return DAY_OK;
	}
	return DAY_IMPOSSIBLE;
}
