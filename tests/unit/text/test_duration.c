#include "text/duration.h"

#include "unit/cmocka_all.h"

static void durations_parse__reads__lists_in_both_languages(void **state)
{
	static const struct {
		const char *text;
		int minutes[4];
	} cases[] = {
		{ "3d", { 4320 } },
		{ "1u", { 60 } },
		{ "30m", { 30 } },
		{ "2 dagen", { 2880 } },
		{ "1 uur", { 60 } },
		{ "een uur", { 60 } },
		{ "an hour", { 60 } },
		{ "anderhalf uur", { 90 } },
		{ "half uur", { 30 } },
		{ "een half uur", { 30 } },
		{ "half an hour", { 30 } },
		{ "één week", { 10080 } },
		{ "a week", { 10080 } },
		{ "3d 1u", { 4320, 60 } },
		{ "1u 3d", { 4320, 60 } },
		{ "3d1u", { 4320, 60 } },
		{ "3d, 1u en 10 min.", { 4320, 60, 10 } },
		{ "2 days, 3 hours and 15 minutes before", { 2880, 180, 15 } },
		{ "1 dag van tevoren", { 1440 } },
		{ "1 dag 24 uur", { 1440 } },
		{ "1W 2D", { 10080, 2880 } },
		{ "een kwartier", { 15 } },
		{ "366d", { 527040 } },
	};
	AUTO_ARENA arena = arena_create(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct durations found = { .len = 0 };

		assert_true(durations_parse(arena, cases[i].text, &found));
		for (size_t d = 0; d < ARRAY_LEN(cases[i].minutes); d++)
			assert_int_equal(d < found.len ? found.minutes[d] : 0, cases[i].minutes[d]);
	}
}

static void durations_parse__refuses__what_is_no_list_of_them(void **state)
{
	static const char *const wrong[] = {
		"", " ", "3", "uur", "0d", "367d", "9999w", "3d morgen", "3x", "d", "-3d", "half minuut", "20:00", "tevoren",
		"1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 11m", "99999d",
	};
	AUTO_ARENA arena = arena_create(1 << 20);
	struct durations found = { .len = 42 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_false(durations_parse(arena, wrong[i], &found));
	assert_int_equal(found.len, 42);
}

static void duration_spoken__uses__the_largest_unit(void **state)
{
	AUTO_ARENA arena = arena_create(1 << 20);

	(void)state;
	assert_string_equal(duration_spoken(arena, LANGUAGE_NL, 4320), "3 dagen");
	assert_string_equal(duration_spoken(arena, LANGUAGE_NL, 60), "1 uur");
	assert_string_equal(duration_spoken(arena, LANGUAGE_NL, 120), "2 uur");
	assert_string_equal(duration_spoken(arena, LANGUAGE_EN, 120), "2 hours");
	assert_string_equal(duration_spoken(arena, LANGUAGE_EN, 90), "90 minutes");
	assert_string_equal(duration_spoken(arena, LANGUAGE_EN, 10080), "1 week");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations_parse__reads__lists_in_both_languages),
		cmocka_unit_test(durations_parse__refuses__what_is_no_list_of_them),
		cmocka_unit_test(duration_spoken__uses__the_largest_unit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
