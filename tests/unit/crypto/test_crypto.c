/*
 * Words between two people with an identity each, and what they are worth when one of the identities is another.
 */
#include "crypto/crypto.h"

#include "unit/crypto/world.h"

#define ROOM     "!kruitberg:x"
#define BOT      "@bot:x"
#define RESIDENT "@resident:x"
#define MEMBER(user) "{\"type\":\"m.room.member\",\"state_key\":\"" user "\",\"content\":{\"membership\":\"join\"}}"

static struct world world;
static struct world_device *bot, *phone;

static void take_room(struct turn *turn, void *context)
{
	static const struct room_encryption megolm = { .algorithm = "m.megolm.v1.aes-sha2" };
	const struct world_device *device = context;

	crypto_take_room(device->own.crypto, turn,
	                 &(struct room_update){ .room = ROOM, .membership = MEMBERSHIP_JOINED, .encryption = &megolm, .history_visibility = "shared" });
}

static int setup(void **state)
{
	cJSON *members = cJSON_Parse("{\"chunk\":[" MEMBER(BOT) "," MEMBER(RESIDENT) "]}");

	(void)state;
	world_open(&world);
	world_put(world.account_data, "/_matrix/client/v3/rooms/%21kruitberg%3Ax/members?not_membership=leave", members);
	cJSON_Delete(members);
	bot = world_add(&world, BOT, "BOT");
	phone = world_add(&world, RESIDENT, "PHONE");
	for (size_t i = 0; i < world.len; i++)
		device_scratch_turn(&world.devices[i]->own, take_room, world.devices[i]);
	world_settle(&world);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_close(&world);
	return 0;
}

/* An event of the phone, in the heap; NULL until it may speak. */
static void say_in(struct turn *turn, void *context)
{
	char **wire = context;
	const char *why;

	if (crypto_prepare(phone->own.crypto, turn, ROOM, false, &why) == CRYPTO_READY)
		*wire = xstrdup(crypto_encrypt(phone->own.crypto, turn, ROOM, "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"!idee\"}"));
}

static char *say(void)
{
	char *wire = NULL;

	/* Not before a channel is open, and the key given. */
	for (int i = 0; !wire && i < 3; i++) {
		device_scratch_turn(&phone->own, say_in, &wire);
		world_settle(&world);
	}
	assert_non_null(wire);
	return wire;
}

struct reading {
	char *wire;
	struct crypto_plain plain;
};

static void read_in(struct turn *turn, void *context)
{
	struct reading *reading = context;
	const struct crypto_relay nobody = { 0 };
	const struct event event = {
		.kind = EVENT_UNREADABLE, .id = reading->wire, .room = ROOM, .sender = RESIDENT, .sent_at_ms = turn_now_ms(turn), .sealed = reading->wire, .body = "",
	};
	const char *session, *why;

	assert_int_equal(crypto_decrypt(bot->own.crypto, turn, &event, &nobody, true, &reading->plain, &session, &why), CRYPTO_OPENED);
	reading->plain.type = reading->plain.content = NULL;
}

/* What it is worth to the bot. Frees it. */
static struct crypto_plain read_by_bot(char *wire)
{
	struct reading reading = { .wire = wire };

	device_scratch_turn(&bot->own, read_in, &reading);
	free(wire);
	return reading.plain;
}

/* Somebody, or the server, put another identity in this user's place. */
static void replace_identity(const char *user)
{
	struct world other;

	world_open(&other);
	(void)world_add(&other, user, "OTHER");
	world_settle(&other);
	world_put(world.identities, user, world_get(other.identities, user));
	world_close(&other);
	world_tell_changed(&world, user);
	world_settle(&world);
}

static void crypto_decrypt__believes__a_signed_device(void **state)
{
	const struct crypto_plain plain = read_by_bot(say());

	(void)state;
	assert_int_equal(plain.trust, TRUST_DIRECT);
	assert_int_equal(plain.doubt, DOUBT_NONE);
}

/* Its device may still be his; but only what anybody may say is done for it. */
static void crypto_decrypt__doubts__an_identity_that_changed(void **state)
{
	struct crypto_plain plain;
	char *wire = say();

	(void)state;
	replace_identity(RESIDENT);
	plain = read_by_bot(wire);
	assert_int_equal(plain.trust, TRUST_PLAIN);
	assert_int_equal(plain.doubt, DOUBT_IDENTITY);
}

/* Who did that to us may have done it to anybody; and no neighbour can do anything about it. */
static void crypto_decrypt__believes_nobody_much__when_our_own_identity_is_anothers(void **state)
{
	struct crypto_plain plain;
	char *wire = say();

	(void)state;
	replace_identity(BOT);
	plain = read_by_bot(wire);
	assert_int_equal(plain.trust, TRUST_PLAIN);
	assert_int_equal(plain.doubt, DOUBT_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(crypto_decrypt__believes__a_signed_device, setup, teardown),
		cmocka_unit_test_setup_teardown(crypto_decrypt__doubts__an_identity_that_changed, setup, teardown),
		cmocka_unit_test_setup_teardown(crypto_decrypt__believes_nobody_much__when_our_own_identity_is_anothers, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
