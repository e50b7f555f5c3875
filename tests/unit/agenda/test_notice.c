#include "unit/agenda/agenda_house.h"

static struct agenda_event event;

/* What a turn found, for a look after it: by then the texts in it are gone. */
static struct agenda_notice notice;
static struct agenda_notice items[4];
static size_t items_len;

static void settle(void)
{
	agenda_settle(&house, turn, 1);
}

static void wake(void)
{
	settle();
	agenda_wake(turn, 1);
}

static bool take(void)
{
	settle();
	return agenda_take_alone(turn, 1, &notice);
}

static void take_something(void)
{
	assert_true(take());
	agenda_wake(turn, 1);
}

static void take_nothing(void)
{
	assert_false(take());
	agenda_wake(turn, 1);
}

static void read_items(int64_t group)
{
	struct group reader = group_get(turn_view(turn), group);
	const struct agenda_notice *found = agenda_items(turn_view(turn), &reader, &items_len);

	assert_in_range(items_len, 0, ARRAY_LEN(items));
	memcpy(items, found, items_len * sizeof *items);
}

static void tell_kruitberg(void)
{
	struct group kruitberg = group_get(turn_view(turn), GROUP_KRUITBERG);

	settle();
	read_items(GROUP_KRUITBERG);
	for (size_t i = 0; i < items_len; i++)
		agenda_item_told(turn, &kruitberg, &items[i]);
}

static void add_in_two_weeks(void)
{
	event = add(PERSON_FATIMA, GROUP_KRUITBERG, "bbq", timing_of("2022-06-28T20:00", NULL, NULL));
	assert_string_equal(timer_at(1), "2022-06-28T18:00:00+02:00");
}

static void find_nothing_for_kruitberg(void)
{
	read_items(GROUP_KRUITBERG);
	assert_int_equal(items_len, 0);
}

static void find_it_for_kruitberg_alone(void)
{
	read_items(GROUP_KLEIBURG);
	assert_int_equal(items_len, 0);
	read_items(GROUP_COORDINATORS);
	assert_int_equal(items_len, 0);
	read_items(GROUP_KRUITBERG);
	assert_int_equal(items_len, 1);
	assert_int_equal(items[0].kind, AGENDA_NOTICE_REMINDER);
	assert_int_equal(items[0].offset_ms, 7 * MS_PER_DAY);
	assert_string_equal(items[0].event.title, "bbq");
	assert_int_equal(items[0].occurrence.day, 28);
}

static void day_post__carries__reminders_of_a_week_and_a_day(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_in_two_weeks);
	at("2022-06-21T09:59", find_nothing_for_kruitberg);
	at("2022-06-21T10:00", find_it_for_kruitberg_alone);
	at("2022-06-21T10:00", tell_kruitberg);
	at("2022-06-21T10:00", find_nothing_for_kruitberg);
	at("2022-06-27T10:00", tell_kruitberg);
	assert_int_equal(items_len, 1);
	assert_int_equal(items[0].offset_ms, MS_PER_DAY);
	at("2022-06-28T17:59", take_nothing);
	at("2022-06-28T18:00", take_something);
	assert_int_equal(notice.offset_ms, 2 * MS_PER_HOUR);
	assert_int_equal(notice.useless_at_ms, ms_at("2022-06-28T20:00"));
	at("2022-06-28T18:00", take_nothing);
}

static void find_one_reminder_of_today(void)
{
	read_items(GROUP_KRUITBERG);
	assert_int_equal(items_len, 1);
	assert_int_equal(items[0].offset_ms, MS_PER_DAY);
}

static void day_post__says__once_what_it_missed(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_in_two_weeks);
	/* Down from before the 21st until the morning of the day itself: one line, not two. */
	at("2022-06-28T10:00", find_one_reminder_of_today);
	at("2022-06-28T10:00", tell_kruitberg);
	at("2022-06-28T10:00", find_nothing_for_kruitberg);
	/* Down until it had begun: nobody is helped any more. */
	at("2022-06-28T20:00", take_nothing);
	at("2022-06-28T20:00", find_nothing_for_kruitberg);
}

static void late_in_both_ways__is_said__once(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_in_two_weeks);
	at("2022-06-28T18:30", find_nothing_for_kruitberg);
	at("2022-06-28T18:30", take_something);
	assert_int_equal(notice.offset_ms, 2 * MS_PER_HOUR);
	at("2022-06-28T18:30", find_nothing_for_kruitberg);
	at("2022-06-28T18:30", take_nothing);
}

static void add_neighbourhood_event(void)
{
	event = add(PERSON_COORDINATOR, GROUP_COORDINATORS, "beraad", timing_of("2022-06-21T20:00", NULL, NULL));
}

static void find_it_everywhere(void)
{
	size_t len;

	read_items(GROUP_KRUITBERG);
	assert_int_equal(items_len, 1);
	read_items(GROUP_KLEIBURG);
	assert_int_equal(items_len, 1);
	(void)agenda_audience(turn_view(turn), &items[0].event, &len);
	assert_int_equal(len, 2);
	read_items(GROUP_COORDINATORS);
	assert_int_equal(items_len, 0);
}

static void day_post__brings__neighbourhood_events_to_the_main_groups(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_neighbourhood_event);
	at("2022-06-20T10:00", find_it_everywhere);
	at("2022-06-20T10:00", tell_kruitberg);
	at("2022-06-20T10:00", find_nothing_for_kruitberg);
}

static void add_in_the_morning(void)
{
	event = add(PERSON_FATIMA, GROUP_KRUITBERG, "koffie", timing_of("2022-06-16T10:00", NULL, NULL));
	assert_string_equal(timer_at(1), "2022-06-15T20:30:00+02:00");
}

static void reminder__of_two_hours__comes_the_evening_before_a_morning(void **state)
{
	(void)state;
	at("2022-06-14T12:00", add_in_the_morning);
	at("2022-06-15T20:30", take_something);
	assert_int_equal(notice.offset_ms, 2 * MS_PER_HOUR);
}

static void find_timer_at_nine(void)
{
	assert_string_equal(timer_at(1), "2022-06-16T09:00:00+02:00");
}

static void reminder__missed_in_the_evening__waits_for_the_morning(void **state)
{
	(void)state;
	at("2022-06-14T12:00", add_in_the_morning);
	at("2022-06-15T23:00", take_nothing);
	at("2022-06-15T23:00", find_timer_at_nine);
	at("2022-06-16T09:00", take_something);
}

static void add_for_this_evening(void)
{
	event = add(PERSON_FATIMA, GROUP_KRUITBERG, "bbq", timing_of("2022-06-14T20:00", NULL, NULL));
	/* The two hours are over: people read the answer just now. The timer is for the start. */
	assert_string_equal(timer_at(1), "2022-06-14T22:00:00+02:00");
}

static void reminder__is_not_planned__when_its_moment_is_past(void **state)
{
	(void)state;
	at("2022-06-14T18:01", add_for_this_evening);
	at("2022-06-14T18:01", take_nothing);
}

static void add_whole_day(void)
{
	event = add(PERSON_FATIMA, GROUP_KRUITBERG, "feest", timing_of("2022-06-21", NULL, NULL));
	assert_string_equal(timer_at(1), "2022-06-21T00:00:00+02:00");
}

static void reminder__of_whole_days__is_by_days_only(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_whole_day);
	at("2022-06-14T10:00", tell_kruitberg);
	assert_int_equal(items_len, 1);
	at("2022-06-20T10:00", tell_kruitberg);
	assert_int_equal(items_len, 1);
	at("2022-06-20T23:00", take_nothing);
}

static void add_weekly(void)
{
	event = add(PERSON_FATIMA, GROUP_KRUITBERG, "koffie", timing_of("2022-06-15T20:00", NULL, "FREQ=WEEKLY;BYDAY=WE"));
}

static void find_timer_next_week(void)
{
	assert_string_equal(timer_at(1), "2022-06-22T18:00:00+02:00");
}

static void find_next_week(void)
{
	event = agenda_get(turn_view(turn), 1);
	assert_int_equal(event.next_at_ms, ms_at("2022-06-22T20:00"));
}

static void series__plans__the_next_time_when_one_is_over(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_weekly);
	at("2022-06-15T18:00", take_something);
	assert_int_equal(notice.occurrence.day, 15);
	at("2022-06-15T22:00", wake);
	at("2022-06-15T22:00", find_next_week);
	at("2022-06-15T22:00", find_timer_next_week);
	at("2022-06-21T10:00", tell_kruitberg);
	assert_int_equal(items_len, 1);
	assert_int_equal(items[0].occurrence.day, 22);
	assert_int_equal(items[0].offset_ms, MS_PER_DAY);
}

static void series__forgets_nothing__that_an_outage_hid(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_weekly);
	/* Back after six days: the reminder of yesterday is still of use today. */
	at("2022-06-22T10:00", tell_kruitberg);
	assert_int_equal(items_len, 1);
	assert_int_equal(items[0].occurrence.day, 22);
}

static void want_reminders(void)
{
	static const int64_t offsets[] = { MS_PER_HOUR, 3 * MS_PER_DAY };
	size_t len;
	const int64_t *kept;

	assert_int_equal(agenda_remind(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, offsets, 2, &event), AGENDA_DONE);
	kept = reminder_offsets(&house, turn_view(turn), &event, &len);
	assert_int_equal(len, 2);
	assert_int_equal(kept[0], 3 * MS_PER_DAY);
	assert_string_equal(timer_at(1), "2022-06-28T19:00:00+02:00");
}

static void want_no_reminders(void)
{
	assert_int_equal(agenda_remind(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, NULL, 0, &event), AGENDA_DONE);
	assert_string_equal(timer_at(1), "2022-06-28T22:00:00+02:00");
}

static void own_wishes__replace__those_of_the_house(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_in_two_weeks);
	at("2022-06-14T09:00", want_reminders);
	at("2022-06-21T10:00", find_nothing_for_kruitberg);
	at("2022-06-25T10:00", tell_kruitberg);
	assert_int_equal(items_len, 1);
	at("2022-06-27T10:00", find_nothing_for_kruitberg);
	at("2022-06-27T10:00", want_no_reminders);
	at("2022-06-28T19:00", take_nothing);
}

static void want_hours_for_whole_day(void)
{
	static const int64_t offsets[] = { MS_PER_HOUR };

	assert_int_equal(agenda_remind(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, offsets, 1, &event), AGENDA_NO_CLOCK);
}

static void own_wishes__of_hours__need_a_clock(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_whole_day);
	at("2022-06-14T09:00", want_hours_for_whole_day);
}

static void two_short_wishes(void)
{
	static const int64_t offsets[] = { 2 * MS_PER_HOUR, 90 * MS_PER_MINUTE };

	assert_int_equal(agenda_remind(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, offsets, 2, &event), AGENDA_DONE);
}

static void two_short_reminders__that_fall_together__are_one(void **state)
{
	(void)state;
	at("2022-06-14T12:00", add_in_the_morning);
	at("2022-06-14T12:00", two_short_wishes);
	at("2022-06-15T20:30", take_something);
	assert_int_equal(notice.offset_ms, 90 * MS_PER_MINUTE);
	at("2022-06-15T20:30", take_nothing);
}

/* Moves of a neighbourhood event, by the coordinator in his own room. */
static void move_to(const char *starts)
{
	struct timing to = timing_of(starts, NULL, NULL);

	assert_int_equal(agenda_move(hand_of(PERSON_COORDINATOR, GROUP_COORDINATORS), turn, 1, &to, &event), AGENDA_DONE);
}

static void move_to_the_24th(void)
{
	move_to("2022-06-24T20:00");
}

static void move_to_the_25th(void)
{
	move_to("2022-06-25T20:00");
}

static void move_of_far__waits_for__the_day_post(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_neighbourhood_event);
	at("2022-06-14T12:00", move_to_the_24th);
	at("2022-06-14T13:00", move_to_the_25th);
	at("2022-06-14T13:00", take_nothing);
	at("2022-06-14T13:00", find_nothing_for_kruitberg);
	at("2022-06-15T10:00", tell_kruitberg);
	assert_int_equal(items_len, 1);
	assert_int_equal(items[0].kind, AGENDA_NOTICE_MOVED);
	assert_int_equal(items[0].occurrence.day, 21);
	assert_int_equal(items[0].event.next.day, 25);
	at("2022-06-15T10:00", find_nothing_for_kruitberg);
}

static void move_in_kruitberg(void)
{
	struct timing to = timing_of("2022-06-24T20:00", NULL, NULL);

	assert_int_equal(agenda_move(hand_of(PERSON_COORDINATOR, GROUP_KRUITBERG), turn, 1, &to, &event), AGENDA_DONE);
}

static void find_it_in_kleiburg_alone(void)
{
	read_items(GROUP_KRUITBERG);
	assert_int_equal(items_len, 0);
	read_items(GROUP_KLEIBURG);
	assert_int_equal(items_len, 1);
}

static void move_of_far__is_not_told__where_the_answer_was_read(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_neighbourhood_event);
	at("2022-06-14T12:00", move_in_kruitberg);
	at("2022-06-15T10:00", find_it_in_kleiburg_alone);
}

static void move_of_near__is_told__at_once(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_neighbourhood_event);
	at("2022-06-20T12:00", move_to_the_24th);
	at("2022-06-20T12:00", take_something);
	assert_int_equal(notice.kind, AGENDA_NOTICE_MOVED);
	assert_int_equal(notice.seen_by, GROUP_COORDINATORS);
	assert_int_equal(notice.occurrence.day, 21);
	/* The reminders of the old date are gone, those of the new one stand. */
	at("2022-06-21T18:00", take_nothing);
	at("2022-06-23T10:00", tell_kruitberg);
	assert_int_equal(items_len, 1);
	at("2022-06-24T18:00", take_something);
	assert_int_equal(notice.kind, AGENDA_NOTICE_REMINDER);
}

static void cancel_it(void)
{
	assert_int_equal(agenda_cancel(hand_of(PERSON_COORDINATOR, GROUP_COORDINATORS), turn, 1, "ziek", &event), AGENDA_DONE);
}

static void take_the_cancellation(void)
{
	take_something();
	assert_int_equal(notice.kind, AGENDA_NOTICE_CANCELLED);
	assert_string_equal(notice.event.reason, "ziek");
}

static void cancellation__in_a_quiet_night__waits_unless_it_would_be_too_late(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_neighbourhood_event);
	at("2022-06-20T23:00", cancel_it);
	at("2022-06-20T23:00", take_nothing);
	at("2022-06-21T09:00", take_the_cancellation);
}

static void add_at_breakfast(void)
{
	event = add(PERSON_COORDINATOR, GROUP_COORDINATORS, "ontbijt", timing_of("2022-06-16T08:30", NULL, NULL));
}

static void cancellation__of_a_breakfast__is_told_at_night(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_at_breakfast);
	at("2022-06-15T23:00", cancel_it);
	at("2022-06-15T23:00", take_something);
}

static void cancel_in_kruitberg(void)
{
	assert_int_equal(agenda_cancel(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, NULL, &event), AGENDA_DONE);
}

static void change__that_everybody_read__is_not_announced(void **state)
{
	(void)state;
	at("2022-06-14T12:00", add_in_the_morning);
	at("2022-06-14T12:01", cancel_in_kruitberg);
	at("2022-06-14T12:01", take_nothing);
}

static void withdraw_it(void)
{
	assert_int_equal(agenda_withdraw(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, &event), AGENDA_DONE);
	assert_int_equal(event.status, AGENDA_CANCELLED);
}

static void withdrawal__is_told__to_those_who_heard_of_the_event(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_in_two_weeks);
	at("2022-06-27T10:00", tell_kruitberg);
	at("2022-06-27T12:00", withdraw_it);
	at("2022-06-27T12:00", take_something);
	assert_int_equal(notice.kind, AGENDA_NOTICE_CANCELLED);
	assert_int_equal(notice.seen_by, 0);
}

static void withdrawal__is_quiet__when_nobody_heard(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_in_two_weeks);
	at("2022-06-14T10:00", withdraw_it);
	at("2022-06-14T10:00", take_nothing);
	at("2022-06-15T10:00", find_nothing_for_kruitberg);
}

static void withdraw_for_all(void)
{
	assert_int_equal(agenda_withdraw(hand_of(PERSON_LEAD, GROUP_COORDINATORS), turn, 1, &event), AGENDA_NOT_YOURS);
}

static void author_withdraws_for_all(void)
{
	static const enum agenda_verdict expected[] = { AGENDA_NOT_YOURS, AGENDA_DONE };

	event = add(PERSON_FATIMA, GROUP_COORDINATORS, "beraad", timing_of("2022-06-28T20:00", NULL, NULL));
	assert_int_equal(agenda_cancel(hand_of(PERSON_FATIMA, GROUP_COORDINATORS), turn, event.number, NULL, &event), expected[0]);
	assert_int_equal(agenda_withdraw(hand_of(PERSON_FATIMA, GROUP_COORDINATORS), turn, event.number, &event), expected[1]);
}

static void withdrawal__of_a_neighbourhood_event__is_its_authors_while_nobody_heard(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_neighbourhood_event);
	at("2022-06-14T09:00", withdraw_for_all);
	at("2022-06-14T09:00", author_withdraws_for_all);
}

/* For five days. */
static void be_quiet(void)
{
	quiet_set_group(turn, GROUP_KRUITBERG, PERSON_LEAD, turn_now_ms(turn) + 5 * MS_PER_DAY);
}

static void find_the_reminder_skipped(void)
{
	take_nothing();
	assert_int_equal(notices(1, "said", ""), 0);
	assert_int_equal(notices(1, "skipped", "quiet"), 3);
}

static void find_all_skipped_for_quiet(void)
{
	settle();
	assert_int_equal(notices(1, "said", ""), 0);
	assert_int_equal(notices(1, "skipped", "quiet"), 3);
}

static void reminder__in_a_quiet_group__was_not_said(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_in_two_weeks);
	at("2022-06-26T09:00", be_quiet);
	at("2022-06-28T18:00", find_the_reminder_skipped);
	/* Nobody heard of it, so nobody hears that it is off. */
	at("2022-06-28T18:30", withdraw_it);
	at("2022-06-28T18:30", take_nothing);
}

static void stay_quiet(void)
{
	quiet_set_group(turn, GROUP_KRUITBERG, PERSON_LEAD, turn_now_ms(turn) + 30 * MS_PER_DAY);
}

static void end_quiet(void)
{
	quiet_set_group(turn, GROUP_KRUITBERG, PERSON_LEAD, turn_now_ms(turn));
}

/* Also when it ended after the last day post that could have said it. */
static void reminders_of_the_day_post__in_a_quiet_group__were_skipped_for_that(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_in_two_weeks);
	at("2022-06-14T09:00", stay_quiet);
	at("2022-06-28T18:00", take_nothing);
	at("2022-06-28T19:00", end_quiet);
	at("2022-06-28T20:00", find_all_skipped_for_quiet);
}

static void find_them_late(void)
{
	settle();
	assert_int_equal(notices(1, "skipped", "late"), 3);
}

static void reminders__missed_by_an_outage__were_late(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_in_two_weeks);
	at("2022-06-28T20:00", find_them_late);
}

static void take_the_closest(void)
{
	take_something();
	assert_int_equal(notices(1, "said", ""), 1);
	assert_int_equal(notices(1, "skipped", "covered"), 2);
}

static void reminders__that_fall_together__are_covered_by_one(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_in_two_weeks);
	at("2022-06-28T18:30", take_the_closest);
}

static void be_quiet_in_kruitberg_alone(void)
{
	size_t len;

	event = add(PERSON_COORDINATOR, GROUP_COORDINATORS, "beraad", timing_of("2022-06-28T20:00", NULL, NULL));
	stay_quiet();
	notice = (struct agenda_notice){ .kind = AGENDA_NOTICE_REMINDER, .event = event };
	assert_int_equal(agenda_listeners(turn_view(turn), &notice, &len)->id, GROUP_KLEIBURG);
	assert_int_equal(len, 1);
	/* People would stand before a closed door. */
	notice.kind = AGENDA_NOTICE_CANCELLED;
	(void)agenda_listeners(turn_view(turn), &notice, &len);
	assert_int_equal(len, 2);
	notice.seen_by = GROUP_KRUITBERG;
	(void)agenda_listeners(turn_view(turn), &notice, &len);
	assert_int_equal(len, 1);
}

static void agenda_listeners__are__those_who_want_to_hear(void **state)
{
	(void)state;
	at("2022-06-14T09:00", be_quiet_in_kruitberg_alone);
}

static void format_offsets(void)
{
	assert_string_equal(reminder_offset_format(turn_arena(turn), 7 * MS_PER_DAY), "7d");
	assert_string_equal(reminder_offset_format(turn_arena(turn), 2 * MS_PER_HOUR), "2h");
	assert_string_equal(reminder_offset_format(turn_arena(turn), 90 * MS_PER_MINUTE), "90m");
}

static void reminder_offset_format__is__short(void **state)
{
	(void)state;
	at("2022-06-14T09:00", format_offsets);
}

#define IN_HOUSE(test) cmocka_unit_test_setup_teardown(test, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_HOUSE(day_post__carries__reminders_of_a_week_and_a_day),
		IN_HOUSE(day_post__says__once_what_it_missed),
		IN_HOUSE(late_in_both_ways__is_said__once),
		IN_HOUSE(day_post__brings__neighbourhood_events_to_the_main_groups),
		IN_HOUSE(reminder__of_two_hours__comes_the_evening_before_a_morning),
		IN_HOUSE(reminder__missed_in_the_evening__waits_for_the_morning),
		IN_HOUSE(reminder__is_not_planned__when_its_moment_is_past),
		IN_HOUSE(reminder__of_whole_days__is_by_days_only),
		IN_HOUSE(series__plans__the_next_time_when_one_is_over),
		IN_HOUSE(series__forgets_nothing__that_an_outage_hid),
		IN_HOUSE(own_wishes__replace__those_of_the_house),
		IN_HOUSE(own_wishes__of_hours__need_a_clock),
		IN_HOUSE(two_short_reminders__that_fall_together__are_one),
		IN_HOUSE(move_of_far__waits_for__the_day_post),
		IN_HOUSE(move_of_far__is_not_told__where_the_answer_was_read),
		IN_HOUSE(move_of_near__is_told__at_once),
		IN_HOUSE(cancellation__in_a_quiet_night__waits_unless_it_would_be_too_late),
		IN_HOUSE(cancellation__of_a_breakfast__is_told_at_night),
		IN_HOUSE(change__that_everybody_read__is_not_announced),
		IN_HOUSE(withdrawal__is_told__to_those_who_heard_of_the_event),
		IN_HOUSE(withdrawal__is_quiet__when_nobody_heard),
		IN_HOUSE(withdrawal__of_a_neighbourhood_event__is_its_authors_while_nobody_heard),
		IN_HOUSE(reminder__in_a_quiet_group__was_not_said),
		IN_HOUSE(reminders_of_the_day_post__in_a_quiet_group__were_skipped_for_that),
		IN_HOUSE(reminders__missed_by_an_outage__were_late),
		IN_HOUSE(reminders__that_fall_together__are_covered_by_one),
		IN_HOUSE(agenda_listeners__are__those_who_want_to_hear),
		IN_HOUSE(reminder_offset_format__is__short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
