/*
 * `rotonde check`: read the config, the budget and the words, and tell every error with its place.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "budget/import.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "engine/engine.h"
#include "store/turn_owner.h"

static void print_difference(struct arena *arena, const struct budget_difference *difference)
{
	const char *where = difference->mark.file ? config_mark_format(arena, difference->mark) : "the books";
	const char *name = arena_printf(arena, "\"%s\" of %s", difference->name, difference->owner_slug);

	switch (difference->kind) {
	case BUDGET_DIFFERENCE_NEW:
		(void)printf("%s: %s is not in the books\n", where, name);
		return;
	case BUDGET_DIFFERENCE_GONE:
		(void)printf("%s: %s is not in the budget file any more\n", where, name);
		return;
	case BUDGET_DIFFERENCE_AMOUNT:
		(void)printf("%s: %s has EUR %s here and EUR %s in the books\n", where, name, cents_format_csv(arena, difference->in_file),
		             cents_format_csv(arena, difference->in_books));
		return;
	case BUDGET_DIFFERENCE_KIND:
		(void)printf("%s: %s is another kind of line in the books\n", where, name);
		return;
	}
}

/* Where the budget file and the books disagree: the books win until people decide otherwise. */
static bool print_differences(const struct config *config, struct store *store)
{
	struct view *view = view_open(store, clock_now_ms(&clock_system));
	size_t len;
	struct budget_difference *differences = budget_differences(view, config, &len);

	for (size_t i = 0; i < len; i++)
		print_difference(view_arena(view), &differences[i]);
	view_close(view);
	return len > 0;
}

static int check(const struct config *config)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	struct store *store = NULL;
	bool differs = false;

	(void)fputs(config_explain(arena, config), stdout);
	if (access(engine_database_path(arena, config->data), F_OK) == 0) {
		store = database_open(config);
		if (!store)
			return CLI_NO;
		differs = print_differences(config, store);
		store_close(store);
	}
	(void)puts(differs ? "The config reads well, but the budget file is not what was imported; the books stay as they are." : "All is well.");
	return differs ? CLI_NO : CLI_GOOD;
}

static int check_run(int argc, char **argv)
{
	struct options options;
	struct setup setup;
	int end;

	if (!options_parse(argc, argv, &options) || !options.config || options.rest_len)
		return cli_usage(&cli_check);
	log_set_level(LOG_LEVEL_ERROR);
	if (!setup_open(&setup, options.config, CONFIG_FOR_SERVER))
		return CLI_NO;
	end = check(setup.config);
	setup_close(&setup);
	return end;
}

const struct cli_command cli_check = {
	.name = "check",
	.usage = "-c FILE",
	.summary = "Read config, budget and words; every error with file:line:column.",
	.daemon = CLI_DAEMON_EITHER,
	.run = check_run,
};
