#include "crypto/olm.h"

#include <string.h>

#include "base/arena.h"
#include "unit/cmocka_all.h"
#include "unit/crypto/secrets.h"
#include "unit/death.h"

static void account_create__gives__two_keys_of_its_own(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct account *one = account_create(arena), *other = account_create(arena);

	(void)state;
	assert_int_equal(strlen(account_curve25519(one)), 43);
	assert_int_equal(strlen(account_ed25519(one)), 43);
	assert_string_not_equal(account_curve25519(one), account_ed25519(one));
	assert_string_not_equal(account_curve25519(one), account_curve25519(other));
	assert_int_equal(account_key_limit(one), 100);
}

static void account_sign__is__repeatable_and_of_these_bytes(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct account *account = account_create(arena);
	const char *signature = account_sign(account, "{}", 2);

	(void)state;
	assert_int_equal(strlen(signature), 86);
	assert_string_equal(account_sign(account, "{}", 2), signature);
	assert_string_not_equal(account_sign(account, "{ }", 3), signature);
}

static void one_time_keys__stand_unpublished__until_marked(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct account *account = account_create(arena);
	const struct one_time_key *keys;

	(void)state;
	assert_int_equal(account_unpublished_one_time_keys(account, &keys), 0);
	account_generate_one_time_keys(account, 3);
	assert_int_equal(account_unpublished_one_time_keys(account, &keys), 3);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(strlen(keys[i].key), 43);
		assert_int_equal(strlen(keys[i].id), 6);
	}
	assert_string_not_equal(keys[0].id, keys[1].id);
	assert_string_not_equal(keys[0].key, keys[1].key);
	account_mark_published(account);
	assert_int_equal(account_unpublished_one_time_keys(account, &keys), 0);
	account_generate_one_time_keys(account, 1);
	assert_int_equal(account_unpublished_one_time_keys(account, &keys), 1);
}

static void fallback_key__stands_unpublished__until_marked(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct account *account = account_create(arena);
	struct one_time_key key = { NULL, NULL }, next;

	(void)state;
	assert_false(account_unpublished_fallback_key(account, &key));
	account_generate_fallback_key(account);
	assert_true(account_unpublished_fallback_key(account, &key));
	assert_int_equal(strlen(key.key), 43);
	account_mark_published(account);
	assert_false(account_unpublished_fallback_key(account, &next));
	account_generate_fallback_key(account);
	assert_true(account_unpublished_fallback_key(account, &next));
	assert_string_not_equal(next.key, key.key);
	assert_string_not_equal(next.id, key.id);
}

static void account_pickle__comes_back__under_its_key_alone(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct account *account = account_create(arena), *back = NULL;
	const struct one_time_key *keys, *again;
	const char *pickle;

	(void)state;
	account_generate_one_time_keys(account, 2);
	pickle = account_pickle(account, pickle_key);
	/* Deterministic (MATRIX.md 10.5). */
	assert_string_equal(account_pickle(account, pickle_key), pickle);
	assert_true(account_unpickle(arena, pickle_key, pickle, &back));
	assert_string_equal(account_curve25519(back), account_curve25519(account));
	assert_string_equal(account_ed25519(back), account_ed25519(account));
	assert_int_equal(account_unpublished_one_time_keys(account, &keys), 2);
	assert_int_equal(account_unpublished_one_time_keys(back, &again), 2);
	assert_string_equal(again[1].key, keys[1].key);
	assert_string_equal(account_sign(back, "x", 1), account_sign(account, "x", 1));
}

static void account_unpickle__refuses__what_is_none(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	const char *pickle = account_pickle(account_create(arena), pickle_key);
	struct account *back = NULL;

	(void)state;
	assert_false(account_unpickle(arena, other_pickle_key, pickle, &back));
	assert_false(account_unpickle(arena, pickle_key, arena_dup_n(arena, pickle, strlen(pickle) - 4), &back));
	assert_false(account_unpickle(arena, pickle_key, secrets_spoil(arena, pickle, 20), &back));
	assert_false(account_unpickle(arena, pickle_key, "no pickle at all", &back));
	assert_false(account_unpickle(arena, pickle_key, "", &back));
	assert_false(account_unpickle(arena, pickle_key, group_outbound_pickle(group_outbound_create(arena), pickle_key), &back));
	assert_null(back);
}

static void live_in_the_open(void)
{
	AUTO_ARENA arena = arena_create(64 * 1024);

	(void)!account_create(arena);
}

static void ask_for_too_many(void)
{
	AUTO_ARENA arena = secrets_arena();

	account_generate_one_time_keys(account_create(arena), 101);
}

static void misuse__ends__the_process(void **state)
{
	(void)state;
	expect_death(live_in_the_open);
	expect_death(ask_for_too_many);
}

static void account_clear__accepts__null(void **state)
{
	AUTO_ARENA arena = secrets_arena();

	(void)state;
	account_clear(NULL);
	account_clear(account_create(arena));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(account_create__gives__two_keys_of_its_own),
		cmocka_unit_test(account_sign__is__repeatable_and_of_these_bytes),
		cmocka_unit_test(one_time_keys__stand_unpublished__until_marked),
		cmocka_unit_test(fallback_key__stands_unpublished__until_marked),
		cmocka_unit_test(account_pickle__comes_back__under_its_key_alone),
		cmocka_unit_test(account_unpickle__refuses__what_is_none),
		cmocka_unit_test(misuse__ends__the_process),
		cmocka_unit_test(account_clear__accepts__null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
