#include "bench/stage.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "bench/answer.h"
#include "bench/measure.h"
#include "config/config.h"
#include "engine/engine.h"
#include "matrix/wire_send.h"
#include "matrix/wire_sync.h"

#define OWN_ID "@rotonde:console"
/* 14 June 2022, 11:00 in Amsterdam: behind the day post, far from the quiet hours. */
#define BEGIN_MS INT64_C(1655197200000)

enum { ANSWER_MAX = 16 * 1024 * 1024, ARENA_MAX = 256 * 1024 * 1024, ROOMS_MAX = 64 };

static const char *own_id(void *self)
{
	(void)self;
	return OWN_ID;
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
	(void)self;
	return wire_message_format(arena, what);
}

static void order_send(void *self, int64_t id, const char *room, const char *type, const char *txn_id, const char *content)
{
	struct stage *stage = self;
	struct stage_send *send = &stage->sends[stage->sends_len++ % ARRAY_LEN(stage->sends)];

	(void)type;
	(void)txn_id;
	(void)content;
	if (stage->replied_ms == 0)
		stage->replied_ms = now_ms();
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
	stage->replied_ms = 0;
	if (!wire_sync_read(stage->arena, stage->answer.data, stage->answer.len, OWN_ID, *stage->since ? stage->since : NULL, &stage->batch))
		die("the bench made no /sync answer: %s", stage->answer.data);
	buf_reset(&stage->answer);
	*ret_arrival = (struct arrival){ .kind = ARRIVAL_BATCH, .outcome = OUTCOME_OK, .batch = &stage->batch };
}

static void wait(void *self, struct pollfd *fds, size_t fds_len, int64_t timeout_ms, struct arrival *ret_arrival)
{
	struct stage *stage = self;

	(void)fds, (void)fds_len;
	if (stage->sends_done < stage->sends_len) {
		hand_sent(stage, ret_arrival);
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
	answer_first(&stage->answer, OWN_ID, rooms, config->groups_len, stage->now_ms, next_token(stage));
	run_until_idle(stage);
	for (int minute = 0; minute < 60; minute++) {
		stage->now_ms += MS_PER_MINUTE;
		run_until_idle(stage);
	}
}

void stage_open(struct stage *stage, const char *folder)
{
	struct engine_options options = { .data = folder };
	const char *why = "";

	*stage = (struct stage){ .now_ms = BEGIN_MS };
	log_set_level(LOG_LEVEL_ERROR);
	test_house_open(&stage->house);
	buf_init(&stage->answer, ANSWER_MAX);
	stage->arena = arena_create(ARENA_MAX);
	stage->transport = (struct transport){
		.self = stage, .name = "bench", .own_id = own_id, .sync = order_sync, .compose = compose, .send = order_send,
		.fetch = order_fetch, .page = order_page, .join = order_join, .leave = order_leave, .wait = wait, .destroy = destroy,
	};
	options.house = stage->house.house;
	options.transport = &stage->transport;
	options.clock = (struct clock){ stage_clock, stage };
	if (engine_open(&options, &stage->engine, &why) != ENGINE_OPENED)
		die("%s: %s", folder, why);
	move_in(stage);
}

void stage_close(struct stage *stage)
{
	engine_close(stage->engine);
	buf_release(&stage->answer);
	arena_destroy(stage->arena);
	test_house_close(&stage->house);
}

static struct took take(struct stage *stage, struct said *said)
{
	static unsigned events; /* over all stages: a database that is opened again knows the old ones */
	char event[64];
	struct took took;

	/* As random as a real one: the index it goes into feels that. */
	(void)snprintf(event, sizeof event, "$%08x%035u", events * 2654435761u, events);
	events++;
	stage->now_ms += MS_PER_SECOND;
	run_until_idle(stage); /* what the clock alone brings */
	said->event = event;
	said->sent_at_ms = stage->now_ms;
	answer_one(&stage->answer, said, next_token(stage));
	run_until_idle(stage);
	took.whole = now_ms() - stage->began_ms;
	took.replied = stage->replied_ms > 0;
	took.reply = stage->replied_ms - stage->began_ms;
	if (!said->reaction_to)
		(void)snprintf(stage->last_event, sizeof stage->last_event, "%s", event);
	return took;
}

struct took stage_say(struct stage *stage, const char *room, const char *sender, const char *body)
{
	struct said said = { .room = room, .sender = sender, .body = body };

	return take(stage, &said);
}

struct took stage_thumb(struct stage *stage, const char *room, const char *sender)
{
	struct said said = { .room = room, .sender = sender, .body = "\xf0\x9f\x91\x8d", .reaction_to = stage->last_event };

	return take(stage, &said);
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
