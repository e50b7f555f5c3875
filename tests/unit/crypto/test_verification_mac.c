/*
 * What goes into the code and the MACs, letter for letter (specification, "SAS HKDF calculation", "MAC calculation").
 */
#include "crypto/verification_mac.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "unit/cmocka_all.h"

#define ALICE_INFO "MATRIX_KEY_VERIFICATION_MAC@alice:xALICE@bob:xBOB$transaction"

static struct arena *arena;
static struct sas *ours, *theirs;
static struct party alice, bob;

static int setup(void **state)
{
	(void)state;
	arena = arena_create_secret(1024 * 1024);
	ours = sas_create(arena);
	theirs = sas_create(arena);
	assert_int_equal(sas_set_their_key(ours, sas_public_key(theirs)), SAS_OK);
	assert_int_equal(sas_set_their_key(theirs, sas_public_key(ours)), SAS_OK);
	alice = (struct party){ "@alice:x", "ALICE", "device+key", "master+key", sas_public_key(ours) };
	bob = (struct party){ "@bob:x", "BOB", "bobs+key", NULL, sas_public_key(theirs) };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	sas_clear(ours);
	sas_clear(theirs);
	arena_destroy(arena);
	return 0;
}

static void verification_code__is_made__of_both_sides_as_they_started(void **state)
{
	struct short_code code = verification_code(arena, ours, &alice, &bob, "$transaction"), expected;
	unsigned char bytes[SHORT_CODE_BYTES];

	(void)state;
	sas_bytes(theirs,
	          arena_printf(arena, "MATRIX_KEY_VERIFICATION_SAS|@alice:x|ALICE|%s|@bob:x|BOB|%s|$transaction", alice.ephemeral, bob.ephemeral),
	          bytes, sizeof bytes);
	expected = short_code_of(bytes);
	assert_memory_equal(&code, &expected, sizeof code);
}

static void assert_mac(const char *mac, const char *text, const char *info)
{
	assert_non_null(mac);
	assert_string_equal(mac, sas_mac(theirs, text, info));
}

static void verification_mac__names__who_sends_which_key_to_whom(void **state)
{
	AUTO_JSON content = verification_mac_create(arena, ours, &alice, &bob, "$transaction");
	const struct cJSON *macs = json_object(content, "mac");

	(void)state;
	assert_mac(json_str(macs, "ed25519:ALICE"), "device+key", ALICE_INFO "ed25519:ALICE");
	assert_mac(json_str(macs, "ed25519:master+key"), "master+key", ALICE_INFO "ed25519:master+key");
	assert_mac(json_str(content, "keys"), "ed25519:ALICE,ed25519:master+key", ALICE_INFO "KEY_IDS");
}

static bool check(const struct cJSON *content, bool *ret_master)
{
	return verification_mac_check(arena, theirs, &alice, &bob, "$transaction", content, ret_master);
}

static void verification_mac__tells__whether_the_master_key_is_in_it(void **state)
{
	struct party without = alice;
	AUTO_JSON both = verification_mac_create(arena, ours, &alice, &bob, "$transaction");
	AUTO_JSON one = NULL;
	bool master = false;

	(void)state;
	without.master = NULL;
	one = verification_mac_create(arena, ours, &without, &bob, "$transaction");
	assert_true(check(both, &master));
	assert_true(master);
	assert_true(check(one, &master));
	assert_false(master);
}

static const struct cJSON *parse(const char *text)
{
	const struct cJSON *json = json_parse_in(arena, text, strlen(text));

	assert_non_null(json);
	return json;
}

static void verification_mac__refuses__keys_that_are_not_theirs(void **state)
{
	AUTO_JSON content = verification_mac_create(arena, ours, &alice, &bob, "$transaction");
	struct party other = alice;
	bool master;

	(void)state;
	other.ed25519 = "another+key";
	assert_false(verification_mac_check(arena, theirs, &other, &bob, "$transaction", content, &master));
	other = alice;
	other.master = "another+key";
	assert_false(verification_mac_check(arena, theirs, &other, &bob, "$transaction", content, &master));
	assert_false(verification_mac_check(arena, theirs, &alice, &bob, "$another", content, &master));
	assert_false(verification_mac_check(arena, theirs, &bob, &alice, "$transaction", content, &master));
}

static void verification_mac__refuses__lists_that_are_none(void **state)
{
	AUTO_JSON content = verification_mac_create(arena, ours, &alice, &bob, "$transaction");
	bool master;

	(void)state;
	assert_false(check(parse("{}"), &master));
	assert_false(check(parse("{\"mac\":{},\"keys\":\"\"}"), &master));
	assert_false(check(parse(arena_printf(arena, "{\"mac\":{},\"keys\":\"%s\"}", sas_mac(ours, "", ALICE_INFO "KEY_IDS"))), &master));
	assert_false(check(parse("{\"mac\":{\"ed25519:ALICE\":1},\"keys\":\"x\"}"), &master));
	/* One key left out on the way, the list's MAC as it was. */
	assert_false(check(parse(arena_printf(arena, "{\"mac\":{\"ed25519:ALICE\":\"%s\"},\"keys\":\"%s\"}",
	                                      json_str(json_object(content, "mac"), "ed25519:ALICE"), json_str(content, "keys"))), &master));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(verification_code__is_made__of_both_sides_as_they_started, setup, teardown),
		cmocka_unit_test_setup_teardown(verification_mac__names__who_sends_which_key_to_whom, setup, teardown),
		cmocka_unit_test_setup_teardown(verification_mac__tells__whether_the_master_key_is_in_it, setup, teardown),
		cmocka_unit_test_setup_teardown(verification_mac__refuses__keys_that_are_not_theirs, setup, teardown),
		cmocka_unit_test_setup_teardown(verification_mac__refuses__lists_that_are_none, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
