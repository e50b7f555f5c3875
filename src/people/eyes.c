#include "people/eyes.h"

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "config/config.h"
#include "people/link.h"

enum { Q_COUNT, Q_LIST, Q_MAX };

static const char *const sql[] = {
	[Q_COUNT] = "SELECT count(*) FROM role",
	[Q_LIST] = "SELECT person, role FROM role",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements eyes_statements = { "eyes", sql, Q_MAX };

static bool is_among(const char *word, unsigned roles)
{
	for (int role = 0; role < ROLE_MAX; role++) {
		if (roles & 1u << role && str_equal(word, role_format((enum role)role)))
			return true;
	}
	return false;
}

/* Who holds one of the roles; the same person once for each. */
static int64_t *holders(struct view *view, unsigned roles, size_t *ret_len)
{
	int64_t *list = arena_array(view_arena(view), int64_t, (size_t)stmt_one_int(view_query(view, &eyes_statements, Q_COUNT), 0));
	struct stmt *q = view_query(view, &eyes_statements, Q_LIST);
	size_t len = 0;

	while (stmt_step(q)) {
		if (is_among(stmt_text(q, 1), roles))
			list[len++] = stmt_int(q, 0);
	}
	*ret_len = len;
	return list;
}

static bool was_any(struct view *view, int64_t person, const int64_t *persons, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (link_was_one(view, person, persons[i]))
			return true;
	}
	return false;
}

bool eyes_besides(struct view *view, const int64_t *persons, size_t len, unsigned roles)
{
	size_t holders_len;
	const int64_t *list;

	INVARIANT(!(roles & 1u << ROLE_RESIDENT)); /* everybody: no row says so */
	list = holders(view, roles, &holders_len);
	for (size_t i = 0; i < holders_len; i++) {
		if (!was_any(view, list[i], persons, len))
			return true;
	}
	return false;
}

bool eyes_others(struct view *view, int64_t person, unsigned roles)
{
	return eyes_besides(view, &person, 1, roles);
}
