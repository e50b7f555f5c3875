/*
 * The schema grows by numbered SQL files, src/store/migrations/NNNN_name.sql, built into the program.
 * Each is applied in a transaction of its own and never edited after a release. The number of the
 * last one applied stands in PRAGMA user_version.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/embed.h"
#include "base/log.h"
#include "base/str.h"
#include "store/store_internal.h"

#define MIGRATIONS "src/store/migrations/"

/* "Rtnd": other programs' databases are not ours to migrate. */
enum { APPLICATION_ID = 0x52746e64 };

/* The number at the start of the file's name; the list is sorted, so the last is the highest. */
static int migration_number(const struct embedded *file)
{
	return (int)strtol(file->name + strlen(MIGRATIONS), NULL, 10);
}

int store_schema_version(void)
{
	int version = 0;

	for (const struct embedded *file = embedded_files; file->name; file++) {
		if (str_starts(file->name, MIGRATIONS))
			version = migration_number(file);
	}
	return version;
}

static int pragma_int(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt;
	int value = 0;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
		value = sqlite3_column_int(stmt, 0);
	(void)sqlite3_finalize(stmt);
	return value;
}

static int apply(sqlite3 *db, const struct embedded *file)
{
	AUTO_ARENA arena = arena_create(file->len + 4096);
	const char *sql = arena_printf(arena, "BEGIN IMMEDIATE;\n%s\nPRAGMA user_version = %d;\nPRAGMA application_id = %d;\nCOMMIT;", file->data,
	                               migration_number(file), APPLICATION_ID);
	int result = sqlite3_exec(db, sql, NULL, NULL, NULL);

	if (result == SQLITE_OK)
		return result;
	if (!store_is_trouble(result))
		die("%s: %s", file->name, sqlite3_errmsg(db));
	(void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return result;
}

enum store_verdict migrate_inspect(sqlite3 *db, const char **ret_why)
{
	sqlite3_stmt *stmt;
	int result = sqlite3_prepare_v2(db, "SELECT count(*) FROM sqlite_schema", -1, &stmt, NULL);
	bool empty = true;

	if (result == SQLITE_OK)
		result = sqlite3_step(stmt);
	if (result == SQLITE_ROW)
		empty = sqlite3_column_int(stmt, 0) == 0;
	(void)sqlite3_finalize(stmt);
	if (result != SQLITE_ROW) {
		*ret_why = sqlite3_errstr(result);
		return store_verdict_of(result);
	}
	if (!empty && pragma_int(db, "PRAGMA application_id") != APPLICATION_ID) {
		*ret_why = "this is another program's database";
		return STORE_CORRUPT;
	}
	if (pragma_int(db, "PRAGMA user_version") > store_schema_version()) {
		*ret_why = "the database was written by a newer rotonde; install that one, or restore a backup from before";
		return STORE_NEWER;
	}
	return STORE_OPENED;
}

enum store_verdict migrate(sqlite3 *db, const char **ret_why)
{
	int version = pragma_int(db, "PRAGMA user_version");

	for (const struct embedded *file = embedded_files; file->name; file++) {
		int result;

		if (!str_starts(file->name, MIGRATIONS) || migration_number(file) <= version)
			continue;
		result = apply(db, file);
		if (result != SQLITE_OK) {
			*ret_why = sqlite3_errstr(result);
			return store_verdict_of(result);
		}
		log_info("store.migrated", "to=%d", migration_number(file));
	}
	return STORE_OPENED;
}
