#include "budget/import.h"

#include "budget/move.h"
#include "budget/receipt.h"
#include "people/proposal.h"
#include "store/timer.h"
#include "unit/budget/books.h"

static const struct statements *const rooms[] = { &people_statements, &link_statements,       &person_statements,   &group_statements, &line_statements,
						  &ledger_statements, &money_move_statements, &proposal_statements, &timer_statements, &receipt_statements, NULL };

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

/* 500 euros from the first line to the second, as `!schuif` does. */
static void move(struct turn *turn, void *context)
{
	const struct config_line *lines = books.config->budget.lines;
	struct view *view = turn_view(turn);
	const struct actor treasurer = { .person = person_ensure(turn, "@treasurer:console").id, .roles = 1u << ROLE_TREASURER };
	const struct actor coordinator = { .person = person_ensure(turn, "@coordinator:console").id, .roles = 1u << ROLE_COORDINATOR };
	struct money_move_draft draft = { .amount = cents_from_int64(50000), .reason = "de excursie gaat niet door", .language = LANGUAGE_NL };
	struct proposal proposal;
	struct money_move moved;
	struct group group;

	(void)context;
	assert_true(group_find(view, "coordinators", &group));
	draft.group = group.id;
	draft.from = books_line(view, lines[0].owner_slug, lines[0].name).id;
	draft.to = books_line(view, lines[1].owner_slug, lines[1].name).id;
	assert_int_equal(money_move_propose(turn, &treasurer, &draft, &moved), MONEY_MOVE_DONE);
	assert_int_equal(proposal_agree(turn, &coordinator, moved.proposal, &proposal), PROPOSAL_DONE);
	assert_int_equal(money_move_carry_out(turn, &coordinator, moved.proposal, NULL, &moved), MONEY_MOVE_DONE);
}

/* What was moved between lines stands in the books on purpose: the file that was imported is still the same. */
static void budget_differences__finds_none__when_money_was_moved(void **state)
{
	struct view *view;
	size_t len;

	(void)state;
	scratch_turn(&books.scratch, move, NULL);
	view = view_open(books.scratch.store, 0);
	(void)!budget_differences(view, books.config, &len);
	assert_int_equal(len, 0);
	view_close(view);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(budget_differences__finds_none__in_the_file_that_was_imported),
		cmocka_unit_test(budget_differences__finds_none__when_money_was_moved),
		cmocka_unit_test(budget_differences__tells__what_changed_and_changes_nothing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
