#include "cli/setup.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/die.h"
#include "cli/options.h"
#include "config/errors.h"
#include "text/message.h"
#include "text/zone.h"

static struct config *load(const char *path, enum config_use use)
{
	struct config_errors errors;
	struct config *config;

	if (!path)
		return config_builtin();
	config_errors_init(&errors);
	config = config_load(path, use, &errors);
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
