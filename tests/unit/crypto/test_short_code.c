#include "crypto/short_code.h"

#include "unit/cmocka_all.h"

static void assert_code(const char *bytes, const int emoji[SHORT_CODE_EMOJI], const int numbers[SHORT_CODE_NUMBERS])
{
	struct short_code code = short_code_of((const unsigned char *)bytes);

	assert_memory_equal(code.emoji, emoji, sizeof code.emoji);
	assert_memory_equal(code.numbers, numbers, sizeof code.numbers);
}

static void short_code__reads__all_bits(void **state)
{
	(void)state;
	assert_code("\x00\x00\x00\x00\x00\x00", (int[]){ 0, 0, 0, 0, 0, 0, 0 }, (int[]){ 1000, 1000, 1000 });
	assert_code("\xff\xff\xff\xff\xff\xff", (int[]){ 63, 63, 63, 63, 63, 63, 63 }, (int[]){ 9191, 9191, 9191 });
}

/* By hand: 101010 110011 110111 110000 010010 001101 010001 01..., and in groups of 13. */
static void short_code__takes__the_highest_bits_first(void **state)
{
	(void)state;
	assert_code("\xab\x3d\xf0\x48\xd4\x55", (int[]){ 42, 51, 55, 48, 18, 13, 17 },
	            (int[]){ 0x1567 + 1000, 0x17c1 + 1000, 0x046a + 1000 });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_code__reads__all_bits),
		cmocka_unit_test(short_code__takes__the_highest_bits_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
