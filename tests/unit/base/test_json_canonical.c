/* The examples of the Matrix specification, Appendices, "Canonical JSON", and what must be refused. */
#include "base/json_canonical.h"

#include <string.h>

#include "base/json.h"
#include "unit/cmocka_all.h"

static struct arena *arena;

static int arena_begin(void **state)
{
	(void)state;
	arena = arena_create(4 * 1024 * 1024);
	return 0;
}

static int arena_end(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static enum json_canonical format(const char *text, char **ret_canonical)
{
	const struct cJSON *json = json_parse_in(arena, text, strlen(text));

	assert_non_null(json);
	return json_canonical_format(arena, json, ret_canonical);
}

static void assert_canonical(const char *text, const char *expected)
{
	char *canonical = NULL;

	assert_int_equal(format(text, &canonical), JSON_CANONICAL_OK);
	assert_string_equal(canonical, expected);
}

static void json_canonical_format__gives__the_examples_of_the_specification(void **state)
{
	(void)state;
	assert_canonical("{}", "{}");
	assert_canonical("{\"one\": 1, \"two\": \"Two\"}", "{\"one\":1,\"two\":\"Two\"}");
	assert_canonical("{\"b\": \"2\", \"a\": \"1\"}", "{\"a\":\"1\",\"b\":\"2\"}");
	assert_canonical("{\"auth\":{\"success\":true,\"mxid\":\"@john.doe:example.com\",\"profile\":{\"display_name\":\"John Doe\","
			 "\"three_pids\":[{\"medium\":\"email\",\"address\":\"john.doe@example.org\"},"
			 "{\"medium\":\"msisdn\",\"address\":\"123456789\"}]}}}",
			 "{\"auth\":{\"mxid\":\"@john.doe:example.com\",\"profile\":{\"display_name\":\"John Doe\",\"three_pids\":["
			 "{\"address\":\"john.doe@example.org\",\"medium\":\"email\"},"
			 "{\"address\":\"123456789\",\"medium\":\"msisdn\"}]},\"success\":true}}");
	assert_canonical("{\"a\": \"日本語\"}", "{\"a\":\"日本語\"}");
	assert_canonical("{\"本\": 2, \"日\": 1}", "{\"日\":1,\"本\":2}");
	assert_canonical("{\"a\": \"\\u65E5\"}", "{\"a\":\"日\"}");
	assert_canonical("{\"a\": null}", "{\"a\":null}");
}

/* UTF-16 units, which JavaScript sorts by, would put U+1F600 before U+FF21. */
static void json_canonical_format__sorts__by_code_point(void **state)
{
	(void)state;
	assert_canonical("{\"\xf0\x9f\x98\x80\":1,\"\xef\xbc\xa1\":2,\"a\":3,\"B\":4,\"\":5,\"aa\":6}",
			 "{\"\":5,\"B\":4,\"a\":3,\"aa\":6,\"\xef\xbc\xa1\":2,\"\xf0\x9f\x98\x80\":1}");
}

static void json_canonical_format__escapes__only_what_must_be(void **state)
{
	(void)state;
	assert_canonical("\"\\u0001\\b\\t\\n\\u000b\\f\\r\\u001F\\\"\\\\\\/\\u007f\\u00e9\"",
			 "\"\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\x7f\xc3\xa9\"");
	assert_canonical("{\"\\n\":[]}", "{\"\\n\":[]}");
}

static void json_canonical_format__keeps__whole_numbers_to_the_last_digit(void **state)
{
	(void)state;
	assert_canonical("[0,-1,9007199254740991,-9007199254740991,1655190000000]",
			 "[0,-1,9007199254740991,-9007199254740991,1655190000000]");
}

static void json_canonical_format__refuses__other_numbers(void **state)
{
	static const char *const numbers[] = {
		"1.0", "0.5", "1e3", "1E0", "-0", "-0.0", "9007199254740992", "-9007199254740992", "9007199254740993",
		"100000000000000000000", "1e400", "0.00000000000000000000001",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		char *canonical = NULL;

		if (format(arena_printf(arena, "{\"a\":[%s]}", numbers[i]), &canonical) != JSON_CANONICAL_NUMBER)
			fail_msg("taken: %s", numbers[i]);
		assert_null(canonical);
	}
}

static void json_canonical_format__refuses__a_key_that_stands_twice(void **state)
{
	char *canonical;

	(void)state;
	assert_int_equal(format("{\"a\":1,\"b\":2,\"a\":1}", &canonical), JSON_CANONICAL_DUPLICATE);
	assert_int_equal(format("{\"x\":[{\"\\u0061\":1,\"a\":2}]}", &canonical), JSON_CANONICAL_DUPLICATE);
	assert_int_equal(format("{\"a\":1,\"A\":2}", &canonical), JSON_CANONICAL_OK);
}

static void json_canonical_format__refuses__mended_text(void **state)
{
	char *canonical;

	(void)state;
	assert_int_equal(format("{\"a\":\"@admin:x\\u0000@evil:y\"}", &canonical), JSON_CANONICAL_TEXT);
	assert_int_equal(format("{\"a\\u0000\":1}", &canonical), JSON_CANONICAL_TEXT);
	assert_int_equal(format("{\"a\\ud800\":{}}", &canonical), JSON_CANONICAL_TEXT);
	assert_int_equal(format("[\"\\ud83dx\"]", &canonical), JSON_CANONICAL_TEXT);
	/* U+FFFD itself is a character like any other, and a mended string is forgotten by the next. */
	assert_int_equal(format("[\"\xef\xbf\xbd\",\"\\ufffd\"]", &canonical), JSON_CANONICAL_OK);
}

static void json_canonical_format__refuses__the_same_in_a_copy(void **state)
{
	AUTO_JSON copy = json_parse("[1.0]", 5);
	char *canonical;

	(void)state;
	assert_non_null(copy);
	assert_int_equal(json_canonical_format(arena, copy, &canonical), JSON_CANONICAL_NUMBER);
}

static void json_canonical_format__takes__what_was_built(void **state)
{
	AUTO_JSON json = json_object_create();
	char *canonical;

	(void)state;
	json_set_int(json, "n", INT64_C(9007199254740991));
	json_set_bool(json, "b", false);
	json_set_str(json, "a", "x");
	assert_int_equal(json_canonical_format(arena, json, &canonical), JSON_CANONICAL_OK);
	assert_string_equal(canonical, "{\"a\":\"x\",\"b\":false,\"n\":9007199254740991}");
}

static enum json_canonical format_signed(const char *text, char **ret_canonical)
{
	const struct cJSON *json = json_parse_in(arena, text, strlen(text));

	assert_non_null(json);
	return json_canonical_format_signed(arena, json, ret_canonical);
}

static void json_canonical_format_signed__leaves_out__what_stands_at_the_top_only(void **state)
{
	char *canonical;

	(void)state;
	assert_int_equal(format_signed("{\"unsigned\":{\"age\":1.5},\"z\":{\"signatures\":1,\"unsigned\":2},\"signatures\":{}}", &canonical),
			 JSON_CANONICAL_OK);
	assert_string_equal(canonical, "{\"z\":{\"signatures\":1,\"unsigned\":2}}");
	assert_int_equal(format_signed("{\"unsigned\":{\"a\\u0000\":\"\\ud800\"},\"z\":\"after it\"}", &canonical), JSON_CANONICAL_OK);
	assert_string_equal(canonical, "{\"z\":\"after it\"}");
	assert_int_equal(format_signed("{\"signatures\":{}}", &canonical), JSON_CANONICAL_OK);
	assert_string_equal(canonical, "{}");
}

static void json_canonical_format_signed__refuses__two_signatures_members(void **state)
{
	char *canonical;

	(void)state;
	assert_int_equal(format_signed("{\"signatures\":{},\"a\":1,\"signatures\":{}}", &canonical), JSON_CANONICAL_DUPLICATE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_canonical_format__gives__the_examples_of_the_specification),
		cmocka_unit_test(json_canonical_format__sorts__by_code_point),
		cmocka_unit_test(json_canonical_format__escapes__only_what_must_be),
		cmocka_unit_test(json_canonical_format__keeps__whole_numbers_to_the_last_digit),
		cmocka_unit_test(json_canonical_format__refuses__other_numbers),
		cmocka_unit_test(json_canonical_format__refuses__a_key_that_stands_twice),
		cmocka_unit_test(json_canonical_format__refuses__mended_text),
		cmocka_unit_test(json_canonical_format__refuses__the_same_in_a_copy),
		cmocka_unit_test(json_canonical_format__takes__what_was_built),
		cmocka_unit_test(json_canonical_format_signed__leaves_out__what_stands_at_the_top_only),
		cmocka_unit_test(json_canonical_format_signed__refuses__two_signatures_members),
	};

	return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
