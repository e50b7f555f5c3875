/*
 * The engine: one thread, one wait, turns (STYLE sections 6 and 11). It takes what a transport brings
 * in, has the house decide, and carries what the house says back to the transport.
 *
 *	struct engine *engine = engine_open(&options, &why);
 *	while (engine_step(engine, fds, fds_len, max_wait_ms))
 *		;
 *	engine_close(engine);
 */
#ifndef ROTONDE_ENGINE_ENGINE_H
#define ROTONDE_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/transport.h"
#include "people/house.h"

struct crypto_options;
struct engine;
struct pollfd;
struct statements;

struct engine_options {
	struct house house;
	const char *data;            /* folder for database, photos and the rest; made when absent */
	struct transport *transport; /* owned by the engine from engine_open() on */
	struct clock clock;
	const struct crypto_options *crypto; /* NULL: no encrypted rooms */
};

enum engine_verdict {
	ENGINE_OPENED,
	ENGINE_BUSY,       /* another process runs on this folder */
	ENGINE_NEWER,      /* the database is from a newer program */
	ENGINE_CORRUPT,    /* the database is damaged, or not ours */
	ENGINE_FULL,       /* no room on the disk to begin: try again later */
	ENGINE_KEYS,       /* the keys for encrypted rooms are not those of this database or login */
	ENGINE_UNREADABLE, /* the folder or a file in it cannot be used */
};

/* *ret_why: what stood in the way, for the log and the person at the terminal. */
enum engine_verdict engine_open(const struct engine_options *options, struct engine **ret_engine, const char **ret_why) MUST_CHECK;

/* NULL is fine. Nothing is lost by closing in mid-work. */
void engine_close(struct engine *engine);

enum { ENGINE_FDS_MAX = 4 };

/*
 * Do all that can be done now, then wait for what comes, at most max_wait_ms, and handle it. Descriptors
 * in fds, at most ENGINE_FDS_MAX, end the wait too. False when there is nothing more to do here: the account is gone, or the
 * console's script is over; *engine_stop_reason() tells.
 */
bool engine_step(struct engine *engine, struct pollfd *fds, size_t fds_len, int64_t max_wait_ms);

/* How many turns there were: when it is another number, something happened. */
uint64_t engine_turns(const struct engine *engine);

/* Between steps: give back what only the start needed. */
void engine_rest(struct engine *engine);

const char *engine_stop_reason(const struct engine *engine);

/* The first answer of the server is in: the daemon is ready. */
bool engine_is_connected(const struct engine *engine);

/* Every room's statements, closed by NULL; for tools that open the database without an engine, too. */
const struct statements *const *engine_statements(void);

/* Does a process run on this folder now? */
bool engine_is_running(const char *data);

/* While this incident is open for rotonde.db the database is an older copy of itself, and nothing is said. */
#define OLD_COPY_INCIDENT "database.old_copy"

/* DATA/rotonde.db and DATA/photos, in the arena. */
char *engine_database_path(struct arena *arena, const char *data) MUST_CHECK;
char *engine_photos_path(struct arena *arena, const char *data) MUST_CHECK;

#endif
