#include "cli/database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/random.h"
#include "engine/engine.h"
#include "store/incident.h"
#include "store/outbox_owner.h"
#include "store/sync.h"
#include "store/turn_owner.h"

struct store *database_open(const struct config *config)
{
	AUTO_ARENA arena = arena_create(64 * 1024);

	return database_open_at(engine_database_path(arena, config->data));
}

static struct store *open_store(const char *path)
{
	struct store *store = NULL;
	const char *why = "";

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

struct store *database_open_at(const char *path)
{
	if (access(path, F_OK) != 0) {
		(void)fprintf(stderr, "rotonde: %s: there is no database here yet; start the daemon once: rotonde run -c FILE\n", path);
		return NULL;
	}
	return open_store(path);
}

struct store *database_create(const struct config *config)
{
	AUTO_ARENA arena = arena_create(64 * 1024);

	return open_store(engine_database_path(arena, config->data));
}

int database_lock(const struct config *config)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	int error = file_make_folders(config->data);
	int lock = error ? -1 : open(arena_printf(arena, "%s/lock", config->data), O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (lock < 0) {
		(void)fprintf(stderr, "rotonde: %s: %s\n", config->data, strerror(error ? -error : errno));
		return -1;
	}
	if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
		(void)fprintf(stderr, "rotonde: %s: the daemon is running; stop it first: systemctl stop rotonde\n", config->data);
		(void)close(lock);
		return -1;
	}
	return lock;
}

int64_t database_begin_epoch(struct turn *turn, const char *why)
{
	struct sync_state sync;
	uint32_t epoch;
	int64_t parked;

	random_bytes(&epoch, sizeof epoch);
	if (sync_find(turn_view(turn), "matrix", &sync))
		sync_new_epoch(turn, "matrix", (int64_t)epoch);
	parked = outbox_cancel_all(turn, why);
	if (parked)
		(void)incident_note(turn, "restore.parked", "outbox", "Messages that waited were not sent, for they may have been said already; see whether the rooms have them.");
	return parked;
}
