#include "base/money.h"

#include "unit/cmocka_all.h"

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
		cmocka_unit_test(cents_share__rounds_down__to_the_cent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
