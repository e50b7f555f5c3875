#include "unit/agenda/agenda_house.h"

static struct agenda_event event;

static enum attendance_verdict come(int64_t number, int64_t person, const char *source)
{
	return attendance_come(&house, turn, number, person, source, &event);
}

static int64_t count(int64_t number)
{
	const struct agenda_event now = agenda_get(turn_view(turn), number);

	return attendance_count(turn_view(turn), &now);
}

static void add_two(void)
{
	(void)add(PERSON_FATIMA, GROUP_KRUITBERG, "bbq", timing_of("2022-06-18T17:00", NULL, NULL));
	(void)add(PERSON_FATIMA, GROUP_KRUITBERG, "koffie", timing_of("2022-06-16T10:00", NULL, "FREQ=WEEKLY;BYDAY=TH"));
}

static void say_it_twice(void)
{
	assert_int_equal(come(1, PERSON_JOHN, "$a"), ATTENDANCE_DONE);
	assert_int_equal(come(1, PERSON_JOHN, "$b"), ATTENDANCE_ALREADY);
	assert_int_equal(come(1, PERSON_FATIMA, "$c"), ATTENDANCE_DONE);
	assert_int_equal(count(1), 2);
	assert_int_equal(come(3, PERSON_JOHN, "$d"), ATTENDANCE_UNKNOWN);
}

static void take_back(void)
{
	/* Not by another, and not while he says so elsewhere too. */
	assert_false(attendance_take_back(turn, "$a", PERSON_FATIMA));
	assert_true(attendance_take_back(turn, "$a", PERSON_JOHN));
	assert_int_equal(count(1), 2);
	assert_true(attendance_take_back(turn, "$b", PERSON_JOHN));
	assert_int_equal(count(1), 1);
	assert_int_equal(attendance_leave(&house, turn, 1, PERSON_FATIMA, &event), ATTENDANCE_DONE);
	assert_int_equal(attendance_leave(&house, turn, 1, PERSON_FATIMA, &event), ATTENDANCE_ALREADY);
	assert_int_equal(count(1), 0);
}

static void attendance_come__counts__a_person_once(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_two);
	at("2022-06-14T09:01", say_it_twice);
	at("2022-06-14T09:02", take_back);
}

static void link_two(void)
{
	int64_t stays;

	assert_int_equal(come(1, PERSON_LEAD, "$a"), ATTENDANCE_DONE);
	assert_int_equal(come(1, PERSON_JOHN, "$b"), ATTENDANCE_DONE);
	assert_int_equal(count(1), 2);
	assert_int_equal(link_make(turn, PERSON_LEAD, PERSON_JOHN, PERSON_COORDINATOR, &stays), LINK_DONE);
	assert_int_equal(count(1), 1);
	assert_int_equal(attendance_leave(&house, turn, 1, stays, &event), ATTENDANCE_DONE);
	assert_int_equal(count(1), 0);
}

static void attendance_count__counts__linked_persons_once(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_two);
	at("2022-06-14T09:01", link_two);
}

static void come_to_coffee(void)
{
	assert_int_equal(come(2, PERSON_JOHN, "$a"), ATTENDANCE_DONE);
	attendance_note_message(turn, &event, "$card");
	assert_int_equal(come(1, PERSON_JOHN, "$b"), ATTENDANCE_DONE);
}

static void look_at_the_card(void)
{
	int64_t number;

	assert_true(attendance_find_event(turn_view(turn), "$card", &number));
	assert_int_equal(number, 2);
	assert_int_equal(count(2), 1);
}

static void move_the_bbq(void)
{
	const struct timing to = timing_of("2022-06-19T17:00", NULL, NULL);
	int64_t number;

	agenda_settle(&house, turn, 2);
	assert_int_equal(count(2), 0);
	/* The card was about last week. */
	assert_false(attendance_find_event(turn_view(turn), "$card", &number));
	assert_int_equal(agenda_move(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, &to, &event), AGENDA_DONE);
	assert_int_equal(count(1), 1);
}

static void come_too_late(void)
{
	assert_int_equal(come(1, PERSON_FATIMA, "$c"), ATTENDANCE_OVER);
}

static void attendance_come__counts__each_time_of_a_series_by_itself(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_two);
	at("2022-06-14T09:01", come_to_coffee);
	at("2022-06-16T11:00", look_at_the_card);
	at("2022-06-16T13:00", move_the_bbq);
	at("2022-06-20T13:00", come_too_late);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(attendance_come__counts__a_person_once, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(attendance_count__counts__linked_persons_once, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(attendance_come__counts__each_time_of_a_series_by_itself, house_setup, house_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
