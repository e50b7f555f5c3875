/*
 * Verifications that did not survive a restart: who compared emoji with us is told that it is over, once.
 */
#include "crypto/verification.h"

#include "unit/crypto/verifying.h"

/* The bot's, and the first batch after it. */
static void restart(void)
{
	world_crash(verifying.bot);
	verifying_trust(verifying.bot, ADMIN);
	assert_int_equal(verifying_look(verifying.bot).len, 0);
	verifying_settle();
}

static void assert_told_once(void)
{
	assert_int_equal(verifying_count(verifying.bot, "m.key.verification.cancel"), 1);
	restart();
	assert_int_equal(verifying_count(verifying.bot, "m.key.verification.cancel"), 1);
}

static void verification__is_told_to_be_over__after_a_restart_before_our_answer(void **state)
{
	(void)state;
	verifying_begin(verifying.admin, BOT);
	verifying_settle();
	restart();
	verifying_assert_cancelled(verifying.admin, "m.user");
	assert_told_once();
}

static void verification__is_told_to_be_over__after_a_restart_before_their_answer(void **state)
{
	(void)state;
	verifying_begin(verifying.bot, ADMIN);
	verifying_settle();
	restart();
	verifying_assert_cancelled(verifying.admin, "m.user");
	assert_told_once();
}

static void verification__is_told_to_be_over__after_a_restart_half_way(void **state)
{
	(void)state;
	verifying_compare(verifying.bot, verifying.admin);
	restart();
	verifying_assert_cancelled(verifying.admin, "m.user");
	assert_told_once();
}

/* Between devices, also those that did not answer. */
static void verification__is_told_to_be_over__to_all_our_devices(void **state)
{
	struct world_device *laptop, *tablet;

	(void)state;
	laptop = world_add(&verifying.world, BOT, "LAPTOP");
	tablet = world_add(&verifying.world, BOT, "TABLET");
	world_meet(&verifying.world);
	verifying_begin(verifying.bot, BOT);
	world_settle(&verifying.world);
	restart();
	verifying_assert_cancelled(laptop, "m.user");
	verifying_assert_cancelled(tablet, "m.user");
	verifying_begin(laptop, BOT);
	world_settle(&verifying.world);
	verifying_assert_stage(verifying.bot, VERIFICATION_ASKED);
	restart();
	verifying_assert_cancelled(laptop, "m.user");
}

/* What ended is over, and what is long over interests nobody. */
static void verification__is_told_nobody__after_a_restart_too_late(void **state)
{
	(void)state;
	verifying_begin(verifying.admin, BOT);
	verifying_settle();
	verifying.bot->own.scratch.now_ms += 10 * MS_PER_MINUTE;
	restart();
	assert_int_equal(verifying_count(verifying.bot, "m.key.verification.cancel"), 0);
	world_pass_time(&verifying.world, 10 * MS_PER_MINUTE);
	verifying_begin(verifying.admin, BOT);
	verifying_settle();
	assert_true(verifying_end(verifying.admin, false));
	verifying_settle();
	verifying_assert_cancelled(verifying.bot, "m.user");
	restart();
	assert_int_equal(verifying_count(verifying.bot, "m.key.verification.cancel"), 0);
}

/* Our request was not in the room yet, so it had no name to be cancelled by. */
static void verification__is_told_to_be_over__when_our_request_went_out_after_the_restart(void **state)
{
	(void)state;
	verifying_begin(verifying.bot, ADMIN);
	restart();
	verifying_assert_stage(verifying.admin, VERIFICATION_ASKED);
	verifying_begin(verifying.admin, BOT);
	verifying_settle();
	verifying_assert_cancelled(verifying.admin, "m.unknown_transaction");
}

static void verification__is_told_to_be_over__after_a_dropped_turn(void **state)
{
	(void)state;
	verifying_compare(verifying.bot, verifying.admin);
	crypto_drop(verifying.bot->own.crypto);
	assert_int_equal(verifying_look(verifying.bot).len, 0);
	verifying_settle();
	verifying_assert_cancelled(verifying.admin, "m.user");
	assert_false(verifying_believes(verifying.admin, BOT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(verification__is_told_to_be_over__after_a_restart_before_our_answer, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__is_told_to_be_over__after_a_restart_before_their_answer, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__is_told_to_be_over__after_a_restart_half_way, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__is_told_to_be_over__to_all_our_devices, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__is_told_nobody__after_a_restart_too_late, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__is_told_to_be_over__when_our_request_went_out_after_the_restart, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__is_told_to_be_over__after_a_dropped_turn, verifying_open, verifying_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
