#include "crypto/olm.h"

#include <string.h>

#include "base/arena.h"
#include "unit/cmocka_all.h"
#include "unit/crypto/secrets.h"

static struct pair_message say(struct pair_session *session, const char *text)
{
	return pair_session_encrypt(session, text, strlen(text));
}

static void hears(struct pair_session *session, struct pair_message message, const char *text)
{
	struct plaintext plaintext;

	assert_int_equal(pair_session_decrypt(session, &message, &plaintext), PAIR_OK);
	assert_string_equal(plaintext.bytes, text);
	assert_int_equal(plaintext.len, strlen(text));
}

/* Bob answers the door: the session from alice's first message. */
static struct pair_session *bob_opens(struct arena *arena, const struct two_devices *two, struct pair_message first)
{
	struct pair_session *session = NULL;

	assert_int_equal(first.type, PAIR_MESSAGE_PRE_KEY);
	assert_int_equal(pair_session_create_inbound(arena, two->bob, account_curve25519(two->alice), first.body, &session), PAIR_OK);
	return session;
}

static void pair_session__carries__both_ways(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct two_devices two = secrets_two_devices(arena);
	struct pair_message first = say(two.alice_session, "{\"a\":1}");
	struct pair_session *bob = bob_opens(arena, &two, first);
	struct pair_message answer;

	(void)state;
	assert_string_equal(pair_session_id(bob), pair_session_id(two.alice_session));
	assert_int_equal(strlen(pair_session_id(bob)), 43);
	hears(bob, first, "{\"a\":1}");
	assert_false(pair_session_has_received(two.alice_session));
	assert_int_equal(say(two.alice_session, "unanswered").type, PAIR_MESSAGE_PRE_KEY);
	answer = say(bob, "");
	assert_int_equal(answer.type, PAIR_MESSAGE_NORMAL);
	hears(two.alice_session, answer, "");
	assert_true(pair_session_has_received(two.alice_session));
	answer = say(two.alice_session, "answered");
	assert_int_equal(answer.type, PAIR_MESSAGE_NORMAL);
	hears(bob, answer, "answered");
}

static void pair_session_decrypt__keeps__bytes_after_a_nul(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct two_devices two = secrets_two_devices(arena);
	struct pair_message message = pair_session_encrypt(two.alice_session, "a\0b", 3);
	struct plaintext plaintext;

	(void)state;
	assert_int_equal(pair_session_decrypt(bob_opens(arena, &two, message), &message, &plaintext), PAIR_OK);
	assert_int_equal(plaintext.len, 3);
	assert_memory_equal(plaintext.bytes, "a\0b", 4);
}

static void pair_session_decrypt__reads__what_came_out_of_order(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct two_devices two = secrets_two_devices(arena);
	struct pair_message first = say(two.alice_session, "one"), second = say(two.alice_session, "two");
	struct pair_session *bob = bob_opens(arena, &two, second);

	(void)state;
	hears(bob, second, "two");
	assert_true(pair_session_matches(bob, account_curve25519(two.alice), first.body));
	hears(bob, first, "one");
}

/* MATRIX.md 5.13 [m]: to libolm a repeat looks like corruption. */
static void pair_session_decrypt__takes__a_repeat_for_corruption(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct two_devices two = secrets_two_devices(arena);
	struct pair_message first = say(two.alice_session, "once");
	struct pair_session *bob = bob_opens(arena, &two, first);
	struct plaintext plaintext = { "untouched", 9 };
	const char *before;

	(void)state;
	hears(bob, first, "once");
	before = pair_session_pickle(bob, pickle_key);
	assert_int_equal(pair_session_decrypt(bob, &first, &plaintext), PAIR_BAD_MAC);
	assert_string_equal(plaintext.bytes, "untouched");
	assert_string_equal(pair_session_pickle(bob, pickle_key), before);
}

/* MATRIX.md 5.10 [m]: only decrypting notices, so only decrypting may spend the key. */
static void pair_session_create_inbound__succeeds__on_a_tampered_message(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct two_devices two = secrets_two_devices(arena);
	struct pair_message good = say(two.alice_session, "hello"), bad = good;
	const char *account_before = account_pickle(two.bob, pickle_key);
	struct plaintext plaintext;
	struct pair_session *bob;

	(void)state;
	bad.body = secrets_spoil(arena, good.body, strlen(good.body) - 3);
	bob = bob_opens(arena, &two, bad);
	assert_int_equal(pair_session_decrypt(bob, &bad, &plaintext), PAIR_BAD_MAC);
	assert_string_equal(account_pickle(two.bob, pickle_key), account_before);
	bob = bob_opens(arena, &two, good);
	hears(bob, good, "hello");
	assert_true(account_remove_one_time_key(two.bob, bob));
	assert_string_not_equal(account_pickle(two.bob, pickle_key), account_before);
}

static void pair_session_create_inbound__has__no_key_twice(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct two_devices two = secrets_two_devices(arena);
	struct pair_message message = say(two.alice_session, "hello");
	struct pair_session *bob = bob_opens(arena, &two, message), *again = NULL;

	(void)state;
	assert_true(account_remove_one_time_key(two.bob, bob));
	assert_false(account_remove_one_time_key(two.bob, bob));
	assert_int_equal(pair_session_create_inbound(arena, two.bob, account_curve25519(two.alice), message.body, &again), PAIR_UNKNOWN_KEY);
	assert_null(again);
}

static void pair_session_create_inbound__works_again__with_a_fallback_key(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct account *alice = account_create(arena), *bob = account_create(arena);
	struct pair_session *to_bob = NULL, *from_alice = NULL;
	struct one_time_key fallback;
	struct pair_message message;

	(void)state;
	account_generate_fallback_key(bob);
	assert_true(account_unpublished_fallback_key(bob, &fallback));
	account_mark_published(bob);
	assert_int_equal(pair_session_create_outbound(arena, alice, account_curve25519(bob), fallback.key, &to_bob), PAIR_OK);
	message = say(to_bob, "hello");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(pair_session_create_inbound(arena, bob, account_curve25519(alice), message.body, &from_alice), PAIR_OK);
		hears(from_alice, message, "hello");
		assert_true(account_remove_one_time_key(bob, from_alice));
	}
	/* The old one is good until it is forgotten. */
	account_generate_fallback_key(bob);
	assert_int_equal(pair_session_create_inbound(arena, bob, account_curve25519(alice), message.body, &from_alice), PAIR_OK);
	account_forget_old_fallback_key(bob);
	assert_int_equal(pair_session_create_inbound(arena, bob, account_curve25519(alice), message.body, &from_alice), PAIR_UNKNOWN_KEY);
}

static void pair_session_matches__knows__its_own_beginning(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct two_devices two = secrets_two_devices(arena), others = secrets_two_devices(arena);
	struct pair_message first = say(two.alice_session, "one");
	struct pair_session *bob = bob_opens(arena, &two, first);

	(void)state;
	assert_true(pair_session_matches(bob, account_curve25519(two.alice), first.body));
	assert_false(pair_session_matches(bob, account_curve25519(two.bob), first.body));
	assert_false(pair_session_matches(bob, account_curve25519(two.alice), say(others.alice_session, "one").body));
	assert_false(pair_session_matches(bob, account_curve25519(two.alice), "nonsense"));
	assert_false(pair_session_matches(bob, account_curve25519(two.alice), ""));
	assert_false(pair_session_matches(bob, "", first.body));
}

static void pair_session__tells_apart__what_is_wrong(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct two_devices two = secrets_two_devices(arena), others = secrets_two_devices(arena);
	struct pair_message first = say(two.alice_session, "one");
	struct pair_session *bob = bob_opens(arena, &two, first), *none = NULL;
	const char *alice = account_curve25519(two.alice);
	static const char *const no_messages[] = { "", "A", "AA", "AAAA", "AwA", "nonsense", "A????????", "AwogAAAA", "/////////////////////w" };
	struct plaintext plaintext;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(no_messages); i++) {
		struct pair_message message = { PAIR_MESSAGE_PRE_KEY, no_messages[i] };

		assert_int_equal(pair_session_create_inbound(arena, two.bob, alice, no_messages[i], &none), PAIR_BAD_FORMAT);
		assert_int_equal(pair_session_decrypt(bob, &message, &plaintext), PAIR_BAD_FORMAT);
		message.type = PAIR_MESSAGE_NORMAL;
		assert_int_equal(pair_session_decrypt(bob, &message, &plaintext), PAIR_BAD_FORMAT);
	}
	/* Sent by another than it says, and for another than us. */
	assert_int_equal(pair_session_create_inbound(arena, two.bob, account_curve25519(others.alice), first.body, &none), PAIR_UNKNOWN_KEY);
	assert_int_equal(pair_session_create_inbound(arena, others.bob, alice, first.body, &none), PAIR_UNKNOWN_KEY);
	assert_null(none);
}

static void pair_session__refuses__keys_that_are_not_sound(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct two_devices two = secrets_two_devices(arena);
	const char *body = say(two.alice_session, "one").body, *sound = account_curve25519(two.bob);
	static const char *const keys[] = { "", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "not base64 but as long as a key should be!!" };
	struct pair_session *none = NULL;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		assert_int_equal(pair_session_create_outbound(arena, two.alice, keys[i], sound, &none), PAIR_BAD_KEY);
		assert_int_equal(pair_session_create_outbound(arena, two.alice, sound, keys[i], &none), PAIR_BAD_KEY);
		assert_int_equal(pair_session_create_inbound(arena, two.bob, keys[i], body, &none), PAIR_BAD_KEY);
	}
	assert_null(none);
}

static void pair_session_pickle__comes_back__under_its_key_alone(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct two_devices two = secrets_two_devices(arena);
	struct pair_message first = say(two.alice_session, "one");
	struct pair_session *bob = bob_opens(arena, &two, first), *back = NULL;
	const char *pickle;

	(void)state;
	hears(bob, first, "one");
	pickle = pair_session_pickle(bob, pickle_key);
	assert_string_equal(pair_session_pickle(bob, pickle_key), pickle);
	assert_false(pair_session_unpickle(arena, other_pickle_key, pickle, &back));
	assert_false(pair_session_unpickle(arena, pickle_key, secrets_spoil(arena, pickle, 7), &back));
	assert_false(pair_session_unpickle(arena, pickle_key, "", &back));
	assert_false(pair_session_unpickle(arena, pickle_key, account_pickle(two.bob, pickle_key), &back));
	assert_null(back);
	assert_true(pair_session_unpickle(arena, pickle_key, pickle, &back));
	assert_string_equal(pair_session_id(back), pair_session_id(bob));
	hears(two.alice_session, say(back, "two"), "two");
	pair_session_clear(back);
	pair_session_clear(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pair_session__carries__both_ways),
		cmocka_unit_test(pair_session_decrypt__keeps__bytes_after_a_nul),
		cmocka_unit_test(pair_session_decrypt__reads__what_came_out_of_order),
		cmocka_unit_test(pair_session_decrypt__takes__a_repeat_for_corruption),
		cmocka_unit_test(pair_session_create_inbound__succeeds__on_a_tampered_message),
		cmocka_unit_test(pair_session_create_inbound__has__no_key_twice),
		cmocka_unit_test(pair_session_create_inbound__works_again__with_a_fallback_key),
		cmocka_unit_test(pair_session_matches__knows__its_own_beginning),
		cmocka_unit_test(pair_session__tells_apart__what_is_wrong),
		cmocka_unit_test(pair_session__refuses__keys_that_are_not_sound),
		cmocka_unit_test(pair_session_pickle__comes_back__under_its_key_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
