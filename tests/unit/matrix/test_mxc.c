#include "matrix/mxc.h"

#include "unit/cmocka_all.h"

static void mxc_is_valid__refuses__paths_and_strange_servers(void **state)
{
	static const char *const bad[] = {
		"mxc://a", "mxc:///b", "mxc://a/", "mxc://a/../b", "mxc://a/b/c", "mxc://a/b?c",
		"mxc://a/%2e", "mxc://../b", "mxc://a b/c", "http://a/b", "mxc://a/b\n", "MXC://a/b",
	};

	(void)state;
	assert_false(mxc_is_valid(NULL));
	assert_true(mxc_is_valid("mxc://example.org:8448/AZaz09-_"));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(mxc_is_valid(bad[i]));
}

static void mxc_url_format__escapes__both_parts(void **state)
{
	AUTO_ARENA arena = arena_create(65536);

	(void)state;
	assert_string_equal(mxc_url_format(arena, "https://hs", "mxc://[::1]:80/Ab-_9"),
	                    "https://hs/_matrix/client/v1/media/download/%5B%3A%3A1%5D%3A80/Ab-_9");
	assert_string_equal(mxc_old_url_format(arena, "https://hs", "mxc://b.c/d"), "https://hs/_matrix/media/v3/download/b.c/d");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mxc_is_valid__refuses__paths_and_strange_servers),
		cmocka_unit_test(mxc_url_format__escapes__both_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
