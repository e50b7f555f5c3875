#include "crypto/device.h"

#include "unit/crypto/device_house.h"

static void device__is_absent__when_its_own_signature_is_wrong(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE"), thief = peer_create(arena, AN, "PHONE");
	const char *text = peer_format_members(arena, &thief, NULL, peer_members(arena, &phone));

	(void)state;
	track(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", text) });
	assert_false(found(&phone));
	assert_int_equal(listed(AN), 0);
	assert_true(settled(AN));
}

/* The same text with one word in another's place, as long as that. */
static const char *replace(const char *text, const char *old, const char *new)
{
	char *copy = arena_dup(arena, text), *at = strstr(copy, old);

	assert_non_null(at);
	assert_int_equal(strlen(old), strlen(new));
	memcpy(at, new, strlen(new));
	return copy;
}

static void device__is_unsigned__when_its_owners_signature_is_anothers(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN), mallory = owner_create(arena, AN);
	const char *text = peer_format(arena, &phone, &mallory);
	struct answer answer = answer_signed(&an, &phone);

	(void)state;
	track(AN);
	answer.devices = devices_of(AN, "PHONE", text);
	query(answer);
	assert_int_equal(standing(&phone), STANDING_UNSIGNED);
	/* Under the right key's name, too. */
	outdate(AN);
	answer.devices = devices_of(AN, "PHONE", replace(text, signer_public_key(mallory.self_signing), signer_public_key(an.self_signing)));
	query(answer);
	assert_int_equal(standing(&phone), STANDING_UNSIGNED);
}

static void device__is_absent__when_its_object_is_not_what_was_signed(void **state)
{
	static const struct {
		const char *from, *to;
	} changes[] = {
		{ "\"device_id\":\"PHONE\"", "\"device_id\":\"OTHER\"" },
		{ "\"user_id\":\"" AN "\"", "\"user_id\":\"" BO "\"" },
		{ "\"user_id\"", "\"x\":1,\"user_id\"" },                                   /* a member that was not signed */
		{ "\"user_id\"", "\"user_id\":\"" AN "\",\"user_id\"" },                       /* a key twice, of the same value */
		{ "\"keys\":{", "\"keys\":{\"curve25519:PHONE\":\"x\"," },                     /* twice, the first another */
		{ "\"device_id\":\"PHONE\"", "\"device_id\":\"PHONE\\u0000\"" },
		{ "\"algorithms\":[", "\"algorithms\":[1.5," },
	};
	struct peer phone = peer_create(arena, AN, "PHONE");
	const char *text = peer_format(arena, &phone, NULL);

	(void)state;
	track(AN);
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		const char *at = strstr(text, changes[i].from);

		assert_non_null(at);
		query((struct answer){ .devices = devices_of(AN, "PHONE", arena_printf(arena, "%.*s%s%s", (int)(at - text), text, changes[i].to,
		                                                                        at + strlen(changes[i].from))) });
		assert_int_equal(listed(AN), 0);
		outdate(AN);
	}
	query((struct answer){ .devices = devices_of(AN, "PHONE", text) });
	assert_int_equal(listed(AN), 1);
}

static void device__is_absent__under_anothers_name_or_user(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	const char *text = peer_format(arena, &phone, NULL);

	(void)state;
	track(AN);
	track(BO);
	query((struct answer){ .devices = arena_printf(arena, "%s,%s", devices_of(AN, "ELSE", text), devices_of(BO, "PHONE", text)) });
	assert_int_equal(listed(AN), 0);
	assert_int_equal(listed(BO), 0);
}

static void device__is_absent__with_a_key_that_is_none(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	const char *zero = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	const char *members = arena_printf(arena,
	                                   "\"user_id\":\"" AN "\",\"device_id\":\"PHONE\",\"algorithms\":[],"
	                                   "\"keys\":{\"curve25519:PHONE\":\"%s\",\"ed25519:PHONE\":\"%s\"}",
	                                   zero, account_ed25519(phone.account));

	(void)state;
	track(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", peer_format_members(arena, &phone, NULL, members)) });
	assert_false(found(&phone));
}

static void device__is_not_written_to__without_our_algorithms(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	const char *members = arena_printf(arena,
	                                   "\"user_id\":\"" AN "\",\"device_id\":\"PHONE\",\"algorithms\":[\"m.megolm.v1.aes-sha2\"],"
	                                   "\"keys\":{\"curve25519:PHONE\":\"%s\",\"ed25519:PHONE\":\"%s\"}",
	                                   account_curve25519(phone.account), account_ed25519(phone.account));

	(void)state;
	track(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", peer_format_members(arena, &phone, NULL, members)) });
	assert_true(found(&phone));
	assert_int_equal(listed(AN), 0);
}

static void device__keeps_its_first_keys__when_others_are_shown(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE"), other = peer_create(arena, AN, "PHONE");
	const struct answer answer = { .devices = devices_of(AN, "PHONE", peer_format(arena, &phone, NULL)) };

	(void)state;
	track(AN);
	query(answer);
	outdate(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", peer_format(arena, &other, NULL)) });
	assert_true(has_incident("crypto.device_changed", AN " PHONE"));
	assert_int_equal(listed(AN), 0);
	assert_int_equal(standing(&other), STANDING_UNKNOWN);
	/* Not even after it was away. */
	outdate(AN);
	query((struct answer){ 0 });
	outdate(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", peer_format(arena, &other, NULL)) });
	assert_int_equal(listed(AN), 0);
	outdate(AN);
	query(answer);
	assert_true(found(&phone));
}

static void device__is_absent__when_two_have_one_curve25519_key(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE"), thief = peer_create(arena, AN, "THIEF");
	const char *members = arena_printf(arena,
	                                   "\"user_id\":\"" AN "\",\"device_id\":\"THIEF\",\"algorithms\":[],"
	                                   "\"keys\":{\"curve25519:THIEF\":\"%s\",\"ed25519:THIEF\":\"%s\"}",
	                                   account_curve25519(phone.account), account_ed25519(thief.account));
	const char *shown = peer_format(arena, &phone, NULL);

	(void)state;
	track(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", shown) });
	assert_true(found(&phone));
	outdate(AN);
	query((struct answer){
		.devices = arena_printf(arena, "\"" AN "\":{\"PHONE\":%s,\"THIEF\":%s}", shown, peer_format_members(arena, &thief, NULL, members)),
	});
	assert_false(found(&phone));
	assert_int_equal(standing(&phone), STANDING_UNKNOWN);
	assert_int_equal(listed(AN), 0);
	outdate(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", shown) });
	assert_true(found(&phone));
}

static void device__is_absent__when_named_like_its_owners_key(void **state)
{
	struct owner an = owner_create(arena, AN);
	struct peer odd = peer_create(arena, AN, signer_public_key(an.self_signing));
	struct answer answer = answer_signed(&an, &odd);

	(void)state;
	answer.devices = devices_of(AN, odd.id, peer_format(arena, &odd, NULL));
	track(AN);
	query(answer);
	assert_false(found(&odd));
}

static void device__is_gone__when_the_server_does_not_show_it(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN);

	(void)state;
	track(AN);
	query(answer_signed(&an, &phone));
	outdate(AN);
	query((struct answer){ .masters = member(AN, owner_format_master(arena, &an)) });
	assert_false(found(&phone));
	assert_int_equal(standing(&phone), STANDING_UNKNOWN);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(device__is_absent__when_its_own_signature_is_wrong),
		TEST(device__is_unsigned__when_its_owners_signature_is_anothers),
		TEST(device__is_absent__when_its_object_is_not_what_was_signed),
		TEST(device__is_absent__under_anothers_name_or_user),
		TEST(device__is_absent__with_a_key_that_is_none),
		TEST(device__is_not_written_to__without_our_algorithms),
		TEST(device__keeps_its_first_keys__when_others_are_shown),
		TEST(device__is_absent__when_two_have_one_curve25519_key),
		TEST(device__is_absent__when_named_like_its_owners_key),
		TEST(device__is_gone__when_the_server_does_not_show_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
