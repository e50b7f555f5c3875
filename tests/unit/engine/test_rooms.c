/*
 * Rooms the bot is asked into, thrown out of, or does not know; and messages from another time.
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

static void rooms__says_no__to_a_room_the_config_does_not_name(void **state)
{
	(void)state;
	stub_room(&stub, &(struct room_update){ .room = "!vreemd:console", .membership = MEMBERSHIP_INVITED, .other = "@wie:console" });
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM incident WHERE kind = 'room.invite_refused' AND subject = '!vreemd:console'"), 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM room WHERE wish IS NOT NULL"), 0);
}

static const char *const private_rooms = "SELECT count(*) FROM room r JOIN app_group g ON g.id = r.app_group WHERE g.kind = 'private'";

static void invite_alone(const char *room, const char *sender)
{
	stub_room(&stub, &(struct room_update){ .room = room, .membership = MEMBERSHIP_INVITED, .other = sender, .direct_with = sender });
}

/* Whom we know, by the config or as somebody who wrote, may have the bot to himself; a stranger may not. */
static void rooms__talks__alone_with_whom_it_knows(void **state)
{
	(void)state;
	stub.join_held = true;
	invite_alone("!een:console", "@wie:console");
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM room WHERE room = '!een:console' AND wish = 'leave'"), 1);
	assert_int_equal(stub_number(&stub, private_rooms), 0);
	invite_alone("!twee:console", "@lead:console");
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM room WHERE room = '!twee:console' AND wish = 'join'"), 1);
	assert_int_equal(stub_number(&stub, private_rooms), 1);
	stub_room(&stub, &(struct room_update){ .room = "!drie:console", .membership = MEMBERSHIP_INVITED, .other = "@lead:console" });
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM room WHERE room = '!drie:console' AND wish = 'leave'"), 1);
}

static void rooms__says_no__to_a_sixth_room_with_one_person(void **state)
{
	static const char *const names[] = { "!a:console", "!b:console", "!c:console", "!d:console", "!e:console", "!f:console" };

	(void)state;
	stub.join_held = true;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		invite_alone(names[i], "@lead:console");
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM room WHERE wish = 'join'"), 5);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM room WHERE room = '!f:console' AND wish = 'leave'"), 1);
	invite_alone("!g:console", "@treasurer:console");
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM room WHERE room = '!g:console' AND wish = 'join'"), 1);
}

/* Somebody else comes in, or he himself goes: what is private is not said there any more. */
static void rooms__leaves__a_direct_room_that_is_none(void **state)
{
	const struct member both[] = { { "@lead:console", MEMBERSHIP_JOINED, "lead" }, { "@wie:console", MEMBERSHIP_INVITED, "" } };

	(void)state;
	stub.join_held = true;
	invite_alone("!een:console", "@lead:console");
	stub_room(&stub, &(struct room_update){ .room = "!een:console", .membership = MEMBERSHIP_JOINED, .joined_now = true, .members = both, .members_len = 1 });
	assert_int_equal(stub_number(&stub, private_rooms), 1);
	stub_room(&stub, &(struct room_update){ .room = "!een:console", .membership = MEMBERSHIP_JOINED, .members = both, .members_len = 2 });
	assert_int_equal(stub_number(&stub, private_rooms), 0);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM room WHERE room = '!een:console' AND wish = 'leave'"), 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE room = '!een:console' AND state <> 'dead'"), stub.sends);
}

/* The invitation was withdrawn while we waited to try again: nothing is left to wake up for. */
static void rooms__sleeps__when_an_invitation_is_withdrawn(void **state)
{
	(void)state;
	stub.join_outcome = OUTCOME_SERVER;
	stub_room(&stub, &(struct room_update){ .room = "!vreemd:console", .membership = MEMBERSHIP_INVITED, .other = "@wie:console" });
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM room WHERE wish = 'leave'"), 1);
	stub_room(&stub, &(struct room_update){ .room = "!vreemd:console", .membership = MEMBERSHIP_LEFT });
	stub_later(&stub, MS_PER_HOUR / 60);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM room WHERE wish IS NOT NULL"), 0);
	assert_true(stub.wait_ms > 0);
}

static void rooms__is_deaf__in_a_room_the_config_does_not_name(void **state)
{
	const struct event idea = { .id = "$1", .room = "!vreemd:console", .sender = "@an:console", .body = "!idee hek", .trust = TRUST_PLAIN, .sent_at_ms = stub.now_ms };

	(void)state;
	stub_room(&stub, &(struct room_update){ .room = idea.room, .membership = MEMBERSHIP_JOINED, .events = &idea, .events_len = 1 });
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 0);
	assert_int_equal(stub.sends, 0);
}

static void rooms__is_silent__in_a_room_it_left(void **state)
{
	(void)state;
	stub.send_outcome = OUTCOME_TROUBLE;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_BANNED, .other = "@an:console" });
	stub.send_outcome = OUTCOME_OK;
	stub_later(&stub, MS_PER_HOUR);
	assert_int_equal(stub.sends, 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sealed')"), 0);
}

/* A successor that the config names is followed; any other is told to the coordinators. */
static void rooms__follows__a_successor_the_config_names(void **state)
{
	(void)state;
	stub.join_held = true;
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED, .successor = "!vreemd:console" });
	assert_null(stub.joining);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM incident WHERE kind = 'room.replaced'"), 1);
	stub_room(&stub, &(struct room_update){ .room = "!hrholst:console", .membership = MEMBERSHIP_JOINED, .successor = "!koornhorst:console" });
	assert_string_equal(stub.joining, "!koornhorst:console");
}

/* A clock that runs a year ahead: the moment of arrival counts. */
/* Who leaves brings no name; the one he had goes with what he wrote. */
static void intake__keeps__the_name_of_who_left(void **state)
{
	struct member fatima = { "@whatsapp_31600000001:console", MEMBERSHIP_JOINED, "Fatima (WA)" };
	const struct room_update update = { .room = stub.room, .membership = MEMBERSHIP_JOINED, .members = &fatima, .members_len = 1 };

	(void)state;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee hek" });
	stub_room(&stub, &update);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM person WHERE name = 'Fatima'"), 1);
	fatima = (struct member){ "@whatsapp_31600000001:console", MEMBERSHIP_LEFT, "" };
	stub_room(&stub, &update);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM person WHERE name = 'Fatima'"), 1);
}

static void intake__corrects__a_time_that_is_to_come(void **state)
{
	(void)state;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje", .sent_at_ms = stub.now_ms + 365 * MS_PER_DAY });
	assert_int_equal(stub_number(&stub, "SELECT said_at_ms FROM idea"), stub.now_ms);
	stub_happens(&stub, (struct event){ .id = "$2", .body = "!idee hek", .sent_at_ms = INT64_MAX });
	assert_int_equal(stub_number(&stub, "SELECT max(said_at_ms) FROM idea"), stub.now_ms);
}

/* Older than two weeks is not acted on, and the group hears that once a day. */
static void intake__passes_over__what_is_weeks_old(void **state)
{
	(void)state;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje", .sent_at_ms = stub.now_ms - 15 * MS_PER_DAY });
	stub_happens(&stub, (struct event){ .id = "$2", .body = "!idee hek", .sent_at_ms = 1 });
	stub_later(&stub, MS_PER_MINUTE);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 0);
	assert_int_equal(stub.said_len, 1);
	stub_happens(&stub, (struct event){ .id = "$3", .body = "!idee lamp", .sent_at_ms = stub.now_ms - 13 * MS_PER_DAY });
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 1);
}

static void intake__runs__the_same_event_once(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	stub_restart(&stub);
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 1);
	assert_int_equal(stub.sends, 1);
}

/* As much text as the transport lets through is no trouble, and no answer when it is no command. */
static void intake__bears__a_very_long_message(void **state)
{
	char *body = arena_alloc(stub.arena, 64 * 1024 + 1);

	(void)state;
	memset(body, 'x', 64 * 1024);
	stub_happens(&stub, (struct event){ .id = "$1", .body = body });
	assert_int_equal(stub.said_len, 0);
	memcpy(body, "!idee ", 6);
	stub_happens(&stub, (struct event){ .id = "$2", .body = body });
	assert_int_equal(stub.said_len, 1);
	assert_true(strlen(stub_heard(&stub)) <= 600);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rooms__says_no__to_a_room_the_config_does_not_name, setup, teardown),
		cmocka_unit_test_setup_teardown(rooms__talks__alone_with_whom_it_knows, setup, teardown),
		cmocka_unit_test_setup_teardown(rooms__says_no__to_a_sixth_room_with_one_person, setup, teardown),
		cmocka_unit_test_setup_teardown(rooms__leaves__a_direct_room_that_is_none, setup, teardown),
		cmocka_unit_test_setup_teardown(rooms__sleeps__when_an_invitation_is_withdrawn, setup, teardown),
		cmocka_unit_test_setup_teardown(rooms__is_deaf__in_a_room_the_config_does_not_name, setup, teardown),
		cmocka_unit_test_setup_teardown(rooms__is_silent__in_a_room_it_left, setup, teardown),
		cmocka_unit_test_setup_teardown(rooms__follows__a_successor_the_config_names, setup, teardown),
		cmocka_unit_test_setup_teardown(intake__keeps__the_name_of_who_left, setup, teardown),
		cmocka_unit_test_setup_teardown(intake__corrects__a_time_that_is_to_come, setup, teardown),
		cmocka_unit_test_setup_teardown(intake__passes_over__what_is_weeks_old, setup, teardown),
		cmocka_unit_test_setup_teardown(intake__runs__the_same_event_once, setup, teardown),
		cmocka_unit_test_setup_teardown(intake__bears__a_very_long_message, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
