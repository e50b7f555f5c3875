#include "bench/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "bench/answer.h"
#include "bench/measure.h"
#include "bench/town.h"
#include "config/config.h"
#include "crypto/crypto.h"
#include "engine/engine.h"
#include "matrix/wire_event.h"
#include "matrix/wire_send.h"
#include "matrix/wire_sync.h"

/* 14 June 2022, 11:00 in Amsterdam: behind the day post, far from the quiet hours. */
#define BEGIN_MS INT64_C(1655197200000)

enum { ANSWER_MAX = 16 * 1024 * 1024, ARENA_MAX = 256 * 1024 * 1024, ROOMS_MAX = 64 };

static const char *own_id(void *self)
{
	(void)self;
	return TOWN_BOT;
}

static void order_sync(void *self, const char *token, int64_t idle_ms)
{
	struct stage *stage = self;

	(void)idle_ms;
	(void)snprintf(stage->since, sizeof stage->since, "%s", token ? token : "");
	stage->sync_asked = true;
}

static char *compose(void *self, struct arena *arena, const struct utterance *what)
{
	struct stage *stage = self;
	char *content = wire_message_format(arena, what);

	(void)buf_add(&stage->composed, content, strlen(content) + 1);
	return content;
}

static bool reveal(void *self, struct arena *arena, const struct event *sealed, const char *type, const char *content, struct event *ret_event)
{
	(void)self;
	return wire_event_reveal(arena, sealed, type, content, ret_event);
}

static void order_call(void *self, int64_t id, const struct call *call)
{
	struct stage *stage = self;

	INVARIANT(id >= 0 && id < STAGE_CALLS_MAX && !stage->calls[id].asked);
	stage->calls[id].asked = true;
	stage->calls[id].body = town_call(stage->town, call);
}

static void order_send(void *self, int64_t id, const char *room, const char *type, const char *txn_id, const char *content)
{
	struct stage *stage = self;
	struct stage_send *send = &stage->sends[stage->sends_len++ % ARRAY_LEN(stage->sends)];

	(void)type;
	(void)txn_id;
	(void)content;
	stage->last_ms = now_ms();
	if (!stage->replies++)
		stage->replied_ms = stage->last_ms;
	INVARIANT(stage->sends_len - stage->sends_done <= ARRAY_LEN(stage->sends));
	send->id = id;
	(void)snprintf(send->room, sizeof send->room, "%s", room);
}

static void order_fetch(void *self, int64_t id, const struct media *media, int64_t limit, const char *path)
{
	(void)self, (void)id, (void)media, (void)limit, (void)path;
}

static void order_page(void *self, const char *room, const char *from, const char *to)
{
	(void)self, (void)room, (void)from, (void)to;
}

static void order_join(void *self, const char *room, const char *via)
{
	(void)self, (void)room, (void)via;
}

static void order_leave(void *self, const char *room)
{
	(void)self, (void)room;
}

static void hand_sent(struct stage *stage, struct arrival *ret_arrival)
{
	const struct stage_send *send = &stage->sends[stage->sends_done++ % ARRAY_LEN(stage->sends)];
	static char event[64];

	(void)snprintf(event, sizeof event, "$ours%lld:console", (long long)send->id);
	*ret_arrival = (struct arrival){ .kind = ARRIVAL_SENT, .outcome = OUTCOME_OK, .id = send->id, .room = send->room, .event_id = event };
}

static void hand_batch(struct stage *stage, struct arrival *ret_arrival)
{
	arena_reset(stage->arena);
	stage->sync_asked = false;
	stage->began_ms = now_ms();
	stage->began_cpu_ms = cpu_ms();
	stage->replies = 0;
	buf_reset(&stage->composed);
	if (!wire_sync_read(stage->arena, stage->answer.data, stage->answer.len, TOWN_BOT, *stage->since ? stage->since : NULL, &stage->batch))
		die("the bench made no /sync answer: %s", stage->answer.data);
	buf_reset(&stage->answer);
	*ret_arrival = (struct arrival){ .kind = ARRIVAL_BATCH, .outcome = OUTCOME_OK, .batch = &stage->batch };
}

static bool hand_reply(struct stage *stage, struct arrival *ret_arrival)
{
	for (int64_t id = 0; id < STAGE_CALLS_MAX; id++) {
		const char *body = stage->calls[id].body;

		if (!stage->calls[id].asked)
			continue;
		stage->calls[id].asked = false;
		*ret_arrival = (struct arrival){ .kind = ARRIVAL_REPLY, .id = id, .outcome = body ? OUTCOME_OK : OUTCOME_REFUSED };
		ret_arrival->error = body ? NULL : "M_NOT_FOUND";
		ret_arrival->body = body;
		ret_arrival->body_len = body ? strlen(body) : 0;
		return true;
	}
	return false;
}

static void wait(void *self, struct pollfd *fds, size_t fds_len, int64_t timeout_ms, struct arrival *ret_arrival)
{
	struct stage *stage = self;

	(void)fds, (void)fds_len;
	if (stage->sends_done < stage->sends_len) {
		hand_sent(stage, ret_arrival);
	} else if (hand_reply(stage, ret_arrival)) {
		return;
	} else if (stage->sync_asked && stage->answer.len) {
		hand_batch(stage, ret_arrival);
	} else {
		/* At 0 the engine still has work. */
		stage->idle = timeout_ms > 0;
		*ret_arrival = (struct arrival){ .kind = ARRIVAL_NOTHING };
	}
}

static void destroy(void *self)
{
	(void)self;
}

static int64_t stage_clock(void *context)
{
	return ((const struct stage *)context)->now_ms;
}

static void run_until_idle(struct stage *stage)
{
	for (stage->idle = false; !stage->idle;) {
		if (!engine_step(stage->engine, NULL, 0, INT64_MAX))
			die("the engine stopped: %s", engine_stop_reason(stage->engine));
	}
}

static const char *next_token(struct stage *stage)
{
	static char token[32];

	(void)snprintf(token, sizeof token, "s%d", ++stage->tokens);
	return token;
}

/* Into every room, and past the jitter with which they are greeted. */
static void move_in(struct stage *stage)
{
	const struct config *config = stage->house.config;
	const char *rooms[ROOMS_MAX];

	INVARIANT(config->groups_len <= ROOMS_MAX);
	for (size_t i = 0; i < config->groups_len; i++)
		rooms[i] = config->groups[i].room;
	answer_first(&stage->answer, TOWN_BOT, rooms, config->groups_len, stage->town, stage->now_ms, next_token(stage));
	run_until_idle(stage);
	for (int minute = 0; minute < 60; minute++) {
		stage->now_ms += MS_PER_MINUTE;
		run_until_idle(stage);
	}
}

/* The town's rooms are those of the cores. */
static struct town *found_town(const struct stage *stage, size_t residents)
{
	const char *rooms[ROOMS_MAX];
	size_t len = 0;

	for (size_t i = 0; i < stage->house.config->groups_len; i++) {
		if (stage->house.config->groups[i].kind == GROUP_KIND_CORE)
			rooms[len++] = stage->house.config->groups[i].room;
	}
	return town_open(rooms, len, residents);
}

/* The engine gets everybody's keys. */
static void exchange_keys(struct stage *stage)
{
	answer_to_device(&stage->answer, town_share(stage->town), next_token(stage));
	run_until_idle(stage);
}

void stage_open(struct stage *stage, const char *folder, size_t residents)
{
	AUTO_ARENA paths = arena_create(64 * 1024);
	struct engine_options options = { .data = folder };
	const struct crypto_options keys = {
		.key_path = arena_printf(paths, "%s.key", folder), .user = TOWN_BOT, .device = TOWN_BOT_DEVICE,
	};
	const char *why = "";

	*stage = (struct stage){ .now_ms = BEGIN_MS };
	log_set_level(LOG_LEVEL_ERROR);
	test_house_open(&stage->house);
	buf_init(&stage->answer, ANSWER_MAX);
	buf_init(&stage->composed, ANSWER_MAX);
	stage->arena = arena_create(ARENA_MAX);
	stage->transport = (struct transport){
		.self = stage, .name = "bench", .own_id = own_id, .sync = order_sync, .compose = compose, .reveal = reveal, .send = order_send, .call = order_call,
		.fetch = order_fetch, .page = order_page, .join = order_join, .leave = order_leave, .wait = wait, .destroy = destroy,
	};
	options.house = stage->house.house;
	options.transport = &stage->transport;
	options.clock = (struct clock){ stage_clock, stage };
	if (residents) {
		stage->town = found_town(stage, residents);
		options.crypto = &keys;
	}
	if (engine_open(&options, &stage->engine, &why) != ENGINE_OPENED)
		die("%s: %s", folder, why);
	move_in(stage);
	if (stage->town)
		exchange_keys(stage);
}

void stage_close(struct stage *stage)
{
	engine_close(stage->engine);
	if (stage->town)
		town_close(stage->town);
	buf_release(&stage->answer);
	buf_release(&stage->composed);
	arena_destroy(stage->arena);
	test_house_close(&stage->house);
}

/* As random as a real one: the index it goes into feels that. */
static const char *next_event(char buf[64])
{
	static unsigned events; /* over all stages: a database that is opened again knows the old ones */

	(void)snprintf(buf, 64, "$%08x%035u", events * 2654435761u, events);
	events++;
	return buf;
}

static struct took take(struct stage *stage, struct said *said, size_t len)
{
	stage->now_ms += MS_PER_SECOND;
	run_until_idle(stage); /* what the clock alone brings */
	for (size_t i = 0; i < len; i++)
		said[i].sent_at_ms = stage->now_ms;
	answer_said(&stage->answer, said, len, next_token(stage));
	run_until_idle(stage);
	return (struct took){
		.replies = stage->replies,
		.reply = stage->replied_ms - stage->began_ms,
		.last = stage->last_ms - stage->began_ms,
		.whole = now_ms() - stage->began_ms,
		.cpu = cpu_ms() - stage->began_cpu_ms,
	};
}

struct took stage_say(struct stage *stage, const char *room, const char *sender, const char *body)
{
	struct said said = { .room = room, .sender = sender, .event = next_event(stage->last_event), .body = body };

	return take(stage, &said, 1);
}

struct took stage_thumb(struct stage *stage, const char *room, const char *sender)
{
	char event[64];
	struct said said = {
		.room = room, .sender = sender, .event = next_event(event), .body = "\xf0\x9f\x91\x8d", .reaction_to = stage->last_event,
	};

	return take(stage, &said, 1);
}

struct took stage_say_sealed(struct stage *stage, struct stage_line *lines, size_t len)
{
	struct said *said = xcalloc(len, sizeof *said);
	char (*events)[64] = xcalloc(len, sizeof *events);
	struct took took;

	for (size_t i = 0; i < len; i++) {
		lines[i].sealed = town_seal(stage->town, lines[i].resident, lines[i].body);
		said[i] = (struct said){
			.room = town_room(stage->town, lines[i].resident),
			.sender = town_user(stage->town, lines[i].resident),
			.event = next_event(events[i]),
			.sealed = lines[i].sealed,
		};
	}
	took = take(stage, said, len);
	free(said);
	free(events);
	return took;
}

const char *stage_room(const struct stage *stage, size_t number)
{
	const struct config *config = stage->house.config;

	for (size_t i = number;; i++) {
		const struct config_group *group = &config->groups[i % config->groups_len];

		if (group->kind == GROUP_KIND_CORE)
			return group->room;
	}
}

const char *stage_sender(char buf[64], size_t number)
{
	(void)snprintf(buf, 64, "@resident%zu:console", number);
	return buf;
}
