#include "agenda/draft.h"

enum { Q_KEEP, Q_FIND, Q_FIND_TYPED, Q_DROP, Q_MAX };

#define DRAFT "SELECT id, author, source, typed, typed_at_ms FROM agenda_draft "

static const char *const sql[] = {
	[Q_KEEP] = "INSERT INTO agenda_draft (author, source, typed, typed_at_ms) VALUES (?1, ?2, ?3, ?4)"
	           " ON CONFLICT (source) DO UPDATE SET typed = excluded.typed RETURNING id",
	[Q_FIND] = DRAFT "WHERE id = ?1",
	[Q_FIND_TYPED] = DRAFT "WHERE source = ?1",
	[Q_DROP] = "DELETE FROM agenda_draft WHERE id = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements agenda_draft_statements = { "agenda.draft", sql, Q_MAX };

int64_t draft_keep(struct turn *turn, const struct agenda_draft *draft)
{
	struct stmt *q = turn_query(turn, &agenda_draft_statements, Q_KEEP);
	int64_t id = 0;

	stmt_bind_int(q, 1, draft->author);
	stmt_bind_text(q, 2, draft->message);
	stmt_bind_text(q, 3, draft->typed);
	stmt_bind_int(q, 4, draft->typed_at_ms);
	while (stmt_step(q))
		id = stmt_int(q, 0);
	return id;
}

static bool one_draft(struct stmt *q, struct agenda_draft *ret_draft)
{
	if (!stmt_step(q))
		return false;
	*ret_draft = (struct agenda_draft){ stmt_int(q, 0), stmt_int(q, 1), stmt_text(q, 2), stmt_text(q, 3), stmt_int(q, 4) };
	stmt_reset(q);
	return true;
}

bool draft_find(struct view *view, int64_t id, struct agenda_draft *ret_draft)
{
	struct stmt *q = view_query(view, &agenda_draft_statements, Q_FIND);

	stmt_bind_int(q, 1, id);
	return one_draft(q, ret_draft);
}

bool draft_find_typed(struct view *view, const char *message, struct agenda_draft *ret_draft)
{
	struct stmt *q = view_query(view, &agenda_draft_statements, Q_FIND_TYPED);

	stmt_bind_text(q, 1, message);
	return one_draft(q, ret_draft);
}

void draft_drop(struct turn *turn, int64_t id)
{
	struct stmt *q = turn_query(turn, &agenda_draft_statements, Q_DROP);

	stmt_bind_int(q, 1, id);
	(void)stmt_run(q);
}
