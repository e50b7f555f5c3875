#include "people/link.h"

#include "base/arena.h"

enum { Q_SELF, Q_NAMED, Q_ADD, Q_MOVE, Q_JOIN, Q_LATEST, Q_UNDO, Q_GIVE_BACK, Q_UNJOIN, Q_HAND_OVER, Q_WAS_ONE, Q_COUNT, Q_MEMBERS, Q_MAX };

/* Everybody who became ?1, in one step or several, by links that stand. */
#define BELOW                                                                           \
	"WITH RECURSIVE below (id) AS (SELECT ?1 UNION"                                 \
	" SELECT l.other FROM below AS b JOIN person_link AS l ON l.person = b.id WHERE l.undone_at_ms IS NULL) "

static const char *const sql[] = {
	[Q_SELF] = "SELECT ifnull(joined, id) FROM person WHERE id = ?1",
	[Q_NAMED] = "SELECT label IS NOT NULL FROM person WHERE id = ?1",
	[Q_ADD] = "INSERT INTO person_link (person, other, made_by, made_at_ms) VALUES (?1, ?2, nullif(?3, 0), ?4)",
	[Q_MOVE] = "UPDATE identity SET person = ?1, linked_at_ms = ?3 WHERE person = ?2",
	[Q_JOIN] = "UPDATE person SET joined = ?1 WHERE id = ?2 OR joined = ?2",
	[Q_LATEST] = "SELECT id, other FROM person_link WHERE person = ?1 AND undone_at_ms IS NULL ORDER BY id DESC LIMIT 1",
	[Q_UNDO] = "UPDATE person_link SET undone_by = nullif(?2, 0), undone_at_ms = ?3 WHERE id = ?1",
	[Q_GIVE_BACK] = BELOW "UPDATE identity SET person = ?1, linked_at_ms = ?2 WHERE first_person IN (SELECT id FROM below)",
	[Q_UNJOIN] = BELOW "UPDATE person SET joined = nullif(?1, id) WHERE id IN (SELECT id FROM below)",
	[Q_HAND_OVER] = "UPDATE identity SET person = ?2, first_person = ?2, linked_at_ms = ?3 WHERE sender = ?1",
	[Q_WAS_ONE] = "WITH RECURSIVE same (id) AS (SELECT ?1"
	              " UNION SELECT l.other FROM same AS s JOIN person_link AS l ON l.person = s.id"
	              " UNION SELECT l.person FROM same AS s JOIN person_link AS l ON l.other = s.id)"
	              " SELECT 1 FROM same WHERE id = ?2",
	[Q_COUNT] = "SELECT count(*) FROM person WHERE joined = ?1",
	[Q_MEMBERS] = "SELECT id FROM person WHERE joined = ?1 ORDER BY id",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements link_statements = { "link", sql, Q_MAX };

/* Who this person is now. */
static int64_t self_of(struct view *view, int64_t person)
{
	struct stmt *q = view_query(view, &link_statements, Q_SELF);

	stmt_bind_int(q, 1, person);
	return stmt_one_int(q, person);
}

static bool is_named(struct view *view, int64_t person)
{
	struct stmt *q = view_query(view, &link_statements, Q_NAMED);

	stmt_bind_int(q, 1, person);
	return stmt_one_int(q, 0);
}

static int64_t add_row(struct turn *turn, int64_t stays, int64_t other, int64_t by)
{
	struct stmt *q = turn_query(turn, &link_statements, Q_ADD);

	stmt_bind_int(q, 1, stays);
	stmt_bind_int(q, 2, other);
	stmt_bind_int(q, 3, by);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	return stmt_insert(q);
}

static void close_row(struct turn *turn, int64_t row, int64_t by)
{
	struct stmt *q = turn_query(turn, &link_statements, Q_UNDO);

	stmt_bind_int(q, 1, row);
	stmt_bind_int(q, 2, by);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	(void)stmt_run(q);
}

enum link_verdict link_make(struct turn *turn, int64_t a, int64_t b, int64_t by, int64_t *ret_stays)
{
	struct view *view = turn_view(turn);
	int64_t stays = self_of(view, a), other = self_of(view, b);
	struct stmt *q;

	*ret_stays = stays;
	if (stays == other)
		return LINK_ALREADY;
	if (is_named(view, stays) && is_named(view, other))
		return LINK_BOTH_NAMED;
	if (is_named(view, other) || (!is_named(view, stays) && other < stays)) {
		stays = other;
		other = *ret_stays;
	}
	(void)add_row(turn, stays, other, by);
	q = turn_query(turn, &link_statements, Q_MOVE);
	stmt_bind_int(q, 1, stays);
	stmt_bind_int(q, 2, other);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	(void)stmt_run(q);
	q = turn_query(turn, &link_statements, Q_JOIN);
	stmt_bind_int(q, 1, stays);
	stmt_bind_int(q, 2, other);
	(void)stmt_run(q);
	*ret_stays = stays;
	return LINK_DONE;
}

enum link_verdict link_undo(struct turn *turn, int64_t person, int64_t by, int64_t *ret_other)
{
	struct stmt *q = turn_query(turn, &link_statements, Q_LATEST);
	int64_t row = 0, other = 0;

	stmt_bind_int(q, 1, self_of(turn_view(turn), person));
	while (stmt_step(q)) {
		row = stmt_int(q, 0);
		other = stmt_int(q, 1);
	}
	if (!row)
		return LINK_ALREADY;
	close_row(turn, row, by);
	q = turn_query(turn, &link_statements, Q_GIVE_BACK);
	stmt_bind_int(q, 1, other);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	(void)stmt_run(q);
	q = turn_query(turn, &link_statements, Q_UNJOIN);
	stmt_bind_int(q, 1, other);
	(void)stmt_run(q);
	*ret_other = other;
	return LINK_DONE;
}

void link_hand_over(struct turn *turn, const char *sender, int64_t from, int64_t to)
{
	struct stmt *q = turn_query(turn, &link_statements, Q_HAND_OVER);

	close_row(turn, add_row(turn, to, from, 0), 0);
	stmt_bind_text(q, 1, sender);
	stmt_bind_int(q, 2, to);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	(void)stmt_run(q);
}

bool link_is_one(struct view *view, int64_t a, int64_t b)
{
	return self_of(view, a) == self_of(view, b);
}

bool link_was_one(struct view *view, int64_t a, int64_t b)
{
	struct stmt *q = view_query(view, &link_statements, Q_WAS_ONE);

	stmt_bind_int(q, 1, a);
	stmt_bind_int(q, 2, b);
	return stmt_one_int(q, 0);
}

int64_t *link_members(struct view *view, int64_t person, size_t *ret_len)
{
	struct stmt *q = view_query(view, &link_statements, Q_COUNT);
	size_t len = 1;
	int64_t *members;

	stmt_bind_int(q, 1, person);
	members = arena_array(view_arena(view), int64_t, (size_t)stmt_one_int(q, 0) + 1);
	members[0] = person;
	q = view_query(view, &link_statements, Q_MEMBERS);
	stmt_bind_int(q, 1, person);
	while (stmt_step(q))
		members[len++] = stmt_int(q, 0);
	*ret_len = len;
	return members;
}
