#include "base/json.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "unit/cmocka_all.h"

static struct cJSON *parse(const char *text)
{
	return json_parse(text, strlen(text));
}

static void json_parse__refuses__broken_utf8_nul_and_trailing_bytes(void **state)
{
	(void)state;
	assert_null(parse("\"\xff\""));
	assert_null(json_parse("\"a\0b\"", 5));
	assert_null(parse("{} x"));
	assert_null(parse(""));
}

static void json_parse__refuses__a_thousand_levels(void **state)
{
	char deep[2001];

	(void)state;
	memset(deep, '[', 1000);
	memset(deep + 1000, ']', 1000);
	deep[2000] = '\0';
	assert_null(parse(deep));
}

static void json_parse__mends__escaped_nul_and_lone_surrogates(void **state)
{
	AUTO_JSON json = parse("{\"a\":\"x\\u0000y\",\"b\":\"\\ud800\",\"c\":\"\\ud83d\\ude00\",\"d\":\"\\\\u0000\"}");

	(void)state;
	assert_non_null(json);
	assert_string_equal(json_str(json, "a"), "x\xef\xbf\xbdy");
	assert_string_equal(json_str(json, "b"), "\xef\xbf\xbd");
	assert_string_equal(json_str(json, "c"), "\xf0\x9f\x98\x80");
	assert_string_equal(json_str(json, "d"), "\\u0000");
}

static void json_parse__refuses__what_is_no_json(void **state)
{
	static const char *const broken[] = {
		"", " ", "nul", "True", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "[1,]", "[1 2]", "[", "]", "{\"a\"}", "{\"a\":}",
		"{\"a\":1,}", "{a:1}", "{\"a\":1", "\"open", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"a\nb\"", "'a'", "1 2", "[1]]", "\v1",
		"\xef\xbb\xbf{}",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		if (parse(broken[i]))
			fail_msg("read: %s", broken[i]);
	}
}

static void json_parse__reads__what_is_json(void **state)
{
	static const struct {
		const char *text, *printed;
	} cases[] = {
		{ " [ ] ", "[]" },
		{ "{ }", "{}" },
		{ "0", "0" },
		{ "-0.5", "-0.5" },
		{ "1e3", "1000" },
		{ "1E-2", "0.01" },
		{ "-1655200800000", "-1655200800000" },
		{ "[true,false,null]", "[true,false,null]" },
		{ "{\"a\":{\"b\":[1,[2,{\"c\":\"d\"}]]},\"e\":\"\"}", "{\"a\":{\"b\":[1,[2,{\"c\":\"d\"}]]},\"e\":\"\"}" },
		{ "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"" },
		{ "\"\\u00e9\\u20AC\\u0041\"", "\"\xc3\xa9\xe2\x82\xac""A\"" },
		{ "\"\\ud83dx\\udc00\"", "\"\xef\xbf\xbdx\xef\xbf\xbd\"" },
	};
	AUTO_ARENA arena = arena_create(64 * 1024);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_JSON json = parse(cases[i].text);

		assert_non_null(json);
		assert_string_equal(json_print(arena, json), cases[i].printed);
	}
}

static void json_str__tells_case_apart(void **state)
{
	AUTO_JSON json = parse("{\"Sender\":\"evil\",\"sender\":\"good\"}");

	(void)state;
	assert_string_equal(json_str(json, "sender"), "good");
}

static void json_int__refuses__fractions_and_beyond_2_to_53(void **state)
{
	AUTO_JSON json = parse("{\"a\":1.5,\"b\":9007199254740993000,\"c\":1655200800000}");
	int64_t value;

	(void)state;
	assert_false(json_int(json, "a", &value));
	assert_false(json_int(json, "b", &value));
	assert_true(json_int(json, "c", &value));
	assert_true(value == INT64_C(1655200800000));
}

/* cJSON alone makes 9.00719925474099e+15 of it. */
static void json_print__keeps__every_digit_of_whole_numbers(void **state)
{
	static const char text[] = "{\"a\":9007199254740991,\"b\":[-9007199254740991,1000000000000001,{\"c\":999999999999999}],\"d\":1.5}";
	AUTO_ARENA arena = arena_create(1024 * 1024);
	AUTO_JSON json = parse(text);
	int64_t value;

	(void)state;
	assert_string_equal(json_print(arena, json), text);
	assert_string_equal(json_print(arena, json_parse_in(arena, text, strlen(text))), text);
	/* It stays the number it was. */
	assert_true(json_int(json, "a", &value));
	json_set_int(json, "e", value);
	assert_non_null(strstr(json_print(arena, json), "\"e\":9007199254740991}"));
}

static void json_parse_in__reads__as_json_parse_does(void **state)
{
	static const char text[] = "{\"a\":\"x\\u0000y\",\"b\":[1,{\"c\":\"\xc3\xab\"}]}";
	AUTO_ARENA arena = arena_create(1024 * 1024);
	const struct cJSON *json = json_parse_in(arena, text, strlen(text));

	(void)state;
	assert_string_equal(json_str(json, "a"), "x\xef\xbf\xbdy");
	assert_string_equal(json_print(arena, json_array(json, "b")), "[1,{\"c\":\"\xc3\xab\"}]");
	assert_null(json_parse_in(arena, "{\"a\":[1,2,", 10));
	assert_null(json_parse_in(arena, "{} x", 4));
	/* The heap serves again what is built and parsed afterwards. */
	AUTO_JSON heap = json_copy(json);
	json_set_str(heap, "d", "e");
	assert_string_equal(json_str(heap, "d"), "e");
}

static void json_wipe_freed__leaves__nothing_in_the_heap(void **state)
{
	enum { SECRET_BYTES = 120 };
	unsigned char *text, *next;

	(void)state;
	json_wipe_freed();
	text = cJSON_malloc(SECRET_BYTES);
	assert_non_null(text);
	memset(text, 's', SECRET_BYTES);
	cJSON_free(text);
	next = malloc(SECRET_BYTES);
	/* The heap gives the same place again, with its own notes at the beginning; unless a sanitizer keeps it back. */
	if (next == text) {
		for (const volatile unsigned char *at = next + 2 * sizeof(void *); at < next + SECRET_BYTES; at++)
			assert_int_not_equal(*at, 's');
	}
	free(next);
	cJSON_InitHooks(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_parse__refuses__broken_utf8_nul_and_trailing_bytes),
		cmocka_unit_test(json_parse__refuses__a_thousand_levels),
		cmocka_unit_test(json_parse__mends__escaped_nul_and_lone_surrogates),
		cmocka_unit_test(json_parse__refuses__what_is_no_json),
		cmocka_unit_test(json_parse__reads__what_is_json),
		cmocka_unit_test(json_str__tells_case_apart),
		cmocka_unit_test(json_print__keeps__every_digit_of_whole_numbers),
		cmocka_unit_test(json_parse_in__reads__as_json_parse_does),
		cmocka_unit_test(json_wipe_freed__leaves__nothing_in_the_heap),
		cmocka_unit_test(json_int__refuses__fractions_and_beyond_2_to_53),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
