#include "ideas/similar.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "text/unicode.h"
#include "unit/cmocka_all.h"

static double score(struct arena *arena, const char *a, const char *b)
{
	return similar_score(similar_text_read(arena, unicode_fold(arena, a)), similar_text_read(arena, unicode_fold(arena, b)));
}

/* What a set of pairs showed. */
struct tally {
	char name[20];
	int right, missed, wrong, quiet; /* asked rightly, not asked, asked wrongly, rightly not asked */
};

static void count(struct arena *arena, struct tally *tally, char *line)
{
	char *first = strchr(line, '\t'), *second = first ? strchr(first + 1, '\t') : NULL;
	bool same = line[0] == '1', asks;

	assert_non_null(second);
	*second = '\0';
	asks = score(arena, first + 1, second + 1) >= SIMILAR_ENOUGH;
	if (same != asks)
		print_message("%s: %.2f %s: \"%s\" \"%s\"\n", tally->name, score(arena, first + 1, second + 1), same ? "missed" : "wrong", first + 1, second + 1);
	tally->right += same && asks;
	tally->missed += same && !asks;
	tally->wrong += !same && asks;
	tally->quiet += !same && !asks;
}

static void judge(const struct tally *tally, double precision_floor, double recall_floor)
{
	double precision = (double)tally->right / (tally->right + tally->wrong);
	double recall = (double)tally->right / (tally->right + tally->missed);

	print_message("%s: %d pairs, precision %.2f, recall %.2f\n", tally->name, tally->right + tally->missed + tally->wrong + tally->quiet,
	              precision, recall);
	assert_true(precision >= precision_floor);
	assert_true(recall >= recall_floor);
}

static void similar_score__finds__what_neighbours_would_call_the_same(void **state)
{
	AUTO_ARENA arena = arena_create(4 * 1024 * 1024);
	struct tally sets[2] = { 0 }, *set = NULL;
	size_t len = 0;
	AUTO_BUF text;
	char *rest;

	(void)state;
	buf_init(&text, 64 * 1024);
	assert_true(file_read("tests/ideas/similar.tsv", &text) >= 0);
	rest = text.data;
	for (char *line; (line = strsep(&rest, "\n"));) {
		if (str_starts(line, "@set ")) {
			assert_true(len < ARRAY_LEN(sets));
			set = &sets[len++];
			snprintf(set->name, sizeof set->name, "%s", line + strlen("@set "));
		} else if (line[0] && line[0] != '#') {
			assert_non_null(set);
			count(arena, set, line);
		}
	}
	assert_int_equal(len, ARRAY_LEN(sets));
	judge(&sets[0], 0.95, 0.95);
	judge(&sets[1], 0.95, 0.95);
}

static void similar_score__is__one_for_the_same_and_nothing_for_strangers(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);

	(void)state;
	assert_true(score(arena, "Fietsenrek bij de lift", "fietsenrek bij de lift") > 0.999);
	assert_true(score(arena, "fietsenrek", "kerstkoor") < 0.001);
	assert_true(score(arena, "", "fietsenrek") < 0.001);
	assert_true(score(arena, "graag een", "graag een") < 0.001);
	assert_true(score(arena, "bankjes in het park", "a bench in the park") == score(arena, "a bench in the park", "bankjes in het park"));
}

static void similar_format_match__looks__for_pieces_of_words(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);

	(void)state;
	assert_string_equal(similar_format_match(arena, similar_text_read(arena, "een rommelmarkt")), "\"romm\" OR \"arkt\" OR \"mark\" OR \"mark\" OR \"romm\" OR \"flea\" OR \"vloo\"");
	assert_null(similar_format_match(arena, similar_text_read(arena, "graag een")));
	assert_null(strchr(similar_format_match(arena, similar_text_read(arena, "\"bankje\" NEAR(")), '('));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(similar_score__finds__what_neighbours_would_call_the_same),
		cmocka_unit_test(similar_score__is__one_for_the_same_and_nothing_for_strangers),
		cmocka_unit_test(similar_format_match__looks__for_pieces_of_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
