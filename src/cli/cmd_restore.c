/*
 * `rotonde restore`: put a backup in the place of the database and photos. What stood there is moved
 * aside, never overwritten. The copy is older than the rooms: it gets a new epoch, so that no
 * transaction id comes twice, and what it had not said yet is left for a human (STYLE section 11.6).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/file.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "crypto/crypto.h"
#include "engine/engine.h"
#include "matrix/matrix.h"
#include "store/blob.h"
#include "store/incident.h"
#include "store/turn_owner.h"
#include "text/zone.h"

static int complain(const char *path, int error)
{
	(void)fprintf(stderr, "rotonde: %s: %s\n", path, strerror(-error));
	return CLI_NO;
}

/* Move DATA/rotonde.db and what SQLite keeps beside it to DATA/replaced-STAMP/. */
static int move_aside(struct arena *arena, const char *data, const char *stamp)
{
	static const char *const names[] = { "rotonde.db", "rotonde.db-wal", "rotonde.db-shm" };
	const char *folder = arena_printf(arena, "%s/replaced-%s", data, stamp);
	int error = file_make_folders(folder);

	for (size_t i = 0; i < ARRAY_LEN(names) && !error; i++) {
		if (rename(arena_printf(arena, "%s/%s", data, names[i]), arena_printf(arena, "%s/%s", folder, names[i])) != 0 && errno != ENOENT)
			error = -errno;
	}
	return error;
}

/* The copy's ratchets were used since; and of the device that is logged in now, nothing is left but its name (MATRIX.md 5.2). */
static void begin_anew(struct turn *turn, void *context)
{
	const char *device = context;

	(void)database_begin_epoch(turn, "restored from a backup: may have been said already");
	incident_clear(turn, OLD_COPY_INCIDENT, "rotonde.db");
	crypto_retire(turn, CRYPTO_PAST_GONE, device);
}

/* The device that is logged in, or NULL. */
static char *find_device(struct arena *arena, const char *data)
{
	const struct matrix_options options = { .session_path = arena_printf(arena, "%s/session.json", data) };
	struct matrix_account account;

	return matrix_stored(&options, arena, &account) == MATRIX_OK ? arena_dup(arena, account.device) : NULL;
}

/* The photos of the backup that are not here yet. */
static int bring_photos(struct store *store, const char *from_folder, const char *to_folder)
{
	struct view *view = view_open(store, clock_now_ms(&clock_system));
	AUTO_ARENA arena = arena_create(64 * 1024);
	size_t len;
	const char **hashes = blob_list(view, &len);
	int error = 0;

	for (size_t i = 0; i < len && !error; i++) {
		const char *to = blob_path(arena, to_folder, hashes[i]);

		if (access(to, F_OK) != 0) {
			error = file_make_folders(arena_printf(arena, "%s/%.2s", to_folder, hashes[i]));
			if (!error)
				error = file_copy_durable(blob_path(arena, from_folder, hashes[i]), to, 0600);
			if (error)
				(void)complain(to, error);
		}
		arena_reset(arena);
	}
	view_close(view);
	return error;
}

/* The backup's copy, ready to run, in a file of its own: what stands there is not touched before this one is good. */
static int make_fresh(struct arena *arena, const char *backup, const char *data, const char *fresh)
{
	static const char *const beside[] = { "", "-wal", "-shm" };
	const char *from = engine_database_path(arena, backup);
	struct store *store;
	int error;

	/* Of a restore that was cut off. */
	for (size_t i = 0; i < ARRAY_LEN(beside); i++)
		(void)unlink(arena_printf(arena, "%s%s", fresh, beside[i]));
	error = file_copy_durable(from, fresh, 0600);
	if (error)
		return complain(from, error);
	store = database_open_at(fresh);
	if (!store)
		return CLI_NO;
	error = !store_is_sound(store) || turn_run(store, clock_now_ms(&clock_system), begin_anew, find_device(arena, data)) == TURN_DROPPED ||
	        bring_photos(store, engine_photos_path(arena, backup), engine_photos_path(arena, data)) != 0;
	store_close(store);
	return error ? CLI_NO : CLI_GOOD;
}

static int restore(const struct setup *setup, const char *backup)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	const char *data = setup->config->data;
	const char *stamp = zone_format_pattern(setup->zone, arena, LANGUAGE_EN, "yMMdd-HHmmss", clock_now_ms(&clock_system));
	const char *to = engine_database_path(arena, data), *fresh = arena_printf(arena, "%s.restoring", to);
	int error;

	if (make_fresh(arena, backup, data, fresh) != CLI_GOOD) {
		(void)unlink(fresh);
		(void)fprintf(stderr, "rotonde: the backup could not be put back; what stands in %s was not touched\n", data);
		return CLI_NO;
	}
	error = move_aside(arena, data, stamp);
	if (!error && rename(fresh, to) != 0)
		error = -errno;
	if (!error)
		error = file_sync_folder_of(to);
	if (error)
		return complain(to, error);
	(void)printf("Restored from %s. What stood here before is in %s/replaced-%s.\n"
	             "A copy cannot go on as the same device: now rotonde verify, then rotonde login -c FILE, then start the daemon.\n",
	             backup, data, stamp);
	return CLI_GOOD;
}

static int restore_locked(const struct setup *setup, const char *backup)
{
	AUTO_FD lock = database_lock(setup->config);

	return lock < 0 ? CLI_NO : restore(setup, backup);
}

static int restore_run(int argc, char **argv)
{
	struct options options;
	struct setup setup;
	int end;

	if (!options_parse(argc, argv, &options) || options.rest_len != 1 || !options_name_data(&options))
		return cli_usage(&cli_restore);
	log_set_level(LOG_LEVEL_ERROR);
	if (!setup_for_tool(&setup, &options))
		return CLI_NO;
	end = restore_locked(&setup, options.rest[0]);
	setup_close(&setup);
	return end;
}

const struct cli_command cli_restore = {
	.name = "restore",
	.usage = "-c FILE BACKUP",
	.summary = "Put a backup back; what stood there is moved aside.",
	.daemon = CLI_DAEMON_DOWN,
	.run = restore_run,
};
