/*
 * A dead device leaves no key behind that could be used again: a table that is made later must not be forgotten.
 */
#include "crypto/retire.h"

#include "base/arena.h"
#include "base/str.h"
#include "unit/scratch.h"

static const char *const sql[] = {
	"SELECT name FROM sqlite_schema WHERE type = 'table' AND (name LIKE 'todevice%' OR name LIKE 'channel%' OR name LIKE 'outbound%'"
	" OR name LIKE 'keyring%' OR name LIKE 'inbound%' OR name = 'verification')",
};
static const struct statements schema_statements = { "schema", sql, 1 };
static const struct statements *const rooms[] = { &schema_statements, NULL };

/* Not of the device, but of what others say: they may stay. */
static const char *const kept[] = { "inbound_withheld", "inbound_answer" };

static bool is_emptied(struct arena *arena, const char *table)
{
	const char *statement = arena_printf(arena, "DELETE FROM %s", table);

	for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
		if (str_equal(kept[i], table))
			return true;
	}
	for (size_t i = 0; i < retire_statements.len; i++) {
		if (str_equal(retire_statements.sql[i], statement))
			return true;
	}
	return false;
}

static void look(struct turn *turn, void *context)
{
	struct stmt *q = turn_query(turn, &schema_statements, 0);
	size_t *count = context;

	while (stmt_step(q)) {
		const char *table = stmt_text(q, 0);

		if (!is_emptied(turn_arena(turn), table))
			fail_msg("a retired device leaves rows in %s", table);
		++*count;
	}
}

static void retire__empties__every_table_of_the_device(void **state)
{
	struct scratch scratch;
	size_t count = 0;

	(void)state;
	scratch_open(&scratch, rooms);
	scratch_turn(&scratch, look, &count);
	scratch_close(&scratch);
	assert_true(count > 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(retire__empties__every_table_of_the_device),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
