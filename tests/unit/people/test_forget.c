/*
 * Being forgotten, and what must not be.
 */
#include "people/forget.h"

#include "people/group.h"
#include "people/link.h"
#include "people/person.h"
#include "people/private.h"
#include "people/quiet.h"
#include "people/room.h"
#include "store/blob.h"
#include "store/inbox.h"
#include "store/incident.h"
#include "store/media.h"
#include "store/outbox_owner.h"
#include "unit/neighbours.h"

enum { SEEN_SENDER, SEEN_SUBJECT, SEEN_DEAD, ADD_ROOM, SEEN_MAX };
static const char *const seen_sql[] = {
	[SEEN_SENDER] = "SELECT count(*) FROM media WHERE sender <> '' OR name <> ''",
	[SEEN_SUBJECT] = "SELECT count(*) FROM incident WHERE subject LIKE '%john%'",
	[SEEN_DEAD] = "SELECT count(*) FROM outbox WHERE body IS NOT NULL OR mentions IS NOT NULL",
	[ADD_ROOM] = "INSERT INTO room (room, membership) VALUES ('!alone:console', ?1)",
};
static const struct statements seen_statements = { "seen", seen_sql, SEEN_MAX };

static const struct statements *const rooms[] = { &neighbours_statements, &link_statements, &person_statements, &quiet_statements, &forget_statements,
	&private_statements, &group_statements, &room_statements, &media_statements, &blob_statements, &inbox_statements, &incident_statements, &outbox_statements,
	&seen_statements, NULL };

static struct scratch scratch;

static int setup(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	return 0;
}

static void forget_john(struct turn *turn, void *context)
{
	struct person person;

	(void)context;
	quiet_set_person(turn, PERSON_JOHN, turn_now_ms(turn) + 1000);
	assert_int_equal(forget_count_ids(turn_view(turn), PERSON_JOHN), 1);
	assert_true(forget_person(turn, PERSON_JOHN, false));
	assert_string_equal(person_get(turn_view(turn), PERSON_JOHN).name, "");
	assert_false(person_get(turn_view(turn), PERSON_JOHN).has_language);
	assert_int_equal(quiet_person_until(turn_view(turn), PERSON_JOHN), 0);
	assert_false(person_find_by_sender(turn_view(turn), "@john:console", &person));
	assert_int_not_equal(person_ensure(turn, "@john:console").id, PERSON_JOHN);
}

static void forget_person__makes__a_stranger(void **state)
{
	(void)state;
	scratch_turn(&scratch, forget_john, NULL);
}

static void keep_ids(struct turn *turn, void *context)
{
	struct person person;
	int64_t id;

	(void)context;
	/* In the books. */
	assert_false(forget_person(turn, PERSON_FATIMA, true));
	assert_string_equal(person_get(turn_view(turn), PERSON_FATIMA).name, "");
	assert_true(person_find_by_sender(turn_view(turn), "@fatima:console", &person));
	/* Once linked: he would else come back as a second pair of eyes. */
	assert_int_equal(link_make(turn, PERSON_LEAD, PERSON_JOHN, 0, &id), LINK_DONE);
	assert_int_equal(link_undo(turn, PERSON_LEAD, 0, &id), LINK_DONE);
	assert_false(forget_person(turn, PERSON_JOHN, false));
	assert_true(person_find_by_sender(turn_view(turn), "@john:console", &person));
	assert_true(link_was_one(turn_view(turn), person.id, PERSON_LEAD));
	/* The config's name is the config's, and a role its holder's. */
	assert_false(forget_person(turn, PERSON_COORDINATOR, false));
	assert_string_equal(person_get(turn_view(turn), PERSON_COORDINATOR).name, "Coordinator");
}

static void forget_person__keeps__what_four_eyes_need(void **state)
{
	(void)state;
	scratch_turn(&scratch, keep_ids, NULL);
}

static int64_t seen(struct turn *turn, size_t what)
{
	return stmt_one_int(turn_query(turn, &seen_statements, what), -1);
}

static void name_again(struct turn *turn, void *context)
{
	(void)context;
	assert_false(forget_person(turn, PERSON_JOHN, true));
	person_set_name(turn, "@john:console", "John (WA)");
	assert_string_equal(person_get(turn_view(turn), PERSON_JOHN).name, "");
}

static void person_set_name__ignores__who_was_forgotten(void **state)
{
	(void)state;
	scratch_turn(&scratch, name_again, NULL);
}

/* The room that John has with us alone. */
static void add_room(struct turn *turn, const char *membership)
{
	struct stmt *q = turn_query(turn, &seen_statements, ADD_ROOM);

	stmt_bind_text(q, 1, membership);
	(void)stmt_run(q);
	room_make_private(turn, "!alone:console", "@john", LANGUAGE_NL);
}

/* What hangs on John's id: a file, what the operator was told, a room with us alone, and words that were never said. */
static void leave_traces(struct turn *turn)
{
	const struct media file = { .url = "mxc://console/1", .name = "john.jpg", .mime = "image/jpeg", .size = 1 };
	const struct event event = { .id = "$f", .room = ROOM_KLEIBURG, .sender = "@john:console", .media = &file };
	const char *const mentions[] = { "@john:console" };

	(void)media_remember(turn, &event);
	(void)incident_note(turn, "crypto.device_changed", "@john:console PHONE", "Another key.");
	(void)incident_note(turn, "crypto.query_refused", "@john:console", "No answer.");
	incident_clear(turn, "crypto.device_changed", "@john:console PHONE");
	add_room(turn, "joined");
	(void)outbox_add(turn, &(struct outbox_message){ .room = ROOM_KLEIBURG, .body = "John doet het", .mentions = mentions, .mentions_len = 1 });
	(void)outbox_cancel_room(turn, ROOM_KLEIBURG, "the bot left");
}

static void forget_traces(struct turn *turn, void *context)
{
	struct group group;

	(void)context;
	leave_traces(turn);
	assert_int_equal(seen(turn, SEEN_SENDER), 1);
	assert_int_equal(seen(turn, SEEN_DEAD), 1);
	/* His ids stay, and what hangs on them. */
	assert_false(forget_person(turn, PERSON_JOHN, true));
	assert_int_equal(seen(turn, SEEN_SENDER), 1);
	assert_int_equal(seen(turn, SEEN_SUBJECT), 2);
	assert_int_equal(seen(turn, SEEN_DEAD), 0);
	/* His ids go. What the operator has still to see stays, and so does a room that we are in. */
	assert_true(forget_person(turn, PERSON_JOHN, false));
	assert_int_equal(seen(turn, SEEN_SENDER), 0);
	assert_int_equal(seen(turn, SEEN_SUBJECT), 1);
	assert_true(group_find(turn_view(turn), "@john", &group));
}

static void forget_person__forgets__what_hangs_on_his_ids(void **state)
{
	(void)state;
	scratch_turn(&scratch, forget_traces, NULL);
}

static void leave_room(struct turn *turn, void *context)
{
	struct group group;

	(void)context;
	add_room(turn, "left");
	assert_true(forget_person(turn, PERSON_JOHN, false));
	assert_false(group_find(turn_view(turn), "@john", &group));
}

static void forget_person__forgets__the_room_we_are_in_no_more(void **state)
{
	(void)state;
	scratch_turn(&scratch, leave_room, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(forget_person__makes__a_stranger, setup, teardown),
		cmocka_unit_test_setup_teardown(person_set_name__ignores__who_was_forgotten, setup, teardown),
		cmocka_unit_test_setup_teardown(forget_person__forgets__what_hangs_on_his_ids, setup, teardown),
		cmocka_unit_test_setup_teardown(forget_person__forgets__the_room_we_are_in_no_more, setup, teardown),
		cmocka_unit_test_setup_teardown(forget_person__keeps__what_four_eyes_need, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
