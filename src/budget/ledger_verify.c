#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "budget/ledger_rows.h"

static void add_finding(struct ledger_report *report, enum ledger_finding_kind kind, int64_t subject, const char *what)
{
	if (report->findings_len == LEDGER_FINDINGS_MAX) {
		report->more++;
		return;
	}
	report->findings[report->findings_len++] = (struct ledger_finding){ kind, subject, what };
}

/* The row of Q_LEDGER_WALK that stands: its text against its hash. */
static void check_text(struct stmt *q, const struct entry *entry, const char *text_hash, struct ledger_report *report)
{
	char hash[SHA256_HEX_SIZE];
	const void *salt;
	size_t salt_len;

	if (stmt_is_null(q, LEDGER_COLUMN_SALT)) {
		report->erased++;
		return;
	}
	salt = stmt_blob(q, LEDGER_COLUMN_SALT, &salt_len);
	ledger_text_hash(salt, salt_len, stmt_text(q, LEDGER_COLUMN_TEXT), hash);
	if (!str_equal(hash, text_hash))
		add_finding(report, LEDGER_FINDING_TEXT, entry->id, "The text of this entry is not the one that was entered.");
}

/* The row that stands: its number, its link to the one before, its own hash. */
static void check_entry(struct arena *arena, struct stmt *q, const char *head, struct ledger_report *report)
{
	const char *text_hash = stmt_text(q, LEDGER_COLUMN_TEXT_HASH), *previous = stmt_text(q, LEDGER_COLUMN_PREVIOUS);
	const char *hash = stmt_text(q, LEDGER_COLUMN_HASH), *bytes;
	char recomputed[SHA256_HEX_SIZE];
	struct sha256_sum sum;
	struct entry entry;

	if (!ledger_read_entry(q, &entry)) {
		add_finding(report, LEDGER_FINDING_HASH, stmt_int(q, 0), "This entry is of a kind that does not exist.");
		return;
	}
	report->entries++;
	if (entry.id != report->entries)
		add_finding(report, LEDGER_FINDING_HOLE, entry.id, "An entry before this one is missing.");
	report->entries = entry.id;
	if (!str_equal(previous, report->head))
		add_finding(report, LEDGER_FINDING_CHAIN, entry.id, "This entry does not follow the one before: one of the two was changed.");
	bytes = ledger_serialise(arena, &entry, text_hash, previous);
	sum = sha256_of(bytes, strlen(bytes));
	sha256_hex(&sum, recomputed);
	if (!str_equal(hash, recomputed))
		add_finding(report, LEDGER_FINDING_HASH, entry.id, "This entry was changed after it was entered.");
	check_text(q, &entry, text_hash, report);
	if (str_equal(head, hash))
		report->witnessed = entry.id;
	/* The hash it should have: after a forged entry the chain breaks, wherever the forger stopped. */
	memcpy(report->head, recomputed, sizeof report->head);
}

static void walk(struct view *view, const char *head, struct ledger_report *report)
{
	struct stmt *q = view_query(view, &ledger_statements, Q_LEDGER_WALK);
	struct arena *arena = view_arena(view);
	struct arena_mark mark = arena_mark(arena);

	while (stmt_step(q)) {
		check_entry(arena, q, head, report);
		arena_rewind(arena, mark);
	}
}

/* A statement whose rows are subjects that are wrong. */
static void check_rows(struct view *view, size_t query, enum ledger_finding_kind kind, const char *what, struct ledger_report *report)
{
	struct stmt *q = view_query(view, &ledger_statements, query);

	while (stmt_step(q))
		add_finding(report, kind, stmt_int(q, 0), what);
}

static void check_eyes(struct view *view, struct ledger_report *report)
{
	struct stmt *q = view_query(view, &ledger_statements, Q_LEDGER_OWN_APPROVALS);

	while (stmt_step(q)) {
		if (stmt_int(q, 1))
			add_finding(report, LEDGER_FINDING_EYES, stmt_int(q, 0), "This receipt was approved by its own owner, and nothing says that nobody else could.");
		else if (report->linked_later_len < LEDGER_FINDINGS_MAX)
			report->linked_later[report->linked_later_len++] = stmt_int(q, 0);
	}
}

char *ledger_finding_subject(struct arena *arena, const struct ledger_finding *finding)
{
	switch (finding->kind) {
	case LEDGER_FINDING_HOLE:
	case LEDGER_FINDING_CHAIN:
	case LEDGER_FINDING_HASH:
	case LEDGER_FINDING_TEXT:
	case LEDGER_FINDING_REVERSE:
	case LEDGER_FINDING_MOVE:
	case LEDGER_FINDING_DECISION:
		return arena_printf(arena, "entry %" PRId64, finding->subject);
	case LEDGER_FINDING_LINE:
		return arena_printf(arena, "line %" PRId64, finding->subject);
	case LEDGER_FINDING_PROPOSAL:
		return arena_printf(arena, "proposal %" PRId64, finding->subject);
	case LEDGER_FINDING_RECEIPT:
	case LEDGER_FINDING_EYES:
		return arena_printf(arena, "receipt %" PRId64, finding->subject);
	case LEDGER_FINDING_GRANT:
	case LEDGER_FINDING_HEAD:
		return arena_dup(arena, "the books");
	}
	die("ledger finding %d", (int)finding->kind);
}

/* Not by the lines' own reader, which takes a word it does not know for a bug: here it is a finding. */
static void add_up(struct view *view, struct ledger_report *report)
{
	struct stmt *q = view_query(view, &ledger_statements, Q_LEDGER_TOTALS);

	INVARIANT(stmt_step(q));
	report->granted = cents_from_int64(stmt_int(q, 0));
	report->spent = cents_from_int64(stmt_int(q, 1));
	stmt_reset(q);
}

void ledger_verify(struct view *view, struct cents grant, const char *head, struct ledger_report *ret_report)
{
	memset(ret_report, 0, sizeof *ret_report);
	memset(ret_report->head, '0', SHA256_HEX_SIZE - 1);
	walk(view, head, ret_report);
	check_rows(view, Q_LEDGER_BAD_REVERSALS, LEDGER_FINDING_REVERSE, "This entry does not undo what it says it undoes.", ret_report);
	check_rows(view, Q_LEDGER_BAD_MOVES, LEDGER_FINDING_MOVE, "What this move takes from one line is not what it gives to another.", ret_report);
	check_rows(view, Q_LEDGER_BAD_LINES, LEDGER_FINDING_LINE, "What this line was granted or has spent is not what its entries add up to.",
		   ret_report);
	check_rows(view, Q_LEDGER_RENAMED, LEDGER_FINDING_LINE, "This line has another owner, name or kind than when its money was granted.",
		   ret_report);
	check_rows(view, Q_LEDGER_BAD_RECEIPTS, LEDGER_FINDING_RECEIPT, "What is booked of this receipt is not what the receipt says.",
		   ret_report);
	check_rows(view, Q_LEDGER_BAD_STATES, LEDGER_FINDING_RECEIPT, "What was decided about this receipt is not what the receipt says.", ret_report);
	check_rows(view, Q_LEDGER_LOOSE_TEXTS, LEDGER_FINDING_TEXT, "There is a text of this entry, but no entry.", ret_report);
	check_eyes(view, ret_report);
	check_rows(view, Q_LEDGER_BAD_DECISIONS, LEDGER_FINDING_DECISION, "Two persons should have decided this, and they did not, or otherwise.", ret_report);
	check_rows(view, Q_LEDGER_UNDONE_MOVES, LEDGER_FINDING_PROPOSAL, "This move was agreed to, but is not in the books.", ret_report);
	add_up(view, ret_report);
	if (cents_compare(ret_report->granted, grant) != 0)
		add_finding(ret_report, LEDGER_FINDING_GRANT, 0, "The lines together are not the grant of the budget file.");
	if (head && !ret_report->witnessed)
		add_finding(ret_report, LEDGER_FINDING_HEAD, 0, "No entry has the hash you gave: the books before it were changed, or it belongs to other books.");
}
