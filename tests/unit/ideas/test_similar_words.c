#include "ideas/similar_words.h"

#include "unit/cmocka_all.h"

static void similar_words__stand__in_the_order_that_looking_up_needs(void **state)
{
	(void)state;
	assert_true(similar_words_are_sorted());
}

static void similar_word_is_stop__knows__words_of_both_languages(void **state)
{
	(void)state;
	assert_true(similar_word_is_stop("a"));
	assert_true(similar_word_is_stop("graag"));
	assert_true(similar_word_is_stop("would"));
	assert_true(similar_word_is_stop("zouden"));
	assert_false(similar_word_is_stop("bank"));
	assert_false(similar_word_is_stop(""));
}

static void similar_word_is_preposition__knows__words_of_both_languages(void **state)
{
	(void)state;
	assert_true(similar_word_is_preposition("aan"));
	assert_true(similar_word_is_preposition("between"));
	assert_true(similar_word_is_preposition("with"));
	assert_false(similar_word_is_preposition("bank"));
}

static void similar_word_meaning__is__one_for_words_that_mean_the_same(void **state)
{
	(void)state;
	assert_string_equal(similar_word_meaning("bik"), "fiet");
	assert_string_equal(similar_word_meaning("basement"), "kelder");
	assert_string_equal(similar_word_meaning("glijban"), "glijban");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(similar_words__stand__in_the_order_that_looking_up_needs),
		cmocka_unit_test(similar_word_is_stop__knows__words_of_both_languages),
		cmocka_unit_test(similar_word_is_preposition__knows__words_of_both_languages),
		cmocka_unit_test(similar_word_meaning__is__one_for_words_that_mean_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
