/*
 * `rotonde export`: the books as CSV with the photos beside them, for the treasurer and the audit committee; or, with
 * --sheet, a core's page for the learning session.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "budget/export.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "engine/engine.h"
#include "say/sheet.h"
#include "store/blob.h"
#include "store/turn_owner.h"

static void tell_missing(int64_t missing)
{
	if (missing)
		(void)fprintf(stderr, "rotonde: %" PRId64 " photos are missing on the disk; run 'rotonde verify'\n", missing);
}

static void tell_error(const char *path, int error)
{
	(void)fprintf(stderr, "rotonde: %s: %s\n", path, strerror(-error));
}

static int export_all(const struct setup *setup, struct view *view, const char *folder)
{
	struct export_end end;
	int error = export_books(view, setup->config, setup->zone, engine_photos_path(view_arena(view), setup->config->data), folder, &end);

	if (error)
		tell_error(end.path, error);
	else
		(void)printf("%s: %" PRId64 " receipts, %" PRId64 " ledger entries, %" PRId64 " photos. Names and photos are in it: keep it safe.\n",
			     folder, end.receipts, end.entries, end.photos);
	tell_missing(end.missing);
	return error || end.missing ? CLI_NO : CLI_GOOD;
}

/* ---- the page of a core ---- */

/* The photos first: a page that is there is whole. 0 or a negative errno; *ret_path is what failed. */
static int write_photos(const struct setup *setup, struct view *view, const struct sheet *sheet, const char *folder, int64_t *missing,
			const char **ret_path)
{
	struct arena *arena = view_arena(view);
	const char *photos = engine_photos_path(arena, setup->config->data);

	for (size_t i = 0; i < sheet->photos_len; i++) {
		const char *from = blob_path(arena, photos, sheet->photos[i].blob), *to = arena_printf(arena, "%s/%s", folder, sheet->photos[i].name);
		int error = file_copy_durable(from, to, 0600);

		if (error == -ENOENT) {
			++*missing;
			continue;
		}
		if (error) {
			*ret_path = to;
			return error;
		}
	}
	return 0;
}

static int write_sheet(const struct setup *setup, struct view *view, const struct core *core, const struct sheet *sheet, const char *folder)
{
	const char *path = folder, *page = arena_printf(view_arena(view), "%s/%s.html", folder, core->slug);
	int64_t missing = 0;
	int error = file_make_folders(folder);

	if (!error)
		error = write_photos(setup, view, sheet, folder, &missing, &path);
	if (!error) {
		path = page;
		error = file_write_durable(page, sheet->html.data, sheet->html.len, 0600);
	}
	if (error)
		tell_error(path, error);
	else
		(void)printf("%s: %zu photos beside it. Read it before you pass it on.\n", page, sheet->photos_len);
	tell_missing(missing);
	return error || missing ? CLI_NO : CLI_GOOD;
}

static int export_sheet(const struct setup *setup, struct view *view, const char *slug, const char *folder)
{
	const struct config_group *group = config_main_group(setup->config, slug);
	struct reader reader = { &setup->house, view, NULL, group ? group->language : setup->config->neighbourhood.language };
	struct sheet sheet;
	struct core core;
	int end;

	if (!core_find(view, slug, &core)) {
		(void)fprintf(stderr, "rotonde: %s is not the slug of a core\n", slug);
		return CLI_NO;
	}
	sheet_compose(&reader, &core, &sheet);
	end = write_sheet(setup, view, &core, &sheet, folder);
	buf_release(&sheet.html);
	return end;
}

static int export(const struct setup *setup, struct store *store, const struct options *options)
{
	struct view *view = view_open(store, clock_now_ms(&clock_system));
	const char *folder = options->rest[0];
	int end = options->sheet ? export_sheet(setup, view, options->sheet, folder) : export_all(setup, view, folder);

	view_close(view);
	return end;
}

static int export_run(int argc, char **argv)
{
	struct options options;
	struct setup setup;
	struct store *store;
	int end = CLI_NO;

	if (!options_parse(argc, argv, &options) || options.rest_len != 1 || !options_name_data(&options) || (options.language && !options.sheet))
		return cli_usage(&cli_export);
	log_set_level(LOG_LEVEL_ERROR);
	if (!setup_for_tool(&setup, &options))
		return CLI_NO;
	if (options.language && !setup_speak(&setup, options.language)) {
		setup_close(&setup);
		return cli_usage(&cli_export);
	}
	store = database_open(setup.config);
	if (store)
		end = export(&setup, store, &options);
	store_close(store);
	setup_close(&setup);
	return end;
}

const struct cli_command cli_export = {
	.name = "export",
	.usage = "-c FILE [--sheet CORE [--lang nl|en]] DIR",
	.summary = "Write receipts.csv, ledger.csv and the photos into DIR; with --sheet a core's page for the learning session.",
	.daemon = CLI_DAEMON_EITHER,
	.run = export_run,
};
