/*
 * What the shipped libolm does that one would not expect, and that our own code is built around (MATRIX.md,
 * the items marked [m]). A version that behaves better fails here: then a guard may go. The findings that
 * show through crypto/olm.h are in its own tests: 5.10, 5.13, 7.6, 7.12, 10.5.
 */
#include <olm/olm.h>
#include <olm/sas.h>
#include <string.h>

#include "base/arena.h"
#include "base/random.h"
#include "crypto/base64.h"
#include "crypto/curve.h"
#include "unit/cmocka_all.h"
#include "unit/crypto/secrets.h"

static const char zero_key[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

enum { KEY_LEN = sizeof zero_key - 1 };

static void *chance(struct arena *arena, size_t len)
{
	void *random = arena_alloc(arena, len);

	random_bytes(random, len);
	return random;
}

static OlmAccount *new_account(struct arena *arena)
{
	OlmAccount *account = olm_account(arena_alloc(arena, olm_account_size()));
	size_t len = olm_create_account_random_length(account);

	assert_int_not_equal(olm_create_account(account, chance(arena, len), len), olm_error());
	return account;
}

static OlmSession *new_session(struct arena *arena)
{
	return olm_session(arena_alloc(arena, olm_session_size()));
}

static bool takes(struct arena *arena, const char *identity_key, const char *one_time_key)
{
	OlmSession *session = new_session(arena);
	size_t len = olm_create_outbound_session_random_length(session);

	return olm_create_outbound_session(session, new_account(arena), identity_key, strlen(identity_key), one_time_key,
	                                   strlen(one_time_key), chance(arena, len), len) != olm_error();
}

/* 5.4: over the limit the oldest private keys go, and nothing says so. */
static void libolm__forgets__keys_over_the_limit(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct account *alice = account_create(arena), *bob = account_create(arena);
	struct pair_session *to_bob = NULL, *from_alice = NULL;
	const char *oldest = secrets_one_time_key(bob);
	struct pair_message message;

	(void)state;
	assert_int_equal(pair_session_create_outbound(arena, alice, account_curve25519(bob), oldest, &to_bob), PAIR_OK);
	message = pair_session_encrypt(to_bob, "x", 1);
	account_generate_one_time_keys(bob, account_key_limit(bob) - 1);
	assert_int_equal(pair_session_create_inbound(arena, bob, account_curve25519(alice), message.body, &from_alice), PAIR_OK);
	account_generate_one_time_keys(bob, 1);
	assert_int_equal(pair_session_create_inbound(arena, bob, account_curve25519(alice), message.body, &from_alice), PAIR_UNKNOWN_KEY);
}

/* 5.8: any 43 bytes are a key. */
static void libolm__takes__unsound_keys(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	const char *sound = account_curve25519(account_create(arena));
	const char *nonsense = "!\"#$%&'()*,-.:;<=>?@[]^_`{|}~ !\"#$%&'()*,-.";

	(void)state;
	assert_int_equal(strlen(nonsense), KEY_LEN);
	assert_true(takes(arena, sound, sound));
	assert_true(takes(arena, zero_key, sound));
	assert_true(takes(arena, sound, zero_key));
	assert_true(takes(arena, nonsense, nonsense));
	assert_false(curve25519_is_sound(zero_key));
	assert_false(curve25519_is_sound(nonsense));
}

/* 8.12: also twice, also zero. */
static void libolm_sas__takes__a_zero_key_and_a_second(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	OlmSAS *sas = olm_sas(arena_alloc(arena, olm_sas_size()));
	size_t len = olm_create_sas_random_length(sas);
	char *second = arena_dup(arena, account_curve25519(account_create(arena)));

	(void)state;
	assert_int_not_equal(olm_create_sas(sas, chance(arena, len), len), olm_error());
	assert_int_not_equal(olm_sas_set_their_key(sas, arena_dup(arena, zero_key), KEY_LEN), olm_error());
	assert_int_not_equal(olm_sas_set_their_key(sas, second, KEY_LEN), olm_error());
}

/* 10.3: what is read is overwritten. */
static void libolm__destroys__what_it_reads(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct two_devices two = secrets_two_devices(arena);
	const char *body = pair_session_encrypt(two.alice_session, "x", 1).body;
	const char *alice = account_curve25519(two.alice);
	OlmAccount *bob = olm_account(arena_alloc(arena, olm_account_size()));
	OlmSession *session = new_session(arena);
	const char *pickle = account_pickle(two.bob, pickle_key);
	char *given = arena_dup(arena, pickle), *plaintext;
	size_t len = strlen(body), room;

	(void)state;
	assert_int_not_equal(olm_unpickle_account(bob, pickle_key, PICKLE_KEY_BYTES, given, strlen(pickle)), olm_error());
	assert_string_not_equal(given, pickle);

	given = arena_dup(arena, body);
	assert_int_not_equal(olm_create_inbound_session_from(session, bob, alice, KEY_LEN, given, len), olm_error());
	assert_memory_not_equal(given, body, len);

	given = arena_dup(arena, body);
	assert_int_equal(olm_matches_inbound_session_from(session, alice, KEY_LEN, given, len), 1);
	assert_memory_not_equal(given, body, len);

	given = arena_dup(arena, body);
	room = olm_decrypt_max_plaintext_length(session, OLM_MESSAGE_TYPE_PRE_KEY, given, len);
	assert_int_not_equal(room, olm_error());
	assert_memory_not_equal(given, body, len);

	given = arena_dup(arena, body);
	plaintext = arena_alloc(arena, room);
	assert_int_equal(olm_decrypt(session, OLM_MESSAGE_TYPE_PRE_KEY, given, len, plaintext, room), 1);
	assert_memory_not_equal(given, body, len);
}

static bool libolm_verifies(struct arena *arena, const char *key, const char *message, const char *signature)
{
	OlmUtility *utility = olm_utility(arena_alloc(arena, olm_utility_size()));

	return olm_ed25519_verify(utility, key, strlen(key), message, strlen(message), arena_dup(arena, signature), strlen(signature)) !=
	       olm_error();
}

/* The same signature with the group's order L added to its second half (RFC 8032, 5.1.7 forbids it). */
static const char *add_order(struct arena *arena, const char *signature)
{
	static const unsigned char order[32] = {
		0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, [31] = 0x10,
	};
	unsigned char bytes[ED25519_SIGNATURE_BYTES];
	unsigned int carry = 0;

	assert_true(base64_decode_exact(BASE64_UNPADDED, signature, bytes, sizeof bytes));
	for (size_t i = 0; i < sizeof order; i++) {
		carry += (unsigned int)bytes[32 + i] + order[i];
		bytes[32 + i] = (unsigned char)carry;
		carry >>= 8;
	}
	return base64_encode(arena, BASE64_UNPADDED, bytes, sizeof bytes);
}

/* 10.7: one message, two signatures. */
static void libolm__verifies__a_second_form_of_a_signature(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct signer *signer = signer_create(arena, pickle_key);
	const char *key = signer_public_key(signer);
	const char *signature = signer_sign(signer, "message", 7);
	const char *second = add_order(arena, signature);

	(void)state;
	assert_string_not_equal(second, signature);
	assert_true(libolm_verifies(arena, key, "message", signature));
	assert_true(libolm_verifies(arena, key, "message", second));
	assert_false(libolm_verifies(arena, key, "other message", second));
	assert_true(ed25519_verify(key, "message", 7, signature));
	assert_false(ed25519_verify(key, "message", 7, second));
}

/* 10.7: with the neutral element for a key, R neutral and s zero sign everything. */
static void libolm__verifies__anything_by_a_small_order_key(void **state)
{
	static const unsigned char neutral[ED25519_SIGNATURE_BYTES] = { 1 };
	AUTO_ARENA arena = secrets_arena();
	const char *key = base64_encode(arena, BASE64_UNPADDED, neutral, CURVE_KEY_BYTES);
	const char *signature = base64_encode(arena, BASE64_UNPADDED, neutral, sizeof neutral);

	(void)state;
	assert_true(libolm_verifies(arena, key, "message", signature));
	assert_true(libolm_verifies(arena, key, "any other message", signature));
	assert_false(ed25519_verify(key, "message", 7, signature));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(libolm__forgets__keys_over_the_limit),
		cmocka_unit_test(libolm__takes__unsound_keys),
		cmocka_unit_test(libolm_sas__takes__a_zero_key_and_a_second),
		cmocka_unit_test(libolm__destroys__what_it_reads),
		cmocka_unit_test(libolm__verifies__a_second_form_of_a_signature),
		cmocka_unit_test(libolm__verifies__anything_by_a_small_order_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
