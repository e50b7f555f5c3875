#include "ideas/person_ideas.h"

#include "base/arena.h"
#include "people/link.h"

enum { Q_LIST, Q_FORGET_THUMBS, Q_FORGET_HELP, Q_FORGET_PLACES, Q_FORGET_PHOTOS, Q_FORGET_OLD_WORDS, Q_MAX };

#define HIS "(SELECT id FROM idea WHERE author IN " LINK_MEMBERS ")"

static const char *const sql[] = {
	[Q_LIST] = "SELECT id FROM idea WHERE author IN " LINK_MEMBERS " AND state <> 'archived' ORDER BY id DESC LIMIT ?2",
	[Q_FORGET_THUMBS] = "DELETE FROM idea_thumb WHERE person IN " LINK_MEMBERS,
	[Q_FORGET_HELP] = "DELETE FROM idea_helper WHERE person IN " LINK_MEMBERS,
	[Q_FORGET_PLACES] = "UPDATE idea SET geo_uri = NULL, place = NULL WHERE author IN " LINK_MEMBERS,
	[Q_FORGET_PHOTOS] = "DELETE FROM idea_photo WHERE idea IN " HIS,
	[Q_FORGET_OLD_WORDS] = "UPDATE idea_change SET old_text = NULL WHERE idea IN " HIS,
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements person_ideas_statements = { "person ideas", sql, Q_MAX };

int64_t *person_ideas_list(struct view *view, int64_t person, int64_t limit, size_t *ret_len)
{
	struct stmt *q = view_query(view, &person_ideas_statements, Q_LIST);
	int64_t *list = arena_array(view_arena(view), int64_t, (size_t)limit);
	size_t len = 0;

	stmt_bind_int(q, 1, person);
	stmt_bind_int(q, 2, limit);
	while (stmt_step(q))
		list[len++] = stmt_int(q, 0);
	*ret_len = len;
	return list;
}

void person_ideas_forget(struct turn *turn, int64_t person)
{
	for (size_t i = Q_FORGET_THUMBS; i <= Q_FORGET_OLD_WORDS; i++) {
		struct stmt *q = turn_query(turn, &person_ideas_statements, i);

		stmt_bind_int(q, 1, person);
		(void)stmt_run(q);
	}
}
