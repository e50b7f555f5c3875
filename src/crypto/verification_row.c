#include "crypto/verification_row.h"

#include "base/arena.h"

enum { Q_ADD, Q_REMOVE, Q_COUNT, Q_ALL, Q_MAX };

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO verification (user, room, device, name, request, ends_at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[Q_REMOVE] = "DELETE FROM verification WHERE id = ?1",
	[Q_COUNT] = "SELECT count(*) FROM verification",
	[Q_ALL] = "SELECT id, user, room, device, name, request, ends_at_ms FROM verification ORDER BY id",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements verification_statements = { "crypto/verification", sql, Q_MAX };

int64_t verification_row_add(struct turn *turn, const struct route *route, int64_t request_row, int64_t ends_at_ms)
{
	struct stmt *q = turn_query(turn, &verification_statements, Q_ADD);

	stmt_bind_text(q, 1, route->user);
	stmt_bind_text(q, 2, route->room);
	stmt_bind_text(q, 3, route->device);
	stmt_bind_text(q, 4, route->transaction);
	stmt_bind_int(q, 5, request_row);
	stmt_bind_int(q, 6, ends_at_ms);
	return stmt_insert(q);
}

void verification_row_remove(struct turn *turn, int64_t id)
{
	struct stmt *q = turn_query(turn, &verification_statements, Q_REMOVE);

	stmt_bind_int(q, 1, id);
	(void)stmt_run(q);
}

const struct verification_row *verification_rows(struct view *view, size_t *ret_len)
{
	size_t size = (size_t)stmt_one_int(view_query(view, &verification_statements, Q_COUNT), 0), len = 0;
	struct verification_row *rows = arena_array(view_arena(view), struct verification_row, size);
	struct stmt *q = view_query(view, &verification_statements, Q_ALL);

	while (stmt_step(q))
		rows[len++] = (struct verification_row){
			.id = stmt_int(q, 0),
			.route = { .user = stmt_text(q, 1), .room = stmt_text(q, 2), .device = stmt_text(q, 3), .transaction = stmt_text(q, 4) },
			.request_row = stmt_int(q, 5),
			.ends_at_ms = stmt_int(q, 6),
		};
	*ret_len = len;
	return rows;
}
