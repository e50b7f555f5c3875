#include "budget/line.h"

#include <string.h>

#include "base/die.h"

enum {
	Q_GET,
	Q_FIND,
	Q_LIST,
	Q_LIST_OF_CORE,
	Q_LIST_OF_NEIGHBOURHOOD,
	Q_TOTAL_GRANTED,
	Q_TOTAL_HANDLING,
	Q_ADD,
	Q_COUNT,
	Q_MAX
};

#define COLUMNS "id, owner, owner_slug, ifnull(core, 0), name, kind, granted_cents, spent_cents"

static const char *const line_sql[] = {
	[Q_GET] = "SELECT " COLUMNS " FROM line WHERE id = ?1",
	[Q_FIND] = "SELECT " COLUMNS " FROM line WHERE owner_slug = ?1 AND name = ?2",
	[Q_LIST] = "SELECT " COLUMNS " FROM line ORDER BY owner = 'neighbourhood', owner = 'area', core, owner_slug, id",
	[Q_LIST_OF_CORE] = "SELECT " COLUMNS " FROM line WHERE core = ?1 OR (owner = 'area' AND owner_slug = ?2)"
			   " ORDER BY owner = 'area', id",
	[Q_LIST_OF_NEIGHBOURHOOD] = "SELECT " COLUMNS " FROM line WHERE owner = 'neighbourhood' ORDER BY id",
	[Q_TOTAL_GRANTED] = "SELECT ifnull(sum(granted_cents), 0) FROM line",
	[Q_TOTAL_HANDLING] = "SELECT ifnull(sum(spent_cents), 0) FROM line WHERE kind = 'handling'",
	[Q_ADD] = "INSERT INTO line (owner, owner_slug, core, name, kind) VALUES (?1, ?2, ?3, ?4, ?5)",
	[Q_COUNT] = "UPDATE line SET granted_cents = granted_cents + ?2, spent_cents = spent_cents + ?3 WHERE id = ?1",
};
_Static_assert(ARRAY_LEN(line_sql) == Q_MAX, "a statement for every name");

const struct statements line_statements = { "budget/line", line_sql, Q_MAX };

/* As the database spells them. */
static const char *const owner_words[] = {
	[LINE_OWNER_CORE] = "core",
	[LINE_OWNER_AREA] = "area",
	[LINE_OWNER_NEIGHBOURHOOD] = "neighbourhood",
};

static const char *const kind_words[] = {
	[LINE_KIND_FREE] = "free",
	[LINE_KIND_FOCUS] = "focus",
	[LINE_KIND_HANDLING] = "handling",
};

const char *line_kind_word(enum line_kind kind)
{
	return kind_words[kind];
}

static struct line read_line(struct stmt *q)
{
	struct line line = {
		.id = stmt_int(q, 0),
		.owner = (enum line_owner)stmt_word(q, 1, owner_words, ARRAY_LEN(owner_words)),
		.owner_slug = stmt_text(q, 2),
		.core = stmt_int(q, 3),
		.name = stmt_text(q, 4),
		.kind = (enum line_kind)stmt_word(q, 5, kind_words, ARRAY_LEN(kind_words)),
		.granted = cents_from_int64(stmt_int(q, 6)),
		.spent = cents_from_int64(stmt_int(q, 7)),
	};

	line.left = cents_sub(line.granted, line.spent);
	return line;
}

static bool read_one(struct stmt *q, struct line *ret_line)
{
	if (!stmt_step(q))
		return false;
	*ret_line = read_line(q);
	stmt_reset(q);
	return true;
}

struct line line_get(struct view *view, int64_t id)
{
	struct stmt *q = view_query(view, &line_statements, Q_GET);
	struct line line;

	stmt_bind_int(q, 1, id);
	INVARIANT(read_one(q, &line));
	return line;
}

bool line_find(struct view *view, const char *owner_slug, const char *name, struct line *ret_line)
{
	struct stmt *q = view_query(view, &line_statements, Q_FIND);

	stmt_bind_text(q, 1, owner_slug);
	stmt_bind_text(q, 2, name);
	return read_one(q, ret_line);
}

static struct line *read_all(struct view *view, struct stmt *q, size_t *ret_len)
{
	struct line *lines = NULL;
	size_t len = 0, size = 0;

	while (stmt_step(q)) {
		if (len == size) {
			struct line *more = arena_array(view_arena(view), struct line, size = size ? 2 * size : 16);

			if (len)
				memcpy(more, lines, len * sizeof *lines);
			lines = more;
		}
		lines[len++] = read_line(q);
	}
	*ret_len = len;
	return lines;
}

struct line *line_list(struct view *view, size_t *ret_len)
{
	return read_all(view, view_query(view, &line_statements, Q_LIST), ret_len);
}

struct line *line_list_of(struct view *view, int64_t core, size_t *ret_len)
{
	struct stmt *q;

	if (!core)
		return read_all(view, view_query(view, &line_statements, Q_LIST_OF_NEIGHBOURHOOD), ret_len);
	q = view_query(view, &line_statements, Q_LIST_OF_CORE);
	stmt_bind_int(q, 1, core);
	stmt_bind_text(q, 2, core_get(view, core).area);
	return read_all(view, q, ret_len);
}

static struct cents total(struct view *view, size_t query)
{
	struct stmt *q = view_query(view, &line_statements, query);
	struct cents sum;

	INVARIANT(stmt_step(q));
	sum = cents_from_int64(stmt_int(q, 0));
	stmt_reset(q);
	return sum;
}

struct cents line_total_granted(struct view *view)
{
	return total(view, Q_TOTAL_GRANTED);
}

struct cents line_total_handling(struct view *view)
{
	return total(view, Q_TOTAL_HANDLING);
}

int64_t line_add(struct turn *turn, const struct config_line *from)
{
	struct stmt *q;
	struct core core;

	if (from->owner == LINE_OWNER_CORE)
		INVARIANT(core_find(turn_view(turn), from->owner_slug, &core));
	q = turn_query(turn, &line_statements, Q_ADD);
	stmt_bind_text(q, 1, owner_words[from->owner]);
	stmt_bind_text(q, 2, from->owner_slug);
	if (from->owner == LINE_OWNER_CORE)
		stmt_bind_int(q, 3, core.id);
	stmt_bind_text(q, 4, from->name);
	stmt_bind_text(q, 5, kind_words[from->kind]);
	return stmt_insert(q);
}

void line_count(struct turn *turn, int64_t id, struct cents granted, struct cents spent)
{
	struct stmt *q = turn_query(turn, &line_statements, Q_COUNT);

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, cents_to_int64(granted));
	stmt_bind_int(q, 3, cents_to_int64(spent));
	INVARIANT(stmt_run(q) == 1);
}
