#include "crypto/outbound.h"
#include "crypto/outbound_cache.h"

#include <sqlite3.h>

#include "crypto/generation.h"
#include "crypto/outbound_session.h"
#include "crypto/outbound_share.h"
#include "crypto/room.h"
#include "crypto/room_members.h"
#include "crypto/vault.h"
#include "store/incident.h"
#include "store/store_internal.h"
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

static int setup(void **state)
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

static int teardown(void **state)
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

static void take_room(struct turn *turn, void *context)
{
	crypto_room_take(&crypto, turn, context);
}

static void take(struct room_update update)
{
	update.room = ROOM;
	update.membership = MEMBERSHIP_JOINED;
	scratch_turn(&scratch, take_room, &update);
}

static void take_member(const char *user, enum membership membership)
{
	const struct member member = { .id = user, .membership = membership, .name = "" };

	take((struct room_update){ .members = &member, .members_len = 1 });
}

static void list_members(struct turn *turn, void *context)
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
static void begin(void)
{
	static const struct room_encryption megolm = { .algorithm = MEGOLM_ALGORITHM };

	others_add(BRAM, "BPHONE", STANDING_UNSIGNED, CHANNEL_OPEN);
	others_add(FATIMA, "FPHONE", STANDING_SIGNED, CHANNEL_OPEN);
	take((struct room_update){ .encryption = &megolm, .history_visibility = "shared" });
	scratch_turn(&scratch, list_members, NULL);
}

static void raise_generation(struct turn *turn, void *context)
{
	(void)context;
	generation_raise(turn);
}

/* What device.c and channel.c do when something changed at the others. */
static void others_changed(void)
{
	scratch_turn(&scratch, raise_generation, NULL);
}

/* Speaking. */

static struct {
	enum crypto_ready ready;
	const char *why;
} prepared;

static void prepare_work(struct turn *turn, void *context)
{
	(void)context;
	prepared.ready = outbound_prepare(&crypto, turn, ROOM, audience, &prepared.why);
}

static void check_prepare(enum crypto_ready ready, const char *why)
{
	scratch_turn(&scratch, prepare_work, NULL);
	assert_string_equal(prepared.why, why);
	assert_int_equal(prepared.ready, ready);
}

/* Read by our own copies: whose session is it, at which index? */
static struct said read_wire(const char *wire)
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

static void say_work(struct turn *turn, void *context)
{
	struct saying *saying = context;

	prepare_work(turn, NULL);
	assert_int_equal(prepared.ready, CRYPTO_READY);
	saying->wire = arena_dup(others.arena, outbound_encrypt(&crypto, turn, ROOM, "m.room.message", saying->content));
}

static void keep_said(const struct saying *saying)
{
	struct said now = read_wire(saying->wire);

	for (size_t i = 0; i < said_len; i++)
		assert_false(said[i].index == now.index && str_equal(said[i].session, now.session));
	said[said_len++] = now;
}

/* In one turn, being ready. */
static const struct said *say_content(const char *content)
{
	struct saying saying = { .content = content };

	scratch_turn(&scratch, say_work, &saying);
	keep_said(&saying);
	return &said[said_len - 1];
}

/* Until it is said, with a server that takes all to-device messages. */
static const struct said *say(void)
{
	for (int i = 0; i < 5; i++) {
		scratch_turn(&scratch, prepare_work, NULL);
		if (prepared.ready == CRYPTO_READY)
			break;
		others_deliver();
	}
	return say_content("{\"msgtype\":\"m.notice\",\"body\":\"Hallo.\"}");
}

static bool was_shared(const char *device, const char *session, int64_t *ret_index)
{
	struct view *view = view_open(scratch.store, scratch.now_ms);
	bool yes = outbound_was_shared(view, ROOM, session, &others_get(device)->device, ret_index);

	view_close(view);
	return yes;
}

static int64_t next_ms(void)
{
	struct view *view = view_open(scratch.store, scratch.now_ms);
	int64_t next = outbound_next_ms(view);

	view_close(view);
	return next;
}

/* The tests. */

static void outbound_prepare__shares_the_key__before_the_first_message(void **state)
{
	const struct said *now;
	int64_t index;

	(void)state;
	begin();
	check_prepare(CRYPTO_WAIT, "shares");
	assert_int_equal(others.own_len, 1);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	assert_string_equal(others_last("FPHONE", "algorithm"), MEGOLM_ALGORITHM);
	assert_string_equal(others_last("FPHONE", "room_id"), ROOM);
	assert_string_equal(others_last("FPHONE", "session_id"), group_inbound_id(others.own[0]));
	assert_non_null(strstr(others.sent[1].content, "\"shared_history\":true"));
	assert_int_equal(others_sent_to("BPHONE", ROOM_KEY), 0);
	assert_string_equal(others_last("BPHONE", "code"), "m.unverified");
	assert_string_equal(others_last("BPHONE", "session_id"), group_inbound_id(others.own[0]));
	assert_string_equal(others_last("BPHONE", "sender_key"), "our+curve25519");
	/* Asked again meanwhile: nothing goes out twice. */
	check_prepare(CRYPTO_WAIT, "shares");
	assert_int_equal(others.sent_len, 2);
	others_deliver();
	now = say_content("{\"msgtype\":\"m.notice\",\"body\":\"Hallo.\"}");
	assert_int_equal(now->index, 0);
	assert_string_equal(now->payload, "{\"room_id\":\"" ROOM "\",\"type\":\"m.room.message\",\"content\":{\"msgtype\":\"m.notice\",\"body\":\"Hallo.\"}}");
	assert_string_equal(json_str(now->wire, "algorithm"), MEGOLM_ALGORITHM);
	assert_string_equal(json_str(now->wire, "device_id"), "ROTONDE");
	assert_string_equal(json_str(now->wire, "sender_key"), "our+curve25519");
	assert_true(was_shared("FPHONE", now->session, &index));
	assert_int_equal(index, 0);
	assert_false(was_shared("BPHONE", now->session, &index));
}

static void outbound_prepare__reckons_nothing__while_nothing_changed(void **state)
{
	int lists;

	(void)state;
	begin();
	(void)say();
	lists = others.lists;
	assert_int_equal(say()->index, 1);
	assert_int_equal(others.lists, lists);
	others_changed();
	assert_int_equal(say()->index, 2);
	assert_true(others.lists > lists);
	assert_int_equal(others.sent_len, 2);
}

static void outbound_encrypt__leaves_the_relation__in_the_clear(void **state)
{
	const struct said *now;

	(void)state;
	begin();
	(void)say();
	now = say_content("{\"body\":\"Nee.\",\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$1\"},\"m.new_content\":{\"body\":\"Ja.\"}}");
	assert_null(strstr(now->payload, "relates_to"));
	assert_non_null(strstr(now->payload, "\"m.new_content\":{\"body\":\"Ja.\"}"));
	assert_string_equal(json_str(json_object(now->wire, "m.relates_to"), "event_id"), "$1");
	assert_null(json_get(now->wire, "m.new_content"));
}

/* Rotation (MATRIX.md 6.4). */

static void nothing(void)
{
	scratch_reopen(&scratch);
}

static void a_week_passes(void)
{
	scratch.now_ms += 7 * 24 * HOUR_MS;
}

static void almost_a_week_passes(void)
{
	scratch.now_ms += 7 * 24 * HOUR_MS - 1;
}

static void the_clock_goes_back(void)
{
	scratch.now_ms -= 1;
}

static void hundred_messages(void)
{
	while (said_len < 100)
		(void)say();
}

static void ninety_nine_messages(void)
{
	while (said_len < 99)
		(void)say();
}

static void somebody_leaves(void)
{
	take_member(BRAM, MEMBERSHIP_LEFT);
}

static void somebody_comes(void)
{
	take_member("@anna:example.org", MEMBERSHIP_JOINED);
}

static void a_hole(void)
{
	const struct member member = { .id = "@carla:example.org", .membership = MEMBERSHIP_LEFT, .name = "" };

	take((struct room_update){ .members = &member, .members_len = 1, .limited = true });
	scratch_turn(&scratch, list_members, NULL);
}

static void history_closes(void)
{
	take((struct room_update){ .history_visibility = "joined" });
}

static void history_opens_further(void)
{
	take((struct room_update){ .history_visibility = "world_readable" });
}

static void a_device_goes(void)
{
	others_get("FPHONE")->gone = true;
	others_changed();
}

static void a_device_without_key_goes(void)
{
	others_get("BPHONE")->gone = true;
	others_changed();
}

static void a_signature_goes(void)
{
	others_get("FPHONE")->standing = STANDING_UNSIGNED;
	others_changed();
}

static void a_device_is_another(void)
{
	others_get("FPHONE")->device.curve25519 = "curve/other";
	others_changed();
}

static void an_identity_breaks(void)
{
	others.verified = FATIMA;
	others.changed = true;
	others_changed();
}

static void the_policy_widens(void)
{
	audience = OUTBOUND_ALL;
}

static void discard_work(struct turn *turn, void *context)
{
	(void)context;
	outbound_discard(turn, ROOM);
}

static void it_is_discarded(void)
{
	scratch_turn(&scratch, discard_work, NULL);
}

static const struct {
	const char *name;
	void (*happen)(void);
	bool rotates;
} happenings[] = {
	{ "a restart", nothing, false },
	{ "a week", a_week_passes, true },
	{ "almost a week", almost_a_week_passes, false },
	{ "the clock goes back", the_clock_goes_back, true },
	{ "100 messages", hundred_messages, true },
	{ "99 messages", ninety_nine_messages, false },
	{ "somebody leaves", somebody_leaves, true },
	{ "somebody comes", somebody_comes, false },
	{ "a hole", a_hole, true },
	{ "history closes", history_closes, true },
	{ "history opens further", history_opens_further, false },
	{ "a device goes", a_device_goes, true },
	{ "a device without key goes", a_device_without_key_goes, false },
	{ "a signature goes", a_signature_goes, true },
	{ "a device is another", a_device_is_another, true },
	{ "an identity breaks", an_identity_breaks, true },
	{ "the policy widens", the_policy_widens, true },
	{ "it is discarded", it_is_discarded, true },
};

static void outbound_prepare__begins_a_new_session__when_it_must(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(happenings); i++) {
		const char *before;

		if (i) {
			(void)teardown(state);
			(void)setup(state);
		}
		begin();
		before = say()->session;
		happenings[i].happen();
		if (str_equal(say()->session, before) == happenings[i].rotates)
			fail_msg("%s", happenings[i].name);
	}
}

static void outbound_prepare__gives_the_present_index__to_who_comes_later(void **state)
{
	struct group_inbound *copy;
	const struct said *now;
	int64_t index;

	(void)state;
	begin();
	(void)say();
	(void)say();
	others_add(FATIMA, "FTABLET", STANDING_VERIFIED, CHANNEL_OPEN);
	others_changed();
	now = say();
	assert_int_equal(now->index, 2);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	assert_int_equal(group_inbound_create(others.arena, others_last("FTABLET", "session_key"), &copy), GROUP_INBOUND_OK);
	assert_int_equal(group_inbound_first_index(copy), 2);
	assert_true(was_shared("FTABLET", now->session, &index));
	assert_int_equal(index, 2);
	/* Another device of that name has not got it. */
	others_get("FTABLET")->device.curve25519 = "curve/other";
	assert_false(was_shared("FTABLET", now->session, &index));
}

static void outbound_prepare__gives_the_key_again__to_a_device_that_began_anew(void **state)
{
	const struct said *now;
	int64_t index;

	(void)state;
	begin();
	(void)say();
	others_get("FPHONE")->wedges++;
	others_changed();
	now = say();
	assert_int_equal(now->index, 1);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 2);
	assert_true(was_shared("FPHONE", now->session, &index));
	assert_int_equal(index, 0);
	others_changed();
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 2);
}

static void outbound_prepare__gives_the_key__to_a_device_that_is_signed_later(void **state)
{
	const char *session;

	(void)state;
	begin();
	session = say()->session;
	others_get("BPHONE")->standing = STANDING_SIGNED;
	others_changed();
	assert_string_equal(say()->session, session);
	assert_int_equal(others_sent_to("BPHONE", ROOM_KEY), 1);
	assert_int_equal(others_sent_to("BPHONE", WITHHELD), 1);
}

/* Waiting. */

static void outbound_prepare__waits__for_devices_ten_seconds(void **state)
{
	(void)state;
	begin();
	others.unsettled = FATIMA;
	check_prepare(CRYPTO_WAIT, "devices");
	assert_int_equal(next_ms(), scratch.now_ms + 10000);
	scratch.now_ms += 9999;
	scratch_reopen(&scratch);
	check_prepare(CRYPTO_WAIT, "devices");
	assert_int_equal(others.sent_len, 0);
	assert_int_equal(next_ms(), scratch.now_ms + 1);
	scratch.now_ms += 1;
	check_prepare(CRYPTO_WAIT, "shares");
	others_deliver();
	check_prepare(CRYPTO_READY, "");
	assert_int_equal(next_ms(), INT64_MAX);
	/* They come to be known: reckoned again, with a wait of their own when there is one. */
	others_changed();
	check_prepare(CRYPTO_WAIT, "devices");
	assert_int_equal(next_ms(), scratch.now_ms + 10000);
	others.unsettled = NULL;
	check_prepare(CRYPTO_READY, "");
}

static void outbound_prepare__begins_a_new_wait__when_nobody_came_back_to_the_last(void **state)
{
	(void)state;
	begin();
	others.unsettled = FATIMA;
	check_prepare(CRYPTO_WAIT, "devices");
	scratch.now_ms += HOUR_MS;
	check_prepare(CRYPTO_WAIT, "devices");
	scratch.now_ms -= 2 * HOUR_MS;
	check_prepare(CRYPTO_WAIT, "devices");
	assert_int_equal(next_ms(), scratch.now_ms + 10000);
}

static void outbound_prepare__waits__for_claims_and_goes_on_without(void **state)
{
	(void)state;
	begin();
	others_get("FPHONE")->channel = CHANNEL_NONE;
	check_prepare(CRYPTO_WAIT, "claims");
	assert_int_equal(others_get("FPHONE")->channel, CHANNEL_ASKED);
	assert_int_equal(next_ms(), scratch.now_ms + 10000);
	scratch.now_ms += 10000;
	check_prepare(CRYPTO_READY, "");
	assert_int_equal(say()->index, 0);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 0);
	/* There it is at last. */
	others_get("FPHONE")->channel = CHANNEL_OPEN;
	others_changed();
	assert_int_equal(say()->index, 1);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
}

static void outbound_prepare__tries_again__who_was_missed(void **state)
{
	(void)state;
	begin();
	others_get("FPHONE")->channel = CHANNEL_FAILED;
	(void)say();
	assert_string_equal(others_last("FPHONE", "code"), "m.no_olm");
	assert_null(others_last("FPHONE", "session_id"));
	assert_null(others_last("FPHONE", "room_id"));
	others_get("FPHONE")->channel = CHANNEL_OPEN;
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 0);
	scratch.now_ms += 60000;
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
}

/* The queue gives up what it holds. */
static void server_takes_nothing(void)
{
	for (size_t i = 0; i < others.sent_len; i++) {
		if (!others.sent[i].delivered)
			others.sent[i].lost_ms = scratch.now_ms;
	}
	others_deliver();
	others_changed();
}

static void outbound_prepare__gives_again__what_the_server_did_not_take(void **state)
{
	(void)state;
	begin();
	check_prepare(CRYPTO_WAIT, "shares");
	server_takes_nothing();
	/* What is to be said does not wait for ever. */
	assert_int_equal(say()->index, 0);
	others_changed();
	scratch.now_ms += 59999;
	assert_int_equal(say()->index, 1);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	scratch.now_ms += 60000;
	check_prepare(CRYPTO_WAIT, "shares");
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 2);
	assert_int_equal(say()->index, 2);
	scratch.now_ms += 60000;
	others_changed();
	assert_int_equal(say()->index, 3);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 2);
}

static void outbound_prepare__tells_that_there_is_no_channel__once_until_there_was_one(void **state)
{
	(void)state;
	begin();
	for (int i = 0; i < 3; i++) {
		others_get("FPHONE")->channel = CHANNEL_FAILED;
		it_is_discarded();
		(void)say();
		assert_int_equal(others_sent_to("FPHONE", WITHHELD), i < 2 ? 1 : 2);
		others_get("FPHONE")->channel = i == 1 ? CHANNEL_OPEN : CHANNEL_FAILED;
		others_changed();
		(void)say();
	}
}

static void outbound_prepare__waits__for_what_is_not_known_of_the_room(void **state)
{
	static const struct room_encryption megolm = { .algorithm = MEGOLM_ALGORITHM };

	(void)state;
	check_prepare(CRYPTO_WAIT, "settings");
	take((struct room_update){ .encryption = &megolm });
	check_prepare(CRYPTO_WAIT, "settings");
	take((struct room_update){ .history_visibility = "joined" });
	check_prepare(CRYPTO_WAIT, "members");
	scratch_turn(&scratch, list_members, NULL);
	check_prepare(CRYPTO_READY, "");
}

static void outbound_prepare__refuses__what_must_not_be(void **state)
{
	static const struct room_encryption other = { .algorithm = "m.megolm.v9" }, none = { .algorithm = "" };

	(void)state;
	take((struct room_update){ .encryption = &other, .history_visibility = "shared" });
	check_prepare(CRYPTO_NEVER, "algorithm");
	begin();
	others.unpublished = true;
	check_prepare(CRYPTO_NEVER, "identity");
	crypto.share_with_all = true;
	check_prepare(CRYPTO_WAIT, "shares");
	others.burnt = true;
	check_prepare(CRYPTO_NEVER, "old-copy");
	others.burnt = false;
	take((struct room_update){ .encryption = &none });
	check_prepare(CRYPTO_NEVER, "encryption-gone");
}

/* Who gets it. */

static void outbound_prepare__shares_with_all__for_a_verification_and_by_config(void **state)
{
	const char *before;

	(void)state;
	begin();
	others.verified = FATIMA;
	others.changed = true;
	others_add(ROTONDE, "ADMIN", STANDING_UNSIGNED, CHANNEL_OPEN);
	before = say()->session;
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY) + others_sent_to("BPHONE", ROOM_KEY), 0);
	audience = OUTBOUND_ALL;
	(void)say();
	assert_int_equal(others_sent_to("BPHONE", ROOM_KEY), 1);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 0);
	audience = OUTBOUND_VERIFICATION;
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	/* What is said after it is not for those who got that. */
	audience = OUTBOUND_SIGNED;
	assert_string_not_equal(say()->session, before);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	assert_int_equal(others_sent_to("ADMIN", ROOM_KEY), 0);
}

static void outbound_prepare__minds_a_changed_identity__of_a_verified_user_only(void **state)
{
	(void)state;
	begin();
	others_get("FPHONE")->standing = STANDING_CHANGED;
	others.changed = true;
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	others.verified = FATIMA;
	others_changed();
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
	assert_int_equal(others_sent_to("FPHONE", WITHHELD), 1);
	/* A person accepts it. */
	others.changed = false;
	others_get("FPHONE")->standing = STANDING_SIGNED;
	others_changed();
	(void)say();
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 2);
}

static void outbound_prepare__gives_our_own_other_devices__the_key_when_signed(void **state)
{
	(void)state;
	begin();
	others_add(ROTONDE, "ADMIN", STANDING_SIGNED, CHANNEL_OPEN);
	others_add(ROTONDE, "ROTONDE", STANDING_SIGNED, CHANNEL_OPEN);
	(void)say();
	assert_int_equal(others_sent_to("ADMIN", ROOM_KEY), 1);
	assert_int_equal(others_sent_to("ROTONDE", ROOM_KEY), 0);
}

/* No index twice, whatever happens. */

static void saying_is_dropped(struct turn *turn, void *context)
{
	sqlite3 *db = scratch.store->db;

	say_work(turn, context);
	/* The disk is full from here on. */
	assert_int_equal(sqlite3_exec(db, "PRAGMA max_page_count = 1", NULL, NULL, NULL), SQLITE_OK);
	for (int i = 0; i < 200; i++)
		(void)incident_raise(turn, "test.full", arena_printf(turn_arena(turn), "%d%1900s", i, ""), "Full.");
	fail_msg("the disk was not full");
}

static void outbound_encrypt__uses_no_index_twice__when_it_crashes_or_is_dropped(void **state)
{
	struct saying saying = { .content = "{\"body\":\"Hallo.\"}" };
	uint32_t lost;

	(void)state;
	begin();
	scratch_reopen(&scratch);
	check_prepare(CRYPTO_WAIT, "shares");
	scratch_reopen(&scratch);
	check_prepare(CRYPTO_WAIT, "shares");
	others_deliver();
	scratch_reopen(&scratch);
	check_prepare(CRYPTO_READY, "");
	scratch_reopen(&scratch);
	(void)say();
	/* Sealed, committed and lost on the way: never sealed again with that index. */
	for (int i = 0; i < 5; i++) {
		scratch_reopen(&scratch);
		(void)say();
		(void)say();
	}
	/* A turn that is dropped takes its ciphertext with it: nobody ever saw it. */
	scratch.in_turn = true;
	assert_int_equal(turn_run(scratch.store, scratch.now_ms, saying_is_dropped, &saying), TURN_DROPPED);
	scratch.in_turn = false;
	assert_int_equal(sqlite3_exec(scratch.store->db, "PRAGMA max_page_count = 100000", NULL, NULL, NULL), SQLITE_OK);
	lost = read_wire(saying.wire).index;
	assert_int_equal(say()->index, lost);
	scratch_reopen(&scratch);
	assert_int_equal(say()->index, lost + 1);
	assert_int_equal(others.own_len, 1);
	assert_int_equal(others_sent_to("FPHONE", ROOM_KEY), 1);
}

static void two_in_one_turn(struct turn *turn, void *context)
{
	struct saying *sayings = context;

	say_work(turn, &sayings[0]);
	say_work(turn, &sayings[1]);
}

static void outbound_encrypt__moves_on__within_a_turn(void **state)
{
	struct saying sayings[] = { { "{\"body\":\"1\"}", NULL }, { "{\"body\":\"2\"}", NULL } };

	(void)state;
	begin();
	(void)say();
	scratch_turn(&scratch, two_in_one_turn, sayings);
	keep_said(&sayings[0]);
	keep_said(&sayings[1]);
	assert_int_equal(said[2].index, 2);
}

/* The bridge's bot. */

static void watch(struct turn *turn, void *context)
{
	assert_int_equal(outbound_bridge_is_deaf(&crypto, turn, ROOM, BRAM), *(bool *)context);
	assert_int_equal(incident_is_open(turn_view(turn), "bridge.unsigned", ROOM), *(bool *)context);
	assert_int_equal(outbound_reaches(&crypto, turn_view(turn), BRAM), others_get("BPHONE")->standing == STANDING_SIGNED);
}

static void outbound_bridge_is_deaf__alarms__while_its_bot_is_deaf(void **state)
{
	bool no = false, yes = true;

	(void)state;
	begin();
	others.unsettled = BRAM;
	scratch_turn(&scratch, watch, &no);
	others.unsettled = NULL;
	scratch_turn(&scratch, watch, &yes);
	others_get("BPHONE")->standing = STANDING_SIGNED;
	scratch_turn(&scratch, watch, &no);
}

int main(void)
{
#define OUTBOUND_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		OUTBOUND_TEST(outbound_prepare__shares_the_key__before_the_first_message),
		OUTBOUND_TEST(outbound_prepare__reckons_nothing__while_nothing_changed),
		OUTBOUND_TEST(outbound_encrypt__leaves_the_relation__in_the_clear),
		OUTBOUND_TEST(outbound_prepare__begins_a_new_session__when_it_must),
		OUTBOUND_TEST(outbound_prepare__gives_the_present_index__to_who_comes_later),
		OUTBOUND_TEST(outbound_prepare__gives_the_key_again__to_a_device_that_began_anew),
		OUTBOUND_TEST(outbound_prepare__gives_the_key__to_a_device_that_is_signed_later),
		OUTBOUND_TEST(outbound_prepare__waits__for_devices_ten_seconds),
		OUTBOUND_TEST(outbound_prepare__begins_a_new_wait__when_nobody_came_back_to_the_last),
		OUTBOUND_TEST(outbound_prepare__waits__for_claims_and_goes_on_without),
		OUTBOUND_TEST(outbound_prepare__tries_again__who_was_missed),
		OUTBOUND_TEST(outbound_prepare__gives_again__what_the_server_did_not_take),
		OUTBOUND_TEST(outbound_prepare__tells_that_there_is_no_channel__once_until_there_was_one),
		OUTBOUND_TEST(outbound_prepare__waits__for_what_is_not_known_of_the_room),
		OUTBOUND_TEST(outbound_prepare__refuses__what_must_not_be),
		OUTBOUND_TEST(outbound_prepare__shares_with_all__for_a_verification_and_by_config),
		OUTBOUND_TEST(outbound_prepare__minds_a_changed_identity__of_a_verified_user_only),
		OUTBOUND_TEST(outbound_prepare__gives_our_own_other_devices__the_key_when_signed),
		OUTBOUND_TEST(outbound_encrypt__uses_no_index_twice__when_it_crashes_or_is_dropped),
		OUTBOUND_TEST(outbound_encrypt__moves_on__within_a_turn),
		OUTBOUND_TEST(outbound_bridge_is_deaf__alarms__while_its_bot_is_deaf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
