#include "people/forget.h"

#include "base/arena.h"
#include "people/link.h"
#include "people/private.h"
#include "store/blob.h"
#include "store/inbox.h"
#include "store/incident.h"
#include "store/media.h"
#include "store/outbox.h"

enum { Q_FORGET_NAMES, Q_FORGET_QUIET, Q_IS_NEEDED, Q_IDS, Q_FORGET_IDS, Q_FORGET_ROOM, Q_COUNT_IDS, Q_MAX };

static const char *const sql[] = {
	[Q_FORGET_NAMES] = "UPDATE person SET name = iif(label IS NULL, '', name), look = iif(label IS NULL, '', look), language = NULL, forgotten = 1 WHERE id IN " LINK_MEMBERS,
	[Q_FORGET_QUIET] = "DELETE FROM person_quiet WHERE person IN " LINK_MEMBERS,
	[Q_IS_NEEDED] = "SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1 AND label IS NOT NULL) OR EXISTS (SELECT 1 FROM role WHERE person = ?1)"
	                " OR EXISTS (SELECT 1 FROM person_link WHERE person = ?1) OR EXISTS (SELECT 1 FROM person_link WHERE other = ?1)"
	                " OR EXISTS (SELECT 1 FROM proposal WHERE person = ?1) OR EXISTS (SELECT 1 FROM proposal WHERE agreed_by = ?1)",
	[Q_IDS] = "SELECT sender FROM identity WHERE person = ?1 ORDER BY sender LIMIT ?2",
	[Q_FORGET_IDS] = "DELETE FROM identity WHERE person = ?1",
	/* The group of a room that he had with us alone, once we are in it no more. */
	[Q_FORGET_ROOM] = "UPDATE app_group SET name = 'private/' || id WHERE name = ?1 AND kind = 'private'"
	                  " AND NOT EXISTS (SELECT 1 FROM room WHERE room.app_group = app_group.id AND room.membership IN ('invited', 'joined'))",
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

/* What hangs on an id and not on the person behind it. */
static void forget_sender(struct turn *turn, const char *sender)
{
	struct stmt *q = turn_query(turn, &forget_statements, Q_FORGET_ROOM);

	stmt_bind_text(q, 1, private_group_name(turn_arena(turn), sender));
	(void)stmt_run(q);
	media_forget_sender(turn, sender);
	incident_forget(turn, sender);
	inbox_forget_sender(turn, sender);
}

static void forget_ids(struct turn *turn, int64_t person)
{
	int64_t count = forget_count_ids(turn_view(turn), person);
	const char **senders = arena_array(turn_arena(turn), const char *, (size_t)count);
	struct stmt *q = turn_query(turn, &forget_statements, Q_IDS);
	size_t len = 0;

	stmt_bind_int(q, 1, person);
	stmt_bind_int(q, 2, count);
	while (stmt_step(q))
		senders[len++] = stmt_text(q, 0);
	for (size_t i = 0; i < len; i++)
		forget_sender(turn, senders[i]);
	run(turn, Q_FORGET_IDS, person);
}

bool forget_keeps_ids(struct view *view, int64_t person)
{
	return ask(view, Q_IS_NEEDED, person);
}

bool forget_person(struct turn *turn, int64_t person, bool in_books)
{
	run(turn, Q_FORGET_NAMES, person);
	run(turn, Q_FORGET_QUIET, person);
	blob_let_go(turn);
	outbox_forget_dead(turn);
	turn_scrub(turn);
	if (in_books || forget_keeps_ids(turn_view(turn), person))
		return false;
	forget_ids(turn, person);
	return true;
}

int64_t forget_count_ids(struct view *view, int64_t person)
{
	return ask(view, Q_COUNT_IDS, person);
}
