/*
 * What a turn erases is not to be found in the files: neither in the database nor in its journal.
 */
#include "unit/scratch.h"

enum { Q_CREATE, Q_SAY, Q_ERASE, Q_MAX };
static const char *const sql[] = {
	[Q_CREATE] = "INSERT INTO incident (kind, subject, detail, lasts, first_at_ms, last_at_ms) VALUES ('test', 'test', 'zwaluwnest', 0, 0, 0)",
	[Q_SAY] = "INSERT INTO incident (kind, subject, detail, lasts, first_at_ms, last_at_ms) VALUES ('other', 'other', 'kwartel', 0, 0, 0)",
	[Q_ERASE] = "DELETE FROM incident WHERE kind = 'test'",
};
static const struct statements scrub_statements = { "scrub", sql, Q_MAX };
static const struct statements *const rooms[] = { &scrub_statements, NULL };

static struct scratch scratch;

static int setup(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	return 0;
}

static bool files_hold(const char *word)
{
	AUTO_BUF bytes = { 0 };
	char journal[80];

	buf_init(&bytes, 64 * 1024 * 1024);
	snprintf(journal, sizeof journal, "%s-wal", scratch.path);
	assert_int_equal(file_read(scratch.path, &bytes), 0);
	assert_int_equal(file_read(journal, &bytes), 0);
	return memmem(bytes.data, bytes.len, word, strlen(word)) != NULL;
}

static void run(struct turn *turn, void *context)
{
	const size_t *query = context;

	(void)stmt_run(turn_query(turn, &scrub_statements, *query));
}

static void erase(struct turn *turn, void *context)
{
	size_t query = Q_ERASE;

	(void)context;
	run(turn, &query);
	turn_scrub(turn);
}

static void turn_scrub__leaves__no_trace_of_what_was_erased(void **state)
{
	size_t create = Q_CREATE, say = Q_SAY;

	(void)state;
	scratch_turn(&scratch, run, &create);
	scratch_turn(&scratch, run, &say);
	assert_true(files_hold("zwaluwnest"));
	scratch_turn(&scratch, erase, NULL);
	assert_false(files_hold("zwaluwnest"));
	assert_true(files_hold("kwartel"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(turn_scrub__leaves__no_trace_of_what_was_erased, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
