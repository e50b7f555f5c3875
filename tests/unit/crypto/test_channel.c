/*
 * Olm between real devices, there and back.
 */
#include "crypto/channel.h"

#include "base/clock.h"
#include "unit/crypto/channel_house.h"

static void channel_send__reaches__both_ways(void **state)
{
	(void)state;
	assert_int_equal(state_of(bot, resident), CHANNEL_NONE);
	assert_false(try_send(bot, resident, "m.test"));
	ask(bot, resident);
	assert_int_equal(state_of(bot, resident), CHANNEL_ASKED);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_int_equal(state_of(bot, resident), CHANNEL_OPEN);
	assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
	send(bot, resident, "m.test");
	assert_string_equal(receive_next(resident), PASSED);
	assert_int_equal(state_of(resident, bot), CHANNEL_OPEN);
	for (int i = 0; i < 3; i++) {
		send(resident, bot, "m.test");
		assert_string_equal(receive_next(bot), PASSED);
		send(bot, resident, "m.test");
		assert_string_equal(receive_next(resident), PASSED);
	}
	assert_int_equal(look(bot, resident).len, 1);
	assert_int_equal(look(resident, bot).len, 1);
}

static void channel__goes_on__after_a_restart_between_all_steps(void **state)
{
	(void)state;
	ask(bot, resident);
	world_crash(bot);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	world_crash(bot);
	assert_true(try_send(bot, resident, "m.test"));
	world_crash(bot);
	assert_true(try_send(bot, resident, "m.test"));
	while (world_carry(&world, bot, WANT_TO_DEVICE))
		world_crash(bot);
	assert_string_equal(receive_next(resident), PASSED);
	world_crash(resident);
	assert_string_equal(receive_next(resident), PASSED);
	world_crash(resident);
	send(resident, bot, "m.test");
	assert_string_equal(receive_next(bot), PASSED);
	assert_int_equal(look(bot, resident).len, 1);
}

/* The server has the message, and we do not know that. */
static void todevice__arrives_once__when_its_answer_is_lost(void **state)
{
	(void)state;
	open_channel(bot, resident);
	world.loses[WANT_TO_DEVICE] = true;
	send(bot, resident, "m.test");
	world_crash(bot);
	world.loses[WANT_TO_DEVICE] = false;
	assert_true(world_carry(&world, bot, WANT_TO_DEVICE));
	assert_false(world_carry(&world, bot, WANT_TO_DEVICE));
	assert_string_equal(receive_next(resident), PASSED);
	assert_null(resident->inbox->child);
}

/* T10. */
static void channel__unwedges__once_an_hour(void **state)
{
	int64_t before;

	(void)state;
	open_channel(resident, bot);
	send(resident, bot, "m.test");
	assert_string_equal(receive_next(bot), PASSED);
	before = look(resident, bot).number;
	/* The session is young: what is on its way may have been sent before it. */
	break_next(resident, bot);
	assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
	world_pass_time(&world, 61 * MS_PER_MINUTE);
	break_next(resident, bot);
	world_crash(bot);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	world_crash(bot);
	assert_true(world_carry(&world, bot, WANT_TO_DEVICE));
	assert_string_equal(receive_next(resident), PASSED);
	assert_int_equal(look(resident, bot).len, 2);
	assert_true(look(resident, bot).number > before);
	/* From now on the new session is the one to use. */
	send(resident, bot, "m.test");
	assert_string_equal(receive_next(bot), PASSED);
	world_pass_time(&world, 59 * MS_PER_MINUTE);
	break_next(resident, bot);
	world_crash(bot);
	assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
	world_pass_time(&world, 2 * MS_PER_MINUTE);
	break_next(resident, bot);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
}

static void channel_session_add__keeps__the_six_last_used(void **state)
{
	int64_t newest = 0;

	(void)state;
	for (int i = 0; i < 9; i++) {
		world_pass_time(&world, 2 * MS_PER_HOUR);
		if (i == 0)
			open_channel(resident, bot);
		else
			break_next(bot, resident);
		if (i > 0)
			assert_true(world_carry(&world, resident, WANT_KEYS_CLAIM));
		if (i == 0)
			send(resident, bot, "m.test");
		else
			assert_true(world_carry(&world, resident, WANT_TO_DEVICE));
		assert_string_equal(receive_next(bot), PASSED);
		assert_true(look(bot, resident).number > newest);
		newest = look(bot, resident).number;
	}
	assert_int_equal(look(bot, resident).len, 6);
	assert_int_equal(look(resident, bot).len, 6);
	send(bot, resident, "m.test");
	assert_string_equal(receive_next(resident), PASSED);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(channel_send__reaches__both_ways),
		TEST(channel__goes_on__after_a_restart_between_all_steps),
		TEST(todevice__arrives_once__when_its_answer_is_lost),
		TEST(channel__unwedges__once_an_hour),
		TEST(channel_session_add__keeps__the_six_last_used),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
