#include "ideas/query.h"

#include "unit/cmocka_all.h"

static void query_format_match__asks__for_every_word(void **state)
{
	AUTO_ARENA arena = arena_create(4096);

	(void)state;
	assert_string_equal(query_format_match(arena, "fiets lift"), "\"fiets\" \"lift\"");
	assert_string_equal(query_format_match(arena, "  fiets,\n(lift)? "), "\"fiets\" \"lift\"");
}

static void query_format_match__leaves_out__words_under_three_letters(void **state)
{
	AUTO_ARENA arena = arena_create(4096);

	(void)state;
	assert_string_equal(query_format_match(arena, "tv in de hal"), "\"hal\"");
	assert_string_equal(query_format_match(arena, "één ão"), "\"één\""); /* letters, not bytes */
	assert_null(query_format_match(arena, "tv"));
	assert_null(query_format_match(arena, ""));
	assert_null(query_format_match(arena, " \"' "));
}

static void query_format_match__quotes__the_syntax_of_fts5(void **state)
{
	AUTO_ARENA arena = arena_create(4096);

	(void)state;
	assert_string_equal(query_format_match(arena, "NEAR(a b) AND NOT"), "\"NEAR(a\" \"AND\" \"NOT\"");
	assert_string_equal(query_format_match(arena, "folded:fiets* ^lift"), "\"folded:fiets\" \"^lift\"");
	assert_string_equal(query_format_match(arena, "a\"b OR \"\""), "\"a\"\"b\"");
	assert_string_equal(query_format_match(arena, "x\"\"\"\"\"\"x"), "\"x\"\"\"\"\"\"\"\"\"\"\"\"x\"");
}

static void query_format_like__escapes__its_wildcards(void **state)
{
	AUTO_ARENA arena = arena_create(4096);

	(void)state;
	assert_string_equal(query_format_like(arena, "tv"), "%tv%");
	assert_string_equal(query_format_like(arena, "5% _ \\"), "%5\\% \\_ \\\\%");
	assert_string_equal(query_format_like(arena, ""), "%%");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(query_format_match__asks__for_every_word),
		cmocka_unit_test(query_format_match__leaves_out__words_under_three_letters),
		cmocka_unit_test(query_format_match__quotes__the_syntax_of_fts5),
		cmocka_unit_test(query_format_like__escapes__its_wildcards),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
