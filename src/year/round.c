#include "year/round.h"

#include "base/arena.h"
#include "base/die.h"

enum { Q_ASK, Q_FIND_ASKED, Q_FIND_DAY, Q_FIND_LAST, Q_FIND_LAST_OF_CORE, Q_COUNT_CORES, Q_LIST_CORES, Q_MAX };

static const char *const sql[] = {
	[Q_ASK] = "INSERT INTO round_ask (key, round, core, day) VALUES (?1, ?2, ?3, ?4)",
	[Q_FIND_ASKED] = "SELECT round, core FROM round_ask WHERE key = ?1",
	[Q_FIND_DAY] = "SELECT min(day) FROM round_ask WHERE core = ?1 AND round = ?2",
	[Q_FIND_LAST] = "SELECT max(round) FROM round_ask",
	[Q_FIND_LAST_OF_CORE] = "SELECT max(round) FROM round_ask WHERE core = ?1",
	[Q_COUNT_CORES] = "SELECT count(DISTINCT core) FROM round_ask WHERE round = ?1",
	[Q_LIST_CORES] = "SELECT DISTINCT core FROM round_ask WHERE round = ?1 ORDER BY core",
};
_Static_assert(ARRAY_LEN(sql) == Q_MAX, "a statement for every name");

const struct statements round_statements = { "year/round", sql, Q_MAX };

void round_ask(struct turn *turn, const char *round, int64_t core, const char *key, const struct wall *day)
{
	struct stmt *q = turn_query(turn, &round_statements, Q_ASK);

	stmt_bind_text(q, 1, key);
	stmt_bind_text(q, 2, round);
	stmt_bind_int(q, 3, core);
	stmt_bind_text(q, 4, wall_format_date(turn_arena(turn), day));
	(void)stmt_run(q);
}

bool round_find_asked(struct view *view, const char *key, const char **ret_round, int64_t *ret_core)
{
	struct stmt *q = view_query(view, &round_statements, Q_FIND_ASKED);

	stmt_bind_text(q, 1, key);
	if (!stmt_step(q))
		return false;
	*ret_round = stmt_text(q, 0);
	*ret_core = stmt_int(q, 1);
	stmt_reset(q);
	return true;
}

/* The text in its one row; NULL for none. */
static const char *one_text(struct stmt *q)
{
	const char *text = NULL;

	while (stmt_step(q))
		text = stmt_text(q, 0);
	return text;
}

bool round_find_day(struct view *view, const char *round, int64_t core, struct wall *ret_day)
{
	struct stmt *q = view_query(view, &round_statements, Q_FIND_DAY);
	const char *day;

	stmt_bind_int(q, 1, core);
	stmt_bind_text(q, 2, round);
	day = one_text(q);
	if (!day)
		return false;
	INVARIANT(wall_parse(day, ret_day));
	return true;
}

bool round_find_last(struct view *view, int64_t core, const char **ret_round)
{
	struct stmt *q = view_query(view, &round_statements, core ? Q_FIND_LAST_OF_CORE : Q_FIND_LAST);
	const char *round;

	if (core)
		stmt_bind_int(q, 1, core);
	round = one_text(q);
	if (!round)
		return false;
	*ret_round = round;
	return true;
}

int64_t *round_list_cores(struct view *view, const char *round, size_t *ret_len)
{
	struct stmt *q = view_query(view, &round_statements, Q_COUNT_CORES);
	int64_t *cores;

	stmt_bind_text(q, 1, round);
	cores = arena_array(view_arena(view), int64_t, (size_t)stmt_one_int(q, 0));
	q = view_query(view, &round_statements, Q_LIST_CORES);
	stmt_bind_text(q, 1, round);
	*ret_len = 0;
	while (stmt_step(q))
		cores[(*ret_len)++] = stmt_int(q, 0);
	return cores;
}
