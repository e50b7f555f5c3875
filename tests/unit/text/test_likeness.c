#include "text/likeness.h"

#include "unit/cmocka_all.h"

static bool alike(const char *a, const char *b)
{
	AUTO_ARENA arena = arena_create(1 << 20);
	bool like = likeness_of_titles(arena, a, b);

	assert_int_equal(likeness_of_titles(arena, b, a), like);
	return like;
}

static void likeness_of_titles__true__part_of_a_compound(void **state)
{
	(void)state;
	assert_true(alike("Kledingruil", "kleding weggeven"));
	assert_true(alike("rommelmarkt", "Kindermarkt en rommelmarkten"));
	assert_true(alike("bankjes verven", "nieuwe banken, wie verft er mee? bankje"));
	assert_true(alike("Straat-BBQ", "bbq!"));
}

static void likeness_of_titles__false__only_words_of_every_meeting(void **state)
{
	(void)state;
	assert_false(alike("gezellige middag voor de buurt", "middag voor iedereen"));
	assert_false(alike("bewonersavond", "spelletjes"));
	assert_false(alike("tas maken", "fantastisch koken"));
	assert_false(alike("", "bbq"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(likeness_of_titles__true__part_of_a_compound),
		cmocka_unit_test(likeness_of_titles__false__only_words_of_every_meeting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
