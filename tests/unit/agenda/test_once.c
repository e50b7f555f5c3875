#include "unit/agenda/agenda_house.h"

static struct agenda_event event;
static struct agenda_once once;

#define WEEKLY timing_of("2022-10-20T20:00", "2022-10-20T22:00", "FREQ=WEEKLY;BYDAY=TH")

static void find(const char *day)
{
	struct wall wall;

	if (day)
		wall = wall_at(day);
	assert_int_equal(agenda_once_find(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, day ? &wall : NULL, &event, &once), AGENDA_DONE);
}

static enum agenda_verdict move(const char *day, const char *starts)
{
	struct timing to = timing_of(starts, NULL, NULL);

	find(day);
	return agenda_once_move(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, &to, &event, &once);
}

static enum agenda_verdict cancel(const char *day)
{
	find(day);
	return agenda_once_cancel(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, NULL, &event, &once);
}

static void add_weekly(void)
{
	(void)add(PERSON_FATIMA, GROUP_KRUITBERG, "naaiclub", WEEKLY);
}

static void go_over_winter_time(void)
{
	assert_int_equal(move("2022-10-27", "2022-10-30T14:00"), AGENDA_DONE);
	assert_int_equal(event.next_at_ms, ms_at("2022-10-20T20:00"));
}

static void look_at_the_moved_one(void)
{
	agenda_settle(&house, turn, 1);
	event = agenda_get(turn_view(turn), 1);
	assert_int_equal(wall_compare(&event.next_day, &(struct wall){ .year = 2022, .month = 10, .day = 27 }), 0);
	assert_string_equal(zone_format_iso(house.zone, turn_arena(turn), event.next_at_ms), "2022-10-30T14:00:00+01:00");
	assert_false(event.next_has_end);
	agenda_wake(turn, 1);
	/* Two hours before on the clock of winter. */
	assert_string_equal(timer_at(1), "2022-10-30T12:00:00+01:00");
}

static void look_at_the_one_after(void)
{
	agenda_settle(&house, turn, 1);
	event = agenda_get(turn_view(turn), 1);
	assert_string_equal(zone_format_iso(house.zone, turn_arena(turn), event.next_at_ms), "2022-11-03T20:00:00+01:00");
	assert_true(event.next_has_end);
}

static void agenda_once_move__keeps__the_clock_over_winter_time_and_the_rest_of_the_series(void **state)
{
	(void)state;
	at("2022-10-18T09:00", add_weekly);
	at("2022-10-18T09:01", go_over_winter_time);
	at("2022-10-21T09:00", look_at_the_moved_one);
	at("2022-10-30T17:00", look_at_the_one_after);
}

static void move_behind_the_next(void)
{
	assert_int_equal(move("2022-10-20", "2022-10-29T14:00"), AGENDA_DONE);
	assert_int_equal(event.next_at_ms, ms_at("2022-10-27T20:00"));
	/* Found by the day it was moved to. */
	find("2022-10-29");
	assert_int_equal(wall_compare(&once.day, &(struct wall){ .year = 2022, .month = 10, .day = 20 }), 0);
}

static void see_both_in_order(void)
{
	agenda_settle(&house, turn, 1);
	assert_int_equal(agenda_get(turn_view(turn), 1).next_at_ms, ms_at("2022-10-29T14:00"));
}

static void agenda_once_move__orders__times_as_they_are_held(void **state)
{
	(void)state;
	at("2022-10-18T09:00", add_weekly);
	at("2022-10-18T09:01", move_behind_the_next);
	at("2022-10-28T09:00", see_both_in_order);
}

static void refuse(void)
{
	struct wall tuesday = wall_at("2022-10-25");

	assert_int_equal(agenda_once_find(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, &tuesday, &event, &once), AGENDA_NO_DAY);
	assert_int_equal(agenda_once_find(hand_of(PERSON_JOHN, GROUP_KRUITBERG), turn, 1, NULL, &event, &once), AGENDA_NOT_YOURS);
	assert_int_equal(move(NULL, "2022-10-21"), AGENDA_OTHER_KIND);
	assert_int_equal(move(NULL, "2022-10-17T20:00"), AGENDA_PAST);
	assert_int_equal(move(NULL, "2023-03-26T02:30"), AGENDA_SKIPPED_HOUR);
	assert_int_equal(cancel(NULL), AGENDA_DONE);
	find("2022-10-20");
	assert_int_equal(agenda_once_cancel(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, NULL, &event, &once), AGENDA_UNCHANGED);
}

static void agenda_once__refuses__what_cannot_be(void **state)
{
	(void)state;
	at("2022-10-18T09:00", add_weekly);
	at("2022-10-18T09:01", refuse);
}

static void cancel_two(void)
{
	struct timing planned = timing_of("2022-11-03T20:00", "2022-11-03T22:00", NULL);

	assert_int_equal(cancel("2022-10-27"), AGENDA_DONE);
	assert_int_equal(cancel("2022-11-03"), AGENDA_DONE);
	assert_int_equal(event.next_at_ms, ms_at("2022-10-20T20:00"));
	find("2022-11-03");
	assert_int_equal(agenda_once_move(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, &planned, &event, &once), AGENDA_DONE);
}

static void skip_to_the_restored(void)
{
	agenda_settle(&house, turn, 1);
	assert_int_equal(agenda_get(turn_view(turn), 1).next_at_ms, ms_at("2022-11-03T20:00"));
}

static void agenda_once__skips__what_is_off_and_restores(void **state)
{
	(void)state;
	at("2022-10-18T09:00", add_weekly);
	at("2022-10-18T09:01", cancel_two);
	at("2022-10-21T09:00", skip_to_the_restored);
}

static void change_two_from_elsewhere(void)
{
	struct timing to = timing_of("2022-10-29T14:00", NULL, NULL);
	const struct agenda_hand *hand = hand_of(PERSON_COORDINATOR, GROUP_COORDINATORS);
	struct wall first = wall_at("2022-10-27"), second = wall_at("2022-11-03");

	assert_int_equal(agenda_once_find(hand, turn, 1, &first, &event, &once), AGENDA_DONE);
	assert_int_equal(agenda_once_move(hand, turn, &to, &event, &once), AGENDA_DONE);
	assert_int_equal(agenda_once_find(hand, turn, 1, &second, &event, &once), AGENDA_DONE);
	assert_int_equal(agenda_once_cancel(hand, turn, "ziek", &event, &once), AGENDA_DONE);
}

static void hear_of_both(void)
{
	const struct group group = group_get(turn_view(turn), GROUP_KRUITBERG);
	size_t len;
	const struct agenda_notice *items = agenda_items(turn_view(turn), &group, &len);

	/* The reminder of the day before the 20th, and two single times. */
	assert_int_equal(len, 3);
	assert_int_equal(items[0].kind, AGENDA_NOTICE_REMINDER);
	assert_true(items[1].once);
	assert_int_equal(items[1].kind, AGENDA_NOTICE_MOVED);
	assert_int_equal(items[2].kind, AGENDA_NOTICE_CANCELLED);
	agenda_item_told(turn, &group, &items[1]);
	(void)agenda_items(turn_view(turn), &group, &len);
	assert_int_equal(len, 2);
	assert_non_null(strstr(agenda_notice_key(turn_arena(turn), &items[2], &group), "once/1/2022-11-03/"));
}

static void call_off_the_whole(void)
{
	assert_int_equal(agenda_cancel(hand_of(PERSON_COORDINATOR, GROUP_COORDINATORS), turn, 1, NULL, &event), AGENDA_DONE);
}

static void hear_only_that(void)
{
	const struct group group = group_get(turn_view(turn), GROUP_KRUITBERG);
	struct agenda_notice notice;
	size_t len;

	assert_true(agenda_take_alone(turn, 1, &notice));
	assert_int_equal(notice.kind, AGENDA_NOTICE_CANCELLED);
	assert_false(notice.once);
	(void)agenda_items(turn_view(turn), &group, &len);
	assert_int_equal(len, 0);
}

static void agenda_announce__tells__each_time_by_itself_until_the_whole_is_off(void **state)
{
	(void)state;
	at("2022-10-18T09:00", add_weekly);
	at("2022-10-18T10:30", change_two_from_elsewhere);
	at("2022-10-19T10:00", hear_of_both);
	at("2022-10-19T10:01", call_off_the_whole);
	at("2022-10-19T10:02", hear_only_that);
}

static void end_it(void)
{
	const struct agenda_hand *hand = hand_of(PERSON_FATIMA, GROUP_KRUITBERG);
	struct wall last = wall_at("2022-11-03"), earlier = wall_at("2022-10-27"), before = wall_at("2022-10-01");
	struct timing planned;

	assert_int_equal(cancel("2022-11-10"), AGENDA_DONE);
	assert_int_equal(agenda_end(hand, turn, 1, &last, &event), AGENDA_DONE);
	/* The last second of the day in winter. */
	assert_string_equal(event.timing.rrule, "FREQ=WEEKLY;BYDAY=TH;UNTIL=20221103T225959Z");
	assert_true(timing_falls_on(house.zone, &event.timing, &last, &planned));
	assert_int_equal(agenda_end(hand, turn, 1, &earlier, &event), AGENDA_DONE);
	assert_string_equal(event.timing.rrule, "FREQ=WEEKLY;BYDAY=TH;UNTIL=20221027T215959Z");
	assert_false(timing_falls_on(house.zone, &event.timing, &last, &planned));
	assert_int_equal(agenda_end(hand, turn, 1, &before, &event), AGENDA_PAST);
	(void)add(PERSON_FATIMA, GROUP_KRUITBERG, "bbq", timing_of("2022-11-18T17:00", NULL, NULL));
	assert_int_equal(agenda_end(hand, turn, 2, &last, &event), AGENDA_NOT_SERIES);
}

static void look_for_the_forgotten(void)
{
	size_t len;

	(void)exception_list(turn_view(turn), 1, &len);
	assert_int_equal(len, 0);
}

static void agenda_end__keeps__the_last_day_and_forgets_what_lies_behind(void **state)
{
	(void)state;
	at("2022-10-18T09:00", add_weekly);
	at("2022-10-18T09:01", end_it);
	at("2022-10-18T09:02", look_for_the_forgotten);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(agenda_once_move__keeps__the_clock_over_winter_time_and_the_rest_of_the_series, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_once_move__orders__times_as_they_are_held, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_once__refuses__what_cannot_be, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_once__skips__what_is_off_and_restores, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_announce__tells__each_time_by_itself_until_the_whole_is_off, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_end__keeps__the_last_day_and_forgets_what_lies_behind, house_setup, house_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
