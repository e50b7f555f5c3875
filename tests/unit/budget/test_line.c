#include "budget/line.h"

#include "unit/budget/books.h"

static const struct statements *const rooms[] = { &people_statements, &link_statements, &person_statements, &group_statements,
						  &line_statements, &ledger_statements, NULL };

static struct books books;

static int setup(void **state)
{
	(void)state;
	books_open(&books, rooms);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	books_close(&books);
	return 0;
}

/* The name of the line these words of this core's group mean, "?" when that must be asked. */
static const char *meant(struct view *view, const char *core, const char *words)
{
	size_t len;
	struct line *lines = line_list_of(view, core ? books_core(view, core) : 0, &len);
	struct line_match match = line_match(view_arena(view), words, lines, len);

	return match.kind == LINE_MATCH_UNCLEAR ? "?" : lines[match.chosen].name;
}

static void line_match__follows_the_words(void **state)
{
	static const struct {
		const char *core, *words, *line;
	} cases[] = {
		{ "kruitberg", "verf moestuin", "Moestuin" },
		{ "kruitberg", "Moestuinaarde", "Moestuin" },
		{ "kruitberg", "MOESTUIN, gieter", "Moestuin" },
		{ "kruitberg", "planken etendeelkast", "Eten-deel-kasten" },
		{ "kruitberg", "slot voor kast", "Eten-deel-kasten" },
		{ "kruitberg", "eet je mee vrijdag", "Eet-je-mee" },
		{ "toren-2", "ladies night hapjes", "Ladies nights" },
		{ "toren-2", "kids activiteit limonade", "Kids activiteiten" },
		{ "hrholst", "koffie senioren", "Buurtbreed senioren organisatie en samenwerking" },
		{ "switi-wonen", "hosting website", "Kortvoort website" },
		{ "koornhorst", "bingomachine bingo", "Bingo max machine" },
	};
	struct view *view = view_open(books.scratch.store, 0);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(meant(view, cases[i].core, cases[i].words), cases[i].line);
	view_close(view);
}

static void line_match__takes_the_free_line__when_nothing_fits(void **state)
{
	struct view *view = view_open(books.scratch.store, 0);

	(void)state;
	assert_string_equal(meant(view, "kruitberg", "verf"), "Vrij besteedbaar");
	assert_string_equal(meant(view, "kruitberg", ""), "Vrij besteedbaar");
	assert_string_equal(meant(view, "kruitberg", "vrijdag voor de buurt"), "Vrij besteedbaar");
	/* Another core's line is no line of ours. */
	assert_string_equal(meant(view, "kleiburg", "verf moestuin"), "Vrij besteedbaar");
	view_close(view);
}

static void line_match__asks__when_two_fit_or_nothing_is_free(void **state)
{
	struct view *view = view_open(books.scratch.store, 0);
	size_t len;
	struct line *lines = line_list_of(view, books_core(view, "kruitberg"), &len);
	struct line_match match = line_match(view_arena(view), "kast voor de moestuin", lines, len);

	(void)state;
	assert_int_equal(match.kind, LINE_MATCH_UNCLEAR);
	assert_int_equal(match.options_len, 2);
	assert_string_equal(lines[match.options[0]].name, "Eten-deel-kasten");
	assert_string_equal(lines[match.options[1]].name, "Moestuin");
	assert_string_equal(meant(view, "toren-1", "kinderen excursie"), "?");
	assert_string_equal(meant(view, NULL, "koffie"), "?");
	assert_string_equal(meant(view, NULL, "zonnepaneel energietransitie"), "Zelforganisatie rondom duurzaamheid en energietransitie");
	view_close(view);
}

/* Lines of one's own making; the index of the line meant, -1 when that must be asked. */
static int meant_of(const char *words, const char *first, const char *second)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	const struct line lines[] = {
		{ .name = "Vrij besteedbaar", .kind = LINE_KIND_FREE },
		{ .name = first, .kind = LINE_KIND_FOCUS },
		{ .name = second, .kind = LINE_KIND_FOCUS },
	};
	struct line_match match = line_match(arena, words, lines, ARRAY_LEN(lines));

	return match.kind == LINE_MATCH_UNCLEAR ? -1 : (int)match.chosen;
}

static void line_match__weighs__names_that_share_words(void **state)
{
	(void)state;
	/* A whole name beats a part of another; a longer whole name beats a shorter one. */
	assert_int_equal(meant_of("limonade activiteiten", "Activiteiten", "Kids activiteiten"), 1);
	assert_int_equal(meant_of("kids activiteiten", "Activiteiten", "Kids activiteiten"), 2);
	assert_int_equal(meant_of("kinderen", "Kinder EHBO", "Kinder muziek"), -1);
	/* Words that stand in any name mean none. */
	assert_int_equal(meant_of("verf voor onze trap", "Spullen voor onze tuin", "Fietsen"), 0);
	assert_int_equal(meant_of("verf op de trap", "Op de fiets", "Fietsen"), 0);
	assert_int_equal(meant_of("wij gaan op de fiets", "Op de fiets", "Moestuin"), 1);
}

static void line_match_named__takes_beginnings_and_never_guesses(void **state)
{
	struct view *view = view_open(books.scratch.store, 0);
	size_t len;
	struct line *lines = line_list_of(view, books_core(view, "kruitberg"), &len);
	struct line_match match;

	(void)state;
	match = line_match_named(view_arena(view), "moes", lines, len);
	assert_int_equal(match.kind, LINE_MATCH_CLEAR);
	assert_string_equal(lines[match.chosen].name, "Moestuin");
	match = line_match_named(view_arena(view), "free", lines, len);
	assert_int_equal(match.kind, LINE_MATCH_CLEAR);
	assert_string_equal(lines[match.chosen].name, "Vrij besteedbaar");
	match = line_match_named(view_arena(view), "zwembad", lines, len);
	assert_int_equal(match.kind, LINE_MATCH_UNCLEAR);
	assert_int_equal(match.options_len, len);
	view_close(view);
}

static void line_list_of__gives_a_core_its_own_and_its_areas(void **state)
{
	struct view *view = view_open(books.scratch.store, 0);
	size_t len;
	struct line *lines = line_list_of(view, books_core(view, "toren-3"), &len);

	(void)state;
	assert_int_equal(len, 7);
	assert_int_equal(lines[0].kind, LINE_KIND_FREE);
	assert_string_equal(lines[1].owner_slug, "4-torens");
	(void)line_list_of(view, 0, &len);
	assert_int_equal(len, 2);
	(void)line_list(view, &len);
	assert_int_equal(len, 50);
	assert_int_equal(cents_to_int64(line_total_granted(view)), 9600000);
	view_close(view);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_match__follows_the_words),
		cmocka_unit_test(line_match__takes_the_free_line__when_nothing_fits),
		cmocka_unit_test(line_match__asks__when_two_fit_or_nothing_is_free),
		cmocka_unit_test(line_match__weighs__names_that_share_words),
		cmocka_unit_test(line_match_named__takes_beginnings_and_never_guesses),
		cmocka_unit_test(line_list_of__gives_a_core_its_own_and_its_areas),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
