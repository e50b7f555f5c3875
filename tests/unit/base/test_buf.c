#include "base/buf.h"

#include <string.h>

#include "unit/cmocka_all.h"

static void buf_add__refuses_whole__what_passes_the_ceiling(void **state)
{
	AUTO_BUF buf;

	(void)state;
	buf_init(&buf, 10);
	assert_true(buf_add_text(&buf, "12345"));
	assert_false(buf_add_text(&buf, "678901"));
	assert_true(buf.overflowed);
	assert_string_equal(buf.data, "12345");
	assert_true(buf_add_text(&buf, "67890"));
	assert_int_equal(buf.len, 10);
	assert_false(buf_add(&buf, "x", 1));
	assert_false(buf_add(&buf, "x", SIZE_MAX));
}

static void buf_add__keeps__nul_bytes_and_closes_with_one(void **state)
{
	AUTO_BUF buf;

	(void)state;
	buf_init(&buf, 100);
	assert_true(buf_add(&buf, "a\0b", 3));
	assert_true(buf_add(&buf, NULL, 0));
	assert_int_equal(buf.len, 3);
	assert_memory_equal(buf.data, "a\0b", 4);
}

static void buf_printf__grows__over_many_doublings(void **state)
{
	AUTO_BUF buf;

	(void)state;
	buf_init(&buf, 1024 * 1024);
	for (int i = 0; i < 10000; i++)
		assert_true(buf_printf(&buf, "%04d ", i));
	assert_int_equal(buf.len, 50000);
	assert_memory_equal(buf.data + 49995, "9999 ", 6);
}

static void buf_reset__empties__and_forgives(void **state)
{
	AUTO_BUF buf;

	(void)state;
	buf_init(&buf, 3);
	assert_false(buf_add_text(&buf, "1234"));
	buf_reset(&buf);
	assert_false(buf.overflowed);
	assert_string_equal(buf.data, "");
	assert_true(buf_add_text(&buf, "123"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buf_add__refuses_whole__what_passes_the_ceiling),
		cmocka_unit_test(buf_add__keeps__nul_bytes_and_closes_with_one),
		cmocka_unit_test(buf_printf__grows__over_many_doublings),
		cmocka_unit_test(buf_reset__empties__and_forgives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
