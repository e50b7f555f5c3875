/*
 * Two devices that know of each other, over a server that the test may have lie, and what they do with Olm.
 */
#ifndef ROTONDE_TESTS_CRYPTO_CHANNEL_HOUSE_H
#define ROTONDE_TESTS_CRYPTO_CHANNEL_HOUSE_H

#include "crypto/channel.h"
#include "crypto/channel_internal.h"
#include "crypto/channel_session.h"
#include "unit/crypto/world.h"

#define BOT      "@bot:x"
#define RESIDENT "@resident:x"

/* channel_receive()'s word for what passed every check and is for nobody: all that these messages are for. */
#define PASSED "for-nobody"

static struct world world;
static struct world_device *bot, *resident;

static inline int setup(void **state)
{
	(void)state;
	world_open(&world);
	bot = world_add(&world, BOT, "BOT");
	resident = world_add(&world, RESIDENT, "PHONE");
	world_meet(&world);
	return 0;
}

static inline int teardown(void **state)
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

static inline struct device device_of(struct view *view, const struct world_device *of)
{
	struct device device;

	assert_true(device_find(view, of->own.user, of->own.device, &device));
	return device;
}

static inline void do_look(struct turn *turn, void *context)
{
	struct deed *deed = context;
	struct device device = device_of(turn_view(turn), deed->with);

	deed->state = channel_state(turn_view(turn), &device);
	deed->number = channel_wedges(turn_view(turn), &device);
	(void)channel_sessions(turn_view(turn), device.curve25519, &deed->len);
}

static inline struct deed look(struct world_device *by, struct world_device *with)
{
	struct deed deed = { .by = by, .with = with };

	device_scratch_turn(&by->own, do_look, &deed);
	return deed;
}

static inline enum channel_state state_of(struct world_device *by, struct world_device *with)
{
	return look(by, with).state;
}

static inline void do_ask(struct turn *turn, void *context)
{
	struct deed *deed = context;
	struct device device = device_of(turn_view(turn), deed->with);

	channel_ask(turn, &device);
}

static inline void ask(struct world_device *by, struct world_device *with)
{
	struct deed deed = { .by = by, .with = with };

	device_scratch_turn(&by->own, do_ask, &deed);
}

static inline void do_send(struct turn *turn, void *context)
{
	struct deed *deed = context;
	struct device device = device_of(turn_view(turn), deed->with);
	AUTO_JSON content = json_object_create();

	json_set_str(content, "words", "hello");
	deed->done = channel_send(deed->by->own.crypto, turn, &device, deed->type, content, "share/1");
}

static inline bool try_send(struct world_device *by, struct world_device *with, const char *type)
{
	struct deed deed = { .by = by, .with = with, .type = type };

	device_scratch_turn(&by->own, do_send, &deed);
	return deed.done;
}

/* As far as the other's inbox. */
static inline void send(struct world_device *by, struct world_device *with, const char *type)
{
	assert_true(try_send(by, with, type));
	assert_true(world_carry(&world, by, WANT_TO_DEVICE));
}

static inline void open_channel(struct world_device *by, struct world_device *with)
{
	ask(by, with);
	assert_true(world_carry(&world, by, WANT_KEYS_CLAIM));
	assert_int_equal(state_of(by, with), CHANNEL_OPEN);
}

static inline void do_receive(struct turn *turn, void *context)
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
static inline const char *receive(struct world_device *by, cJSON *event)
{
	struct deed deed = { .by = by, .event = event };

	device_scratch_turn(&by->own, do_receive, &deed);
	return deed.why ? deed.why : "taken";
}

static inline cJSON *take_event(struct world_device *by)
{
	cJSON *event = cJSON_DetachItemFromArray(by->inbox, 0);

	assert_non_null(event);
	return event;
}

static inline const char *receive_next(struct world_device *by)
{
	cJSON *event = take_event(by);
	const char *why = receive(by, event);

	cJSON_Delete(event);
	return why;
}

/* The one ciphertext in an Olm event. */
static inline cJSON *ciphertext_of(cJSON *event)
{
	return world_get(world_get(event, "content"), "ciphertext")->child;
}

/* A byte of the message is another. */
static inline void spoil(cJSON *event)
{
	char *body = world_get(ciphertext_of(event), "body")->valuestring;
	size_t at = strlen(body) - 20;

	body[at] = body[at] == 'A' ? 'B' : 'A';
}

static inline void break_next(struct world_device *by, struct world_device *with)
{
	cJSON *event;

	send(by, with, "m.test");
	event = take_event(with);
	spoil(event);
	assert_string_equal(receive(with, event), "unreadable");
	cJSON_Delete(event);
}

#endif
