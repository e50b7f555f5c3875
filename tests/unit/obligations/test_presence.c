#include "obligations/presence.h"

#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &presence_statements, NULL };
static struct scratch scratch;

static int setup(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	return 0;
}

static void note_and_undo(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	const int64_t *cores;
	const char *day;
	size_t len;

	(void)context;
	assert_false(presence_find_last_session(view, &day));
	presence_note(turn, CORE_KLEIBURG, "2022-11-12", PERSON_COORDINATOR);
	presence_note(turn, CORE_KRUITBERG, "2022-11-12", PERSON_COORDINATOR);
	presence_note(turn, CORE_KRUITBERG, "2022-11-12", PERSON_COORDINATOR);
	presence_note(turn, CORE_KRUITBERG, "2022-03-01", PERSON_COORDINATOR);
	assert_true(presence_find_last_session(view, &day));
	assert_string_equal(day, "2022-11-12");
	cores = presence_list(view, day, &len);
	assert_int_equal(len, 2);
	assert_int_equal(cores[0], CORE_KRUITBERG);
	assert_false(presence_undo(turn, CORE_KLEIBURG, "2022-03-01", PERSON_COORDINATOR));
	/* The last one first. */
	assert_true(presence_undo(turn, CORE_KRUITBERG, NULL, PERSON_COORDINATOR));
	assert_true(presence_find_last(view, CORE_KRUITBERG, &day));
	assert_string_equal(day, "2022-03-01");
	assert_true(presence_undo(turn, CORE_KRUITBERG, NULL, PERSON_COORDINATOR));
	assert_false(presence_find_last(view, CORE_KRUITBERG, &day));
	assert_false(presence_undo(turn, CORE_KRUITBERG, NULL, PERSON_COORDINATOR));
	/* Undone by mistake. */
	presence_note(turn, CORE_KRUITBERG, "2022-11-12", PERSON_COORDINATOR);
	assert_true(presence_find_last(view, CORE_KRUITBERG, &day));
	assert_string_equal(day, "2022-11-12");
}

static void presence__is_noted_once_and_undone__by_day(void **state)
{
	(void)state;
	scratch_turn(&scratch, note_and_undo, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(presence__is_noted_once_and_undone__by_day, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
