/*
 * What store_open() does with files that are not quite its own: it looks, says what they are, and
 * leaves every byte.
 */
#include <sqlite3.h>

#include "base/buf.h"
#include "base/file.h"
#include "store/store_internal.h"
#include "store/sync.h"
#include "unit/scratch.h"

static const struct statements *const rooms[] = { &sync_statements, NULL };
static struct scratch scratch;
static char hash[SHA256_HEX_SIZE];

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

/* As another program, or another version of this one, left it. */
static void change(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(scratch.path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void write_file(const char *path, const char *bytes, size_t len)
{
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void close_store(void)
{
	store_close(scratch.store);
	scratch.store = NULL;
}

static void check_refused(enum store_verdict expected)
{
	char after[SHA256_HEX_SIZE];
	struct store *store;
	const char *why = NULL;

	assert_int_equal(file_sha256(scratch.path, hash), 0);
	assert_int_equal(store_open(scratch.path, rooms, &store, &why), expected);
	assert_non_null(why);
	assert_int_equal(file_sha256(scratch.path, after), 0);
	assert_string_equal(after, hash);
}

static void store_open__refuses__a_newer_database(void **state)
{
	(void)state;
	close_store();
	change("PRAGMA user_version = 99999");
	check_refused(STORE_NEWER);
}

/* A crash left changes in the WAL: they must not be folded into the file by looking at it. */
static void store_open__leaves__the_wal_of_a_newer_database(void **state)
{
	char wal[80], kept_wal[80], kept[80];
	char before[SHA256_HEX_SIZE], after[SHA256_HEX_SIZE];

	(void)state;
	snprintf(wal, sizeof wal, "%s-wal", scratch.path);
	snprintf(kept, sizeof kept, "%s.kept", scratch.path);
	snprintf(kept_wal, sizeof kept_wal, "%s.kept-wal", scratch.path);
	scratch.store->committing = true;
	assert_int_equal(sqlite3_exec(scratch.store->db, "PRAGMA user_version = 99999", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(file_copy_durable(scratch.path, kept, 0600), 0);
	assert_int_equal(file_copy_durable(wal, kept_wal, 0600), 0);
	close_store();
	assert_int_equal(rename(kept, scratch.path), 0);
	assert_int_equal(rename(kept_wal, wal), 0);
	assert_int_equal(file_sha256(wal, before), 0);
	check_refused(STORE_NEWER);
	assert_int_equal(file_sha256(wal, after), 0);
	assert_string_equal(before, after);
}

static void store_open__refuses__rubbish(void **state)
{
	char rubbish[5000];

	(void)state;
	close_store();
	memset(rubbish, 'x', sizeof rubbish);
	write_file(scratch.path, rubbish, sizeof rubbish);
	check_refused(STORE_CORRUPT);
	write_file(scratch.path, "kort", 4);
	check_refused(STORE_CORRUPT);
}

static void store_open__refuses__another_programs_database(void **state)
{
	(void)state;
	close_store();
	assert_int_equal(unlink(scratch.path), 0);
	change("CREATE TABLE recept (naam TEXT)");
	check_refused(STORE_CORRUPT);
}

static void store_open__tells__a_folder_that_is_not_there(void **state)
{
	struct store *store;
	const char *why = NULL;

	(void)state;
	assert_int_equal(store_open("/nonexistent/rotonde.db", rooms, &store, &why), STORE_UNREADABLE);
	assert_non_null(why);
}

/* Cut off between two migrations, or in the middle of one: the next start does the rest. */
static void migrate__goes_on__where_it_was_interrupted(void **state)
{
	AUTO_BUF sql = { 0 };
	struct store *store;
	const char *why;

	(void)state;
	close_store();
	assert_int_equal(unlink(scratch.path), 0);
	buf_init(&sql, 1024 * 1024);
	assert_int_equal(file_read("src/store/migrations/0001_turn.sql", &sql), 0);
	assert_true(buf_add_text(&sql, "PRAGMA user_version = 1; PRAGMA application_id = 0x52746e64;"));
	change(sql.data);
	change("BEGIN; CREATE TABLE person (id INTEGER); ROLLBACK");
	assert_int_equal(store_open(scratch.path, rooms, &store, &why), STORE_OPENED);
	assert_true(store_is_sound(store));
	store_close(store);
	assert_int_equal(store_open(scratch.path, rooms, &scratch.store, &why), STORE_OPENED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(store_open__refuses__a_newer_database, setup, teardown),
		cmocka_unit_test_setup_teardown(store_open__leaves__the_wal_of_a_newer_database, setup, teardown),
		cmocka_unit_test_setup_teardown(store_open__refuses__rubbish, setup, teardown),
		cmocka_unit_test_setup_teardown(store_open__refuses__another_programs_database, setup, teardown),
		cmocka_unit_test_setup_teardown(store_open__tells__a_folder_that_is_not_there, setup, teardown),
		cmocka_unit_test_setup_teardown(migrate__goes_on__where_it_was_interrupted, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
