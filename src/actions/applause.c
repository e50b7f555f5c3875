#include "actions/applause.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "people/link.h"
#include "people/who.h"

enum { Q_GIVE, Q_BY_SOURCE, Q_HAS_TWIN, Q_DROP, Q_QUIET, Q_LOUD, Q_LIST, Q_LIST_ELSEWHERE, Q_MAX };

/* Everybody who is one person with him counts for whether he is named. */
#define IS_QUIET                                                                                                  \
	"EXISTS (SELECT 1 FROM person p JOIN person s ON s.id = ifnull(p.joined, p.id) OR s.joined = ifnull(p.joined, p.id)" \
	" JOIN applause_quiet q ON q.person = s.id WHERE p.id = a.person)"

#define ROW "a.id, a.giver, ifnull(a.person, 0), a.app_group, ifnull(a.core, 0), a.called, a.why, a.own_only, " IS_QUIET

static const char *const sql[] = {
	[Q_GIVE] = "INSERT INTO applause (giver, person, app_group, core, event, given_at_ms, called, why, own_only)"
	           " VALUES (?1, nullif(?2, 0), ?3, nullif(?4, 0), ?5, ?6, ?7, ?8, ?9) ON CONFLICT (event) DO UPDATE SET"
	           " person = excluded.person, called = excluded.called, why = excluded.why, own_only = excluded.own_only",
	[Q_BY_SOURCE] = "SELECT " ROW " FROM applause a WHERE a.event = ?1",
	[Q_HAS_TWIN] = "SELECT 1 FROM applause n JOIN applause a ON a.app_group = n.app_group AND a.given_at_ms BETWEEN n.given_at_ms - ?2 AND n.given_at_ms"
	               " WHERE n.id = ?1 AND a.id < n.id AND a.giver = n.giver AND a.person IS n.person AND a.called = n.called AND a.why = n.why LIMIT 1",
	[Q_DROP] = "DELETE FROM applause WHERE id = ?1",
	[Q_QUIET] = "INSERT INTO applause_quiet (person) VALUES (?1) ON CONFLICT DO NOTHING",
	[Q_LOUD] = "DELETE FROM applause_quiet WHERE person IN (SELECT id FROM person WHERE id = ?1 OR joined = ?1)",
	[Q_LIST] = "SELECT " ROW " FROM applause a WHERE a.app_group = ?1 AND a.given_at_ms > ?3 ORDER BY a.given_at_ms, a.id LIMIT ?2",
	[Q_LIST_ELSEWHERE] = "SELECT " ROW " FROM applause a WHERE a.given_at_ms > ?3 AND a.core IS NOT NULL AND a.core <> ?1"
	                     " ORDER BY a.core, a.id DESC LIMIT ?2",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements applause_statements = { "actions/applause", sql, Q_MAX };

static struct applause read_row(struct stmt *q)
{
	return (struct applause){
		.id = stmt_int(q, 0),
		.giver = stmt_int(q, 1),
		.person = stmt_int(q, 2),
		.group = stmt_int(q, 3),
		.core = stmt_int(q, 4),
		.called = stmt_text(q, 5),
		.why = stmt_text(q, 6),
		.own_only = stmt_int(q, 7),
		.quiet = stmt_int(q, 8),
	};
}

static bool is_too_long(const char *text)
{
	return utf8_count(text, strlen(text)) > APPLAUSE_TEXT_MAX;
}

enum applause_verdict applause_give(struct turn *turn, const struct applause_draft *draft, struct applause *ret_applause)
{
	struct view *view = turn_view(turn);
	struct stmt *q;

	if (!draft->person && str_empty(draft->called))
		return APPLAUSE_EMPTY;
	if (draft->person && link_is_one(view, draft->person, draft->giver))
		return APPLAUSE_FOR_ONESELF;
	if (is_too_long(draft->called) || is_too_long(draft->why))
		return APPLAUSE_TOO_LONG;
	q = turn_query(turn, &applause_statements, Q_GIVE);
	stmt_bind_int(q, 1, draft->giver);
	stmt_bind_int(q, 2, draft->person);
	stmt_bind_int(q, 3, draft->group);
	stmt_bind_int(q, 4, draft->core);
	stmt_bind_text(q, 5, draft->event);
	stmt_bind_int(q, 6, turn_now_ms(turn));
	stmt_bind_text(q, 7, draft->person ? "" : draft->called);
	stmt_bind_text(q, 8, draft->why);
	stmt_bind_int(q, 9, draft->own_only || who_may_be_named(view, draft->why));
	(void)stmt_run(q);
	if (!applause_find_by_source(view, draft->event, ret_applause))
		die("applause is gone");
	return ret_applause->quiet ? APPLAUSE_GIVEN_QUIETLY : APPLAUSE_GIVEN;
}

bool applause_find_by_source(struct view *view, const char *event, struct applause *ret_applause)
{
	struct stmt *q = view_query(view, &applause_statements, Q_BY_SOURCE);

	stmt_bind_text(q, 1, event);
	if (!stmt_step(q))
		return false;
	*ret_applause = read_row(q);
	stmt_reset(q);
	return true;
}

#define TWIN_MS (10 * MS_PER_MINUTE)

bool applause_has_twin(struct view *view, int64_t id)
{
	struct stmt *q = view_query(view, &applause_statements, Q_HAS_TWIN);

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, TWIN_MS);
	return stmt_one_int(q, 0) != 0;
}

void applause_drop(struct turn *turn, int64_t id)
{
	struct stmt *q = turn_query(turn, &applause_statements, Q_DROP);

	stmt_bind_int(q, 1, id);
	(void)stmt_run(q);
}

bool applause_set_quiet(struct turn *turn, int64_t person, bool quiet)
{
	struct stmt *q = turn_query(turn, &applause_statements, quiet ? Q_QUIET : Q_LOUD);

	stmt_bind_int(q, 1, person);
	return stmt_run(q);
}

static struct applause *read_list(struct view *view, size_t query, int64_t subject, int64_t since_ms, int64_t limit, size_t *ret_len)
{
	struct applause *list = arena_array(view_arena(view), struct applause, (size_t)limit);
	struct stmt *q = view_query(view, &applause_statements, query);
	size_t len = 0;

	stmt_bind_int(q, 1, subject);
	stmt_bind_int(q, 2, limit);
	stmt_bind_int(q, 3, since_ms);
	while (stmt_step(q))
		list[len++] = read_row(q);
	*ret_len = len;
	return list;
}

struct applause *applause_list(struct view *view, int64_t group, int64_t since_ms, int64_t limit, size_t *ret_len)
{
	return read_list(view, Q_LIST, group, since_ms, limit, ret_len);
}

struct applause *applause_list_elsewhere(struct view *view, int64_t core, int64_t since_ms, int64_t limit, size_t *ret_len)
{
	return read_list(view, Q_LIST_ELSEWHERE, core, since_ms, limit, ret_len);
}
