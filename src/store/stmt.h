/*
 * Prepared statements. Each room keeps its SQL in one table (STYLE section 7) and offers it as a
 * `struct statements`. A statement is prepared when it is first used; tests/unit/engine/test_plans.c
 * has SQLite read all of them, so that a typo is found without a use (docs/decisions/0008-statements-when-used.md).
 *
 *	struct stmt *q = view_query(v, &idea_statements, Q_IDEA_BY_NUMBER);
 *	stmt_bind_int(q, 1, number);
 *	if (stmt_step(q)) { idea->text = stmt_text(q, 0); stmt_reset(q); }
 *
 * A statement is one object: read its rows to the end (or stmt_reset()) before asking for it again.
 * Using it while it is still being read is a bug and ends the process. Failing SQL is a bug too;
 * a full or failing disk ends the turn (see turn_owner.h), never the caller's reasoning.
 */
#ifndef ROTONDE_STORE_STMT_H
#define ROTONDE_STORE_STMT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"

struct stmt;

struct statements {
	const char *room; /* for error messages: "budget" */
	const char *const *sql;
	size_t len;
};

/* Parameters count from 1, as in ?1. Text is copied; NULL text binds NULL. */
void stmt_bind_int(struct stmt *stmt, int index, int64_t value);
void stmt_bind_text(struct stmt *stmt, int index, const char *text);
void stmt_bind_blob(struct stmt *stmt, int index, const void *bytes, size_t len);
void stmt_bind_null(struct stmt *stmt, int index);

/* The next row, or false at the end; at the end the statement is reset by itself. */
bool stmt_step(struct stmt *stmt) MUST_CHECK;

/* Stop reading before the end. */
void stmt_reset(struct stmt *stmt);

/* Columns of the current row, from 0. Text and blobs are copied into the arena of the turn or view. */
int64_t stmt_int(struct stmt *stmt, int column);
const char *stmt_text(struct stmt *stmt, int column); /* NULL for NULL */
const void *stmt_blob(struct stmt *stmt, int column, size_t *ret_len);
bool stmt_is_null(struct stmt *stmt, int column);

/* The index of a column's word in a table, where NULL is a word too. One that does not stand there is a bug: nobody else writes in our database. */
size_t stmt_word(struct stmt *stmt, int column, const char *const *words, size_t len);

/* Read to the end: the first column of the last row, when_null for NULL or when there is no row. */
int64_t stmt_one_int(struct stmt *stmt, int64_t when_null);
const char *stmt_one_text(struct stmt *stmt, const char *when_null);

/* Run a write to its end; how many rows it changed. */
int64_t stmt_run(struct stmt *stmt);

/* The same, where a UNIQUE or PRIMARY KEY conflict is an answer: false, and nothing changed. */
bool stmt_run_unique(struct stmt *stmt) MUST_CHECK;

/* Run an INSERT of one row; the rowid it was given, 0 when ON CONFLICT DO NOTHING left it out. */
int64_t stmt_insert(struct stmt *stmt);

#endif
