/*
 * What comes in by Olm, and what must not.
 */
#include "base/clock.h"
#include "crypto/keyring.h"
#include "crypto/olm.h"
#include "crypto/olm_payload.h"
#include "unit/crypto/channel_house.h"

static void channel_receive__drops__what_it_heard_before(void **state)
{
	cJSON *first, *second;

	(void)state;
	open_channel(bot, resident);
	send(bot, resident, "m.test");
	send(bot, resident, "m.test");
	first = take_event(resident);
	second = take_event(resident);
	assert_string_equal(receive(resident, first), PASSED);
	assert_string_equal(receive(resident, second), PASSED);
	world_pass_time(&world, 2 * MS_PER_HOUR);
	world_crash(resident);
	assert_string_equal(receive(resident, first), "heard-before");
	assert_string_equal(receive(resident, second), "heard-before");
	/* It does not look like a broken session either. */
	assert_false(world_carry(&world, resident, WANT_KEYS_CLAIM));
	cJSON_Delete(first);
	cJSON_Delete(second);
}

/* T09: the one-time key is still there for the message that is whole. */
static void channel_receive__spends_no_key__on_a_broken_message(void **state)
{
	cJSON *event, *broken;

	(void)state;
	open_channel(bot, resident);
	send(bot, resident, "m.test");
	event = take_event(resident);
	broken = cJSON_Duplicate(event, true);
	spoil(broken);
	assert_string_equal(receive(resident, broken), "unreadable");
	assert_int_equal(look(resident, bot).len, 0);
	assert_string_equal(receive(resident, event), PASSED);
	assert_int_equal(look(resident, bot).len, 1);
	cJSON_Delete(event);
	cJSON_Delete(broken);
}

/* A second copy of a pre-key message, spoiled, belongs to the session its twin began. */
static void channel_receive__makes_no_second_session__for_a_matching_message(void **state)
{
	cJSON *event;

	(void)state;
	open_channel(bot, resident);
	send(bot, resident, "m.test");
	send(bot, resident, "m.test");
	assert_string_equal(receive_next(resident), PASSED);
	event = take_event(resident);
	assert_int_equal(world_get(ciphertext_of(event), "type")->valueint, PAIR_MESSAGE_PRE_KEY);
	spoil(event);
	assert_string_equal(receive(resident, event), "unreadable");
	assert_int_equal(look(resident, bot).len, 1);
	cJSON_Delete(event);
}

static void do_try_key(struct turn *turn, void *context)
{
	struct deed *deed = context;
	struct account *account = keyring_load(deed->by->own.crypto, turn_view(turn));
	const char *peer = world_get(world_get(deed->event, "content"), "sender_key")->valuestring;
	const char *body = world_get(ciphertext_of(deed->event), "body")->valuestring;
	struct pair_session *pair;

	deed->number = pair_session_create_inbound(turn_arena(turn), account, peer, body, &pair);
}

/* Whether another session could be begun with the key that a pre-key message names. */
static enum pair_verdict try_key(struct world_device *by, cJSON *event)
{
	struct deed deed = { .by = by, .event = event };

	device_scratch_turn(&by->own, do_try_key, &deed);
	return (enum pair_verdict)deed.number;
}

static void channel_receive__spends__the_key_of_a_message_that_opens(void **state)
{
	cJSON *event;

	(void)state;
	open_channel(bot, resident);
	send(bot, resident, "m.test");
	event = take_event(resident);
	assert_int_equal(try_key(resident, event), PAIR_OK);
	assert_string_equal(receive(resident, event), PASSED);
	world_crash(resident);
	assert_int_equal(try_key(resident, event), PAIR_UNKNOWN_KEY);
	cJSON_Delete(event);
}

/* Its fallback key is still there; but the message is of a session that went on. */
static void channel_receive__refuses__a_repetition_it_forgot(void **state)
{
	cJSON *event;

	(void)state;
	cJSON_Delete(resident->one_time_keys);
	resident->one_time_keys = cJSON_CreateObject();
	open_channel(bot, resident);
	send(bot, resident, "m.test");
	send(bot, resident, "m.test");
	event = take_event(resident);
	assert_string_equal(receive(resident, event), PASSED);
	world_pass_time(&world, 61 * MS_PER_DAY);
	assert_string_equal(receive_next(resident), PASSED);
	assert_string_equal(receive(resident, event), "unreadable");
	assert_int_equal(look(resident, bot).len, 1);
	assert_int_equal(try_key(resident, event), PAIR_OK);
	cJSON_Delete(event);
}

/* What a device would say to another if it kept to no rule. */
struct forgery {
	struct world_device *by;
	struct world_device *to;
	struct olm_payload payload;
	cJSON *event;
};

static void do_forge(struct turn *turn, void *context)
{
	struct forgery *forgery = context;
	struct view *view = turn_view(turn);
	struct device device = device_of(view, forgery->to);
	const char *text = olm_payload_format(turn_arena(turn), &forgery->payload);
	size_t len;
	const struct channel_session *rows = channel_sessions(view, device.curve25519, &len);
	struct pair_session *pair = channel_session_open(forgery->by->own.crypto, view, &rows[0]);
	struct pair_message message = pair_session_encrypt(pair, text, strlen(text));
	cJSON *content, *theirs;

	channel_session_store(forgery->by->own.crypto, turn, &rows[0], pair);
	forgery->event = cJSON_CreateObject();
	cJSON_AddStringToObject(forgery->event, "sender", forgery->by->own.user);
	cJSON_AddStringToObject(forgery->event, "type", "m.room.encrypted");
	content = cJSON_AddObjectToObject(forgery->event, "content");
	cJSON_AddStringToObject(content, "algorithm", OLM_ALGORITHM);
	cJSON_AddStringToObject(content, "sender_key", keyring_curve25519(view));
	theirs = cJSON_AddObjectToObject(cJSON_AddObjectToObject(content, "ciphertext"), device.curve25519);
	cJSON_AddNumberToObject(theirs, "type", message.type);
	cJSON_AddStringToObject(theirs, "body", message.body);
}

static cJSON *forge(struct world_device *by, struct world_device *to, const struct olm_payload *payload)
{
	struct forgery forgery = { .by = by, .to = to, .payload = *payload };

	device_scratch_turn(&by->own, do_forge, &forgery);
	return forgery.event;
}

static const char *receive_forged(struct world_device *by, struct world_device *to, const struct olm_payload *payload)
{
	cJSON *event = forge(by, to, payload);
	const char *why = receive(to, event);

	cJSON_Delete(event);
	return why;
}

static const char *key_of(const struct world_device *device, const char *algorithm)
{
	char name[64];

	snprintf(name, sizeof name, "%s:%s", algorithm, device->own.device);
	return world_get(world_get(device->device_keys, "keys"), name)->valuestring;
}

/* An honest payload, for a test to spoil. */
static struct olm_payload payload_of(const struct world_device *by, const struct world_device *to, const cJSON *content)
{
	return (struct olm_payload){
		.type = "m.test",
		.content = content,
		.sender = by->own.user,
		.sender_ed25519 = key_of(by, "ed25519"),
		.recipient = to->own.user,
		.recipient_ed25519 = key_of(to, "ed25519"),
		.sender_device_keys = by->device_keys,
	};
}

/* MATRIX.md 5.12. */
static void channel_receive__refuses__what_names_others(void **state)
{
	cJSON *content = cJSON_CreateObject();
	struct world_device *other = world_add(&world, "@other:x", "OTHER");
	struct olm_payload honest, forged;

	(void)state;
	world_meet(&world);
	open_channel(resident, bot);
	honest = payload_of(resident, bot, content);
	assert_string_equal(receive_forged(resident, bot, &honest), PASSED);
	forged = honest;
	forged.sender_device_keys = NULL;
	assert_string_equal(receive_forged(resident, bot, &forged), PASSED);
	forged = honest;
	forged.recipient = "@other:x";
	assert_string_equal(receive_forged(resident, bot, &forged), "not-vouched-for");
	forged = honest;
	forged.recipient_ed25519 = key_of(other, "ed25519");
	assert_string_equal(receive_forged(resident, bot, &forged), "not-vouched-for");
	forged = honest;
	forged.sender = "@other:x";
	assert_string_equal(receive_forged(resident, bot, &forged), "not-vouched-for");
	forged = honest;
	forged.sender_ed25519 = key_of(other, "ed25519");
	assert_string_equal(receive_forged(resident, bot, &forged), "not-vouched-for");
	forged.sender_device_keys = NULL;
	assert_string_equal(receive_forged(resident, bot, &forged), "not-vouched-for");
	forged = honest;
	forged.sender_device_keys = other->device_keys;
	assert_string_equal(receive_forged(resident, bot, &forged), "not-vouched-for");
	/* None of it cost the session. */
	assert_string_equal(receive_forged(resident, bot, &honest), PASSED);
	cJSON_Delete(content);
}

/* T13: the server puts another's name on it. */
static void channel_receive__refuses__another_sender_outside(void **state)
{
	cJSON *event;

	(void)state;
	open_channel(resident, bot);
	send(resident, bot, "m.test");
	event = take_event(bot);
	cJSON_ReplaceItemInObjectCaseSensitive(event, "sender", cJSON_CreateString("@other:x"));
	assert_string_equal(receive(bot, event), "not-vouched-for");
	cJSON_Delete(event);
}

static const char *receive_text(struct world_device *by, const char *type, const char *content)
{
	cJSON *event = cJSON_CreateObject();
	const char *why;

	cJSON_AddStringToObject(event, "sender", RESIDENT);
	cJSON_AddStringToObject(event, "type", type);
	cJSON_AddItemToObject(event, "content", cJSON_Parse(content));
	why = receive(by, event);
	cJSON_Delete(event);
	return why;
}

/* MATRIX.md 5.14. */
static void channel_receive__refuses__in_the_clear_what_must_be_sealed(void **state)
{
	(void)state;
	assert_string_equal(receive_text(bot, "m.room_key", "{}"), "in-clear");
	assert_string_equal(receive_text(bot, "m.forwarded_room_key", "{}"), "in-clear");
	assert_string_equal(receive_text(bot, "m.room_key.withheld", "{}"), "taken");
	assert_string_equal(receive_text(bot, "org.matrix.room_key.withheld", "{}"), "taken");
	assert_string_equal(receive_text(bot, "m.room_key_request", "{}"), "taken");
	assert_string_equal(receive_text(bot, "m.dummy", "{}"), PASSED);
	assert_string_equal(receive_text(bot, "m.secret.send", "{}"), PASSED);
	assert_string_equal(receive_text(bot, "m.room.encrypted", "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"ciphertext\":\"A\"}"), "algorithm");
}

static void channel_receive__refuses__what_is_no_olm_message(void **state)
{
	static const struct {
		const char *sender_key;
		const char *ours;
		const char *why;
	} cases[] = {
		{ "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"", "{\"type\":0,\"body\":\"AAAA\"}", "sender-key" },
		{ "\"short\"", "{\"type\":0,\"body\":\"AAAA\"}", "sender-key" },
		{ "7", "{\"type\":0,\"body\":\"AAAA\"}", "sender-key" },
		{ NULL, "{\"type\":0,\"body\":\"AAAA\"}", "sender-key" },
		{ "\"3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08\"", "7", "not-for-us" },
		{ "\"3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08\"", "{\"type\":2,\"body\":\"AAAA\"}", "message-type" },
		{ "\"3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08\"", "{\"type\":\"0\",\"body\":\"AAAA\"}", "message-type" },
		{ "\"3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08\"", "{\"type\":0}", "message-body" },
		{ "\"3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08\"", "{\"type\":0,\"body\":\"A AA\"}", "message-body" },
		{ "\"3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08\"", "{\"type\":0,\"body\":\"\"}", "unreadable" },
		{ "\"3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08\"", "{\"type\":1,\"body\":\"AAAA\"}", "unreadable" },
	};
	char own[64], text[400];

	(void)state;
	snprintf(own, sizeof own, "\"%s\"", key_of(bot, "curve25519"));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		snprintf(text, sizeof text, "{\"algorithm\":\"" OLM_ALGORITHM "\",\"sender_key\":%s,\"ciphertext\":{%s:%s}}",
		         cases[i].sender_key ? cases[i].sender_key : own, own, cases[i].ours);
		assert_string_equal(receive_text(bot, "m.room.encrypted", text), cases[i].why);
	}
}

/* MATRIX.md 5.15, 8.5. */
static void channel_receive__hears_of_unknown_devices__room_keys_only(void **state)
{
	struct world_device *stranger = world_add(&world, "@stranger:x", "NEW");
	cJSON *content = cJSON_CreateObject();
	struct world_tracking tracking = { BOT };
	struct olm_payload payload;

	(void)state;
	while (world_carry(&world, stranger, WANT_KEYS_UPLOAD))
		;
	device_scratch_turn(&stranger->own, world_track_in, &tracking);
	assert_true(world_carry(&world, stranger, WANT_KEYS_QUERY));
	open_channel(stranger, bot);
	payload = payload_of(stranger, bot, content);
	payload.sender_device_keys = NULL;
	payload.type = "m.room_key";
	assert_string_equal(receive_forged(stranger, bot, &payload), "taken");
	payload.type = "m.room_key.withheld";
	assert_string_equal(receive_forged(stranger, bot, &payload), "standing");
	payload.type = "m.forwarded_room_key";
	assert_string_equal(receive_forged(stranger, bot, &payload), "standing");
	cJSON_Delete(content);
}

static void do_add_sessions(struct turn *turn, void *context)
{
	struct deed *deed = context;
	struct device device = device_of(turn_view(turn), deed->with);
	size_t len;
	const struct channel_session *rows = channel_sessions(turn_view(turn), device.curve25519, &len);
	struct pair_session *pair = channel_session_open(deed->by->own.crypto, turn_view(turn), &rows[0]);

	for (int i = 0; i < 100; i++)
		channel_session_add(deed->by->own.crypto, turn, RESIDENT, arena_printf(turn_arena(turn), "key %d", i), pair, true);
}

static void channel_receive__makes__a_hundred_sessions_an_hour_with_a_user(void **state)
{
	struct world_device *other = world_add(&world, "@other:x", "OTHER");
	struct deed deed = { .by = bot, .with = other };

	(void)state;
	world_meet(&world);
	open_channel(bot, other);
	device_scratch_turn(&bot->own, do_add_sessions, &deed);
	open_channel(resident, bot);
	send(resident, bot, "m.test");
	send(resident, bot, "m.test");
	assert_string_equal(receive_next(bot), "flood");
	world_pass_time(&world, MS_PER_HOUR);
	assert_string_equal(receive_next(bot), PASSED);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(channel_receive__drops__what_it_heard_before),
		TEST(channel_receive__spends_no_key__on_a_broken_message),
		TEST(channel_receive__makes_no_second_session__for_a_matching_message),
		TEST(channel_receive__spends__the_key_of_a_message_that_opens),
		TEST(channel_receive__refuses__a_repetition_it_forgot),
		TEST(channel_receive__refuses__what_names_others),
		TEST(channel_receive__refuses__another_sender_outside),
		TEST(channel_receive__refuses__in_the_clear_what_must_be_sealed),
		TEST(channel_receive__refuses__what_is_no_olm_message),
		TEST(channel_receive__hears_of_unknown_devices__room_keys_only),
		TEST(channel_receive__makes__a_hundred_sessions_an_hour_with_a_user),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
