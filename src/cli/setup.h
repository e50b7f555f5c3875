/*
 * What subcommands need before they can begin: the config read and its errors shown, the house
 * (config, words, zone) put together.
 */
#ifndef ROTONDE_CLI_SETUP_H
#define ROTONDE_CLI_SETUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "config/config.h"
#include "people/house.h"

struct options;

struct setup {
	struct config *config;
	struct catalogue *catalogue;
	struct zone *zone;
	struct house house; /* the three above */
};

/* The config at path, or the built-in K-buurt when path is NULL. False when it has errors: they are on stderr. */
bool setup_open(struct setup *setup, const char *path, enum config_use use) MUST_CHECK;

/* For tools that look into a database: the config of -c FILE, or the K-buurt with the folder of --data. */
bool setup_for_tool(struct setup *setup, const struct options *options) MUST_CHECK;
void setup_close(struct setup *setup);

/* Every group speaks this language ("nl", "en"). False when there is no such language. */
bool setup_speak(struct setup *setup, const char *language) MUST_CHECK;

/* "2022-06-15T19:00" or "2022-06-15T19:00:30" in the setup's zone. */
bool setup_parse_time(const struct setup *setup, const char *text, int64_t *ret_ms) MUST_CHECK;

#endif
