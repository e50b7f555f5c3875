/*
 * What waits for a second person: who may not be that, and what becomes of it when nobody is.
 */
#include "people/proposal.h"

#include "people/eyes.h"
#include "people/link.h"
#include "store/timer.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &link_statements, &eyes_statements, &proposal_statements, &timer_statements, NULL };
static const struct actor lead = { .person = PERSON_LEAD }, fatima = { .person = PERSON_FATIMA }, coordinator = { .person = PERSON_COORDINATOR };

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

static void propose(struct turn *turn, void *context)
{
	int64_t *number = context;

	*number = proposal_add(turn, &lead, PROPOSAL_MOVE, GROUP_KRUITBERG, LANGUAGE_NL);
}

static void agree(struct turn *turn, void *context)
{
	const int64_t *number = context;
	struct proposal proposal;
	int64_t due_at_ms;

	assert_int_equal(proposal_agree(turn, &lead, *number, &proposal), PROPOSAL_OWN);
	assert_int_equal(proposal_agree(turn, &coordinator, *number + 1, &proposal), PROPOSAL_UNKNOWN);
	assert_true(timer_find(turn_view(turn), PROPOSAL_TIMER, "1", &due_at_ms));
	assert_int_equal(proposal_agree(turn, &coordinator, *number, &proposal), PROPOSAL_DONE);
	assert_int_equal(proposal.agreed_by, PERSON_COORDINATOR);
	assert_false(timer_find(turn_view(turn), PROPOSAL_TIMER, "1", &due_at_ms));
	assert_int_equal(proposal_agree(turn, &fatima, *number, &proposal), PROPOSAL_SETTLED);
	assert_int_equal(proposal.state, PROPOSAL_AGREED);
}

static void proposal_agree__takes__another_person(void **state)
{
	int64_t number;

	(void)state;
	scratch_turn(&scratch, propose, &number);
	scratch_turn(&scratch, agree, &number);
}

/* She was once taken for the lead, which proved wrong: still not a second pair of eyes. */
static void agree_as_once_linked(struct turn *turn, void *context)
{
	const int64_t *number = context;
	struct proposal proposal;
	int64_t stays, other;

	assert_int_equal(link_make(turn, PERSON_LEAD, PERSON_FATIMA, PERSON_COORDINATOR, &stays), LINK_DONE);
	assert_int_equal(link_undo(turn, PERSON_LEAD, PERSON_COORDINATOR, &other), LINK_DONE);
	assert_int_equal(proposal_agree(turn, &fatima, *number, &proposal), PROPOSAL_OWN);
	assert_int_equal(proposal_withdraw(turn, &fatima, *number, &proposal), PROPOSAL_NOT_OWN);
	assert_int_equal(proposal_withdraw(turn, &lead, *number, &proposal), PROPOSAL_DONE);
	assert_int_equal(proposal_agree(turn, &coordinator, *number, &proposal), PROPOSAL_SETTLED);
}

static void proposal_agree__refuses__who_was_ever_the_same(void **state)
{
	int64_t number;

	(void)state;
	scratch_turn(&scratch, propose, &number);
	scratch_turn(&scratch, agree_as_once_linked, &number);
}

static void agree_too_late(struct turn *turn, void *context)
{
	const int64_t *number = context;
	struct proposal proposal;
	size_t len;

	(void)proposal_list_open(turn_view(turn), &len);
	assert_int_equal(len, 1);
	assert_int_equal(proposal_agree(turn, &coordinator, *number, &proposal), PROPOSAL_SETTLED);
	assert_int_equal(proposal.state, PROPOSAL_EXPIRED);
	/* Its timer still tells who should hear. */
	assert_true(proposal_expire(turn, *number, &proposal));
	(void)proposal_list_open(turn_view(turn), &len);
	assert_int_equal(len, 0);
}

static void proposal_agree__refuses__after_its_time(void **state)
{
	int64_t number;

	(void)state;
	scratch_turn(&scratch, propose, &number);
	scratch.now_ms += PROPOSAL_OPEN_MS;
	scratch_turn(&scratch, agree_too_late, &number);
}

static void agree_alone(struct turn *turn, void *context)
{
	const unsigned roles = 1u << ROLE_LEAD | 1u << ROLE_COORDINATOR;
	const int64_t *number = context;
	struct proposal proposal;

	assert_int_equal(proposal_agree_alone(turn, &coordinator, *number, 0, roles, &proposal), PROPOSAL_NOT_OWN);
	assert_int_equal(proposal_agree_alone(turn, &lead, *number, 0, roles, &proposal), PROPOSAL_NOT_ALONE);
	assert_int_equal(proposal_agree_alone(turn, &lead, *number, PERSON_LEAD, roles, &proposal), PROPOSAL_OWN);
	/* Nobody else has a role that counts; and where one has, it is about him. */
	assert_int_equal(proposal_agree_alone(turn, &lead, *number, PERSON_COORDINATOR, roles, &proposal), PROPOSAL_DONE);
	assert_int_equal(proposal.agreed_by, PERSON_LEAD);
}

static void proposal_agree_alone__is_for__when_nobody_else_could(void **state)
{
	int64_t number;

	(void)state;
	scratch_turn(&scratch, propose, &number);
	scratch_turn(&scratch, agree_alone, &number);
}

static void take_expired(struct turn *turn, void *context)
{
	struct proposal proposal;
	size_t len;

	(void)context;
	assert_true(proposal_expire(turn, 1, &proposal));
	assert_false(proposal_expire(turn, 1, &proposal));
	(void)proposal_take_expired(turn, GROUP_KLEIBURG, &len);
	assert_int_equal(len, 0);
	assert_int_equal(proposal_take_expired(turn, GROUP_KRUITBERG, &len)->number, 1);
	assert_int_equal(len, 1);
	(void)proposal_take_expired(turn, GROUP_KRUITBERG, &len);
	assert_int_equal(len, 0);
}

static void proposal_take_expired__tells__each_once(void **state)
{
	int64_t number;

	(void)state;
	scratch_turn(&scratch, propose, &number);
	scratch_turn(&scratch, take_expired, NULL);
}

static void note_told(struct turn *turn, void *context)
{
	struct proposal proposal;
	size_t len;

	(void)context;
	proposal_note_told(turn, 1);
	assert_true(proposal_expire(turn, 1, &proposal));
	(void)proposal_take_expired(turn, GROUP_KRUITBERG, &len);
	assert_int_equal(len, 0);
}

static void proposal_take_expired__passes_over__what_an_answer_told(void **state)
{
	int64_t number;

	(void)state;
	scratch_turn(&scratch, propose, &number);
	scratch_turn(&scratch, note_told, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(proposal_agree__takes__another_person, setup, teardown),
		cmocka_unit_test_setup_teardown(proposal_agree_alone__is_for__when_nobody_else_could, setup, teardown),
		cmocka_unit_test_setup_teardown(proposal_take_expired__tells__each_once, setup, teardown),
		cmocka_unit_test_setup_teardown(proposal_take_expired__passes_over__what_an_answer_told, setup, teardown),
		cmocka_unit_test_setup_teardown(proposal_agree__refuses__who_was_ever_the_same, setup, teardown),
		cmocka_unit_test_setup_teardown(proposal_agree__refuses__after_its_time, setup, teardown),
	};

	return cmocka_run_group_tests_name("proposal", tests, NULL, NULL);
}
