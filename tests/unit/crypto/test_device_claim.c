/*
 * Devices that tell of themselves before the server does.
 */
#include "unit/crypto/device_house.h"

struct claiming {
	const char *text;
	const char *user;
	const char *curve25519;
	const char *ed25519;
	bool taken;
};

static void claim_in(struct turn *turn, void *context)
{
	struct claiming *claiming = context;
	const struct cJSON *device_keys = json_parse_in(turn_arena(turn), claiming->text, strlen(claiming->text));

	claiming->taken = device_take_claimed(own.crypto, turn, device_keys, claiming->user, claiming->curve25519, claiming->ed25519);
}

static bool claim(const char *text, const char *user, const struct peer *keys)
{
	struct claiming claiming = { text, user, account_curve25519(keys->account), account_ed25519(keys->account), false };

	device_scratch_turn(&own, claim_in, &claiming);
	return claiming.taken;
}

static void claim__is_taken__when_all_of_it_agrees(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE"), other = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN);
	struct answer answer = answer_signed(&an, &phone);
	const char *text = peer_format(arena, &phone, &an);
	struct want want;

	(void)state;
	answer.devices = NULL;
	track(AN);
	query(answer);
	outdate(AN);
	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &want));
	assert_false(claim(text, BO, &phone)); /* CVE-2026-45056 */
	assert_false(claim(text, AN, &other));
	assert_false(claim(peer_format_members(arena, &other, NULL, peer_members(arena, &phone)), AN, &phone));
	assert_int_equal(standing(&phone), STANDING_UNKNOWN);
	assert_true(claim(text, AN, &phone));
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	/* The query under way was asked before: it hides the device, but only until the next one. */
	reply(&want, &answer);
	assert_false(settled(AN));
	query(answer_signed(&an, &phone));
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	assert_false(claim(peer_format(arena, &other, &an), AN, &other));
	assert_true(claim(text, AN, &phone));
	assert_true(settled(AN));
}

static void claim__brings_back__a_device_that_was_gone(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN);
	const char *text = peer_format(arena, &phone, &an);
	struct answer none = answer_signed(&an, &phone);

	(void)state;
	none.devices = NULL;
	track(AN);
	query(answer_signed(&an, &phone));
	assert_true(claim(text, AN, &phone));
	assert_true(settled(AN));
	outdate(AN);
	query(none);
	assert_int_equal(standing(&phone), STANDING_UNKNOWN);
	/* Who is to have keys is reckoned anew when the server has told, too. */
	assert_true(claim(text, AN, &phone));
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	assert_false(settled(AN));
	query(answer_signed(&an, &phone));
	assert_true(claim(text, AN, &phone));
	assert_true(settled(AN));
}

static void claim__takes_no_signature_away__when_it_is_older(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN);

	(void)state;
	track(AN);
	query(answer_signed(&an, &phone));
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	assert_true(claim(peer_format(arena, &phone, NULL), AN, &phone));
	assert_int_equal(standing(&phone), STANDING_SIGNED);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(claim__is_taken__when_all_of_it_agrees),
		TEST(claim__brings_back__a_device_that_was_gone),
		TEST(claim__takes_no_signature_away__when_it_is_older),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
