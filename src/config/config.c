#include "config/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/str.h"
#include "config/check.h"
#include "config/load.h"
#include "config/sections.h"

enum { CONFIG_BYTES_MAX = 64 * 1024 * 1024 };

#define BUILTIN_FILE "config/k-buurt-2022.yaml"

/* The folder of a path, without its closing slash. */
static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "" : arena_dup_n(arena, path, (size_t)(slash - path));
}

static size_t errors_count(const struct config_errors *errors)
{
	return errors->len + errors->more;
}

struct config *config_from_source(struct arena *arena, const struct source *source, enum source_home home,
	enum config_use use, struct config_errors *errors)
{
	struct config *config = arena_new(arena, struct config);
	struct walk walk = { .arena = arena, .errors = errors, .config = config, .use = use, .home = home };
	size_t before = errors_count(errors);
	const struct node *root = yaml_parse(arena, source, errors);

	if (!root)
		return NULL;
	config->arena = arena;
	config->file = source->file;
	walk.folder = folder_of(arena, source->file);
	sections_read(&walk, root);
	config_check(&walk, root);
	return errors_count(errors) == before ? config : NULL;
}

static struct config *load(const char *path, enum source_home home, enum config_use use, struct config_errors *errors)
{
	AUTO_ARENA arena = arena_create(CONFIG_BYTES_MAX);
	struct config *config = NULL;
	struct source source;

	if (source_read(arena, path, home, &source, errors))
		config = config_from_source(arena, &source, home, use, errors);
	if (config)
		(void)TAKE(arena); /* config->arena owns it now */
	return config;
}

struct config *config_load(const char *path, enum config_use use, struct config_errors *errors)
{
	return load(path, SOURCE_HOME_DISK, use, errors);
}

struct config *config_builtin(void)
{
	struct config_errors errors;
	struct config *config;

	config_errors_init(&errors);
	config = load(BUILTIN_FILE, SOURCE_HOME_PROGRAM, CONFIG_FOR_CONSOLE, &errors);
	if (!config)
		die("the built-in example: %s", errors.items[0]);
	config_errors_release(&errors);
	return config;
}

void config_speak(struct config *config, enum language language)
{
	struct config_group *groups = arena_array(config->arena, struct config_group, config->groups_len);

	config->neighbourhood.language = language;
	for (size_t i = 0; i < config->groups_len; i++) {
		groups[i] = config->groups[i];
		groups[i].language = language;
	}
	config->groups = groups;
}

void config_destroy(struct config *config)
{
	if (config)
		arena_destroy(config->arena);
}

void config_cleanup(struct config **config)
{
	config_destroy(*config);
}

const char *group_kind_format(enum group_kind kind)
{
	static const char *const words[] = {
		[GROUP_KIND_CORE] = "core",
		[GROUP_KIND_COORDINATORS] = "coordinators",
		[GROUP_KIND_AUDIT] = "audit",
		[GROUP_KIND_NEIGHBOURHOOD] = "neighbourhood",
		[GROUP_KIND_PRIVATE] = "private",
	};

	return words[kind];
}

const char *role_format(enum role role)
{
	static const char *const words[] = {
		[ROLE_RESIDENT] = "resident",
		[ROLE_LEAD] = "lead",
		[ROLE_COORDINATOR] = "coordinator",
		[ROLE_TREASURER] = "treasurer",
		[ROLE_AUDITOR] = "auditor",
	};

	INVARIANT(role < ROLE_MAX);
	return words[role];
}

const struct config_core *config_core_find(const struct config *config, const char *slug)
{
	for (size_t i = 0; i < config->budget.cores_len; i++) {
		if (str_equal(config->budget.cores[i].slug, slug))
			return &config->budget.cores[i];
	}
	return NULL;
}

const struct config_group *config_group_find(const struct config *config, const char *slug)
{
	for (size_t i = 0; i < config->groups_len; i++) {
		if (str_equal(config->groups[i].slug, slug))
			return &config->groups[i];
	}
	return NULL;
}

const struct config_group *config_group_of_room(const struct config *config, const char *room)
{
	for (size_t i = 0; i < config->groups_len; i++) {
		if (config->groups[i].room && str_equal(config->groups[i].room, room))
			return &config->groups[i];
	}
	return NULL;
}

const struct config_group *config_group_of_channel(const struct config *config, const char *channel)
{
	for (size_t i = 0; i < config->groups_len; i++) {
		if (config->groups[i].channel && str_equal(config->groups[i].channel, channel))
			return &config->groups[i];
	}
	return NULL;
}

const struct config_group *config_main_group(const struct config *config, const char *core)
{
	for (size_t i = 0; i < config->groups_len; i++) {
		if (config->groups[i].main && str_equal(config->groups[i].core, core))
			return &config->groups[i];
	}
	return NULL;
}

const struct config_person *config_person_of(const struct config *config, const char *mxid)
{
	for (size_t i = 0; i < config->persons_len; i++) {
		for (size_t j = 0; j < config->persons[i].ids_len; j++) {
			if (str_equal(config->persons[i].ids[j], mxid))
				return &config->persons[i];
		}
	}
	return NULL;
}

bool config_is_ghost(const struct config *config, const char *mxid)
{
	static const char *const families[] = { "lid-", "bot-" };
	const char *rest = mxid + 1;
	size_t digits;

	if (*mxid != '@' || !str_starts(rest, config->bridge.ghost_prefix))
		return false;
	rest += strlen(config->bridge.ghost_prefix);
	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		if (str_starts(rest, families[i])) {
			rest += strlen(families[i]);
			break;
		}
	}
	digits = strspn(rest, "0123456789");
	return digits && rest[digits] == ':' && str_equal(rest + digits + 1, config->bridge.ghost_server);
}

const char *config_bridge_bot(const struct config *config, const char *slug)
{
	const struct config_group *group = config_group_find(config, slug);

	return group ? group->bridge_bot : config->bridge.bot;
}

static bool is_among(const char *const *mxids, size_t len, const char *mxid)
{
	for (size_t i = 0; i < len; i++) {
		if (str_equal(mxids[i], mxid))
			return true;
	}
	return false;
}

bool config_is_bot(const struct config *config, const char *mxid)
{
	return is_among(config->bots, config->bots_len, mxid);
}

bool config_may_invite(const struct config *config, const char *mxid)
{
	if (is_among(config->inviters, config->inviters_len, mxid))
		return true;
	for (size_t i = 0; i < config->groups_len; i++) {
		if (config->groups[i].bridge_bot && str_equal(config->groups[i].bridge_bot, mxid))
			return true;
	}
	return false;
}

enum trust config_least_trust(const struct config *config, const char *command, enum trust own)
{
	for (size_t i = 0; i < config->trusts_len; i++) {
		if (str_equal(config->trusts[i].command, command))
			return config->trusts[i].least;
	}
	return own;
}
