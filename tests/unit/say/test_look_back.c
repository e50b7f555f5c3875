#include "say/look_back.h"

#include "actions/action.h"
#include "actions/applause.h"
#include "actions/told.h"
#include "base/str.h"
#include "people/link.h"
#include "people/person.h"
#include "people/who.h"
#include "say/action_day.h"
#include "say/applause_day.h"
#include "unit/house.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &group_statements,       &person_statements,   &link_statements,
						  &who_statements,        &action_statements,      &action_told_statements, &applause_statements, NULL };
static struct scratch scratch;
static struct test_house home;

static int setup(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	test_house_open(&home);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	test_house_close(&home);
	scratch_close(&scratch);
	return 0;
}



static struct day_mentions mentions;

static const char *compose(struct turn *turn, const char *(*section)(const struct house *house, struct turn *turn, const struct day_post *post), int64_t group, struct wall date)
{
	struct group to = group_get(turn_view(turn), group);

	mentions = (struct day_mentions){ .len = 0 };
	return section(&home.house, turn, &(struct day_post){ .group = &to, .since = date, .date = date, .mentions = &mentions });
}

static const struct wall first = { .year = 2022, .month = 7, .day = 1 }, second = { .year = 2022, .month = 7, .day = 2 };

static const struct action_hand fatima = { PERSON_FATIMA, GROUP_KRUITBERG, "$hand" };

static struct action note(struct turn *turn, const char *event, const char *text, const char *due)
{
	const struct action_draft draft = { .author = PERSON_FATIMA, .group = GROUP_KRUITBERG, .core = CORE_KRUITBERG, .event = event,
					    .said_at_ms = SCRATCH_NOW_MS, .text = text, .taker = PERSON_LEAD, .due = due };
	struct action action;

	assert_int_equal(action_add(turn, &draft, &action), ACTION_ADDED);
	return action;
}

static void looks_back(struct turn *turn, void *context)
{
	struct action action;

	(void)context;
	note(turn, "$a", "flyers", NULL);
	note(turn, "$b", "zomerfeest", "2022-07-09");
	/* Only what is open: no reason to speak. */
	assert_null(compose(turn, look_back_compose, GROUP_KRUITBERG, first));
	assert_int_equal(action_settle(turn, &fatima, 1, ACTION_STATE_NOT_DONE, "te weinig animo", &action), ACTION_CHANGED);
	note(turn, "$c", "hal vegen", NULL);
	assert_null(compose(turn, look_back_compose, GROUP_KRUITBERG, second));
	assert_null(compose(turn, look_back_compose, GROUP_KLEIBURG, first));
	assert_string_equal(compose(turn, look_back_compose, GROUP_KRUITBERG, first),
			    "Kruitberg kijkt terug, vanaf 14 mei.\nGedaan:\n- niets deze keer\n"
			    "Niet gedaan, of nog niet:\n- flyers: te weinig animo\n- hal vegen: nog open\n"
			    "Extra gedaan:\n- niets deze keer");
	/* Told once. */
	assert_null(compose(turn, look_back_compose, GROUP_KRUITBERG, first));
}

static void look_back__comes_by_itself__when_something_was_settled(void **state)
{
	(void)state;
	scratch_turn(&scratch, looks_back, NULL);
}

static void looks_back_long(struct turn *turn, void *context)
{
	struct group group = group_get(turn_view(turn), GROUP_KRUITBERG);
	const struct reader reader = { &home.house, turn_view(turn), &group, LANGUAGE_NL };
	const char *events[] = { "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9" };
	struct action action;
	const char *text;

	(void)context;
	for (size_t i = 0; i < ARRAY_LEN(events); i++) {
		action = note(turn, events[i], "alle ramen van het trappenhuis wassen en daarna de vloer nog dweilen", NULL);
		if (i % 2)
			assert_int_equal(action_settle(turn, &fatima, action.id, ACTION_STATE_NOT_DONE, "er kwam bijna niemand opdagen en het regende ook nog", &action),
					 ACTION_CHANGED);
	}
	text = look_back_words(&reader);
	assert_true(utf8_count(text, strlen(text)) <= 600);
	assert_non_null(strstr(text, "- en nog meer"));
	assert_non_null(strstr(text, "Extra gedaan:"));
}

static void look_back__fits__on_a_phone(void **state)
{
	(void)state;
	scratch_turn(&scratch, looks_back_long, NULL);
}

static void reminds(struct turn *turn, void *context)
{
	(void)context;
	note(turn, "$a", "flyers", "2022-07-02");
	note(turn, "$b", "ooit", NULL);
	assert_string_equal(compose(turn, action_day_compose, GROUP_KRUITBERG, first), "Lead, morgen: flyers. Klaar? Typ !gedaan 1");
	assert_int_equal(mentions.len, 1);
	assert_string_equal(mentions.senders[0], "@lead:console");
	assert_null(compose(turn, action_day_compose, GROUP_KRUITBERG, first));
	assert_string_equal(compose(turn, action_day_compose, GROUP_KRUITBERG, second), "Lead, vandaag: flyers. Klaar? Typ !gedaan 1");
	assert_null(compose(turn, action_day_compose, GROUP_KRUITBERG, second));
}

static void action_day__reminds__who_took_it_by_mention(void **state)
{
	(void)state;
	scratch_turn(&scratch, reminds, NULL);
}

static void give(struct turn *turn, const char *event, int64_t person, const char *called, const char *why, bool own_only)
{
	const struct applause_draft draft = { .giver = PERSON_LEAD, .person = person, .called = called, .why = why, .own_only = own_only,
					      .group = GROUP_KRUITBERG, .core = CORE_KRUITBERG, .event = event };
	struct applause applause;

	assert_true(applause_give(turn, &draft, &applause) <= APPLAUSE_GIVEN_QUIETLY);
}

static void claps(struct turn *turn, void *context)
{
	(void)context;
	assert_null(compose(turn, applause_day_compose, GROUP_KLEIBURG, first));
	give(turn, "$a", PERSON_FATIMA, "", "voor de soep", false);
	give(turn, "$b", PERSON_FATIMA, "", "voor de thee", false);
	give(turn, "$c", PERSON_FATIMA, "", "voor de soep", false);
	give(turn, "$d", 0, "de keukenploeg", "", false);
	assert_true(applause_set_quiet(turn, PERSON_JOHN, true));
	give(turn, "$e", PERSON_JOHN, "", "voor de tuin van Fatima", false);
	assert_null(compose(turn, applause_day_compose, GROUP_KRUITBERG, second));
	assert_string_equal(compose(turn, applause_day_compose, GROUP_KRUITBERG, first),
			    "👏 Applaus van de afgelopen maand, dank jullie wel:\n- Fatima, voor de soep; voor de thee\n- de keukenploeg\n"
			    "- een buur, voor de tuin van Fatima");
	assert_null(compose(turn, applause_day_compose, GROUP_KRUITBERG, first));
	assert_null(compose(turn, applause_day_compose_neighbourhood, GROUP_KRUITBERG, first));
	/* Elsewhere without names. */
	assert_string_equal(compose(turn, applause_day_compose_neighbourhood, GROUP_KLEIBURG, first),
			    "👏 Applause in the rest of the neighbourhood:\n- In Kruitberg there was applause voor de soep");
	assert_null(compose(turn, applause_day_compose_neighbourhood, GROUP_KLEIBURG, first));
}

static void applause_day__names_nobody__in_other_groups(void **state)
{
	(void)state;
	scratch_turn(&scratch, claps, NULL);
}

static void claps_in_private_words(struct turn *turn, void *context)
{
	(void)context;
	give(turn, "$a", PERSON_FATIMA, "", "voor de soep van John", false);
	give(turn, "$b", PERSON_FATIMA, "", "jij bent top", true);
	assert_string_equal(compose(turn, applause_day_compose_neighbourhood, GROUP_KLEIBURG, first),
			    "👏 Applause in the rest of the neighbourhood:\n- In Kruitberg there was applause too.");
}

static void applause_day__names_the_core_alone__when_words_name_somebody(void **state)
{
	(void)state;
	scratch_turn(&scratch, claps_in_private_words, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(look_back__comes_by_itself__when_something_was_settled, setup, teardown),
		cmocka_unit_test_setup_teardown(look_back__fits__on_a_phone, setup, teardown),
		cmocka_unit_test_setup_teardown(action_day__reminds__who_took_it_by_mention, setup, teardown),
		cmocka_unit_test_setup_teardown(applause_day__names_nobody__in_other_groups, setup, teardown),
		cmocka_unit_test_setup_teardown(applause_day__names_the_core_alone__when_words_name_somebody, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
