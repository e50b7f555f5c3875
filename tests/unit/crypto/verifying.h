/*
 * Two users who may verify each other, for unit tests: the bot and its admin, with identities, over the homeserver
 * of world.h and in a room of their own. What is said in the room is carried as if it had been encrypted; a test
 * may change it on its way, or say something itself.
 */
#ifndef ROTONDE_TESTS_CRYPTO_VERIFYING_H
#define ROTONDE_TESTS_CRYPTO_VERIFYING_H

#include "base/clock.h"
#include "base/log.h"
#include "crypto/verification.h"
#include "store/outbox_owner.h"
#include "unit/crypto/world.h"

#define BOT   "@bot:x"
#define ADMIN "@admin:x"
#define ROOM  "!dm:x"

#define REQUEST "{\"msgtype\":\"m.key.verification.request\",\"body\":\"\",\"to\":\"" BOT "\",\"from_device\":\"PHONE\",\"methods\":[\"m.sas.v1\"]}"

enum { VERIFYING_LINES_MAX = 64 };

static struct verifying {
	struct world world;
	struct world_device *bot, *admin;
	struct arena *arena;
	/* What goes from the first to the second instead; NULL or the same: nothing else. In the arena. */
	const char *(*change)(const char *type, const char *content);
	struct { /* what was said in the room */
		const struct world_device *by;
		const char *id;
		const char *type;
		const char *content;
	} said[VERIFYING_LINES_MAX];
	size_t said_len;
} verifying;

struct verifying_event {
	struct world_device *to;
	struct event event;
	struct crypto_plain plain;
};

static inline void verifying_hear_in(struct turn *turn, void *context)
{
	struct verifying_event *heard = context;

	verification_take_event(heard->to->own.crypto, turn, &heard->event, &heard->plain);
}

static inline void verifying_hear(struct verifying_event *heard)
{
	heard->event.room = ROOM;
	if (!heard->event.sent_at_ms)
		heard->event.sent_at_ms = heard->to->own.scratch.now_ms;
	device_scratch_turn(&heard->to->own, verifying_hear_in, heard);
}

/* Something that no honest device said. */
static inline void verifying_forge(struct world_device *to, const char *sender, const char *id, const char *type, const char *content)
{
	verifying_hear(&(struct verifying_event){
		.to = to,
		.event = { .id = id, .sender = sender },
		.plain = { .type = type, .content = content, .trust = TRUST_DIRECT },
	});
}

struct verifying_line {
	const struct world_device *by;
	const char *id;
	struct outbox_row row;
	bool found;
};

static inline void verifying_take_line(struct turn *turn, void *context)
{
	struct verifying_line *line = context;
	size_t len;
	const struct outbox_head *heads = outbox_heads(turn_view(turn), &len);

	line->found = len > 0;
	if (!len)
		return;
	line->row = outbox_get(turn_view(turn), heads[0].id);
	line->row.type = arena_dup(verifying.arena, line->row.type);
	line->row.content = arena_dup(verifying.arena, line->row.content);
	line->id = arena_printf(verifying.arena, "$%s-%lld", line->by->own.device, (long long)line->row.id);
	outbox_seal(turn, line->row.id, line->id, line->row.type, line->row.content);
	outbox_mark_sent(turn, line->row.id, line->id);
}

/* One line out of the outbox into the room, and to the other; false when there is none. */
static inline bool verifying_carry(struct world_device *by, struct world_device *to)
{
	struct verifying_line line = { .by = by };
	const char *content;

	device_scratch_turn(&by->own, verifying_take_line, &line);
	if (!line.found)
		return false;
	content = verifying.change ? verifying.change(line.row.type, line.row.content) : line.row.content;
	assert_true(verifying.said_len < VERIFYING_LINES_MAX);
	verifying.said[verifying.said_len].by = by;
	verifying.said[verifying.said_len].id = line.id;
	verifying.said[verifying.said_len].type = line.row.type;
	verifying.said[verifying.said_len++].content = content;
	verifying_forge(to, by->own.user, line.id, line.row.type, content);
	return true;
}

/* Until nobody says anything, in the room or to devices. */
static inline void verifying_settle(void)
{
	while (verifying_carry(verifying.bot, verifying.admin) || verifying_carry(verifying.admin, verifying.bot))
		;
	world_settle(&verifying.world);
}

static inline const char *verifying_last(const struct world_device *by, const char *type, const char *key)
{
	for (size_t i = verifying.said_len; i-- > 0;) {
		const char *content = verifying.said[i].content;

		if (verifying.said[i].by == by && str_equal(verifying.said[i].type, type))
			return json_str(json_parse_in(verifying.arena, content, strlen(content)), key);
	}
	return NULL;
}

static inline size_t verifying_count(const struct world_device *by, const char *type)
{
	size_t count = 0;

	for (size_t i = 0; i < verifying.said_len; i++)
		count += verifying.said[i].by == by && str_equal(verifying.said[i].type, type);
	return count;
}

/* What a person at the host of a device does, and sees. */

struct verifying_deed {
	struct world_device *by;
	const char *user;
	const char *room;
	enum verification_beginning beginning;
	int64_t id;
	bool same;
	bool done;
	struct verification last;
	size_t len;
};

static inline void verifying_begin_in(struct turn *turn, void *context)
{
	struct verifying_deed *deed = context;

	deed->beginning = crypto_verification_begin(deed->by->own.crypto, turn, deed->user, deed->room, "words", &deed->id);
}

/* room: NULL for none. */
static inline enum verification_beginning verifying_try_begin(struct world_device *by, const char *user, const char *room)
{
	struct verifying_deed deed = { .by = by, .user = user, .room = room };

	device_scratch_turn(&by->own, verifying_begin_in, &deed);
	return deed.beginning;
}

static inline void verifying_begin(struct world_device *by, const char *user)
{
	assert_int_equal(verifying_try_begin(by, user, str_equal(user, by->own.user) ? NULL : ROOM), VERIFICATION_BEGUN);
}

static inline void verifying_look_in(struct turn *turn, void *context)
{
	struct verifying_deed *deed = context;
	struct verification *list = crypto_verifications(deed->by->own.crypto, turn, &deed->len);

	if (!deed->len)
		return;
	deed->last = list[deed->len - 1];
	deed->last.user = arena_dup(verifying.arena, deed->last.user);
}

static inline struct verifying_deed verifying_look(struct world_device *by)
{
	struct verifying_deed deed = { .by = by };

	device_scratch_turn(&by->own, verifying_look_in, &deed);
	return deed;
}

static inline void verifying_end_in(struct turn *turn, void *context)
{
	struct verifying_deed *deed = context;

	deed->done = crypto_verification_end(deed->by->own.crypto, turn, deed->id, deed->same);
}

static inline bool verifying_end(struct world_device *by, bool same)
{
	struct verifying_deed deed = { .by = by, .id = verifying_look(by).last.id, .same = same };

	device_scratch_turn(&by->own, verifying_end_in, &deed);
	return deed.done;
}

static inline void verifying_assert_stage(struct world_device *by, enum verification_stage stage)
{
	struct verifying_deed deed = verifying_look(by);

	assert_true(deed.len > 0);
	assert_int_equal(deed.last.stage, stage);
}

static inline void verifying_assert_cancelled(struct world_device *by, const char *why)
{
	verifying_assert_stage(by, VERIFICATION_CANCELLED);
	assert_string_equal(verifying_look(by).last.why, why);
}

static inline bool verifying_believes(struct world_device *by, const char *user)
{
	struct view *view = view_open(by->own.scratch.store, by->own.scratch.now_ms);
	struct identity identity;
	bool verified = identity_find(view, user, &identity) && identity.verified;

	view_close(view);
	return verified;
}

/* Up to the moment at which both see the code. */
static inline void verifying_compare(struct world_device *asker, struct world_device *other)
{
	verifying_begin(asker, other->own.user);
	verifying_settle();
	verifying_begin(other, asker->own.user);
	verifying_settle();
	verifying_assert_stage(asker, VERIFICATION_COMPARE);
	verifying_assert_stage(other, VERIFICATION_COMPARE);
}

static inline void verifying_enter_room(struct turn *turn, void *context)
{
	static const struct room_encryption megolm = { .algorithm = MEGOLM_ALGORITHM };
	struct world_device *device = context;
	const struct room_update update = {
		.room = ROOM,
		.membership = MEMBERSHIP_JOINED,
		.encryption = &megolm,
		.history_visibility = "shared",
	};

	crypto_take_room(device->own.crypto, turn, &update);
}

static inline void verifying_trust(struct world_device *device, const char *verifier)
{
	struct crypto *crypto = device->own.crypto;

	crypto->verifiers[0] = xstrdup(verifier);
	crypto->verifiers_len = 1;
	device_scratch_turn(&device->own, verifying_enter_room, device);
}

/* As setup and teardown of a test. */
static inline int verifying_open(void **state)
{
	(void)state;
	memset(&verifying, 0, sizeof verifying);
	verifying.arena = arena_create(16 * 1024 * 1024);
	/* The server knows nothing of rooms, and says so. */
	log_set_level(LOG_LEVEL_ERROR);
	world_open(&verifying.world);
	verifying.bot = world_add(&verifying.world, BOT, "BOT");
	verifying.admin = world_add(&verifying.world, ADMIN, "PHONE");
	world_meet(&verifying.world);
	verifying_trust(verifying.bot, ADMIN);
	verifying_trust(verifying.admin, BOT);
	return 0;
}

static inline int verifying_close(void **state)
{
	(void)state;
	world_close(&verifying.world);
	arena_destroy(verifying.arena);
	return 0;
}

#endif
