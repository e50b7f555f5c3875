#include "store/turn.h"

#include <sqlite3.h>

#include "store/incident.h"
#include "store/store_internal.h"
#include "store/sync.h"
#include "unit/death.h"
#include "unit/scratch.h"

static const struct statements *const rooms[] = { &incident_statements, &sync_statements, NULL };
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

static size_t open_incidents(void)
{
	struct view *view = view_open(scratch.store, scratch.now_ms);
	size_t len;

	(void)incident_list(view, &len);
	view_close(view);
	return len;
}

static void raise_one(struct turn *turn, void *context)
{
	(void)incident_raise(turn, "test", context, "words");
}

static struct turn *stale;

static void keep_turn(struct turn *turn, void *context)
{
	(void)context;
	stale = turn;
}

/* Whoever kept the turn writes without one. */
static void write_outside(void)
{
	(void)incident_raise(stale, "test", "outside", "words");
}

static void turn__guards__against_writes_outside(void **state)
{
	(void)state;
	scratch_turn(&scratch, keep_turn, NULL);
	expect_death(write_outside);
	assert_int_equal(open_incidents(), 0);
}

static void undo_the_second(struct turn *turn, void *context)
{
	(void)context;
	raise_one(turn, (void *)(uintptr_t)"kept");
	turn_savepoint(turn);
	raise_one(turn, (void *)(uintptr_t)"undone");
	turn_savepoint_rollback(turn);
	turn_savepoint(turn);
	raise_one(turn, (void *)(uintptr_t)"kept as well");
	turn_savepoint_keep(turn);
}

static void turn_savepoint_rollback__undoes__only_what_came_after(void **state)
{
	(void)state;
	scratch_turn(&scratch, undo_the_second, NULL);
	assert_int_equal(open_incidents(), 2);
}

static void set_pages(int64_t pages)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA max_page_count = %lld", (long long)pages);
	assert_int_equal(sqlite3_exec(scratch.store->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void raise_many(struct turn *turn, void *context)
{
	char subject[2000];

	(void)context;
	turn_savepoint(turn);
	for (int i = 0; i < 200; i++) {
		snprintf(subject, sizeof subject, "%d%1900s", i, "");
		raise_one(turn, subject);
	}
	turn_savepoint_keep(turn);
}

static void turn_run__drops__the_turn_on_a_full_disk(void **state)
{
	(void)state;
	scratch_turn(&scratch, raise_one, (void *)(uintptr_t)"before");
	set_pages(1); /* as many as there are */
	assert_int_equal(turn_run(scratch.store, scratch.now_ms, raise_many, NULL), TURN_DROPPED);
	assert_int_equal(open_incidents(), 1);
	set_pages(100000);
	scratch_turn(&scratch, raise_many, NULL);
	assert_int_equal(open_incidents(), 50);
	scratch_reopen(&scratch);
	assert_int_equal(open_incidents(), 50);
}

static void turn_run__drops__the_turn_when_another_holds_the_database(void **state)
{
	sqlite3 *other;

	(void)state;
	assert_int_equal(sqlite3_open(scratch.path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	(void)sqlite3_busy_timeout(scratch.store->db, 1);
	assert_int_equal(turn_run(scratch.store, scratch.now_ms, raise_one, (void *)(uintptr_t)"x"), TURN_DROPPED);
	assert_int_equal(sqlite3_close(other), SQLITE_OK);
	scratch_turn(&scratch, raise_one, (void *)(uintptr_t)"x");
	assert_int_equal(open_incidents(), 1);
}

enum { Q_TWO_ROWS };
static const char *const nested_sql[] = { [Q_TWO_ROWS] = "SELECT 1 UNION SELECT 2" };
static const struct statements nested_statements = { "nested", nested_sql, 1 };
static const struct statements *const nested_rooms[] = { &nested_statements, NULL };

static void nest(void)
{
	struct store *store;
	struct view *view;
	const char *why;

	if (store_open(":memory:", nested_rooms, &store, &why) != STORE_OPENED)
		_exit(1);
	view = view_open(store, 0);
	if (!stmt_step(view_query(view, &nested_statements, Q_TWO_ROWS)))
		_exit(1);
	(void)view_query(view, &nested_statements, Q_TWO_ROWS);
}

static void view_query__dies__when_a_statement_is_being_read(void **state)
{
	(void)state;
	expect_death(nest);
}

static void begin(struct turn *turn, void *context)
{
	(void)context;
	sync_create(turn, "matrix", 7);
	sync_advance(turn, "matrix", NULL, "s1");
	sync_advance(turn, "matrix", "s1", "s2");
}

static void advance_again(struct turn *turn, void *context)
{
	(void)context;
	sync_advance(turn, "matrix", "s1", "s2");
}

static void advance_twice(void)
{
	(void)!turn_run(scratch.store, scratch.now_ms, advance_again, NULL);
}

static void sync_advance__dies__on_a_token_that_is_not_ours(void **state)
{
	struct sync_state sync;
	struct view *view;

	(void)state;
	scratch_turn(&scratch, begin, NULL);
	expect_death(advance_twice);
	view = view_open(scratch.store, scratch.now_ms);
	sync = sync_get(view, "matrix");
	assert_string_equal(sync.token, "s2");
	assert_int_equal(sync.epoch, 7);
	view_close(view);
}

static void store_rest__gives_back__memory_and_nothing_else(void **state)
{
	sqlite3_int64 before;

	(void)state;
	scratch_turn(&scratch, raise_one, (void *)(uintptr_t)"one");
	assert_int_equal(open_incidents(), 1);
	before = sqlite3_memory_used();
	store_rest(scratch.store);
	/* Two statements and a page, at the least. */
	assert_true(sqlite3_memory_used() < before - 8192);
	assert_int_equal(open_incidents(), 1);
	scratch_turn(&scratch, raise_one, (void *)(uintptr_t)"another");
	assert_int_equal(open_incidents(), 2);
}

static void read_serial(struct turn *turn, void *context)
{
	int64_t *ret_serial = context;

	*ret_serial = turn_serial(turn);
	assert_int_equal(turn_serial(turn), *ret_serial);
}

static void turn_serial__is_another__in_every_turn(void **state)
{
	int64_t first, second, restarted;

	(void)state;
	scratch_turn(&scratch, read_serial, &first);
	scratch_turn(&scratch, read_serial, &second);
	scratch_reopen(&scratch);
	scratch_turn(&scratch, read_serial, &restarted);
	assert_int_not_equal(second, first);
	assert_int_not_equal(restarted, first);
	assert_int_not_equal(restarted, second);
}

static void assert_pragma(const char *name, const char *value)
{
	char sql[64];
	sqlite3_stmt *stmt;

	snprintf(sql, sizeof sql, "PRAGMA %s", name);
	assert_int_equal(sqlite3_prepare_v2(scratch.store->db, sql, -1, &stmt, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(stmt, 0), value);
	assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
}

/* MATRIX.md 10.14: with less the last commit may be gone after a power cut, and with it a step of a ratchet. */
static void store_open__survives__a_power_cut(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_pragma("journal_mode", "wal");
		assert_pragma("synchronous", "2"); /* FULL */
		assert_pragma("foreign_keys", "1");
		scratch_reopen(&scratch);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(turn__guards__against_writes_outside, setup, teardown),
		cmocka_unit_test_setup_teardown(turn_savepoint_rollback__undoes__only_what_came_after, setup, teardown),
		cmocka_unit_test_setup_teardown(turn_run__drops__the_turn_on_a_full_disk, setup, teardown),
		cmocka_unit_test_setup_teardown(turn_run__drops__the_turn_when_another_holds_the_database, setup, teardown),
		cmocka_unit_test_setup_teardown(view_query__dies__when_a_statement_is_being_read, setup, teardown),
		cmocka_unit_test_setup_teardown(sync_advance__dies__on_a_token_that_is_not_ours, setup, teardown),
		cmocka_unit_test_setup_teardown(store_rest__gives_back__memory_and_nothing_else, setup, teardown),
		cmocka_unit_test_setup_teardown(turn_serial__is_another__in_every_turn, setup, teardown),
		cmocka_unit_test_setup_teardown(store_open__survives__a_power_cut, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
