#include "agenda/recurrence.h"

#include <stdio.h>
#include <string.h>

#include "agenda/rule.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "text/zone.h"
#include "unit/cmocka_all.h"

static struct zone *zone;
static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	zone = zone_open("Europe/Amsterdam");
	arena = arena_create(1 << 20);
	return zone ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	zone_close(zone);
	arena_destroy(arena);
	return 0;
}

static struct series series_of(const char *starts, const char *rrule)
{
	struct series series = { .all_day = strlen(starts) == strlen("2022-06-15"), .rrule = rrule };

	assert_true(wall_parse(starts, &series.starts));
	return series;
}

/* The first few times as text: "2022-06-15T20:00+02 ..."; "~" before one that was shifted. */
static const char *times(const struct series *series, int max)
{
	AUTO_RECURRENCE walk = recurrence_open(zone, series);
	AUTO_BUF said;
	struct occurrence next;

	buf_init(&said, 4096);
	for (int i = 0; i < max && recurrence_step(walk, &next); i++) {
		struct wall utc = wall_from_ms(next.at_ms);

		buf_printf(&said, "%s%s%02d-%02d-%02d", i ? " " : "", next.shifted ? "~" : "", next.wall.year % 100, next.wall.month,
			   next.wall.day);
		if (!series->all_day)
			buf_printf(&said, "T%02d:%02d", next.wall.hour, next.wall.minute);
		buf_printf(&said, "/%02d", utc.hour);
	}
	return arena_dup(arena, said.data);
}

struct expansion {
	const char *starts;
	const char *rrule;
	int max;
	const char *times; /* wall, a slash, and the hour in UTC */
};

static void recurrence_step__expands__on_the_wall(void **state)
{
	static const struct expansion table[] = {
		/* Once. */
		{ "2022-06-15T20:00", NULL, 3, "22-06-15T20:00/18" },
		{ "2022-06-15", NULL, 3, "22-06-15/22" },
		/* Eight in the evening stays so when summer time ends and begins. */
		{ "2022-10-26T20:00", "FREQ=WEEKLY;BYDAY=WE", 2, "22-10-26T20:00/18 22-11-02T20:00/19" },
		{ "2022-03-23T20:00", "FREQ=WEEKLY", 2, "22-03-23T20:00/19 22-03-30T20:00/18" },
		/* 27 March 2022 has no 02:30; 30 October has it twice and means the first. */
		{ "2022-03-26T02:30", "FREQ=DAILY", 3, "22-03-26T02:30/01 ~22-03-27T03:30/01 22-03-28T02:30/00" },
		{ "2022-03-20T02:00", "FREQ=WEEKLY;BYDAY=SU;COUNT=2", 9, "22-03-20T02:00/01 ~22-03-27T03:00/01" },
		{ "2022-10-29T02:30", "FREQ=DAILY", 3, "22-10-29T02:30/00 22-10-30T02:30/00 22-10-31T02:30/01" },
		{ "2022-10-29", "FREQ=DAILY", 3, "22-10-29/22 22-10-30/22 22-10-31/23" },
		{ "2022-03-27", "FREQ=DAILY", 2, "22-03-27/23 22-03-28/22" },
		/* What people say. */
		{ "2022-06-24T20:00", "FREQ=MONTHLY;BYDAY=-1FR", 4, "22-06-24T20:00/18 22-07-29T20:00/18 22-08-26T20:00/18 22-09-30T20:00/18" },
		{ "2022-06-20T10:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", 3, "22-06-20T10:00/08 22-07-04T10:00/08 22-07-18T10:00/08" },
		{ "2022-07-06T14:00", "FREQ=MONTHLY;BYDAY=1WE", 3, "22-07-06T14:00/12 22-08-03T14:00/12 22-09-07T14:00/12" },
		{ "2022-07-01", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", 3, "22-07-01/22 22-10-01/22 23-01-01/23" },
		{ "2022-12-29T10:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", 2, "22-12-29T10:00/09 23-01-12T10:00/09" },
		/* Days that some months and years lack are left out. */
		{ "2022-01-31T10:00", "FREQ=MONTHLY;BYMONTHDAY=31", 3, "22-01-31T10:00/09 22-03-31T10:00/08 22-05-31T10:00/08" },
		{ "2024-02-29", "FREQ=YEARLY", 3, "24-02-29/23 28-02-29/23 32-02-29/23" },
		{ "2023-02-28", "FREQ=MONTHLY;BYMONTHDAY=-1", 3, "23-02-28/23 23-03-31/22 23-04-30/22" },
		{ "2024-01-31", "FREQ=MONTHLY;BYMONTHDAY=-1", 2, "24-01-31/23 24-02-29/23" },
		/* The end: by number, by date (that day included), by an instant in UTC. */
		{ "2022-06-15T20:00", "FREQ=DAILY;COUNT=2", 9, "22-06-15T20:00/18 22-06-16T20:00/18" },
		{ "2022-06-15T20:00", "FREQ=DAILY;UNTIL=20220616", 9, "22-06-15T20:00/18 22-06-16T20:00/18" },
		{ "2022-06-15T20:00", "FREQ=DAILY;UNTIL=20220616T180000Z", 9, "22-06-15T20:00/18 22-06-16T20:00/18" },
		{ "2022-06-15T20:00", "FREQ=DAILY;UNTIL=20220616T175959Z", 9, "22-06-15T20:00/18" },
		{ "2022-06-15T20:00", "FREQ=DAILY;UNTIL=20220616T195959", 9, "22-06-15T20:00/18" },
		{ "2022-06-15", "FREQ=DAILY;UNTIL=20220616", 9, "22-06-15/22 22-06-16/22" },
		{ "2022-06-15", "FREQ=DAILY;UNTIL=20220616T220000Z", 9, "22-06-15/22 22-06-16/22 22-06-17/22" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct series series = series_of(table[i].starts, table[i].rrule);

		assert_int_equal(recurrence_check(zone, &series), RECURRENCE_FINE);
		assert_string_equal(times(&series, table[i].max), table[i].times);
	}
}

static void recurrence_check__refuses__a_start_outside_its_own_rule(void **state)
{
	static const char *const misfits[][2] = {
		{ "2022-06-15T20:00", "FREQ=WEEKLY;BYDAY=TH" },
		{ "2022-06-15T20:00", "FREQ=MONTHLY;BYDAY=-1FR" },
		{ "2022-06-15", "FREQ=MONTHLY;BYMONTHDAY=1" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(misfits); i++) {
		struct series series = series_of(misfits[i][0], misfits[i][1]);

		assert_int_equal(recurrence_check(zone, &series), RECURRENCE_MISFIT);
	}
}

static void recurrence_check__refuses__rules_without_a_single_time(void **state)
{
	static const char *const never[] = {
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
		"FREQ=DAILY;UNTIL=20220101",
		"FREQ=DAILY;UNTIL=20220231",
		"FREQ=DAILY;UNTIL=99990101",
		"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(never); i++) {
		struct series series = series_of("2022-06-15T20:00", never[i]);

		assert_int_equal(recurrence_check(zone, &series), RECURRENCE_REFUSED);
	}
}

static void rule_is_fine__takes__what_neighbours_say(void **state)
{
	static const char *const fine[] = {
		"FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "INTERVAL=2;FREQ=WEEKLY;WKST=MO", "FREQ=MONTHLY;BYDAY=1MO,-1FR",
		"FREQ=YEARLY;BYMONTH=9;BYDAY=+2SA", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "FREQ=DAILY;COUNT=1000",
		"FREQ=DAILY;UNTIL=20221231T225959Z",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(fine); i++)
		assert_true(rule_is_fine(fine[i]));
}

static void rule_is_fine__refuses__hostile_rules(void **state)
{
	static const char *const hostile[] = {
		"", ";", "FREQ", "FREQ=", "FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;", "FREQ=DAILY;;COUNT=1", "freq=daily",
		"FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=1001", "FREQ=DAILY;COUNT=99999999999", "FREQ=DAILY;COUNT=-1",
		"FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=1000", "FREQ=DAILY;COUNT=2;UNTIL=20221231", "FREQ=DAILY;UNTIL=2022123",
		"FREQ=DAILY;UNTIL=2022-12-31", "FREQ=DAILY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=WEEKLY;BYDAY=", "FREQ=WEEKLY;BYDAY=MO,",
		"FREQ=WEEKLY;BYDAY=XX", "FREQ=MONTHLY;BYDAY=6MO", "FREQ=YEARLY;BYDAY=54MO", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
		"FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=YEARLY;BYMONTH=13", "FREQ=DAILY;BYHOUR=1,2,3",
		"FREQ=YEARLY;BYWEEKNO=53", "FREQ=YEARLY;RSCALE=CHINESE", "FREQ=DAILY;X=\xff", "FREQ=WEEKLY;BYDAY=MO,MO,MO,MO,MO,MO,MO,MO",
		"RRULE:FREQ=DAILY", "BYDAY=MO", "FREQ=DAILY;WKST=1",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
		if (rule_is_fine(hostile[i]))
			fail_msg("taken: %s", hostile[i]);
	}
}

static void recurrence_between__finds__those_that_begin_in_the_window(void **state)
{
	struct series series = series_of("2022-06-15T20:00", "FREQ=WEEKLY;BYDAY=WE");
	struct wall from = { 2022, 6, 22, 18, 0, 0 }, until = { 2022, 7, 6, 18, 0, 0 };
	struct occurrence found[4];

	(void)state;
	assert_int_equal(recurrence_between(zone, &series, wall_to_ms(&from), wall_to_ms(&until), found, 4), 2);
	assert_int_equal(found[0].wall.day, 22);
	assert_int_equal(found[1].wall.day, 29);
	assert_int_equal(recurrence_between(zone, &series, wall_to_ms(&from), INT64_MAX, found, 1), 1);
	assert_int_equal(recurrence_between(zone, &series, 0, wall_to_ms(&from) - 8 * MS_PER_DAY, found, 4), 0);
}

static void recurrence_step__ends__after_fifty_years_of_days(void **state)
{
	struct series series = series_of("2022-06-15T20:00", "FREQ=DAILY");
	AUTO_RECURRENCE walk = recurrence_open(zone, &series);
	struct occurrence next;
	int steps = 0;

	(void)state;
	while (recurrence_step(walk, &next))
		steps++;
	assert_int_equal(steps, RECURRENCE_STEPS_MAX);
	assert_false(recurrence_step(walk, &next));
}

static void recurrence_step__ends__where_wall_clocks_end(void **state)
{
	struct series series = series_of("2022-06-15T20:00", "FREQ=YEARLY;INTERVAL=100");

	(void)state;
	assert_string_equal(times(&series, 9), "22-06-15T20:00/18 22-06-15T20:00/18");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recurrence_step__expands__on_the_wall),
		cmocka_unit_test(recurrence_check__refuses__a_start_outside_its_own_rule),
		cmocka_unit_test(recurrence_check__refuses__rules_without_a_single_time),
		cmocka_unit_test(rule_is_fine__takes__what_neighbours_say),
		cmocka_unit_test(rule_is_fine__refuses__hostile_rules),
		cmocka_unit_test(recurrence_between__finds__those_that_begin_in_the_window),
		cmocka_unit_test(recurrence_step__ends__after_fifty_years_of_days),
		cmocka_unit_test(recurrence_step__ends__where_wall_clocks_end),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
