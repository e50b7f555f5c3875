#include "config/yaml.h"

#include "unit/config/config_text.h"

static void yaml_parse__refuses__tabs(void **state)
{
	(void)state;
	expect_errors("groups:\n\t- core: kruitberg\n", "t.yaml:2:1: found a tab, expected spaces: YAML is indented with spaces only\n");
}

static void yaml_parse__refuses__a_text_that_needs_quotes(void **state)
{
	(void)state;
	expect_errors("inviters: [@a:b]\n", "t.yaml:1:12: found a text that begins with @ without quotes, expected \"@...\"\n");
	expect_errors(HOOD GROUPS "  - core: kruitberg\n    room: !abc:example.org\n",
		"t.yaml:14:11: found !abc:example.org without quotes, expected \"...\": a text that begins with ! needs quotes\n");
}

static void yaml_parse__refuses__anchors_aliases_and_tags(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "data: &here /srv\n",
		"t.yaml:13:7: found an anchor (&here), expected a plain value: anchors are not used here\n");
	expect_errors(HOOD GROUPS "data: *here\n",
		"t.yaml:13:7: found an alias (*here), expected the value itself: aliases are not used here\n");
	expect_errors(HOOD GROUPS "data: !!str /srv\n",
		"t.yaml:13:7: found a tag (tag:yaml.org,2002:str), expected a plain value: tags are not used here\n");
}

static void yaml_parse__refuses__a_second_document(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "---\ndata: /srv\n", "t.yaml:13:1: found a second document (---), expected one\n");
}

static void yaml_parse__refuses__a_key_twice(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "data: /srv\ndata: /var\n",
		"t.yaml:14:1: found the key \"data\" a second time, expected it once: it stands at t.yaml:13:1 already\n");
}

static void yaml_parse__refuses__a_key_that_is_no_word(void **state)
{
	(void)state;
	expect_errors("? [a, b]\n: c\n", "t.yaml:1:3: found a list or section as a key, expected a word\n");
}

static void yaml_parse__refuses__broken_indentation_and_open_quotes(void **state)
{
	(void)state;
	expect_errors("a:\n  b: 1\n c: 2\n",
		"t.yaml:3:2: found something that is no YAML (did not find expected key in what begins on line 1), "
		"expected `key: value` or `- item`, indented like its neighbours\n");
	expect_errors("a: 1\nb: \"c\n",
		"t.yaml:3:1: found something that is no YAML (found unexpected end of stream in what begins on line 2), "
		"expected `key: value` or `- item`, indented like its neighbours\n");
	expect_errors("a: b: c\n",
		"t.yaml:1:5: found something that is no YAML (mapping values are not allowed in this context), "
		"expected `key: value` or `- item`, indented like its neighbours\n");
}

static void yaml_parse__refuses__an_empty_file(void **state)
{
	(void)state;
	expect_errors("", "t.yaml: found an empty file, expected a config\n");
	expect_errors("# only words\n", "t.yaml: found an empty file, expected a config\n");
}

static void yaml_parse__refuses__seventeen_levels(void **state)
{
	(void)state;
	expect_errors("[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]\n",
		"t.yaml:1:17: found lists and sections more than 16 deep, expected a handful\n");
}

static void yaml_parse__refuses__more_values_than_a_neighbourhood_has(void **state)
{
	static char text[4 * YAML_NODES_MAX];

	(void)state;
	memcpy(text, "[1", 2);
	for (size_t i = 1; i < YAML_NODES_MAX; i++)
		memcpy(text + 2 * i, ",1", 2);
	text[2 * YAML_NODES_MAX] = ']';
	expect_errors(text, "t.yaml:1:20000: found more than 10000 values, expected fewer\n");
}

static void yaml_parse__refuses__control_characters_and_nul(void **state)
{
	(void)state;
	expect_errors("a: \x01\n",
		"t.yaml:1:4: found a character that no text file has (control characters are not allowed), expected readable text\n");
	expect_errors(HOOD GROUPS "data: \"/srv\\0\"\n", "t.yaml:13:7: found a NUL character, expected readable text\n");
}

static void source_check__refuses__what_is_no_utf8(void **state)
{
	(void)state;
	expect_errors("a: 1\nb: caf\xe9\n",
		"t.yaml:2:7: found the byte 0xe9, which is no UTF-8, expected text: save the file as UTF-8\n");
}

static void yaml_parse__counts__columns_in_characters(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "places: [{name: \"één\", twee: 2}]\n",
		"t.yaml:13:24: found the key \"twee\", expected a key of a place: name, aliases\n");
}

static void yaml_parse__takes__a_byte_order_mark_and_crlf(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	char text[] = "\xef\xbb\xbf" HOOD GROUPS "data: /srv/a\n";
	AUTO_BUF crlf;

	(void)state;
	buf_init(&crlf, 4096);
	for (const char *p = text; *p; p++)
		buf_printf(&crlf, "%s%c", *p == '\n' ? "\r" : "", *p);
	assert_string_equal(expect_config(arena, crlf.data, CONFIG_FOR_SERVER)->data, "/srv/a");
}

static void yaml_parse__keeps__what_yaml_likes_to_convert(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	const struct config *config =
		expect_config(arena, HOOD GROUPS "places:\n  - {name: no}\n  - {name: 010}\n  - {name: 21:00}\n", CONFIG_FOR_SERVER);

	(void)state;
	assert_string_equal(config->places[0].name, "no");
	assert_string_equal(config->places[1].name, "010");
	assert_string_equal(config->places[2].name, "21:00");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(yaml_parse__refuses__tabs),
		cmocka_unit_test(yaml_parse__refuses__a_text_that_needs_quotes),
		cmocka_unit_test(yaml_parse__refuses__anchors_aliases_and_tags),
		cmocka_unit_test(yaml_parse__refuses__a_second_document),
		cmocka_unit_test(yaml_parse__refuses__a_key_twice),
		cmocka_unit_test(yaml_parse__refuses__a_key_that_is_no_word),
		cmocka_unit_test(yaml_parse__refuses__broken_indentation_and_open_quotes),
		cmocka_unit_test(yaml_parse__refuses__an_empty_file),
		cmocka_unit_test(yaml_parse__refuses__seventeen_levels),
		cmocka_unit_test(yaml_parse__refuses__more_values_than_a_neighbourhood_has),
		cmocka_unit_test(yaml_parse__refuses__control_characters_and_nul),
		cmocka_unit_test(source_check__refuses__what_is_no_utf8),
		cmocka_unit_test(yaml_parse__counts__columns_in_characters),
		cmocka_unit_test(yaml_parse__takes__a_byte_order_mark_and_crlf),
		cmocka_unit_test(yaml_parse__keeps__what_yaml_likes_to_convert),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
