#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/log.h"
#include "store/store_internal.h"
#include "store/turn_owner.h"

enum { TURN_CEILING = 256 * 1024 * 1024, BUSY_MS = 5000 };

bool store_is_trouble(int result)
{
	switch (result & 0xff) {
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN: /* the WAL or its index found no room for a new file */
		return true;
	default:
		return false;
	}
}

enum store_verdict store_verdict_of(int result)
{
	switch (result & 0xff) {
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return STORE_CORRUPT;
	case SQLITE_FULL:
	case SQLITE_IOERR:
		return STORE_FULL;
	default:
		return STORE_UNREADABLE;
	}
}

void store_judge(struct store *store, int result, const char *what)
{
	int extended = sqlite3_extended_errcode(store->db);

	if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE)
		return;
	if (store_is_trouble(result) && store->in_turn) {
		log_error("store.trouble", "code=%d why=\"%s\"", extended, sqlite3_errmsg(store->db));
		longjmp(store->turn.trouble, 1);
	}
	if ((result & 0xff) == SQLITE_CORRUPT || (result & 0xff) == SQLITE_NOTADB)
		die("the database is damaged (%s). Stop the service, keep the file, and run 'rotonde restore' with the last backup.",
		    sqlite3_errmsg(store->db));
	die("SQL failed: %s (%d): %s", sqlite3_errmsg(store->db), extended, what);
}

void store_frame(struct store *store, enum frame frame)
{
	static const char *const sql[] = {
		[FRAME_LOOK] = "BEGIN",
		[FRAME_BEGIN] = "BEGIN IMMEDIATE",
		[FRAME_COMMIT] = "COMMIT",
		[FRAME_SAVEPOINT] = "SAVEPOINT message",
		[FRAME_ROLLBACK] = "ROLLBACK TO message",
		[FRAME_RELEASE] = "RELEASE message",
	};
	sqlite3_stmt **handle = &store->frames[frame];
	int result = *handle ? SQLITE_OK : sqlite3_prepare_v3(store->db, sql[frame], -1, SQLITE_PREPARE_PERSISTENT, handle, NULL);

	if (result == SQLITE_OK) {
		(void)sqlite3_step(*handle);
		result = sqlite3_reset(*handle);
	}
	store_judge(store, result, sql[frame]);
}

/* A write outside turn_run() becomes a rollback, in tests and in production. */
static int guard_commit(void *context)
{
	const struct store *store = context;

	return store->committing ? 0 : 1;
}

static enum store_verdict configure(sqlite3 *db, const char **ret_why)
{
	static const char *const pragmas[] = {
		"PRAGMA journal_mode = WAL",
		"PRAGMA synchronous = FULL",
		"PRAGMA foreign_keys = ON",
		/* What is erased is overwritten, not only marked as free (docs/PRIVACY.md). */
		"PRAGMA secure_delete = ON",
		"PRAGMA trusted_schema = OFF",
		"PRAGMA cache_size = -512",
		/* Sorting and savepoints write no files: looking never fails on a full disk. */
		"PRAGMA temp_store = MEMORY",
		"PRAGMA journal_size_limit = 4194304",
	};

	for (size_t i = 0; i < ARRAY_LEN(pragmas); i++) {
		int result = sqlite3_exec(db, pragmas[i], NULL, NULL, NULL);

		if (result == SQLITE_OK)
			continue;
		*ret_why = sqlite3_errstr(result);
		return store_verdict_of(result);
	}
	return STORE_OPENED;
}

/* Places for the statements of every room; each is prepared when it is first asked for. */
static void make_room(struct store *store, const struct statements *const *rooms)
{
	size_t count = 0;

	while (rooms[count])
		count++;
	store->rooms = xcalloc(count, sizeof *store->rooms);
	store->rooms_len = count;
	for (size_t i = 0; i < count; i++) {
		store->rooms[i].room = rooms[i];
		store->rooms[i].stmts = xcalloc(rooms[i]->len, sizeof *store->rooms[i].stmts);
	}
}

enum store_verdict store_open(const char *path, const struct statements *const *rooms, struct store **ret_store, const char **ret_why)
{
	enum store_verdict verdict;
	struct store *store;
	sqlite3 *db;

	/* One thread: no mutex around every call. Only before the first database of a process is it heard. */
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK) {
		*ret_why = strerror(sqlite3_system_errno(db));
		(void)sqlite3_close(db);
		return STORE_UNREADABLE;
	}
	(void)sqlite3_extended_result_codes(db, 1);
	(void)sqlite3_busy_timeout(db, BUSY_MS);
	/* Look before touching: a file that is not ours, or newer, keeps every byte, also of a WAL that a crash left. */
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	verdict = migrate_inspect(db, ret_why);
	if (verdict == STORE_OPENED) {
		(void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
		verdict = configure(db, ret_why);
	}
	if (verdict == STORE_OPENED)
		verdict = migrate(db, ret_why);
	if (verdict != STORE_OPENED) {
		(void)sqlite3_close(db);
		return verdict;
	}
	store = xcalloc(1, sizeof *store);
	store->db = db;
	store->turn_arena = arena_create_secret(TURN_CEILING);
	make_room(store, rooms);
	(void)sqlite3_commit_hook(db, guard_commit, store);
	*ret_store = store;
	return STORE_OPENED;
}

static void finalize_statements(struct store *store)
{
	for (size_t i = 0; i < store->rooms_len; i++) {
		for (size_t j = 0; j < store->rooms[i].room->len; j++) {
			(void)sqlite3_finalize(store->rooms[i].stmts[j].handle);
			store->rooms[i].stmts[j].handle = NULL;
		}
	}
}

void store_rest(struct store *store)
{
	INVARIANT(!store->in_turn && !store->view);
	finalize_statements(store);
	(void)sqlite3_db_release_memory(store->db);
}

void store_close(struct store *store)
{
	if (!store)
		return;
	INVARIANT(!store->in_turn && !store->view);
	finalize_statements(store);
	for (size_t i = 0; i < store->rooms_len; i++)
		free(store->rooms[i].stmts);
	free(store->rooms);
	for (size_t i = 0; i < FRAME_MAX; i++)
		(void)sqlite3_finalize(store->frames[i]);
	arena_destroy(store->turn_arena);
	if (sqlite3_close(store->db) != SQLITE_OK)
		die("closing the database: %s", sqlite3_errmsg(store->db));
	free(store);
}

static bool database_is_sound(sqlite3 *db)
{
	sqlite3_stmt *check;
	bool sound = false;

	if (sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &check, NULL) != SQLITE_OK)
		return false;
	if (sqlite3_step(check) == SQLITE_ROW)
		sound = strcmp((const char *)sqlite3_column_text(check, 0), "ok") == 0;
	(void)sqlite3_finalize(check);
	return sound;
}

bool store_is_sound(struct store *store)
{
	return database_is_sound(store->db);
}

int store_backup(struct store *store, const char *path, const char **ret_why)
{
	sqlite3_backup *backup;
	sqlite3 *copy;
	int result;

	*ret_why = "cannot create the copy";
	if (access(path, F_OK) == 0)
		return -EEXIST;
	result = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	backup = result == SQLITE_OK ? sqlite3_backup_init(copy, "main", store->db, "main") : NULL;
	if (backup) {
		result = sqlite3_backup_step(backup, -1);
		(void)sqlite3_backup_finish(backup);
	}
	if (backup && result == SQLITE_DONE) {
		/* A backup is one file: no WAL beside it. */
		result = sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
		if (result == SQLITE_OK && !database_is_sound(copy))
			result = SQLITE_CORRUPT;
	} else if (result == SQLITE_OK) {
		result = SQLITE_ERROR;
	}
	(void)sqlite3_close(copy);
	if (result == SQLITE_OK)
		return 0;
	*ret_why = sqlite3_errstr(result);
	(void)unlink(path);
	return -EIO;
}
