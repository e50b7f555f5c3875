/*
 * What stands in the outbox, for tests: by itself it is only written by the house and read by the engine.
 */
#ifndef ROTONDE_TESTS_OUTBOX_LOOK_H
#define ROTONDE_TESTS_OUTBOX_LOOK_H

#include "unit/scratch.h"

struct look {
	const char *room;
	const char *body;
	const char *dedupe;
	int64_t not_before_ms;
	int64_t expires_at_ms;
};

enum { LOOK_MAX = 32 };

static const char *const look_sql[] = {
	"SELECT room, body, dedupe, not_before_ms, ifnull(expires_at_ms, 0) FROM outbox WHERE ?1 IS NULL OR room = ?1 ORDER BY not_before_ms, id LIMIT 32",
};

static const struct statements look_statements = { "look", look_sql, ARRAY_LEN(look_sql) };

/* In the order they go out; room NULL: of all. */
static inline size_t outbox_look(struct turn *turn, const char *room, struct look looks[LOOK_MAX])
{
	struct stmt *q = turn_query(turn, &look_statements, 0);
	size_t len = 0;

	stmt_bind_text(q, 1, room);
	while (stmt_step(q))
		looks[len++] = (struct look){ stmt_text(q, 0), stmt_text(q, 1), stmt_text(q, 2), stmt_int(q, 3), stmt_int(q, 4) };
	return len;
}

#endif
