#include "people/group.h"

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"

enum { Q_CORE_GET, Q_CORE_FIND, Q_CORE_COUNT, Q_CORE_LIST, Q_GET, Q_FIND, Q_BY_ROOM, Q_BY_KIND, Q_COUNT, Q_LIST, Q_LIST_POSTED, Q_MAX };

/*
 * The room a group talks in: the joined one, the latest when a portal was made anew. Several times with every message:
 * the row of the maximum is had without a sorter, which costs more than all the rest.
 */
#define GROUP                                                                                                        \
	"SELECT g.id, g.name, g.kind, ifnull(g.core, 0), g.is_main, g.bridged, g.as_text, g.language,"               \
	" (SELECT room FROM (SELECT room, max(joined_at_ms) FROM room WHERE app_group = g.id AND membership = 'joined'))" \
	" FROM app_group AS g "

#define JOINED "EXISTS (SELECT 1 FROM room WHERE app_group = g.id AND membership = 'joined')"

static const char *const sql[] = {
	[Q_CORE_GET] = "SELECT id, slug, name, area FROM core WHERE id = ?1",
	[Q_CORE_FIND] = "SELECT id, slug, name, area FROM core WHERE slug = ?1",
	[Q_CORE_COUNT] = "SELECT count(*) FROM core",
	[Q_CORE_LIST] = "SELECT id, slug, name, area FROM core ORDER BY id",
	[Q_GET] = GROUP "WHERE g.id = ?1",
	[Q_FIND] = GROUP "WHERE g.name = ?1",
	[Q_BY_ROOM] = GROUP "WHERE g.id = (SELECT app_group FROM room WHERE room = ?1)",
	[Q_BY_KIND] = GROUP "WHERE g.kind = ?1 AND g.in_config ORDER BY g.id LIMIT 1",
	[Q_COUNT] = "SELECT count(*) FROM app_group",
	[Q_LIST] = GROUP "WHERE g.in_config AND g.kind = 'core' AND (?1 = 0 OR g.core = ?1) AND (?2 = 0 OR g.is_main)"
	           " AND " JOINED " ORDER BY g.id",
	[Q_LIST_POSTED] = GROUP "WHERE g.in_config AND g.kind IN ('core', 'coordinators', 'audit') AND " JOINED " ORDER BY g.kind <> 'core', g.id",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements group_statements = { "group", sql, Q_MAX };

static struct core read_core(struct stmt *q)
{
	return (struct core){ stmt_int(q, 0), stmt_text(q, 1), stmt_text(q, 2), stmt_text(q, 3) };
}

static bool one_core(struct stmt *q, struct core *ret_core)
{
	if (!stmt_step(q))
		return false;
	*ret_core = read_core(q);
	stmt_reset(q);
	return true;
}

struct core core_get(struct view *view, int64_t id)
{
	struct stmt *q = view_query(view, &group_statements, Q_CORE_GET);
	struct core core;

	stmt_bind_int(q, 1, id);
	if (!one_core(q, &core))
		die("no core %lld", (long long)id);
	return core;
}

bool core_find(struct view *view, const char *slug, struct core *ret_core)
{
	struct stmt *q = view_query(view, &group_statements, Q_CORE_FIND);

	stmt_bind_text(q, 1, slug);
	return one_core(q, ret_core);
}

static size_t count(struct view *view, size_t index)
{
	struct stmt *q = view_query(view, &group_statements, index);
	size_t number = 0;

	while (stmt_step(q))
		number = (size_t)stmt_int(q, 0);
	return number;
}

struct core *core_list(struct view *view, size_t *ret_len)
{
	struct core *list = arena_array(view_arena(view), struct core, count(view, Q_CORE_COUNT));
	struct stmt *q = view_query(view, &group_statements, Q_CORE_LIST);
	size_t len = 0;

	while (stmt_step(q))
		list[len++] = read_core(q);
	*ret_len = len;
	return list;
}

static enum group_kind kind_parse(const char *word)
{
	for (int kind = 0; kind <= GROUP_KIND_PRIVATE; kind++) {
		if (str_equal(word, group_kind_format((enum group_kind)kind)))
			return (enum group_kind)kind;
	}
	die("group kind \"%s\"", word);
}

static struct group read_group(struct stmt *q)
{
	struct group group = {
		.id = stmt_int(q, 0),
		.name = stmt_text(q, 1),
		.kind = kind_parse(stmt_text(q, 2)),
		.core = stmt_int(q, 3),
		.is_main = stmt_int(q, 4),
		.bridged = stmt_int(q, 5),
		.as_text = stmt_int(q, 6),
		.room = stmt_text(q, 8),
	};

	if (!language_parse(stmt_text(q, 7), &group.language))
		die("group %s speaks an unknown language", group.name);
	return group;
}

static bool one_group(struct stmt *q, struct group *ret_group)
{
	if (!stmt_step(q))
		return false;
	*ret_group = read_group(q);
	stmt_reset(q);
	return true;
}

struct group group_get(struct view *view, int64_t id)
{
	struct stmt *q = view_query(view, &group_statements, Q_GET);
	struct group group;

	stmt_bind_int(q, 1, id);
	if (!one_group(q, &group))
		die("no group %lld", (long long)id);
	return group;
}

static bool find_by_text(struct view *view, size_t index, const char *text, struct group *ret_group)
{
	struct stmt *q = view_query(view, &group_statements, index);

	stmt_bind_text(q, 1, text);
	return one_group(q, ret_group);
}

bool group_find(struct view *view, const char *name, struct group *ret_group)
{
	return find_by_text(view, Q_FIND, name, ret_group);
}

bool group_find_by_room(struct view *view, const char *room, struct group *ret_group)
{
	return find_by_text(view, Q_BY_ROOM, room, ret_group);
}

bool group_find_by_kind(struct view *view, enum group_kind kind, struct group *ret_group)
{
	INVARIANT(kind != GROUP_KIND_CORE && kind != GROUP_KIND_PRIVATE);
	return find_by_text(view, Q_BY_KIND, group_kind_format(kind), ret_group);
}

static struct group *read_all(struct view *view, struct stmt *q, size_t *ret_len)
{
	struct group *list = arena_array(view_arena(view), struct group, count(view, Q_COUNT));
	size_t len = 0;

	while (stmt_step(q))
		list[len++] = read_group(q);
	*ret_len = len;
	return list;
}

struct group *group_list(struct view *view, int64_t core, bool main_only, size_t *ret_len)
{
	struct stmt *q = view_query(view, &group_statements, Q_LIST);

	stmt_bind_int(q, 1, core);
	stmt_bind_int(q, 2, main_only);
	return read_all(view, q, ret_len);
}

struct group *group_list_posted(struct view *view, size_t *ret_len)
{
	return read_all(view, view_query(view, &group_statements, Q_LIST_POSTED), ret_len);
}
