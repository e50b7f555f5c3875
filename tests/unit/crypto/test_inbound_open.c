/*
 * Opening events: whose they are, whether they came before, and what their sender is worth.
 */
#include "unit/crypto/inbound_house.h"

static void inbound_open__gives_the_content__with_a_key(void **state)
{
	struct event event;
	struct opened opened;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee fietsenrek");
	opened = house_read(&event);
	assert_opened(opened, TRUST_DIRECT, DOUBT_NONE);
	assert_string_equal(opened.plain.type, "m.room.message");
	assert_string_equal(opened.plain.content, "{\"msgtype\":\"m.text\",\"body\":\"!idee fietsenrek\"}");
	assert_null(opened.session);
}

static void inbound_open__reads_on__after_a_restart(void **state)
{
	struct event first, second;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	first = house_encrypt(FATIMAS_PHONE, "een");
	second = house_encrypt(FATIMAS_PHONE, "twee");
	assert_opened(house_read(&second), TRUST_DIRECT, DOUBT_NONE);
	scratch_reopen(&house.scratch);
	assert_opened(house_read(&first), TRUST_DIRECT, DOUBT_NONE);
}

static void inbound_open__waits_for_the_session__without_a_key(void **state)
{
	struct event event = house_encrypt(FATIMAS_PHONE, "!idee");
	struct opened opened = house_read(&event);

	(void)state;
	assert_unopened(opened, CRYPTO_LATER, "no-key");
	assert_string_equal(opened.session, group_outbound_id(house.players[FATIMAS_PHONE].group));
}

static void inbound_open__waits__for_an_index_before_the_first(void **state)
{
	struct event event = house_encrypt(FATIMAS_PHONE, "!idee");
	struct opened opened;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	opened = house_read(&event);
	assert_unopened(opened, CRYPTO_LATER, "early-index");
	assert_non_null(opened.session);
}

static void inbound_open__refuses__what_is_no_megolm(void **state)
{
	static const struct {
		const char *sealed;
		const char *why;
	} bad[] = {
		{ "{}", "algorithm" },
		{ "{\"algorithm\":\"m.megolm.v2.aes-sha2\"}", "algorithm" },
		{ "{\"algorithm\":\"m.olm.v1.curve25519-aes-sha2\",\"ciphertext\":{}}", "algorithm" },
		{ "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}", "malformed" },
		{ "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"ciphertext\":\"A\",\"session_id\":\"x\"}", "malformed" },
		{ "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"ciphertext\":7,\"session_id\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}", "malformed" },
	};
	struct event event = house_encrypt(FATIMAS_PHONE, "!idee");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		event.sealed = bad[i].sealed;
		assert_unopened(house_read(&event), CRYPTO_REFUSED, bad[i].why);
	}
}

static void inbound_open__refuses__a_changed_ciphertext(void **state)
{
	struct event event;
	char *sealed, *body;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	sealed = arena_dup(house.arena, event.sealed);
	body = strstr(sealed, "\"ciphertext\":\"") + strlen("\"ciphertext\":\"");
	body[20] = body[20] == 'A' ? 'B' : 'A';
	event.sealed = sealed;
	assert_unopened(house_read(&event), CRYPTO_REFUSED, "bad-signature");
}

/* T13: the server writes somebody else's name over a message. */
static void inbound_open__refuses__a_sender_who_does_not_own_the_session(void **state)
{
	struct event event;

	(void)state;
	house_share(MALLORYS_PHONE, MALLORYS_PHONE);
	event = house_encrypt(MALLORYS_PHONE, "!keur 17");
	event.sender = FATIMA;
	assert_unopened(house_read(&event), CRYPTO_LATER, "other-sender");
	assert_unopened(house_read_as(&event, &nobody, true), CRYPTO_REFUSED, "other-sender");
	/* And that has not used up the message of the true sender. */
	event.sender = MALLORY;
	event.id = "$true";
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

static void inbound_open__refuses__another_room(void **state)
{
	struct event event;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt_raw(FATIMAS_PHONE, "{\"type\":\"m.room.message\",\"room_id\":\"!other:example.org\",\"content\":{}}");
	assert_unopened(house_read(&event), CRYPTO_REFUSED, "other-room");
	event = house_encrypt_raw(FATIMAS_PHONE, "{\"type\":\"m.room.message\",\"room_id\":\"" ROOM "\\u0000\",\"content\":{}}");
	assert_unopened(house_read(&event), CRYPTO_REFUSED, "other-room");
	/* The same session is unknown in another room. */
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	event.room = "!other:example.org";
	assert_unopened(house_read(&event), CRYPTO_LATER, "no-key");
}

static void inbound_open__refuses__a_payload_that_is_none(void **state)
{
	struct event event;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt_raw(FATIMAS_PHONE, "{\"type\":7}");
	assert_unopened(house_read(&event), CRYPTO_REFUSED, "payload");
}

/* T12: the server sends a message again under another id or time, or written differently. */
static void inbound_open__refuses__a_replay(void **state)
{
	struct event event, again;
	char *junk, *end;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = again = house_encrypt(FATIMAS_PHONE, "!bon 12,50");
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
	again.id = "$again";
	assert_unopened(house_read(&again), CRYPTO_REFUSED, "replay");
	junk = arena_printf(house.arena, "%s ", event.sealed);
	end = strstr(junk, "\",\"ciphertext\"") ? strrchr(junk, '"') : NULL;
	assert_non_null(end);
	memcpy(end, "!\"}", sizeof "!\"}");
	again.sealed = junk;
	assert_int_equal(house_read(&again).verdict, CRYPTO_REFUSED);
	again = event;
	again.sent_at_ms++;
	assert_unopened(house_read(&again), CRYPTO_REFUSED, "replay");
	scratch_reopen(&house.scratch);
	again.id = "$later";
	assert_unopened(house_read(&again), CRYPTO_REFUSED, "replay");
	/* The very same event may be looked at again. */
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

/* A member hands out the owner's session as his own, and says her words again, before her own key is here. */
static void inbound_open__keeps__the_owners_words_from_a_faster_thief(void **state)
{
	struct event event, stolen;

	(void)state;
	house_share(MALLORYS_PHONE, FATIMAS_PHONE);
	event = stolen = house_encrypt(FATIMAS_PHONE, "!bon 12,50");
	stolen.id = "$stolen";
	stolen.sender = MALLORY;
	assert_opened(house_read(&stolen), TRUST_DIRECT, DOUBT_NONE);
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
	stolen.id = "$again";
	assert_unopened(house_read(&stolen), CRYPTO_REFUSED, "replay");
}

/* T18. */
static void inbound_open__asks_once__for_an_unsigned_device(void **state)
{
	struct event event;
	struct opened opened;

	(void)state;
	house.players[FATIMAS_PHONE].standing = STANDING_UNSIGNED;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	opened = house_read(&event);
	assert_unopened(opened, CRYPTO_LATER, "device");
	assert_null(opened.session);
	assert_int_equal(house.outdated, 1);
	house.settled = false;
	assert_unopened(house_read(&event), CRYPTO_LATER, "device");
	assert_opened(house_read_as(&event, &nobody, true), TRUST_NONE, DOUBT_UNSIGNED);
	house.settled = true;
	assert_opened(house_read(&event), TRUST_NONE, DOUBT_UNSIGNED);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_opened(house_read(&event), TRUST_NONE, DOUBT_UNSIGNED);
	assert_int_equal(house.outdated, 1);
	/* Its owner signs it after all. */
	house.players[FATIMAS_PHONE].standing = STANDING_SIGNED;
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

static void inbound_open__doubts__a_device_nobody_knows(void **state)
{
	struct event event;

	(void)state;
	house.players[FATIMAS_PHONE].listed = false;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	assert_int_equal(house.outdated, 1);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_unopened(house_read(&event), CRYPTO_LATER, "device");
	assert_opened(house_read_as(&event, &nobody, true), TRUST_NONE, DOUBT_UNKNOWN);
	/* His list comes, and his device is in it. */
	house.players[FATIMAS_PHONE].listed = true;
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

/* Somebody puts the Curve25519 key of another's device beside an Ed25519 key of his own. */
static void inbound_open__doubts__a_device_with_another_signing_key(void **state)
{
	struct player liar;
	struct event event;
	struct group_outbound *group = house.players[FATIMAS_PHONE].group;

	(void)state;
	liar = house.players[FATIMAS_PHONE];
	liar.ed25519 = house.players[MALLORYS_PHONE].ed25519;
	house_receive(inbound_take_key, &liar, true, room_key(group_outbound_id(group), group_outbound_session_key(group)));
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_opened(house_read_as(&event, &nobody, true), TRUST_NONE, DOUBT_UNKNOWN);
}

/* T22. */
static void inbound_open__suspends__a_changed_identity(void **state)
{
	struct event event;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
	house.players[FATIMAS_PHONE].standing = STANDING_CHANGED;
	house.master = "another";
	assert_opened(house_read(&event), TRUST_PLAIN, DOUBT_IDENTITY);
	/* A person accepts the new one, which signs this device. */
	house.players[FATIMAS_PHONE].standing = STANDING_SIGNED;
	house.pinned = "another";
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
	house.players[FATIMAS_PHONE].listed = false;
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

static void inbound_open__goes_by_what_was_seen__when_the_device_is_gone(void **state)
{
	struct event event;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	house.players[FATIMAS_PHONE].listed = false;
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
	/* The server hides signature or identity: weaker, so it changes nothing. */
	house.players[FATIMAS_PHONE].listed = true;
	house.players[FATIMAS_PHONE].standing = STANDING_UNSIGNED;
	house.master = NULL;
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
	house.master = "another";
	assert_opened(house_read(&event), TRUST_PLAIN, DOUBT_IDENTITY);
	/* A person accepts that other identity, which never signed this device. */
	house.players[FATIMAS_PHONE].listed = false;
	house.pinned = "another";
	assert_opened(house_read(&event), TRUST_PLAIN, DOUBT_IDENTITY);
}

static void inbound_open__doubts__an_unsigned_device_that_is_gone(void **state)
{
	struct event event;

	(void)state;
	house.players[FATIMAS_PHONE].standing = STANDING_UNSIGNED;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	house.players[FATIMAS_PHONE].listed = false;
	assert_opened(house_read_as(&event, &nobody, true), TRUST_NONE, DOUBT_UNSIGNED);
}

/* T29. */
static void inbound_open__lets_the_bridge_speak__for_its_ghosts_only(void **state)
{
	const struct crypto_relay ghosts = { .bot = BRIDGE, .sender_is_ghost = true };
	const struct crypto_relay others = { .bot = BRIDGE };
	const struct crypto_relay elsewhere = { .sender_is_ghost = true };
	struct event event;

	(void)state;
	house_share(BRIDGES_DEVICE, BRIDGES_DEVICE);
	event = house_encrypt(BRIDGES_DEVICE, "!bon 12,50");
	event.sender = GHOST;
	assert_unopened(house_read_as(&event, &nobody, true), CRYPTO_REFUSED, "other-sender");
	assert_unopened(house_read_as(&event, &elsewhere, true), CRYPTO_REFUSED, "other-sender");
	assert_opened(house_read_as(&event, &ghosts, false), TRUST_BRIDGE, DOUBT_NONE);
	/* A double puppet: a real user's name on the bridge's session (9.4). */
	event = house_encrypt(BRIDGES_DEVICE, "!keur 17");
	event.sender = FATIMA;
	assert_unopened(house_read_as(&event, &others, false), CRYPTO_REFUSED, "puppet");
	/* She is heard with a session of her own, in the same room. */
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!keur 17");
	assert_opened(house_read_as(&event, &others, false), TRUST_DIRECT, DOUBT_NONE);
}

static void inbound_open__doubts__an_unsigned_bridge(void **state)
{
	const struct crypto_relay ghosts = { .bot = BRIDGE, .sender_is_ghost = true };
	struct event event;

	(void)state;
	house.players[BRIDGES_DEVICE].standing = STANDING_UNSIGNED;
	house_share(BRIDGES_DEVICE, BRIDGES_DEVICE);
	event = house_encrypt(BRIDGES_DEVICE, "!bon 12,50");
	event.sender = GHOST;
	assert_opened(house_read_as(&event, &ghosts, true), TRUST_NONE, DOUBT_UNSIGNED);
	house.players[BRIDGES_DEVICE].standing = STANDING_CHANGED;
	assert_opened(house_read_as(&event, &ghosts, true), TRUST_NONE, DOUBT_IDENTITY);
}

/* Whatever session a ghost has: the bridge holds its account. */
static void inbound_open__gives_a_ghost__no_more_than_bridge(void **state)
{
	const struct crypto_relay ghosts = { .bot = BRIDGE, .sender_is_ghost = true };
	struct event event;

	(void)state;
	house.players[MALLORYS_PHONE].user = GHOST;
	house_share(MALLORYS_PHONE, MALLORYS_PHONE);
	event = house_encrypt(MALLORYS_PHONE, "!bon 12,50");
	assert_opened(house_read_as(&event, &ghosts, false), TRUST_BRIDGE, DOUBT_NONE);
}

/* Events of one batch: what was found out about the first sender says nothing about the next. */
static void judge_two(struct turn *turn, void *context)
{
	const struct crypto_relay ghosts = { .bot = BRIDGE, .sender_is_ghost = true };
	struct event event = house_encrypt(BRIDGES_DEVICE, "een");
	struct house_opening opening = { .event = &event, .relay = &ghosts, .last_try = true };

	(void)context;
	event.sender = GHOST;
	for (int i = 0; i < 2; i++) {
		house_open_work(turn, &opening);
		assert_opened(opening.opened, TRUST_BRIDGE, DOUBT_NONE);
	}
	event = house_encrypt(BRIDGES_DEVICE, "twee");
	event.sender = FATIMA;
	opening.relay = &nobody;
	house_open_work(turn, &opening);
	assert_unopened(opening.opened, CRYPTO_REFUSED, "other-sender");
	event.sender = BRIDGE;
	house_open_work(turn, &opening);
	assert_opened(opening.opened, TRUST_DIRECT, DOUBT_NONE);
}

static void inbound_open__judges_each_sender__in_one_turn(void **state)
{
	(void)state;
	house_share(BRIDGES_DEVICE, BRIDGES_DEVICE);
	scratch_turn(&house.scratch, judge_two, NULL);
}

/* More sessions than stay in memory, read by turns. */
static void inbound_open__reads_many_sessions__by_turns(void **state)
{
	enum { SESSIONS = 100 };
	struct event events[SESSIONS][2];

	(void)state;
	for (int i = 0; i < SESSIONS; i++) {
		house.players[FATIMAS_PHONE].group = group_outbound_create(house.arena);
		house_share(FATIMAS_PHONE, FATIMAS_PHONE);
		events[i][0] = house_encrypt(FATIMAS_PHONE, "een");
		events[i][1] = house_encrypt(FATIMAS_PHONE, "twee");
	}
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < SESSIONS; i++)
			assert_opened(house_read(&events[i][round]), TRUST_DIRECT, DOUBT_NONE);
	}
}

static void inbound_open__refuses__what_is_longer_than_an_event(void **state)
{
	enum { LONG = 70000 };
	char *body = arena_alloc(house.arena, LONG + 1);
	struct event event = house_encrypt(FATIMAS_PHONE, "!idee");

	(void)state;
	memset(body, 'A', LONG);
	event.sealed = arena_printf(house.arena, "{\"algorithm\":\"" MEGOLM_ALGORITHM "\",\"session_id\":\"%s\",\"ciphertext\":\"%s\"}",
	                            group_outbound_id(house.players[FATIMAS_PHONE].group), body);
	assert_unopened(house_read(&event), CRYPTO_REFUSED, "malformed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(inbound_open__gives_the_content__with_a_key, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__reads_on__after_a_restart, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__waits_for_the_session__without_a_key, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__waits__for_an_index_before_the_first, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__refuses__what_is_no_megolm, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__refuses__a_changed_ciphertext, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__refuses__a_sender_who_does_not_own_the_session, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__refuses__another_room, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__refuses__a_payload_that_is_none, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__refuses__a_replay, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__keeps__the_owners_words_from_a_faster_thief, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__asks_once__for_an_unsigned_device, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__doubts__a_device_nobody_knows, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__doubts__a_device_with_another_signing_key, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__suspends__a_changed_identity, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__goes_by_what_was_seen__when_the_device_is_gone, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__doubts__an_unsigned_device_that_is_gone, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__lets_the_bridge_speak__for_its_ghosts_only, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__doubts__an_unsigned_bridge, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__gives_a_ghost__no_more_than_bridge, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__judges_each_sender__in_one_turn, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__reads_many_sessions__by_turns, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_open__refuses__what_is_longer_than_an_event, house_open, house_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
