/*
 * Our room keys on their way to real devices: given, lost, given again.
 */
#include "crypto/channel_internal.h"
#include "crypto/inbound.h"
#include "crypto/keyring.h"
#include "crypto/outbound.h"
#include "crypto/room.h"
#include "unit/crypto/world.h"

#define ROOM     "!kruitberg:x"
#define BOT      "@bot:x"
#define RESIDENT "@resident:x"

static struct world world;
static struct world_device *bot, *phone;
static int events;

/* As after a start with a config that trusts all devices: nobody here has an identity. */
static void start_bot(void)
{
	world_crash(bot);
	bot->own.crypto->share_with_all = true;
}

static void take_room(struct turn *turn, void *context)
{
	static const struct room_encryption megolm = { .algorithm = MEGOLM_ALGORITHM };

	(void)context;
	crypto_room_take(bot->own.crypto, turn,
	                 &(struct room_update){ .room = ROOM, .membership = MEMBERSHIP_JOINED, .encryption = &megolm, .history_visibility = "shared" });
}

static int setup(void **state)
{
	cJSON *members = cJSON_Parse("{\"chunk\":[{\"type\":\"m.room.member\",\"state_key\":\"" RESIDENT "\",\"content\":{\"membership\":\"join\"}}]}");

	(void)state;
	world_open(&world);
	world_put(world.account_data, "/_matrix/client/v3/rooms/%21kruitberg%3Ax/members?not_membership=leave", members);
	cJSON_Delete(members);
	bot = world_add(&world, BOT, "BOT");
	phone = world_add(&world, RESIDENT, "PHONE");
	start_bot();
	device_scratch_turn(&bot->own, take_room, NULL);
	world_meet(&world);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_close(&world);
	return 0;
}

struct speech {
	enum crypto_ready ready;
	char *wire; /* in the heap, when ready */
};

static void speak_work(struct turn *turn, void *context)
{
	struct speech *speech = context;
	const char *why;

	speech->ready = outbound_prepare(bot->own.crypto, turn, ROOM, outbound_audience(bot->own.crypto), &why);
	if (speech->ready == CRYPTO_READY)
		speech->wire = xstrdup(outbound_encrypt(bot->own.crypto, turn, ROOM, "m.room.message", "{\"msgtype\":\"m.notice\",\"body\":\"Hallo.\"}"));
}

/* Dying after every step of the way. */
static char *speak(void)
{
	struct speech speech = { 0 };

	for (int i = 0; i < 20; i++) {
		start_bot();
		device_scratch_turn(&bot->own, speak_work, &speech);
		if (speech.ready == CRYPTO_READY)
			return speech.wire;
		start_bot();
		world_settle(&world);
	}
	die("nothing said");
}

struct reading {
	struct world_device *by;
	const char *wire;
	bool opened;
};

static void read_work(struct turn *turn, void *context)
{
	struct reading *reading = context;
	const struct crypto_relay nobody = { 0 };
	const struct event event = {
		.kind = EVENT_UNREADABLE,
		.id = arena_printf(turn_arena(turn), "$%d", events++),
		.room = ROOM,
		.sender = BOT,
		.sent_at_ms = turn_now_ms(turn),
		.sealed = reading->wire,
		.body = "",
	};
	struct crypto_plain plain;
	const char *session, *why;

	reading->opened = inbound_open(reading->by->own.crypto, turn, &event, &nobody, true, &plain, &session, &why) == CRYPTO_OPENED;
	if (reading->opened)
		assert_string_equal(plain.content, "{\"msgtype\":\"m.notice\",\"body\":\"Hallo.\"}");
}

static bool can_read(struct world_device *by, const char *wire)
{
	struct reading reading = { .by = by, .wire = wire };

	device_scratch_turn(&by->own, read_work, &reading);
	return reading.opened;
}

static void check_all_read(char *wire)
{
	assert_true(can_read(phone, wire));
	free(wire);
}

static void outbound__is_read__by_the_devices_in_the_room(void **state)
{
	(void)state;
	check_all_read(speak());
	assert_int_equal(world.requests[WANT_MEMBERS], 1);
	check_all_read(speak());
	check_all_read(speak());
}

static void outbound__is_read_from_then_on__by_a_device_that_comes_later(void **state)
{
	char *before, *after;
	struct world_device *tablet;

	(void)state;
	check_all_read(speak());
	before = speak();
	tablet = world_add(&world, RESIDENT, "TABLET");
	world_settle(&world);
	after = speak();
	assert_true(can_read(phone, after));
	assert_true(can_read(tablet, after));
	assert_false(can_read(tablet, before));
	free(before);
	free(after);
}

static void unwedge_work(struct turn *turn, void *context)
{
	channel_unwedge(turn, BOT, context);
}

static size_t sent_by_bot(void)
{
	return (size_t)cJSON_GetArraySize(bot->transactions);
}

static void bot_curve_work(struct turn *turn, void *context)
{
	(void)snprintf(context, 64, "%s", keyring_curve25519(turn_view(turn)));
}

/* MATRIX.md 5.17: the session that it began anew for may have carried our key. */
static void outbound__is_given_again__to_a_device_that_began_a_session_anew(void **state)
{
	char curve[64];
	size_t sent;

	(void)state;
	check_all_read(speak());
	sent = sent_by_bot();
	check_all_read(speak());
	assert_int_equal(sent_by_bot(), sent);
	device_scratch_turn(&bot->own, bot_curve_work, curve);
	world_pass_time(&world, INT64_C(2) * 3600 * 1000);
	device_scratch_turn(&phone->own, unwedge_work, curve);
	world_settle(&world);
	check_all_read(speak());
	assert_int_equal(sent_by_bot(), sent + 1);
	check_all_read(speak());
	assert_int_equal(sent_by_bot(), sent + 1);
}

int main(void)
{
#define WORLD_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		WORLD_TEST(outbound__is_read__by_the_devices_in_the_room),
		WORLD_TEST(outbound__is_read_from_then_on__by_a_device_that_comes_later),
		WORLD_TEST(outbound__is_given_again__to_a_device_that_began_a_session_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
