#include "config/year.h"

#include "unit/config/config_text.h"

/* `year:` stands on line 13. */
#define YEAR(lines) HOOD GROUPS "year:\n" lines

static void read_year__reads__the_rhythm(void **state)
{
	AUTO_ARENA arena = arena_create(16 * 1024 * 1024);
	const struct config_year *year;

	(void)state;
	year = &expect_config(arena, YEAR("  events:\n"
					  "    - {name: kernenraad, aliases: [raad van kernen], months: [may, november]}\n"
					  "    - {name: leersessie, months: [december], learning: true}\n"
					  "  deadline: 31 january\n"
					  "  rounds: [1 september, 28 february]\n"
					  "  question: {en: How are you?}\n"), CONFIG_FOR_SERVER)->year;
	assert_int_equal(year->events_len, 2);
	assert_string_equal(year->events[0].name, "kernenraad");
	assert_int_equal(year->events[0].aliases_len, 1);
	assert_int_equal(year->events[0].months, 1u << 5 | 1u << 11);
	assert_false(year->events[0].learning);
	assert_true(year->events[1].learning);
	assert_true(year->has_deadline);
	assert_int_equal(year->deadline.month, 1);
	assert_int_equal(year->deadline.day, 31);
	/* In the order of the calendar. */
	assert_int_equal(year->rounds_len, 2);
	assert_int_equal(year->rounds[0].month, 2);
	assert_int_equal(year->rounds[0].day, 28);
	assert_int_equal(year->rounds[1].month, 9);
	assert_null(year->questions[LANGUAGE_NL]);
	assert_string_equal(year->questions[LANGUAGE_EN], "How are you?");
}

static void read_year__leaves_all_out__without_section(void **state)
{
	AUTO_ARENA arena = arena_create(16 * 1024 * 1024);
	const struct config_year *year;

	(void)state;
	year = &expect_config(arena, HOOD GROUPS, CONFIG_FOR_SERVER)->year;
	assert_int_equal(year->events_len, 0);
	assert_int_equal(year->rounds_len, 0);
	assert_false(year->has_deadline);
}

static void read_year__says_what_was_found_and_expected(void **state)
{
	static const struct {
		const char *line;
		const char *golden;
	} cases[] = {
		{ "  deadline: 29 february", "13: deadline: found \"29 february\", expected a day that every year has, such as 31 january" },
		{ "  deadline: 2022-01-31", "13: deadline: found \"2022-01-31\", expected a day that every year has, such as 31 january" },
		{ "  deadline: 31", "13: deadline: found \"31\", expected a day that every year has, such as 31 january" },
		{ "  deadline: 0 may", "13: deadline: found \"0 may\", expected a day that every year has, such as 31 january" },
		{ "  deadline: 1 mei", "13: deadline: found \"1 mei\", expected a day that every year has, such as 31 january" },
		{ "  rounds: 1 march", "11: rounds: found \"1 march\", expected a list of days, such as [1 march, 1 september]" },
		{ "  rounds: [1 march, 28 march]", "11: rounds: found a list, expected at least 28 days between two rounds" },
		{ "  rounds: [1 january, 15 december]", "11: rounds: found a list, expected at least 28 days between two rounds" },
		{ "  rounds: [1 march, 32 may]", "21: found \"32 may\", expected a day that every year has, such as 31 january" },
		{ "  question: Alles goed?", "13: question: found \"Alles goed?\", expected question as a section: keys, one a line" },
		{ "  events: [{name: \"\", months: [may]}]", "19: name: found \"\", expected a name of at most 40 characters, such as kernenraad" },
		{ "  events: [{name: de raad van alle kernen en ook alle buren samen, months: [may]}]",
		  "19: name: found \"de raad van alle kernen en ook alle buren samen\", expected a name of at most 40 characters, such as kernenraad" },
		{ "  events: [{name: x}]", "12: found no key \"months\", expected it in an event" },
		{ "  events: [{name: x, months: may}]", "30: months: found \"may\", expected a list of months, such as [may, november]" },
		{ "  events: [{name: x, months: []}]", "30: months: found a list, expected at least one month" },
		{ "  events: [{name: x, months: [may, may]}]", "36: found \"may\", expected each month once" },
		{ "  events: [{name: x, months: [mei]}]", "31: found \"mei\", expected january, february, march, april, may, june, july, "
						     "august, september, october, november or december" },
		{ "  events: [{name: x, months: [may]}, {name: y, aliases: [X], months: [may]}]",
		  "38: event: found \"x\" a second time, expected it once: it stands at t.yaml:14:12 already" },
		{ "  rhythm: x", "3: found the key \"rhythm\", expected a key of year: events, deadline, rounds, question" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_ARENA arena = arena_create(64 * 1024);

		expect_errors(arena_printf(arena, YEAR("%s\n"), cases[i].line), arena_printf(arena, "t.yaml:14:%s\n", cases[i].golden));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_year__reads__the_rhythm),
		cmocka_unit_test(read_year__leaves_all_out__without_section),
		cmocka_unit_test(read_year__says_what_was_found_and_expected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
