#include "crypto/outbound.h"

#include <sqlite3.h>

#include "store/store_internal.h"
#include "unit/crypto/outbound_house.h"

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
	check_prepare(CRYPTO_NEVER, "identity-unfinished");
	crypto.share_with_all = true;
	check_prepare(CRYPTO_WAIT, "shares");
	others.burnt = true;
	check_prepare(CRYPTO_NEVER, "old-copy");
	others.burnt = false;
	take((struct room_update){ .encryption = &none });
	check_prepare(CRYPTO_NEVER, "encryption-gone");
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
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(outbound_prepare__shares_the_key__before_the_first_message),
		TEST(outbound_prepare__reckons_nothing__while_nothing_changed),
		TEST(outbound_encrypt__leaves_the_relation__in_the_clear),
		TEST(outbound_prepare__waits__for_devices_ten_seconds),
		TEST(outbound_prepare__begins_a_new_wait__when_nobody_came_back_to_the_last),
		TEST(outbound_prepare__waits__for_claims_and_goes_on_without),
		TEST(outbound_prepare__waits__for_what_is_not_known_of_the_room),
		TEST(outbound_prepare__refuses__what_must_not_be),
		TEST(outbound_encrypt__uses_no_index_twice__when_it_crashes_or_is_dropped),
		TEST(outbound_encrypt__moves_on__within_a_turn),
		TEST(outbound_bridge_is_deaf__alarms__while_its_bot_is_deaf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
