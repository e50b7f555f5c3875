/*
 * What takes two persons: `verify` finds a receipt that its own owner approved, and money that moved otherwise than two
 * decided. Whoever does it by the program's own means cannot; so these are forgers, or bugs to come.
 */
#include "budget/ledger.h"

#include "budget/booking.h"
#include "budget/move.h"
#include "budget/review.h"
#include "people/eyes.h"
#include "people/proposal.h"
#include "store/media.h"
#include "store/timer.h"
#include "unit/budget/books.h"

enum {
	FORGE_OWNER,
	FORGE_EARLY_LINKS,
	FORGE_WITHDRAWN,
	FORGE_OTHER_HAND,
	FORGE_CENTS,
	FORGE_LINES,
	FORGE_NO_MOVE,
	FORGE_AGREED,
	FORGE_MAX
};

static const char *const forge_sql[] = {
	[FORGE_OWNER] = "UPDATE receipt_owner SET person = (SELECT person FROM entry WHERE kind = 'approved')",
	[FORGE_EARLY_LINKS] = "UPDATE person_link SET made_at_ms = made_at_ms - 1",
	[FORGE_WITHDRAWN] = "UPDATE proposal SET state = 'withdrawn', agreed_by = NULL",
	[FORGE_OTHER_HAND] = "UPDATE proposal SET agreed_by = person",
	[FORGE_CENTS] = "UPDATE money_move SET cents = cents - 1",
	[FORGE_LINES] = "UPDATE money_move SET from_line = to_line, to_line = from_line",
	[FORGE_NO_MOVE] = "DELETE FROM money_move",
	[FORGE_AGREED] = "UPDATE proposal SET state = 'agreed', agreed_by = person, settled_at_ms = made_at_ms",
};
_Static_assert(sizeof forge_sql / sizeof *forge_sql == FORGE_MAX, "a statement for every name");

static const struct statements forge_statements = { "forge", forge_sql, FORGE_MAX };

static const struct statements *const rooms[] = { &people_statements, &link_statements,   &person_statements,  &group_statements,      &actor_statements,
						  &line_statements,   &ledger_statements, &receipt_statements, &booking_statements,    &media_statements,
						  &eyes_statements,   &review_statements, &proposal_statements, &money_move_statements, &timer_statements,
						  &forge_statements,  NULL };

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

static struct actor person(struct turn *turn, const char *sender)
{
	return actor_get(turn_view(turn), person_ensure(turn, sender).id, TRUST_DIRECT);
}

static struct ledger_report verify(void)
{
	struct view *view = view_open(books.scratch.store, 0);
	struct ledger_report report;

	ledger_verify(view, cents_from_int64(9600000), NULL, &report);
	view_close(view);
	return report;
}

static void forge_work(struct turn *turn, void *context)
{
	const size_t *sql = context;

	(void)stmt_run(turn_query(turn, &forge_statements, *sql));
}

static void forge(size_t sql)
{
	scratch_turn(&books.scratch, forge_work, &sql);
}

static void assert_finds(enum ledger_finding_kind kind)
{
	struct ledger_report report = verify();

	assert_true(report.findings_len > 0);
	for (size_t i = 0; i < report.findings_len; i++)
		assert_int_equal(report.findings[i].kind, kind);
}

/* Fatima's receipt, which the auditor looks at. */
static void approve(struct turn *turn, void *context)
{
	struct actor fatima = person(turn, "@fatima:console"), auditor = person(turn, "@auditor:console");
	struct booking booking;
	struct receipt receipt;
	struct group group;
	bool sole;

	(void)context;
	assert_true(group_find(turn_view(turn), "kruitberg", &group));
	assert_int_equal(budget_book(turn, &fatima, &(struct receipt_draft){ .group = group.id, .core = group.core, .event = "$1", .sent_at_ms = 1,
		.day = "2022-06-14", .words = "verf", .has_amount = true, .amount = cents_from_int64(1250) }, &booking), BUDGET_BOOKED);
	assert_int_equal(review_approve(turn, &auditor, booking.receipt.number, NULL, &receipt, &sole), REVIEW_DONE);
}

/* By way of a third, and undone since. */
static void link_both(struct turn *turn, void *context)
{
	int64_t fatima = person_ensure(turn, "@fatima:console").id, between = person_ensure(turn, "@fatima2:console").id, stays, other;

	(void)context;
	assert_int_equal(link_make(turn, fatima, between, 0, &stays), LINK_DONE);
	assert_int_equal(link_make(turn, person_ensure(turn, "@auditor:console").id, fatima, 0, &stays), LINK_DONE);
	assert_int_equal(link_undo(turn, stays, 0, &other), LINK_DONE);
}

static void ledger_verify__finds__who_approved_his_own(void **state)
{
	(void)state;
	scratch_turn(&books.scratch, approve, NULL);
	assert_int_equal(verify().findings_len, 0);
	forge(FORGE_OWNER);
	assert_finds(LEDGER_FINDING_EYES);
}

static void ledger_verify__finds__who_approved_as_another_of_himself(void **state)
{
	struct ledger_report report;

	(void)state;
	scratch_turn(&books.scratch, approve, NULL);
	scratch_turn(&books.scratch, link_both, NULL);
	/* Nobody could know when he looked: no error, but named. */
	report = verify();
	assert_int_equal(report.findings_len, 0);
	assert_int_equal(report.linked_later_len, 1);
	assert_int_equal(report.linked_later[0], 1);
	forge(FORGE_EARLY_LINKS);
	assert_finds(LEDGER_FINDING_EYES);
}

static void approve_alone(struct turn *turn, void *context)
{
	const struct actor treasurer = person(turn, "@treasurer:console");

	(void)context;
	ledger_note(turn, ENTRY_SOLE, treasurer.person, 0, 1, "niemand anders");
	ledger_note(turn, ENTRY_APPROVED, treasurer.person, 0, 1, "");
}

static void book_own(struct turn *turn, void *context)
{
	struct actor treasurer = person(turn, "@treasurer:console");
	struct booking booking;
	struct receipt receipt;
	struct group group;
	bool sole;

	(void)context;
	assert_true(group_find(turn_view(turn), "kruitberg", &group));
	assert_int_equal(budget_book(turn, &treasurer, &(struct receipt_draft){ .group = group.id, .core = group.core, .event = "$1", .sent_at_ms = 1,
		.day = "2022-06-14", .words = "verf", .has_amount = true, .amount = cents_from_int64(1250) }, &booking), BUDGET_BOOKED);
	assert_int_equal(review_approve(turn, &treasurer, booking.receipt.number, "alleen", &receipt, &sole), REVIEW_OWN);
}

static void ledger_verify__accepts__a_way_out_that_was_written_down(void **state)
{
	struct ledger_report report;

	(void)state;
	scratch_turn(&books.scratch, book_own, NULL);
	scratch_turn(&books.scratch, approve_alone, NULL);
	report = verify();
	for (size_t i = 0; i < report.findings_len; i++)
		assert_int_not_equal(report.findings[i].kind, LEDGER_FINDING_EYES);
}

static void move_money(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	struct actor treasurer = person(turn, "@treasurer:console"), coordinator = person(turn, "@coordinator:console");
	struct money_move_draft draft = { .from = books_line(view, "kruitberg", "Moestuin").id, .to = books_line(view, "kruitberg", "Eet-je-mee").id,
		.amount = cents_from_int64(5000), .reason = "over" };
	struct proposal proposal;
	struct money_move move;
	struct group group;

	(void)context;
	assert_true(group_find(view, "coordinators", &group));
	draft.group = group.id;
	assert_int_equal(money_move_propose(turn, &treasurer, &draft, &move), MONEY_MOVE_DONE);
	assert_int_equal(proposal_agree(turn, &coordinator, move.proposal, &proposal), PROPOSAL_DONE);
	assert_int_equal(money_move_carry_out(turn, &coordinator, move.proposal, NULL, &move), MONEY_MOVE_DONE);
}

static void ledger_verify__finds__a_move_that_was_decided_otherwise(void **state)
{
	static const size_t forgeries[] = { FORGE_WITHDRAWN, FORGE_OTHER_HAND, FORGE_CENTS, FORGE_LINES, FORGE_NO_MOVE };

	for (size_t i = 0; i < ARRAY_LEN(forgeries); i++) {
		scratch_turn(&books.scratch, move_money, NULL);
		assert_int_equal(verify().findings_len, 0);
		forge(forgeries[i]);
		assert_finds(LEDGER_FINDING_DECISION);
		books_close(&books);
		(void)setup(state);
	}
}

static void propose_only(struct turn *turn, void *context)
{
	struct actor treasurer = person(turn, "@treasurer:console");
	struct group group;

	(void)context;
	assert_true(group_find(turn_view(turn), "coordinators", &group));
	(void)proposal_add(turn, &treasurer, PROPOSAL_MOVE, group.id, LANGUAGE_NL);
}

static void ledger_verify__finds__an_agreed_move_that_was_never_booked(void **state)
{
	(void)state;
	scratch_turn(&books.scratch, propose_only, NULL);
	assert_int_equal(verify().findings_len, 0);
	forge(FORGE_AGREED);
	assert_finds(LEDGER_FINDING_PROPOSAL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ledger_verify__finds__who_approved_his_own, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__finds__who_approved_as_another_of_himself, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__accepts__a_way_out_that_was_written_down, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__finds__a_move_that_was_decided_otherwise, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__finds__an_agreed_move_that_was_never_booked, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
