#include "ideas/history.h"

#include "base/arena.h"

enum { Q_ADD, Q_LIST, Q_MAX };

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO idea_change (idea, what, person, at_ms, old_text, state, route, remark, other)"
	          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, nullif(?9, 0))",
	[Q_LIST] = "SELECT what, person, at_ms, old_text, state, route, remark, ifnull(other, 0) FROM idea_change WHERE idea = ?1 ORDER BY id DESC LIMIT ?2",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements idea_history_statements = { "ideas/history", sql, Q_MAX };

static const char *const kind_words[] = {
	[IDEA_CHANGE_NOTED] = "noted",
	[IDEA_CHANGE_EDITED] = "edited",
	[IDEA_CHANGE_ARCHIVED] = "archived",
	[IDEA_CHANGE_STATE] = "state",
	[IDEA_CHANGE_JOINED] = "joined",
	[IDEA_CHANGE_PARTED] = "parted",
};

void idea_change_add(struct turn *turn, const struct idea_change *change)
{
	struct stmt *q = turn_query(turn, &idea_history_statements, Q_ADD);
	bool of_state = change->what == IDEA_CHANGE_STATE;

	stmt_bind_int(q, 1, change->idea);
	stmt_bind_text(q, 2, kind_words[change->what]);
	stmt_bind_int(q, 3, change->person);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	stmt_bind_text(q, 5, change->old_text);
	stmt_bind_text(q, 6, of_state ? idea_state_format(change->state) : NULL);
	stmt_bind_text(q, 7, of_state ? idea_route_format(change->route) : NULL);
	stmt_bind_text(q, 8, change->remark);
	stmt_bind_int(q, 9, change->other);
	(void)stmt_run(q);
}

static struct idea_change read_row(struct stmt *q, int64_t id)
{
	struct idea_change change = {
		.idea = id,
		.what = (enum idea_change_kind)stmt_word(q, 0, kind_words, ARRAY_LEN(kind_words)),
		.person = stmt_int(q, 1),
		.at_ms = stmt_int(q, 2),
		.old_text = stmt_text(q, 3),
		.remark = stmt_text(q, 6),
		.other = stmt_int(q, 7),
	};

	if (change.what == IDEA_CHANGE_STATE) {
		change.state = idea_state_read(q, 4);
		change.route = idea_route_read(q, 5);
	}
	return change;
}

struct idea_change *idea_history(struct view *view, int64_t id, size_t *ret_len)
{
	struct stmt *q = view_query(view, &idea_history_statements, Q_LIST);
	struct idea_change *changes = arena_array(view_arena(view), struct idea_change, IDEA_HISTORY_MAX);
	size_t len = 0;

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, IDEA_HISTORY_MAX);
	while (stmt_step(q))
		changes[len++] = read_row(q, id);
	*ret_len = len;
	return changes;
}
