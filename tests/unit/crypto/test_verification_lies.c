/*
 * Verifications with somebody in between, or with the wrong one: they end, and nobody is believed (MATRIX.md 8.10-8.14).
 */
#include "crypto/verification.h"

#include "unit/crypto/verifying.h"

static const char *with(const char *content, const char *what, const char *instead)
{
	const char *at = strstr(content, what);

	assert_non_null(at);
	return arena_printf(verifying.arena, "%.*s%s%s", (int)(at - content), content, instead, at + strlen(what));
}

/* In a message of this type this stands instead, and the verification ends so. */
struct lie {
	const char *type;
	const char *what;
	const char *instead;
	const char *why;
};

static const struct lie *lie;

static const char *tell_lie(const char *type, const char *content)
{
	return str_equal(type, lie->type) ? with(content, lie->what, lie->instead) : content;
}

/* Ask each other with this lie in between, and see it end so, here and there. */
static void assert_lie_ends(const struct lie *told)
{
	lie = told;
	verifying.change = tell_lie;
	for (int who = 0; who < 2; who++) {
		struct world_device *asker = who ? verifying.bot : verifying.admin, *other = who ? verifying.admin : verifying.bot;

		verifying_begin(asker, other->own.user);
		verifying_settle();
		verifying_begin(other, asker->own.user);
		verifying_settle();
		(void)verifying_end(asker, true);
		verifying_settle();
		(void)verifying_end(other, true);
		verifying_settle();
		verifying_assert_cancelled(asker, told->why);
		verifying_assert_cancelled(other, told->why);
	}
	assert_false(verifying_believes(verifying.bot, ADMIN));
	assert_false(verifying_believes(verifying.admin, BOT));
	assert_null(world_get(world_get(world_get(world_get(verifying.world.identities, ADMIN), "master_key"), "signatures"), BOT));
}

/* The starter's key reaches the other changed, and so does the other's the starter, who has its commitment. */
static void verification__refuses__another_key(void **state)
{
	(void)state;
	assert_lie_ends(&(struct lie){ "m.key.verification.key", "\"key\":\"", "\"key\":\"hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo\",\"was\":\"",
				       "m.mismatched_commitment" });
}

static void verification__refuses__a_key_of_zeros(void **state)
{
	(void)state;
	assert_lie_ends(&(struct lie){ "m.key.verification.key", "\"key\":\"", "\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"was\":\"",
				       "m.invalid_message" });
}

static void verification__refuses__other_macs(void **state)
{
	static const struct lie wrong = { "m.key.verification.mac", "\"keys\":\"", "\"keys\":\"A", "m.key_mismatch" };
	static const struct lie more = { "m.key.verification.mac", "\"mac\":{", "\"mac\":{\"ed25519:OTHER\":\"AAAA\",", "m.key_mismatch" };

	(void)state;
	assert_lie_ends(&wrong);
	assert_lie_ends(&more);
}

static void verification__refuses__another_start(void **state)
{
	(void)state;
	assert_lie_ends(&(struct lie){ "m.key.verification.start", "\"from_device\"", "\"more\":1,\"from_device\"", "m.mismatched_commitment" });
}

static void verification__refuses__deprecated_algorithms(void **state)
{
	static const struct lie algorithms[] = {
		{ "m.key.verification.start", "curve25519-hkdf-sha256", "curve25519", "m.unknown_method" },
		{ "m.key.verification.accept", "hkdf-hmac-sha256.v2", "hkdf-hmac-sha256", "m.unknown_method" },
		{ "m.key.verification.start", "m.sas.v1", "m.reciprocate.v1", "m.unknown_method" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(algorithms); i++)
		assert_lie_ends(&algorithms[i]);
}

/* A second key, or anything else at the wrong moment. */
static void verification__refuses__a_second_key(void **state)
{
	(void)state;
	verifying_compare(verifying.bot, verifying.admin);
	for (size_t i = 0; i < verifying.said_len; i++) {
		if (verifying.said[i].by == verifying.admin && str_equal(verifying.said[i].type, "m.key.verification.key")) {
			verifying_forge(verifying.bot, ADMIN, "$again", "m.key.verification.key", verifying.said[i].content);
			break;
		}
	}
	verifying_assert_cancelled(verifying.bot, "m.unexpected_message");
}

static void verification__hears__only_the_one_it_is_with(void **state)
{
	const char *cancel;

	(void)state;
	verifying_compare(verifying.bot, verifying.admin);
	cancel = arena_printf(verifying.arena, "{\"code\":\"m.user\",\"m.relates_to\":{\"rel_type\":\"m.reference\",\"event_id\":\"%s\"}}", verifying.said[0].id);
	verifying_forge(verifying.bot, "@stranger:x", "$c1", "m.key.verification.cancel", cancel);
	verifying_assert_stage(verifying.bot, VERIFICATION_COMPARE);
	verifying_forge(verifying.bot, ADMIN, "$c2", "m.key.verification.cancel", cancel);
	verifying_assert_cancelled(verifying.bot, "m.user");
	verifying_settle();
	assert_int_equal(verifying_count(verifying.bot, "m.key.verification.cancel"), 0);
}

/* Whose keys. */

/* A device called as its own owner's identity is none of ours already; this one is called as our own identity. */
static void verification__refuses__a_device_called_as_an_identity(void **state)
{
	const char *master = world_get(world_get(world_get(verifying.world.identities, BOT), "master_key"), "keys")->child->valuestring;

	(void)state;
	(void)world_add(&verifying.world, ADMIN, arena_dup(verifying.arena, master));
	world_meet(&verifying.world);
	verifying_forge(verifying.bot, ADMIN, "$request", "m.room.message", with(REQUEST, "PHONE", master));
	verifying_begin(verifying.bot, ADMIN);
	verifying_assert_cancelled(verifying.bot, "m.key_mismatch");
}

static void verification__refuses__an_unknown_device(void **state)
{
	(void)state;
	verifying_forge(verifying.bot, ADMIN, "$request", "m.room.message", with(REQUEST, "PHONE", "NOBODY"));
	verifying_begin(verifying.bot, ADMIN);
	verifying_assert_cancelled(verifying.bot, "m.key_mismatch");
}

/* The server shows another identity between the emoji and the MACs. */
static void verification__refuses__an_identity_of_another_day(void **state)
{
	cJSON *master;

	(void)state;
	verifying_compare(verifying.bot, verifying.admin);
	(void)world_add(&verifying.world, "@thief:x", "THIEF");
	world_meet(&verifying.world);
	master = cJSON_Duplicate(world_get(world_get(verifying.world.identities, "@thief:x"), "master_key"), true);
	cJSON_ReplaceItemInObjectCaseSensitive(master, "user_id", cJSON_CreateString(ADMIN));
	cJSON_DeleteItemFromObjectCaseSensitive(master, "signatures");
	world_put(world_get(verifying.world.identities, ADMIN), "master_key", master);
	cJSON_Delete(master);
	world_tell_changed(&verifying.world, ADMIN);
	world_sync(verifying.bot);
	while (world_carry(&verifying.world, verifying.bot, WANT_KEYS_QUERY))
		;
	assert_true(verifying_end(verifying.bot, true));
	assert_true(verifying_end(verifying.admin, true));
	verifying_settle();
	verifying_assert_cancelled(verifying.bot, "m.key_mismatch");
	assert_false(verifying_believes(verifying.bot, ADMIN));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(verification__refuses__another_key, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__refuses__a_key_of_zeros, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__refuses__other_macs, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__refuses__another_start, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__refuses__deprecated_algorithms, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__refuses__a_second_key, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__hears__only_the_one_it_is_with, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__refuses__a_device_called_as_an_identity, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__refuses__an_unknown_device, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__refuses__an_identity_of_another_day, verifying_open, verifying_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
