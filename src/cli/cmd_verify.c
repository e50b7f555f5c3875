/*
 * `rotonde verify`: recompute the books. Exit 0 when every cent and every hash is right.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/file.h"
#include "budget/ledger.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "engine/engine.h"
#include "store/blob.h"
#include "store/turn_owner.h"

/* Photos the database speaks of that are not on the disk, or whose bytes are not what was stored. */
static size_t check_photos(struct view *view, const char *folder, size_t *ret_len)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	const char **hashes = blob_list(view, ret_len);
	size_t wrong = 0;

	for (size_t i = 0; i < *ret_len; i++) {
		const char *path = blob_path(arena, folder, hashes[i]);
		char hex[SHA256_HEX_SIZE] = "";

		if (file_sha256(path, hex) != 0 || strcmp(hex, hashes[i]) != 0) {
			wrong++;
			(void)printf("photo        %s is %s\n", path, *hex ? "not what was stored" : "missing");
		}
		arena_reset(arena);
	}
	return wrong;
}

static int verify(const struct config *config, struct store *store, const char *head)
{
	struct view *view = view_open(store, clock_now_ms(&clock_system));
	struct arena *arena = view_arena(view);
	struct ledger_report report;
	size_t photos, wrong_photos;

	ledger_verify(view, config->budget.grant, head, &report);
	(void)printf("entries      %" PRId64 "\n", report.entries);
	(void)printf("granted      EUR %s\nspent        EUR %s\n", cents_format_csv(arena, report.granted), cents_format_csv(arena, report.spent));
	(void)printf("head         %s\n", report.head);
	if (report.witnessed)
		(void)printf("witness      the given head is that of entry %" PRId64 "\n", report.witnessed);
	if (report.erased)
		(void)printf("erased       the text of %" PRId64 " entries was erased; their hashes stand\n", report.erased);
	wrong_photos = check_photos(view, engine_photos_path(arena, config->data), &photos);
	(void)printf("photos       %zu\n", photos);
	for (size_t i = 0; i < report.linked_later_len; i++)
		(void)printf("look again   receipt %" PRId64 " was approved by somebody who turned out afterwards to be one with its owner\n", report.linked_later[i]);
	for (size_t i = 0; i < report.findings_len; i++)
		(void)printf("WRONG        %s: %s\n", ledger_finding_subject(arena, &report.findings[i]), report.findings[i].what);
	if (report.more)
		(void)printf("WRONG        and %zu more\n", report.more);
	view_close(view);
	if (!report.entries && !wrong_photos) {
		(void)printf("There is nothing in the books. They begin with the first start: rotonde run -c FILE. Was it started before? Then the last backup has them.\n");
		return CLI_NO;
	}
	if (report.findings_len || wrong_photos) {
		(void)printf("The books are NOT right. Change nothing; compare with the last backup.\n");
		return CLI_NO;
	}
	(void)printf("The books are right.\n");
	return CLI_GOOD;
}

static int verify_run(int argc, char **argv)
{
	struct options options;
	struct setup setup;
	struct store *store;
	int end = CLI_NO;

	if (!options_parse(argc, argv, &options) || !options_name_data(&options) || options.rest_len)
		return cli_usage(&cli_verify);
	log_set_level(LOG_LEVEL_ERROR);
	if (!setup_for_tool(&setup, &options))
		return CLI_NO;
	store = database_open(setup.config);
	if (store)
		end = verify(setup.config, store, options.head);
	store_close(store);
	setup_close(&setup);
	return end;
}

const struct cli_command cli_verify = {
	.name = "verify",
	.usage = "-c FILE [--head HASH]",
	.summary = "Recompute the books, the chain and the photos; --head checks against a printed head.",
	.daemon = CLI_DAEMON_EITHER,
	.run = verify_run,
};
