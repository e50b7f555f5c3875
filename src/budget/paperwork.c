#include "budget/paperwork.h"

#include "base/compiler.h"
#include "base/die.h"

enum { Q_COUNT, Q_MAX };

static const char *const sql[] = {
	[Q_COUNT] = "SELECT count(*), ifnull(sum(NOT EXISTS (SELECT 1 FROM receipt_photo p JOIN media m ON m.id = p.media"
	            " WHERE p.receipt = r.id AND p.removed_at_ms IS NULL AND m.state <> 'failed')), 0),"
	            " ifnull(sum(cents IS NULL), 0), ifnull(sum(line IS NULL), 0)"
	            " FROM receipt r WHERE core = ?1 AND state NOT IN ('withdrawn', 'rejected')",
};
_Static_assert(ARRAY_LEN(sql) == Q_MAX, "a statement for every name");

const struct statements paperwork_statements = { "budget/paperwork", sql, Q_MAX };

struct paperwork paperwork_of(struct view *view, int64_t core)
{
	struct stmt *q = view_query(view, &paperwork_statements, Q_COUNT);
	struct paperwork paperwork;

	stmt_bind_int(q, 1, core);
	INVARIANT(stmt_step(q));
	paperwork = (struct paperwork){ stmt_int(q, 0), stmt_int(q, 1), stmt_int(q, 2), stmt_int(q, 3) };
	stmt_reset(q);
	return paperwork;
}

bool paperwork_is_complete(const struct paperwork *paperwork)
{
	return !paperwork->without_photo && !paperwork->without_amount && !paperwork->without_line;
}
