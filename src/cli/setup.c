#include "cli/setup.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "cli/options.h"
#include "command/command.h"
#include "config/errors.h"
#include "text/message.h"
#include "text/zone.h"

/* What only the command table knows: whether the commands under `trust:` exist. */
static void check_trusts(const struct config *config, struct config_errors *errors)
{
	for (size_t i = 0; i < config->trusts_len; i++) {
		const struct config_trust *trust = &config->trusts[i];
		size_t j = 0;

		while (commands[j] && !str_equal(commands[j]->name, trust->command))
			j++;
		if (!commands[j])
			config_errors_add(errors, trust->mark, "found %s, expected a command that !help tells of", config_shown(errors->arena, trust->command));
	}
}

static struct config *load(const char *path, enum config_use use)
{
	struct config_errors errors;
	struct config *config;

	if (!path)
		return config_builtin();
	config_errors_init(&errors);
	config = config_load(path, use, &errors);
	if (config)
		check_trusts(config, &errors);
	if (errors.len) {
		config_destroy(config);
		config = NULL;
	}
	if (!config) {
		AUTO_ARENA arena = arena_create(1024 * 1024);

		(void)fputs(config_errors_format(arena, &errors), stderr);
	}
	config_errors_release(&errors);
	return config;
}

bool setup_open(struct setup *setup, const char *path, enum config_use use)
{
	*setup = (struct setup){ .config = load(path, use) };
	if (!setup->config)
		return false;
	setup->zone = zone_open(setup->config->neighbourhood.zone);
	INVARIANT(setup->zone);
	setup->catalogue = catalogue_create();
	setup->house = (struct house){ setup->config, setup->catalogue, setup->zone };
	return true;
}

bool setup_for_tool(struct setup *setup, const struct options *options)
{
	if (!setup_open(setup, options->config, CONFIG_FOR_SERVER))
		return false;
	if (options->data)
		setup->config->data = arena_dup(setup->config->arena, options->data);
	return true;
}

void setup_close(struct setup *setup)
{
	catalogue_destroy(setup->catalogue);
	zone_close(setup->zone);
	config_destroy(setup->config);
	*setup = (struct setup){ 0 };
}

bool setup_speak(struct setup *setup, const char *language)
{
	enum language chosen;

	if (!language_parse(language, &chosen))
		return false;
	config_speak(setup->config, chosen);
	return true;
}

bool setup_parse_time(const struct setup *setup, const char *text, int64_t *ret_ms)
{
	struct wall wall;
	int64_t ms;

	if (!wall_parse(text, &wall) || zone_instant(setup->zone, &wall, &ms) == ZONE_IMPOSSIBLE)
		return false;
	*ret_ms = ms;
	return true;
}
