#include "command/actie_line.h"

#include "base/arena.h"
#include "unit/house.h"
#include "unit/scratch.h"

static struct test_house home;
static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	test_house_open(&home);
	arena = arena_create(1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_destroy(arena);
	test_house_close(&home);
	return 0;
}

static enum actie_wish wish(const char *text, int64_t expected)
{
	int64_t number;
	enum actie_wish wish = actie_line_read(arena, text, &number);

	assert_int_equal(number, expected);
	return wish;
}

static void actie_line_read__tells__numbers_from_texts(void **state)
{
	(void)state;
	assert_int_equal(wish("", 0), ACTIE_LIST);
	assert_int_equal(wish("7", 7), ACTIE_SHOW);
	assert_int_equal(wish("#7", 7), ACTIE_SHOW);
	assert_int_equal(wish("7 ik", 7), ACTIE_TAKE);
	assert_int_equal(wish("7 Ik doe het!", 7), ACTIE_TAKE);
	assert_int_equal(wish("7 me", 7), ACTIE_TAKE);
	assert_int_equal(wish("2 bankjes schuren", 0), ACTIE_ADD);
	assert_int_equal(wish("terug", 0), ACTIE_LOOK_BACK);
	assert_int_equal(wish("Look back", 0), ACTIE_LOOK_BACK);
	assert_int_equal(wish("flessen terug brengen", 0), ACTIE_ADD);
	assert_false(actie_takes(arena, "ik niet"));
}

static void assert_task(const char *typed, const char *text, const char *due, const char *clock)
{
	struct actie_task task;

	assert_int_equal(actie_task_read(&home.house, arena, typed, SCRATCH_NOW_MS, &task), WHEN_OK);
	assert_string_equal(task.text, text);
	assert_string_equal(task.due ? task.due : "-", due);
	assert_string_equal(task.clock ? task.clock : "-", clock);
}

static void actie_task_read__finds__the_day(void **state)
{
	(void)state;
	assert_task("Flyers drukken vrijdag", "Flyers drukken", "2022-06-17", "-");
	assert_task("Flyers drukken\nvoor vrijdag", "Flyers drukken", "2022-06-17", "-");
	assert_task("hal vegen uiterlijk zaterdag", "hal vegen", "2022-06-18", "-");
	assert_task("print flyers by friday", "print flyers", "2022-06-17", "-");
	assert_task("soep koken morgen 18:00", "soep koken", "2022-06-15", "18:00");
	/* A place is part of it, a part of the day stays, a range ends with its last day. */
	assert_task("stoelen ophalen bij Kruitberg morgen", "stoelen ophalen bij Kruitberg", "2022-06-15", "-");
	assert_task("hal vegen vrijdagavond", "hal vegen vrijdagavond", "2022-06-17", "-");
	assert_task("tuin water geven 20 t/m 24 juni", "tuin water geven", "2022-06-24", "-");
	/* No day: none is needed. What repeats has none by which it is done. */
	assert_task("2 bankjes schuren", "2 bankjes schuren", "-", "-");
	assert_task("container buiten elke maandag", "container buiten elke maandag", "-", "-");
	assert_task("vrijdag", "", "2022-06-17", "-");
}

static void actie_task_read__refuses__a_day_that_cannot_be(void **state)
{
	struct actie_task task;

	(void)state;
	assert_int_equal(actie_task_read(&home.house, arena, "flyers gisteren", SCRATCH_NOW_MS, &task), WHEN_DATE_PAST);
	assert_int_equal(actie_task_read(&home.house, arena, "flyers 31 februari", SCRATCH_NOW_MS, &task), WHEN_DATE_INVALID);
}

static void niet_line_read__takes__a_reason(void **state)
{
	const char *reason;
	int64_t number;

	(void)state;
	assert_true(niet_line_read(arena, "7: te weinig\nanimo", &number, &reason));
	assert_int_equal(number, 7);
	assert_string_equal(reason, "te weinig animo");
	assert_true(niet_line_read(arena, "7", &number, &reason));
	assert_string_equal(reason, "");
	assert_false(niet_line_read(arena, "te weinig animo", &number, &reason));
}

static void assert_applause(const char *typed, const char *whom, const char *why)
{
	struct applaus_line line;

	applaus_line_read(arena, typed, &line);
	assert_int_equal(line.wish, APPLAUS_GIVE);
	assert_string_equal(line.whom, whom);
	assert_string_equal(line.why, why);
}

static void applaus_line_read__takes__whom_and_why(void **state)
{
	struct applaus_line line;

	(void)state;
	assert_applause("Fatima voor de eten-deel-kasten", "Fatima", "voor de eten-deel-kasten");
	assert_applause("Fatima, omdat ze altijd veegt", "Fatima", "omdat ze altijd veegt");
	assert_applause("Fatima for the soup", "Fatima", "for the soup");
	assert_applause("de voorzitter", "de voorzitter", "");
	assert_applause("voor de keukenploeg", "", "voor de keukenploeg");
	applaus_line_read(arena, "Uit!", &line);
	assert_int_equal(line.wish, APPLAUS_OFF);
	applaus_line_read(arena, "on", &line);
	assert_int_equal(line.wish, APPLAUS_ON);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(actie_line_read__tells__numbers_from_texts, setup, teardown),
		cmocka_unit_test_setup_teardown(actie_task_read__finds__the_day, setup, teardown),
		cmocka_unit_test_setup_teardown(actie_task_read__refuses__a_day_that_cannot_be, setup, teardown),
		cmocka_unit_test_setup_teardown(niet_line_read__takes__a_reason, setup, teardown),
		cmocka_unit_test_setup_teardown(applaus_line_read__takes__whom_and_why, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
