/*
 * Who owns turns: the engine begins and ends them, everybody else is handed one.
 *
 * turn_run() begins, calls the work, commits. When the disk is full or fails, SQLite may already have
 * thrown the transaction away; the work is then left from wherever it is (longjmp) and turn_run()
 * answers TURN_DROPPED: nothing of the turn happened. So the work keeps what it allocates in the turn's
 * arena; a cleanup attribute on its way out may be skipped, which leaks a little on a full disk and
 * nowhere else. Work must not itself call turn_run().
 *
 * The arena is given back, wiped, when the turn ends either way: keys and plaintext pass through it.
 */
#ifndef ROTONDE_STORE_TURN_OWNER_H
#define ROTONDE_STORE_TURN_OWNER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

struct store;

enum store_verdict {
	STORE_OPENED,
	STORE_NEWER,      /* written by a newer program: refused, untouched */
	STORE_CORRUPT,    /* not a database, or damaged: untouched */
	STORE_FULL,       /* no room on the disk to begin: try again later */
	STORE_UNREADABLE, /* no rights, no folder, no disk */
};

/*
 * Open (or create) the database at path, bring its schema up to date, take in every room's statements.
 * rooms is closed by NULL. *ret_why is a static or errno text for the log.
 */
enum store_verdict store_open(const char *path, const struct statements *const *rooms, struct store **ret_store,
                              const char **ret_why) MUST_CHECK;

/* NULL is fine. */
void store_close(struct store *store);

/*
 * Between turns, after work that is not done every day: give back the statements and pages it used. What is
 * wanted again is prepared and read again.
 */
void store_rest(struct store *store);

/* The schema version this program writes. */
int store_schema_version(void);

enum turn_end {
	TURN_COMMITTED,
	TURN_DROPPED, /* disk full or failing, or another process holds the database: nothing happened */
};

enum turn_end turn_run(struct store *store, int64_t now_ms, void (*work)(struct turn *turn, void *context), void *context) MUST_CHECK;

/* Around one message's domain work: rollback undoes all since the savepoint, keep makes it part of the turn. One at a time. */
void turn_savepoint(struct turn *turn);
void turn_savepoint_rollback(struct turn *turn);
void turn_savepoint_keep(struct turn *turn);

/* A consistent look outside any turn. Its arena dies at view_close(). One at a time, and none while a turn runs. */
struct view *view_open(struct store *store, int64_t now_ms) MUST_CHECK;
void view_close(struct view *view);

/*
 * Copy the whole database, online, to a new file at path (SQLite's backup API), then check the copy.
 * 0, or a negative errno; *ret_why for the log.
 */
int store_backup(struct store *store, const char *path, const char **ret_why) MUST_CHECK;

/* PRAGMA quick_check: true when SQLite finds nothing wrong. */
bool store_is_sound(struct store *store) MUST_CHECK;

#endif
