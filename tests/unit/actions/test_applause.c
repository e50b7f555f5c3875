#include "actions/applause.h"

#include "base/clock.h"
#include "people/link.h"
#include "people/who.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &link_statements, &who_statements, &applause_statements, NULL };
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

/* The lead claps in Kruitberg. */
static struct applause_draft clap(const char *event, int64_t person, const char *why)
{
	return (struct applause_draft){ .giver = PERSON_LEAD, .person = person, .called = "", .why = why, .group = GROUP_KRUITBERG,
					.core = CORE_KRUITBERG, .event = event };
}

static void gives(struct turn *turn, void *context)
{
	struct applause_draft draft = clap("$a", PERSON_FATIMA, "voor de soep");
	struct applause applause;
	size_t len;

	(void)context;
	assert_int_equal(applause_give(turn, &draft, &applause), APPLAUSE_GIVEN);
	assert_false(applause.own_only);
	/* The same message, edited. */
	draft.why = "voor de soep van John";
	assert_int_equal(applause_give(turn, &draft, &applause), APPLAUSE_GIVEN);
	assert_true(applause.own_only);
	(void)applause_list(turn_view(turn), GROUP_KRUITBERG, 0, 5, &len);
	assert_int_equal(len, 1);
	draft = clap("$b", PERSON_LEAD, "");
	assert_int_equal(applause_give(turn, &draft, &applause), APPLAUSE_FOR_ONESELF);
	draft.person = 0;
	assert_int_equal(applause_give(turn, &draft, &applause), APPLAUSE_EMPTY);
	draft.called = "de keukenploeg";
	assert_int_equal(applause_give(turn, &draft, &applause), APPLAUSE_GIVEN);
	assert_string_equal(applause.called, "de keukenploeg");
	applause_drop(turn, applause.id);
	assert_false(applause_find_by_source(turn_view(turn), "$b", &applause));
}

static void applause_give__is_for__others(void **state)
{
	(void)state;
	scratch_turn(&scratch, gives, NULL);
}

static void stays_quiet(struct turn *turn, void *context)
{
	struct applause_draft draft = clap("$a", PERSON_FATIMA, "voor de soep");
	struct applause applause;
	int64_t stays;
	size_t len;

	(void)context;
	assert_int_equal(applause_give(turn, &draft, &applause), APPLAUSE_GIVEN);
	assert_true(applause_set_quiet(turn, PERSON_FATIMA, true));
	assert_false(applause_set_quiet(turn, PERSON_FATIMA, true));
	/* What was given before, too. */
	assert_true(applause_list(turn_view(turn), GROUP_KRUITBERG, 0, 5, &len)[0].quiet);
	draft.event = "$b";
	assert_int_equal(applause_give(turn, &draft, &applause), APPLAUSE_GIVEN_QUIETLY);
	/* And for whom he turns out to be. */
	assert_int_equal(link_make(turn, PERSON_COORDINATOR, PERSON_FATIMA, 0, &stays), LINK_DONE);
	assert_int_equal(stays, PERSON_COORDINATOR);
	draft = clap("$c", PERSON_COORDINATOR, "");
	assert_int_equal(applause_give(turn, &draft, &applause), APPLAUSE_GIVEN_QUIETLY);
	assert_true(applause_set_quiet(turn, PERSON_COORDINATOR, false));
	assert_int_equal(applause_give(turn, &draft, &applause), APPLAUSE_GIVEN);
}

static void applause_set_quiet__holds__for_all_he_is(void **state)
{
	(void)state;
	scratch_turn(&scratch, stays_quiet, NULL);
}

static void lists_elsewhere(struct turn *turn, void *context)
{
	struct applause_draft draft = clap("$a", PERSON_FATIMA, "voor de soep");
	struct applause applause, *list;
	size_t len;

	(void)context;
	assert_int_equal(applause_give(turn, &draft, &applause), APPLAUSE_GIVEN);
	draft.event = "$b";
	draft.why = "voor de thee";
	assert_int_equal(applause_give(turn, &draft, &applause), APPLAUSE_GIVEN);
	(void)applause_list_elsewhere(turn_view(turn), CORE_KRUITBERG, 0, 5, &len);
	assert_int_equal(len, 0);
	list = applause_list_elsewhere(turn_view(turn), CORE_KLEIBURG, 0, 5, &len);
	assert_int_equal(len, 2);
	assert_string_equal(list[0].why, "voor de thee");
	(void)applause_list_elsewhere(turn_view(turn), CORE_KLEIBURG, SCRATCH_NOW_MS, 5, &len);
	assert_int_equal(len, 0);
}

static void applause_list_elsewhere__leaves_out__the_own_core(void **state)
{
	(void)state;
	scratch_turn(&scratch, lists_elsewhere, NULL);
}

static int64_t give_now(struct turn *turn, const struct applause_draft *draft)
{
	struct applause applause;

	assert_int_equal(applause_give(turn, draft, &applause), APPLAUSE_GIVEN);
	return applause.id;
}

static void give_twins(struct turn *turn, void *context)
{
	struct applause_draft draft = clap("$a", PERSON_FATIMA, "voor de soep");
	struct view *view = turn_view(turn);

	(void)context;
	assert_false(applause_has_twin(view, give_now(turn, &draft)));
	draft = clap("$b", PERSON_FATIMA, "voor de taart");
	assert_false(applause_has_twin(view, give_now(turn, &draft)));
	draft = clap("$c", PERSON_FATIMA, "voor de soep");
	draft.giver = PERSON_JOHN;
	assert_false(applause_has_twin(view, give_now(turn, &draft)));
	draft = clap("$d", PERSON_FATIMA, "voor de soep");
	assert_true(applause_has_twin(view, give_now(turn, &draft)));
}

static void give_later(struct turn *turn, void *context)
{
	struct applause_draft draft = clap("$e", PERSON_FATIMA, "voor de soep");

	(void)context;
	assert_false(applause_has_twin(turn_view(turn), give_now(turn, &draft)));
}

static void applause_has_twin__finds__a_double_tap(void **state)
{
	(void)state;
	scratch_turn(&scratch, give_twins, NULL);
	scratch.now_ms += 10 * MS_PER_MINUTE + 1;
	scratch_turn(&scratch, give_later, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(applause_give__is_for__others, setup, teardown),
		cmocka_unit_test_setup_teardown(applause_set_quiet__holds__for_all_he_is, setup, teardown),
		cmocka_unit_test_setup_teardown(applause_list_elsewhere__leaves_out__the_own_core, setup, teardown),
		cmocka_unit_test_setup_teardown(applause_has_twin__finds__a_double_tap, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
