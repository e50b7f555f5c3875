/* What answers look like: numbers and money, bars, HTML. */
#include "text/bar.h"
#include "text/html.h"
#include "text/spoken_number.h"
#include "unit/cmocka_all.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_create(1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static void cents_spoken__writes__money_as_each_language_does(void **state)
{
	static const struct {
		int64_t cents;
		const char *nl;
		const char *en;
	} cases[] = {
		{ 1250, "€12,50", "€12.50" },
		{ 0, "€0,00", "€0.00" },
		{ 5, "€0,05", "€0.05" },
		{ -300, "-€3,00", "-€3.00" },
		{ -5, "-€0,05", "-€0.05" },
		{ 99999, "€999,99", "€999.99" },
		{ 100000, "€1.000,00", "€1,000.00" },
		{ 123456789, "€1.234.567,89", "€1,234,567.89" },
		{ INT64_MIN, "-€92.233.720.368.547.758,08", "-€92,233,720,368,547,758.08" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_string_equal(cents_spoken(arena, LANGUAGE_NL, cents_from_int64(cases[i].cents)), cases[i].nl);
		assert_string_equal(cents_spoken(arena, LANGUAGE_EN, cents_from_int64(cases[i].cents)), cases[i].en);
	}
}

static void number_spoken__marks__thousands(void **state)
{
	(void)state;
	assert_string_equal(number_spoken(arena, LANGUAGE_NL, 999), "999");
	assert_string_equal(number_spoken(arena, LANGUAGE_NL, 1000), "1.000");
	assert_string_equal(number_spoken(arena, LANGUAGE_EN, -1234567), "-1,234,567");
	assert_string_equal(number_spoken(arena, LANGUAGE_EN, INT64_MIN), "-9,223,372,036,854,775,808");
}

static void bar_format__is_honest__at_both_ends(void **state)
{
	(void)state;
	assert_string_equal(bar_format(arena, 52), "▓▓▓▓▓░░░░░ 52%");
	assert_string_equal(bar_format(arena, 0), "░░░░░░░░░░ 0%");
	assert_string_equal(bar_format(arena, 1), "▓░░░░░░░░░ 1%");
	assert_string_equal(bar_format(arena, 99), "▓▓▓▓▓▓▓▓▓░ 99%");
	assert_string_equal(bar_format(arena, 100), "▓▓▓▓▓▓▓▓▓▓ 100%");
	assert_string_equal(bar_format(arena, 132), "▓▓▓▓▓▓▓▓▓▓+ 132%");
	assert_string_equal(bar_format(arena, -3), "░░░░░░░░░░ 0%");
}

static void html_escape__lets_through__no_tag(void **state)
{
	(void)state;
	assert_string_equal(html_escape(arena, "<a href=\"x\">'&amp;'"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39;");
}

static void html_twin__has_its_first_line_in_bold(void **state)
{
	(void)state;
	assert_null(html_twin(arena, "Idee 12 genoteerd: <b>fietsenrek</b>"));
	assert_string_equal(html_twin(arena, "Idee <12>:\neen\ntwee & drie"), "<b>Idee &lt;12&gt;:</b><br>een<br>twee &amp; drie");
	assert_string_equal(html_twin(arena, "een\n\ndrie\n"), "<b>een</b><br><br>drie<br>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cents_spoken__writes__money_as_each_language_does),
		cmocka_unit_test(number_spoken__marks__thousands),
		cmocka_unit_test(bar_format__is_honest__at_both_ends),
		cmocka_unit_test(html_escape__lets_through__no_tag),
		cmocka_unit_test(html_twin__has_its_first_line_in_bold),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
