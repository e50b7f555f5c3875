#include "people/forget.h"

#include "people/link.h"

enum { Q_FORGET_NAMES, Q_FORGET_QUIET, Q_IS_NEEDED, Q_FORGET_IDS, Q_COUNT_IDS, Q_MAX };

static const char *const sql[] = {
	[Q_FORGET_NAMES] = "UPDATE person SET name = iif(label IS NULL, '', name), look = iif(label IS NULL, '', look), language = NULL WHERE id IN " LINK_MEMBERS,
	[Q_FORGET_QUIET] = "DELETE FROM person_quiet WHERE person IN " LINK_MEMBERS,
	[Q_IS_NEEDED] = "SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1 AND label IS NOT NULL) OR EXISTS (SELECT 1 FROM role WHERE person = ?1)"
	                " OR EXISTS (SELECT 1 FROM person_link WHERE person = ?1) OR EXISTS (SELECT 1 FROM person_link WHERE other = ?1)"
	                " OR EXISTS (SELECT 1 FROM proposal WHERE person = ?1) OR EXISTS (SELECT 1 FROM proposal WHERE agreed_by = ?1)",
	[Q_FORGET_IDS] = "DELETE FROM identity WHERE person = ?1",
	[Q_COUNT_IDS] = "SELECT count(*) FROM identity WHERE person = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements forget_statements = { "forget", sql, Q_MAX };

static void run(struct turn *turn, size_t index, int64_t person)
{
	struct stmt *q = turn_query(turn, &forget_statements, index);

	stmt_bind_int(q, 1, person);
	(void)stmt_run(q);
}

static int64_t ask(struct view *view, size_t index, int64_t person)
{
	struct stmt *q = view_query(view, &forget_statements, index);

	stmt_bind_int(q, 1, person);
	return stmt_one_int(q, 0);
}

bool forget_person(struct turn *turn, int64_t person, bool in_books)
{
	run(turn, Q_FORGET_NAMES, person);
	run(turn, Q_FORGET_QUIET, person);
	if (in_books || ask(turn_view(turn), Q_IS_NEEDED, person))
		return false;
	run(turn, Q_FORGET_IDS, person);
	return true;
}

int64_t forget_count_ids(struct view *view, int64_t person)
{
	return ask(view, Q_COUNT_IDS, person);
}
