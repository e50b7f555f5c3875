/*
 * Our Megolm session in a room where the test says who is there and what happens, and a reader of all that is said.
 * What outbound.h leans on of other devices is played by others.h.
 */
#ifndef ROTONDE_TESTS_CRYPTO_OUTBOUND_HOUSE_H
#define ROTONDE_TESTS_CRYPTO_OUTBOUND_HOUSE_H

#include "crypto/generation.h"
#include "crypto/outbound.h"
#include "crypto/outbound_cache.h"
#include "crypto/outbound_session.h"
#include "crypto/outbound_share.h"
#include "crypto/room.h"
#include "crypto/room_members.h"
#include "crypto/vault.h"
#include "store/incident.h"
#include "unit/crypto/others.h"
#include "unit/scratch.h"

#define ROOM     "!kruitberg:example.org"
#define ROTONDE  "@rotonde:example.org"
#define BRAM     "@bram:example.org"
#define FATIMA   "@fatima:example.org"
#define HOUR_MS  INT64_C(3600000)
#define ROOM_KEY "m.room_key"
#define WITHHELD "m.room_key.withheld"

static const struct statements *const rooms[] = {
	&incident_statements, &generation_statements,        &crypto_room_statements,    &room_members_statements,
	&outbound_statements, &outbound_session_statements,  &outbound_share_statements, NULL,
};
static struct scratch scratch;
static struct crypto crypto;
static enum outbound_audience audience;

/* Which indexes went out, over all sessions: (session, index) in the order of saying. */
static struct said {
	const char *session;
	uint32_t index;
	const char *payload;
	const struct cJSON *wire;
} said[200];
static size_t said_len;

static inline int setup(void **state)
{
	const char *why;

	(void)state;
	others_begin();
	said_len = 0;
	audience = OUTBOUND_SIGNED;
	scratch_open(&scratch, rooms);
	crypto = (struct crypto){ .user = arena_dup(others.arena, ROTONDE), .device = arena_dup(others.arena, "ROTONDE") };
	assert_int_equal(vault_open(arena_printf(others.arena, "%s/key", scratch.folder), &crypto.vault, &why), VAULT_CREATED);
	return 0;
}

static inline int teardown(void **state)
{
	(void)state;
	(void)unlink(arena_printf(others.arena, "%s/key", scratch.folder));
	outbound_cache_destroy(crypto.outbound);
	vault_close(crypto.vault);
	scratch_close(&scratch);
	others_end();
	return 0;
}

/* What batches tell, each in its turn. */

static inline void take_room(struct turn *turn, void *context)
{
	crypto_room_take(&crypto, turn, context);
}

static inline void take(struct room_update update)
{
	update.room = ROOM;
	update.membership = MEMBERSHIP_JOINED;
	scratch_turn(&scratch, take_room, &update);
}

static inline void take_member(const char *user, enum membership membership)
{
	const struct member member = { .id = user, .membership = membership, .name = "" };

	take((struct room_update){ .members = &member, .members_len = 1 });
}

static inline void list_members(struct turn *turn, void *context)
{
	static const char body[] = "{\"chunk\":["
	                           "{\"type\":\"m.room.member\",\"state_key\":\"" FATIMA "\",\"content\":{\"membership\":\"join\"}},"
	                           "{\"type\":\"m.room.member\",\"state_key\":\"" BRAM "\",\"content\":{\"membership\":\"join\"}}]}";
	const struct want_reply reply = { .outcome = OUTCOME_OK, .error = "", .body = body, .body_len = strlen(body) };
	struct want want;

	(void)context;
	assert_true(crypto_room_want_members(&crypto, turn_view(turn), &want));
	crypto_room_members_reply(&crypto, turn, &want, &reply);
}

/* Fatima with a signed phone, Bram with an unsigned one; all known of the room. */
static inline void begin(void)
{
	static const struct room_encryption megolm = { .algorithm = MEGOLM_ALGORITHM };

	others_add(BRAM, "BPHONE", STANDING_UNSIGNED, CHANNEL_OPEN);
	others_add(FATIMA, "FPHONE", STANDING_SIGNED, CHANNEL_OPEN);
	take((struct room_update){ .encryption = &megolm, .history_visibility = "shared" });
	scratch_turn(&scratch, list_members, NULL);
}

static inline void raise_generation(struct turn *turn, void *context)
{
	(void)context;
	generation_raise(turn);
}

/* What device.c and channel.c do when something changed at the others. */
static inline void others_changed(void)
{
	scratch_turn(&scratch, raise_generation, NULL);
}

/* Speaking. */

static struct {
	enum crypto_ready ready;
	const char *why;
} prepared;

static inline void prepare_work(struct turn *turn, void *context)
{
	(void)context;
	prepared.ready = outbound_prepare(&crypto, turn, ROOM, audience, &prepared.why);
}

static inline void check_prepare(enum crypto_ready ready, const char *why)
{
	scratch_turn(&scratch, prepare_work, NULL);
	assert_string_equal(prepared.why, why);
	assert_int_equal(prepared.ready, ready);
}

/* Read by our own copies: whose session is it, at which index? */
static inline struct said read_wire(const char *wire)
{
	struct said out = { .wire = json_parse_in(others.arena, wire, strlen(wire)) };
	struct plaintext plain;

	out.session = json_str(out.wire, "session_id");
	for (size_t i = 0; i < others.own_len; i++) {
		if (!str_equal(group_inbound_id(others.own[i]), out.session))
			continue;
		assert_int_equal(group_inbound_decrypt(others.own[i], json_str(out.wire, "ciphertext"), &plain, &out.index), GROUP_INBOUND_OK);
		out.payload = plain.bytes;
		return out;
	}
	die("no copy of session %s", out.session);
}

struct saying {
	const char *content;
	const char *wire;
};

static inline void say_work(struct turn *turn, void *context)
{
	struct saying *saying = context;

	prepare_work(turn, NULL);
	assert_int_equal(prepared.ready, CRYPTO_READY);
	saying->wire = arena_dup(others.arena, outbound_encrypt(&crypto, turn, ROOM, "m.room.message", saying->content));
}

static inline void keep_said(const struct saying *saying)
{
	struct said now = read_wire(saying->wire);

	for (size_t i = 0; i < said_len; i++)
		assert_false(said[i].index == now.index && str_equal(said[i].session, now.session));
	said[said_len++] = now;
}

/* In one turn, being ready. */
static inline const struct said *say_content(const char *content)
{
	struct saying saying = { .content = content };

	scratch_turn(&scratch, say_work, &saying);
	keep_said(&saying);
	return &said[said_len - 1];
}

/* Until it is said, with a server that takes all to-device messages. */
static inline const struct said *say(void)
{
	for (int i = 0; i < 5; i++) {
		scratch_turn(&scratch, prepare_work, NULL);
		if (prepared.ready == CRYPTO_READY)
			break;
		others_deliver();
	}
	return say_content("{\"msgtype\":\"m.notice\",\"body\":\"Hallo.\"}");
}

static inline bool was_shared(const char *device, const char *session, int64_t *ret_index)
{
	struct view *view = view_open(scratch.store, scratch.now_ms);
	bool yes = outbound_was_shared(view, ROOM, session, &others_get(device)->device, ret_index);

	view_close(view);
	return yes;
}

static inline int64_t next_ms(void)
{
	struct view *view = view_open(scratch.store, scratch.now_ms);
	int64_t next = outbound_next_ms(view);

	view_close(view);
	return next;
}

static inline void discard_work(struct turn *turn, void *context)
{
	(void)context;
	outbound_discard(turn, ROOM);
}

static inline void discard(void)
{
	scratch_turn(&scratch, discard_work, NULL);
}

#endif
