/*
 * Our signature on the identity of somebody with whom emoji were compared.
 */
#include "base/json.h"
#include "crypto/identity.h"
#include "crypto/signature.h"
#include "unit/crypto/world.h"

#define BOT      "@bot:x"
#define RESIDENT "@resident:x"

static struct world world;
static struct world_device *bot;

/* Both have an identity, and know of each other's. */
static int setup(void **state)
{
	(void)state;
	world_open(&world);
	bot = world_add(&world, BOT, "BOT");
	(void)world_add(&world, RESIDENT, "PHONE");
	world_settle(&world);
	world_meet(&world);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_close(&world);
	return 0;
}

static void vouch_in(struct turn *turn, void *context)
{
	identity_sign_user(bot->own.crypto, turn, context);
}

static void vouch(const char *user)
{
	device_scratch_turn(&bot->own, vouch_in, (void *)(uintptr_t)user);
}

static bool wants_to_sign(void)
{
	struct want want;
	bool wants = device_scratch_want(&bot->own, WANT_IDENTITY, &want);

	if (wants) {
		assert_string_equal(want.call.path, "/_matrix/client/v3/keys/signatures/upload");
		device_scratch_want_release(&want);
	}
	return wants;
}

/* As the bot's other devices read it: the resident's master key by the bot's user-signing key. */
static bool is_vouched_for(void)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	char *text = cJSON_PrintUnformatted(world_get(world_get(world.identities, RESIDENT), "master_key"));
	const struct cJSON *master = json_parse_in(arena, text, strlen(text));
	const char *ours = world_get(world_get(world_get(world.identities, BOT), "user_signing_key"), "keys")->child->valuestring;

	cJSON_free(text);
	return signature_verify(arena, master, BOT, arena_printf(arena, "ed25519:%s", ours), ours) == SIGNATURE_GOOD;
}

static void identity_sign_user__reaches__the_server_once(void **state)
{
	(void)state;
	assert_false(wants_to_sign());
	vouch(RESIDENT);
	assert_false(is_vouched_for());
	world_crash(bot);
	world_settle(&world);
	assert_true(is_vouched_for());
	assert_false(wants_to_sign());
}

static void identity_sign_user__is_sent_again__when_its_answer_is_lost(void **state)
{
	(void)state;
	vouch(RESIDENT);
	world.loses[WANT_IDENTITY] = true;
	assert_true(world_carry(&world, bot, WANT_IDENTITY));
	world_crash(bot);
	world.loses[WANT_IDENTITY] = false;
	world_settle(&world);
	assert_true(is_vouched_for());
	assert_false(wants_to_sign());
}

/* It is for our own later devices alone: not worth asking the server twice. */
static void identity_sign_user__is_given_up__when_refused(void **state)
{
	struct want want;

	(void)state;
	vouch(RESIDENT);
	assert_true(device_scratch_want(&bot->own, WANT_IDENTITY, &want));
	device_scratch_reply(&bot->own, &want, OUTCOME_REFUSED, "{\"errcode\":\"M_UNKNOWN\"}");
	device_scratch_want_release(&want);
	assert_false(wants_to_sign());
	assert_false(device_scratch_has_incident(&bot->own, "identity.refused", BOT));
}

static void identity_sign_user__signs_nothing__of_who_has_no_identity_or_is_us(void **state)
{
	(void)state;
	vouch("@nobody:x");
	vouch(BOT);
	assert_false(wants_to_sign());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(identity_sign_user__reaches__the_server_once, setup, teardown),
		cmocka_unit_test_setup_teardown(identity_sign_user__is_sent_again__when_its_answer_is_lost, setup, teardown),
		cmocka_unit_test_setup_teardown(identity_sign_user__is_given_up__when_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(identity_sign_user__signs_nothing__of_who_has_no_identity_or_is_us, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
