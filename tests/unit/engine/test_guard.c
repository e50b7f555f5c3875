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
		passed += guard_command(guard, sender, "!kruitberg", at_ms) == GUARD_PASS;
	return passed;
}

static void guard_command__stops__a_flood_and_says_so_once(void **state)
{
	int most;

	(void)state;
	most = passes("@an", NOON_MS, 400);
	assert_int_equal(most, 400);
	assert_int_equal(guard_command(guard, "@an", "!kruitberg", NOON_MS), GUARD_SLOW_DOWN);
	assert_int_equal(guard_command(guard, "@an", "!kruitberg", NOON_MS), GUARD_SILENT);
	assert_int_equal(guard_command(guard, "@bo", "!kruitberg", NOON_MS), GUARD_PASS);
	assert_int_equal(guard_command(guard, "@an", "!kruitberg", NOON_MS + 2 * MS_PER_SECOND), GUARD_PASS);
	assert_int_equal(guard_command(guard, "@an", "!kruitberg", NOON_MS + 2 * MS_PER_SECOND), GUARD_SILENT);
	/* After a calm while he is told again. */
	assert_int_equal(passes("@an", NOON_MS + 3 * MS_PER_MINUTE, 89), 89);
	assert_int_equal(guard_command(guard, "@an", "!kruitberg", NOON_MS + 3 * MS_PER_MINUTE), GUARD_SLOW_DOWN);
	assert_int_equal(guard_command(guard, "@an", "!kruitberg", NOON_MS + 3 * MS_PER_MINUTE), GUARD_SILENT);
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

/* 400 commands of each of so many senders, in one room; how many pass. */
static int crowd(const char *room, int senders)
{
	char id[32];
	int passed = 0;

	for (int i = 0; i < senders; i++) {
		(void)snprintf(id, sizeof id, "@%s%d", room, i);
		for (int j = 0; j < 400; j++)
			passed += guard_command(guard, id, room, NOON_MS) == GUARD_PASS;
	}
	return passed;
}

/* Many who each keep to their own measure; whoever has nothing to do with it is told, once, and sends his receipts. */
static void guard_command__stops__a_room_that_is_too_much(void **state)
{
	(void)state;
	assert_int_equal(crowd("!a", 7), 2000);
	assert_int_equal(guard_command(guard, "@an", "!a", NOON_MS), GUARD_SLOW_DOWN);
	assert_int_equal(guard_command(guard, "@an", "!a", NOON_MS), GUARD_SILENT);
	assert_int_equal(guard_command(guard, "@an", NULL, NOON_MS), GUARD_PASS);
	assert_int_equal(guard_command(guard, "@bo", "!b", NOON_MS), GUARD_PASS);
	assert_int_equal(guard_command(guard, "@an", "!a", NOON_MS + MS_PER_SECOND), GUARD_PASS);
}

static void guard_command__stops__when_all_rooms_are_too_much(void **state)
{
	char room[16];
	int passed = 0;

	(void)state;
	for (int i = 0; i < 12; i++) {
		(void)snprintf(room, sizeof room, "!%d", i);
		passed += crowd(room, 5);
	}
	assert_int_equal(passed, 20000);
	assert_int_equal(guard_command(guard, "@an", "!b", NOON_MS), GUARD_SLOW_DOWN);
	assert_int_equal(guard_command(guard, "@an", NULL, NOON_MS), GUARD_PASS);
}

/* What one sender is refused is not taken from the others. */
static void guard_command__spares__the_room_of_a_flood(void **state)
{
	(void)state;
	assert_int_equal(passes("@an", NOON_MS, 5000), 400);
	assert_int_equal(passes("@bo", NOON_MS, 400), 400);
	assert_int_equal(passes("@cees", NOON_MS, 400), 400);
}

/* Somebody who writes because we spoke: after how many answers it is a loop, one every so many ms; 0: never, of `most`. */
static int talk(const char *const *answers, size_t len, int64_t every_ms, int most)
{
	for (int i = 0; i < most; i++) {
		bool loops = guard_loops(guard, "!a", answers[(size_t)i % len], NOON_MS + i * every_ms);

		guard_said(guard, "!a");
		if (loops)
			return i + 1;
	}
	return 0;
}

static void guard_loops__sees__too_many_answers(void **state)
{
	static const char *const answers[] = { "a", "b" };

	(void)state;
	assert_int_equal(talk(answers, 2, 1, 1000), 121);
	/* It begins anew. */
	assert_int_equal(talk(answers, 2, 1, 1000), 121);
	guard_destroy(guard);
	guard = guard_create();
	/* What a flood is slowed down to ends too; a lively evening does not. */
	assert_int_equal(talk(answers, 2, 2 * MS_PER_SECOND, 1000), 240);
	guard_destroy(guard);
	guard = guard_create();
	assert_int_equal(talk(answers, 2, 4 * MS_PER_SECOND, 5000), 0);
}

static void guard_loops__sees__the_same_answer_again_and_again(void **state)
{
	static const char *const answer = "a";

	(void)state;
	assert_int_equal(talk(&answer, 1, 10 * MS_PER_SECOND, 1000), 30);
	guard_destroy(guard);
	guard = guard_create();
	assert_int_equal(talk(&answer, 1, 30 * MS_PER_SECOND, 1000), 0);
}

/* A thousand messages of catching up: they were written before we spoke. */
static void guard_loops__is_not_misled__by_what_was_there_already(void **state)
{
	(void)state;
	for (int i = 0; i < 1000; i++)
		assert_false(guard_loops(guard, "!a", "a", NOON_MS));
	guard_said(guard, "!a");
	assert_false(guard_loops(guard, "!a", "a", NOON_MS));
}

/* More senders than it remembers: who was silent longest is forgotten, nobody else. */
static void guard__remembers__who_spoke_last(void **state)
{
	char id[16];

	(void)state;
	(void)passes("@loud", NOON_MS, 401);
	for (int i = 0; i < 2000; i++) {
		snprintf(id, sizeof id, "@%d", i);
		assert_int_equal(guard_command(guard, id, NULL, NOON_MS), GUARD_PASS);
		assert_int_equal(guard_command(guard, "@loud", "!kruitberg", NOON_MS), GUARD_SILENT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(guard_command__stops__a_flood_and_says_so_once, setup, teardown),
		cmocka_unit_test_setup_teardown(guard_command__gives__nothing_for_jumping_clocks, setup, teardown),
		cmocka_unit_test_setup_teardown(guard_command__stops__a_room_that_is_too_much, setup, teardown),
		cmocka_unit_test_setup_teardown(guard_command__stops__when_all_rooms_are_too_much, setup, teardown),
		cmocka_unit_test_setup_teardown(guard_command__spares__the_room_of_a_flood, setup, teardown),
		cmocka_unit_test_setup_teardown(guard_loops__sees__too_many_answers, setup, teardown),
		cmocka_unit_test_setup_teardown(guard_loops__sees__the_same_answer_again_and_again, setup, teardown),
		cmocka_unit_test_setup_teardown(guard_loops__is_not_misled__by_what_was_there_already, setup, teardown),
		cmocka_unit_test_setup_teardown(guard_may_help__waits__ten_minutes, setup, teardown),
		cmocka_unit_test_setup_teardown(guard_file__counts__by_the_hour, setup, teardown),
		cmocka_unit_test_setup_teardown(guard__remembers__who_spoke_last, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
