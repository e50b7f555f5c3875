/*
 * From a row of the outbox to a message in the room: retried, given up, recognised, kept silent.
 */
#include "unit/engine/stub.h"

static struct stub stub;

static int setup(void **state)
{
	(void)state;
	stub_open(&stub);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stub_close(&stub);
	return 0;
}

static int64_t incidents(const char *kind)
{
	return stub_number(&stub, arena_printf(stub.arena, "SELECT count(*) FROM incident WHERE kind = '%s' AND cleared_at_ms IS NULL", kind));
}

static void pump__gives_up__after_twenty_faults_of_one_message(void **state)
{
	(void)state;
	stub.send_outcome = OUTCOME_SERVER;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	assert_true(stub.wait_ms >= 1000);
	for (int i = 0; i < 30; i++)
		stub_later(&stub, 2 * MS_PER_MINUTE);
	assert_int_equal(stub.sends, 20);
	assert_int_equal(incidents("send.failed"), 1);
	stub.send_outcome = OUTCOME_OK;
	stub_happens(&stub, (struct event){ .id = "$2", .body = "!idee hek" });
	assert_non_null(strstr(stub_heard(&stub), "Idee 2"));
	assert_int_equal(incidents("send.failed"), 0);
}

/* A proxy says 502 for a server that is down: /sync fails as well then, and no word is lost. */
static void pump__keeps__every_word_while_sync_fails_too(void **state)
{
	(void)state;
	stub.send_outcome = OUTCOME_SERVER;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	stub.sync_outcome = OUTCOME_SERVER;
	for (int i = 0; i < 60; i++)
		stub_later(&stub, 15 * MS_PER_SECOND);
	assert_int_equal(incidents("send.failed"), 0);
	stub.send_outcome = stub.sync_outcome = OUTCOME_OK;
	stub_later(&stub, 2 * MS_PER_MINUTE);
	stub_happens(&stub, (struct event){ .id = "$2", .body = "!idee hek" });
	stub_later(&stub, 2 * MS_PER_MINUTE);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE state = 'dead'"), 0);
	assert_non_null(strstr(stub.said[0], "Idee 1"));
}

static void pump__lets_go__of_what_is_refused(void **state)
{
	(void)state;
	stub.send_outcome = OUTCOME_REFUSED;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	stub_later(&stub, MS_PER_HOUR);
	assert_int_equal(stub.sends, 1);
	assert_int_equal(incidents("send.failed"), 1);
}

/* The answer to our PUT was lost, and the process ended: the echo tells it was said. */
static void pump__knows__its_own_echo(void **state)
{
	(void)state;
	stub.send_outcome = OUTCOME_TROUBLE;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	assert_int_equal(stub.sends, 1);
	stub_restart(&stub);
	stub_happens(&stub, (struct event){ .id = "$ours", .sender = "@rotonde:console", .txn_id = stub.txn_id, .body = "Idee 1" });
	stub_later(&stub, MS_PER_HOUR);
	assert_int_equal(stub.sends, 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE event = '$ours' AND state = 'sent'"), 1);
}

static void pump__sends_again__under_the_same_id(void **state)
{
	const char *first;

	(void)state;
	stub.send_outcome = OUTCOME_TROUBLE;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	first = stub.txn_id;
	stub_restart(&stub);
	stub.send_outcome = OUTCOME_OK;
	stub.now_ms += 2 * MS_PER_MINUTE;
	stub_happens(&stub, (struct event){ .id = "$2", .body = "hallo" });
	assert_int_equal(stub.sends, 2);
	assert_string_equal(stub.txn_id, first);
}

/* The room holds words of ours that this database never wrote: silence, also after a restart. */
static void pump__is_silent__as_an_old_copy(void **state)
{
	const char *echo;

	(void)state;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	echo = arena_printf(stub.arena, "%lld-999", (long long)stub.engine->epoch);
	stub_happens(&stub, (struct event){ .id = "$newer", .sender = "@rotonde:console", .txn_id = echo, .body = "Idee 900" });
	assert_int_equal(incidents("database.old_copy"), 1);
	stub_happens(&stub, (struct event){ .id = "$2", .body = "!idee hek" });
	assert_int_equal(stub.sends, 1);
	stub_restart(&stub);
	stub_happens(&stub, (struct event){ .id = "$3", .body = "!idee lamp" });
	assert_int_equal(stub.sends, 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 3);
}

/* An echo of an older epoch, of another device, or made up, says nothing. */
static void pump_echo__ignores__what_is_not_of_this_epoch(void **state)
{
	static const char *const ids[] = { "1-999", "-", "x-y", "999", "99999999999999999999-1" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		stub_happens(&stub, (struct event){ .id = arena_printf(stub.arena, "$e%zu", i), .sender = "@rotonde:console", .txn_id = ids[i] });
	assert_int_equal(incidents("database.old_copy"), 0);
}

/* Late answers to one person go out as one message. */
static void pump__merges__late_answers(void **state)
{
	const int64_t then = stub.now_ms - MS_PER_HOUR;
	const struct event late[] = {
		{ .id = "$1", .room = stub.room, .sender = "@an:console", .body = "!idee bankje", .trust = TRUST_PLAIN, .sent_at_ms = then },
		{ .id = "$2", .room = stub.room, .sender = "@an:console", .body = "!idee hek", .trust = TRUST_PLAIN, .sent_at_ms = then },
		{ .id = "$3", .room = stub.room, .sender = "@bo:console", .body = "!idee lamp", .trust = TRUST_PLAIN, .sent_at_ms = then },
	};

	(void)state;
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED, .events = late, .events_len = 3 });
	assert_int_equal(stub.said_len, 2);
	assert_non_null(strstr(stub.said[0], "Idee 1"));
	assert_non_null(strstr(stub.said[0], "Idee 2"));
	assert_non_null(strstr(stub.said[1], "Idee 3"));
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE state = 'sent'"), 3);
}

static void pump__takes_back__what_was_sealed_before_encryption(void **state)
{
	(void)state;
	stub.send_outcome = OUTCOME_TROUBLE;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	assert_int_equal(stub.sends, 1);
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED, .encryption = &(struct room_encryption){ .algorithm = "" } });
	stub.send_outcome = OUTCOME_OK;
	stub_later(&stub, MS_PER_HOUR);
	assert_int_equal(stub.sends, 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE state = 'dead'"), 1);
}

static void intake__believes__no_plain_words_in_an_encrypted_room(void **state)
{
	(void)state;
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED, .encryption = &(struct room_encryption){ .algorithm = "" } });
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 0);
	assert_int_equal(incidents("room.plaintext"), 1);
}

/* What there is to say about a room that cannot be spoken in waits, and is not said in the clear. */
static void pump__keeps__its_words_while_it_cannot_encrypt(void **state)
{
	int sends;

	(void)state;
	stub.send_outcome = OUTCOME_TROUBLE;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	stub_happens(&stub, (struct event){ .id = "$2", .body = "!idee hek" });
	sends = stub.sends;
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED, .encryption = &(struct room_encryption){ .algorithm = "" } });
	stub.send_outcome = OUTCOME_OK;
	stub_later(&stub, MS_PER_HOUR);
	assert_int_equal(stub.sends, sends);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE state = 'queued' AND wire_content IS NULL AND body LIKE '%hek%'"), 1);
	assert_int_equal(incidents("room.mute"), 1);
}

static void engine__does_not_wait__while_messages_for_our_device_come_in(void **state)
{
	static const struct to_device secret = { .sender = "@bo:console", .type = "m.room.encrypted", .content = "{}" };
	static const struct key_news some = { .events = &secret, .events_len = 1 }, hostile = { .dropped = 100 };

	(void)state;
	stub_settle(&stub);
	assert_true(stub.idle_ms > 0);
	stub.keys = &some;
	stub_settle(&stub);
	assert_null(stub.keys);
	assert_int_equal(stub.idle_ms, 0);
	stub.keys = &hostile;
	stub_settle(&stub);
	assert_int_equal(stub.idle_ms, 0);
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED });
	assert_true(stub.idle_ms > 0);
}

static void backoff__stays__within_its_bounds(void **state)
{
	struct backoff backoff = { 0 };

	(void)state;
	for (int i = 0; i < 200; i++) {
		int64_t delay;

		backoff_fail(stub.engine, &backoff, 0);
		delay = backoff.until_ms - stub.now_ms;
		assert_true(delay >= MS_PER_SECOND && delay <= MS_PER_MINUTE);
	}
	backoff_fail(stub.engine, &backoff, 5 * MS_PER_MINUTE);
	assert_int_equal(backoff.until_ms - stub.now_ms, 5 * MS_PER_MINUTE);
	backoff_fail(stub.engine, &backoff, 1);
	assert_int_equal(backoff.until_ms - stub.now_ms, MS_PER_SECOND);
	backoff_succeed(&backoff);
	backoff_fail(stub.engine, &backoff, 0);
	assert_int_equal(backoff.until_ms - stub.now_ms, MS_PER_SECOND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pump__gives_up__after_twenty_faults_of_one_message, setup, teardown),
		cmocka_unit_test_setup_teardown(pump__keeps__every_word_while_sync_fails_too, setup, teardown),
		cmocka_unit_test_setup_teardown(pump__lets_go__of_what_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(pump__knows__its_own_echo, setup, teardown),
		cmocka_unit_test_setup_teardown(pump__sends_again__under_the_same_id, setup, teardown),
		cmocka_unit_test_setup_teardown(pump__is_silent__as_an_old_copy, setup, teardown),
		cmocka_unit_test_setup_teardown(pump_echo__ignores__what_is_not_of_this_epoch, setup, teardown),
		cmocka_unit_test_setup_teardown(pump__merges__late_answers, setup, teardown),
		cmocka_unit_test_setup_teardown(pump__takes_back__what_was_sealed_before_encryption, setup, teardown),
		cmocka_unit_test_setup_teardown(intake__believes__no_plain_words_in_an_encrypted_room, setup, teardown),
		cmocka_unit_test_setup_teardown(pump__keeps__its_words_while_it_cannot_encrypt, setup, teardown),
		cmocka_unit_test_setup_teardown(engine__does_not_wait__while_messages_for_our_device_come_in, setup, teardown),
		cmocka_unit_test_setup_teardown(backoff__stays__within_its_bounds, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
