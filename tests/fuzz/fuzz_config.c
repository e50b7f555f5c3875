/*
 * Whatever stands in a config file: it is refused with at least one error that is one line of text, or it is
 * a config that keeps the promises of config.h. The first byte chooses what is read: 'c' the cores
 * CSV, 'b' the budget CSV, 's' the YAML for a server, anything else the YAML for the console.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/str.h"
#include "config/budget.h"
#include "config/config.h"
#include "config/load.h"

enum { ARENA_BYTES = 64 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_errors(const struct config_errors *errors, bool good)
{
	INVARIANT(good == (errors->len == 0) && errors->len <= CONFIG_ERRORS_MAX);
	for (size_t i = 0; i < errors->len; i++) {
		INVARIANT(utf8_valid(errors->items[i], strlen(errors->items[i])));
		for (const char *p = errors->items[i]; *p; p++)
			INVARIANT((unsigned char)*p >= ' ' && *p != 0x7f);
	}
}

static void check_config(struct arena *arena, const struct config *config)
{
	size_t coordinators = 0;

	for (size_t i = 0; i < config->groups_len; i++) {
		const struct config_group *group = &config->groups[i];

		coordinators += group->kind == GROUP_KIND_COORDINATORS;
		INVARIANT(group->slug && !group->room != !group->channel);
		INVARIANT((group->kind == GROUP_KIND_CORE) == (group->core != NULL));
		INVARIANT(config_group_find(config, group->slug) == group);
		INVARIANT(!group->core || config_main_group(config, group->core));
	}
	INVARIANT(coordinators == 1);
	for (size_t i = 0; i < config->persons_len; i++) {
		INVARIANT(config->persons[i].ids_len);
		for (size_t j = 0; j < config->persons[i].ids_len; j++)
			INVARIANT(config_person_of(config, config->persons[i].ids[j]) == &config->persons[i]);
	}
	INVARIANT(!str_empty(config_explain(arena, config)));
}

static bool read_one(struct arena *arena, char what, const struct source *source, struct config_errors *errors)
{
	struct config_core core = { .slug = "kruitberg", .name = "Kruitberg" };
	struct config_budget budget = { .cores = &core, .cores_len = 1 };
	struct config *config;

	switch (what) {
	case 'c':
		return cores_read(arena, source, &budget, errors);
	case 'b':
		return lines_read(arena, source, true, &budget, errors);
	}
	config = config_from_source(arena, source, SOURCE_HOME_PROGRAM, what == 's' ? CONFIG_FOR_SERVER : CONFIG_FOR_CONSOLE, errors);
	if (config)
		check_config(arena, config);
	return config != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create(ARENA_BYTES);
	struct config_errors errors;
	struct source source;
	bool good;

	if (!size || size > SOURCE_BYTES_MAX)
		return 0;
	config_errors_init(&errors);
	good = source_check("fuzz", (const char *)data + 1, size - 1, &source, &errors) &&
		read_one(arena, (char)data[0], &source, &errors);
	check_errors(&errors, good);
	config_errors_release(&errors);
	return 0;
}
