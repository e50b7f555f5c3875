#include "people/role.h"

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "people/link.h"

enum { Q_HOW_HELD, Q_PROPOSE, Q_PROPOSED, Q_GIVE, Q_TAKE, Q_COUNT_CONFIG, Q_LIST_CONFIG, Q_MAX };

static const char *const sql[] = {
	/* 1 when the config gave it to any of his, 0 when it was decided, no row when he has it not. */
	[Q_HOW_HELD] = "SELECT max(NOT decided) FROM role WHERE person IN " LINK_MEMBERS
	               " AND role = ?2 AND ifnull(core, 0) = ?3 HAVING count(*) > 0",
	[Q_PROPOSE] = "INSERT INTO role_proposal (proposal, person, role, core, takes) VALUES (?1, ?2, ?3, nullif(?4, 0), ?5)",
	[Q_PROPOSED] = "SELECT person, role, ifnull(core, 0), takes FROM role_proposal WHERE proposal = ?1",
	[Q_GIVE] = "INSERT INTO role (person, role, core, decided) VALUES (?1, ?2, nullif(?3, 0), 1) ON CONFLICT DO NOTHING",
	[Q_TAKE] = "DELETE FROM role WHERE person = ?1 AND role = ?2 AND ifnull(core, 0) = ?3 AND decided",
	[Q_COUNT_CONFIG] = "SELECT count(*) FROM role WHERE NOT decided",
	[Q_LIST_CONFIG] = "SELECT person, role, ifnull(core, 0) FROM role WHERE NOT decided ORDER BY person, role, core",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements role_statements = { "role", sql, Q_MAX };

static enum role role_parse(const char *word)
{
	for (int role = 0; role < ROLE_MAX; role++) {
		if (str_equal(word, role_format((enum role)role)))
			return (enum role)role;
	}
	die("role \"%s\"", word);
}

enum held { HELD_NOT, HELD_BY_DECISION, HELD_BY_CONFIG };

static enum held how_held(struct view *view, const struct role_change *change)
{
	struct stmt *q = view_query(view, &role_statements, Q_HOW_HELD);

	stmt_bind_int(q, 1, change->person);
	stmt_bind_text(q, 2, role_format(change->role));
	stmt_bind_int(q, 3, change->core);
	switch (stmt_one_int(q, -1)) {
	case -1:
		return HELD_NOT;
	case 0:
		return HELD_BY_DECISION;
	default:
		return HELD_BY_CONFIG;
	}
}

enum role_verdict role_propose(struct turn *turn, const struct actor *actor, const struct role_change *change, int64_t group, enum language language,
			       int64_t *ret_number)
{
	enum held held = how_held(turn_view(turn), change);
	struct stmt *q;

	INVARIANT(change->role != ROLE_RESIDENT && (change->role == ROLE_LEAD) == (change->core != 0));
	if (!change->takes && held != HELD_NOT)
		return ROLE_HELD;
	if (change->takes && held == HELD_NOT)
		return ROLE_NOT_HELD;
	if (held == HELD_BY_CONFIG)
		return ROLE_OF_CONFIG;
	*ret_number = proposal_add(turn, actor, PROPOSAL_ROLE, group, language);
	q = turn_query(turn, &role_statements, Q_PROPOSE);
	stmt_bind_int(q, 1, *ret_number);
	stmt_bind_int(q, 2, change->person);
	stmt_bind_text(q, 3, role_format(change->role));
	stmt_bind_int(q, 4, change->core);
	stmt_bind_int(q, 5, change->takes);
	(void)stmt_run(q);
	return ROLE_PROPOSED;
}

struct role_change role_proposed(struct view *view, int64_t number)
{
	struct stmt *q = view_query(view, &role_statements, Q_PROPOSED);
	struct role_change change;

	stmt_bind_int(q, 1, number);
	if (!stmt_step(q))
		die("proposal %lld is about no role", (long long)number);
	change = (struct role_change){ stmt_int(q, 0), role_parse(stmt_text(q, 1)), stmt_int(q, 2), stmt_int(q, 3) };
	stmt_reset(q);
	return change;
}

static void carry_out(struct turn *turn, size_t query, const struct role_change *change, int64_t person)
{
	struct stmt *q = turn_query(turn, &role_statements, query);

	stmt_bind_int(q, 1, person);
	stmt_bind_text(q, 2, role_format(change->role));
	stmt_bind_int(q, 3, change->core);
	(void)stmt_run(q);
}

void role_carry_out(struct turn *turn, int64_t number)
{
	struct role_change change = role_proposed(turn_view(turn), number);
	const int64_t *members;
	size_t len;

	if (!change.takes) {
		carry_out(turn, Q_GIVE, &change, change.person);
		return;
	}
	members = link_members(turn_view(turn), change.person, &len);
	for (size_t i = 0; i < len; i++)
		carry_out(turn, Q_TAKE, &change, members[i]);
}

struct role_held *role_list_of_config(struct view *view, size_t *ret_len)
{
	size_t count = (size_t)stmt_one_int(view_query(view, &role_statements, Q_COUNT_CONFIG), 0), len = 0;
	struct role_held *list = arena_array(view_arena(view), struct role_held, count);
	struct stmt *q = view_query(view, &role_statements, Q_LIST_CONFIG);

	while (stmt_step(q))
		list[len++] = (struct role_held){ stmt_int(q, 0), role_parse(stmt_text(q, 1)), stmt_int(q, 2) };
	*ret_len = len;
	return list;
}
