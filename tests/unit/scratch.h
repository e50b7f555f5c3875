/*
 * A database of one's own for a unit test: a real SQLite file in a folder of its own (unit/folder.h), and
 * turns to work in. Open it in the test's setup and close it in the teardown, so that it also goes after a
 * failing assertion.
 *
 *	static const struct statements *const rooms[] = { &idea_statements, NULL };
 *	scratch_open(&scratch, rooms);
 *	scratch_turn(&scratch, add_two_ideas, &ids);
 *	scratch_reopen(&scratch);
 *	scratch_close(&scratch);
 */
#ifndef ROTONDE_TESTS_SCRATCH_H
#define ROTONDE_TESTS_SCRATCH_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "store/turn_owner.h"
#include "unit/cmocka_all.h"
#include "unit/folder.h"

struct scratch {
	char folder[TEST_FOLDER_MAX];
	char path[64];                          /* the database */
	const struct statements *const *rooms;  /* closed by NULL */
	struct store *store;
	int64_t now_ms;                         /* of the next turn; tests move it as they like */
	bool in_turn;                           /* left inside a turn: an assertion failed there */
};

/* 14 June 2022, 09:00 in Amsterdam. */
#define SCRATCH_NOW_MS INT64_C(1655190000000)

static inline void scratch_open_store(struct scratch *scratch)
{
	const char *why = "";

	if (store_open(scratch->path, scratch->rooms, &scratch->store, &why) != STORE_OPENED)
		die("%s: %s", scratch->path, why);
}

static inline void scratch_open(struct scratch *scratch, const struct statements *const *rooms)
{
	*scratch = (struct scratch){ .rooms = rooms, .now_ms = SCRATCH_NOW_MS };
	test_folder_make(scratch->folder);
	snprintf(scratch->path, sizeof scratch->path, "%s/rotonde.db", scratch->folder);
	scratch_open_store(scratch);
}

static inline void scratch_turn(struct scratch *scratch, void (*work)(struct turn *turn, void *context), void *context)
{
	enum turn_end end;

	scratch->in_turn = true;
	end = turn_run(scratch->store, scratch->now_ms, work, context);
	scratch->in_turn = false;
	assert_int_equal(end, TURN_COMMITTED);
}

/* As after a restart. */
static inline void scratch_reopen(struct scratch *scratch)
{
	store_close(scratch->store);
	scratch_open_store(scratch);
}

static inline void scratch_close(struct scratch *scratch)
{
	static const char *const suffixes[] = { "", "-wal", "-shm" };
	char path[80];

	/* A failed assertion jumped out of the turn: the store stays behind, the report of the failure matters more. */
	if (!scratch->in_turn)
		store_close(scratch->store);
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		snprintf(path, sizeof path, "%s%s", scratch->path, suffixes[i]);
		(void)unlink(path);
	}
	(void)rmdir(scratch->folder);
}

#endif
