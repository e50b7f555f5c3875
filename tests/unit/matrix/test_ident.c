#include "matrix/ident.h"

#include <string.h>

#include "matrix/mxc.h"
#include "matrix/url.h"

#include "unit/cmocka_all.h"

static void ident_is_user__knows_the_grammar(void **state)
{
	static const char *const good[] = {
		"@a:b", "@whatsapp_lid-123:example.org:8448", "@Old/Style=:[::1]:80", "@x:127.0.0.1",
	};
	static const char *const bad[] = {
		"", "@", "@a", "@:b", "@a:", "a:b", "@a b:c", "@a\xef\xbf\xbd@evil:y", "@a:b/c", "@a:b:c",
		"@a:b:123456", "@a\n:b",
	};

	(void)state;
	assert_false(ident_is_user(NULL));
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(ident_is_user(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(ident_is_user(bad[i]));
}

static void ident_is_user__refuses__more_than_255_bytes(void **state)
{
	char id[300];

	(void)state;
	(void)snprintf(id, sizeof id, "@%0252d:b", 0);
	assert_int_equal(strlen(id), 255);
	assert_true(ident_is_user(id));
	(void)snprintf(id, sizeof id, "@%0253d:b", 0);
	assert_false(ident_is_user(id));
}

static void ident_is_room__takes__rooms_without_server(void **state)
{
	(void)state;
	assert_true(ident_is_room("!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM"));
	assert_true(ident_is_room("!old:example.org"));
	assert_false(ident_is_room("#alias:example.org"));
	assert_false(ident_is_room("!"));
	assert_false(ident_is_event("!a"));
	assert_true(ident_is_event("$old:example.org"));
}

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
		cmocka_unit_test(ident_is_user__knows_the_grammar),
		cmocka_unit_test(ident_is_user__refuses__more_than_255_bytes),
		cmocka_unit_test(ident_is_room__takes__rooms_without_server),
		cmocka_unit_test(mxc_is_valid__refuses__paths_and_strange_servers),
		cmocka_unit_test(mxc_url_format__escapes__both_parts),
		cmocka_unit_test(url_escape__escapes__all_that_could_steer),
		cmocka_unit_test(url_base_parse__wants__https_or_this_machine),
		cmocka_unit_test(url_same_origin__compares__scheme_host_and_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
