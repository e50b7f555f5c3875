#include "config/budget.h"

#include "unit/config/config_text.h"

#define CORES "slug;naam;gebied\na1;A een;\nb1;B een;b\nb2;B twee;b\n"

struct books {
	struct arena *arena;
	struct config_errors errors;
	struct config_budget budget;
};

static struct books books_open(void)
{
	struct books books = { .arena = arena_create(16 * 1024 * 1024) };

	config_errors_init(&books.errors);
	return books;
}

static void books_close(struct books *books)
{
	config_errors_release(&books->errors);
	arena_destroy(books->arena);
}

static bool read_cores(struct books *books, const char *text)
{
	struct source source;

	return source_check("c.csv", text, strlen(text), &source, &books->errors) &&
		cores_read(books->arena, &source, &books->budget, &books->errors);
}

static bool read_lines(struct books *books, const char *text)
{
	struct source source;

	return source_check("b.csv", text, strlen(text), &source, &books->errors) &&
		lines_read(books->arena, &source, true, &books->budget, &books->errors);
}

static void expect_cores(const char *text, const char *golden)
{
	struct books books = books_open();

	assert_int_equal(read_cores(&books, text), !*golden);
	assert_string_equal(config_errors_format(books.arena, &books.errors), golden);
	books_close(&books);
}

/* The lines without their header, which is line 1. */
static void expect_lines(const char *rows, const char *golden)
{
	struct books books = books_open();

	assert_true(read_cores(&books, CORES));
	assert_int_equal(read_lines(&books, arena_printf(books.arena, "%s\n%s", LINES_HEADER, rows)), !*golden);
	assert_string_equal(config_errors_format(books.arena, &books.errors), golden);
	books_close(&books);
}

static void cores_read__refuses__another_header(void **state)
{
	(void)state;
	expect_cores("slug,naam,gebied\na,b,c\n", "c.csv:1: found \"slug,naam,gebied\", expected the names of the columns: slug;naam;gebied\n");
	expect_cores("", "c.csv:1: found \"\", expected the names of the columns: slug;naam;gebied\n");
	expect_cores("slug;naam;gebied\n", "c.csv: found no cores, expected at least one\n");
}

static void cores_read__refuses__bad_and_double_slugs(void **state)
{
	(void)state;
	expect_cores("slug;naam;gebied\nKern A;A;\n;B;\nbuurt;C;\nd;;x y\n",
		"c.csv:2:1: slug: found \"Kern A\", expected a short name of a-z, 0-9 and single dashes, such as kern-19\n"
		"c.csv:3:1: slug: found nothing, expected a short name of a-z, 0-9 and single dashes, such as kern-19\n"
		"c.csv:4:1: slug: found \"buurt\", expected another name: that one means the whole neighbourhood\n"
		"c.csv:5:3: naam: found nothing, expected the name people know it by\n"
		"c.csv:5:4: gebied: found \"x y\", expected a short name of a-z, 0-9 and single dashes, such as kern-19, or nothing\n");
	expect_cores("slug;naam;gebied\na;A;\na;B;\n",
		"c.csv:3:1: slug: found \"a\" a second time, expected it once: it stands at c.csv:2:1 already\n");
}

static void cores_read__refuses__an_area_that_is_another_core(void **state)
{
	(void)state;
	expect_cores("slug;naam;gebied\na;A;a\nb;B;a\n",
		"c.csv:3:1: found the area \"a\", expected another name for it: c.csv:2:1 is a core of that name\n");
	expect_cores("slug;naam;gebied\na;A;a\nb;B;b\n", "");
}

static void lines_read__refuses__an_unknown_owner(void **state)
{
	(void)state;
	expect_lines("c9;Potje;1,00;focus\n",
		"b.csv:2:1: eigenaar: found \"c9\", expected the slug of a core, the name of an area, or buurt\n");
}

static void lines_read__refuses__a_malformed_amount(void **state)
{
	static const char *const amounts[] = { "12.50", "1.250,00", "12,5", "12", "-3,00", "EUR 12,00", "12x,00", "99999999999,00" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(amounts); i++) {
		AUTO_ARENA arena = arena_create(4096);

		expect_lines(arena_printf(arena, "a1;Potje;%s;focus\n", amounts[i]),
			arena_printf(arena, "b.csv:2:10: bedrag: found \"%s\", expected an amount with a comma and two decimals and no dots, "
			"such as 1250,00\n", amounts[i]));
	}
}

static void lines_read__refuses__one_line_twice(void **state)
{
	(void)state;
	expect_lines("a1;Moestuin;1,00;focus\nb1;Moestuin;1,00;focus\na1;moestuin;2,00;vrij\n",
		"b.csv:4:4: potje: found \"moestuin\" of a1 a second time, expected it once: it stands at b.csv:2:1 already\n");
}

static void lines_read__refuses__unknown_kinds_and_empty_names(void **state)
{
	(void)state;
	expect_lines("a1;;1,00;gratis\n",
		"b.csv:2:4: potje: found nothing, expected the name of the line\n"
		"b.csv:2:10: soort: found \"gratis\", expected vrij, focus or handelingskosten\n");
}

static void csv_parse__refuses__broken_rows(void **state)
{
	(void)state;
	expect_lines("a1;Potje;1,00\n", "b.csv:2: found 3 fields, expected 4: eigenaar;potje;bedrag;soort\n");
	expect_lines("a1\n", "b.csv:2: found 1 field, expected 4: eigenaar;potje;bedrag;soort\n");
	expect_lines("a1;Potje;1,00;focus;extra\n", "b.csv:2: found more than 4 fields, expected 4: eigenaar;potje;bedrag;soort\n");
	expect_lines("a1;\"Potje;1,00;focus\n",
		"b.csv:2:4: found a \" that does not close, expected another before the end of the line\n");
	expect_lines("a1;\"Potje\"x;1,00;focus\n", "b.csv:2:11: found text behind a closing \", expected ; or the end of the line\n");
	expect_lines("a1;Pot\x07je;1,00;focus\n", "b.csv:2:4: found a control character, expected readable text\n");
}

static void source_check__refuses__a_csv_that_is_no_utf8(void **state)
{
	(void)state;
	expect_lines("a1;Caf\xe9;1,00;focus\n",
		"b.csv:2:7: found the byte 0xe9, which is no UTF-8, expected text: save the file as UTF-8\n");
}

static void csv_parse__takes__what_spreadsheets_write(void **state)
{
	struct books books = books_open();

	(void)state;
	assert_true(read_cores(&books, "\xef\xbb\xbf" "slug;naam;gebied\r\n a1 ; A een ; \r\n\r\n;;\r\nb1;\"B \"\"een\"\"; of zo\";b"));
	assert_int_equal(books.budget.cores_len, 2);
	assert_string_equal(books.budget.cores[0].slug, "a1");
	assert_string_equal(books.budget.cores[0].name, "A een");
	assert_null(books.budget.cores[0].area);
	assert_string_equal(books.budget.cores[1].name, "B \"een\"; of zo");
	assert_string_equal(books.budget.cores[1].area, "b");
	assert_int_equal(books.budget.cores[1].mark.line, 5);
	books_close(&books);
}

static void csv_parse__refuses__five_thousand_rows(void **state)
{
	struct books books = books_open();
	AUTO_BUF text;

	(void)state;
	buf_init(&text, 256 * 1024);
	buf_add_text(&text, "slug;naam;gebied\n");
	for (int i = 0; i <= 5000; i++)
		buf_printf(&text, "a%d;A;\n", i);
	assert_false(read_cores(&books, text.data));
	assert_string_equal(config_errors_format(books.arena, &books.errors), "c.csv:5002: found more than 5000 rows, expected fewer\n");
	books_close(&books);
}

static void lines_read__finds__the_owner(void **state)
{
	struct books books = books_open();

	(void)state;
	assert_true(read_cores(&books, CORES));
	assert_true(read_lines(&books, LINES_HEADER "\na1;Vrij;10,00;vrij\nb;Samen;20,50;focus\nbuurt;Kosten;1,00;handelingskosten\n"));
	assert_int_equal(books.budget.lines_len, 3);
	assert_int_equal(books.budget.lines[0].owner, LINE_OWNER_CORE);
	assert_int_equal(books.budget.lines[1].owner, LINE_OWNER_AREA);
	assert_int_equal(books.budget.lines[2].owner, LINE_OWNER_NEIGHBOURHOOD);
	assert_int_equal(books.budget.lines[2].kind, LINE_KIND_HANDLING);
	assert_int_equal(cents_to_int64(books.budget.lines[1].amount), 2050);
	assert_int_equal(cents_to_int64(lines_sum(&books.budget, LINE_KIND_FOCUS)), 2050);
	books_close(&books);
}

/* What budget_check() says of lines of EUR 10,00 free and `handling` against a grant. */
static void expect_sums(const char *handling, int64_t grant, const char *golden)
{
	struct books books = books_open();

	assert_true(read_cores(&books, CORES));
	assert_true(read_lines(&books,
		arena_printf(books.arena, LINES_HEADER "\na1;Vrij;92,00;vrij\nbuurt;Kosten;%s;handelingskosten\n", handling)));
	books.budget.grant = cents_from_int64(grant);
	budget_check(&books.budget, "b.csv", (struct config_mark){ "t.yaml", 3, 9 }, books.arena, &books.errors);
	assert_string_equal(config_errors_format(books.arena, &books.errors), golden);
	books_close(&books);
}

static void budget_check__wants__lines_that_add_up_to_the_grant(void **state)
{
	(void)state;
	expect_sums("8,00", 10000, "");
	expect_sums("7,00", 10000,
		"b.csv: found lines that add up to EUR 99,00, expected the grant of EUR 100,00 (t.yaml:3:9): EUR 1,00 too little\n");
	expect_sums("8,00", 9950,
		"b.csv: found lines that add up to EUR 100,00, expected the grant of EUR 99,50 (t.yaml:3:9): EUR 0,50 too much\n"
		"b.csv: found EUR 8,00 of handelingskosten, expected at most 8% of the grant: EUR 7,96\n");
}

static void budget_check__refuses__handling_costs_over_the_cap(void **state)
{
	(void)state;
	expect_sums("8,01", 10001, "b.csv: found EUR 8,01 of handelingskosten, expected at most 8% of the grant: EUR 8,00\n");
}

static void read_budget__refuses__half_of_it(void **state)
{
	(void)state;
	expect_errors("homeserver: {url: https://a, user: \"@r:a\", credential: c}\n" GROUPS
		      "neighbourhood: {name: K}\nbudget: {grant: 96.000, cores: k.csv}\n",
		"t.yaml:7:9: found no files, expected cores and lines in budget: the two CSV files\n"
		"t.yaml:7:17: grant: found \"96.000\", expected an amount in euros without dots, such as 96000 or 96000,50\n");
	expect_errors("homeserver: {url: https://a, user: \"@r:a\", credential: c}\n" GROUPS
		      "neighbourhood: {name: K}\nbudget: {grant: 96000, builtin: k-buurt-2023}\n",
		"t.yaml:7:33: builtin: found \"k-buurt-2023\", expected k-buurt-2022\n");
	expect_errors("homeserver: {url: https://a, user: \"@r:a\", credential: c}\n" GROUPS
		      "neighbourhood: {name: K}\nbudget: {grant: 96000, builtin: k-buurt-2022, lines: a.csv}\n",
		"t.yaml:7:33: builtin: found \"k-buurt-2022\", expected either builtin or cores and lines\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cores_read__refuses__another_header),
		cmocka_unit_test(cores_read__refuses__bad_and_double_slugs),
		cmocka_unit_test(cores_read__refuses__an_area_that_is_another_core),
		cmocka_unit_test(lines_read__refuses__an_unknown_owner),
		cmocka_unit_test(lines_read__refuses__a_malformed_amount),
		cmocka_unit_test(lines_read__refuses__one_line_twice),
		cmocka_unit_test(lines_read__refuses__unknown_kinds_and_empty_names),
		cmocka_unit_test(csv_parse__refuses__broken_rows),
		cmocka_unit_test(source_check__refuses__a_csv_that_is_no_utf8),
		cmocka_unit_test(csv_parse__takes__what_spreadsheets_write),
		cmocka_unit_test(csv_parse__refuses__five_thousand_rows),
		cmocka_unit_test(lines_read__finds__the_owner),
		cmocka_unit_test(budget_check__wants__lines_that_add_up_to_the_grant),
		cmocka_unit_test(budget_check__refuses__handling_costs_over_the_cap),
		cmocka_unit_test(read_budget__refuses__half_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
