/*
 * Being forgotten, and what must not be.
 */
#include "people/forget.h"

#include "people/link.h"
#include "people/person.h"
#include "people/quiet.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &link_statements, &person_statements, &quiet_statements, &forget_statements, NULL };

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

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(forget_person__makes__a_stranger, setup, teardown),
		cmocka_unit_test_setup_teardown(forget_person__keeps__what_four_eyes_need, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
