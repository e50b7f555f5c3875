#include "say/agenda_words.h"

#include <string.h>

#include "say/agenda_day.h"
#include "say/reminders.h"
#include "unit/agenda/agenda_house.h"

static struct agenda_event event;

static struct reader reader_in(int64_t group, enum language language)
{
	static struct group where;

	where = group_get(turn_view(turn), group);
	return (struct reader){ &house, turn_view(turn), &where, language };
}

/* No two alike, or they would be taken for the same. */
static const char *next_title(void)
{
	return arena_printf(turn_arena(turn), "bbq %d", messages);
}

static const char *full(enum language language, const char *starts, const char *ends, const char *rrule)
{
	struct reader reader = reader_in(GROUP_KRUITBERG, language);

	event = add(PERSON_FATIMA, GROUP_KRUITBERG, next_title(), timing_of(starts, ends, rrule));
	return agenda_time_full(&reader, &event);
}

static void say_full_times(void)
{
	assert_string_equal(full(LANGUAGE_NL, "2022-06-15T20:00", NULL, NULL), "woensdag 15 juni 2022 om 20:00");
	assert_string_equal(full(LANGUAGE_EN, "2022-06-15T14:00", "2022-06-15T16:00", NULL), "Wednesday 15 June 2022 from 14:00 to 16:00");
	assert_string_equal(full(LANGUAGE_NL, "2022-06-15", NULL, NULL), "woensdag 15 juni 2022, de hele dag");
	assert_string_equal(full(LANGUAGE_NL, "2022-09-10", "2022-09-18", NULL), "zaterdag 10 t/m zaterdag 17 september 2022");
}

static void say_series(void)
{
	assert_string_equal(full(LANGUAGE_NL, "2022-06-16T10:00", "2022-06-16T11:30", "FREQ=WEEKLY;BYDAY=TH"),
			    "elke donderdag van 10:00 tot 11:30, de eerstvolgende keer donderdag 16 juni 2022");
	assert_string_equal(full(LANGUAGE_EN, "2022-06-16T10:00", NULL, "FREQ=WEEKLY;BYDAY=TH"),
			    "every Thursday at 10:00, next on Thursday 16 June 2022");
	assert_string_equal(full(LANGUAGE_NL, "2022-07-01", NULL, "FREQ=MONTHLY;BYDAY=1FR"),
			    "elke eerste vrijdag van de maand, de eerstvolgende keer vrijdag 1 juli 2022");
	assert_string_equal(full(LANGUAGE_NL, "2022-06-15T20:00", NULL, "FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=5"),
			    "meer keren om 20:00, de eerstvolgende keer woensdag 15 juni 2022");
}

static void agenda_time_full__says__day_clock_and_rule(void **state)
{
	(void)state;
	at("2022-06-14T09:00", say_full_times);
	at("2022-06-14T09:00", say_series);
}

static const char *near(enum language language, const char *starts, const char *ends)
{
	struct reader reader = reader_in(GROUP_KRUITBERG, language);

	event = add(PERSON_FATIMA, GROUP_KRUITBERG, next_title(), timing_of(starts, ends, NULL));
	return agenda_time_near(&reader, &event, turn_now_ms(turn));
}

static void say_near_times(void)
{
	assert_string_equal(near(LANGUAGE_NL, "2022-06-14T20:00", NULL), "Vanavond om 20:00");
	assert_string_equal(near(LANGUAGE_NL, "2022-06-14T14:00", "2022-06-14T16:00"), "Vandaag van 14:00 tot 16:00");
	assert_string_equal(near(LANGUAGE_NL, "2022-06-15T10:00", NULL), "Morgenochtend om 10:00");
	assert_string_equal(near(LANGUAGE_NL, "2022-06-15T14:00", NULL), "Morgen om 14:00");
	assert_string_equal(near(LANGUAGE_EN, "2022-06-15T20:00", NULL), "Tomorrow evening at 20:00");
	assert_string_equal(near(LANGUAGE_NL, "2022-06-15", NULL), "Morgen");
	assert_string_equal(near(LANGUAGE_NL, "2022-06-15", "2022-06-17"), "Morgen");
	assert_string_equal(near(LANGUAGE_NL, "2022-06-21T20:00", NULL), "Dinsdag 21 juni 2022 om 20:00 (over 7 dagen)");
	assert_string_equal(near(LANGUAGE_EN, "2022-06-16T20:00", NULL), "Thursday 16 June 2022 at 20:00 (in 2 days)");
}

static void agenda_time_near__says__how_far_it_is(void **state)
{
	(void)state;
	at("2022-06-14T09:00", say_near_times);
}

static void fill_the_agenda(void)
{
	(void)add(PERSON_FATIMA, GROUP_KRUITBERG, "bbq, bel 06-12345678", timing_of("2022-06-18T17:00", NULL, NULL));
	(void)add(PERSON_COORDINATOR, GROUP_COORDINATORS, "buurtberaad", timing_of("2022-06-21T20:00", NULL, NULL));
	(void)add(PERSON_FATIMA, GROUP_KRUITBERG, "koffie", timing_of("2022-06-16T10:00", NULL, "FREQ=WEEKLY;BYDAY=TH"));
}

static void read_the_list(void)
{
	struct reader reader = reader_in(GROUP_KRUITBERG, LANGUAGE_NL);
	size_t len, more;
	struct agenda_event *list = agenda_coming(reader.view, reader.group->core, 0, 2, &len, &more);

	assert_string_equal(agenda_words_list(&reader, list, len, more, 1), "Agenda van Kruitberg en de buurt:\n"
									 "3: do 16 jun 10:00, koffie (elke donderdag)\n"
									 "1: za 18 jun 17:00, bbq, bel 06-12345678\n"
									 "En nog 1 later. Verder lezen? Typ !agenda pagina 2\n"
									 "Meer weten? Typ !agenda 3");
	assert_non_null(strstr(agenda_words_list(&reader, list, 0, 0, 1), "nog niets"));
}

static void read_cards(void)
{
	struct reader reader = reader_in(GROUP_KRUITBERG, LANGUAGE_NL);

	event = agenda_get(reader.view, 1);
	event.place = "de tuin";
	assert_string_equal(agenda_words_card(&reader, &event), "Agenda 1 (Kruitberg): bbq, bel 06-12345678\n"
								"Wanneer: zaterdag 18 juni 2022 om 17:00\n"
								"Waar: de tuin\n"
								"Ik herinner jullie 1 week, 1 dag en 2 uur van tevoren.\n"
								"Kom je ook? Geef een 👍 of typ !ikkom 1");
	reader = reader_in(GROUP_KLEIBURG, LANGUAGE_EN);
	assert_null(strstr(agenda_words_card(&reader, &event), "12345678"));
	event.status = AGENDA_CANCELLED;
	event.reason = "regen";
	event.has_next = false;
	assert_non_null(strstr(agenda_words_card(&reader, &event), "cancelled: regen"));
}

static void agenda_words__tell__who_reads_what_he_may(void **state)
{
	(void)state;
	at("2022-06-14T09:00", fill_the_agenda);
	at("2022-06-14T09:00", read_the_list);
	at("2022-06-14T09:00", read_cards);
}

static struct look looks[LOOK_MAX];
static size_t looks_len;
static const char *section;

static void fire_second(void)
{
	reminders_fire(&house, turn, "2", turn_now_ms(turn));
	looks_len = outbox_look(turn, NULL, looks);
	assert_int_equal(looks_len, 2);
	assert_string_equal(looks[0].body, "Vanavond om 20:00: buurtberaad (agenda 2).");
	assert_string_equal(looks[0].room, ROOM_KRUITBERG);
	assert_string_equal(looks[0].dedupe, "reminder/2/2022-06-21T20:00/2h/kruitberg");
	assert_int_equal(looks[0].expires_at_ms, ms_at("2022-06-21T20:00"));
	assert_string_equal(looks[1].body, "Tonight at 20:00: buurtberaad (event 2).");
	assert_in_range(looks[1].not_before_ms - looks[0].not_before_ms, 20 * MS_PER_SECOND, 40 * MS_PER_SECOND);
	reminders_fire(&house, turn, "2", turn_now_ms(turn));
	assert_int_equal(outbox_look(turn, NULL, looks), 2);
}

static void reminders_fire__tells__each_core_once_with_a_gap(void **state)
{
	(void)state;
	at("2022-06-14T09:00", fill_the_agenda);
	at("2022-06-21T18:00", fire_second);
}

static void cancel_the_second(void)
{
	assert_int_equal(agenda_cancel(hand_of(PERSON_COORDINATOR, GROUP_COORDINATORS), turn, 2, "ziek", &event), AGENDA_DONE);
}

static void cancel_within_the_gap(void)
{
	cancel_the_second();
	assert_int_equal(outbox_look(turn, NULL, looks), 0);
	reminders_fire(&house, turn, "2", turn_now_ms(turn));
	assert_int_equal(outbox_look(turn, NULL, looks), 2);
	assert_string_equal(looks[0].body, "Gaat niet door: buurtberaad, dinsdag 21 juni 2022 om 20:00 (agenda 2). De reden: ziek");
}

static void announcement__takes_back__a_reminder_that_nobody_heard_yet(void **state)
{
	(void)state;
	at("2022-06-14T09:00", fill_the_agenda);
	at("2022-06-21T18:00", fire_second);
	at("2022-06-21T18:00", cancel_within_the_gap);
}

static void compose_for_kruitberg(void)
{
	struct group kruitberg = group_get(turn_view(turn), GROUP_KRUITBERG);
	struct day_post post = { .group = &kruitberg };

	section = agenda_day_compose(&house, turn, &post);
	section = section ? strdup(section) : NULL;
	assert_null(agenda_day_compose(&house, turn, &post));
}

static void move_the_second(void)
{
	struct timing to = timing_of("2022-06-22T20:30", NULL, NULL);

	assert_int_equal(agenda_move(hand_of(PERSON_COORDINATOR, GROUP_COORDINATORS), turn, 2, &to, &event), AGENDA_DONE);
}

static void assert_section(const char *when, const char *expected)
{
	at(when, compose_for_kruitberg);
	if (expected)
		assert_string_equal(section, expected);
	else
		assert_null(section);
	free((void *)section);
}

static void day_section__says__what_is_due_and_only_once(void **state)
{
	(void)state;
	at("2022-06-14T09:00", fill_the_agenda);
	assert_section("2022-06-14T10:00", "Dinsdag 21 juni 2022 om 20:00 (over 7 dagen): buurtberaad (agenda 2).");
	assert_section("2022-06-15T10:00", "Morgenochtend om 10:00: koffie (agenda 3).");
	at("2022-06-15T12:00", move_the_second);
	assert_section("2022-06-16T10:00", "Verzet: buurtberaad, woensdag 22 juni 2022 om 20:30 (agenda 2). Het was dinsdag 21 juni 2022 om 20:00.");
	at("2022-06-16T12:00", cancel_the_second);
	assert_section("2022-06-17T10:00", "Morgen om 17:00: bbq, bel 06-12345678 (agenda 1).\n"
					   "Gaat niet door: buurtberaad, woensdag 22 juni 2022 om 20:30 (agenda 2). De reden: ziek");
	assert_section("2022-06-18T10:00", NULL);
}

static void say_shifted(void)
{
	struct reader reader = reader_in(GROUP_KRUITBERG, LANGUAGE_NL);

	event = add(PERSON_FATIMA, GROUP_KRUITBERG, "sterren", timing_of("2022-03-20T02:30", NULL, "FREQ=WEEKLY;BYDAY=SU"));
	assert_int_equal(event.next.day, 27);
	assert_string_equal(agenda_time_near(&reader, &event, turn_now_ms(turn)), "Morgenochtend om 03:30");
	assert_non_null(strstr(agenda_words_card(&reader, &event), "zomertijd"));
}

static void agenda_words__say__when_summer_time_shifts_an_event(void **state)
{
	(void)state;
	at("2022-03-26T09:00", say_shifted);
}

#define IN_HOUSE(test) cmocka_unit_test_setup_teardown(test, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_HOUSE(agenda_time_full__says__day_clock_and_rule),
		IN_HOUSE(agenda_time_near__says__how_far_it_is),
		IN_HOUSE(agenda_words__tell__who_reads_what_he_may),
		IN_HOUSE(reminders_fire__tells__each_core_once_with_a_gap),
		IN_HOUSE(announcement__takes_back__a_reminder_that_nobody_heard_yet),
		IN_HOUSE(day_section__says__what_is_due_and_only_once),
		IN_HOUSE(agenda_words__say__when_summer_time_shifts_an_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
