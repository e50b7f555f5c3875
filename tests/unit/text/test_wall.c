#include "text/wall.h"

#include "unit/cmocka_all.h"

static struct wall date(int year, int month, int day)
{
	return (struct wall){ .year = year, .month = month, .day = day };
}

static void wall_to_days__and_back__agree_over_the_centuries(void **state)
{
	struct wall last = date(1899, 12, 31);

	(void)state;
	for (int64_t days = -25567; days < 84370; days++) {
		struct wall wall = wall_from_days(days);

		assert_true(wall_exists(&wall));
		assert_true(wall_to_days(&wall) == days);
		assert_true(wall_compare(&last, &wall) < 0);
		last = wall;
	}
}

static void wall_from_ms__counts_back__before_1970(void **state)
{
	struct wall wall = wall_from_ms(-1000);

	(void)state;
	assert_int_equal(wall.year, 1969);
	assert_int_equal(wall.day, 31);
	assert_int_equal(wall.hour, 23);
	assert_int_equal(wall.second, 59);
}

static void wall_exists__refuses__impossible_dates_and_clocks(void **state)
{
	static const struct wall wrong[] = {
		{ 2022, 2, 29, 0, 0, 0 }, { 2022, 2, 31, 0, 0, 0 }, { 1900, 2, 29, 0, 0, 0 }, { 2022, 13, 1, 0, 0, 0 },
		{ 2022, 0, 1, 0, 0, 0 },  { 2022, 1, 0, 0, 0, 0 },  { 2022, 1, 1, 24, 0, 0 }, { 2022, 1, 1, 0, 60, 0 },
		{ 2022, 1, 1, -1, 0, 0 }, { 1899, 1, 1, 0, 0, 0 },  { 2201, 1, 1, 0, 0, 0 },
	};
	struct wall leap_day = date(2024, 2, 29);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_false(wall_exists(&wrong[i]));
	assert_true(wall_exists(&leap_day));
}

static void wall_weekday__is__iso(void **state)
{
	struct wall wednesday = date(2022, 6, 15), sunday = date(1969, 12, 28);

	(void)state;
	assert_int_equal(wall_weekday(&wednesday), WEEKDAY_WEDNESDAY);
	assert_int_equal(wall_weekday(&sunday), WEEKDAY_SUNDAY);
}

static void wall_iso_week__belongs_to__the_year_of_its_thursday(void **state)
{
	static const struct {
		struct wall day;
		int week, year;
	} cases[] = {
		{ { 2022, 6, 15, 0, 0, 0 }, 24, 2022 },  { { 2022, 1, 1, 0, 0, 0 }, 52, 2021 },
		{ { 2021, 1, 3, 0, 0, 0 }, 53, 2020 },   { { 2021, 1, 4, 0, 0, 0 }, 1, 2021 },
		{ { 2024, 12, 30, 0, 0, 0 }, 1, 2025 },  { { 2026, 12, 31, 0, 0, 0 }, 53, 2026 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int year = 0;

		assert_int_equal(wall_iso_week(&cases[i].day, &year), cases[i].week);
		assert_int_equal(year, cases[i].year);
	}
}

static void wall_add_months__stays_within__the_month(void **state)
{
	struct wall january = { 2022, 1, 31, 20, 0, 0 };
	struct wall moved = wall_add_months(&january, 1);

	(void)state;
	assert_int_equal(moved.month, 2);
	assert_int_equal(moved.day, 28);
	assert_int_equal(moved.hour, 20);
	moved = wall_add_months(&january, -2);
	assert_int_equal(moved.year, 2021);
	assert_int_equal(moved.month, 11);
	assert_int_equal(moved.day, 30);
}

static void wall_parse__reads__iso_and_nothing_else(void **state)
{
	static const char *const wrong[] = {
		"", "2022", "2022-6-14", "2022-06-31", "2022-06-14T", "2022-06-14T9:00", "2022-06-14T24:00",
		"2022-06-14 09:00", "2022-06-14T09:00:0", "2022-06-14T09:00Z", "2022-06-14x", "x2022-06-14",
	};
	struct wall wall = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_false(wall_parse(wrong[i], &wall));
	assert_int_equal(wall.year, 0);
	assert_true(wall_parse("2022-06-14", &wall));
	assert_int_equal(wall.day, 14);
	assert_true(wall_parse("2022-06-14T09:05", &wall));
	assert_int_equal(wall.minute, 5);
	assert_true(wall_parse("2022-06-14T09:05:07", &wall));
	assert_int_equal(wall.second, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wall_to_days__and_back__agree_over_the_centuries),
		cmocka_unit_test(wall_from_ms__counts_back__before_1970),
		cmocka_unit_test(wall_exists__refuses__impossible_dates_and_clocks),
		cmocka_unit_test(wall_weekday__is__iso),
		cmocka_unit_test(wall_iso_week__belongs_to__the_year_of_its_thursday),
		cmocka_unit_test(wall_add_months__stays_within__the_month),
		cmocka_unit_test(wall_parse__reads__iso_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
