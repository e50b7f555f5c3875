#include "budget/person_receipts.h"

enum { Q_LIST, Q_ANY, Q_FORGET_CALLS, Q_FORGET_NOTES, Q_FORGET_OLD_WORDS, Q_FORGET_MOVES, Q_MAX };

static const char *const sql[] = {
	[Q_LIST] = "SELECT id FROM receipt WHERE author IN " LINK_MEMBERS " ORDER BY id DESC LIMIT ?2",
	[Q_ANY] = "SELECT EXISTS (SELECT 1 FROM receipt_owner WHERE person IN " LINK_MEMBERS ") OR EXISTS (SELECT 1 FROM entry WHERE person IN " LINK_MEMBERS ")"
	          " OR EXISTS (SELECT 1 FROM entry WHERE about IN " LINK_MEMBERS ")",
	[Q_FORGET_CALLS] = "DELETE FROM receipt_call WHERE person IN " LINK_MEMBERS,
	[Q_FORGET_NOTES] = "DELETE FROM entry_text WHERE entry IN (SELECT id FROM entry WHERE about IN " LINK_MEMBERS ")",
	[Q_FORGET_OLD_WORDS] = "UPDATE receipt_history SET old = NULL, new = NULL WHERE what = 'words'"
	                       " AND receipt IN (SELECT id FROM receipt WHERE author IN " LINK_MEMBERS ")",
	[Q_FORGET_MOVES] = "UPDATE money_move SET reason = '' WHERE proposal IN"
	                   " (SELECT id FROM proposal WHERE person IN " LINK_MEMBERS " AND state IN ('withdrawn', 'expired'))",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements person_receipts_statements = { "person receipts", sql, Q_MAX };

static const struct memory_told told[] = {
	{ "mine.receipts", MEMORY_NUMBERS, Q_LIST },
	{ .key = NULL },
};

const struct memory person_receipts = { &person_receipts_statements, told, Q_FORGET_CALLS, Q_MAX };

bool person_receipts_any(struct view *view, int64_t person)
{
	struct stmt *q = view_query(view, &person_receipts_statements, Q_ANY);

	stmt_bind_int(q, 1, person);
	return stmt_one_int(q, 0);
}
