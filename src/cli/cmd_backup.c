/*
 * `rotonde backup`: a copy of the database and the photos, beside a running daemon. The copy of the
 * database comes first: photos are only ever added, so those it speaks of are all there to copy.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "engine/engine.h"
#include "store/blob.h"
#include "store/turn_owner.h"
#include "text/zone.h"

static int copy_photos(struct store *store, const char *from_folder, const char *to_folder, size_t *ret_copied)
{
	struct view *view = view_open(store, clock_now_ms(&clock_system));
	AUTO_ARENA arena = arena_create(64 * 1024);
	const char **hashes = blob_list(view, ret_copied);
	int error = 0;

	for (size_t i = 0; i < *ret_copied && !error; i++) {
		const char *to = blob_path(arena, to_folder, hashes[i]);

		error = file_make_folders(arena_printf(arena, "%s/%.2s", to_folder, hashes[i]));
		if (!error)
			error = file_copy_durable(blob_path(arena, from_folder, hashes[i]), to, 0600);
		if (error)
			(void)fprintf(stderr, "rotonde: %s: %s\n", to, strerror(-error));
		arena_reset(arena);
	}
	view_close(view);
	return error;
}

static int back_up(const struct setup *setup, struct store *store, const char *where)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	const char *stamp = zone_format_pattern(setup->zone, arena, LANGUAGE_EN, "yMMdd-HHmmss", clock_now_ms(&clock_system));
	const char *folder = arena_printf(arena, "%s/rotonde-%s", where, stamp);
	const char *why = "";
	size_t photos;
	int error = file_make_folders(arena_printf(arena, "%s/photos", folder));

	if (error) {
		(void)fprintf(stderr, "rotonde: %s: %s\n", folder, strerror(-error));
		return CLI_NO;
	}
	if (store_backup(store, engine_database_path(arena, folder), &why) != 0) {
		(void)fprintf(stderr, "rotonde: %s: the database could not be copied: %s\n", folder, why);
		return CLI_NO;
	}
	if (copy_photos(store, engine_photos_path(arena, setup->config->data), engine_photos_path(arena, folder), &photos) != 0)
		return CLI_NO;
	(void)printf("%s: the database and %zu photos. Put it back with: rotonde restore -c FILE %s\n", folder, photos, folder);
	return CLI_GOOD;
}

static int backup_run(int argc, char **argv)
{
	struct options options;
	struct setup setup;
	struct store *store;
	int end = CLI_NO;

	if (!options_parse(argc, argv, &options) || options.rest_len != 1 || !options_name_data(&options))
		return cli_usage(&cli_backup);
	log_set_level(LOG_LEVEL_ERROR);
	if (!setup_for_tool(&setup, &options))
		return CLI_NO;
	store = database_open(setup.config);
	if (store)
		end = back_up(&setup, store, options.rest[0]);
	store_close(store);
	setup_close(&setup);
	return end;
}

const struct cli_command cli_backup = {
	.name = "backup",
	.usage = "-c FILE DIR",
	.summary = "Copy database and photos into a new folder in DIR.",
	.daemon = CLI_DAEMON_EITHER,
	.run = backup_run,
};
