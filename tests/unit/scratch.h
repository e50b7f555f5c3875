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

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/file.h"
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

/* The file of a database that nothing has happened to: made once, then copied, since to make one is a third of the work of most tests. */
static inline void scratch_fresh_file(struct scratch *scratch)
{
	static struct buf fresh;
	AUTO_FD fd = -1;

	if (!fresh.data) {
		scratch_open_store(scratch);
		store_close(scratch->store);
		buf_init(&fresh, 16 * 1024 * 1024);
		if (file_read(scratch->path, &fresh) < 0)
			die("%s cannot be read", scratch->path);
		return;
	}
	fd = open(scratch->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || file_write_all(fd, fresh.data, fresh.len) < 0)
		die("%s cannot be written", scratch->path);
}

static inline void scratch_open(struct scratch *scratch, const struct statements *const *rooms)
{
	*scratch = (struct scratch){ .rooms = rooms, .now_ms = SCRATCH_NOW_MS };
	test_folder_make(scratch->folder);
	snprintf(scratch->path, sizeof scratch->path, "%s/rotonde.db", scratch->folder);
	scratch_fresh_file(scratch);
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
