#include "ideas/helper.h"

#include "base/arena.h"
#include "people/link.h"

enum { Q_ADD, Q_REMOVE, Q_REMOVE_BY, Q_LIST, Q_MAX };

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO idea_helper (event, idea, person, at_ms, app_group) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
	[Q_REMOVE] = ("DELETE FROM idea_helper WHERE " LINK_SELF("person") " = ?2 AND idea IN"
	              " (SELECT x.id FROM idea i JOIN idea x ON x.id IN " IDEA_FAMILY " WHERE i.id = ?1)"),
	[Q_REMOVE_BY] = "DELETE FROM idea_helper WHERE event = ?1 AND " LINK_SELF("person") " = ?2",
	[Q_LIST] = ("SELECT " LINK_SELF("h.person") " AS who FROM idea i JOIN idea_helper h ON h.idea IN " IDEA_FAMILY " WHERE i.id = ?1 AND h.app_group = ?3"
	            " GROUP BY who ORDER BY min(h.at_ms), who LIMIT ?2"),
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements idea_helper_statements = { "ideas/helper", sql, Q_MAX };

void idea_add_helper(struct turn *turn, int64_t id, int64_t person, int64_t group, const char *event)
{
	struct stmt *q = turn_query(turn, &idea_helper_statements, Q_ADD);

	stmt_bind_text(q, 1, event);
	stmt_bind_int(q, 2, id);
	stmt_bind_int(q, 3, person);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	stmt_bind_int(q, 5, group);
	(void)stmt_run(q);
}

bool idea_remove_helper(struct turn *turn, int64_t id, int64_t person)
{
	struct stmt *q = turn_query(turn, &idea_helper_statements, Q_REMOVE);

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, person);
	return stmt_run(q) > 0;
}

bool idea_remove_helper_by(struct turn *turn, const char *event, int64_t person)
{
	struct stmt *q = turn_query(turn, &idea_helper_statements, Q_REMOVE_BY);

	stmt_bind_text(q, 1, event);
	stmt_bind_int(q, 2, person);
	return stmt_run(q) > 0;
}

int64_t *idea_helper_list(struct view *view, int64_t id, int64_t group, size_t *ret_len)
{
	struct stmt *q = view_query(view, &idea_helper_statements, Q_LIST);
	int64_t *persons = arena_array(view_arena(view), int64_t, IDEA_HELPERS_MAX);
	size_t len = 0;

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, IDEA_HELPERS_MAX);
	stmt_bind_int(q, 3, group);
	while (stmt_step(q))
		persons[len++] = stmt_int(q, 0);
	*ret_len = len;
	return persons;
}
