#include "unit/agenda/agenda_house.h"

static struct agenda_event event;
static enum agenda_verdict refusal;

static const struct chair three[] = { { .person = PERSON_FATIMA, .name = "Fatima" }, { .person = PERSON_JOHN, .name = "John" }, { .name = "Winston" } };

/* "Fatima John | Winston": in turn, and behind the mark who cannot. */
static void assert_list(const char *expected)
{
	const struct agenda_event now = agenda_get(turn_view(turn), 1);
	size_t len;
	const struct chair *chairs = chair_list(turn_view(turn), &now, &len);
	const char *text = "";

	for (size_t i = 0; i < len; i++) {
		bool mark = chairs[i].away && (i == 0 || !chairs[i - 1].away);

		text = arena_printf(turn_arena(turn), "%s%s%s%s", text, *text ? " " : "", mark ? "| " : "", chairs[i].name);
	}
	assert_string_equal(text, expected);
}

static void set_up(void)
{
	(void)add(PERSON_LEAD, GROUP_KRUITBERG, "kernoverleg", timing_of("2022-06-16T20:00", NULL, "FREQ=WEEKLY;BYDAY=TH"));
	assert_int_equal(chair_swap(hand_of(PERSON_LEAD, GROUP_KRUITBERG), turn, 1, NULL, &event, &refusal), CHAIR_NONE);
	assert_int_equal(chair_set(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, three, 3, &event, &refusal), CHAIR_REFUSED);
	assert_int_equal(refusal, AGENDA_NOT_YOURS);
	assert_int_equal(chair_set(hand_of(PERSON_LEAD, GROUP_KRUITBERG), turn, 1, three, 3, &event, &refusal), CHAIR_DONE);
	assert_list("Fatima John Winston");
}

static void swap_to_winston(void)
{
	assert_int_equal(chair_swap(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, &three[2], &event, &refusal), CHAIR_DONE);
	assert_list("Winston John Fatima");
	assert_int_equal(chair_swap(hand_of(PERSON_FATIMA, GROUP_KRUITBERG), turn, 1, &(struct chair){ .name = "Sjaak" }, &event, &refusal),
			 CHAIR_NOT_LISTED);
	assert_int_equal(chair_swap(hand_of(PERSON_COORDINATOR, GROUP_COORDINATORS), turn, 1, NULL, &event, &refusal), CHAIR_DONE);
	assert_list("John Winston Fatima");
}

static void go_round(void)
{
	agenda_settle(&house, turn, 1);
	assert_list("Winston Fatima John");
}

static void be_away(void)
{
	const struct wall until = wall_at("2022-07-01");

	assert_int_equal(chair_away(hand_of(PERSON_JOHN, GROUP_KRUITBERG), turn, 1, &three[2], &until, &event, &refusal), CHAIR_DONE);
	assert_list("Fatima John | Winston");
}

static void skip_who_is_away(void)
{
	agenda_settle(&house, turn, 1);
	assert_list("John Fatima | Winston");
}

static void come_back_first(void)
{
	agenda_settle(&house, turn, 1);
	/* He kept his turn. */
	assert_list("Winston Fatima John");
}

static void chairs__go_round__over_swaps_and_absence(void **state)
{
	(void)state;
	at("2022-06-14T09:00", set_up);
	at("2022-06-14T09:01", swap_to_winston);
	at("2022-06-17T09:00", go_round);
	at("2022-06-17T09:01", be_away);
	at("2022-06-24T09:00", skip_who_is_away);
	at("2022-07-01T09:00", come_back_first);
}

static void only_one_left(void)
{
	const struct wall until = wall_at("2023-01-01");
	size_t len;

	assert_int_equal(chair_away(hand_of(PERSON_LEAD, GROUP_KRUITBERG), turn, 1, &three[1], &until, &event, &refusal), CHAIR_DONE);
	assert_int_equal(chair_away(hand_of(PERSON_LEAD, GROUP_KRUITBERG), turn, 1, &three[2], &until, &event, &refusal), CHAIR_DONE);
	assert_int_equal(chair_swap(hand_of(PERSON_LEAD, GROUP_KRUITBERG), turn, 1, NULL, &event, &refusal), CHAIR_NOBODY);
	(void)chair_events(turn_view(turn), GROUP_KRUITBERG, &len);
	assert_int_equal(len, 1);
	(void)chair_events(turn_view(turn), GROUP_KLEIBURG, &len);
	assert_int_equal(len, 0);
}

static void nobody_is_left(void)
{
	const struct wall until = wall_at("2023-01-01");

	assert_int_equal(chair_away(hand_of(PERSON_LEAD, GROUP_KRUITBERG), turn, 1, &three[0], &until, &event, &refusal), CHAIR_DONE);
}

static void keep_the_order(void)
{
	agenda_settle(&house, turn, 1);
	assert_list("| Fatima John Winston");
}

static void chair_held__keeps__turns_when_nobody_can(void **state)
{
	(void)state;
	at("2022-06-14T09:00", set_up);
	at("2022-06-14T09:01", only_one_left);
	at("2022-06-14T09:02", nobody_is_left);
	at("2022-06-17T09:00", keep_the_order);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(chairs__go_round__over_swaps_and_absence, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(chair_held__keeps__turns_when_nobody_can, house_setup, house_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
