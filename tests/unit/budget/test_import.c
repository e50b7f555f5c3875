#include "budget/import.h"

#include "unit/budget/books.h"

static const struct statements *const rooms[] = { &people_statements, &link_statements, &person_statements, &group_statements,
						  &line_statements,   &ledger_statements, NULL };

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

static void budget_differences__finds_none__in_the_file_that_was_imported(void **state)
{
	struct view *view = view_open(books.scratch.store, 0);
	size_t len;

	(void)state;
	(void)!budget_differences(view, books.config, &len);
	assert_int_equal(len, 0);
	view_close(view);
}

/* A line gone, one dearer and of another kind, one new. */
static void budget_differences__tells__what_changed_and_changes_nothing(void **state)
{
	struct view *view = view_open(books.scratch.store, 0);
	const struct config_budget *old = &books.config->budget;
	struct config_line *lines = arena_array(view_arena(view), struct config_line, old->lines_len);
	struct config changed = *books.config;
	struct budget_difference *found;
	size_t len;

	(void)state;
	memcpy(lines, old->lines, old->lines_len * sizeof *lines);
	lines[0].name = "Nieuw potje";
	lines[1].amount = cents_from_int64(1);
	lines[1].kind = LINE_KIND_FOCUS;
	changed.budget.lines = lines;
	found = budget_differences(view, &changed, &len);
	assert_int_equal(len, 4);
	assert_int_equal(found[0].kind, BUDGET_DIFFERENCE_NEW);
	assert_string_equal(found[0].name, "Nieuw potje");
	assert_true(found[0].mark.line > 0);
	assert_int_equal(found[1].kind, BUDGET_DIFFERENCE_AMOUNT);
	assert_int_equal(cents_to_int64(found[1].in_file), 1);
	assert_int_equal(cents_to_int64(found[1].in_books), 100000);
	assert_int_equal(found[2].kind, BUDGET_DIFFERENCE_KIND);
	assert_int_equal(found[3].kind, BUDGET_DIFFERENCE_GONE);
	assert_string_equal(found[3].owner_slug, old->lines[0].owner_slug);
	assert_int_equal(books_findings(view), 0);
	view_close(view);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(budget_differences__finds_none__in_the_file_that_was_imported),
		cmocka_unit_test(budget_differences__tells__what_changed_and_changes_nothing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
