#include "people/actor.h"

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "people/link.h"

enum { Q_ROLES, Q_LEADS, Q_OFFICES, Q_LEADS_COUNT, Q_LEADS_OF, Q_MAX };

static const char *const sql[] = {
	[Q_ROLES] = "SELECT role FROM role WHERE person IN " LINK_MEMBERS,
	/* Of whose id it was at first, and of whom the config says that he is the same. */
	[Q_OFFICES] = "WITH RECURSIVE same (id) AS (SELECT first_person FROM identity WHERE sender = ?1"
	              " UNION SELECT l.person FROM same AS s JOIN person_link AS l ON l.other = s.id WHERE l.made_by IS NULL AND l.undone_at_ms IS NULL)"
	              " SELECT r.role FROM same AS s JOIN role AS r ON r.person = s.id WHERE r.role <> 'lead'",
	[Q_LEADS] = "SELECT 1 FROM role WHERE person IN " LINK_MEMBERS " AND role = 'lead' AND core = ?2",
	[Q_LEADS_COUNT] = "SELECT count(*) FROM role WHERE role = 'lead' AND core = ?1",
	[Q_LEADS_OF] = "SELECT DISTINCT ifnull(p.joined, p.id) FROM role AS r JOIN person AS p ON p.id = r.person"
	               " WHERE r.role = 'lead' AND r.core = ?1 ORDER BY 1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements actor_statements = { "actor", sql, Q_MAX };

static enum role role_parse(const char *word)
{
	for (int role = 0; role < ROLE_MAX; role++) {
		if (str_equal(word, role_format((enum role)role)))
			return (enum role)role;
	}
	die("role \"%s\"", word);
}

struct actor actor_get(struct view *view, int64_t person, enum trust trust)
{
	struct stmt *q = view_query(view, &actor_statements, Q_ROLES);
	struct actor actor = { .person = person, .trust = trust, .roles = 1u << ROLE_RESIDENT };

	stmt_bind_int(q, 1, person);
	while (stmt_step(q))
		actor.roles |= 1u << role_parse(stmt_text(q, 0));
	return actor;
}

struct actor actor_of_sender(struct view *view, const char *sender, int64_t person, enum trust trust)
{
	struct actor actor = actor_get(view, person, trust);
	struct stmt *q;

	if (!(actor.roles & ROLES_OF_OFFICE))
		return actor;
	actor.roles &= ~(unsigned)ROLES_OF_OFFICE;
	q = view_query(view, &actor_statements, Q_OFFICES);
	stmt_bind_text(q, 1, sender);
	while (stmt_step(q))
		actor.roles |= 1u << role_parse(stmt_text(q, 0));
	return actor;
}

bool actor_has(const struct actor *actor, enum role role)
{
	return actor->roles & (1u << role);
}

bool actor_leads(struct view *view, const struct actor *actor, int64_t core)
{
	struct stmt *q = view_query(view, &actor_statements, Q_LEADS);
	bool leads;

	stmt_bind_int(q, 1, actor->person);
	stmt_bind_int(q, 2, core);
	leads = stmt_step(q);
	stmt_reset(q);
	return leads;
}

int64_t *actor_leads_of(struct view *view, int64_t core, size_t *ret_len)
{
	struct stmt *q = view_query(view, &actor_statements, Q_LEADS_COUNT);
	int64_t *leads;
	size_t len = 0;

	stmt_bind_int(q, 1, core);
	leads = arena_array(view_arena(view), int64_t, (size_t)stmt_one_int(q, 0));
	q = view_query(view, &actor_statements, Q_LEADS_OF);
	stmt_bind_int(q, 1, core);
	while (stmt_step(q))
		leads[len++] = stmt_int(q, 0);
	*ret_len = len;
	return leads;
}
