/*
 * Roles by decision of two, beside those of the config.
 */
#include "people/role.h"

#include "people/actor.h"
#include "people/link.h"
#include "people/people.h"
#include "people/person.h"
#include "store/timer.h"
#include "unit/house.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = {
	&neighbours_statements, &person_statements, &link_statements,  &actor_statements, &people_statements,
	&proposal_statements,   &role_statements,   &timer_statements, NULL,
};
static const struct actor treasurer = { .person = PERSON_COORDINATOR };

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

static enum role_verdict propose(struct turn *turn, int64_t person, enum role role, int64_t core, bool takes, int64_t *ret_number)
{
	const struct role_change change = { person, role, core, takes };

	return role_propose(turn, &treasurer, &change, GROUP_COORDINATORS, LANGUAGE_NL, ret_number);
}

static bool leads_kruitberg(struct turn *turn, int64_t person)
{
	struct actor actor = actor_get(turn_view(turn), person, TRUST_DIRECT);

	return actor_leads(turn_view(turn), &actor, CORE_KRUITBERG);
}

static void give_and_take(struct turn *turn, void *context)
{
	int64_t number;

	(void)context;
	assert_int_equal(propose(turn, PERSON_FATIMA, ROLE_LEAD, CORE_KRUITBERG, true, &number), ROLE_NOT_HELD);
	assert_int_equal(propose(turn, PERSON_FATIMA, ROLE_LEAD, CORE_KRUITBERG, false, &number), ROLE_PROPOSED);
	assert_int_equal(role_proposed(turn_view(turn), number).person, PERSON_FATIMA);
	assert_false(leads_kruitberg(turn, PERSON_FATIMA));
	role_carry_out(turn, number);
	assert_true(leads_kruitberg(turn, PERSON_FATIMA));
	assert_int_equal(propose(turn, PERSON_FATIMA, ROLE_LEAD, CORE_KRUITBERG, false, &number), ROLE_HELD);
	assert_int_equal(propose(turn, PERSON_FATIMA, ROLE_LEAD, CORE_KRUITBERG, true, &number), ROLE_PROPOSED);
	role_carry_out(turn, number);
	assert_false(leads_kruitberg(turn, PERSON_FATIMA));
	/* The config's own stays the config's. */
	assert_int_equal(propose(turn, PERSON_LEAD, ROLE_LEAD, CORE_KRUITBERG, true, &number), ROLE_OF_CONFIG);
}

static void role__is_given_and_taken__by_decision(void **state)
{
	(void)state;
	scratch_turn(&scratch, give_and_take, NULL);
}

static void give_to_two_in_one(struct turn *turn, void *context)
{
	int64_t number, stays, other;

	(void)context;
	assert_int_equal(link_make(turn, PERSON_FATIMA, PERSON_JOHN, PERSON_COORDINATOR, &stays), LINK_DONE);
	assert_int_equal(propose(turn, stays, ROLE_LEAD, CORE_KRUITBERG, false, &number), ROLE_PROPOSED);
	role_carry_out(turn, number);
	assert_true(leads_kruitberg(turn, stays));
	assert_int_equal(link_undo(turn, stays, PERSON_COORDINATOR, &other), LINK_DONE);
	assert_true(leads_kruitberg(turn, stays));
	assert_false(leads_kruitberg(turn, other));
}

static void role__goes_not_along__when_a_link_was_a_mistake(void **state)
{
	(void)state;
	scratch_turn(&scratch, give_to_two_in_one, NULL);
}

static void start_anew(struct turn *turn, void *context)
{
	const struct config nothing = { .arena = NULL };
	struct actor coordinator;
	int64_t number;

	(void)context;
	assert_int_equal(propose(turn, PERSON_FATIMA, ROLE_TREASURER, 0, false, &number), ROLE_PROPOSED);
	role_carry_out(turn, number);
	people_import(turn, &nothing);
	coordinator = actor_get(turn_view(turn), PERSON_COORDINATOR, TRUST_DIRECT);
	assert_false(actor_has(&coordinator, ROLE_COORDINATOR));
	assert_true(actor_get(turn_view(turn), PERSON_FATIMA, TRUST_DIRECT).roles & 1u << ROLE_TREASURER);
}

static void role__outlives__a_start_when_it_was_decided(void **state)
{
	(void)state;
	scratch_turn(&scratch, start_anew, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(role__is_given_and_taken__by_decision, setup, teardown),
		cmocka_unit_test_setup_teardown(role__goes_not_along__when_a_link_was_a_mistake, setup, teardown),
		cmocka_unit_test_setup_teardown(role__outlives__a_start_when_it_was_decided, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
