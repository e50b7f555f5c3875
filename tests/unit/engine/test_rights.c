/*
 * Rooms that lose something: our voice, ourselves, or somebody who looks after them (MATRIX.md 9.13).
 */
#include "unit/engine/stub.h"

#define COORDINATORS "!coordinators:console"

static struct stub stub;

static int setup(void **state)
{
	(void)state;
	stub_open(&stub);
	stub_room(&stub, &(struct room_update){ .room = COORDINATORS, .membership = MEMBERSHIP_JOINED });
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

/* How often these words were said, or wait to be, in the coordinators' room. */
static int64_t told(const char *words)
{
	int64_t count = stub_number(&stub, arena_printf(stub.arena,
		"SELECT count(*) FROM outbox WHERE room = '" COORDINATORS "' AND state IN ('queued', 'sealed') AND body LIKE '%%%s%%'", words));

	for (size_t i = 0; i < stub.said_len; i++)
		count += strstr(stub.said[i], words) != NULL;
	return count;
}

static void rights(bool plain, bool sealed)
{
	const struct room_rights rights = { plain, sealed };

	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED, .rights = &rights });
}

static void member(const char *room, const char *user, enum membership membership)
{
	const struct member member = { user, membership, "" };

	stub_room(&stub, &(struct room_update){ .room = room, .membership = MEMBERSHIP_JOINED, .members = &member, .members_len = 1 });
}

/* Commands are heard, and nothing is put before the server that it would refuse. */
static void rooms__keeps_quiet__where_it_may_not_speak(void **state)
{
	int sends;

	(void)state;
	rights(false, true);
	assert_int_equal(incidents("room.silenced"), 1);
	assert_int_equal(told("mag ik niets meer zeggen"), 1);
	sends = stub.sends;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	stub_later(&stub, MS_PER_MINUTE);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 1);
	assert_int_equal(stub.sends, sends);
	assert_true(stub.wait_ms > MS_PER_SECOND);
	assert_int_equal(incidents("send.failed"), 0);
	rights(false, false);
	assert_int_equal(incidents("room.silenced"), 1);
	assert_int_equal(stub_number(&stub, "SELECT times FROM incident WHERE kind = 'room.silenced'"), 1);
	rights(true, false);
	assert_int_equal(incidents("room.silenced"), 0);
	stub_happens(&stub, (struct event){ .id = "$2", .body = "!idee hek" });
	assert_non_null(strstr(stub_heard(&stub), "Idee 2"));
	assert_int_equal(stub.sends, sends + 1);
}

/* What was frozen before, and did not leave yet. */
static void rooms__drops__what_it_was_about_to_say(void **state)
{
	int sends;

	(void)state;
	stub.send_outcome = OUTCOME_TROUBLE;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	sends = stub.sends;
	rights(false, false);
	stub.send_outcome = OUTCOME_OK;
	stub_later(&stub, MS_PER_HOUR);
	/* One goes out: the coordinators are told. */
	assert_int_equal(stub.sends, sends + 1);
	assert_non_null(strstr(stub_heard(&stub), "mag ik niets meer zeggen"));
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE state = 'dead'"), 1);
}

/* An encrypted room asks for another right than a plain one. */
static void rooms__goes__by_the_right_the_room_asks_for(void **state)
{
	(void)state;
	rights(true, false);
	assert_int_equal(incidents("room.silenced"), 0);
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED, .encryption = &(struct room_encryption){ .algorithm = "" } });
	assert_int_equal(incidents("room.silenced"), 1);
}

/* Servers close the old room when it gets a successor. */
static void rooms__keeps_quiet__about_a_room_that_was_replaced(void **state)
{
	(void)state;
	rights(false, false);
	assert_int_equal(incidents("room.silenced"), 1);
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED, .successor = "!new:console" });
	assert_int_equal(incidents("room.silenced"), 0);
	rights(true, true);
	rights(false, false);
	assert_int_equal(incidents("room.silenced"), 0);
	member(stub.room, "@lead:console", MEMBERSHIP_LEFT);
	assert_int_equal(incidents("holder.left"), 0);
}

static void rooms__tells__that_it_was_taken_out(void **state)
{
	(void)state;
	rights(false, false);
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_LEFT, .other = "@an:console" });
	assert_int_equal(incidents("room.removed"), 1);
	assert_int_equal(incidents("room.silenced"), 0);
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED, .joined_now = true, .joined_at_ms = stub.now_ms });
	assert_int_equal(incidents("room.removed"), 0);
	/* Nothing says that it may speak again. */
	assert_int_equal(incidents("room.silenced"), 1);
}

static void holders__are_missed__when_they_leave(void **state)
{
	(void)state;
	member(COORDINATORS, "@treasurer:console", MEMBERSHIP_BANNED);
	assert_int_equal(incidents("holder.left"), 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM incident WHERE subject = 'treasurer " COORDINATORS "'"), 1);
	assert_int_equal(told("treasurer zit niet meer in de groep coordinators"), 1);
	member(COORDINATORS, "@treasurer:console", MEMBERSHIP_LEFT);
	assert_int_equal(incidents("holder.left"), 1);
	assert_int_equal(told("treasurer zit niet meer in de groep coordinators"), 1);
	member(COORDINATORS, "@treasurer:console", MEMBERSHIP_INVITED);
	assert_int_equal(incidents("holder.left"), 1);
	member(COORDINATORS, "@treasurer:console", MEMBERSHIP_JOINED);
	assert_int_equal(incidents("holder.left"), 0);
}

/* A lead looks after his own core alone; a resident comes and goes. */
static void holders__are_missed__where_their_task_is(void **state)
{
	(void)state;
	member(COORDINATORS, "@lead:console", MEMBERSHIP_LEFT);
	member(stub.room, "@fatima:console", MEMBERSHIP_LEFT);
	assert_int_equal(incidents("holder.left"), 0);
	member(stub.room, "@lead:console", MEMBERSHIP_LEFT);
	assert_int_equal(incidents("holder.left"), 1);
	assert_int_equal(told("zit niet meer in de groep kruitberg"), 1);
}

/* WhatsApp gives people another id: the old one leaves as the new one comes. */
static void holders__are_not_missed__under_another_id(void **state)
{
	static const char *const ids[] = { "@old:console", "@new:console" };
	static const struct config_person an = { .label = "an", .name = "An", .ids = ids, .ids_len = 2, .roles = 1u << ROLE_TREASURER };
	const struct member members[] = { { ids[0], MEMBERSHIP_LEFT, "" }, { ids[1], MEMBERSHIP_JOINED, "" } };
	struct config *config = stub.home.config;
	const struct config_person *persons = config->persons;
	size_t persons_len = config->persons_len;

	(void)state;
	config->persons = &an;
	config->persons_len = 1;
	stub_room(&stub, &(struct room_update){ .room = COORDINATORS, .membership = MEMBERSHIP_JOINED, .members = members, .members_len = 2 });
	assert_int_equal(incidents("holder.left"), 0);
	assert_int_equal(told("An zit niet meer"), 0);
	member(COORDINATORS, ids[1], MEMBERSHIP_LEFT);
	assert_int_equal(incidents("holder.left"), 1);
	config->persons = persons;
	config->persons_len = persons_len;
}

/* As a room is when we come in: who left it long ago is no news. */
static void holders__are_not_missed__before_we_came(void **state)
{
	const struct member left = { "@treasurer:console", MEMBERSHIP_LEFT, "" };

	(void)state;
	stub_room(&stub, &(struct room_update){
		.room = "!koornhorst:console", .membership = MEMBERSHIP_JOINED, .joined_now = true, .joined_at_ms = stub.now_ms, .members = &left, .members_len = 1 });
	assert_int_equal(incidents("holder.left"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rooms__keeps_quiet__where_it_may_not_speak, setup, teardown),
		cmocka_unit_test_setup_teardown(rooms__drops__what_it_was_about_to_say, setup, teardown),
		cmocka_unit_test_setup_teardown(rooms__goes__by_the_right_the_room_asks_for, setup, teardown),
		cmocka_unit_test_setup_teardown(rooms__keeps_quiet__about_a_room_that_was_replaced, setup, teardown),
		cmocka_unit_test_setup_teardown(rooms__tells__that_it_was_taken_out, setup, teardown),
		cmocka_unit_test_setup_teardown(holders__are_missed__when_they_leave, setup, teardown),
		cmocka_unit_test_setup_teardown(holders__are_missed__where_their_task_is, setup, teardown),
		cmocka_unit_test_setup_teardown(holders__are_not_missed__under_another_id, setup, teardown),
		cmocka_unit_test_setup_teardown(holders__are_not_missed__before_we_came, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
