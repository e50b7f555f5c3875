#include "text/zone.h"

#include <stdbool.h>

#include "base/clock.h"
#include "unit/cmocka_all.h"

static struct zone *amsterdam;

static int open_amsterdam(void **state)
{
	(void)state;
	amsterdam = zone_open("Europe/Amsterdam");
	return amsterdam ? 0 : -1;
}

static int close_amsterdam(void **state)
{
	(void)state;
	zone_close(amsterdam);
	return 0;
}

static void zone_open__refuses__names_the_tz_data_does_not_know(void **state)
{
	static const char *const wrong[] = {
		"", "Europe/Amsterdm", "GMT+3", "Etc/Unknown", "Europe/Amst\xc3\xa9rdam",
		"Europe/A_name_that_is_far_longer_than_any_that_the_tz_database_has_in_it",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_null(zone_open(wrong[i]));
	assert_string_equal(zone_name(amsterdam), "Europe/Amsterdam");
}

static void zone_instant__tells__skipped_doubled_and_impossible(void **state)
{
	static const struct {
		struct wall wall;
		enum zone_verdict verdict;
		const char *iso;
	} cases[] = {
		{ { 2022, 6, 15, 20, 0, 0 }, ZONE_OK, "2022-06-15T20:00:00+02:00" },
		{ { 2022, 12, 15, 20, 0, 0 }, ZONE_OK, "2022-12-15T20:00:00+01:00" },
		{ { 2022, 3, 27, 1, 59, 59 }, ZONE_OK, "2022-03-27T01:59:59+01:00" },
		{ { 2022, 3, 27, 2, 0, 0 }, ZONE_SKIPPED, "2022-03-27T03:00:00+02:00" },
		{ { 2022, 3, 27, 2, 30, 0 }, ZONE_SKIPPED, "2022-03-27T03:30:00+02:00" },
		{ { 2022, 3, 27, 3, 0, 0 }, ZONE_OK, "2022-03-27T03:00:00+02:00" },
		{ { 2022, 10, 30, 1, 59, 0 }, ZONE_OK, "2022-10-30T01:59:00+02:00" },
		{ { 2022, 10, 30, 2, 0, 0 }, ZONE_DOUBLED, "2022-10-30T02:00:00+02:00" },
		{ { 2022, 10, 30, 2, 59, 0 }, ZONE_DOUBLED, "2022-10-30T02:59:00+02:00" },
		{ { 2022, 10, 30, 3, 0, 0 }, ZONE_OK, "2022-10-30T03:00:00+01:00" },
	};
	struct wall nowhere = { 2022, 2, 31, 0, 0, 0 };
	int64_t ms = 42;
	AUTO_ARENA arena = arena_create(1 << 16);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(zone_instant(amsterdam, &cases[i].wall, &ms), cases[i].verdict);
		assert_string_equal(zone_format_iso(amsterdam, arena, ms), cases[i].iso);
	}
	ms = 42;
	assert_int_equal(zone_instant(amsterdam, &nowhere, &ms), ZONE_IMPOSSIBLE);
	assert_true(ms == 42);
}

static void zone_instant__comes_back_from__every_hour_of_a_year(void **state)
{
	const int64_t new_year_2022 = INT64_C(1640991600000);

	(void)state;
	for (int hour = 0; hour < 365 * 24; hour++) {
		int64_t ms = new_year_2022 + hour * MS_PER_HOUR, again;
		struct wall wall = zone_wall(amsterdam, ms);
		enum zone_verdict verdict = zone_instant(amsterdam, &wall, &again);

		/* Only the second of the doubled hours comes back as the first. */
		assert_true(verdict == ZONE_OK || verdict == ZONE_DOUBLED);
		assert_true(again == ms || (verdict == ZONE_DOUBLED && again == ms - MS_PER_HOUR));
	}
}

static void zone_day_start__is_not_midnight__where_the_clock_changes_then(void **state)
{
	struct zone *beirut = zone_open("Asia/Beirut");
	struct wall day = { .year = 2022, .month = 3, .day = 27 };
	AUTO_ARENA arena = arena_create(1 << 16);

	(void)state;
	assert_non_null(beirut);
	assert_string_equal(zone_format_iso(beirut, arena, zone_day_start(beirut, &day)), "2022-03-27T01:00:00+03:00");
	zone_close(beirut);
	assert_string_equal(zone_format_date(amsterdam, arena, zone_day_start(amsterdam, &day)), "2022-03-27");
}

static void zone_format_iso__writes__offsets_west_and_of_half_hours(void **state)
{
	struct zone *india = zone_open("Asia/Kolkata"), *newfoundland = zone_open("America/St_Johns");
	AUTO_ARENA arena = arena_create(1 << 16);

	(void)state;
	assert_string_equal(zone_format_iso(india, arena, 999), "1970-01-01T05:30:00+05:30");
	assert_string_equal(zone_format_iso(newfoundland, arena, 0), "1969-12-31T20:30:00-03:30");
	zone_close(india);
	zone_close(newfoundland);
}

static void zone_format_pattern__speaks__both_languages(void **state)
{
	const int64_t ms = INT64_C(1655316000000);
	AUTO_ARENA arena = arena_create(1 << 16);

	(void)state;
	assert_string_equal(zone_format_pattern(amsterdam, arena, LANGUAGE_NL, "EEEE d MMMM y", ms), "woensdag 15 juni 2022");
	assert_string_equal(zone_format_pattern(amsterdam, arena, LANGUAGE_EN, "EEEE d MMMM y", ms),
			    "Wednesday 15 June 2022");
	assert_string_equal(zone_format_pattern(amsterdam, arena, LANGUAGE_NL, "HH:mm", ms), "20:00");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zone_open__refuses__names_the_tz_data_does_not_know),
		cmocka_unit_test(zone_instant__tells__skipped_doubled_and_impossible),
		cmocka_unit_test(zone_instant__comes_back_from__every_hour_of_a_year),
		cmocka_unit_test(zone_day_start__is_not_midnight__where_the_clock_changes_then),
		cmocka_unit_test(zone_format_iso__writes__offsets_west_and_of_half_hours),
		cmocka_unit_test(zone_format_pattern__speaks__both_languages),
	};

	return cmocka_run_group_tests(tests, open_amsterdam, close_amsterdam);
}
