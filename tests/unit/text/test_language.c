#include "text/language.h"

#include "unit/cmocka_all.h"

static void language_parse__reads_back__what_format_wrote(void **state)
{
	(void)state;
	for (enum language language = 0; language < LANGUAGE_MAX; language++) {
		enum language again = LANGUAGE_MAX;

		assert_true(language_parse(language_format(language), &again));
		assert_int_equal(again, language);
	}
}

static void language_parse__refuses__other_codes(void **state)
{
	enum language language = LANGUAGE_EN;

	(void)state;
	assert_false(language_parse("de", &language));
	assert_false(language_parse("NL", &language));
	assert_false(language_parse("", &language));
	assert_int_equal(language, LANGUAGE_EN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(language_parse__reads_back__what_format_wrote),
		cmocka_unit_test(language_parse__refuses__other_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
