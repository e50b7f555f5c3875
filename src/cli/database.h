/*
 * The database of a config, opened by a tool beside or without the daemon.
 */
#ifndef ROTONDE_CLI_DATABASE_H
#define ROTONDE_CLI_DATABASE_H

#include "base/compiler.h"
#include "config/config.h"
#include "store/turn.h"

struct store;

/* The database in the config's data folder; NULL with a message on stderr when there is none or it cannot be used. */
struct store *database_open(const struct config *config) MUST_CHECK;

/* The same, made when it is not there yet. */
struct store *database_create(const struct config *config) MUST_CHECK;

/* The data folder for us alone, made when it is not there; the descriptor holds it. -1 with a message when the daemon runs. */
int database_lock(const struct config *config) MUST_CHECK;

/*
 * A database that goes on as somebody else: another device, or an older copy. Transaction ids begin anew, and what was
 * not said yet is left for a human, for it may have been (STYLE section 11.6). How many messages those are.
 */
int64_t database_begin_epoch(struct turn *turn, const char *why);

/* The same, of any file. */
struct store *database_open_at(const char *path) MUST_CHECK;

#endif
