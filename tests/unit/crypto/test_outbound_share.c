/*
 * Who gets the key of a session, and when again.
 */
#include "unit/crypto/outbound_house.h"

static void outbound_prepare__gives_the_present_index__to_who_comes_later(void **state)
{
	struct group_inbound *copy;
	const struct said *now;
	int64_t index;

	(void)state;
	begin();
	(void)say();
	(void)say();
	others_add(FATIMA, "FTABLET", STANDING_VERIFIED, CHANNEL_OPEN);
	others_changed();
	now = say();
	assert_int_equal(now->index, 2);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	assert_int_equal(group_inbound_create(others.arena, others_last("FTABLET", "session_key"), &copy), GROUP_INBOUND_OK);
	assert_int_equal(group_inbound_first_index(copy), 2);
	assert_true(was_shared("FTABLET", now->session, &index));
	assert_int_equal(index, 2);
	/* Another device of that name has not got it. */
	others_get("FTABLET")->device.curve25519 = "curve/other";
	assert_false(was_shared("FTABLET", now->session, &index));
}

static size_t sent_in_all_to(const char *device)
{
	size_t count = 0;

	for (size_t i = 0; i < others.sent_len; i++)
		count += str_equal(others.sent[i].device, device);
	return count;
}

/* 6.12, CVE-2024-47080: nothing of before, neither an earlier index nor an earlier session, nor where to get them. */
static void outbound_prepare__gives_nobody__what_was_said_before(void **state)
{
	const char *before;

	(void)state;
	begin();
	before = say()->session;
	discard();
	assert_string_not_equal(say()->session, before);
	others_add(FATIMA, "FTABLET", STANDING_VERIFIED, CHANNEL_OPEN);
	others_changed();
	(void)say();
	assert_int_equal(others_sent_to("FTABLET", ROOM_KEY), 1);
	assert_int_equal(sent_in_all_to("FTABLET"), 1);
	assert_string_not_equal(others_last("FTABLET", "session_id"), before);
}

static void outbound_prepare__gives_the_key_again__to_a_device_that_began_anew(void **state)
{
	const struct said *now;
	int64_t index;

	(void)state;
	begin();
	(void)say();
	others_get("FPHONE")->wedges++;
	others_changed();
	now = say();
	assert_int_equal(now->index, 1);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 2);
	assert_true(was_shared("FPHONE", now->session, &index));
	assert_int_equal(index, 0);
	others_changed();
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 2);
}

static void outbound_prepare__gives_the_key__to_a_device_that_is_signed_later(void **state)
{
	const char *session;

	(void)state;
	begin();
	session = say()->session;
	others_get("BPHONE")->standing = STANDING_SIGNED;
	others_changed();
	assert_string_equal(say()->session, session);
	assert_int_equal(others_sent_to("BPHONE", ROOM_KEY), 1);
	assert_int_equal(others_sent_to("BPHONE", WITHHELD), 1);
}

static void outbound_prepare__tries_again__who_was_missed(void **state)
{
	(void)state;
	begin();
	others_get("FPHONE")->channel = CHANNEL_FAILED;
	(void)say();
	assert_string_equal(others_last("FPHONE", "code"), "m.no_olm");
	assert_null(others_last("FPHONE", "session_id"));
	assert_null(others_last("FPHONE", "room_id"));
	others_get("FPHONE")->channel = CHANNEL_OPEN;
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 0);
	scratch.now_ms += 60000;
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
}

/* The queue gives up what it holds. */
static void server_takes_nothing(void)
{
	for (size_t i = 0; i < others.sent_len; i++) {
		if (!others.sent[i].delivered)
			others.sent[i].lost_ms = scratch.now_ms;
	}
	others_deliver();
	others_changed();
}

static void outbound_prepare__gives_again__what_the_server_did_not_take(void **state)
{
	(void)state;
	begin();
	check_prepare(CRYPTO_WAIT, "shares");
	server_takes_nothing();
	/* What is to be said does not wait for ever. */
	assert_int_equal(say()->index, 0);
	others_changed();
	scratch.now_ms += 59999;
	assert_int_equal(say()->index, 1);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	scratch.now_ms += 60000;
	check_prepare(CRYPTO_WAIT, "shares");
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 2);
	assert_int_equal(say()->index, 2);
	scratch.now_ms += 60000;
	others_changed();
	assert_int_equal(say()->index, 3);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 2);
}

static void outbound_prepare__tells_that_there_is_no_channel__once_until_there_was_one(void **state)
{
	(void)state;
	begin();
	for (int i = 0; i < 3; i++) {
		others_get("FPHONE")->channel = CHANNEL_FAILED;
		discard();
		(void)say();
		assert_int_equal(others_sent_to("FPHONE", WITHHELD), i < 2 ? 1 : 2);
		others_get("FPHONE")->channel = i == 1 ? CHANNEL_OPEN : CHANNEL_FAILED;
		others_changed();
		(void)say();
	}
}

static void outbound_prepare__shares_with_all__for_a_verification_and_by_config(void **state)
{
	const char *before;

	(void)state;
	begin();
	others.verified = FATIMA;
	others.changed = true;
	others_add(ROTONDE, "ADMIN", STANDING_UNSIGNED, CHANNEL_OPEN);
	before = say()->session;
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY) + others_sent_to("BPHONE", ROOM_KEY), 0);
	audience = OUTBOUND_ALL;
	(void)say();
	assert_int_equal(others_sent_to("BPHONE", ROOM_KEY), 1);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 0);
	audience = OUTBOUND_VERIFICATION;
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	/* What is said after it is not for those who got that. */
	audience = OUTBOUND_SIGNED;
	assert_string_not_equal(say()->session, before);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	assert_int_equal(others_sent_to("ADMIN", ROOM_KEY), 0);
}

static void outbound_prepare__minds_a_changed_identity__of_a_verified_user_only(void **state)
{
	(void)state;
	begin();
	others_get("FPHONE")->standing = STANDING_CHANGED;
	others.changed = true;
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	others.verified = FATIMA;
	others_changed();
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	assert_int_equal(others_sent_to("FPHONE", WITHHELD), 1);
	/* A person accepts it. */
	others.changed = false;
	others_get("FPHONE")->standing = STANDING_SIGNED;
	others_changed();
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 2);
}

static void outbound_prepare__gives_our_own_other_devices__the_key_when_signed(void **state)
{
	(void)state;
	begin();
	others_add(ROTONDE, "ADMIN", STANDING_SIGNED, CHANNEL_OPEN);
	others_add(ROTONDE, "ROTONDE", STANDING_SIGNED, CHANNEL_OPEN);
	(void)say();
	assert_int_equal(others_sent_to("ADMIN", ROOM_KEY), 1);
	assert_int_equal(others_sent_to("ROTONDE", ROOM_KEY), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(outbound_prepare__gives_the_present_index__to_who_comes_later),
		TEST(outbound_prepare__gives_nobody__what_was_said_before),
		TEST(outbound_prepare__gives_the_key_again__to_a_device_that_began_anew),
		TEST(outbound_prepare__gives_the_key__to_a_device_that_is_signed_later),
		TEST(outbound_prepare__tries_again__who_was_missed),
		TEST(outbound_prepare__gives_again__what_the_server_did_not_take),
		TEST(outbound_prepare__tells_that_there_is_no_channel__once_until_there_was_one),
		TEST(outbound_prepare__shares_with_all__for_a_verification_and_by_config),
		TEST(outbound_prepare__minds_a_changed_identity__of_a_verified_user_only),
		TEST(outbound_prepare__gives_our_own_other_devices__the_key_when_signed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
