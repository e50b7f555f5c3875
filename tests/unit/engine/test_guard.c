#include "engine/guard.h"

#include "base/clock.h"
#include "unit/cmocka_all.h"

#define NOON_MS INT64_C(1655208000000)

static struct guard *guard;

static int setup(void **state)
{
	(void)state;
	guard = guard_create();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	guard_destroy(guard);
	return 0;
}

static int passes(const char *sender, int64_t at_ms, int tries)
{
	int passed = 0;

	for (int i = 0; i < tries; i++)
		passed += guard_command(guard, sender, at_ms) == GUARD_PASS;
	return passed;
}

static void guard_command__stops__a_flood_and_says_so_once(void **state)
{
	int most;

	(void)state;
	most = passes("@an", NOON_MS, 400);
	assert_int_equal(most, 400);
	assert_int_equal(guard_command(guard, "@an", NOON_MS), GUARD_SLOW_DOWN);
	assert_int_equal(guard_command(guard, "@an", NOON_MS), GUARD_SILENT);
	assert_int_equal(guard_command(guard, "@bo", NOON_MS), GUARD_PASS);
	assert_int_equal(guard_command(guard, "@an", NOON_MS + 2 * MS_PER_SECOND), GUARD_PASS);
	assert_int_equal(guard_command(guard, "@an", NOON_MS + 2 * MS_PER_SECOND), GUARD_SILENT);
	/* After a calm while he is told again. */
	assert_int_equal(passes("@an", NOON_MS + 3 * MS_PER_MINUTE, 89), 89);
	assert_int_equal(guard_command(guard, "@an", NOON_MS + 3 * MS_PER_MINUTE), GUARD_SLOW_DOWN);
	assert_int_equal(guard_command(guard, "@an", NOON_MS + 3 * MS_PER_MINUTE), GUARD_SILENT);
}

/* A claimed time that jumps back and forth gives no more than time itself does. */
static void guard_command__gives__nothing_for_jumping_clocks(void **state)
{
	(void)state;
	(void)passes("@an", NOON_MS, 400);
	(void)passes("@an", 0, 1);
	assert_int_equal(passes("@an", NOON_MS, 10), 0);
}

static void guard_may_help__waits__ten_minutes(void **state)
{
	(void)state;
	assert_true(guard_may_help(guard, "@an", NOON_MS));
	assert_false(guard_may_help(guard, "@an", NOON_MS + 9 * MS_PER_MINUTE));
	assert_true(guard_may_help(guard, "@bo", NOON_MS));
	assert_true(guard_may_help(guard, "@an", NOON_MS + 10 * MS_PER_MINUTE));
}

static void guard_file__counts__by_the_hour(void **state)
{
	(void)state;
	assert_int_equal(guard_file(guard, "@an", 2, NOON_MS), 0);
	assert_int_equal(guard_file(guard, "@an", 2, NOON_MS + MS_PER_MINUTE), 0);
	assert_int_equal(guard_file(guard, "@an", 2, NOON_MS + 2 * MS_PER_MINUTE), NOON_MS + MS_PER_HOUR);
	assert_int_equal(guard_file(guard, "@bo", 2, NOON_MS + 2 * MS_PER_MINUTE), 0);
	assert_int_equal(guard_file(guard, "@an", 2, NOON_MS + MS_PER_HOUR), 0);
	assert_int_equal(guard_file(guard, "@an", 2, NOON_MS + MS_PER_HOUR), 0);
	assert_int_equal(guard_file(guard, "@an", 2, NOON_MS + MS_PER_HOUR), NOON_MS + 2 * MS_PER_HOUR);
}

/* More senders than it remembers: who was silent longest is forgotten, nobody else. */
static void guard__remembers__who_spoke_last(void **state)
{
	char id[16];

	(void)state;
	(void)passes("@loud", NOON_MS, 401);
	for (int i = 0; i < 2000; i++) {
		snprintf(id, sizeof id, "@%d", i);
		assert_int_equal(guard_command(guard, id, NOON_MS), GUARD_PASS);
		assert_int_equal(guard_command(guard, "@loud", NOON_MS), GUARD_SILENT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(guard_command__stops__a_flood_and_says_so_once, setup, teardown),
		cmocka_unit_test_setup_teardown(guard_command__gives__nothing_for_jumping_clocks, setup, teardown),
		cmocka_unit_test_setup_teardown(guard_may_help__waits__ten_minutes, setup, teardown),
		cmocka_unit_test_setup_teardown(guard_file__counts__by_the_hour, setup, teardown),
		cmocka_unit_test_setup_teardown(guard__remembers__who_spoke_last, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
