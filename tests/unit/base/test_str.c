#include "base/str.h"

#include <string.h>

#include "unit/cmocka_all.h"

static void str_equal__takes__null_as_a_value(void **state)
{
	(void)state;
	assert_true(str_equal(NULL, NULL) && str_equal("a", "a"));
	assert_false(str_equal(NULL, "") || str_equal("", NULL) || str_equal("a", "A"));
	assert_true(str_empty(NULL) && str_empty("") && !str_empty(" "));
}

static void str_starts_and_ends__look_at__the_edges(void **state)
{
	(void)state;
	assert_true(str_starts("kern-19", "kern") && str_starts("a", "") && !str_starts("ker", "kern"));
	assert_true(str_ends("a.csv", ".csv") && str_ends("a", "") && !str_ends("csv", ".csv"));
}

/* RFC 3629 and the classics of Markus Kuhn's decoder stress test. */
static void utf8_valid__refuses__every_way_to_be_wrong(void **state)
{
	static const char *const wrong[] = {
		"\x80", "\xbf", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xe0\x9f\xbf", "\xf0\x80\x80\xaf", "\xf0\x8f\xbf\xbf",
		"\xed\xa0\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe", "\xff", "\xc3", "\xe2\x82", "\xf0\x9f\x98",
		"\xc3(", "\xe2(\xa1", "\xe2\x82(", "\xf0\x90\x8c(",
	};
	static const char *const right[] = {
		"", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80",
		"\xf4\x8f\xbf\xbf",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		if (utf8_valid(wrong[i], strlen(wrong[i])))
			fail_msg("case %zu should be refused", i);
	}
	for (size_t i = 0; i < ARRAY_LEN(right); i++) {
		if (!utf8_valid(right[i], strlen(right[i])))
			fail_msg("case %zu should be taken", i);
	}
	assert_true(utf8_valid("a\0b", 3));
}

static void utf8_valid_prefix__ends__before_the_broken_byte(void **state)
{
	(void)state;
	assert_int_equal(utf8_valid_prefix("caf\xc3\xa9", 5), 5);
	assert_int_equal(utf8_valid_prefix("caf\xe9!", 5), 3);
	assert_int_equal(utf8_valid_prefix("\xc3\xa9\xc3", 3), 2);
	assert_int_equal(utf8_valid_prefix("", 0), 0);
}

static void utf8_cut__never_splits__a_character(void **state)
{
	const char *text = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"; /* 1, 2, 3 and 4 bytes */
	static const size_t cuts[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10 };

	(void)state;
	for (size_t limit = 0; limit < ARRAY_LEN(cuts); limit++)
		assert_int_equal(utf8_cut(text, limit), cuts[limit]);
}

static void parse_int64__wants__the_whole_text(void **state)
{
	static const char *const wrong[] = {
		"", "-", "+1", " 1", "1 ", "1x", "0x10", "1.0", "1e3", "--1", "9223372036854775808", "-9223372036854775809",
	};
	int64_t value = 7;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		if (parse_int64(wrong[i], &value))
			fail_msg("\"%s\" should be refused", wrong[i]);
	}
	assert_int_equal(value, 7);
	assert_true(parse_int64("9223372036854775807", &value) && value == INT64_MAX);
	assert_true(parse_int64("-9223372036854775808", &value) && value == INT64_MIN);
	assert_true(parse_int64("007", &value) && value == 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(str_equal__takes__null_as_a_value),
		cmocka_unit_test(str_starts_and_ends__look_at__the_edges),
		cmocka_unit_test(utf8_valid__refuses__every_way_to_be_wrong),
		cmocka_unit_test(utf8_valid_prefix__ends__before_the_broken_byte),
		cmocka_unit_test(utf8_cut__never_splits__a_character),
		cmocka_unit_test(parse_int64__wants__the_whole_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
