/*
 * A disk that is full for a while (DESIGN.md decision 17): nothing lost, nothing doubled, told, and
 * work goes on by itself.
 */
#include <unistd.h>

#include "unit/engine/stub.h"

static struct stub stub;

static int setup(void **state)
{
	(void)state;
	stub_open(&stub);
	stub_room(&stub, &(struct room_update){ .room = "!coordinators:console", .membership = MEMBERSHIP_JOINED });
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stub_close(&stub);
	return 0;
}

enum { IDEAS = 40 };

/* A batch that needs pages of its own. */
static const struct room_update *busy_room(void)
{
	struct room_update *update = arena_new(stub.arena, struct room_update);
	struct event *ideas = arena_array(stub.arena, struct event, IDEAS);

	for (int i = 0; i < IDEAS; i++)
		ideas[i] = (struct event){ .id = arena_printf(stub.arena, "$%d", i), .room = stub.room, .sender = "@an:console", .trust = TRUST_PLAIN,
			.body = arena_printf(stub.arena, "!idee %d %0400d", i, i), .sent_at_ms = stub.now_ms };
	*update = (struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED, .events = ideas, .events_len = IDEAS };
	return update;
}

static void engine__pauses__and_goes_on_by_itself(void **state)
{
	const struct room_update *update = busy_room();
	int batches;

	(void)state;
	stub_disk_full(&stub);
	stub.update = update;
	stub_settle(&stub);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 0);
	assert_false(stub.sync_asked);
	assert_true(stub.wait_ms > 0 && stub.wait_ms <= 10 * MS_PER_SECOND);
	/* Its room is given up: that is what the words to the coordinators are written in. */
	assert_int_equal(access(arena_printf(stub.arena, "%s/ballast", stub.folder), F_OK), -1);
	assert_string_equal(stub_heard(&stub), "Mijn schijf is vol. Ik lees pas verder als er weer plaats is; wat jullie typen gaat niet verloren. Wie mij beheert moet ruimte maken.");

	stub_disk(&stub, 0);
	/* The server gives the same batch again: its token was never used. */
	batches = --stub.batches;
	stub.update = update;
	stub_later(&stub, 11 * MS_PER_SECOND);
	assert_int_equal(stub.batches, batches + 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), IDEAS);
	for (int i = 0; i < IDEAS; i++)
		stub_settle(&stub);
	assert_int_equal(stub.said_len, 1 + IDEAS);
	assert_non_null(strstr(stub_heard(&stub), "Idee 40"));
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM incident WHERE kind = 'disk.full' AND cleared_at_ms IS NULL"), 0);
	assert_int_equal(access(arena_printf(stub.arena, "%s/ballast", stub.folder), F_OK), 0);
}

/* Restarting a service whose disk is full must not make the message it is at look like a killer. */
static void engine__suspects__no_message_for_a_full_disk(void **state)
{
	const struct room_update *update = busy_room();

	(void)state;
	for (int i = 0; i < 4; i++) {
		stub_restart(&stub);
		stub_disk_full(&stub);
		stub.update = update;
		stub_settle(&stub);
		assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 0);
		--stub.batches;
	}
	stub_restart(&stub);
	stub.update = update;
	stub_settle(&stub);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), IDEAS);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM incident WHERE kind = 'event.poison'"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(engine__pauses__and_goes_on_by_itself, setup, teardown),
		cmocka_unit_test_setup_teardown(engine__suspects__no_message_for_a_full_disk, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
