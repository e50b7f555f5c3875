#include "matrix/slice.h"

#include <string.h>

#include "unit/cmocka_all.h"

static void assert_slice(struct slice slice, const char *text)
{
	assert_int_equal(slice.len, strlen(text));
	assert_memory_equal(slice.data, text, slice.len);
}

static struct scan scan_text(const char *text)
{
	return scan_begin(text, strlen(text));
}

static void scan_value__takes__each_kind_whole(void **state)
{
	static const char *const values[] = {
		"\"a\\\"b\\\\\"", "-12.5e3", "true", "null", "{}", "[]", "{\"}\":[\"]\\\\\",{}]}", "[1,[2,[3]],\"\\\\\\\"]\"]",
	};

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		char padded[100];
		struct scan scan;

		(void)snprintf(padded, sizeof padded, " \n%s\t", values[i]);
		scan = scan_text(padded);
		assert_slice(scan_value(&scan), values[i]);
		assert_true(scan_ended(&scan));
	}
}

static void scan_member__walks__an_object(void **state)
{
	struct scan scan = scan_text("{ \"a\" : 1, \"b\":{\"c\":[2,3]},\"d\":\"x\" } ");
	struct slice key;

	(void)state;
	assert_true(scan_object(&scan));
	assert_true(scan_member(&scan, &key));
	assert_true(slice_is(key, "a"));
	scan_skip(&scan);
	assert_true(scan_member(&scan, &key));
	assert_true(scan_object(&scan));
	assert_true(scan_member(&scan, &key));
	assert_true(slice_is(key, "c"));
	assert_true(scan_array(&scan));
	assert_true(scan_item(&scan));
	assert_slice(scan_value(&scan), "2");
	assert_true(scan_item(&scan));
	scan_skip(&scan);
	assert_false(scan_item(&scan));
	assert_false(scan_member(&scan, &key));
	assert_true(scan_member(&scan, &key));
	assert_slice(scan_value(&scan), "\"x\"");
	assert_false(scan_member(&scan, &key));
	assert_true(scan_ended(&scan));
}

static void scan_object__skips__what_is_no_object(void **state)
{
	struct scan scan = scan_text("{\"rooms\":null,\"next\":\"t\"}");
	struct slice key;

	(void)state;
	assert_true(scan_object(&scan));
	assert_true(scan_member(&scan, &key));
	assert_false(scan_object(&scan));
	assert_true(scan_member(&scan, &key));
	assert_true(slice_is(key, "next"));
}

/* Whatever is left of an answer that was cut off somewhere, it is never taken for a whole one. */
static void scan_ended__refuses__every_prefix(void **state)
{
	static const char whole[] = "{\"a\":[{\"b\":\"c\\\\\"},tru],\"d\":{\"e\":[[]]}}";

	(void)state;
	for (size_t len = 0; len < strlen(whole); len++) {
		struct scan scan = scan_begin(whole, len);
		struct slice key;

		if (scan_object(&scan)) {
			while (scan_member(&scan, &key))
				scan_skip(&scan);
		}
		assert_true(!scan_ended(&scan) || len == 0);
	}
}

static void scan_value__survives__a_million_levels(void **state)
{
	enum { LEVELS = 1000000 };
	char *deep = malloc(2 * LEVELS + 1);
	struct scan scan;

	(void)state;
	memset(deep, '[', LEVELS);
	memset(deep + LEVELS, ']', LEVELS);
	scan = scan_begin(deep, 2 * LEVELS);
	assert_int_equal(scan_value(&scan).len, 2 * LEVELS);
	scan = scan_begin(deep, 2 * LEVELS - 1);
	assert_int_equal(scan_value(&scan).len, 0);
	assert_true(scan.broken);
	free(deep);
}

static void slice_text__mends_and_refuses(void **state)
{
	AUTO_ARENA arena = arena_create(65536);
	struct scan scan = scan_text("\"a\\u0000\\ud800b\"");

	(void)state;
	assert_string_equal(slice_text(arena, scan_value(&scan)), "a\xef\xbf\xbd\xef\xbf\xbd"
	                                                          "b");
	assert_null(slice_text(arena, (struct slice){ "12", 2 }));
	assert_null(slice_text(arena, (struct slice){ 0 }));
	assert_null(slice_text(arena, (struct slice){ "\"\xff\"", 3 }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scan_value__takes__each_kind_whole),
		cmocka_unit_test(scan_member__walks__an_object),
		cmocka_unit_test(scan_object__skips__what_is_no_object),
		cmocka_unit_test(scan_ended__refuses__every_prefix),
		cmocka_unit_test(scan_value__survives__a_million_levels),
		cmocka_unit_test(slice_text__mends_and_refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
