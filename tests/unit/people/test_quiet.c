/*
 * Who is left alone, and until when.
 */
#include "people/quiet.h"

#include "base/clock.h"
#include "people/link.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &link_statements, &quiet_statements, NULL };

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

static void hush(struct turn *turn, void *context)
{
	(void)context;
	assert_int_equal(quiet_group_until(turn_view(turn), GROUP_KRUITBERG), 0);
	quiet_set_group(turn, GROUP_KRUITBERG, PERSON_LEAD, turn_now_ms(turn) + MS_PER_DAY);
	quiet_set_person(turn, PERSON_JOHN, turn_now_ms(turn) + MS_PER_DAY);
	assert_int_equal(quiet_group_until(turn_view(turn), GROUP_KRUITBERG), turn_now_ms(turn) + MS_PER_DAY);
	assert_int_equal(quiet_group_until(turn_view(turn), GROUP_KLEIBURG), 0);
	assert_int_equal(quiet_person_until(turn_view(turn), PERSON_FATIMA), 0);
	quiet_set_person(turn, PERSON_FATIMA, turn_now_ms(turn) + MS_PER_DAY);
	quiet_set_person(turn, PERSON_FATIMA, 0);
	assert_int_equal(quiet_person_until(turn_view(turn), PERSON_FATIMA), 0);
}

static void look_later(struct turn *turn, void *context)
{
	int64_t stays;

	(void)context;
	assert_int_equal(quiet_group_until(turn_view(turn), GROUP_KRUITBERG), 0);
	assert_int_equal(quiet_person_until(turn_view(turn), PERSON_JOHN), 0);
	/* Linked, the one who stays counts for both. */
	quiet_set_person(turn, PERSON_LEAD, turn_now_ms(turn) + MS_PER_DAY);
	assert_int_equal(link_make(turn, PERSON_LEAD, PERSON_JOHN, 0, &stays), LINK_DONE);
	assert_true(quiet_person_until(turn_view(turn), PERSON_JOHN) > 0);
}

static void quiet__lasts__until_its_time(void **state)
{
	(void)state;
	scratch_turn(&scratch, hush, NULL);
	scratch.now_ms += MS_PER_DAY;
	scratch_turn(&scratch, look_later, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(quiet__lasts__until_its_time, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
