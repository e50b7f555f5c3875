#include "say/chair_words.h"

#include "actions/action.h"
#include "base/str.h"
#include "people/person.h"
#include "unit/agenda/agenda_house.h"

static const struct statements *const rooms[] = {
	&quiet_statements,            &agenda_event_statements, &agenda_change_statements, &agenda_notice_statements,     &agenda_reminder_statements,
	&agenda_exception_statements, &agenda_once_statements,  &agenda_joint_statements,  &agenda_attendance_statements, &agenda_chair_statements,
	&pair_statements,             &link_statements,         &actor_statements,         &group_statements,             &timer_statements,
	&outbox_statements,           &neighbours_statements,   &action_statements,        &person_statements,            NULL,
};

static struct day_mentions mentions;

static int setup(void **state)
{
	(void)state;
	test_house_open(&home);
	house = home.house;
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	messages = 0;
	return 0;
}

/* The section of that group on the 20th. */
static const char *compose(int64_t group)
{
	const struct group to = group_get(turn_view(turn), group);
	const struct wall date = wall_at("2022-06-20");

	mentions.len = 0;
	return chair_day_compose(&house, turn, &(struct day_post){ .group = &to, .since = date, .date = date, .mentions = &mentions });
}

static void meet_on_thursday(void)
{
	static const struct chair chairs[] = { { .person = PERSON_FATIMA, .name = "Fatima" }, { .name = "Winston" } };
	enum agenda_verdict refusal;
	struct agenda_event event;

	(void)add(PERSON_LEAD, GROUP_KRUITBERG, "kernoverleg", timing_of("2022-06-23T20:00", NULL, NULL));
	assert_int_equal(chair_set(hand_of(PERSON_LEAD, GROUP_KRUITBERG), turn, 1, chairs, ARRAY_LEN(chairs), &event, &refusal), CHAIR_DONE);
}

static void note(int64_t group, int64_t core, const char *text)
{
	const struct action_draft draft = { .author = PERSON_FATIMA, .group = group, .core = core, .event = arena_printf(turn_arena(turn), "$a%d", ++messages),
					    .said_at_ms = turn_now_ms(turn), .text = text };
	struct action action;

	assert_int_equal(action_add(turn, &draft, &action), ACTION_ADDED);
}

static void tell_the_chair(void)
{
	assert_string_equal(compose(GROUP_KRUITBERG),
	                    "Fatima, jij bent voorzitter van kernoverleg, donderdag 23 juni 2022 om 20:00. Kun je niet? Typ !ruil 1");
	assert_int_equal(mentions.len, 1);
	assert_string_equal(mentions.senders[0], "@fatima:console");
	note(GROUP_KRUITBERG, CORE_KRUITBERG, "flyers drukken");
	note(GROUP_KLEIBURG, CORE_KLEIBURG, "tafels lenen");
	assert_non_null(strstr(compose(GROUP_KRUITBERG), "Typ !ruil 1\nDit staat nog open:\n1: flyers drukken"));
	assert_null(strstr(compose(GROUP_KRUITBERG), "tafels"));
	assert_null(compose(GROUP_KLEIBURG));
}

static void chair_day__gives__the_chair_what_is_open(void **state)
{
	(void)state;
	at("2022-06-14T09:00", meet_on_thursday);
	at("2022-06-20T10:00", tell_the_chair);
}

static void tell_quietly(void)
{
	quiet_set_person(turn, PERSON_FATIMA, turn_now_ms(turn) + MS_PER_DAY);
	assert_true(str_starts(compose(GROUP_KRUITBERG), "Fatima, "));
	assert_int_equal(mentions.len, 0);
}

static void chair_day__mentions__nobody_who_wants_rest(void **state)
{
	(void)state;
	at("2022-06-14T09:00", meet_on_thursday);
	at("2022-06-20T10:00", tell_quietly);
}

static void tell_of_much(void)
{
	const char *text;

	for (int i = 0; i < 20; i++)
		note(GROUP_KRUITBERG, CORE_KRUITBERG, "de kast in de gang leegruimen en de oude verf naar het afvalpunt brengen");
	text = compose(GROUP_KRUITBERG);
	assert_in_range(strlen(text), 500, DAY_SECTION_MAX);
	assert_non_null(strstr(text, "En er is nog meer."));
}

static void chair_day__fits__on_a_phone(void **state)
{
	(void)state;
	at("2022-06-14T09:00", meet_on_thursday);
	at("2022-06-20T10:00", tell_of_much);
}

#define IN_HOUSE(test) cmocka_unit_test_setup_teardown(test, setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_HOUSE(chair_day__gives__the_chair_what_is_open),
		IN_HOUSE(chair_day__mentions__nobody_who_wants_rest),
		IN_HOUSE(chair_day__fits__on_a_phone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
