#include "year/occasion.h"

#include "base/str.h"
#include "unit/agenda/agenda_house.h"

/* The builtin year: kernenraad in May and November, buurtberaad in April and October, leersessie in December. */
static struct occasion *list;
static size_t list_len;

static void look(const char *today)
{
	const struct wall day = wall_at(today);

	list = occasion_list(&house, turn_view(turn), &day, &list_len);
}

/* That of this event and month. */
static const struct occasion *get(const char *name, const char *month)
{
	const struct wall day = wall_at(month);

	for (size_t i = 0; i < list_len; i++) {
		if (str_equal(list[i].event->name, name) && wall_compare(&list[i].month, &day) == 0)
			return &list[i];
	}
	fail_msg("no %s in %s", name, month);
	return NULL;
}

static int64_t number_of(const char *name, const char *month)
{
	return get(name, month)->number;
}

static void look_without_dates(void)
{
	look("2022-06-14");
	assert_int_equal(list_len, 5);
	assert_string_equal(list[0].event->name, "buurtberaad");
	assert_string_equal(list[4].event->name, "kernenraad");
	for (size_t i = 0; i < list_len; i++)
		assert_true(occasion_is_open(&list[i]));
	/* This month and the eleven after it. */
	look("2022-12-31");
	assert_int_equal(list_len, 5);
	assert_string_equal(list[0].event->name, "leersessie");
	look("2023-01-01");
	assert_string_equal(list[0].event->name, "buurtberaad");
}

static void occasion_list__has__a_year_from_this_month(void **state)
{
	(void)state;
	at("2022-06-14T09:00", look_without_dates);
}

static void look_with_dates(void)
{
	struct agenda_event event;

	(void)add(PERSON_LEAD, GROUP_KRUITBERG, "kernenraad", timing_of("2022-11-10T20:00", NULL, NULL));
	(void)add(PERSON_COORDINATOR, GROUP_COORDINATORS, "Grote Kernen-Raad!", timing_of("2022-12-01T20:00", NULL, NULL));
	event = add(PERSON_COORDINATOR, GROUP_COORDINATORS, "Neighbourhood assembly", timing_of("2022-10-30", NULL, NULL));
	look("2022-06-14");
	/* What one core plans is its own; what is put off by some weeks still counts. */
	assert_int_equal(number_of("kernenraad", "2022-11-01"), 2);
	assert_int_equal(get("kernenraad", "2022-11-01")->starts.month, 12);
	assert_int_equal(number_of("kernenraad", "2023-05-01"), 0);
	assert_true(get("buurtberaad", "2022-10-01")->all_day);
	assert_int_equal(agenda_cancel(hand_of(PERSON_COORDINATOR, GROUP_COORDINATORS), turn, event.number, NULL, &event), AGENDA_DONE);
	look("2022-06-14");
	assert_true(occasion_is_open(get("buurtberaad", "2022-10-01")));
}

static void occasion_list__finds__what_stands_for_all(void **state)
{
	(void)state;
	at("2022-06-14T09:00", look_with_dates);
}

static void add_series(void)
{
	(void)add(PERSON_COORDINATOR, GROUP_COORDINATORS, "kernenraad", timing_of("2022-11-10T20:00", NULL, "FREQ=MONTHLY;INTERVAL=6;COUNT=3"));
}

static void skip_one_of_a_series(void)
{
	const struct wall day = wall_at("2023-05-10");
	struct agenda_event event;
	struct agenda_once once;

	assert_int_equal(agenda_once_find(hand_of(PERSON_COORDINATOR, GROUP_COORDINATORS), turn, 1, &day, &event, &once), AGENDA_DONE);
	assert_int_equal(agenda_once_cancel(hand_of(PERSON_COORDINATOR, GROUP_COORDINATORS), turn, NULL, &event, &once), AGENDA_DONE);
}

/* The time of November is over. */
static void look_at_the_series(void)
{
	look("2022-11-20");
	assert_int_equal(number_of("kernenraad", "2022-11-01"), 1);
	assert_int_equal(number_of("kernenraad", "2023-05-01"), 1);
	skip_one_of_a_series();
	look("2022-11-20");
	assert_int_equal(number_of("kernenraad", "2022-11-01"), 1);
	assert_int_equal(number_of("kernenraad", "2023-05-01"), 0);
}

static void occasion_list__counts__each_time_of_a_series(void **state)
{
	(void)state;
	at("2022-06-14T09:00", add_series);
	at("2022-11-20T09:00", look_at_the_series);
}

/* How many are told of on that day. */
static size_t nudges(const char *today)
{
	const struct wall day = wall_at(today);
	size_t len;

	look(today);
	(void)occasion_take_nudges(turn, list, list_len, &day, &len);
	return len;
}

static void nudge_first(void)
{
	assert_int_equal(nudges("2022-08-05"), 0);
	assert_int_equal(nudges("2022-08-06"), 1);
	assert_int_equal(nudges("2022-08-06"), 0);
}

static void nudge_again(void)
{
	assert_int_equal(nudges("2022-08-19"), 0);
	assert_int_equal(nudges("2022-08-20"), 1);
	/* The kernenraad has come near too. */
	assert_int_equal(nudges("2022-09-06"), 2);
	occasion_drop(turn, get("buurtberaad", "2022-10-01"), PERSON_COORDINATOR);
	assert_int_equal(nudges("2022-09-20"), 1);
	occasion_want(turn, get("buurtberaad", "2022-10-01"));
	assert_int_equal(nudges("2022-10-04"), 2);
	/* Until its month is over. */
	assert_int_equal(nudges("2022-10-31"), 3);
	assert_int_equal(nudges("2022-11-14"), 2);
}

static void occasion_take_nudges__come__eight_weeks_ahead_and_every_two(void **state)
{
	(void)state;
	at("2022-08-06T10:00", nudge_first);
	scratch_reopen(&scratch);
	at("2022-08-20T10:00", nudge_again);
}

static void find_session(void)
{
	const struct wall far = wall_at("2022-09-01"), near = wall_at("2022-12-01"), after = wall_at("2023-01-21"), on = wall_at("2023-01-20");
	struct wall day;

	assert_false(occasion_find_session(&house, turn_view(turn), &near, &day));
	(void)add(PERSON_COORDINATOR, GROUP_COORDINATORS, "Leersessie", timing_of("2023-01-20T14:00", NULL, NULL));
	(void)add(PERSON_COORDINATOR, GROUP_COORDINATORS, "kernenraad", timing_of("2022-12-20T14:00", NULL, NULL));
	assert_true(occasion_find_session(&house, turn_view(turn), &near, &day));
	assert_int_equal(day.day, 20);
	assert_int_equal(day.month, 1);
	assert_int_equal(day.hour, 0);
	assert_true(occasion_find_session(&house, turn_view(turn), &on, &day));
	assert_false(occasion_find_session(&house, turn_view(turn), &after, &day));
	assert_false(occasion_find_session(&house, turn_view(turn), &far, &day));
}

static void occasion_find_session__finds__what_is_near_and_for_learning(void **state)
{
	(void)state;
	at("2022-09-01T10:00", find_session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(occasion_list__has__a_year_from_this_month, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(occasion_list__finds__what_stands_for_all, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(occasion_list__counts__each_time_of_a_series, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(occasion_take_nudges__come__eight_weeks_ahead_and_every_two, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(occasion_find_session__finds__what_is_near_and_for_learning, house_setup, house_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
