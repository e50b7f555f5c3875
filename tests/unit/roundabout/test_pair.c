#include "roundabout/pair.h"

#include "unit/agenda/agenda_house.h"

static struct pair_side sides[2];

static struct agenda_event plan(int64_t group, const char *title, const char *starts)
{
	return add(PERSON_FATIMA, group, title, timing_of(starts, NULL, NULL));
}

static enum pair_reason compare(struct agenda_event a, struct agenda_event b)
{
	return pair_compare(turn_view(turn), &a, &b);
}

static void compare_days(void)
{
	struct agenda_event bbq = plan(GROUP_KRUITBERG, "bbq", "2022-06-25T14:00");

	assert_int_equal(compare(bbq, plan(GROUP_KLEIBURG, "spelen", "2022-06-25T20:00")), PAIR_DAY);
	assert_int_equal(compare(bbq, plan(GROUP_KLEIBURG, "spelen", "2022-06-26T14:00")), PAIR_NONE);
	assert_int_equal(compare(bbq, plan(GROUP_KLEIBURG, "Grote bbq", "2022-07-01T14:00")), PAIR_WEEK);
	assert_int_equal(compare(bbq, plan(GROUP_KLEIBURG, "grote bbq", "2022-07-02T14:00")), PAIR_NONE);
}

static void pair_compare__tells__a_day_and_a_week(void **state)
{
	(void)state;
	at("2022-06-14T09:00", compare_days);
}

static struct agenda_event in_garden(struct agenda_event event)
{
	event.place = event.core == CORE_KRUITBERG ? "de Tuin" : "De tuin";
	return event;
}

static void compare_places(void)
{
	struct agenda_event bbq = in_garden(plan(GROUP_KRUITBERG, "bbq", "2022-06-25T14:00"));

	assert_int_equal(compare(bbq, in_garden(plan(GROUP_KLEIBURG, "spelen", "2022-06-25T15:59"))), PAIR_PLACE);
	assert_int_equal(compare(bbq, in_garden(plan(GROUP_KLEIBURG, "spelen", "2022-06-25T16:00"))), PAIR_DAY);
}

static void pair_compare__tells__a_place_while_both_are_there(void **state)
{
	(void)state;
	at("2022-06-14T09:00", compare_places);
}

static void compare_others(void)
{
	struct agenda_event bbq = plan(GROUP_KRUITBERG, "bbq", "2022-06-25T14:00");

	assert_int_equal(compare(bbq, plan(GROUP_KRUITBERG, "bbq", "2022-06-25T15:00")), PAIR_NONE);
	assert_int_equal(compare(bbq, plan(GROUP_COORDINATORS, "bbq", "2022-06-25T16:00")), PAIR_NONE);
	assert_int_equal(compare(bbq, add(PERSON_JOHN, GROUP_KLEIBURG, "bbq", timing_of("2022-06-25T14:00", NULL, "FREQ=WEEKLY;BYDAY=SA"))), PAIR_NONE);
}

static void pair_compare__leaves__series_the_own_core_and_the_neighbourhood(void **state)
{
	(void)state;
	at("2022-06-14T09:00", compare_others);
}

/* Kruitberg's is 1, Kleiburg's 2. */
static void make_pair(void)
{
	struct agenda_event other;

	(void)plan(GROUP_KRUITBERG, "bbq", "2022-06-25T14:00");
	other = plan(GROUP_KLEIBURG, "spelen", "2022-06-25T15:00");
	assert_true(pair_look(turn, &other, sides));
	assert_int_equal(sides[0].core, CORE_KLEIBURG);
	assert_int_equal(sides[1].own.number, 1);
	assert_false(pair_look(turn, &other, sides));
}

static void pair_look__finds__each_pair_once(void **state)
{
	(void)state;
	at("2022-06-14T09:00", make_pair);
}

static void look_for_the_likeliest(void)
{
	struct agenda_event event;

	(void)plan(GROUP_KLEIBURG, "spelen", "2022-06-25T15:00");
	(void)plan(GROUP_KLEIBURG, "bbq", "2022-06-27T15:00");
	event = plan(GROUP_KRUITBERG, "bbq", "2022-06-25T14:00");
	assert_true(pair_look(turn, &event, sides));
	assert_int_equal(sides[1].own.number, 2);
}

static void pair_look__prefers__like_words(void **state)
{
	(void)state;
	at("2022-06-14T09:00", look_for_the_likeliest);
}

static enum pair_verdict answer(int64_t core, bool yes, struct agenda_event *ret_event)
{
	const struct pair_answer given = { .pair = 1, .core = core, .message = core == CORE_KRUITBERG ? "$a" : "$b", .yes = yes };

	return pair_answer(hand_of(PERSON_LEAD, GROUP_KRUITBERG), turn, &given, ret_event);
}

static void both_say_yes(void)
{
	struct agenda_event event;
	size_t len, more;

	assert_int_equal(answer(CORE_KLEIBURG, true, &event), PAIR_NOTED);
	assert_int_equal(answer(CORE_KLEIBURG, true, &event), PAIR_SETTLED);
	(void)agenda_coming(turn_view(turn), CORE_KLEIBURG, 0, 9, &len, &more);
	assert_int_equal(len, 1);
	assert_int_equal(answer(CORE_KRUITBERG, true, &event), PAIR_JOINED);
	assert_int_equal(event.number, 1);
	assert_int_equal(agenda_coming(turn_view(turn), CORE_KLEIBURG, 0, 9, &len, &more)[0].number, 1);
	assert_int_equal(len, 1);
	assert_int_equal(joint_find(turn_view(turn), 2), 1);
	(void)agenda_audience(turn_view(turn), &event, &len);
	assert_int_equal(len, 2);
	assert_int_equal(answer(CORE_KLEIBURG, false, &event), PAIR_SETTLED);
}

/* Also in the group where the last yes was said. */
static void look_at_the_day_posts(void)
{
	static const int64_t groups[] = { GROUP_KRUITBERG, GROUP_KLEIBURG };

	for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
		const struct group group = group_get(turn_view(turn), groups[i]);
		size_t len;
		const struct agenda_notice *items = agenda_items(turn_view(turn), &group, &len);

		assert_int_equal(len, 1);
		assert_int_equal(items[0].kind, AGENDA_NOTICE_JOINT);
	}
}

static void pair_answer__joins__when_both_say_yes(void **state)
{
	(void)state;
	at("2022-06-14T09:00", make_pair);
	at("2022-06-14T09:01", both_say_yes);
	at("2022-06-15T10:00", look_at_the_day_posts);
}

static void one_says_no(void)
{
	struct agenda_event event;

	assert_int_equal(answer(CORE_KRUITBERG, true, &event), PAIR_NOTED);
	assert_int_equal(answer(CORE_KLEIBURG, false, &event), PAIR_REFUSED);
	assert_int_equal(answer(CORE_KLEIBURG, true, &event), PAIR_STAYS);
	assert_int_equal(joint_find(turn_view(turn), 2), 0);
	assert_false(pair_find_unasked(turn_view(turn), CORE_KRUITBERG, &sides[0]));
	assert_false(pair_look(turn, &event, sides));
}

static void pair_answer__ends_it__with_one_no(void **state)
{
	(void)state;
	at("2022-06-14T09:00", make_pair);
	at("2022-06-14T09:01", one_says_no);
}

static void one_takes_it_back(void)
{
	struct agenda_event event;
	int64_t pair, core;

	assert_int_equal(answer(CORE_KRUITBERG, true, &event), PAIR_NOTED);
	assert_true(pair_find_answered(turn_view(turn), "$a", &pair, &core));
	pair_take_back(turn, pair, core);
	assert_int_equal(answer(CORE_KLEIBURG, true, &event), PAIR_NOTED);
}

static void pair_take_back__undoes__a_yes(void **state)
{
	(void)state;
	at("2022-06-14T09:00", make_pair);
	at("2022-06-14T09:01", one_takes_it_back);
}

static void ask(void)
{
	int64_t pair, core;

	assert_true(pair_find_unasked(turn_view(turn), CORE_KRUITBERG, &sides[0]));
	assert_int_equal(sides[0].other.number, 2);
	pair_asked(turn, sides[0].pair, CORE_KRUITBERG, "day/kruitberg/2022-06-14");
	assert_false(pair_find_unasked(turn_view(turn), CORE_KRUITBERG, &sides[0]));
	assert_true(pair_find_asked(turn_view(turn), "day/kruitberg/2022-06-14", &pair, &core));
	assert_int_equal(core, CORE_KRUITBERG);
}

static void answer_too_late(void)
{
	struct agenda_event event;

	assert_false(pair_find_unasked(turn_view(turn), CORE_KLEIBURG, &sides[0]));
	assert_int_equal(answer(CORE_KRUITBERG, true, &event), PAIR_STAYS);
}

static void pair_answer__stays__once_one_began(void **state)
{
	(void)state;
	at("2022-06-14T09:00", make_pair);
	at("2022-06-14T10:00", ask);
	at("2022-06-25T14:00", answer_too_late);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pair_compare__tells__a_day_and_a_week, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(pair_compare__tells__a_place_while_both_are_there, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(pair_compare__leaves__series_the_own_core_and_the_neighbourhood, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(pair_look__finds__each_pair_once, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(pair_look__prefers__like_words, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(pair_answer__joins__when_both_say_yes, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(pair_answer__ends_it__with_one_no, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(pair_take_back__undoes__a_yes, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(pair_answer__stays__once_one_began, house_setup, house_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
