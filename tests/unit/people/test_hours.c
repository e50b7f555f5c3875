#include "people/hours.h"

#include "base/clock.h"
#include "config/config.h"
#include "text/zone.h"
#include "unit/cmocka_all.h"

static struct config config;
static struct house house;

static int setup(void **state)
{
	(void)state;
	config.neighbourhood.quiet_from_minute = 21 * 60;
	config.neighbourhood.quiet_until_minute = 9 * 60;
	config.neighbourhood.day_post_minute = 10 * 60;
	house = (struct house){ .config = &config, .zone = zone_open("Europe/Amsterdam") };
	return house.zone ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	zone_close(house.zone);
	return 0;
}

static int64_t at(const char *text)
{
	struct wall wall;
	int64_t ms = 0;

	assert_true(wall_parse(text, &wall));
	assert_int_not_equal(zone_instant(house.zone, &wall, &ms), ZONE_IMPOSSIBLE);
	return ms;
}

static void hours__keep_still__from_nine_to_nine(void **state)
{
	(void)state;
	assert_false(hours_are_quiet(&house, at("2022-06-14T20:59")));
	assert_true(hours_are_quiet(&house, at("2022-06-14T21:00")));
	assert_true(hours_are_quiet(&house, at("2022-06-15T00:00")));
	assert_true(hours_are_quiet(&house, at("2022-06-15T08:59")));
	assert_false(hours_are_quiet(&house, at("2022-06-15T09:00")));
}

static void hours__find__the_moments_around_a_night(void **state)
{
	(void)state;
	assert_int_equal(hours_after_quiet(&house, at("2022-06-14T23:00")), at("2022-06-15T09:00"));
	assert_int_equal(hours_after_quiet(&house, at("2022-06-15T03:00")), at("2022-06-15T09:00"));
	assert_int_equal(hours_after_quiet(&house, at("2022-06-15T12:00")), at("2022-06-15T12:00"));
	assert_int_equal(hours_before_quiet(&house, at("2022-06-15T08:00")), at("2022-06-14T20:30"));
	assert_int_equal(hours_before_quiet(&house, at("2022-06-14T21:30")), at("2022-06-14T20:30"));
	assert_int_equal(hours_before_quiet(&house, at("2022-06-14T20:59")), at("2022-06-14T20:59"));
}

static void hours__go_by__the_wall_when_the_clock_changes(void **state)
{
	struct wall sunday = { 2022, 3, 27, 0, 0, 0 };

	(void)state;
	/* The night of 26 March 2022 lasts eleven hours, that of 29 October thirteen. */
	assert_int_equal(hours_after_quiet(&house, at("2022-03-26T21:00")) - at("2022-03-26T21:00"), 11 * MS_PER_HOUR);
	assert_int_equal(hours_after_quiet(&house, at("2022-10-29T21:00")) - at("2022-10-29T21:00"), 13 * MS_PER_HOUR);
	assert_int_equal(hours_day_post(&house, &sunday), at("2022-03-27T10:00"));
}

static void hours__may_lie__within_one_day(void **state)
{
	(void)state;
	config.neighbourhood.quiet_from_minute = 13 * 60;
	config.neighbourhood.quiet_until_minute = 15 * 60;
	assert_true(hours_are_quiet(&house, at("2022-06-14T14:00")));
	assert_false(hours_are_quiet(&house, at("2022-06-14T12:59")));
	assert_int_equal(hours_after_quiet(&house, at("2022-06-14T14:00")), at("2022-06-14T15:00"));
	assert_int_equal(hours_before_quiet(&house, at("2022-06-14T14:00")), at("2022-06-14T12:30"));
	assert_false(hours_are_quiet(&house, at("2022-06-14T15:00")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours__keep_still__from_nine_to_nine),
		cmocka_unit_test(hours__find__the_moments_around_a_night),
		cmocka_unit_test(hours__go_by__the_wall_when_the_clock_changes),
		cmocka_unit_test(hours__may_lie__within_one_day),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
