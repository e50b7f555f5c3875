/*
 * Two who turn out to be one: what they may then, and what stays of it when they were not.
 */
#include "people/link.h"

#include "people/actor.h"
#include "people/person.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &person_statements, &link_statements, &actor_statements, NULL };

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

static int64_t who_writes(struct turn *turn, const char *sender)
{
	struct person person;

	assert_true(person_find_by_sender(turn_view(turn), sender, &person));
	return person.id;
}

static void link_a_lead(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	struct actor actor;
	int64_t stays, *members;
	size_t len;

	(void)context;
	assert_false(link_was_one(view, PERSON_FATIMA, PERSON_LEAD));
	assert_int_equal(link_make(turn, PERSON_FATIMA, PERSON_LEAD, PERSON_COORDINATOR, &stays), LINK_DONE);
	assert_int_equal(stays, PERSON_LEAD);
	assert_int_equal(who_writes(turn, "@fatima:console"), PERSON_LEAD);
	actor = actor_get(view, PERSON_LEAD, TRUST_DIRECT);
	assert_true(actor_leads(view, &actor, CORE_KRUITBERG));
	assert_true(link_is_one(view, PERSON_FATIMA, PERSON_LEAD));
	members = link_members(view, PERSON_LEAD, &len);
	assert_int_equal(len, 2);
	assert_int_equal(members[1], PERSON_FATIMA);
	assert_int_equal(link_make(turn, PERSON_LEAD, PERSON_FATIMA, PERSON_COORDINATOR, &stays), LINK_ALREADY);
}

static void undo_it(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	int64_t other;

	(void)context;
	assert_int_equal(link_undo(turn, PERSON_LEAD, PERSON_COORDINATOR, &other), LINK_DONE);
	assert_int_equal(other, PERSON_FATIMA);
	assert_int_equal(who_writes(turn, "@fatima:console"), PERSON_FATIMA);
	assert_int_equal(who_writes(turn, "@lead:console"), PERSON_LEAD);
	assert_false(link_is_one(view, PERSON_FATIMA, PERSON_LEAD));
	assert_true(link_was_one(view, PERSON_FATIMA, PERSON_LEAD));
	assert_int_equal(link_undo(turn, PERSON_LEAD, PERSON_COORDINATOR, &other), LINK_ALREADY);
}

static void link_undo__gives_back__all_but_the_pair_of_eyes(void **state)
{
	(void)state;
	scratch_turn(&scratch, link_a_lead, NULL);
	scratch_reopen(&scratch);
	scratch_turn(&scratch, undo_it, NULL);
}

static void link_three(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	int64_t stays, other;

	(void)context;
	assert_int_equal(link_make(turn, PERSON_FATIMA, PERSON_JOHN, 0, &stays), LINK_DONE);
	assert_int_equal(stays, PERSON_FATIMA);
	assert_int_equal(link_make(turn, PERSON_JOHN, PERSON_LEAD, 0, &stays), LINK_DONE);
	assert_int_equal(stays, PERSON_LEAD);
	assert_int_equal(who_writes(turn, "@john:console"), PERSON_LEAD);
	assert_true(link_was_one(view, PERSON_JOHN, PERSON_LEAD));
	/* Fatima takes back what came with her. */
	assert_int_equal(link_undo(turn, PERSON_LEAD, 0, &other), LINK_DONE);
	assert_int_equal(other, PERSON_FATIMA);
	assert_int_equal(who_writes(turn, "@john:console"), PERSON_FATIMA);
	assert_int_equal(who_writes(turn, "@fatima:console"), PERSON_FATIMA);
	assert_true(link_is_one(view, PERSON_JOHN, PERSON_FATIMA));
	assert_true(link_was_one(view, PERSON_JOHN, PERSON_LEAD));
	assert_false(link_was_one(view, PERSON_JOHN, PERSON_COORDINATOR));
}

static void link_undo__gives_back__who_came_along(void **state)
{
	(void)state;
	scratch_turn(&scratch, link_three, NULL);
}

static void link_two_named(struct turn *turn, void *context)
{
	int64_t stays;

	(void)context;
	assert_int_equal(link_make(turn, PERSON_LEAD, PERSON_COORDINATOR, 0, &stays), LINK_BOTH_NAMED);
	assert_int_equal(who_writes(turn, "@lead:console"), PERSON_LEAD);
	assert_false(link_was_one(turn_view(turn), PERSON_LEAD, PERSON_COORDINATOR));
	link_hand_over(turn, "@lead:console", PERSON_LEAD, PERSON_COORDINATOR);
	assert_int_equal(who_writes(turn, "@lead:console"), PERSON_COORDINATOR);
	assert_false(link_is_one(turn_view(turn), PERSON_LEAD, PERSON_COORDINATOR));
	assert_true(link_was_one(turn_view(turn), PERSON_LEAD, PERSON_COORDINATOR));
}

static void link_make__leaves_to_the_config__two_of_its_names(void **state)
{
	(void)state;
	scratch_turn(&scratch, link_two_named, NULL);
}

static bool coordinates(struct turn *turn, const char *sender, int64_t person)
{
	struct actor actor = actor_of_sender(turn_view(turn), sender, person, TRUST_DIRECT);

	return actor_has(&actor, ROLE_COORDINATOR);
}

static void link_by_hand(struct turn *turn, void *context)
{
	int64_t id;

	(void)context;
	assert_int_equal(link_make(turn, PERSON_COORDINATOR, PERSON_FATIMA, PERSON_LEAD, &id), LINK_DONE);
	assert_true(coordinates(turn, "@coordinator:console", PERSON_COORDINATOR));
	assert_false(coordinates(turn, "@fatima:console", PERSON_COORDINATOR));
	assert_int_equal(link_undo(turn, PERSON_COORDINATOR, PERSON_LEAD, &id), LINK_DONE);
	assert_int_equal(link_make(turn, PERSON_COORDINATOR, PERSON_FATIMA, 0, &id), LINK_DONE);
	assert_true(coordinates(turn, "@fatima:console", PERSON_COORDINATOR));
}

static void actor_of_sender__has_no_office__by_a_link_that_somebody_made(void **state)
{
	(void)state;
	scratch_turn(&scratch, link_by_hand, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(link_undo__gives_back__all_but_the_pair_of_eyes, setup, teardown),
		cmocka_unit_test_setup_teardown(actor_of_sender__has_no_office__by_a_link_that_somebody_made, setup, teardown),
		cmocka_unit_test_setup_teardown(link_undo__gives_back__who_came_along, setup, teardown),
		cmocka_unit_test_setup_teardown(link_make__leaves_to_the_config__two_of_its_names, setup, teardown),
	};

	return cmocka_run_group_tests_name("link", tests, NULL, NULL);
}
