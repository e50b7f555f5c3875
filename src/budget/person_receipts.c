#include "budget/person_receipts.h"

#include "base/arena.h"
#include "people/link.h"

enum { Q_LIST, Q_ANY, Q_FORGET_CALLS, Q_FORGET_NOTES, Q_MAX };

static const char *const sql[] = {
	[Q_LIST] = "SELECT id FROM receipt WHERE author IN " LINK_MEMBERS " ORDER BY id DESC LIMIT ?2",
	[Q_ANY] = "SELECT EXISTS (SELECT 1 FROM receipt_owner WHERE person IN " LINK_MEMBERS ") OR EXISTS (SELECT 1 FROM entry WHERE person IN " LINK_MEMBERS ")"
	          " OR EXISTS (SELECT 1 FROM entry WHERE about IN " LINK_MEMBERS ")",
	[Q_FORGET_CALLS] = "DELETE FROM receipt_call WHERE person IN " LINK_MEMBERS,
	[Q_FORGET_NOTES] = "DELETE FROM entry_text WHERE entry IN (SELECT id FROM entry WHERE about IN " LINK_MEMBERS ")",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements person_receipts_statements = { "person receipts", sql, Q_MAX };

int64_t *person_receipts_list(struct view *view, int64_t person, int64_t limit, size_t *ret_len)
{
	struct stmt *q = view_query(view, &person_receipts_statements, Q_LIST);
	int64_t *list = arena_array(view_arena(view), int64_t, (size_t)limit);
	size_t len = 0;

	stmt_bind_int(q, 1, person);
	stmt_bind_int(q, 2, limit);
	while (stmt_step(q))
		list[len++] = stmt_int(q, 0);
	*ret_len = len;
	return list;
}

bool person_receipts_any(struct view *view, int64_t person)
{
	struct stmt *q = view_query(view, &person_receipts_statements, Q_ANY);

	stmt_bind_int(q, 1, person);
	return stmt_one_int(q, 0);
}

void person_receipts_forget(struct turn *turn, int64_t person)
{
	for (size_t i = Q_FORGET_CALLS; i <= Q_FORGET_NOTES; i++) {
		struct stmt *q = turn_query(turn, &person_receipts_statements, i);

		stmt_bind_int(q, 1, person);
		(void)stmt_run(q);
	}
}
