#include "year/rhythm.h"

#include "base/arena.h"
#include "base/compiler.h"
#include "unit/cmocka_all.h"

static const struct config_day rounds[] = { { 3, 1 }, { 6, 1 }, { 9, 1 }, { 12, 1 } };
static const struct config_year rhythm = { .has_deadline = true, .deadline = { 1, 31 }, .rounds = rounds, .rounds_len = ARRAY_LEN(rounds) };
static const struct config_year nothing;

static struct wall day(const char *text)
{
	struct wall wall;

	assert_true(wall_parse(text, &wall));
	return wall;
}

static void expect_day(const struct wall *wall, const char *text)
{
	AUTO_ARENA arena = arena_create(4096);

	assert_string_equal(wall_format_date(arena, wall), text);
}

static void rhythm_find_deadline__crosses__the_years_end(void **state)
{
	static const char *const days[][2] = {
		{ "2022-01-31", "2022-01-31" }, { "2022-02-01", "2023-01-31" }, { "2022-12-31", "2023-01-31" }, { "2022-01-31T23:59", "2022-01-31" },
	};
	struct wall from, found;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		from = day(days[i][0]);
		assert_true(rhythm_find_deadline(&rhythm, &from, &found));
		expect_day(&found, days[i][1]);
	}
	assert_false(rhythm_find_deadline(&nothing, &from, &found));
}

static void rhythm_find_round__finds__the_last_and_the_next(void **state)
{
	static const char *const days[][3] = {
		{ "2022-03-01", "2022-03-01", "2022-06-01" }, { "2022-02-28", "2021-12-01", "2022-03-01" },
		{ "2022-08-31", "2022-06-01", "2022-09-01" }, { "2022-12-31", "2022-12-01", "2023-03-01" },
	};
	struct wall at, found;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		at = day(days[i][0]);
		assert_true(rhythm_find_round(&rhythm, &at, &found));
		expect_day(&found, days[i][1]);
		assert_true(rhythm_find_next_round(&rhythm, &at, &found));
		expect_day(&found, days[i][2]);
	}
	assert_false(rhythm_find_round(&nothing, &at, &found));
	assert_false(rhythm_find_next_round(&nothing, &at, &found));
}

/* Every day of a year counts for exactly one of the event's months. */
static void rhythm_reach__covers__the_year_once(void **state)
{
	static const struct {
		unsigned months;
		const char *month;
		const char *from;
		const char *until;
	} reaches[] = {
		{ 1u << 5 | 1u << 11, "2022-05-01", "2022-03-01", "2022-09-01" }, { 1u << 5 | 1u << 11, "2022-11-01", "2022-09-01", "2023-03-01" },
		{ 1u << 12, "2022-12-01", "2022-07-01", "2023-07-01" },           { 1u << 12, "2023-12-01", "2023-07-01", "2024-07-01" },
		{ 0x1ffe, "2022-12-01", "2022-12-01", "2023-01-01" },             { 1u << 1 | 1u << 2, "2022-01-01", "2021-08-01", "2022-02-01" },
		{ 1u << 1 | 1u << 2, "2022-02-01", "2022-02-01", "2022-08-01" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(reaches); i++) {
		const struct config_year_event event = { .months = reaches[i].months };
		struct wall month = day(reaches[i].month), from, until;

		rhythm_reach(&event, &month, &from, &until);
		expect_day(&from, reaches[i].from);
		expect_day(&until, reaches[i].until);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rhythm_find_deadline__crosses__the_years_end),
		cmocka_unit_test(rhythm_find_round__finds__the_last_and_the_next),
		cmocka_unit_test(rhythm_reach__covers__the_year_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
