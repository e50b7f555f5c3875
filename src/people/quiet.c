#include "people/quiet.h"

enum { Q_SET_GROUP, Q_SET_PERSON, Q_GROUP, Q_PERSON, Q_MAX };

static const char *const sql[] = {
	[Q_SET_GROUP] = "INSERT INTO group_quiet (app_group, until_ms, person, at_ms) VALUES (?1, ?2, ?3, ?4)"
	                " ON CONFLICT DO UPDATE SET until_ms = excluded.until_ms, person = excluded.person, at_ms = excluded.at_ms",
	[Q_SET_PERSON] = "INSERT INTO person_quiet (person, until_ms) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET until_ms = excluded.until_ms",
	[Q_GROUP] = "SELECT until_ms FROM group_quiet WHERE app_group = ?1 AND until_ms > ?2",
	[Q_PERSON] = "SELECT until_ms FROM person_quiet WHERE person = (SELECT ifnull(joined, id) FROM person WHERE id = ?1) AND until_ms > ?2",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements quiet_statements = { "quiet", sql, Q_MAX };

void quiet_set_group(struct turn *turn, int64_t group, int64_t by, int64_t until_ms)
{
	struct stmt *q = turn_query(turn, &quiet_statements, Q_SET_GROUP);

	stmt_bind_int(q, 1, group);
	stmt_bind_int(q, 2, until_ms);
	stmt_bind_int(q, 3, by);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	(void)stmt_run(q);
}

void quiet_set_person(struct turn *turn, int64_t person, int64_t until_ms)
{
	struct stmt *q = turn_query(turn, &quiet_statements, Q_SET_PERSON);

	stmt_bind_int(q, 1, person);
	stmt_bind_int(q, 2, until_ms);
	(void)stmt_run(q);
}

static int64_t until(struct view *view, size_t index, int64_t subject, int64_t after_ms)
{
	struct stmt *q = view_query(view, &quiet_statements, index);

	stmt_bind_int(q, 1, subject);
	stmt_bind_int(q, 2, after_ms);
	return stmt_one_int(q, 0);
}

int64_t quiet_group_until(struct view *view, int64_t group)
{
	return until(view, Q_GROUP, group, view_now_ms(view));
}

int64_t quiet_person_until(struct view *view, int64_t person)
{
	return until(view, Q_PERSON, person, view_now_ms(view));
}

bool quiet_group_since(struct view *view, int64_t group, int64_t since_ms)
{
	return until(view, Q_GROUP, group, since_ms) != 0;
}
