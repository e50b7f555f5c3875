#include "text/appointment.h"

#include "base/str.h"
#include "unit/cmocka_all.h"

static const char *const places[] = { "HRHolst", "Kruitberg", "Koornhorst", "Kikkenstein", "4 Torens", "K-buurthuis", "Kleiburg" };

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

static enum appointment_verdict read_appointment(struct arena *arena, const char *text, struct appointment *ret_appointment)
{
	struct wall wall = { 2022, 6, 14, 9, 0, 0 };
	int64_t sent = 0;

	assert_int_equal(zone_instant(amsterdam, &wall, &sent), ZONE_OK);
	return appointment_read(amsterdam, arena, text, sent, places, ARRAY_LEN(places), ret_appointment);
}

static void appointment_read__parts__time_title_and_place(void **state)
{
	static const struct {
		const char *text, *title, *place;
	} cases[] = {
		{ "WOENSDAGAVOND 15 JUNI 20:00, bijeenkomst actieve bewoners, HRHolst, iedereen welkom",
		  "bijeenkomst actieve bewoners, iedereen welkom", "HRHolst" },
		{ "woensdag 15 juni 20:00 bijeenkomst actieve bewoners in HRHolst", "bijeenkomst actieve bewoners", "HRHolst" },
		{ "bbq zaterdag 14:00 bij de lift", "bbq", "de lift" },
		{ "bbq @ Kruitberg zaterdag 14:00", "bbq", "Kruitberg" },
		{ "bbq @hrholst zaterdag 14:00", "bbq", "HRHolst" },
		{ "bbq in de kruitberg op zaterdag om 14:00", "bbq", "Kruitberg" },
		{ "Schoonmaak Kruitberg zaterdag", "Schoonmaak", "Kruitberg" },
		{ "Kruitberg schoonmaak zaterdag", "Kruitberg schoonmaak", "Kruitberg" },
		{ "vergadering Kruitberg en Kikkenstein vrijdag 20:00", "vergadering Kruitberg en Kikkenstein", NULL },
		{ "thee en taart in de tuin van Kikkenstein elke 2e donderdag 14:00", "thee en taart", "de tuin van Kikkenstein" },
		{ "hulp bij administratie in de Koornhorst vrijdag 10:00", "hulp bij administratie", "Koornhorst" },
		{ "koffie in zaal 3 met taart zaterdag 10u", "koffie met taart", "zaal 3" },
		{ "koffie in 5 stappen zaterdag 10u", "koffie in 5 stappen", NULL },
		{ "in gesprek met de wijkagent vrijdag 20:00", "in gesprek met de wijkagent", NULL },
		{ "in de tuin samen eten zaterdag 14:00", "in de tuin samen eten", NULL },
		{ "vrijdag 20:00: In gesprek met de wijkagent, 4 Torens", "In gesprek met de wijkagent", "4 Torens" },
		{ "feest (zaterdag 18 juni, 20:00 uur) in 4 torens!", "feest!", "4 Torens" },
		{ "*bbq* zaterdag 14:00", "*bbq*", NULL },
		{ "bbq *zaterdag 14:00* neem stoelen mee", "bbq neem stoelen mee", NULL },
		{ "Datum: woensdag 15 juni. Tijd: 20:00. Plaats: HRHolst. Feest", "Feest", "HRHolst" },
		{ "bbq\nzaterdag 14:00\nneem stoelen mee", "bbq, neem stoelen mee", NULL },
		{ "BBQ met de buren! zaterdag 14:00", "BBQ met de buren!", NULL },
		{ "Zaterdag 18 juni - bbq - 14:00 - Kruitberg", "bbq", "Kruitberg" },
		{ "zaterdag 18 juni om 14:00: bbq, neem stoelen mee.", "bbq, neem stoelen mee", NULL },
		{ "Foto's kijken, zaterdag 14:00", "Foto's kijken", NULL },
		{ "K-buurtuurtje elke donderdag 16:00 K-buurthuis", "K-buurtuurtje", "K-buurthuis" },
		{ "kernenraad 22 september half acht, K buurthuis, iedereen welkom!!", "kernenraad, iedereen welkom!!", "K-buurthuis" },
		{ "\xf0\x9f\x8e\x89 feest zaterdag 20:00", "\xf0\x9f\x8e\x89 feest", NULL },
		{ "every first Wednesday 8pm coalition meeting at Koornhorst", "coalition meeting", "Koornhorst" },
		{ "June 15th 20:00 meeting at the library", "meeting", "the library" },
		{ "tea with cake tomorrow 2pm in Kikkenstein flat", "tea with cake", "Kikkenstein" },
		{ "vergadering in juni over het budget, 20 juni 20:00", "vergadering in juni over het budget", NULL },
		{ "mail info@example.org voor bbq zaterdag 14:00", "mail info@example.org voor bbq", NULL },
		{ "kleren-weggeefdag 18/6 11:00-15:00 Kleiburg, breng tassen mee", "kleren-weggeefdag, breng tassen mee", "Kleiburg" },
		{ "zaterdag en zondag open atelier", "open atelier", NULL },
		{ "bijeenkomst op zaterdag 18 juni en op 14:00", "bijeenkomst", NULL },
		{ "Opschonen van de tuin van Kruitberg, vrijdag 10:00", "Opschonen van de tuin", "Kruitberg" },
		{ "we gaan samen eten bij Fatima thuis vrijdag 18:00", "we gaan samen eten", "Fatima thuis" },
		{ "Week van 1104: 10 t/m 17 september, in alle kernen", "Week van 1104", "alle kernen" },
		{ "\"Samen eten\" vrijdag 18:00", "\"Samen eten\"", NULL },
		{ "vrijdag 18:00 samen eten (neem een bord mee)", "samen eten (neem een bord mee)", NULL },
	};
	AUTO_ARENA arena = arena_create(1 << 22);
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct appointment found;

		assert_int_equal(read_appointment(arena, cases[i].text, &found), APPOINTMENT_OK);
		if (str_equal(found.title, cases[i].title) && str_equal(found.place, cases[i].place))
			continue;
		print_error("\"%s\"\n  expected [%s] at [%s]\n  found    [%s] at [%s]\n", cases[i].text, cases[i].title,
			    cases[i].place ? cases[i].place : "", found.title, found.place ? found.place : "");
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void appointment_read__tells__what_is_missing(void **state)
{
	static const struct {
		const char *text, *code;
	} cases[] = {
		{ "zaterdag 14:00", "title.missing" },
		{ "zaterdag 14:00 Kruitberg", "title.missing" },
		{ "zaterdag 14:00 in de tuin", "title.missing" },
		{ "\xf0\x9f\x8e\x89 zaterdag 20:00", "title.missing" },
		{ "zaterdag 14:00 !!", "title.missing" },
		{ "bbq in Kruitberg", "date.missing" },
		{ "", "date.missing" },
		{ "vrijdagavond bbq in Kruitberg", "time.missing" },
		{ "31 februari bbq", "date.invalid" },
	};
	AUTO_ARENA arena = arena_create(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct appointment found;
		enum appointment_verdict verdict = read_appointment(arena, cases[i].text, &found);

		assert_string_equal(appointment_code(verdict, &found), cases[i].code);
	}
}

static void appointment_read__keeps__title_and_place_when_the_time_is_refused(void **state)
{
	AUTO_ARENA arena = arena_create(1 << 20);
	struct appointment found;

	(void)state;
	assert_int_equal(read_appointment(arena, "vrijdagavond bbq in Kruitberg", &found), APPOINTMENT_WHEN_REFUSED);
	assert_int_equal(found.when_verdict, WHEN_TIME_MISSING);
	assert_string_equal(found.title, "bbq");
	assert_string_equal(found.place, "Kruitberg");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(appointment_read__parts__time_title_and_place),
		cmocka_unit_test(appointment_read__tells__what_is_missing),
		cmocka_unit_test(appointment_read__keeps__title_and_place_when_the_time_is_refused),
	};

	return cmocka_run_group_tests(tests, open_amsterdam, close_amsterdam);
}
