#include "text/past_day.h"

#include "base/str.h"
#include "unit/cmocka_all.h"

/* A Monday. */
static const struct wall today = { .year = 2022, .month = 11, .day = 14, .hour = 9 };

static const char *read(struct arena *arena, const char *text)
{
	struct wall date;

	return past_day_read(arena, text, &today, &date) ? wall_format_date(arena, &date) : NULL;
}

static void past_day_read__finds__the_last_such_day(void **state)
{
	static const char *const days[][2] = {
		{ "12 november", "2022-11-12" }, { "on 12 November", "2022-11-12" }, { "12-11", "2022-11-12" },
		{ "14 november", "2022-11-14" }, { "15 november", "2021-11-15" },    { "op zaterdag", "2022-11-12" },
		{ "maandag", "2022-11-14" },     { "dinsdag", "2022-11-08" },        { "gisteren", "2022-11-13" },
		{ "12 november 2020", "2020-11-12" }, { "2022-11-12", "2022-11-12" }, { "today", "2022-11-14" },
		{ "morgen", "2022-11-15" },      { "1 december 2022", "2022-12-01" },
	};
	AUTO_ARENA arena = arena_create(1024 * 1024);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		const char *day = read(arena, days[i][0]);

		if (!str_equal(day, days[i][1]))
			fail_msg("%s: %s", days[i][0], day ? day : "none");
	}
}

static void past_day_read__leaves__what_is_no_day(void **state)
{
	static const char *const texts[] = { "", "op", "Toren 1", "12", "31 februari", "12 november en nog wat", "kruitberg 12 november" };
	AUTO_ARENA arena = arena_create(1024 * 1024);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		if (read(arena, texts[i]))
			fail_msg("%s", texts[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(past_day_read__finds__the_last_such_day),
		cmocka_unit_test(past_day_read__leaves__what_is_no_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
