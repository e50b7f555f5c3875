/*
 * To-device messages that are refused on purpose: they pass every check of the channel and have no effect.
 */
#include "crypto/channel.h"

#include "crypto/channel_internal.h"
#include "unit/crypto/world.h"

#define BOT      "@bot:x"
#define RESIDENT "@resident:x"

static struct world world;
static struct world_device *bot, *laptop, *resident;

static int setup(void **state)
{
	(void)state;
	world_open(&world);
	bot = world_add(&world, BOT, "BOT");
	laptop = world_add(&world, BOT, "LAPTOP");
	resident = world_add(&world, RESIDENT, "PHONE");
	world_meet(&world);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_close(&world);
	return 0;
}

struct message_work {
	struct world_device *by;
	struct world_device *to;
	const char *type;
	const char *content;
	bool sealed;
	const char *why;
};

static void do_ask(struct turn *turn, void *context)
{
	struct message_work *work = context;
	struct device device;

	assert_true(device_find(turn_view(turn), work->to->own.user, work->to->own.device, &device));
	channel_ask(turn, &device);
}

static void do_send(struct turn *turn, void *context)
{
	struct message_work *work = context;
	AUTO_JSON content = json_parse(work->content, strlen(work->content));
	struct device device;

	assert_true(device_find(turn_view(turn), work->to->own.user, work->to->own.device, &device));
	assert_true(channel_send(work->by->own.crypto, turn, &device, work->type, content, NULL));
}

static void do_receive(struct turn *turn, void *context)
{
	struct message_work *work = context;
	cJSON *event = cJSON_DetachItemFromArray(work->to->inbox, 0);
	char *content;

	assert_non_null(event);
	content = cJSON_PrintUnformatted(world_get(event, "content"));
	work->why = channel_receive(work->to->own.crypto, turn, &(struct to_device){
		.sender = world_get(event, "sender")->valuestring,
		.type = world_get(event, "type")->valuestring,
		.content = content,
	});
	cJSON_free(content);
	cJSON_Delete(event);
}

static void put_in_clear(const struct message_work *work)
{
	cJSON *event = cJSON_CreateObject();

	cJSON_AddStringToObject(event, "sender", work->by->own.user);
	cJSON_AddStringToObject(event, "type", work->type);
	cJSON_AddItemToObject(event, "content", cJSON_Parse(work->content));
	cJSON_AddItemToArray(work->to->inbox, event);
}

static int64_t key_count(struct world_device *device)
{
	struct view *view = view_open(device->own.scratch.store, device->own.scratch.now_ms);
	int64_t count = crypto_key_count(view);

	view_close(view);
	return count;
}

/* But to renew the keys that channels to it take. */
static void assert_wants_nothing(struct world_device *device)
{
	for (enum want_kind kind = 0; kind < WANT_KINDS; kind++) {
		struct want want;

		if (kind != WANT_KEYS_UPLOAD && device_scratch_want(&device->own, kind, &want))
			fail_msg("wanted: %s", want.call.path);
	}
}

/* It arrives, sealed by Olm or in the clear, is understood, and that is all. */
static void assert_unheard(struct message_work work)
{
	work.to = bot;
	if (work.sealed) {
		device_scratch_turn(&work.by->own, do_ask, &work);
		(void)world_carry(&world, work.by, WANT_KEYS_CLAIM);
		device_scratch_turn(&work.by->own, do_send, &work);
		while (world_carry(&world, work.by, WANT_TO_DEVICE))
			;
	} else {
		put_in_clear(&work);
	}
	device_scratch_turn(&bot->own, do_receive, &work);
	assert_string_equal(work.why, "for-nobody");
	world_settle(&world);
	assert_wants_nothing(bot);
	assert_int_equal(cJSON_GetArraySize(work.by->inbox), 0);
	assert_int_equal(key_count(bot), 0);
}

#define BUNDLE "{\"room_id\":\"!room:x\",\"file\":{\"v\":\"v2\",\"url\":\"mxc://x/bundle\",\"iv\":\"AAAAAAAAAAAAAAAAAAAAAA\"," \
	"\"hashes\":{\"sha256\":\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\"}," \
	"\"key\":{\"kty\":\"oct\",\"alg\":\"A256CTR\",\"ext\":true,\"key_ops\":[\"encrypt\",\"decrypt\"]," \
	"\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}}}"

/* MATRIX.md 7.15: keys at second hand would be in the place of those that are still to come from their owner. */
static void bundle__is_not_fetched__whoever_sends_it(void **state)
{
	(void)state;
	assert_unheard((struct message_work){ .by = resident, .type = "m.room_key_bundle", .content = BUNDLE, .sealed = true });
	assert_unheard((struct message_work){ .by = laptop, .type = "m.room_key_bundle", .content = BUNDLE, .sealed = true });
	assert_unheard((struct message_work){ .by = resident, .type = "m.room_key_bundle", .content = BUNDLE });
}

#define ASK_SECRET "{\"action\":\"request\",\"name\":\"m.cross_signing.master\",\"requesting_device_id\":\"LAPTOP\",\"request_id\":\"1\"}"

/* MATRIX.md 8.8. */
static void secrets__are_given_to_nobody__nor_taken(void **state)
{
	static const char gift[] = "{\"request_id\":\"1\",\"secret\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}";

	(void)state;
	assert_unheard((struct message_work){ .by = laptop, .type = "m.secret.request", .content = ASK_SECRET });
	assert_unheard((struct message_work){ .by = laptop, .type = "m.secret.request", .content = ASK_SECRET, .sealed = true });
	assert_unheard((struct message_work){ .by = resident, .type = "m.secret.request", .content = ASK_SECRET });
	assert_unheard((struct message_work){ .by = laptop, .type = "m.secret.send", .content = gift, .sealed = true });
	assert_unheard((struct message_work){ .by = laptop, .type = "m.secret.send", .content = gift });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(bundle__is_not_fetched__whoever_sends_it, setup, teardown),
		cmocka_unit_test_setup_teardown(secrets__are_given_to_nobody__nor_taken, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
