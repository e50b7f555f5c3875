/*
 * What the books remember of somebody, and the little that goes when he wants to be forgotten.
 */
#include "budget/person_receipts.h"

#include "budget/booking.h"
#include "budget/receipt.h"
#include "store/media.h"
#include "unit/budget/books.h"

enum { SEEN_HISTORY, SEEN_TEXTS, SEEN_MOVES, ADD_WORDS, ADD_PROPOSAL, ADD_MOVE, SEEN_MAX };
static const char *const seen_sql[] = {
	[SEEN_HISTORY] = "SELECT count(*) FROM receipt_history WHERE old IS NOT NULL OR new IS NOT NULL",
	[SEEN_TEXTS] = "SELECT count(*) FROM entry_text WHERE text LIKE 'fatima:%'",
	[SEEN_MOVES] = "SELECT count(*) FROM money_move WHERE reason <> ''",
	[ADD_WORDS] = "INSERT INTO receipt_history (receipt, at_ms, person, what, old, new) VALUES (?1, 0, ?2, 'words', 'verf', 'lak')",
	[ADD_PROPOSAL] = "INSERT INTO proposal (id, kind, app_group, person, language, made_at_ms, expires_at_ms, state, agreed_by, settled_at_ms)"
	                 " VALUES (?1, 'move', 1, ?2, 'nl', 0, 0, iif(?3, 'agreed', 'expired'), nullif(?3, 0), ?4)",
	[ADD_MOVE] = "INSERT INTO money_move (proposal, from_line, to_line, cents, reason) VALUES (?1, 1, 2, 100, 'daarom')",
};
static const struct statements seen_statements = { "seen", seen_sql, SEEN_MAX };

static const struct statements *const rooms[] = {
	&people_statements, &link_statements,    &person_statements,  &group_statements, &actor_statements,            &line_statements,
	&ledger_statements, &receipt_statements, &booking_statements, &media_statements, &person_receipts_statements, &seen_statements,
	NULL,
};

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

static int64_t seen(struct turn *turn, size_t what)
{
	return stmt_one_int(turn_query(turn, &seen_statements, what), -1);
}

static int64_t person(struct turn *turn, const char *sender)
{
	return person_ensure(turn, sender).id;
}

static struct group kruitberg(struct turn *turn)
{
	struct group group;

	assert_true(group_find(turn_view(turn), "kruitberg", &group));
	return group;
}

static int64_t book(struct turn *turn, const char *sender, const char *event)
{
	const struct actor actor = actor_get(turn_view(turn), person(turn, sender), TRUST_DIRECT);
	const struct group group = kruitberg(turn);
	const struct receipt_draft draft = { .group = group.id, .core = group.core, .event = event, .sent_at_ms = event[1], .day = "2022-06-14",
		.words = "verf", .has_amount = true, .amount = cents_from_int64(1250) };
	struct booking booking;

	assert_false(budget_refuses(budget_book(turn, &actor, &draft, &booking)));
	return booking.receipt.number;
}

static void add_words(struct turn *turn, int64_t receipt, int64_t by)
{
	struct stmt *q = turn_query(turn, &seen_statements, ADD_WORDS);

	stmt_bind_int(q, 1, receipt);
	stmt_bind_int(q, 2, by);
	(void)stmt_run(q);
}

static void book_move(struct turn *turn, int64_t proposal, int64_t agreed_by)
{
	struct entry entry = { .kind = ENTRY_MOVE, .line = 1, .person = agreed_by, .proposal = proposal, .cents = cents_from_int64(-100) };

	(void)ledger_append(turn, &entry, "daarom");
	entry.line = 2;
	entry.cents = cents_from_int64(100);
	(void)ledger_append(turn, &entry, "daarom");
}

/* A move that was agreed to, or never was. */
static void add_move(struct turn *turn, int64_t number, int64_t by, int64_t agreed_by)
{
	struct stmt *q = turn_query(turn, &seen_statements, ADD_PROPOSAL);

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, by);
	stmt_bind_int(q, 3, agreed_by);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	(void)stmt_run(q);
	q = turn_query(turn, &seen_statements, ADD_MOVE);
	stmt_bind_int(q, 1, number);
	(void)stmt_run(q);
	if (agreed_by)
		book_move(turn, number, agreed_by);
}

static void live(struct turn *turn)
{
	const struct receipt_call call = { .event = "$call", .sent_at_ms = 1, .words = "later", .language = LANGUAGE_NL };
	int64_t fatima = person(turn, "@fatima:console"), john = person(turn, "@john:console");

	add_words(turn, book(turn, "@fatima:console", "$a"), fatima);
	add_words(turn, book(turn, "@john:console", "$b"), john);
	budget_remember_call(turn, kruitberg(turn).id, fatima, &call);
	budget_remember_call(turn, kruitberg(turn).id, john, &call);
	ledger_note(turn, ENTRY_LINK, john, fatima, 0, "fatima: one with another");
	add_move(turn, 1, fatima, 0);
	add_move(turn, 2, fatima, john);
}

static void forget_fatima(struct turn *turn, void *context)
{
	int64_t fatima, john, history;
	struct receipt_call call;

	(void)context;
	live(turn);
	fatima = person(turn, "@fatima:console");
	john = person(turn, "@john:console");
	history = seen(turn, SEEN_HISTORY);
	memory_forget(turn, &person_receipts, fatima);
	assert_false(budget_find_call(turn_view(turn), kruitberg(turn).id, fatima, 0, &call));
	assert_int_equal(seen(turn, SEEN_HISTORY), history - 1);
	assert_int_equal(seen(turn, SEEN_TEXTS), 0);
	assert_int_equal(seen(turn, SEEN_MOVES), 1);
	/* The receipt and whose it is stay, and what is another's. */
	assert_true(person_receipts_any(turn_view(turn), fatima));
	assert_string_equal(receipt_get(turn_view(turn), 1).words, "verf");
	assert_true(budget_find_call(turn_view(turn), kruitberg(turn).id, john, 0, &call));
}

static void person_receipts__forget__and_the_books_stay_right(void **state)
{
	struct view *view;

	(void)state;
	scratch_turn(&books.scratch, forget_fatima, NULL);
	view = view_open(books.scratch.store, 0);
	assert_int_equal(books_findings(view), 0);
	view_close(view);
}

static void tell_fatima(struct turn *turn, void *context)
{
	int64_t fatima = person(turn, "@fatima:console"), john = person(turn, "@john:console"), stays;
	size_t len;

	(void)context;
	assert_false(person_receipts_any(turn_view(turn), fatima));
	(void)book(turn, "@john:console", "$b");
	assert_false(person_receipts_any(turn_view(turn), fatima));
	assert_int_equal(link_make(turn, fatima, john, 0, &stays), LINK_DONE);
	assert_true(person_receipts_any(turn_view(turn), stays));
	(void)memory_numbers(turn_view(turn), &person_receipts, &person_receipts.told[0], stays, 8, &len);
	assert_int_equal(len, 1);
}

static void person_receipts_any__counts__all_his_ids(void **state)
{
	(void)state;
	scratch_turn(&books.scratch, tell_fatima, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(person_receipts__forget__and_the_books_stay_right, setup, teardown),
		cmocka_unit_test_setup_teardown(person_receipts_any__counts__all_his_ids, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
