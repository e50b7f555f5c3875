#include "base/money.h"

#include "unit/cmocka_all.h"
#include "unit/death.h"

static struct cents cents(int64_t value)
{
	return cents_from_int64(value);
}

static void cents_format_csv__writes__a_comma_and_two_decimals(void **state)
{
	static const struct {
		int64_t value;
		const char *text;
	} cases[] = {
		{ 0, "0,00" }, { 5, "0,05" }, { -5, "-0,05" }, { 1250, "12,50" }, { -300, "-3,00" }, { 125000, "1250,00" },
		{ -10001, "-100,01" }, { INT64_MIN, "-92233720368547758,08" },
	};
	AUTO_ARENA arena = arena_create(4096);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(cents_format_csv(arena, cents(cases[i].value)), cases[i].text);
}

static void cents_parse_csv__takes__what_format_writes(void **state)
{
	static const int64_t values[] = { 0, 1, -1, 99, 100, -100, 1250, 9600000, CENTS_TYPED_MAX, -CENTS_TYPED_MAX };
	AUTO_ARENA arena = arena_create(4096);
	struct cents parsed;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		assert_true(cents_parse_csv(cents_format_csv(arena, cents(values[i])), &parsed));
		assert_int_equal(cents_to_int64(parsed), values[i]);
	}
}

static void cents_parse_csv__refuses__everything_else(void **state)
{
	static const char *const wrong[] = {
		"", ",", "12", "12,5", "12,505", "12.50", "1.250,00", ",50", "-,50", "1-,00", "+1,00", " 1,00", "1,00 ", "1,-5", "1, 5",
		"1,0x", "x,00", "--1,00", "012,50", "-00,50", "10000000,01", "99999999999999999999,00", "1,00,00",
	};
	struct cents parsed = cents(-7);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		if (cents_parse_csv(wrong[i], &parsed))
			fail_msg("\"%s\" should be refused", wrong[i]);
	}
	assert_int_equal(cents_to_int64(parsed), -7);
}

static void cents_percent__rounds_down__and_clamps(void **state)
{
	(void)state;
	assert_int_equal(cents_percent(cents(79999), cents(100000)), 79);
	assert_int_equal(cents_percent(cents(80000), cents(100000)), 80);
	assert_int_equal(cents_percent(cents(150000), cents(100000)), 150);
	assert_int_equal(cents_percent(cents(-5), cents(100)), 0);
	assert_int_equal(cents_percent(cents(5), cents(0)), 0);
	assert_int_equal(cents_percent(cents(CENTS_TYPED_MAX), cents(1)), 9999);
}

static void cents_compare__orders(void **state)
{
	(void)state;
	assert_true(cents_compare(cents(1), cents(2)) < 0 && cents_compare(cents(2), cents(1)) > 0);
	assert_int_equal(cents_compare(cents(2), cents(2)), 0);
	assert_true(cents_exceeds(cents(2), cents(1)) && !cents_exceeds(cents(1), cents(1)));
	assert_true(cents_is_negative(cents(-1)) && !cents_is_negative(cents(0)) && cents_is_zero(cents(0)));
	assert_int_equal(cents_to_int64(cents_sub(cents(5), cents(8))), -3);
	assert_int_equal(cents_to_int64(cents_negate(cents(5))), -5);
}

static void add_too_much(void)
{
	(void)cents_add(cents(INT64_MAX), cents(1));
}

static void negate_the_least(void)
{
	(void)cents_negate(cents(INT64_MIN));
}

static void cents_add__dies__on_overflow(void **state)
{
	(void)state;
	expect_death(add_too_much);
	expect_death(negate_the_least);
}

static void cents_share__rounds_down__to_the_cent(void **state)
{
	(void)state;
	assert_int_equal(cents_to_int64(cents_share(cents_from_int64(9600000), 8)), 768000);
	assert_int_equal(cents_to_int64(cents_share(cents_from_int64(1249), 8)), 99);
	assert_int_equal(cents_to_int64(cents_share(cents_from_int64(0), 8)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cents_format_csv__writes__a_comma_and_two_decimals),
		cmocka_unit_test(cents_parse_csv__takes__what_format_writes),
		cmocka_unit_test(cents_parse_csv__refuses__everything_else),
		cmocka_unit_test(cents_percent__rounds_down__and_clamps),
		cmocka_unit_test(cents_compare__orders),
		cmocka_unit_test(cents_add__dies__on_overflow),
		cmocka_unit_test(cents_share__rounds_down__to_the_cent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
