/*
 * A person at the host has read an incident: the daemon takes it off the list, and so does the tool when none runs.
 */
#include "cli/cli.h"
#include "cli/commands.h"
#include "engine/control.h"
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

static int seen(const char *kind, const char *subject)
{
	char *argv[] = { arena_dup(stub.arena, "seen"), arena_dup(stub.arena, "--data"), stub.folder, arena_dup(stub.arena, kind),
		arena_dup(stub.arena, subject), NULL };

	return cli_seen.run(subject ? 5 : kind ? 4 : 3, argv);
}

static int64_t open_incidents(void)
{
	return stub_number(&stub, "SELECT count(*) FROM incident WHERE cleared_at_ms IS NULL");
}

/* Words in the clear in an encrypted room: something that happened. */
static void happen(const char *event)
{
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED, .encryption = &(struct room_encryption){ .algorithm = "" } });
	stub_happens(&stub, (struct event){ .id = event, .body = "!idee bankje" });
}

static const char *ask(const char *request)
{
	struct buf answer;
	char *copy;

	buf_init(&answer, CONTROL_ANSWER_MAX);
	control_answer(stub.engine, request, strlen(request), &answer);
	copy = arena_dup_n(stub.arena, answer.data, answer.len);
	buf_release(&answer);
	return copy;
}

static void seen__is_written__by_the_daemon_that_runs(void **state)
{
	(void)state;
	happen("$1");
	assert_int_equal(open_incidents(), 1);
	assert_string_equal(ask("{\"do\":\"incident.seen\"}"), "{\"ok\":false,\"error\":\"request\"}");
	assert_string_equal(ask("{\"do\":\"incident.seen\",\"kind\":\"room.plaintext\",\"subject\":\"!x\"}"), "{\"ok\":false,\"error\":\"unknown\"}");
	assert_int_equal(open_incidents(), 1);
	assert_string_equal(ask("{\"do\":\"incident.seen\",\"kind\":\"room.plaintext\"}"), "{\"incidents\":1,\"ok\":true}");
	assert_int_equal(open_incidents(), 0);
	assert_int_equal(stub_number(&stub, "SELECT max(cleared_at_ms) FROM incident"), stub.now_ms);
	happen("$2");
	assert_int_equal(open_incidents(), 1);
}

static void seen__changes__no_state_that_lasts(void **state)
{
	(void)state;
	stub_happens(&stub, (struct event){ .id = "$e", .sender = "@rotonde:console", .txn_id = arena_printf(stub.arena, "%lld-99", (long long)stub.engine->epoch) });
	assert_string_equal(ask("{\"do\":\"incident.seen\",\"kind\":\"database.old_copy\"}"), "{\"ok\":false,\"error\":\"lasts\"}");
	engine_close(stub.engine);
	stub.engine = NULL;
	assert_int_equal(seen("database.old_copy", NULL), CLI_NO);
	stub_restart(&stub);
	assert_true(stub.engine->old_copy);
}

static void seen__is_written__without_a_daemon(void **state)
{
	(void)state;
	happen("$1");
	/* The one that runs here listens to nobody. */
	assert_int_equal(seen("room.plaintext", NULL), CLI_NO);
	assert_int_equal(open_incidents(), 1);
	engine_close(stub.engine);
	stub.engine = NULL;
	assert_int_equal(seen(NULL, NULL), CLI_USAGE);
	assert_int_equal(seen("room.plaintext", "!elders:console"), CLI_NO);
	assert_int_equal(seen("room.plaintext", stub.room), CLI_GOOD);
	stub_restart(&stub);
	assert_int_equal(open_incidents(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(seen__is_written__by_the_daemon_that_runs, setup, teardown),
		cmocka_unit_test_setup_teardown(seen__changes__no_state_that_lasts, setup, teardown),
		cmocka_unit_test_setup_teardown(seen__is_written__without_a_daemon, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
