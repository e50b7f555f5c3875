#include "actions/told.h"

#include "base/compiler.h"

enum { Q_UNTIL, Q_TELL, Q_MAX };

static const char *const sql[] = {
	[Q_UNTIL] = "SELECT until_ms FROM action_told WHERE app_group = ?1 AND what = ?2",
	[Q_TELL] = "INSERT INTO action_told (app_group, what, until_ms) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET until_ms = excluded.until_ms",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements action_told_statements = { "actions/told", sql, Q_MAX };

static const char *const words[] = {
	[ACTION_TOLD_LOOK_BACK] = "look_back",
	[ACTION_TOLD_APPLAUSE] = "applause",
	[ACTION_TOLD_NEIGHBOURHOOD] = "neighbourhood",
};

int64_t action_told_until(struct view *view, int64_t group, enum action_told what)
{
	struct stmt *q = view_query(view, &action_told_statements, Q_UNTIL);

	stmt_bind_int(q, 1, group);
	stmt_bind_text(q, 2, words[what]);
	return stmt_one_int(q, 0);
}

void action_tell(struct turn *turn, int64_t group, enum action_told what)
{
	struct stmt *q = turn_query(turn, &action_told_statements, Q_TELL);

	stmt_bind_int(q, 1, group);
	stmt_bind_text(q, 2, words[what]);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	(void)stmt_run(q);
}
