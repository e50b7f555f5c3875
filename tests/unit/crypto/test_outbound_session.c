/*
 * When a new session begins (MATRIX.md 6.4).
 */
#include "unit/crypto/outbound_house.h"

static void nothing(void)
{
	scratch_reopen(&scratch);
}

static void a_week_passes(void)
{
	scratch.now_ms += 7 * 24 * HOUR_MS;
}

static void almost_a_week_passes(void)
{
	scratch.now_ms += 7 * 24 * HOUR_MS - 1;
}

static void the_clock_goes_back(void)
{
	scratch.now_ms -= 1;
}

static void hundred_messages(void)
{
	while (said_len < 100)
		(void)say();
}

static void ninety_nine_messages(void)
{
	while (said_len < 99)
		(void)say();
}

static void somebody_leaves(void)
{
	take_member(BRAM, MEMBERSHIP_LEFT);
}

static void somebody_comes(void)
{
	take_member("@anna:example.org", MEMBERSHIP_JOINED);
}

static void a_hole(void)
{
	const struct member member = { .id = "@carla:example.org", .membership = MEMBERSHIP_LEFT, .name = "" };

	take((struct room_update){ .members = &member, .members_len = 1, .limited = true });
	scratch_turn(&scratch, list_members, NULL);
}

static void history_closes(void)
{
	take((struct room_update){ .history_visibility = "joined" });
}

static void history_opens_further(void)
{
	take((struct room_update){ .history_visibility = "world_readable" });
}

static void a_device_goes(void)
{
	others_get("FPHONE")->gone = true;
	others_changed();
}

static void a_device_without_key_goes(void)
{
	others_get("BPHONE")->gone = true;
	others_changed();
}

static void a_signature_goes(void)
{
	others_get("FPHONE")->standing = STANDING_UNSIGNED;
	others_changed();
}

static void a_device_is_another(void)
{
	others_get("FPHONE")->device.curve25519 = "curve/other";
	others_changed();
}

static void an_identity_breaks(void)
{
	others.verified = FATIMA;
	others.changed = true;
	others_changed();
}

static void the_policy_widens(void)
{
	audience = OUTBOUND_ALL;
}

static const struct {
	const char *name;
	void (*happen)(void);
	bool rotates;
} happenings[] = {
	{ "a restart", nothing, false },
	{ "a week", a_week_passes, true },
	{ "almost a week", almost_a_week_passes, false },
	{ "the clock goes back", the_clock_goes_back, true },
	{ "100 messages", hundred_messages, true },
	{ "99 messages", ninety_nine_messages, false },
	{ "somebody leaves", somebody_leaves, true },
	{ "somebody comes", somebody_comes, false },
	{ "a hole", a_hole, true },
	{ "history closes", history_closes, true },
	{ "history opens further", history_opens_further, false },
	{ "a device goes", a_device_goes, true },
	{ "a device without key goes", a_device_without_key_goes, false },
	{ "a signature goes", a_signature_goes, true },
	{ "a device is another", a_device_is_another, true },
	{ "an identity breaks", an_identity_breaks, true },
	{ "the policy widens", the_policy_widens, true },
	{ "it is discarded", discard, true },
};

static void outbound_prepare__begins_a_new_session__when_it_must(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(happenings); i++) {
		const char *before;

		if (i) {
			(void)teardown(state);
			(void)setup(state);
		}
		begin();
		before = say()->session;
		happenings[i].happen();
		if (str_equal(say()->session, before) == happenings[i].rotates)
			fail_msg("%s", happenings[i].name);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(outbound_prepare__begins_a_new_session__when_it_must),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
