#include "actions/action.h"

#include "base/clock.h"
#include "people/link.h"
#include "people/quiet.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &link_statements, &quiet_statements, &action_statements, NULL };
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

static struct action_draft draft_of(const char *event, const char *text)
{
	return (struct action_draft){ .author = PERSON_FATIMA, .group = GROUP_KRUITBERG, .core = CORE_KRUITBERG, .event = event,
				      .said_at_ms = SCRATCH_NOW_MS, .text = text };
}

/* Fatima notes it in Kruitberg. */
static struct action note(struct turn *turn, const char *event, const char *text, const char *due)
{
	struct action_draft draft = draft_of(event, text);
	struct action action;

	draft.due = due;
	assert_int_equal(action_add(turn, &draft, &action), ACTION_ADDED);
	return action;
}

static const struct action_hand lead = { PERSON_LEAD, GROUP_KRUITBERG, "$hand" };
static const struct action_hand fatima = { PERSON_FATIMA, GROUP_KRUITBERG, "$other" };
static const struct action_hand stranger = { PERSON_JOHN, GROUP_KLEIBURG, "$away" };

static void adds(struct turn *turn, void *context)
{
	struct action_draft draft = draft_of("$b", "");
	struct action action, found;
	char text[ACTION_TEXT_MAX + 2];

	(void)context;
	action = note(turn, "$a", "flyers", "2022-06-17");
	assert_true(action_find_by_source(turn_view(turn), "$a", &found));
	assert_int_equal(found.id, action.id);
	assert_int_equal(found.state, ACTION_STATE_OPEN);
	assert_string_equal(found.due, "2022-06-17");
	assert_int_equal(action_add(turn, &draft, &found), ACTION_ADD_EMPTY);
	memset(text, 'x', sizeof text);
	text[sizeof text - 1] = '\0';
	draft.text = text;
	assert_int_equal(action_add(turn, &draft, &found), ACTION_ADD_TOO_LONG);
	draft.text = "soep";
	draft.taker = PERSON_JOHN;
	assert_int_equal(action_add_extra(turn, &draft, &found), ACTION_ADDED);
	assert_int_equal(found.state, ACTION_STATE_EXTRA);
	assert_int_equal(found.taker, 0);
}

static void action_add__gives__a_number(void **state)
{
	(void)state;
	scratch_turn(&scratch, adds, NULL);
}

static void takes(struct turn *turn, void *context)
{
	struct action action;
	int64_t id = note(turn, "$a", "flyers", NULL).id;

	(void)context;
	assert_int_equal(action_take(turn, &stranger, id, &action), ACTION_ELSEWHERE);
	assert_int_equal(action_take(turn, &lead, 99, &action), ACTION_UNKNOWN);
	assert_int_equal(action_take(turn, &lead, id, &action), ACTION_CHANGED);
	assert_int_equal(action.taker, PERSON_LEAD);
	assert_int_equal(action_take(turn, &lead, id, &action), ACTION_SAME);
	assert_int_equal(action_take(turn, &fatima, id, &action), ACTION_TAKEN);
	assert_int_equal(action_settle(turn, &lead, id, ACTION_STATE_DONE, NULL, &action), ACTION_CHANGED);
	assert_int_equal(action_take(turn, &fatima, id, &action), ACTION_SETTLED);
	assert_true(action_drop(turn, id));
	assert_int_equal(action_take(turn, &fatima, id, &action), ACTION_DROPPED);
}

static void action_take__is_for__one_of_its_group(void **state)
{
	(void)state;
	scratch_turn(&scratch, takes, NULL);
}

static void settles(struct turn *turn, void *context)
{
	struct action action;
	int64_t id = note(turn, "$a", "flyers", NULL).id;

	(void)context;
	assert_int_equal(action_settle(turn, &stranger, id, ACTION_STATE_DONE, NULL, &action), ACTION_ELSEWHERE);
	assert_int_equal(action_settle(turn, &lead, id, ACTION_STATE_NOT_DONE, NULL, &action), ACTION_CHANGED);
	assert_null(action.reason);
	assert_int_equal(action_settle(turn, &lead, id, ACTION_STATE_NOT_DONE, NULL, &action), ACTION_SAME);
	assert_int_equal(action_settle(turn, &lead, id, ACTION_STATE_NOT_DONE, "animo", &action), ACTION_CHANGED);
	assert_string_equal(action.reason, "animo");
	assert_int_equal(action_settle(turn, &fatima, id, ACTION_STATE_DONE, NULL, &action), ACTION_CHANGED);
	assert_null(action.reason);
	assert_int_equal(action_settle(turn, &fatima, id, ACTION_STATE_DONE, NULL, &action), ACTION_SAME);
	/* Only who said so takes it back, by that very message. */
	assert_false(action_unsettle(turn, "$other", PERSON_LEAD, &action));
	assert_false(action_unsettle(turn, "$hand", PERSON_LEAD, &action));
	assert_true(action_unsettle(turn, "$other", PERSON_FATIMA, &action));
	assert_int_equal(action.state, ACTION_STATE_OPEN);
	assert_int_equal(action.settled_at_ms, 0);
}

static void action_settle__can_be__mended(void **state)
{
	(void)state;
	scratch_turn(&scratch, settles, NULL);
}

static void explains_later(struct turn *turn, void *context)
{
	const struct action_hand reply = { PERSON_LEAD, GROUP_KRUITBERG, NULL };
	struct action action;
	int64_t id = note(turn, "$a", "flyers", NULL).id;

	(void)context;
	assert_int_equal(action_settle(turn, &lead, id, ACTION_STATE_NOT_DONE, NULL, &action), ACTION_CHANGED);
	assert_int_equal(action_settle(turn, &reply, id, ACTION_STATE_NOT_DONE, "animo", &action), ACTION_CHANGED);
	assert_true(action_unsettle(turn, "$hand", PERSON_LEAD, &action));
}

static void action_settle__keeps__its_message_when_the_reason_comes_later(void **state)
{
	(void)state;
	scratch_turn(&scratch, explains_later, NULL);
}

static void edits(struct turn *turn, void *context)
{
	struct action_draft draft = draft_of("$a", "flyers drukken");
	struct action action;
	size_t len;
	int64_t id = note(turn, "$a", "flyers", "2022-06-15").id;

	(void)context;
	assert_int_equal(action_take(turn, &lead, id, &action), ACTION_CHANGED);
	action_reminded(turn, id, ACTION_REMINDER_EVE);
	(void)action_list_eve(turn_view(turn), GROUP_KRUITBERG, "2022-06-15", 5, &len);
	assert_int_equal(len, 0);
	draft.due = "2022-06-16";
	assert_int_equal(action_edit(turn, id, &draft, &action), ACTION_CHANGED);
	assert_int_equal(action.taker, PERSON_LEAD);
	assert_int_equal(action_edit(turn, id, &draft, &action), ACTION_SAME);
	/* Another day: reminded anew. */
	(void)action_list_eve(turn_view(turn), GROUP_KRUITBERG, "2022-06-16", 5, &len);
	assert_int_equal(len, 1);
	draft.taker = PERSON_JOHN;
	assert_int_equal(action_edit(turn, id, &draft, &action), ACTION_CHANGED);
	assert_int_equal(action.taker, PERSON_JOHN);
	assert_true(action_drop(turn, id));
	assert_false(action_drop(turn, id));
	assert_int_equal(action_edit(turn, id, &draft, &action), ACTION_DROPPED);
}

static void action_edit__keeps__who_took_it(void **state)
{
	(void)state;
	scratch_turn(&scratch, edits, NULL);
}

static void lists(struct turn *turn, void *context)
{
	struct action_draft away = draft_of("$z", "notulen");
	struct view *view = turn_view(turn);
	struct action *list, action;
	size_t len;

	(void)context;
	note(turn, "$a", "ooit", NULL);
	note(turn, "$b", "later", "2022-07-01");
	note(turn, "$c", "eerst", "2022-06-15");
	away.group = GROUP_COORDINATORS;
	away.core = 0;
	assert_int_equal(action_add(turn, &away, &action), ACTION_ADDED);
	list = action_list_open(view, CORE_KRUITBERG, 5, &len);
	assert_int_equal(len, 3);
	assert_string_equal(list[0].text, "eerst");
	assert_string_equal(list[1].text, "later");
	assert_string_equal(list[2].text, "ooit");
	(void)action_list_open(view, CORE_KRUITBERG, 2, &len);
	assert_int_equal(len, 2);
	list = action_list_open(view, 0, 5, &len);
	assert_int_equal(len, 1);
	assert_string_equal(list[0].text, "notulen");
	assert_int_equal(action_settle(turn, &lead, 1, ACTION_STATE_DONE, NULL, &action), ACTION_CHANGED);
	(void)action_list_open_of_group(view, GROUP_KRUITBERG, 5, &len);
	assert_int_equal(len, 2);
	(void)action_list_settled(view, GROUP_KRUITBERG, SCRATCH_NOW_MS - 1, 5, &len);
	assert_int_equal(len, 1);
	(void)action_list_settled(view, GROUP_KRUITBERG, SCRATCH_NOW_MS, 5, &len);
	assert_int_equal(len, 0);
}

static void action_list__gives__the_soonest_first(void **state)
{
	(void)state;
	scratch_turn(&scratch, lists, NULL);
}

static void reminds(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	struct action action;
	size_t len;

	(void)context;
	note(turn, "$a", "flyers", "2022-06-15");
	(void)action_list_eve(view, GROUP_KRUITBERG, "2022-06-15", 5, &len);
	assert_int_equal(len, 0); /* nobody took it */
	assert_int_equal(action_take(turn, &lead, 1, &action), ACTION_CHANGED);
	(void)action_list_eve(view, GROUP_KRUITBERG, "2022-06-15", 5, &len);
	assert_int_equal(len, 1);
	action_reminded(turn, 1, ACTION_REMINDER_EVE);
	(void)action_list_eve(view, GROUP_KRUITBERG, "2022-06-15", 5, &len);
	assert_int_equal(len, 0);
	/* The post of the 16th stands in for the 15th. */
	(void)action_list_day(view, GROUP_KRUITBERG, "2022-06-16", "2022-06-16", 5, &len);
	assert_int_equal(len, 0);
	(void)action_list_day(view, GROUP_KRUITBERG, "2022-06-15", "2022-06-16", 5, &len);
	assert_int_equal(len, 1);
	action_reminded(turn, 1, ACTION_REMINDER_DAY);
	(void)action_list_day(view, GROUP_KRUITBERG, "2022-06-15", "2022-06-16", 5, &len);
	assert_int_equal(len, 0);
}

static void action_list_due__gives__each_once(void **state)
{
	(void)state;
	scratch_turn(&scratch, reminds, NULL);
}

enum { LIMIT = 3 };

static void count_due(struct turn *turn, void *context)
{
	size_t *lens = context;

	(void)action_list_eve(turn_view(turn), GROUP_KRUITBERG, "2022-06-15", LIMIT, &lens[0]);
	(void)action_list_day(turn_view(turn), GROUP_KRUITBERG, "2022-06-14", "2022-06-15", LIMIT, &lens[1]);
}

static void take_both_and_rest(struct turn *turn, void *context)
{
	struct action action;
	int64_t stays;

	(void)context;
	note(turn, "$a", "flyers", "2022-06-15");
	note(turn, "$b", "soep", "2022-06-15");
	assert_int_equal(action_take(turn, &(struct action_hand){ PERSON_JOHN, GROUP_KRUITBERG, "$c" }, 1, &action), ACTION_CHANGED);
	assert_int_equal(action_take(turn, &lead, 2, &action), ACTION_CHANGED);
	/* Also by the other of his two accounts. */
	assert_int_equal(link_make(turn, PERSON_LEAD, PERSON_JOHN, 0, &stays), LINK_DONE);
	quiet_set_person(turn, stays, turn_now_ms(turn) + MS_PER_DAY);
}

static void add_one_of_fatima(struct turn *turn, void *context)
{
	struct action action;

	(void)context;
	note(turn, "$d", "hal vegen", "2022-06-15");
	assert_int_equal(action_take(turn, &fatima, 3, &action), ACTION_CHANGED);
}

static void action_list_due__leaves_alone__who_is_quiet(void **state)
{
	size_t lens[2];

	(void)state;
	scratch_turn(&scratch, take_both_and_rest, NULL);
	scratch_turn(&scratch, count_due, lens);
	assert_int_equal(lens[0] + lens[1], 0);
	scratch_turn(&scratch, add_one_of_fatima, NULL);
	scratch_turn(&scratch, count_due, lens);
	assert_int_equal(lens[0], 1);
	assert_int_equal(lens[1], 1);
	scratch.now_ms += MS_PER_DAY;
	scratch_turn(&scratch, count_due, lens);
	assert_int_equal(lens[0], 3);
	assert_int_equal(lens[1], 3);
}

static void add_twins(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	struct action_draft draft = draft_of("$other", "flyers");
	struct action action, twin;

	(void)context;
	note(turn, "$a", "flyers", NULL);
	assert_false(action_find_twin(view, 1, &twin));
	draft.author = PERSON_JOHN;
	assert_int_equal(action_add(turn, &draft, &action), ACTION_ADDED);
	assert_false(action_find_twin(view, action.id, &twin));
	draft = draft_of("$elsewhere", "flyers");
	draft.group = GROUP_KLEIBURG;
	assert_int_equal(action_add(turn, &draft, &action), ACTION_ADDED);
	assert_false(action_find_twin(view, action.id, &twin));
	assert_false(action_find_twin(view, note(turn, "$b", "flyers", "2022-06-17").id, &twin));
	draft = draft_of("$later", "flyers");
	draft.said_at_ms += 10 * MS_PER_MINUTE + 1;
	assert_int_equal(action_add(turn, &draft, &action), ACTION_ADDED);
	assert_false(action_find_twin(view, action.id, &twin));
	action = note(turn, "$c", "flyers", NULL);
	assert_true(action_find_twin(view, action.id, &twin));
	assert_int_equal(twin.id, 1);
	/* Which is the case no more once the first is done. */
	assert_int_equal(action_settle(turn, &lead, 1, ACTION_STATE_DONE, NULL, &twin), ACTION_CHANGED);
	assert_false(action_find_twin(view, action.id, &twin));
}

static void action_find_twin__finds__a_double_tap(void **state)
{
	(void)state;
	scratch_turn(&scratch, add_twins, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(action_add__gives__a_number, setup, teardown),
		cmocka_unit_test_setup_teardown(action_take__is_for__one_of_its_group, setup, teardown),
		cmocka_unit_test_setup_teardown(action_settle__can_be__mended, setup, teardown),
		cmocka_unit_test_setup_teardown(action_settle__keeps__its_message_when_the_reason_comes_later, setup, teardown),
		cmocka_unit_test_setup_teardown(action_edit__keeps__who_took_it, setup, teardown),
		cmocka_unit_test_setup_teardown(action_list__gives__the_soonest_first, setup, teardown),
		cmocka_unit_test_setup_teardown(action_list_due__gives__each_once, setup, teardown),
		cmocka_unit_test_setup_teardown(action_list_due__leaves_alone__who_is_quiet, setup, teardown),
		cmocka_unit_test_setup_teardown(action_find_twin__finds__a_double_tap, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
