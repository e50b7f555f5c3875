#include "people/private.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

enum { Q_COUNT_SENDERS, Q_SENDERS, Q_COUNT_ROOMS, Q_MAX };

static const char *const sql[] = {
	[Q_COUNT_SENDERS] = "SELECT count(*) FROM identity WHERE person = ?1",
	[Q_SENDERS] = "SELECT sender FROM identity WHERE person = ?1 ORDER BY linked_at_ms DESC, sender",
	[Q_COUNT_ROOMS] = "SELECT count(*) FROM room AS r JOIN app_group AS g ON g.id = r.app_group WHERE g.name = ?1 AND g.kind = 'private'"
	                  " AND r.room <> ?2 AND r.membership IN ('invited', 'joined')",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements private_statements = { "private", sql, Q_MAX };

/* The server of a neighbourhood in the terminal. */
static const char console[] = ":console";

const char *private_group_name(struct arena *arena, const char *sender)
{
	return str_ends(sender, console) ? arena_dup_n(arena, sender, strlen(sender) - strlen(console)) : sender;
}

bool private_group_find(struct view *view, int64_t person, struct group *ret_group)
{
	struct stmt *q = view_query(view, &private_statements, Q_COUNT_SENDERS);
	const char **senders;
	size_t len = 0;

	stmt_bind_int(q, 1, person);
	senders = arena_array(view_arena(view), const char *, (size_t)stmt_one_int(q, 0));
	q = view_query(view, &private_statements, Q_SENDERS);
	stmt_bind_int(q, 1, person);
	while (stmt_step(q))
		senders[len++] = stmt_text(q, 0);
	for (size_t i = 0; i < len; i++) {
		struct group group;

		if (group_find(view, private_group_name(view_arena(view), senders[i]), &group) && group.room) {
			*ret_group = group;
			return true;
		}
	}
	return false;
}

bool private_find_person(struct view *view, const struct group *group, struct person *ret_person)
{
	const char *sender = strchr(group->name, ':') ? group->name : arena_printf(view_arena(view), "%s%s", group->name, console);

	return person_find_by_sender(view, sender, ret_person);
}

int64_t private_count_rooms(struct view *view, const char *sender, const char *room)
{
	struct stmt *q = view_query(view, &private_statements, Q_COUNT_ROOMS);

	stmt_bind_text(q, 1, private_group_name(view_arena(view), sender));
	stmt_bind_text(q, 2, room);
	return stmt_one_int(q, 0);
}
