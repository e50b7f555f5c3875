#include "agenda/joint.h"

#include "agenda/notice.h"
#include "base/arena.h"

enum { Q_ADD, Q_FIND, Q_COUNT, Q_CORES, Q_MOVE, Q_MAX };

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO agenda_joint (folded, event, core) VALUES (?1, ?2, ?3)",
	[Q_FIND] = "SELECT event FROM agenda_joint WHERE folded = ?1",
	[Q_COUNT] = "SELECT count(*) FROM agenda_joint WHERE event = ?1",
	[Q_CORES] = "SELECT core FROM agenda_joint WHERE event = ?1 GROUP BY core ORDER BY min(folded)",
	[Q_MOVE] = "UPDATE agenda_joint SET event = ?2 WHERE event = ?1",
};
_Static_assert(ARRAY_LEN(sql) == Q_MAX, "a statement for every name");

const struct statements agenda_joint_statements = { "agenda.joint", sql, Q_MAX };

static void add(struct turn *turn, int64_t number, int64_t folded, int64_t core)
{
	struct stmt *q = turn_query(turn, &agenda_joint_statements, Q_ADD);

	stmt_bind_int(q, 1, folded);
	stmt_bind_int(q, 2, number);
	stmt_bind_int(q, 3, core);
	(void)stmt_run(q);
}

/* Who had joined the folded one comes along. */
static void move_along(struct turn *turn, int64_t number, int64_t folded)
{
	struct stmt *q = turn_query(turn, &agenda_joint_statements, Q_MOVE);

	stmt_bind_int(q, 1, folded);
	stmt_bind_int(q, 2, number);
	(void)stmt_run(q);
}

enum agenda_verdict joint_make(const struct agenda_hand *hand, struct turn *turn, int64_t number, int64_t folded, struct agenda_event *ret_event)
{
	struct agenda_event other;
	enum agenda_verdict verdict = agenda_fold(hand, turn, number, folded, ret_event, &other);

	if (verdict != AGENDA_DONE)
		return verdict;
	move_along(turn, number, folded);
	add(turn, number, folded, other.core);
	agenda_announce_joint(hand->house, turn, ret_event);
	agenda_wake(turn, number);
	agenda_wake(turn, folded);
	return AGENDA_DONE;
}

int64_t joint_find(struct view *view, int64_t folded)
{
	struct stmt *q = view_query(view, &agenda_joint_statements, Q_FIND);
	int64_t number = 0;

	stmt_bind_int(q, 1, folded);
	while (stmt_step(q))
		number = stmt_int(q, 0);
	return number;
}

int64_t *joint_cores(struct view *view, int64_t number, size_t *ret_len)
{
	struct stmt *q = view_query(view, &agenda_joint_statements, Q_COUNT);
	int64_t *cores;
	size_t len = 0;

	stmt_bind_int(q, 1, number);
	cores = arena_array(view_arena(view), int64_t, (size_t)stmt_one_int(q, 0));
	q = view_query(view, &agenda_joint_statements, Q_CORES);
	stmt_bind_int(q, 1, number);
	while (stmt_step(q))
		cores[len++] = stmt_int(q, 0);
	*ret_len = len;
	return cores;
}

bool joint_takes_part(struct view *view, const struct agenda_event *event, int64_t core)
{
	size_t len;
	const int64_t *cores;

	if (event->core == core)
		return true;
	cores = joint_cores(view, event->number, &len);
	for (size_t i = 0; i < len; i++) {
		if (cores[i] == core)
			return true;
	}
	return false;
}
