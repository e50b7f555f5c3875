#include "agenda/person_events.h"

#include "base/arena.h"
#include "people/link.h"

enum { Q_LIST, Q_FORGET_DRAFTS, Q_MAX };

static const char *const sql[] = {
	[Q_LIST] = "SELECT id FROM agenda_event WHERE author IN " LINK_MEMBERS " ORDER BY id DESC LIMIT ?2",
	[Q_FORGET_DRAFTS] = "DELETE FROM agenda_draft WHERE author IN " LINK_MEMBERS,
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements person_events_statements = { "person events", sql, Q_MAX };

int64_t *person_events_list(struct view *view, int64_t person, int64_t limit, size_t *ret_len)
{
	struct stmt *q = view_query(view, &person_events_statements, Q_LIST);
	int64_t *list = arena_array(view_arena(view), int64_t, (size_t)limit);
	size_t len = 0;

	stmt_bind_int(q, 1, person);
	stmt_bind_int(q, 2, limit);
	while (stmt_step(q))
		list[len++] = stmt_int(q, 0);
	*ret_len = len;
	return list;
}

void person_events_forget(struct turn *turn, int64_t person)
{
	struct stmt *q = turn_query(turn, &person_events_statements, Q_FORGET_DRAFTS);

	stmt_bind_int(q, 1, person);
	(void)stmt_run(q);
}
