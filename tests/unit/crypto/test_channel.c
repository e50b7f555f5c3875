/*
 * Olm between real devices, over a server that the tests may have lie.
 */
#include "crypto/channel.h"

#include "base/clock.h"
#include "crypto/channel_internal.h"
#include "crypto/channel_session.h"
#include "crypto/keyring.h"
#include "crypto/olm.h"
#include "crypto/olm_payload.h"
#include "unit/crypto/world.h"

#define BOT      "@bot:x"
#define RESIDENT "@resident:x"

/* channel_receive()'s word for what passed every check and is for nobody: all that these messages are for. */
#define PASSED "for-nobody"

#define ZERO_KEY "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static struct world world;
static struct world_device *bot, *resident;

static int setup(void **state)
{
	(void)state;
	world_open(&world);
	bot = world_add(&world, BOT, "BOT");
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

/* One thing done by a device in a turn of its own. */
struct deed {
	struct world_device *by;
	struct world_device *with;
	const char *type;
	cJSON *event;
	const char *sender;
	const char *why;
	enum channel_state state;
	int64_t number;
	size_t len;
	bool done;
};

static struct device device_of(struct view *view, const struct world_device *of)
{
	struct device device;

	assert_true(device_find(view, of->own.user, of->own.device, &device));
	return device;
}

static void do_look(struct turn *turn, void *context)
{
	struct deed *deed = context;
	struct device device = device_of(turn_view(turn), deed->with);

	deed->state = channel_state(turn_view(turn), &device);
	deed->number = channel_wedges(turn_view(turn), &device);
	(void)channel_sessions(turn_view(turn), device.curve25519, &deed->len);
}

static struct deed look(struct world_device *by, struct world_device *with)
{
	struct deed deed = { .by = by, .with = with };

	device_scratch_turn(&by->own, do_look, &deed);
	return deed;
}

static enum channel_state state_of(struct world_device *by, struct world_device *with)
{
	return look(by, with).state;
}

static void do_ask(struct turn *turn, void *context)
{
	struct deed *deed = context;
	struct device device = device_of(turn_view(turn), deed->with);

	channel_ask(turn, &device);
}

static void ask(struct world_device *by, struct world_device *with)
{
	struct deed deed = { .by = by, .with = with };

	device_scratch_turn(&by->own, do_ask, &deed);
}

static void do_send(struct turn *turn, void *context)
{
	struct deed *deed = context;
	struct device device = device_of(turn_view(turn), deed->with);
	AUTO_JSON content = json_object_create();

	json_set_str(content, "words", "hello");
	deed->done = channel_send(deed->by->own.crypto, turn, &device, deed->type, content, "share/1");
}

static bool try_send(struct world_device *by, struct world_device *with, const char *type)
{
	struct deed deed = { .by = by, .with = with, .type = type };

	device_scratch_turn(&by->own, do_send, &deed);
	return deed.done;
}

/* As far as the other's inbox. */
static void send(struct world_device *by, struct world_device *with, const char *type)
{
	assert_true(try_send(by, with, type));
	assert_true(world_carry(&world, by, WANT_TO_DEVICE));
}

static void open_channel(struct world_device *by, struct world_device *with)
{
	ask(by, with);
	assert_true(world_carry(&world, by, WANT_KEYS_CLAIM));
	assert_int_equal(state_of(by, with), CHANNEL_OPEN);
}

static void do_receive(struct turn *turn, void *context)
{
	struct deed *deed = context;
	char *content = cJSON_PrintUnformatted(world_get(deed->event, "content"));
	const struct to_device event = {
		.sender = world_get(deed->event, "sender")->valuestring,
		.type = world_get(deed->event, "type")->valuestring,
		.content = content,
	};

	deed->why = channel_receive(deed->by->own.crypto, turn, &event);
	cJSON_free(content);
}

/* What becomes of an event; it stays the caller's. */
static const char *receive(struct world_device *by, cJSON *event)
{
	struct deed deed = { .by = by, .event = event };

	device_scratch_turn(&by->own, do_receive, &deed);
	return deed.why ? deed.why : "taken";
}

static cJSON *take_event(struct world_device *by)
{
	cJSON *event = cJSON_DetachItemFromArray(by->inbox, 0);

	assert_non_null(event);
	return event;
}

static const char *receive_next(struct world_device *by)
{
	cJSON *event = take_event(by);
	const char *why = receive(by, event);

	cJSON_Delete(event);
	return why;
}

/* The one ciphertext in an Olm event. */
static cJSON *ciphertext_of(cJSON *event)
{
	return world_get(world_get(event, "content"), "ciphertext")->child;
}

/* A byte of the message is another. */
static void spoil(cJSON *event)
{
	char *body = world_get(ciphertext_of(event), "body")->valuestring;
	size_t at = strlen(body) - 20;

	body[at] = body[at] == 'A' ? 'B' : 'A';
}

static void channel_send__reaches__both_ways(void **state)
{
	(void)state;
	assert_int_equal(state_of(bot, resident), CHANNEL_NONE);
	assert_false(try_send(bot, resident, "m.test"));
	ask(bot, resident);
	assert_int_equal(state_of(bot, resident), CHANNEL_ASKED);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_int_equal(state_of(bot, resident), CHANNEL_OPEN);
	assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
	send(bot, resident, "m.test");
	assert_string_equal(receive_next(resident), PASSED);
	assert_int_equal(state_of(resident, bot), CHANNEL_OPEN);
	for (int i = 0; i < 3; i++) {
		send(resident, bot, "m.test");
		assert_string_equal(receive_next(bot), PASSED);
		send(bot, resident, "m.test");
		assert_string_equal(receive_next(resident), PASSED);
	}
	assert_int_equal(look(bot, resident).len, 1);
	assert_int_equal(look(resident, bot).len, 1);
}

static void channel__goes_on__after_a_restart_between_all_steps(void **state)
{
	(void)state;
	ask(bot, resident);
	world_crash(bot);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	world_crash(bot);
	assert_true(try_send(bot, resident, "m.test"));
	world_crash(bot);
	assert_true(try_send(bot, resident, "m.test"));
	while (world_carry(&world, bot, WANT_TO_DEVICE))
		world_crash(bot);
	assert_string_equal(receive_next(resident), PASSED);
	world_crash(resident);
	assert_string_equal(receive_next(resident), PASSED);
	world_crash(resident);
	send(resident, bot, "m.test");
	assert_string_equal(receive_next(bot), PASSED);
	assert_int_equal(look(bot, resident).len, 1);
}

/* The server has the message, and we do not know that. */
static void todevice__arrives_once__when_its_answer_is_lost(void **state)
{
	(void)state;
	open_channel(bot, resident);
	world.loses[WANT_TO_DEVICE] = true;
	send(bot, resident, "m.test");
	world_crash(bot);
	world.loses[WANT_TO_DEVICE] = false;
	assert_true(world_carry(&world, bot, WANT_TO_DEVICE));
	assert_false(world_carry(&world, bot, WANT_TO_DEVICE));
	assert_string_equal(receive_next(resident), PASSED);
	assert_null(resident->inbox->child);
}

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

static void break_next(struct world_device *by, struct world_device *with)
{
	cJSON *event;

	send(by, with, "m.test");
	event = take_event(with);
	spoil(event);
	assert_string_equal(receive(with, event), "unreadable");
	cJSON_Delete(event);
}

/* T10. */
static void channel__unwedges__once_an_hour(void **state)
{
	int64_t before;

	(void)state;
	open_channel(resident, bot);
	send(resident, bot, "m.test");
	assert_string_equal(receive_next(bot), PASSED);
	before = look(resident, bot).number;
	/* The session is young: what is on its way may have been sent before it. */
	break_next(resident, bot);
	assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
	world_pass_time(&world, 61 * MS_PER_MINUTE);
	break_next(resident, bot);
	world_crash(bot);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	world_crash(bot);
	assert_true(world_carry(&world, bot, WANT_TO_DEVICE));
	assert_string_equal(receive_next(resident), PASSED);
	assert_int_equal(look(resident, bot).len, 2);
	assert_true(look(resident, bot).number > before);
	/* From now on the new session is the one to use. */
	send(resident, bot, "m.test");
	assert_string_equal(receive_next(bot), PASSED);
	world_pass_time(&world, 59 * MS_PER_MINUTE);
	break_next(resident, bot);
	world_crash(bot);
	assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
	world_pass_time(&world, 2 * MS_PER_MINUTE);
	break_next(resident, bot);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
}

static void channel_session_add__keeps__the_six_last_used(void **state)
{
	int64_t newest = 0;

	(void)state;
	for (int i = 0; i < 9; i++) {
		world_pass_time(&world, 2 * MS_PER_HOUR);
		if (i == 0)
			open_channel(resident, bot);
		else
			break_next(bot, resident);
		if (i > 0)
			assert_true(world_carry(&world, resident, WANT_KEYS_CLAIM));
		if (i == 0)
			send(resident, bot, "m.test");
		else
			assert_true(world_carry(&world, resident, WANT_TO_DEVICE));
		assert_string_equal(receive_next(bot), PASSED);
		assert_true(look(bot, resident).number > newest);
		newest = look(bot, resident).number;
	}
	assert_int_equal(look(bot, resident).len, 6);
	assert_int_equal(look(resident, bot).len, 6);
	send(bot, resident, "m.test");
	assert_string_equal(receive_next(resident), PASSED);
}

/* A key that makes every secret known, by the device's own hand. */
static cJSON *sign_zero_key(struct world_device *by)
{
	struct view *view = view_open(by->own.scratch.store, by->own.scratch.now_ms);
	cJSON *object = cJSON_CreateObject();
	char name[64];

	cJSON_AddStringToObject(object, "key", ZERO_KEY);
	snprintf(name, sizeof name, "ed25519:%s", by->own.device);
	cJSON_AddStringToObject(world_member(world_member(object, "signatures"), by->own.user), name,
	                        keyring_sign(by->own.crypto, view, object));
	view_close(view);
	return object;
}

/* What the server gives for a claim, by its lies. */
static enum { LIE_OTHER_USER, LIE_OTHER_KEY, LIE_UNSIGNED, LIE_ZERO, LIE_SIGNED_ZERO, LIE_NONE, LIE_OTHER_ALGORITHM, LIE_NONSENSE, LIE_MAX } lie_now;

static char *lie_about_keys(struct world *world_of, enum want_kind kind, const char *body)
{
	cJSON *answer, *users, *keys;
	char *lie;

	(void)world_of;
	if (kind != WANT_KEYS_CLAIM)
		return NULL;
	answer = cJSON_Parse(body);
	users = world_get(answer, "one_time_keys");
	keys = users->child->child;
	switch (lie_now) {
	case LIE_OTHER_USER:
		world_put(users, "@other:x", users->child);
		cJSON_DeleteItemFromObjectCaseSensitive(users, RESIDENT);
		break;
	case LIE_OTHER_KEY:
		cJSON_ReplaceItemInObjectCaseSensitive(keys->child, "key", cJSON_CreateString("3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08"));
		break;
	case LIE_UNSIGNED:
		cJSON_DeleteItemFromObjectCaseSensitive(keys->child, "signatures");
		break;
	case LIE_ZERO:
		cJSON_ReplaceItemInObjectCaseSensitive(keys->child, "key", cJSON_CreateString(ZERO_KEY));
		break;
	case LIE_SIGNED_ZERO:
		cJSON_ReplaceItemInObjectCaseSensitive(keys, keys->child->string, sign_zero_key(resident));
		break;
	case LIE_NONE:
		cJSON_DeleteItemFromObjectCaseSensitive(users, RESIDENT);
		break;
	case LIE_OTHER_ALGORITHM:
		world_put(keys, "curve25519:AAAAAQ", keys->child);
		cJSON_Delete(cJSON_DetachItemViaPointer(keys, keys->child));
		break;
	case LIE_NONSENSE:
		cJSON_ReplaceItemInObjectCaseSensitive(answer, "one_time_keys", cJSON_CreateString("none"));
		break;
	case LIE_MAX:
		break;
	}
	lie = cJSON_PrintUnformatted(answer);
	cJSON_Delete(answer);
	return lie;
}

static void channel_reply__refuses__what_a_server_makes_up(void **state)
{
	(void)state;
	world.lie = lie_about_keys;
	for (lie_now = 0; lie_now < LIE_MAX; lie_now++) {
		ask(bot, resident);
		assert_int_equal(state_of(bot, resident), CHANNEL_ASKED);
		assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
		assert_int_equal(state_of(bot, resident), CHANNEL_FAILED);
		assert_int_equal(look(bot, resident).len, 0);
		/* Not asked again before a while. */
		ask(bot, resident);
		assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
		world_pass_time(&world, 16 * MS_PER_MINUTE);
		assert_int_equal(state_of(bot, resident), CHANNEL_NONE);
	}
	world.lie = NULL;
	open_channel(bot, resident);
}

static void channel_reply__waits_longer__with_every_failure(void **state)
{
	static const int64_t waits_s[] = { 15, 30, 60, 120, 240, 480, 900, 900 };

	(void)state;
	world.lie = lie_about_keys;
	lie_now = LIE_NONE;
	for (size_t i = 0; i < ARRAY_LEN(waits_s); i++) {
		ask(bot, resident);
		assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
		world_crash(bot);
		world_pass_time(&world, waits_s[i] * MS_PER_SECOND - 1);
		assert_int_equal(state_of(bot, resident), CHANNEL_FAILED);
		world_pass_time(&world, 1);
		assert_int_equal(state_of(bot, resident), CHANNEL_NONE);
	}
}

static int64_t next_ms(struct world_device *by)
{
	struct view *view = view_open(by->own.scratch.store, by->own.scratch.now_ms);
	int64_t at_ms = channel_next_ms(view);

	view_close(view);
	return at_ms;
}

/* That it came to nothing is no reason to try more often. */
static void channel__unwedges__once_an_hour_also_in_vain(void **state)
{
	(void)state;
	open_channel(resident, bot);
	send(resident, bot, "m.test");
	assert_string_equal(receive_next(bot), PASSED);
	world.lie = lie_about_keys;
	lie_now = LIE_NONE;
	for (int hour = 0; hour < 3; hour++) {
		world_pass_time(&world, 61 * MS_PER_MINUTE);
		break_next(resident, bot);
		assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
		world_pass_time(&world, 30 * MS_PER_MINUTE);
		break_next(resident, bot);
		assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
	}
	assert_int_equal(state_of(bot, resident), CHANNEL_OPEN);
}

/* A key may have been given out for nothing: that is not repeated at once, and the device is not to blame. */
static void channel_reply__asks_again_later__when_the_answer_is_lost(void **state)
{
	int keys = cJSON_GetArraySize(resident->one_time_keys);

	(void)state;
	world.loses[WANT_KEYS_CLAIM] = true;
	assert_true(next_ms(bot) == INT64_MAX);
	ask(bot, resident);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_int_equal(state_of(bot, resident), CHANNEL_ASKED);
	world_crash(bot);
	assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_true(next_ms(bot) == bot->own.scratch.now_ms + 2 * MS_PER_SECOND);
	world_pass_time(&world, 2 * MS_PER_SECOND);
	world.loses[WANT_KEYS_CLAIM] = false;
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_int_equal(state_of(bot, resident), CHANNEL_OPEN);
	assert_int_equal(cJSON_GetArraySize(resident->one_time_keys), keys - 2);
	assert_true(next_ms(bot) == INT64_MAX);
}

static void channel_want__asks__all_at_once(void **state)
{
	struct world_device *tablet = world_add(&world, RESIDENT, "TABLET");

	(void)state;
	world_settle(&world);
	ask(bot, resident);
	ask(bot, tablet);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_int_equal(state_of(bot, resident), CHANNEL_OPEN);
	assert_int_equal(state_of(bot, tablet), CHANNEL_OPEN);
}

/* The other was quicker. Its session does. */
static void channel_reply__begins_none__when_one_is_there(void **state)
{
	(void)state;
	ask(bot, resident);
	open_channel(resident, bot);
	send(resident, bot, "m.test");
	assert_string_equal(receive_next(bot), PASSED);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_int_equal(look(bot, resident).len, 1);
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
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(channel_send__reaches__both_ways, setup, teardown),
		cmocka_unit_test_setup_teardown(channel__goes_on__after_a_restart_between_all_steps, setup, teardown),
		cmocka_unit_test_setup_teardown(todevice__arrives_once__when_its_answer_is_lost, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_receive__drops__what_it_heard_before, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_receive__spends_no_key__on_a_broken_message, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_receive__makes_no_second_session__for_a_matching_message, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_receive__spends__the_key_of_a_message_that_opens, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_receive__refuses__a_repetition_it_forgot, setup, teardown),
		cmocka_unit_test_setup_teardown(channel__unwedges__once_an_hour, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_session_add__keeps__the_six_last_used, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_reply__refuses__what_a_server_makes_up, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_reply__waits_longer__with_every_failure, setup, teardown),
		cmocka_unit_test_setup_teardown(channel__unwedges__once_an_hour_also_in_vain, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_reply__asks_again_later__when_the_answer_is_lost, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_want__asks__all_at_once, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_reply__begins_none__when_one_is_there, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_receive__refuses__what_names_others, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_receive__refuses__another_sender_outside, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_receive__refuses__in_the_clear_what_must_be_sealed, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_receive__refuses__what_is_no_olm_message, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_receive__hears_of_unknown_devices__room_keys_only, setup, teardown),
		cmocka_unit_test_setup_teardown(channel_receive__makes__a_hundred_sessions_an_hour_with_a_user, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
