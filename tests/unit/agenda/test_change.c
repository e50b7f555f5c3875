#include "unit/agenda/agenda_house.h"

static struct agenda_event event;

static void add_events_of_all_kinds(void)
{
	event = add(PERSON_FATIMA, GROUP_KRUITBERG, "bbq", timing_of("2022-06-18T17:00", NULL, NULL));
	assert_int_equal(event.number, 1);
	assert_int_equal(event.core, CORE_KRUITBERG);
	assert_int_equal(event.next_at_ms, ms_at("2022-06-18T17:00"));
	assert_int_equal(event.next_over_ms, ms_at("2022-06-18T19:00"));
	event = add(PERSON_FATIMA, GROUP_COORDINATORS, "buurtberaad", timing_of("2022-06-19", NULL, NULL));
	assert_int_equal(event.core, 0);
	assert_int_equal(event.next_over_ms, ms_at("2022-06-20T00:00"));
	event = add(PERSON_FATIMA, GROUP_KRUITBERG, "koffie", timing_of("2022-06-16T10:00", "2022-06-16T11:30", "FREQ=WEEKLY;BYDAY=TH"));
	assert_int_equal(event.next_over_ms, ms_at("2022-06-16T11:30"));
}

static void list_them(void)
{
	struct agenda_event *list;
	size_t len, more;

	list = agenda_coming(turn_view(turn), CORE_KRUITBERG, 0, 10, &len, &more);
	assert_int_equal(len, 3);
	assert_int_equal(more, 0);
	assert_string_equal(list[0].title, "koffie");
	assert_string_equal(list[0].timing.rrule, "FREQ=WEEKLY;BYDAY=TH");
	assert_string_equal(list[1].title, "bbq");
	assert_null(list[1].place);
	assert_string_equal(list[2].title, "buurtberaad");
	(void)agenda_coming(turn_view(turn), CORE_KRUITBERG, 0, 1, &len, &more);
	assert_int_equal(len, 1);
	assert_int_equal(more, 2);
	list = agenda_coming(turn_view(turn), CORE_KLEIBURG, 0, 10, &len, &more);
	assert_int_equal(len, 1);
	assert_string_equal(list[0].title, "buurtberaad");
}

static void list_while_it_lasts(void)
{
	struct agenda_event *list;
	size_t len, more;

	agenda_settle(&house, turn, 3);
	list = agenda_coming(turn_view(turn), CORE_KRUITBERG, 0, 10, &len, &more);
	assert_int_equal(len, 2);
	assert_string_equal(list[0].title, "buurtberaad");
	assert_string_equal(list[1].title, "koffie");
	assert_int_equal(list[1].next_at_ms, ms_at("2022-06-23T10:00"));
}

static void agenda_coming__lists__core_and_neighbourhood_soonest_first(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_events_of_all_kinds);
	at("2022-06-14T09:00", list_them);
	at("2022-06-19T23:00", list_while_it_lasts);
}

static void add_one(void)
{
	event = add(PERSON_FATIMA, GROUP_KRUITBERG, "bbq", timing_of("2022-06-18T17:00", NULL, NULL));
}

static void add_it_again(void)
{
	assert_int_equal(try_add(PERSON_FATIMA, GROUP_KRUITBERG, "BBQ", timing_of("2022-06-18T17:00", NULL, NULL), &event), AGENDA_TWICE);
	assert_int_equal(event.number, 2);
	assert_int_equal(event.same_as, 1);
	assert_int_equal(try_add(PERSON_JOHN, GROUP_KRUITBERG, "bbq", timing_of("2022-06-18T17:00", NULL, NULL), &event), AGENDA_DONE);
	assert_int_equal(try_add(PERSON_FATIMA, GROUP_KRUITBERG, "bbq", timing_of("2022-06-18T18:00", NULL, NULL), &event), AGENDA_DONE);
	assert_int_equal(event.same_as, 0);
}

static void agenda_add__flags__the_same_twice_by_one_person(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_one);
	at("2022-06-14T09:01", add_it_again);
}

static void add_nonsense(void)
{
	assert_int_equal(try_add(PERSON_FATIMA, GROUP_KRUITBERG, "x", timing_of("2022-06-18T17:00", "2022-06-18T17:00", NULL), &event),
			 AGENDA_ENDS_BEFORE);
	assert_int_equal(try_add(PERSON_FATIMA, GROUP_KRUITBERG, "x", timing_of("2022-06-18T17:00", NULL, "FREQ=SECONDLY"), &event), AGENDA_RULE);
	assert_int_equal(try_add(PERSON_FATIMA, GROUP_KRUITBERG, "x", timing_of("2022-06-18T17:00", NULL, "FREQ=WEEKLY;BYDAY=MO"), &event),
			 AGENDA_RULE);
	assert_int_equal(try_add(PERSON_FATIMA, GROUP_KRUITBERG, "x", timing_of("2023-03-26T02:30", NULL, NULL), &event), AGENDA_SKIPPED_HOUR);
}

static void agenda_add__refuses__what_cannot_be(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_nonsense);
}

/* To half past eight on the day of the event. */
static enum agenda_verdict move(int64_t person, int64_t group, int64_t number)
{
	struct timing to = timing_of(number == 2 ? "2022-06-25T20:30" : "2022-06-18T20:30", NULL, NULL);

	return agenda_move(hand_of(person, group), turn, number, &to, &event);
}

static void add_for_rights(void)
{
	(void)add(PERSON_FATIMA, GROUP_KRUITBERG, "bbq", timing_of("2022-06-18T17:00", NULL, NULL));
	(void)add(PERSON_FATIMA, GROUP_COORDINATORS, "beraad", timing_of("2022-06-25T17:00", NULL, NULL));
	(void)add(PERSON_JOHN, GROUP_KLEIBURG, "party", timing_of("2022-06-18T17:00", NULL, NULL));
}

static void try_to_move(void)
{
	assert_int_equal(move(PERSON_JOHN, GROUP_KRUITBERG, 1), AGENDA_NOT_YOURS);
	assert_int_equal(event.number, 1);
	assert_int_equal(move(PERSON_LEAD, GROUP_KRUITBERG, 3), AGENDA_NOT_YOURS);
	assert_int_equal(move(PERSON_FATIMA, GROUP_COORDINATORS, 2), AGENDA_NOT_YOURS);
	assert_int_equal(move(PERSON_LEAD, GROUP_COORDINATORS, 2), AGENDA_NOT_YOURS);
	assert_int_equal(move(PERSON_FATIMA, GROUP_KRUITBERG, 4), AGENDA_UNKNOWN);
	assert_int_equal(move(PERSON_LEAD, GROUP_KRUITBERG, 1), AGENDA_DONE);
	assert_int_equal(move(PERSON_FATIMA, GROUP_KRUITBERG, 1), AGENDA_UNCHANGED);
	assert_int_equal(move(PERSON_COORDINATOR, GROUP_COORDINATORS, 2), AGENDA_DONE);
	assert_int_equal(move(PERSON_COORDINATOR, GROUP_COORDINATORS, 3), AGENDA_DONE);
}

static void agenda_move__is_for__author_lead_and_coordinator(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_for_rights);
	at("2022-06-14T09:00", try_to_move);
}

static enum agenda_verdict move_to(int64_t number, struct timing to)
{
	return agenda_move(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, number, &to, &event);
}

static void move_once(void)
{
	(void)add(PERSON_FATIMA, GROUP_KRUITBERG, "bbq", timing_of("2022-06-18T17:00", "2022-06-18T20:00", NULL));
	assert_int_equal(move_to(1, timing_of("2022-06-13T17:00", NULL, NULL)), AGENDA_PAST);
	assert_int_equal(move_to(1, timing_of("2023-03-26T02:30", NULL, NULL)), AGENDA_SKIPPED_HOUR);
	assert_int_equal(move_to(1, timing_of("2022-06-17T17:00", "2022-06-17T16:00", NULL)), AGENDA_ENDS_BEFORE);
	assert_int_equal(move_to(1, timing_of("2022-06-17T17:00", "2022-06-17T20:00", NULL)), AGENDA_DONE);
	event = agenda_get(turn_view(turn), 1);
	assert_int_equal(event.next_at_ms, ms_at("2022-06-17T17:00"));
	assert_int_equal(event.next_over_ms, ms_at("2022-06-17T20:00"));
	assert_int_equal(move_to(1, timing_of("2022-06-18", "2022-06-20", NULL)), AGENDA_DONE);
	event = agenda_get(turn_view(turn), 1);
	assert_true(event.timing.all_day);
	assert_int_equal(event.next_over_ms, ms_at("2022-06-20T00:00"));
}

static void move_series(void)
{
	(void)add(PERSON_FATIMA, GROUP_KRUITBERG, "koffie", timing_of("2022-06-16T10:00", NULL, "FREQ=WEEKLY;BYDAY=TH"));
	assert_int_equal(move_to(1, timing_of("2022-06-17T11:00", NULL, NULL)), AGENDA_SERIES_DAY);
	assert_int_equal(move_to(1, timing_of("2022-06-16T11:00", "2022-06-16T12:00", NULL)), AGENDA_DONE);
	assert_string_equal(event.timing.rrule, "FREQ=WEEKLY;BYDAY=TH");
	assert_int_equal(event.next_at_ms, ms_at("2022-06-16T11:00"));
	assert_int_equal(event.next_over_ms, ms_at("2022-06-16T12:00"));
}

static void move_series_later(void)
{
	assert_int_equal(move_to(1, timing_of("2022-06-30T09:30", NULL, NULL)), AGENDA_DONE);
	assert_int_equal(event.timing.starts.day, 16);
	assert_int_equal(event.next_at_ms, ms_at("2022-06-30T09:30"));
	assert_false(event.timing.has_end);
	assert_int_equal(move_to(1, timing_of("2022-07-01T09:30", NULL, "FREQ=WEEKLY;BYDAY=FR")), AGENDA_DONE);
	assert_int_equal(event.next_at_ms, ms_at("2022-07-01T09:30"));
}

static void agenda_move__takes__a_time_that_can_be(void **state)
{
	(void)state;
	at("2022-06-14T09:00", move_once);
}

static void agenda_move__moves__a_series_by_its_clock_alone(void **state)
{
	(void)state;
	at("2022-06-14T09:00", move_series);
	at("2022-06-28T09:00", move_series_later);
}

static void move_what_was(void)
{
	assert_int_equal(move(PERSON_FATIMA, GROUP_KRUITBERG, 1), AGENDA_OVER);
	assert_int_equal(agenda_cancel(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, NULL, &event), AGENDA_OVER);
}

static void agenda_move__refuses__what_was_held(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_one);
	at("2022-06-18T19:00", move_what_was);
}

static void cancel_it(void)
{
	const struct agenda_hand *fatima = hand_of(PERSON_FATIMA, GROUP_KRUITBERG);
	size_t len, more;

	assert_string_not_equal(timer_at(1), "");
	assert_int_equal(agenda_cancel(fatima, turn, 1, "regen", &event), AGENDA_DONE);
	assert_int_equal(event.status, AGENDA_CANCELLED);
	event = agenda_get(turn_view(turn), 1);
	assert_string_equal(event.reason, "regen");
	assert_false(event.has_next);
	assert_string_equal(timer_at(1), "");
	assert_int_equal(agenda_cancel(fatima, turn, 1, NULL, &event), AGENDA_OFF);
	assert_int_equal(move(PERSON_FATIMA, GROUP_KRUITBERG, 1), AGENDA_OFF);
	(void)agenda_coming(turn_view(turn), CORE_KRUITBERG, 0, 10, &len, &more);
	assert_int_equal(len, 0);
	assert_int_equal(try_add(PERSON_FATIMA, GROUP_KRUITBERG, "bbq", timing_of("2022-06-18T17:00", NULL, NULL), &event), AGENDA_DONE);
}

static void agenda_cancel__ends__reminders_and_changes(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_one);
	at("2022-06-14T09:00", cancel_it);
}

static void edit_it(void)
{
	const struct agenda_hand *fatima = hand_of(PERSON_FATIMA, GROUP_KRUITBERG);
	struct agenda_entry was = { .message = "$1", .typed = "a", .title = "bbq", .timing = timing_of("2022-06-18T17:00", NULL, NULL) };
	struct agenda_entry now = was;

	assert_int_equal(move(PERSON_LEAD, GROUP_KRUITBERG, 1), AGENDA_DONE);
	now.typed = "b";
	now.title = "barbecue";
	now.place = "de tuin";
	fatima = hand_of(PERSON_FATIMA, GROUP_KRUITBERG);
	assert_int_equal(agenda_edit(fatima, turn, 1, &was, &now, &event), AGENDA_DONE);
	assert_true(agenda_find_typed(turn_view(turn), "$1", &event));
	assert_string_equal(event.title, "barbecue");
	assert_string_equal(event.place, "de tuin");
	assert_string_equal(event.typed, "b");
	assert_int_equal(event.next_at_ms, ms_at("2022-06-18T20:30"));
	assert_int_equal(agenda_edit(fatima, turn, 1, &now, &now, &event), AGENDA_UNCHANGED);
	was = now;
	now.timing = timing_of("2022-06-13T17:00", NULL, NULL);
	assert_int_equal(agenda_edit(fatima, turn, 1, &was, &now, &event), AGENDA_PAST);
}

static void agenda_edit__changes__only_what_the_edit_changed(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_one);
	at("2022-06-14T09:00", edit_it);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(agenda_coming__lists__core_and_neighbourhood_soonest_first, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_add__flags__the_same_twice_by_one_person, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_add__refuses__what_cannot_be, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_move__is_for__author_lead_and_coordinator, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_move__takes__a_time_that_can_be, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_move__moves__a_series_by_its_clock_alone, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_move__refuses__what_was_held, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_cancel__ends__reminders_and_changes, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(agenda_edit__changes__only_what_the_edit_changed, house_setup, house_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
