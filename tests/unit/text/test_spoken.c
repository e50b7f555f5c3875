#include "text/spoken.h"

#include "unit/cmocka_all.h"

static struct zone *amsterdam;

static int open_amsterdam(void **state)
{
	(void)state;
	amsterdam = zone_open("Europe/Amsterdam");
	return amsterdam ? 0 : -1;
}

static int close_amsterdam(void **state)
{
	(void)state;
	zone_close(amsterdam);
	return 0;
}

static struct when read_when(struct arena *arena, const char *phrase)
{
	struct wall wall = { 2022, 6, 14, 9, 0, 0 };
	struct when when;
	int64_t sent = 0;

	assert_int_equal(zone_instant(amsterdam, &wall, &sent), ZONE_OK);
	assert_int_equal(when_read(amsterdam, arena, phrase, sent, &when), WHEN_OK);
	return when;
}

static void spoken_when__says__the_full_date(void **state)
{
	static const struct {
		const char *phrase, *dutch, *english;
	} cases[] = {
		{ "15 juni 20:00", "woensdag 15 juni 2022 om 20:00", "Wednesday 15 June 2022 at 20:00" },
		{ "15 juni", "woensdag 15 juni 2022, de hele dag", "Wednesday 15 June 2022, all day" },
		{ "15 juni 14:00-16:00", "woensdag 15 juni 2022 van 14:00 tot 16:00", "Wednesday 15 June 2022 from 14:00 to 16:00" },
		{ "vrijdag 22:00-02:00", "vrijdag 17 juni 2022 van 22:00 tot 02:00", "Friday 17 June 2022 from 22:00 to 02:00" },
		{ "vrijdag 15:00 tot zondag 12:00", "van vrijdag 17 juni 2022 om 15:00 tot zondag 19 juni 2022 om 12:00",
		  "from Friday 17 June 2022 at 15:00 to Sunday 19 June 2022 at 12:00" },
		{ "10 t/m 17 september", "zaterdag 10 t/m zaterdag 17 september 2022", "Saturday 10 to Saturday 17 September 2022" },
		{ "30 september t/m 2 oktober", "vrijdag 30 september t/m zondag 2 oktober 2022",
		  "Friday 30 September to Sunday 2 October 2022" },
		{ "28 december t/m 3 januari", "woensdag 28 december 2022 t/m dinsdag 3 januari 2023",
		  "Wednesday 28 December 2022 to Tuesday 3 January 2023" },
		{ "29 oktober t/m 30 oktober", "zaterdag 29 t/m zondag 30 oktober 2022", "Saturday 29 to Sunday 30 October 2022" },
	};
	AUTO_ARENA arena = arena_create(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct when when = read_when(arena, cases[i].phrase);

		assert_string_equal(spoken_when(amsterdam, arena, LANGUAGE_NL, &when), cases[i].dutch);
		assert_string_equal(spoken_when(amsterdam, arena, LANGUAGE_EN, &when), cases[i].english);
	}
}

static void spoken_brief__is_short__without_full_stops(void **state)
{
	AUTO_ARENA arena = arena_create(1 << 20);
	struct when when = read_when(arena, "15 juni 20:00"), autumn = read_when(arena, "15 oktober");

	(void)state;
	assert_string_equal(spoken_brief(amsterdam, arena, LANGUAGE_NL, when.start_ms, false), "wo 15 jun 20:00");
	assert_string_equal(spoken_brief(amsterdam, arena, LANGUAGE_EN, when.start_ms, false), "Wed 15 Jun 20:00");
	assert_string_equal(spoken_brief(amsterdam, arena, LANGUAGE_NL, autumn.start_ms, true), "za 15 okt");
	assert_string_equal(spoken_clock(amsterdam, arena, when.start_ms), "20:00");
	assert_string_equal(spoken_moment(amsterdam, arena, LANGUAGE_NL, when.start_ms), "woensdag 15 juni 2022 om 20:00");
}

static void spoken_rule__says__every_rule_that_is_read(void **state)
{
	static const struct {
		const char *phrase, *dutch, *english;
	} cases[] = {
		{ "elke dag 9:00", "elke dag", "every day" },
		{ "om de dag 9:00", "om de dag", "every other day" },
		{ "elke werkdag 9:00", "elke werkdag", "every weekday" },
		{ "elke donderdag", "elke donderdag", "every Thursday" },
		{ "elke dinsdag en donderdag", "elke dinsdag en donderdag", "every Tuesday and Thursday" },
		{ "elke ma, wo en vr 9:00", "elke maandag, woensdag en vrijdag", "every Monday, Wednesday and Friday" },
		{ "elke week vanaf 16 juni", "elke week", "every week" },
		{ "om de week maandag", "om de week op maandag", "every other week on Monday" },
		{ "elke 3 weken op maandag", "elke 3 weken op maandag", "every 3 weeks on Monday" },
		{ "elke eerste woensdag", "elke eerste woensdag van de maand", "every first Wednesday of the month" },
		{ "elke laatste vrijdag van de maand", "elke laatste vrijdag van de maand", "every last Friday of the month" },
		{ "elke tweede en vierde dinsdag", "elke tweede en vierde dinsdag van de maand",
		  "every second and fourth Tuesday of the month" },
		{ "om de maand op de eerste woensdag", "om de maand op de eerste woensdag", "every other month on the first Wednesday" },
		{ "elke 15e van de maand", "elke 15e van de maand", "every 15th of the month" },
		{ "elke 2e van de maand", "elke 2e van de maand", "every 2nd of the month" },
		{ "elke 11e van de maand", "elke 11e van de maand", "every 11th of the month" },
		{ "elke 3 maanden vanaf 1 juli", "elke 3 maanden", "every 3 months" },
		{ "elk jaar op 21 maart", "elk jaar", "every year" },
		{ "elke eerste zaterdag van september", "elke eerste zaterdag van september", "every first Saturday of September" },
		{ "elke donderdag t/m 1 september", "elke donderdag, t/m 1 september 2022",
		  "every Thursday, up to and including 1 September 2022" },
		{ "elke donderdag 20:00 t/m 1 september", "elke donderdag, t/m 1 september 2022",
		  "every Thursday, up to and including 1 September 2022" },
		{ "elke donderdag 00:30 t/m 31 december", "elke donderdag, t/m 31 december 2022",
		  "every Thursday, up to and including 31 December 2022" },
	};
	AUTO_ARENA arena = arena_create(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct when when = read_when(arena, cases[i].phrase);

		assert_string_equal(spoken_rule(amsterdam, arena, LANGUAGE_NL, when.rrule), cases[i].dutch);
		assert_string_equal(spoken_rule(amsterdam, arena, LANGUAGE_EN, when.rrule), cases[i].english);
	}
}

static void spoken_rule__refuses__rules_of_others(void **state)
{
	static const char *const rules[] = {
		"", "FREQ=HOURLY", "FREQ=WEEKLY;", "FREQ=WEEKLY;BYDAY=", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;COUNT=3",
		"FREQ=MONTHLY;BYDAY=9WE", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;UNTIL=2022", "FREQ=WEEKLY;UNTIL=20220231",
		"FREQ=WEEKLYBYDAY=TH", "BYDAY=TH", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=WEEKLY;UNTIL=20220901T2159590",
	};
	AUTO_ARENA arena = arena_create(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		assert_null(spoken_rule(amsterdam, arena, LANGUAGE_NL, rules[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spoken_when__says__the_full_date),
		cmocka_unit_test(spoken_brief__is_short__without_full_stops),
		cmocka_unit_test(spoken_rule__says__every_rule_that_is_read),
		cmocka_unit_test(spoken_rule__refuses__rules_of_others),
	};

	return cmocka_run_group_tests(tests, open_amsterdam, close_amsterdam);
}
