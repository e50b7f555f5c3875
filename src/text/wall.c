#include "text/wall.h"

#include <stddef.h>

#include "base/clock.h"

enum { YEAR_FIRST = 1900, YEAR_LAST = 2200 };

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool is_leap_year(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

bool wall_exists(const struct wall *wall)
{
	return wall->year >= YEAR_FIRST && wall->year <= YEAR_LAST && wall->month >= 1 && wall->month <= 12 &&
	       wall->day >= 1 && wall->day <= month_days(wall->year, wall->month) && wall->hour >= 0 && wall->hour <= 23 &&
	       wall->minute >= 0 && wall->minute <= 59 && wall->second >= 0 && wall->second <= 59;
}

/*
 * Years are counted from March, so that the leap day is the last of its year and the months before
 * it have lengths that (153 * m + 2) / 5 adds up.
 */
int64_t wall_to_days(const struct wall *wall)
{
	int64_t year = wall->month > 2 ? wall->year : wall->year - 1;
	int64_t month = (wall->month + 9) % 12;
	int64_t leaps = floor_div(year, 4) - floor_div(year, 100) + floor_div(year, 400);
	int64_t since_march_of_year_0 = 365 * year + leaps + (153 * month + 2) / 5 + wall->day - 1;

	return since_march_of_year_0 - 719468;
}

struct wall wall_from_days(int64_t days)
{
	int64_t shifted = days + 719468;
	int64_t era = floor_div(shifted, 146097);
	int64_t of_era = shifted - era * 146097;
	int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t from_march = (5 * of_year + 2) / 153;
	int month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);

	return (struct wall){
		.year = (int)(year_of_era + era * 400) + (month <= 2),
		.month = month,
		.day = (int)(of_year - (153 * from_march + 2) / 5) + 1,
	};
}

int64_t wall_to_ms(const struct wall *wall)
{
	return wall_to_days(wall) * MS_PER_DAY + wall->hour * MS_PER_HOUR + wall->minute * MS_PER_MINUTE +
	       wall->second * MS_PER_SECOND;
}

struct wall wall_from_ms(int64_t ms)
{
	int64_t days = floor_div(ms, MS_PER_DAY);
	int64_t rest = ms - days * MS_PER_DAY;
	struct wall wall = wall_from_days(days);

	wall.hour = (int)(rest / MS_PER_HOUR);
	wall.minute = (int)(rest / MS_PER_MINUTE % 60);
	wall.second = (int)(rest / MS_PER_SECOND % 60);
	return wall;
}

enum weekday wall_weekday(const struct wall *wall)
{
	int64_t from_monday = wall_to_days(wall) + 3; /* 1970-01-01 was a Thursday */

	return (enum weekday)(from_monday - floor_div(from_monday, 7) * 7 + 1);
}

/* A week belongs to the year its Thursday lies in. */
int wall_iso_week(const struct wall *wall, int *ret_year)
{
	int64_t thursday_days = wall_to_days(wall) + WEEKDAY_THURSDAY - (int)wall_weekday(wall);
	struct wall thursday = wall_from_days(thursday_days);
	struct wall january_1 = { .year = thursday.year, .month = 1, .day = 1 };

	if (ret_year)
		*ret_year = thursday.year;
	return (int)((thursday_days - wall_to_days(&january_1)) / 7) + 1;
}

struct wall wall_add_days(const struct wall *wall, int64_t days)
{
	return wall_from_ms(wall_to_ms(wall) + days * MS_PER_DAY);
}

struct wall wall_add_months(const struct wall *wall, int months)
{
	int64_t count = (int64_t)wall->year * 12 + wall->month - 1 + months;
	struct wall moved = *wall;
	int days;

	moved.year = (int)floor_div(count, 12);
	moved.month = (int)(count - (int64_t)moved.year * 12) + 1;
	days = month_days(moved.year, moved.month);
	if (moved.day > days)
		moved.day = days;
	return moved;
}

int wall_compare(const struct wall *a, const struct wall *b)
{
	int64_t left = wall_to_ms(a), right = wall_to_ms(b);

	return (left > right) - (left < right);
}

char *wall_format_date(struct arena *arena, const struct wall *wall)
{
	return arena_printf(arena, "%04d-%02d-%02d", wall->year, wall->month, wall->day);
}

static bool digits_read(const char **at, int count, int *ret_value)
{
	int value = 0;

	for (int i = 0; i < count; i++) {
		char digit = (*at)[i];

		if (digit < '0' || digit > '9')
			return false;
		value = value * 10 + (digit - '0');
	}
	*at += count;
	*ret_value = value;
	return true;
}

static bool mark_read(const char **at, char mark)
{
	if (**at != mark)
		return false;
	++*at;
	return true;
}

bool wall_parse(const char *text, struct wall *ret_wall)
{
	struct wall wall = { 0 };
	const char *at = text;

	if (!digits_read(&at, 4, &wall.year) || !mark_read(&at, '-') || !digits_read(&at, 2, &wall.month) ||
	    !mark_read(&at, '-') || !digits_read(&at, 2, &wall.day))
		return false;
	if (mark_read(&at, 'T')) {
		if (!digits_read(&at, 2, &wall.hour) || !mark_read(&at, ':') || !digits_read(&at, 2, &wall.minute))
			return false;
		if (mark_read(&at, ':') && !digits_read(&at, 2, &wall.second))
			return false;
	}
	if (*at || !wall_exists(&wall))
		return false;
	*ret_wall = wall;
	return true;
}
