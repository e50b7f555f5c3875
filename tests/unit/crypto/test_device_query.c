/*
 * Asking the server for devices, and how long to wait for what it says.
 */
#include "base/clock.h"
#include "crypto/device_row.h"
#include "unit/crypto/device_house.h"

static void query__makes_known__a_signed_device(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE"), tablet = peer_create(arena, AN, "TABLET");
	struct owner an = owner_create(arena, AN);
	struct answer answer = answer_signed(&an, &phone);

	(void)state;
	assert_false(wants_query());
	assert_false(settled(AN));
	track(AN);
	assert_false(settled(AN));
	answer.devices = arena_printf(arena, "\"" AN "\":{\"PHONE\":%s,\"TABLET\":%s}", peer_format(arena, &phone, &an), peer_format(arena, &tablet, NULL));
	query(answer);
	device_scratch_crash(&own);
	assert_true(settled(AN));
	assert_false(wants_query());
	assert_true(found(&phone));
	assert_int_equal(listed(AN), 2);
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	assert_int_equal(standing(&tablet), STANDING_UNSIGNED);
}

static void query__waits__until_our_own_keys_are_on_the_server(void **state)
{
	struct device_scratch fresh;
	struct want want;

	(void)state;
	device_scratch_open(&fresh, "@other:example.org", "FRESH");
	assert_false(device_scratch_want(&fresh, WANT_KEYS_QUERY, &want));
	device_scratch_close(&fresh);
}

static void query__is_asked_again__for_what_changed_while_it_was_under_way(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE"), later = peer_create(arena, AN, "LATER");
	struct answer answer = { .devices = devices_of(AN, "PHONE", peer_format(arena, &phone, NULL)) };
	struct want want;

	(void)state;
	track(AN);
	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &want));
	outdate(AN);
	reply(&want, &answer);
	assert_true(found(&phone));
	assert_false(settled(AN));
	device_scratch_crash(&own);
	answer.devices = arena_printf(arena, "\"" AN "\":{\"PHONE\":%s,\"LATER\":%s}", peer_format(arena, &phone, NULL), peer_format(arena, &later, NULL));
	query(answer);
	assert_true(settled(AN));
	assert_true(found(&later));
}

static void query__is_the_same__after_a_crash_or_a_lost_answer(void **state)
{
	struct want first, second;

	(void)state;
	track(AN);
	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &first));
	device_scratch_reply(&own, &first, OUTCOME_TROUBLE, NULL);
	device_scratch_crash(&own);
	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &second));
	assert_string_equal(first.call.body, second.call.body);
	device_scratch_reply(&own, &second, OUTCOME_OK, "{\"device_keys\":[]}");
	assert_true(wants_query());
	device_scratch_want_release(&first);
	device_scratch_want_release(&second);
}

static void track_many(struct turn *turn, void *context)
{
	const int *count = context;

	for (int i = 0; i < *count; i++)
		devices_track(turn, arena_printf(turn_arena(turn), "@user%d:example.org", i));
}

static size_t count_asked(void)
{
	struct want want;
	size_t len = 0;

	if (!device_scratch_want(&own, WANT_KEYS_QUERY, &want))
		return 0;
	for JSON_EACH (item, json_object(json_parse_in(arena, want.call.body, strlen(want.call.body)), "device_keys"))
		len += json_key(item) != NULL;
	device_scratch_want_release(&want);
	return len;
}

static void query__asks_for_250_at_a_time__of_601(void **state)
{
	int count = 601;

	(void)state;
	device_scratch_turn(&own, track_many, &count);
	assert_int_equal(count_asked(), 250);
	query((struct answer){ 0 });
	assert_int_equal(count_asked(), 250);
	device_scratch_crash(&own);
	query((struct answer){ 0 });
	assert_int_equal(count_asked(), 101);
	query((struct answer){ 0 });
	assert_int_equal(count_asked(), 0);
	assert_true(settled("@user600:example.org"));
}

static void refuse(void)
{
	struct want want;

	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &want));
	device_scratch_reply(&own, &want, OUTCOME_REFUSED, "{\"errcode\":\"M_INVALID_PARAM\"}");
	device_scratch_want_release(&want);
}

static void query__finds_whom_the_server_refuses__and_goes_on(void **state)
{
	int count = 4;

	(void)state;
	device_scratch_turn(&own, track_many, &count);
	refuse();
	assert_int_equal(count_asked(), 2);
	refuse();
	assert_int_equal(count_asked(), 1);
	refuse();
	assert_true(has_incident("crypto.query_refused", "@user0:example.org"));
	query((struct answer){ 0 });
	assert_true(settled("@user1:example.org"));
	assert_int_equal(count_asked(), 2);
	query((struct answer){ 0 });
	assert_false(wants_query());
}

static void query__asks_for_fewer__when_the_answer_is_too_long(void **state)
{
	size_t len = 5 * 1024 * 1024;
	char *body = arena_alloc(arena, len + 1);
	struct want want;
	int count = 4;

	(void)state;
	/* The worst there is: more than an arena holds, if somebody read it. */
	memset(body, '[', len);
	memcpy(body, "{\"device_keys\":", 15);
	device_scratch_turn(&own, track_many, &count);
	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &want));
	device_scratch_reply(&own, &want, OUTCOME_OK, body);
	device_scratch_want_release(&want);
	assert_int_equal(count_asked(), 2);
}

static void query__keeps_devices__while_their_server_fails(void **state)
{
	const struct answer failing = { .failures = "\"elsewhere.example\":{\"status\":503}" };
	struct peer phone = peer_create(arena, BO, "PHONE");
	struct owner bo = owner_create(arena, BO);

	(void)state;
	track(BO);
	query(answer_signed(&bo, &phone));
	outdate(BO);
	assert_false(settled(BO));
	query(failing);
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	/* Waiting is no use, and asking is for later. */
	assert_true(settled(BO));
	device_scratch_crash(&own);
	assert_true(settled(BO));
	assert_false(wants_query());
	own.scratch.now_ms += 15 * MS_PER_SECOND - 1;
	assert_false(wants_query());
	own.scratch.now_ms += 1;
	query(failing);
	own.scratch.now_ms += 15 * MS_PER_SECOND;
	assert_false(wants_query());
	own.scratch.now_ms += 15 * MS_PER_SECOND;
	query((struct answer){ 0 });
	assert_false(found(&phone));
	assert_true(settled(BO));
	/* Forgiven: the next failure waits as short as the first. */
	outdate(BO);
	query(failing);
	own.scratch.now_ms += 15 * MS_PER_SECOND;
	assert_true(wants_query());
}

static int64_t next_ms(void)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	int64_t at_ms = crypto_next_ms(view);

	view_close(view);
	return at_ms;
}

static void devices__are_settled__after_ten_seconds_of_waiting(void **state)
{
	(void)state;
	assert_int_equal(next_ms(), INT64_MAX);
	track(AN);
	assert_int_equal(next_ms(), own.scratch.now_ms + 10 * MS_PER_SECOND);
	own.scratch.now_ms += 10 * MS_PER_SECOND;
	assert_true(settled(AN));
	assert_true(wants_query());
	assert_int_equal(next_ms(), INT64_MAX);
	/* Nobody asked while the process was away. */
	device_scratch_crash(&own);
	assert_false(settled(AN));
}

static void devices__are_settled__of_what_is_no_user(void **state)
{
	(void)state;
	track("nobody");
	assert_true(settled("nobody"));
	assert_false(wants_query());
}

static void leave_in(struct turn *turn, void *context)
{
	const char *const left[] = { AN, BOT };
	const struct key_news news = { .left = left, .left_len = ARRAY_LEN(left), .one_time_keys = 50 };

	(void)context;
	crypto_take_keys(own.crypto, turn, &news);
}

static void devices__are_not_followed__of_who_left(void **state)
{
	(void)state;
	track(AN);
	query((struct answer){ 0 });
	device_scratch_turn(&own, leave_in, NULL);
	assert_false(settled(AN));
	outdate(AN);
	assert_false(wants_query());
	track(AN);
	assert_true(wants_query());
	/* Ourselves we follow for ever. */
	assert_true(settled(BOT));
}

static void restart_in(struct turn *turn, void *context)
{
	(void)context;
	crypto_take_restart(own.crypto, turn);
}

static void devices__are_all_outdated__when_the_token_broke(void **state)
{
	(void)state;
	track(AN);
	query((struct answer){ 0 });
	device_scratch_turn(&own, restart_in, NULL);
	assert_int_equal(count_asked(), 2);
}

static void wait_for_devices(struct turn *turn, void *context)
{
	const struct event event = { .kind = EVENT_UNREADABLE, .id = "$event", .room = "!room", .sender = AN, .body = "", .sealed = "{}" };

	(void)context;
	(void)inbox_add(turn, &event, INBOX_WAIT_KEY, turn_now_ms(turn) + MS_PER_DAY);
}

static bool runnable(void)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	struct inbox_row row;
	bool is = inbox_next_runnable(view, &row);

	view_close(view);
	return is;
}

static void query__releases__who_waits_for_his_devices_to_be_known(void **state)
{
	(void)state;
	track(AN);
	device_scratch_turn(&own, wait_for_devices, NULL);
	assert_false(runnable());
	query((struct answer){ 0 });
	assert_true(runnable());
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(query__makes_known__a_signed_device),
		TEST(query__waits__until_our_own_keys_are_on_the_server),
		TEST(query__is_asked_again__for_what_changed_while_it_was_under_way),
		TEST(query__is_the_same__after_a_crash_or_a_lost_answer),
		TEST(query__asks_for_250_at_a_time__of_601),
		TEST(query__finds_whom_the_server_refuses__and_goes_on),
		TEST(query__asks_for_fewer__when_the_answer_is_too_long),
		TEST(query__keeps_devices__while_their_server_fails),
		TEST(devices__are_settled__after_ten_seconds_of_waiting),
		TEST(devices__are_settled__of_what_is_no_user),
		TEST(devices__are_not_followed__of_who_left),
		TEST(devices__are_all_outdated__when_the_token_broke),
		TEST(query__releases__who_waits_for_his_devices_to_be_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
