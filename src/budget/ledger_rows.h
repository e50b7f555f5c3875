/*
 * What ledger.c, ledger_verify.c and export.c share: the ledger's statements and how a row is read.
 */
#ifndef ROTONDE_BUDGET_LEDGER_ROWS_H
#define ROTONDE_BUDGET_LEDGER_ROWS_H

#include <stdbool.h>

#include "budget/ledger.h"

enum {
	Q_LEDGER_HEAD,
	Q_LEDGER_ADD,
	Q_LEDGER_TEXT_ADD,
	Q_LEDGER_STANDING,
	Q_LEDGER_CORE_MOVED,
	Q_LEDGER_MOVED,
	Q_LEDGER_GRANTED,
	Q_LEDGER_WALK,
	Q_LEDGER_BAD_REVERSALS,
	Q_LEDGER_BAD_MOVES,
	Q_LEDGER_BAD_LINES,
	Q_LEDGER_RENAMED,
	Q_LEDGER_TOTALS,
	Q_LEDGER_BAD_RECEIPTS,
	Q_LEDGER_BAD_STATES,
	Q_LEDGER_LOOSE_TEXTS,
	Q_LEDGER_OWN_APPROVALS,
	Q_LEDGER_BAD_DECISIONS,
	Q_LEDGER_UNDONE_MOVES,
	Q_LEDGER_MAX
};

/* Of a table named e; columns 0 to 9 of ledger_read_entry(). */
#define LEDGER_ENTRY_COLUMNS                                                                            \
	"e.id, e.at_ms, e.kind, ifnull(e.line, 0), ifnull(e.receipt, 0), ifnull(e.reverses, 0), ifnull(e.person, 0)," \
	" ifnull(e.about, 0), ifnull(e.proposal, 0), e.cents"

/* What follows them in Q_LEDGER_WALK; salt and text are NULL when they were erased. */
enum { LEDGER_COLUMN_TEXT_HASH = 10, LEDGER_COLUMN_PREVIOUS, LEDGER_COLUMN_HASH, LEDGER_COLUMN_SALT, LEDGER_COLUMN_TEXT };

/* False for a kind this program does not know. */
bool ledger_read_entry(struct stmt *q, struct entry *ret_entry) MUST_CHECK;

#endif
