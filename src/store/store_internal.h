/*
 * What stmt.c, turn.c and store.c share and nobody else sees.
 */
#ifndef ROTONDE_STORE_STORE_INTERNAL_H
#define ROTONDE_STORE_STORE_INTERNAL_H

#include <setjmp.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "store/turn_owner.h"

struct stmt {
	sqlite3_stmt *handle;
	const char *room;
	struct view *view; /* whoever asked for it last */
	bool busy;         /* being read: a row stands */
};

struct room_stmts {
	const struct statements *room;
	struct stmt *stmts;
};

struct view {
	struct store *store;
	struct arena *arena;
	int64_t now_ms;
};

struct turn {
	struct view view;
	jmp_buf trouble;
	bool savepoint;
};

/* What frames a turn or a look; there are many of both, so that each is prepared once. */
enum frame {
	FRAME_LOOK,
	FRAME_BEGIN,
	FRAME_COMMIT,
	FRAME_SAVEPOINT,
	FRAME_ROLLBACK,
	FRAME_RELEASE,
	FRAME_MAX
};

struct store {
	sqlite3 *db;
	sqlite3_stmt *frames[FRAME_MAX]; /* NULL until the first is needed */
	struct room_stmts *rooms;
	size_t rooms_len;
	struct arena *turn_arena; /* one turn at a time: reset, not rebuilt */
	struct turn turn;
	uint64_t turns;        /* begun in this process */
	uint64_t first_serial; /* of turn_serial(); 0: not asked for yet */
	struct view *view;
	bool in_turn;
	bool scrub;      /* the journal holds what must go, see turn_scrub() */
	bool committing; /* the commit hook lets only turn_run() through */
};

/* It must succeed: trouble leaves the turn when there is one, all else dies. */
void store_frame(struct store *store, enum frame frame);

/* What an SQLite result means for us: returns for OK, ROW and DONE, leaves the turn on trouble, dies on a bug. */
void store_judge(struct store *store, int result, const char *what);

bool store_is_trouble(int result);

/* What a failure while opening means for who opens. */
enum store_verdict store_verdict_of(int result);

/* Read only: is this our database, readable and not from the future? */
enum store_verdict migrate_inspect(sqlite3 *db, const char **ret_why);

/* Bring the schema of an open database up to date. */
enum store_verdict migrate(sqlite3 *db, const char **ret_why);

#endif
