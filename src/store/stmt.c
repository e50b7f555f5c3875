#include "store/stmt.h"

#include <sqlite3.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "store/store_internal.h"

static void prepare(struct store *store, const struct statements *room, size_t index, struct stmt *stmt)
{
	int result = sqlite3_prepare_v3(store->db, room->sql[index], -1, SQLITE_PREPARE_PERSISTENT, &stmt->handle, NULL);

	store_judge(store, result, room->sql[index]);
	stmt->room = room->room;
}

static struct stmt *find(struct view *view, const struct statements *room, size_t index)
{
	struct store *store = view->store;
	struct stmt *stmt;

	for (size_t i = 0; i < store->rooms_len; i++) {
		if (store->rooms[i].room != room)
			continue;
		if (index >= room->len)
			die("%s: statement %zu of %zu", room->room, index, room->len);
		stmt = &store->rooms[i].stmts[index];
		if (!stmt->handle)
			prepare(store, room, index, stmt);
		if (stmt->busy)
			die("%s: statement used while it is being read: %s", room->room, sqlite3_sql(stmt->handle));
		sqlite3_clear_bindings(stmt->handle);
		stmt->view = view;
		return stmt;
	}
	die("%s: these statements were not given to store_open()", room->room);
}

struct stmt *view_query(struct view *view, const struct statements *room, size_t index)
{
	struct stmt *stmt = find(view, room, index);

	if (!sqlite3_stmt_readonly(stmt->handle))
		die("%s: a view may not write: %s", room->room, sqlite3_sql(stmt->handle));
	return stmt;
}

struct stmt *turn_query(struct turn *turn, const struct statements *room, size_t index)
{
	return find(&turn->view, room, index);
}

static void check_bind(struct stmt *stmt, int result)
{
	if (result != SQLITE_OK)
		die("%s: bind: %s: %s", stmt->room, sqlite3_errstr(result), sqlite3_sql(stmt->handle));
}

void stmt_bind_int(struct stmt *stmt, int index, int64_t value)
{
	check_bind(stmt, sqlite3_bind_int64(stmt->handle, index, value));
}

void stmt_bind_text(struct stmt *stmt, int index, const char *text)
{
	check_bind(stmt, sqlite3_bind_text(stmt->handle, index, text, -1, SQLITE_TRANSIENT));
}

void stmt_bind_blob(struct stmt *stmt, int index, const void *bytes, size_t len)
{
	check_bind(stmt, sqlite3_bind_blob64(stmt->handle, index, bytes, len, SQLITE_TRANSIENT));
}

void stmt_bind_null(struct stmt *stmt, int index)
{
	check_bind(stmt, sqlite3_bind_null(stmt->handle, index));
}

void stmt_reset(struct stmt *stmt)
{
	/* The result repeats that of the last step, which was judged there. */
	(void)sqlite3_reset(stmt->handle);
	stmt->busy = false;
}

bool stmt_step(struct stmt *stmt)
{
	int result = sqlite3_step(stmt->handle);

	stmt->busy = result == SQLITE_ROW;
	if (stmt->busy)
		return true;
	stmt_reset(stmt);
	store_judge(stmt->view->store, result, sqlite3_sql(stmt->handle));
	return false;
}

int64_t stmt_int(struct stmt *stmt, int column)
{
	INVARIANT(stmt->busy);
	return sqlite3_column_int64(stmt->handle, column);
}

const char *stmt_text(struct stmt *stmt, int column)
{
	INVARIANT(stmt->busy);
	return arena_dup(stmt->view->arena, (const char *)sqlite3_column_text(stmt->handle, column));
}

size_t stmt_word(struct stmt *stmt, int column, const char *const *words, size_t len)
{
	const char *word;

	INVARIANT(stmt->busy);
	word = (const char *)sqlite3_column_text(stmt->handle, column);
	for (size_t i = 0; i < len; i++) {
		if (str_equal(words[i], word))
			return i;
	}
	die("%s: the database says \"%s\"", stmt->room, word ? word : "nothing");
}

const void *stmt_blob(struct stmt *stmt, int column, size_t *ret_len)
{
	const void *bytes;
	size_t len;
	void *copy;

	INVARIANT(stmt->busy);
	bytes = sqlite3_column_blob(stmt->handle, column);
	len = (size_t)sqlite3_column_bytes(stmt->handle, column);
	copy = arena_alloc(stmt->view->arena, len + 1);
	if (len)
		memcpy(copy, bytes, len);
	*ret_len = len;
	return copy;
}

bool stmt_is_null(struct stmt *stmt, int column)
{
	INVARIANT(stmt->busy);
	return sqlite3_column_type(stmt->handle, column) == SQLITE_NULL;
}

int64_t stmt_one_int(struct stmt *stmt, int64_t when_null)
{
	int64_t value = when_null;

	while (stmt_step(stmt))
		value = stmt_is_null(stmt, 0) ? when_null : stmt_int(stmt, 0);
	return value;
}

const char *stmt_one_text(struct stmt *stmt, const char *when_null)
{
	const char *text = when_null;

	while (stmt_step(stmt))
		text = stmt_is_null(stmt, 0) ? when_null : stmt_text(stmt, 0);
	return text;
}

int64_t stmt_run(struct stmt *stmt)
{
	while (stmt_step(stmt))
		;
	return sqlite3_changes64(stmt->view->store->db);
}

bool stmt_run_unique(struct stmt *stmt)
{
	int result = sqlite3_step(stmt->handle);
	int extended = sqlite3_extended_errcode(stmt->view->store->db);

	stmt_reset(stmt);
	if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
		return false;
	store_judge(stmt->view->store, result, sqlite3_sql(stmt->handle));
	return true;
}

int64_t stmt_insert(struct stmt *stmt)
{
	/* RETURNING would tell it too, by way of a temporary table that costs more than the insertion. */
	return stmt_run(stmt) == 0 ? 0 : sqlite3_last_insert_rowid(stmt->view->store->db);
}
