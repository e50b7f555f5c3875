/*
 * What tests of crypto/ share: an arena that wipes, pickle keys, and an other side to talk to.
 */
#ifndef ROTONDE_TESTS_UNIT_CRYPTO_SECRETS_H
#define ROTONDE_TESTS_UNIT_CRYPTO_SECRETS_H

#include <string.h>

#include "base/arena.h"
#include "crypto/olm.h"
#include "unit/cmocka_all.h"

static const unsigned char pickle_key[PICKLE_KEY_BYTES] = "Rotonde's pickles, for the tests";
static const unsigned char other_pickle_key[PICKLE_KEY_BYTES] = "Somebody else's pickles, anyway.";

static inline struct arena *secrets_arena(void)
{
	return arena_create_secret(16 * 1024 * 1024);
}

/* The same base64, another character at that place. */
static inline char *secrets_spoil(struct arena *arena, const char *text, size_t at)
{
	char *copy = arena_dup(arena, text);

	copy[at] = copy[at] == 'A' ? 'B' : 'A';
	return copy;
}

/* Two devices; alice has claimed one of bob's one-time keys and made a session from it. */
struct two_devices {
	struct account *alice;
	struct account *bob;
	struct pair_session *alice_session;
};

static inline const char *secrets_one_time_key(struct account *account)
{
	const struct one_time_key *keys;

	account_generate_one_time_keys(account, 1);
	assert_int_equal(account_unpublished_one_time_keys(account, &keys), 1);
	account_mark_published(account);
	return keys[0].key;
}

static inline struct two_devices secrets_two_devices(struct arena *arena)
{
	struct two_devices two = { account_create(arena), account_create(arena), NULL };
	const char *key = secrets_one_time_key(two.bob);

	assert_int_equal(pair_session_create_outbound(arena, two.alice, account_curve25519(two.bob), key, &two.alice_session), PAIR_OK);
	return two;
}

#endif
