/*
 * `rotonde explain`: how one message is understood, as one JSON object. The budget of the config is
 * put into a database in memory, so that a receipt finds its line; nothing is stored.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "base/log.h"
#include "budget/import.h"
#include "cli/commands.h"
#include "cli/explain.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "engine/engine.h"
#include "people/people.h"
#include "store/turn_owner.h"

static void fill(struct turn *turn, void *context)
{
	const struct config *config = context;

	people_import(turn, config);
	(void)budget_import(turn, config);
}

static struct store *open_in_memory(struct config *config)
{
	struct store *store;
	const char *why = "";

	if (store_open(":memory:", engine_statements(), &store, &why) != STORE_OPENED || turn_run(store, 0, fill, config) != TURN_COMMITTED)
		die("a database in memory: %s", why);
	return store;
}

static void print(const struct explain_place *place, const char *text)
{
	AUTO_JSON json = explain_message(place, text);

	(void)puts(json_print(view_arena(place->view), json));
}

/* The first group of a core; a config without any has its coordinators. */
static const char *usual_group(const struct config *config)
{
	for (size_t i = 0; i < config->groups_len; i++) {
		if (config->groups[i].kind == GROUP_KIND_CORE)
			return config->groups[i].slug;
	}
	return config->groups[0].slug;
}

static int explain(const struct setup *setup, const char *group_name, int64_t now_ms, const char *text)
{
	struct store *store = open_in_memory(setup->config);
	struct view *view = view_open(store, now_ms);
	int end = CLI_GOOD;
	struct group group;

	if (group_find(view, group_name ? group_name : usual_group(setup->config), &group)) {
		print(&(struct explain_place){ &setup->house, view, &group, now_ms }, text);
	} else {
		(void)fprintf(stderr, "rotonde: --group: found \"%s\", expected a group of the config, like kruitberg\n", group_name);
		end = CLI_USAGE;
	}
	view_close(view);
	store_close(store);
	return end;
}

static int explain_run(int argc, char **argv)
{
	int64_t now_ms = clock_now_ms(&clock_system);
	struct options options;
	struct setup setup;
	int end;

	if (!options_parse(argc, argv, &options) || options.rest_len != 1 || options.data || options.script || options.head || options.clock_file)
		return cli_usage(&cli_explain);
	log_set_level(LOG_LEVEL_ERROR);
	if (!setup_open(&setup, options.config, CONFIG_FOR_CONSOLE))
		return CLI_NO;
	if (options.language && !setup_speak(&setup, options.language)) {
		(void)fprintf(stderr, "rotonde: --lang: found \"%s\", expected nl or en\n", options.language);
		end = CLI_USAGE;
	} else if (options.now && !setup_parse_time(&setup, options.now, &now_ms)) {
		(void)fprintf(stderr, "rotonde: --now: found \"%s\", expected a time like 2022-06-14T09:00\n", options.now);
		end = CLI_USAGE;
	} else {
		end = explain(&setup, options.group, now_ms, options.rest[0]);
	}
	setup_close(&setup);
	return end;
}

const struct cli_command cli_explain = {
	.name = "explain",
	.usage = "[-c FILE] [--now TIME] [--group NAME] [--lang nl|en] TEXT",
	.summary = "How a message would be understood, as JSON; nothing is stored.",
	.daemon = CLI_DAEMON_EITHER,
	.run = explain_run,
};
