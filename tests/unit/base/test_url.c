#include "base/url.h"

#include "unit/cmocka_all.h"

static void url_escape__escapes__all_that_could_steer(void **state)
{
	AUTO_ARENA arena = arena_create(65536);

	(void)state;
	assert_string_equal(url_escape(arena, "!r:a/b?c&d=\xc3\xa9"), "%21r%3Aa%2Fb%3Fc%26d%3D%C3%A9");
	assert_string_equal(url_escape(arena, ".."), "%2E%2E");
	assert_string_equal(url_escape(arena, "a.b~c"), "a.b~c");
}

static void url_base_parse__wants__https_or_this_machine(void **state)
{
	static const char *const bad[] = {
		"http://example.org", "http://127.0.0.1.evil.org", "http://localhost.evil", "http://1.2.3.4",
		"example.org", "https://", "https://a b", "https://user@host", "https://h/?x", "https://h/#",
		"ftp://h", "http://127.evil.0.1",
	};
	AUTO_ARENA arena = arena_create(65536);

	(void)state;
	assert_string_equal(url_base_parse(arena, "https://matrix.example.org:8448//"), "https://matrix.example.org:8448");
	assert_string_equal(url_base_parse(arena, "https://example.org/hs/"), "https://example.org/hs");
	assert_string_equal(url_base_parse(arena, "http://localhost:8008"), "http://localhost:8008");
	assert_string_equal(url_base_parse(arena, "http://[::1]:8008/"), "http://[::1]:8008");
	assert_string_equal(url_base_parse(arena, "http://127.0.0.1"), "http://127.0.0.1");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_null(url_base_parse(arena, bad[i]));
}

static void url_same_origin__compares__scheme_host_and_port(void **state)
{
	(void)state;
	assert_true(url_same_origin("https://a:1/x", "https://A:1?y"));
	assert_false(url_same_origin("https://a/x", "http://a/x"));
	assert_false(url_same_origin("https://a/x", "https://a:444/x"));
	assert_false(url_same_origin("https://a/x", "https://a.b/x"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(url_escape__escapes__all_that_could_steer),
		cmocka_unit_test(url_base_parse__wants__https_or_this_machine),
		cmocka_unit_test(url_same_origin__compares__scheme_host_and_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
