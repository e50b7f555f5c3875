#include "budget/ledger.h"

#include "people/proposal.h"
#include "store/timer.h"
#include "unit/budget/books.h"

/* What a forger with the database in his hands would do. */
enum { FORGE_UNLOCK, FORGE_UNLOCK_DELETE, FORGE_CENTS, FORGE_DROP, FORGE_LINE, FORGE_RENAME, FORGE_TEXT, FORGE_ABOUT, FORGE_CORE, FORGE_MOVE, ERASE_TEXT, FORGE_MAX };

static const char *const forge_sql[] = {
	[FORGE_UNLOCK] = "DROP TRIGGER entry_no_update",
	[FORGE_UNLOCK_DELETE] = "DROP TRIGGER entry_no_delete",
	[FORGE_CENTS] = "UPDATE entry SET cents = cents + 100 WHERE id = ?1",
	[FORGE_DROP] = "DELETE FROM entry WHERE id = ?1",
	[FORGE_LINE] = "UPDATE line SET spent_cents = spent_cents - 100 WHERE id = ?1",
	[FORGE_RENAME] = "UPDATE line SET kind = 'free' WHERE id = ?1",
	[FORGE_TEXT] = "UPDATE entry_text SET text = 'ander' WHERE entry = ?1",
	[FORGE_ABOUT] = "UPDATE entry SET about = about + 1 WHERE id = ?1",
	[FORGE_CORE] = "UPDATE line SET core = core + 1 WHERE id = ?1",
	[FORGE_MOVE] = "INSERT INTO money_move (proposal, from_line, to_line, cents, reason) VALUES (?1, 1, 2, 500, '')",
	[ERASE_TEXT] = "DELETE FROM entry_text WHERE entry = ?1",
};

static const struct statements forge_statements = { "forge", forge_sql, FORGE_MAX };

static const struct statements *const rooms[] = { &people_statements, &link_statements, &person_statements, &group_statements,
						  &actor_statements,
						  &proposal_statements, &timer_statements, &line_statements,   &ledger_statements, &forge_statements, NULL };

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

struct forgery {
	size_t sql;
	int64_t id;
};

static void forge_work(struct turn *turn, void *context)
{
	const struct forgery *forgery = context;
	struct stmt *q = turn_query(turn, &forge_statements, forgery->sql);

	if (forgery->sql != FORGE_UNLOCK && forgery->sql != FORGE_UNLOCK_DELETE)
		stmt_bind_int(q, 1, forgery->id);
	(void)stmt_run(q);
}

static void forge(size_t sql, int64_t id)
{
	struct forgery forgery = { sql, id };

	scratch_turn(&books.scratch, forge_work, &forgery);
}

static struct ledger_report verify(const char *head)
{
	struct view *view = view_open(books.scratch.store, 0);
	struct ledger_report report;

	ledger_verify(view, cents_from_int64(9600000), head, &report);
	view_close(view);
	return report;
}

static bool found(const struct ledger_report *report, enum ledger_finding_kind kind, int64_t subject)
{
	for (size_t i = 0; i < report->findings_len; i++) {
		if (report->findings[i].kind == kind && report->findings[i].subject == subject)
			return true;
	}
	return false;
}

static void ledger_verify__finds_nothing__in_fresh_books(void **state)
{
	struct ledger_report report = verify(NULL);

	(void)state;
	assert_int_equal(report.findings_len, 0);
	assert_int_equal(report.entries, 50);
	assert_int_equal(report.erased, 0);
	assert_int_equal(cents_to_int64(report.granted), 9600000);
	assert_true(cents_is_zero(report.spent));
}

static void budget_import__changes_nothing__the_second_time(void **state)
{
	struct ledger_report before = verify(NULL), after;

	(void)state;
	scratch_turn(&books.scratch, books_import, books.config);
	after = verify(NULL);
	assert_int_equal(after.entries, before.entries);
	assert_string_equal(after.head, before.head);
}

static void ledger_verify__recognises__an_earlier_head(void **state)
{
	struct ledger_report before = verify(NULL), after;
	char other[SHA256_HEX_SIZE];

	(void)state;
	memcpy(other, before.head, sizeof other);
	other[0] = other[0] == 'a' ? 'b' : 'a';
	after = verify(before.head);
	assert_int_equal(after.witnessed, 50);
	assert_int_equal(after.findings_len, 0);
	after = verify(other);
	assert_true(found(&after, LEDGER_FINDING_HEAD, 0));
}

static void ledger_verify__notices__a_changed_amount(void **state)
{
	struct ledger_report report;

	(void)state;
	forge(FORGE_UNLOCK, 0);
	forge(FORGE_CENTS, 7);
	report = verify(NULL);
	assert_true(found(&report, LEDGER_FINDING_HASH, 7));
	assert_true(found(&report, LEDGER_FINDING_CHAIN, 8));
	assert_true(found(&report, LEDGER_FINDING_LINE, 7));
}

static void ledger_verify__notices__a_missing_entry(void **state)
{
	struct ledger_report report;

	(void)state;
	/* Its text goes first, for the foreign key. */
	forge(ERASE_TEXT, 20);
	forge(FORGE_UNLOCK_DELETE, 0);
	forge(FORGE_DROP, 20);
	report = verify(NULL);
	assert_true(found(&report, LEDGER_FINDING_HOLE, 21));
	assert_true(found(&report, LEDGER_FINDING_CHAIN, 21));
	assert_true(found(&report, LEDGER_FINDING_LINE, 20));
}

static void ledger_verify__notices__other_sums_names_and_texts(void **state)
{
	struct ledger_report report;

	(void)state;
	forge(FORGE_LINE, 3);
	forge(FORGE_RENAME, 50);
	forge(FORGE_TEXT, 9);
	report = verify(NULL);
	assert_true(found(&report, LEDGER_FINDING_LINE, 3));
	assert_true(found(&report, LEDGER_FINDING_LINE, 50));
	assert_true(found(&report, LEDGER_FINDING_TEXT, 9));
	assert_false(found(&report, LEDGER_FINDING_CHAIN, 10));
}

static void ledger_verify__accepts__an_erased_text(void **state)
{
	struct ledger_report before = verify(NULL), after;

	(void)state;
	forge(ERASE_TEXT, 9);
	after = verify(before.head);
	assert_int_equal(after.findings_len, 0);
	assert_int_equal(after.erased, 1);
	assert_int_equal(after.witnessed, 50);
}

static void notes_a_role(struct turn *turn, void *context)
{
	(void)context;
	ledger_note(turn, ENTRY_ROLE, 0, 1, 0, "treasurer");
}

static void ledger_note__is_sealed_and_moves_no_money(void **state)
{
	struct ledger_report before = verify(NULL), after;

	(void)state;
	scratch_turn(&books.scratch, notes_a_role, NULL);
	after = verify(before.head);
	assert_int_equal(after.findings_len, 0);
	assert_int_equal(after.entries, 51);
	assert_true(cents_is_zero(after.spent));
	assert_string_not_equal(after.head, before.head);
	forge(FORGE_UNLOCK, 0);
	forge(FORGE_ABOUT, 51);
	after = verify(NULL);
	assert_true(found(&after, LEDGER_FINDING_HASH, 51));
}

static void ledger_verify__notices__a_line_of_another_core(void **state)
{
	struct ledger_report report;

	(void)state;
	forge(FORGE_CORE, 1);
	report = verify(NULL);
	assert_true(found(&report, LEDGER_FINDING_LINE, 1));
}

struct pair {
	int64_t from, to, cents;
};

static void moves(struct turn *turn, void *context)
{
	const struct pair *pair = context;
	struct actor one = actor_get(turn_view(turn), 1, TRUST_DIRECT), other = actor_get(turn_view(turn), 2, TRUST_DIRECT);
	struct proposal proposal;
	struct group group;
	int64_t number;

	assert_true(group_find(turn_view(turn), "coordinators", &group));
	number = proposal_add(turn, &one, PROPOSAL_MOVE, group.id, LANGUAGE_NL);
	forge_work(turn, &(struct forgery){ FORGE_MOVE, number });
	assert_int_equal(proposal_agree(turn, &other, number, &proposal), PROPOSAL_DONE);
	(void)ledger_append(turn, &(struct entry){ .kind = ENTRY_MOVE, .line = pair->from, .person = 2, .proposal = number, .cents = cents_from_int64(-pair->cents) }, "");
	(void)ledger_append(turn, &(struct entry){ .kind = ENTRY_MOVE, .line = pair->to, .person = 2, .proposal = number, .cents = cents_from_int64(500) }, "");
}

static void ledger_verify__knows_moves__and_notices_one_that_loses_money(void **state)
{
	struct ledger_report report;

	(void)state;
	scratch_turn(&books.scratch, moves, &(struct pair){ 1, 2, 500 });
	report = verify(NULL);
	assert_int_equal(report.findings_len, 0);
	assert_int_equal(cents_to_int64(report.granted), 9600000);
	scratch_turn(&books.scratch, moves, &(struct pair){ 1, 2, 400 });
	report = verify(NULL);
	assert_true(found(&report, LEDGER_FINDING_MOVE, 53));
	assert_true(found(&report, LEDGER_FINDING_GRANT, 0));
}

static void ledger_verify__notices__a_move_to_the_same_line(void **state)
{
	struct ledger_report report;

	(void)state;
	scratch_turn(&books.scratch, moves, &(struct pair){ 2, 2, 500 });
	report = verify(NULL);
	assert_true(found(&report, LEDGER_FINDING_MOVE, 51));
}

/* docs/LEDGER.md gives this very example. */
static void ledger_serialise__writes_the_documented_bytes(void **state)
{
	AUTO_ARENA arena = arena_create(4096);
	const struct entry entry = {
		.id = 51,
		.at_ms = SCRATCH_NOW_MS,
		.kind = ENTRY_SPEND,
		.line = 42,
		.receipt = 17,
		.person = 5,
		.cents = cents_from_int64(-1250),
	};
	const char *previous = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
	char text[SHA256_HEX_SIZE], hash[SHA256_HEX_SIZE];
	const char *bytes;
	struct sha256_sum sum;

	(void)state;
	ledger_text_hash("0123456789abcdef", 16, "verf", text);
	assert_string_equal(text, "ce4333665ce14e3515d851a237140f0c4b57ce2387b62c282e60c7f4430fdd86");
	bytes = ledger_serialise(arena, &entry, text, previous);
	sum = sha256_of(bytes, strlen(bytes));
	sha256_hex(&sum, hash);
	assert_string_equal(hash, "c1d86b0d7f179c047640abd9b1a875a32e34483e7d7377aeaaa5205458132e12");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ledger_verify__finds_nothing__in_fresh_books, setup, teardown),
		cmocka_unit_test_setup_teardown(budget_import__changes_nothing__the_second_time, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__recognises__an_earlier_head, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__notices__a_changed_amount, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__notices__a_missing_entry, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__notices__other_sums_names_and_texts, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__accepts__an_erased_text, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_note__is_sealed_and_moves_no_money, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__notices__a_line_of_another_core, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__knows_moves__and_notices_one_that_loses_money, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__notices__a_move_to_the_same_line, setup, teardown),
		cmocka_unit_test(ledger_serialise__writes_the_documented_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
