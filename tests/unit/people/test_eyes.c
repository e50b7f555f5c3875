/*
 * Whether anybody else could look.
 */
#include "people/eyes.h"

#include "config/config.h"
#include "people/link.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &link_statements, &eyes_statements, NULL };

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

static void look(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	const int64_t both[] = { PERSON_COORDINATOR, PERSON_LEAD };

	(void)context;
	assert_true(eyes_others(view, PERSON_FATIMA, ROLES_OF_OFFICE));
	assert_false(eyes_others(view, PERSON_COORDINATOR, ROLES_OF_OFFICE));
	assert_false(eyes_others(view, PERSON_FATIMA, 1u << ROLE_TREASURER));
	assert_true(eyes_others(view, PERSON_COORDINATOR, ROLES_OF_OFFICE | 1u << ROLE_LEAD));
	assert_false(eyes_besides(view, both, ARRAY_LEN(both), ROLES_OF_OFFICE | 1u << ROLE_LEAD));
}

static void eyes__see__who_else_holds_a_role(void **state)
{
	(void)state;
	scratch_turn(&scratch, look, NULL);
}

static void were_one(struct turn *turn, void *context)
{
	int64_t id;

	(void)context;
	assert_int_equal(link_make(turn, PERSON_COORDINATOR, PERSON_FATIMA, 0, &id), LINK_DONE);
	assert_int_equal(link_undo(turn, PERSON_COORDINATOR, 0, &id), LINK_DONE);
	assert_false(eyes_others(turn_view(turn), PERSON_FATIMA, ROLES_OF_OFFICE));
	assert_true(eyes_others(turn_view(turn), PERSON_JOHN, ROLES_OF_OFFICE));
}

static void eyes__are_not_others__when_they_were_ever_one(void **state)
{
	(void)state;
	scratch_turn(&scratch, were_one, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(eyes__see__who_else_holds_a_role, setup, teardown),
		cmocka_unit_test_setup_teardown(eyes__are_not_others__when_they_were_ever_one, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
