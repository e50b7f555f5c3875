/*
 * The database of a config, opened by a tool beside or without the daemon.
 */
#ifndef ROTONDE_CLI_DATABASE_H
#define ROTONDE_CLI_DATABASE_H

#include "base/compiler.h"
#include "config/config.h"

struct store;

/* The database in the config's data folder; NULL with a message on stderr when there is none or it cannot be used. */
struct store *database_open(const struct config *config) MUST_CHECK;

/* The same, of any file. */
struct store *database_open_at(const char *path) MUST_CHECK;

#endif
