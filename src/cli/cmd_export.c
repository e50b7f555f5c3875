/*
 * `rotonde export`: the books as CSV with the photos beside them, for the treasurer and the audit committee.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "budget/export.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "engine/engine.h"
#include "store/turn_owner.h"

static int export(const struct setup *setup, struct store *store, const char *folder)
{
	struct view *view = view_open(store, clock_now_ms(&clock_system));
	struct export_end end;
	int error = export_books(view, setup->config, setup->zone, engine_photos_path(view_arena(view), setup->config->data), folder, &end);

	if (error)
		(void)fprintf(stderr, "rotonde: %s: %s\n", end.path, strerror(-error));
	else
		(void)printf("%s: %" PRId64 " receipts, %" PRId64 " ledger entries, %" PRId64 " photos. Names and photos are in it: keep it safe.\n",
			     folder, end.receipts, end.entries, end.photos);
	if (end.missing)
		(void)fprintf(stderr, "rotonde: %" PRId64 " photos are missing on the disk; run 'rotonde verify'\n", end.missing);
	view_close(view);
	return error || end.missing ? CLI_NO : CLI_GOOD;
}

static int export_run(int argc, char **argv)
{
	struct options options;
	struct setup setup;
	struct store *store;
	int end = CLI_NO;

	if (!options_parse(argc, argv, &options) || options.rest_len != 1 || !options_name_data(&options))
		return cli_usage(&cli_export);
	log_set_level(LOG_LEVEL_ERROR);
	if (!setup_for_tool(&setup, &options))
		return CLI_NO;
	store = database_open(setup.config);
	if (store)
		end = export(&setup, store, options.rest[0]);
	store_close(store);
	setup_close(&setup);
	return end;
}

const struct cli_command cli_export = {
	.name = "export",
	.usage = "-c FILE DIR",
	.summary = "Write receipts.csv, ledger.csv and the photos into DIR.",
	.daemon = CLI_DAEMON_EITHER,
	.run = export_run,
};
