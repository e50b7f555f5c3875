#include "cli/database.h"

#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "engine/engine.h"
#include "store/turn_owner.h"

struct store *database_open(const struct config *config)
{
	AUTO_ARENA arena = arena_create(64 * 1024);

	return database_open_at(engine_database_path(arena, config->data));
}

struct store *database_open_at(const char *path)
{
	struct store *store = NULL;
	const char *why = "";

	if (access(path, F_OK) != 0) {
		(void)fprintf(stderr, "rotonde: %s: there is no database here yet; start the daemon once: rotonde run -c FILE\n", path);
		return NULL;
	}
	switch (store_open(path, engine_statements(), &store, &why)) {
	case STORE_OPENED:
		return store;
	case STORE_CORRUPT:
		(void)fprintf(stderr,
		              "rotonde: %s: %s\n  Nothing was changed. Keep the file, and put the last backup in its place: rotonde restore -c FILE BACKUP\n",
		              path, why);
		return NULL;
	case STORE_NEWER:
	case STORE_FULL:
	case STORE_UNREADABLE:
		(void)fprintf(stderr, "rotonde: %s: %s\n", path, why);
		return NULL;
	}
	return NULL;
}
