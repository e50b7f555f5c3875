#include "base/random.h"

#include <string.h>

#include "unit/cmocka_all.h"
#include "unit/death.h"

/* The reference generator's first outputs for seed 1234567, as other languages' test suites give them. */
static void dice_between__is__splitmix64(void **state)
{
	struct dice dice = dice_seed(1234567);

	(void)state;
	assert_true((uint64_t)dice_between(&dice, INT64_MIN, INT64_MAX) == UINT64_C(6457827717110365317));
	assert_true((uint64_t)dice_between(&dice, INT64_MIN, INT64_MAX) == UINT64_C(3203168211198807973));
	assert_true((uint64_t)dice_between(&dice, INT64_MIN, INT64_MAX) == UINT64_C(9817491932198370423));
}

static void dice_between__stays__in_its_range_and_fills_it(void **state)
{
	struct dice dice = dice_seed(7);
	int seen[21] = { 0 };

	(void)state;
	for (int i = 0; i < 21000; i++) {
		int64_t value = dice_between(&dice, 20, 40);

		assert_true(value >= 20 && value <= 40);
		seen[value - 20]++;
	}
	for (size_t i = 0; i < 21; i++)
		assert_in_range(seen[i], 800, 1200);
	assert_int_equal(dice_between(&dice, -3, -3), -3);
}

static void throw_backwards(void)
{
	struct dice dice = dice_seed(1);

	(void)dice_between(&dice, 2, 1);
}

static void dice_between__dies__on_an_empty_range(void **state)
{
	(void)state;
	expect_death(throw_backwards);
}

static void random_bytes__fills__all_of_it_anew(void **state)
{
	unsigned char a[300] = { 0 }, b[300] = { 0 };

	(void)state;
	random_bytes(a, sizeof a);
	random_bytes(b, sizeof b);
	assert_memory_not_equal(a, b, sizeof a);
	assert_memory_not_equal(a + 150, b + 150, 150);
	random_bytes(a, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dice_between__is__splitmix64),
		cmocka_unit_test(dice_between__stays__in_its_range_and_fills_it),
		cmocka_unit_test(dice_between__dies__on_an_empty_range),
		cmocka_unit_test(random_bytes__fills__all_of_it_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
