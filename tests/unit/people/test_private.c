/*
 * The room a person has with us alone, by whichever of his ids.
 */
#include "people/private.h"

#include "people/link.h"
#include "people/room.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &person_statements, &group_statements, &room_statements,
	                                          &link_statements,       &private_statements, NULL };

static const struct config no_config = { 0 };

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

static void enter(struct turn *turn, enum membership membership)
{
	struct room_update update = { .room = "!fatima:console", .membership = membership };

	(void)room_update(turn, &no_config, &update);
	room_make_private(turn, update.room, private_group_name(turn_arena(turn), "@fatima:console"), LANGUAGE_NL);
}

static void invited_and_in(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	struct person person;
	struct group group;

	(void)context;
	assert_false(private_group_find(view, PERSON_FATIMA, &group));
	enter(turn, MEMBERSHIP_INVITED);
	assert_false(private_group_find(view, PERSON_FATIMA, &group));
	assert_int_equal(private_count_rooms(view, "@fatima:console", "!other:console"), 1);
	assert_int_equal(private_count_rooms(view, "@fatima:console", "!fatima:console"), 0);
	enter(turn, MEMBERSHIP_JOINED);
	assert_true(private_group_find(view, PERSON_FATIMA, &group));
	assert_string_equal(group.name, "@fatima");
	assert_string_equal(group.room, "!fatima:console");
	assert_true(private_find_person(view, &group, &person));
	assert_int_equal(person.id, PERSON_FATIMA);
	assert_false(private_group_find(view, PERSON_JOHN, &group));
}

static void private_group_find__finds__a_joined_room(void **state)
{
	(void)state;
	scratch_turn(&scratch, invited_and_in, NULL);
}

static void linked(struct turn *turn, void *context)
{
	struct group group;
	int64_t stays;

	(void)context;
	enter(turn, MEMBERSHIP_JOINED);
	assert_int_equal(link_make(turn, PERSON_LEAD, PERSON_FATIMA, 0, &stays), LINK_DONE);
	assert_true(private_group_find(turn_view(turn), PERSON_LEAD, &group));
	assert_string_equal(group.room, "!fatima:console");
}

static void private_group_find__finds__the_room_of_a_linked_id(void **state)
{
	(void)state;
	scratch_turn(&scratch, linked, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(private_group_find__finds__a_joined_room, setup, teardown),
		cmocka_unit_test_setup_teardown(private_group_find__finds__the_room_of_a_linked_id, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
