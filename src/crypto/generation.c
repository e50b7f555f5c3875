#include "crypto/generation.h"

#include "base/compiler.h"

enum { Q_NOW, Q_RAISE, Q_MAX };

static const char *const sql[] = {
	[Q_NOW] = "SELECT count FROM crypto_generation",
	[Q_RAISE] = "UPDATE crypto_generation SET count = count + 1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements generation_statements = { "crypto/generation", sql, Q_MAX };

int64_t generation_now(struct view *view)
{
	return stmt_one_int(view_query(view, &generation_statements, Q_NOW), 0);
}

void generation_raise(struct turn *turn)
{
	(void)stmt_run(turn_query(turn, &generation_statements, Q_RAISE));
}
