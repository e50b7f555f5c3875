/*
 * A forger who has the database file and SQLite's shell: whatever single value of the books he changes is found, and
 * so is what he cannot be caught at by looking inside, with a head that was printed before.
 */
#include "budget/ledger.h"

#include <inttypes.h>
#include <sqlite3.h>

#include "budget/booking.h"
#include "budget/move.h"
#include "people/proposal.h"
#include "store/blob.h"
#include "store/media.h"
#include "store/timer.h"
#include "unit/budget/books.h"

enum { CHANGES = 1000, RECEIPTS = 12 };

static const struct statements *const rooms[] = { &people_statements, &link_statements, &person_statements, &group_statements,
						  &actor_statements,  &line_statements, &ledger_statements, &receipt_statements,
						  &booking_statements, &media_statements, &blob_statements, &money_move_statements,
						  &proposal_statements, &timer_statements, NULL };

/* Which values: all columns, or those named. where: the rows of which the books tell what they should be. */
static const struct target {
	const char *table;
	const char *columns; /* "," before and after each; NULL: all */
	const char *where;
} targets[] = {
	{ "entry", NULL, "1" },
	{ "entry_text", NULL, "1" },
	{ "line", NULL, "1" },
	{ "receipt", ",cents,back_cents,line,", "state IN ('submitted', 'asked', 'approved') AND line IS NOT NULL AND cents IS NOT NULL" },
	{ "receipt", ",state,", "1" },
	{ "proposal", ",id,kind,state,agreed_by,settled_at_ms,", "1" },
	{ "money_move", ",proposal,from_line,to_line,cents,", "1" },
};

static struct books books;
static sqlite3 *forger;
static uint32_t dice = 20220614;

/* Xorshift: the same thousand changes every time. */
static uint32_t roll(uint32_t sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 17;
	dice ^= dice << 5;
	return dice % sides;
}

static void forge(const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(forger, sql, NULL, NULL, &why) != SQLITE_OK)
		die("%s: %s", sql, why);
}

/* One value; NULL when there is no row. In the arena. */
static const char *ask(struct arena *arena, const char *sql)
{
	const char *value = NULL;
	sqlite3_stmt *stmt;

	assert_int_equal(sqlite3_prepare_v2(forger, sql, -1, &stmt, NULL), SQLITE_OK);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		value = arena_dup(arena, (const char *)sqlite3_column_text(stmt, 0));
	(void)sqlite3_finalize(stmt);
	return value;
}

static int64_t ask_int(const char *sql)
{
	int64_t value = 0;
	sqlite3_stmt *stmt;

	assert_int_equal(sqlite3_prepare_v2(forger, sql, -1, &stmt, NULL), SQLITE_OK);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		value = sqlite3_column_int64(stmt, 0);
	(void)sqlite3_finalize(stmt);
	return value;
}

/* The treasurer proposes, the coordinator agrees. */
static void move_money(struct turn *turn, int64_t group)
{
	struct view *view = turn_view(turn);
	struct actor treasurer = actor_get(view, person_ensure(turn, "@treasurer:console").id, TRUST_DIRECT);
	struct actor coordinator = actor_get(view, person_ensure(turn, "@coordinator:console").id, TRUST_DIRECT);
	const struct money_move_draft draft = { .from = books_line(view, "kruitberg", "Moestuin").id, .to = books_line(view, "kruitberg", "Eet-je-mee").id,
		.amount = cents_from_int64(5000), .reason = "over", .group = group };
	struct proposal proposal;
	struct money_move move;

	assert_int_equal(money_move_propose(turn, &treasurer, &draft, &move), MONEY_MOVE_DONE);
	assert_int_equal(proposal_agree(turn, &coordinator, move.proposal, &proposal), PROPOSAL_DONE);
	assert_int_equal(money_move_carry_out(turn, &coordinator, move.proposal, NULL, &move), MONEY_MOVE_DONE);
}

/* Receipts that were mended, moved to another line, came back in part, or were withdrawn. */
static void fill_work(struct turn *turn, void *context)
{
	struct actor fatima = actor_get(turn_view(turn), person_ensure(turn, "@fatima:console").id, TRUST_DIRECT);
	struct group group;

	(void)context;
	assert_true(group_find(turn_view(turn), "kruitberg", &group));
	for (int i = 0; i < RECEIPTS; i++) {
		struct cents amount = cents_from_int64(1000 + 37 * i);
		struct receipt_draft draft = { .group = group.id, .core = group.core, .event = arena_printf(turn_arena(turn), "$%d", i),
			.sent_at_ms = turn_now_ms(turn) + i, .day = "2022-06-14", .words = "verf", .has_amount = true, .amount = amount };
		struct booking booking;
		int64_t number;

		assert_int_equal(budget_book(turn, &fatima, &draft, &booking), BUDGET_BOOKED);
		number = booking.receipt.number;
		if (i % 4 == 1)
			assert_int_equal(budget_set_amount(turn, &fatima, number, cents_from_int64(500 + i), &booking), BUDGET_BOOKED);
		if (i % 4 == 2)
			assert_int_equal(budget_money_back(turn, &fatima, number, cents_from_int64(100 + i), &booking), BUDGET_BOOKED);
		if (i % 4 == 3)
			assert_int_equal(budget_withdraw(turn, &fatima, number, &booking), BUDGET_WITHDRAWN);
	}
	move_money(turn, group.id);
}

/* What he changes is put back from here. */
static void keep(const char *table)
{
	AUTO_ARENA arena = arena_create(4096);

	forge(arena_printf(arena, "DROP TABLE IF EXISTS kept_%s; CREATE TABLE kept_%s AS SELECT * FROM %s", table, table, table));
}

static void put_back(const char *table)
{
	AUTO_ARENA arena = arena_create(4096);

	forge(arena_printf(arena, "BEGIN; DELETE FROM %s; INSERT INTO %s SELECT * FROM kept_%s; COMMIT", table, table, table));
}

static void keep_all(void)
{
	keep("entry");
	keep("entry_text");
	keep("line");
	keep("receipt");
	keep("proposal");
	keep("money_move");
}

static void put_back_all(void)
{
	put_back("entry");
	put_back("entry_text");
	put_back("line");
	put_back("receipt");
	put_back("proposal");
	put_back("money_move");
}

static int setup(void **state)
{
	(void)state;
	books_open(&books, rooms);
	scratch_turn(&books.scratch, fill_work, NULL);
	assert_int_equal(sqlite3_open(books.scratch.path, &forger), SQLITE_OK);
	forge("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF;"
	      "DROP TRIGGER entry_no_update; DROP TRIGGER entry_no_delete; DROP TRIGGER entry_in_order");
	keep_all();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	(void)sqlite3_close(forger);
	books_close(&books);
	return 0;
}

static struct ledger_report verify(const char *head)
{
	struct view *view = view_open(books.scratch.store, 0);
	struct ledger_report report;

	ledger_verify(view, cents_from_int64(9600000), head, &report);
	view_close(view);
	return report;
}

static bool is_column(const struct target *target, const char *column)
{
	char name[64];

	(void)snprintf(name, sizeof name, ",%s,", column);
	return !target->columns || strstr(target->columns, name);
}

/* What the value becomes, as SQL. */
static const char *other_value(struct arena *arena, const char *target, const char *column, const char *type)
{
	if (strcmp(type, "INTEGER") == 0)
		return arena_printf(arena, "ifnull(%s, 0) %c %u", column, roll(2) ? '+' : '-', 1 + roll(roll(2) ? 3 : 100000));
	if (strcmp(type, "BLOB") == 0)
		return "randomblob(16)";
	if (strcmp(target, "receipt") == 0)
		return arena_printf(arena, "iif(state = 'withdrawn', '%s', 'withdrawn')", roll(2) ? "submitted" : "approved");
	if (strcmp(target, "proposal") == 0)
		return arena_printf(arena, "iif(%s IN ('agreed', 'move'), '%s', 'agreed')", column, strcmp(column, "kind") == 0 ? "role" : roll(2) ? "open" : "withdrawn");
	if (strcmp(column, "kind") == 0)
		return arena_printf(arena, "iif(kind IN ('spend', 'free'), '%s', 'spend')", roll(2) ? "back" : "handling");
	return roll(2) ? arena_printf(arena, "ifnull(%s, '') || '%c'", column, 'a' + (int)roll(26)) :
			 arena_printf(arena, "iif(length(%s) > 0, substr(%s, 2), 'x')", column, column);
}

/* A random value of a random row becomes another; false when the database does not take it. In words, for who reads a failure. */
static bool change_something(struct arena *arena, const char **ret_what)
{
	const struct target *target = &targets[roll(ARRAY_LEN(targets))];
	uint32_t columns = (uint32_t)ask_int(arena_printf(arena, "SELECT count(*) FROM pragma_table_info('%s')", target->table));
	const char *which = arena_printf(arena, "FROM pragma_table_info('%s') WHERE cid = %u", target->table, roll(columns));
	const char *column = ask(arena, arena_printf(arena, "SELECT name %s", which));
	const char *type = ask(arena, arena_printf(arena, "SELECT type %s", which));
	const char *row = ask(arena, arena_printf(arena, "SELECT rowid FROM %s WHERE %s ORDER BY (rowid * %u) %% 1009 LIMIT 1", target->table,
						 target->where, 1 + roll(1008)));
	const char *before, *after, *query;

	if (!is_column(target, column))
		return false;
	query = arena_printf(arena, "SELECT quote(%s) FROM %s WHERE rowid = %s", column, target->table, row);
	before = ask(arena, query);
	*ret_what = arena_printf(arena, "UPDATE %s SET %s = %s WHERE rowid = %s", target->table, column, other_value(arena, target->table, column, type), row);
	if (sqlite3_exec(forger, *ret_what, NULL, NULL, NULL) != SQLITE_OK)
		return false;
	after = ask(arena, query);
	return !after || strcmp(before, after) != 0;
}

static void ledger_verify__finds__a_thousand_random_changes(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	struct arena_mark mark = arena_mark(arena);
	size_t unseen = 0;

	(void)state;
	assert_int_equal(verify(NULL).findings_len, 0);
	for (int changes = 0; changes < CHANGES;) {
		const char *what = "";

		if (change_something(arena, &what)) {
			changes++;
			if (verify(NULL).findings_len == 0) {
				unseen++;
				print_message("not found: %s\n", what);
			}
		}
		put_back_all();
		arena_rewind(arena, mark);
	}
	assert_int_equal(unseen, 0);
	assert_int_equal(verify(NULL).findings_len, 0);
}

static bool lacks_head(const struct ledger_report *report)
{
	return report->findings_len == 1 && report->findings[0].kind == LEDGER_FINDING_HEAD;
}

/* An older state of the books is whole in itself: only a head that was printed later tells. */
static void ledger_verify__finds_a_cut_off_tail__by_a_printed_head(void **state)
{
	struct ledger_report printed;

	(void)state;
	forge("UPDATE receipt SET event = 'old' || event");
	keep_all();
	scratch_turn(&books.scratch, fill_work, NULL);
	printed = verify(NULL);
	assert_int_equal(printed.findings_len, 0);
	put_back_all();
	assert_int_equal(verify(NULL).findings_len, 0);
	printed = verify(printed.head);
	assert_true(lacks_head(&printed));
}

/* Hash every entry from `first` on anew, as a forger with this page of docs/LEDGER.md would. */
static void rehash(struct arena *arena, int64_t first)
{
	int64_t last = ask_int("SELECT max(id) FROM entry");

	for (int64_t id = first; id <= last; id++) {
		const char *previous = ask(arena, arena_printf(arena, "SELECT hash FROM entry WHERE id = %" PRId64, id - 1));
		const char *text = ask(arena, arena_printf(arena, "SELECT text_hash FROM entry WHERE id = %" PRId64, id));
		char column[SHA256_HEX_SIZE];
		struct entry entry = { .id = id };
		struct sha256_sum sum;
		const char *bytes;

#define FIELD(name) ask_int(arena_printf(arena, "SELECT ifnull(" #name ", 0) FROM entry WHERE id = %" PRId64, id))
		entry.at_ms = FIELD(at_ms);
		entry.line = FIELD(line);
		entry.receipt = FIELD(receipt);
		entry.reverses = FIELD(reverses);
		entry.person = FIELD(person);
		entry.about = FIELD(about);
		entry.proposal = FIELD(proposal);
		entry.cents = cents_from_int64(FIELD(cents));
#undef FIELD
		assert_true(entry_kind_parse(ask(arena, arena_printf(arena, "SELECT kind FROM entry WHERE id = %" PRId64, id)), &entry.kind));
		bytes = ledger_serialise(arena, &entry, text, previous);
		sum = sha256_of(bytes, strlen(bytes));
		sha256_hex(&sum, column);
		forge(arena_printf(arena, "UPDATE entry SET previous = '%s', hash = '%s' WHERE id = %" PRId64, previous, column, id));
	}
}

/* Who changes an amount everywhere and hashes all that follows anew has books that are whole in themselves. */
static void ledger_verify__finds_a_recomputed_chain__by_a_printed_head(void **state)
{
	AUTO_ARENA arena = arena_create(16 * 1024 * 1024);
	struct ledger_report report = verify(NULL);
	int64_t first = ask_int("SELECT min(id) FROM entry WHERE kind = 'spend' AND receipt = 1");
	char printed[SHA256_HEX_SIZE];

	(void)state;
	memcpy(printed, report.head, sizeof printed);
	forge("UPDATE receipt SET cents = cents + 500 WHERE id = 1; UPDATE entry SET cents = cents - 500 WHERE receipt = 1 AND kind = 'spend';"
	      "UPDATE line SET spent_cents = spent_cents + 500 WHERE id = (SELECT line FROM receipt WHERE id = 1)");
	assert_int_not_equal(verify(NULL).findings_len, 0);
	rehash(arena, first);
	assert_int_equal(verify(NULL).findings_len, 0);
	report = verify(printed);
	assert_true(lacks_head(&report));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ledger_verify__finds__a_thousand_random_changes, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__finds_a_cut_off_tail__by_a_printed_head, setup, teardown),
		cmocka_unit_test_setup_teardown(ledger_verify__finds_a_recomputed_chain__by_a_printed_head, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
