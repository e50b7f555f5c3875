#include "crypto/todevice.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "crypto/generation.h"
#include "store/incident.h"
#include "unit/scratch.h"

static const struct statements *const rooms[] = { &todevice_statements, &generation_statements, &incident_statements, NULL };
static struct scratch scratch;
static struct arena *arena; /* of what is compared over several turns */

static int setup(void **state)
{
	(void)state;
	arena = arena_create(64 * 1024 * 1024);
	scratch_open(&scratch, rooms);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	arena_destroy(arena);
	return 0;
}

/* Whatever is to be sent next, in the test's arena; ref 0 when nothing is. */
static struct want next_want(void)
{
	struct view *view = view_open(scratch.store, scratch.now_ms);
	struct want want = { 0 };

	if (todevice_want(NULL, view, &want)) {
		want.call.path = arena_dup(arena, want.call.path);
		want.call.body = arena_dup(arena, want.call.body);
	}
	view_close(view);
	return want;
}

struct answer {
	struct want want;
	enum outcome outcome;
};

static void take_reply(struct turn *turn, void *context)
{
	const struct answer *answer = context;
	struct want_reply reply = { .outcome = answer->outcome, .error = answer->outcome == OUTCOME_OK ? "" : "M_TEST" };

	todevice_reply(NULL, turn, &answer->want, &reply);
}

static void reply_to(struct want want, enum outcome outcome)
{
	struct answer answer = { want, outcome };

	scratch_turn(&scratch, take_reply, &answer);
}

static bool is_pending(const char *group)
{
	struct view *view = view_open(scratch.store, scratch.now_ms);
	bool pending = todevice_pending(view, group);

	view_close(view);
	return pending;
}

static bool is_told(void)
{
	struct view *view = view_open(scratch.store, scratch.now_ms);
	bool told = incident_is_open(view, "crypto.todevice_lost", "server");

	view_close(view);
	return told;
}

/* How many devices a request's body is for. */
static size_t count_messages(const struct want *want)
{
	AUTO_JSON body = json_parse(want->call.body, strlen(want->call.body));
	size_t count = 0;

	for JSON_EACH (user, json_object(body, "messages")) {
		for JSON_EACH (device, user)
			count++;
	}
	return count;
}

static void add_one(struct turn *turn, void *context)
{
	todevice_add(turn, "m.room.encrypted", "@a:x", "A1", context, "share/1");
}

static void add_two_users(struct turn *turn, void *context)
{
	(void)context;
	todevice_add(turn, "m.room.encrypted", "@b:x", "B1", "{\"n\":1}", "share/1");
	todevice_add(turn, "m.room.encrypted", "@a:x", "A1", "{\"n\":2}", "share/1");
	todevice_add(turn, "m.room.encrypted", "@a:x", "A2", "{\"n\":3}", "share/2");
}

static void todevice_want__gathers__what_one_turn_added(void **state)
{
	struct want want;

	(void)state;
	assert_int_equal(next_want().ref, 0);
	scratch_turn(&scratch, add_two_users, NULL);
	want = next_want();
	assert_int_equal(want.call.method, CALL_PUT);
	assert_string_equal(want.call.path, "/_matrix/client/v3/sendToDevice/m.room.encrypted/1");
	assert_string_equal(want.call.body,
	                    "{\"messages\":{\"@a:x\":{\"A1\":{\"n\":2},\"A2\":{\"n\":3}},\"@b:x\":{\"B1\":{\"n\":1}}}}");
	assert_true(is_pending("share/1"));
	assert_true(is_pending("share/2"));
	assert_false(is_pending("share/3"));
	reply_to(want, OUTCOME_OK);
	assert_false(is_pending("share/1"));
	assert_false(is_pending("share/2"));
	assert_int_equal(next_want().ref, 0);
}

/* The first may have arrived though its answer was lost: another message under its id would be taken for it. */
static void todevice_want__is_frozen__once_its_turn_is_over(void **state)
{
	struct want first, again;

	(void)state;
	scratch_turn(&scratch, add_one, "{\"n\":1}");
	first = next_want();
	scratch_turn(&scratch, add_two_users, NULL);
	reply_to(first, OUTCOME_TROUBLE);
	scratch_reopen(&scratch);
	again = next_want();
	assert_int_equal(again.ref, first.ref);
	assert_string_equal(again.call.path, first.call.path);
	assert_string_equal(again.call.body, first.call.body);
	assert_int_equal(count_messages(&again), 1);
	reply_to(again, OUTCOME_OK);
	again = next_want();
	assert_int_equal(count_messages(&again), 3);
	assert_string_not_equal(again.call.path, first.call.path);
}

static void todevice_want__never_reuses__an_id(void **state)
{
	struct want first;

	(void)state;
	scratch_turn(&scratch, add_one, "{}");
	first = next_want();
	reply_to(first, OUTCOME_OK);
	scratch_reopen(&scratch);
	scratch_turn(&scratch, add_one, "{}");
	assert_int_not_equal(next_want().ref, first.ref);
}

static void add_mixed(struct turn *turn, void *context)
{
	(void)context;
	todevice_add(turn, "m.room.encrypted", "@a:x", "A1", "{\"n\":1}", NULL);
	todevice_add(turn, "m.room_key.withheld", "@a:x", "A2", "{\"n\":2}", NULL);
	todevice_add(turn, "m.room.encrypted", "@a:x", "A3", "{\"n\":3}", NULL);
	todevice_add(turn, "m.room_key.withheld", "@a:x", "A1", "{\"n\":4}", NULL);
	todevice_add(turn, "m.room.encrypted", "@a:x", "A1", "{\"n\":5}", NULL);
	todevice_add(turn, "m.room.encrypted", "@a:x", "A4", "{\"n\":6}", NULL);
}

/* One type a request and one message a device, and no message before an earlier one to its device. */
static void todevice_want__keeps_order__for_each_device(void **state)
{
	static const char *const bodies[] = {
		"{\"messages\":{\"@a:x\":{\"A1\":{\"n\":1},\"A3\":{\"n\":3}}}}",
		"{\"messages\":{\"@a:x\":{\"A1\":{\"n\":4},\"A2\":{\"n\":2}}}}",
		"{\"messages\":{\"@a:x\":{\"A1\":{\"n\":5},\"A4\":{\"n\":6}}}}",
	};

	(void)state;
	scratch_turn(&scratch, add_mixed, NULL);
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		struct want want = next_want();

		assert_string_equal(want.call.body, bodies[i]);
		reply_to(want, OUTCOME_OK);
	}
	assert_int_equal(next_want().ref, 0);
}

struct many {
	size_t count;
	const char *content;
};

static void add_many(struct turn *turn, void *context)
{
	const struct many *many = context;

	for (size_t i = 0; i < many->count; i++)
		todevice_add(turn, "m.room.encrypted", "@a:x", arena_printf(turn_arena(turn), "D%zu", i), many->content, "share/1");
}

static void todevice_want__holds__at_most_250_devices(void **state)
{
	static const size_t lens[] = { 250, 250, 1 };
	struct many many = { 501, "{}" };

	(void)state;
	scratch_turn(&scratch, add_many, &many);
	for (size_t i = 0; i < ARRAY_LEN(lens); i++) {
		struct want want = next_want();

		assert_int_equal(count_messages(&want), lens[i]);
		assert_true(is_pending("share/1"));
		reply_to(want, OUTCOME_OK);
	}
	assert_false(is_pending("share/1"));
}

static void todevice_want__stays__below_a_megabyte(void **state)
{
	struct many many = { 40, "" };
	char *content = arena_alloc(arena, 64 * 1024);
	size_t messages = 0;

	(void)state;
	memset(content, 'x', 64 * 1024 - 1);
	memcpy(content, "{\"n\":\"", 6);
	memcpy(content + 64 * 1024 - 3, "\"}", 2);
	many.content = content;
	scratch_turn(&scratch, add_many, &many);
	for (struct want want; (want = next_want()).ref;) {
		assert_true(strlen(want.call.body) < 1000 * 1000);
		messages += count_messages(&want);
		reply_to(want, OUTCOME_OK);
	}
	assert_int_equal(messages, 40);
}

static void todevice_reply__drops__what_is_refused(void **state)
{
	(void)state;
	scratch_turn(&scratch, add_one, "{\"n\":1}");
	scratch_turn(&scratch, add_two_users, NULL);
	reply_to(next_want(), OUTCOME_REFUSED);
	assert_true(is_told());
	assert_int_equal(next_want().ref, 2);
	reply_to(next_want(), OUTCOME_TOO_BIG);
	assert_int_equal(next_want().ref, 0);
}

static int64_t lost_ms(const char *group, const char *user, const char *device)
{
	struct view *view = view_open(scratch.store, scratch.now_ms);
	int64_t at_ms = todevice_lost_ms(view, group, user, device);

	assert_true(!at_ms || todevice_has_lost(view, group));
	view_close(view);
	return at_ms;
}

static int64_t generation(void)
{
	struct view *view = view_open(scratch.store, scratch.now_ms);
	int64_t now = generation_now(view);

	view_close(view);
	return now;
}

static void todevice_lost__is_known__until_the_next_of_its_group(void **state)
{
	int64_t before = generation(), at_ms = scratch.now_ms;

	(void)state;
	scratch_turn(&scratch, add_two_users, NULL);
	assert_int_equal(lost_ms("share/1", "@b:x", "B1"), 0);
	assert_int_equal(generation(), before);
	reply_to(next_want(), OUTCOME_REFUSED);
	assert_int_equal(generation(), before + 1);
	scratch_reopen(&scratch);
	assert_int_equal(lost_ms("share/1", "@b:x", "B1"), at_ms);
	assert_int_equal(lost_ms("share/1", "@a:x", "A1"), at_ms);
	assert_int_equal(lost_ms("share/2", "@a:x", "A2"), at_ms);
	assert_int_equal(lost_ms("share/2", "@a:x", "A1"), 0);
	scratch_turn(&scratch, add_one, "{}");
	assert_int_equal(lost_ms("share/1", "@a:x", "A1"), 0);
	assert_int_equal(lost_ms("share/1", "@b:x", "B1"), at_ms);
	/* A month later, with the next that is lost. */
	scratch.now_ms += INT64_C(31) * 24 * 3600 * 1000;
	reply_to(next_want(), OUTCOME_REFUSED);
	assert_int_equal(lost_ms("share/1", "@b:x", "B1"), 0);
	assert_int_equal(lost_ms("share/1", "@a:x", "A1"), scratch.now_ms);
}

static void todevice_reply__gives_up__after_twenty_server_faults(void **state)
{
	(void)state;
	scratch_turn(&scratch, add_one, "{}");
	for (int i = 0; i < 19; i++) {
		reply_to(next_want(), OUTCOME_SERVER);
		reply_to(next_want(), OUTCOME_TROUBLE);
		reply_to(next_want(), OUTCOME_LIMITED);
		assert_true(is_pending("share/1"));
	}
	scratch_reopen(&scratch);
	reply_to(next_want(), OUTCOME_SERVER);
	assert_false(is_pending("share/1"));
	assert_true(is_told());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(todevice_want__gathers__what_one_turn_added, setup, teardown),
		cmocka_unit_test_setup_teardown(todevice_want__is_frozen__once_its_turn_is_over, setup, teardown),
		cmocka_unit_test_setup_teardown(todevice_want__never_reuses__an_id, setup, teardown),
		cmocka_unit_test_setup_teardown(todevice_want__keeps_order__for_each_device, setup, teardown),
		cmocka_unit_test_setup_teardown(todevice_want__holds__at_most_250_devices, setup, teardown),
		cmocka_unit_test_setup_teardown(todevice_want__stays__below_a_megabyte, setup, teardown),
		cmocka_unit_test_setup_teardown(todevice_reply__drops__what_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(todevice_reply__gives_up__after_twenty_server_faults, setup, teardown),
		cmocka_unit_test_setup_teardown(todevice_lost__is_known__until_the_next_of_its_group, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
