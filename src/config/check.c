#include "config/check.h"

#include <strings.h>

#include "base/die.h"
#include "base/str.h"
#include "config/grammar.h"

static void report_twice(struct walk *walk, struct config_mark at, const char *what, const char *text, struct config_mark earlier)
{
	config_errors_add(walk->errors, at, "%s: found %s a second time, expected it once: it stands at %s already", what,
		config_shown(walk->arena, text), config_mark_format(walk->arena, earlier));
}

static void check_core_known(struct walk *walk, struct config_mark at, const char *slug)
{
	if (walk->cores_known && !config_core_find(walk->config, slug))
		config_errors_add(walk->errors, at, "found the core %s, expected one of the slugs in the cores file",
			config_shown(walk->arena, slug));
}

/* A kind that is no kind has its error; the group then only looks like a core's. */
static bool kind_is_known(const struct node *item, const struct config_group *group)
{
	const struct node *kind = node_find(item, "kind");

	return !kind || str_equal(kind->text, group_kind_format(group->kind));
}

static void settle_kind(struct walk *walk, const struct node *item, struct config_group *group)
{
	static const char *const core_keys[] = { "core", "main" };

	if (group->kind == GROUP_KIND_CORE) {
		if (group->core)
			check_core_known(walk, walk_mark(item, "core"), group->core);
		else if (!node_find(item, "core") && kind_is_known(item, group))
			config_errors_add(walk->errors, item->mark, "found a group without core, expected core: SLUG or another kind");
	}
	for (size_t i = 0; i < ARRAY_LEN(core_keys) && group->kind != GROUP_KIND_CORE; i++) {
		if (node_find(item, core_keys[i]))
			config_errors_add(walk->errors, walk_mark(item, core_keys[i]),
				"found the key \"%s\" for the %s group, expected it for a core's group only", core_keys[i],
				group_kind_format(group->kind));
	}
	if (!group->slug && !node_find(item, "slug"))
		group->slug = group->kind == GROUP_KIND_CORE ? group->core : group_kind_format(group->kind);
	if (!node_find(item, "language"))
		group->language = walk->config->neighbourhood.language;
}

static void settle_bridge(struct walk *walk, const struct node *item, struct config_group *group)
{
	bool says_bridged = node_find(item, "bridged") != NULL;

	if (says_bridged && !group->bridged && (node_find(item, "channel") || node_find(item, "bridge_bot"))) {
		config_errors_add(walk->errors, walk_mark(item, "bridged"),
			"bridged: found \"false\" for a group with a channel or bridge_bot, expected true or nothing");
		return;
	}
	group->bridged = group->bridged || group->channel || group->bridge_bot;
	if (group->bridged && !node_find(item, "bridge_bot"))
		group->bridge_bot = walk->config->bridge.bot;
	if (group->bridged && !group->bridge_bot && !node_find(item, "bridge_bot") && walk->use == CONFIG_FOR_SERVER)
		config_errors_add(walk->errors, item->mark,
			"found a bridged group without a bridge bot, expected bridge_bot here or bot in bridge");
	if (!node_find(item, "message_type"))
		group->as_text = group->bridged;
}

static void check_room(struct walk *walk, const struct node *item)
{
	bool has_room = node_find(item, "room"), has_channel = node_find(item, "channel");

	if (has_room && has_channel)
		config_errors_add(walk->errors, walk_mark(item, "channel"), "found both room and channel, expected one of them");
	if (walk->use == CONFIG_FOR_SERVER && !has_room && !has_channel)
		config_errors_add(walk->errors, item->mark, "found a group without room, expected room: \"!...\" or channel: ...@g.us");
}

static struct config_mark slug_mark(const struct node *item)
{
	return walk_mark(item, node_find(item, "slug") ? "slug" : "core");
}

/* Two groups may share nothing that tells them apart. */
static void check_apart(struct walk *walk, const struct node *item, const struct config_group *group,
	const struct node *other_item, const struct config_group *other)
{
	if (group->kind != GROUP_KIND_CORE && group->kind == other->kind)
		report_twice(walk, walk_mark(item, "kind"), "kind", group_kind_format(group->kind), walk_mark(other_item, "kind"));
	else if (group->slug && str_equal(group->slug, other->slug))
		report_twice(walk, slug_mark(item), "slug", group->slug, slug_mark(other_item));
	if (group->channel && str_equal(group->channel, other->channel))
		report_twice(walk, walk_mark(item, "channel"), "channel", group->channel, walk_mark(other_item, "channel"));
	if (!group->room || !str_equal(group->room, other->room))
		return;
	if (group->core && other->core && !str_equal(group->core, other->core))
		config_errors_add(walk->errors, walk_mark(item, "room"),
			"room: found %s for the core %s, expected a room of its own: the core %s has it at %s already",
			config_shown(walk->arena, group->room), group->core, other->core,
			config_mark_format(walk->arena, walk_mark(other_item, "room")));
	else
		report_twice(walk, walk_mark(item, "room"), "room", group->room, walk_mark(other_item, "room"));
}

/* Every core with groups has one main group: its only one, or the one that says so. */
static void settle_main(struct walk *walk, const char *core)
{
	struct config_group *only = NULL;
	const struct config_group *main_group = NULL;
	size_t count = 0;

	for (size_t i = 0; i < walk->config->groups_len; i++) {
		struct config_group *group = &walk->groups[i];

		if (!str_equal(group->core, core))
			continue;
		count++;
		only = only ? only : group;
		if (group->main && main_group)
			config_errors_add(walk->errors, group->mark, "found a second main group of %s, expected one: the other stands at %s", core,
				config_mark_format(walk->arena, main_group->mark));
		else if (group->main)
			main_group = group;
	}
	if (count == 1)
		only->main = true;
	else if (count && !main_group)
		config_errors_add(walk->errors, only->mark, "found %zu groups of %s and none that is main, expected main: true in one",
			count, core);
}

/* Without coordinators nobody would hear of trouble. */
static void check_coordinators(struct walk *walk, const struct node *list)
{
	for (size_t i = 0; i < walk->config->groups_len; i++) {
		if (walk->groups[i].kind == GROUP_KIND_COORDINATORS)
			return;
	}
	config_errors_add(walk->errors, list->mark,
		"found no group of kind coordinators, expected one: it is told when something is wrong");
}

static void check_groups(struct walk *walk, const struct node *list)
{
	size_t i = 0;

	for NODE_EACH (item, list) {
		struct config_group *group = &walk->groups[i++];
		size_t j = 0;

		settle_kind(walk, item, group);
		settle_bridge(walk, item, group);
		check_room(walk, item);
		for NODE_EACH (earlier, list) {
			if (earlier == item)
				break;
			check_apart(walk, item, group, earlier, &walk->groups[j++]);
		}
	}
	check_coordinators(walk, list);
	for (i = 0; i < walk->config->budget.cores_len; i++)
		settle_main(walk, walk->config->budget.cores[i].slug);
}

/* After the checks, so that they speak of what the file says: the console names its own rooms. */
static void settle_console(struct walk *walk)
{
	for (size_t i = 0; i < walk->config->groups_len; i++) {
		walk->groups[i].channel = NULL;
		if (walk->groups[i].slug)
			walk->groups[i].room = arena_printf(walk->arena, "!%s:console", walk->groups[i].slug);
	}
	walk->config->homeserver.url = NULL;
	walk->config->homeserver.user = "@rotonde:console";
}

/* One more id beside those of the file. */
static void add_console_id(struct walk *walk, struct config_person *person)
{
	const char **ids = arena_array(walk->arena, const char *, person->ids_len + 1);

	for (size_t i = 0; i < person->ids_len; i++)
		ids[i] = person->ids[i];
	ids[person->ids_len++] = arena_printf(walk->arena, "@%s:console", person->label);
	person->ids = ids;
}

static void check_id(struct walk *walk, const struct node *member, size_t index, size_t id_index)
{
	const struct config_person *person = &walk->persons[index];
	const char *id = person->ids[id_index];
	struct config_mark at = walk_mark(member, "ids");

	if (str_equal(id, walk->config->homeserver.user))
		config_errors_add(walk->errors, at, "ids: found %s, expected a person's: that is the bot itself", config_shown(walk->arena, id));
	for (size_t i = 0; i <= index; i++) {
		const struct config_person *other = &walk->persons[i];
		size_t ids_len = i == index ? id_index : other->ids_len;

		for (size_t j = 0; j < ids_len; j++) {
			if (!str_equal(other->ids[j], id))
				continue;
			config_errors_add(walk->errors, at, "ids: found %s for %s, expected an id of one person: %s has it at %s already",
				config_shown(walk->arena, id), person->label, other->label, config_mark_format(walk->arena, other->mark));
			return;
		}
	}
}

static void check_person(struct walk *walk, const struct node *member, size_t index)
{
	struct config_person *person = &walk->persons[index];

	person->roles |= 1u << ROLE_RESIDENT;
	if (person->leads_len)
		person->roles |= 1u << ROLE_LEAD;
	for (size_t i = 0; i < person->leads_len; i++) {
		check_core_known(walk, walk_mark(member, "lead"), person->leads[i]);
		for (size_t j = 0; j < i; j++) {
			if (str_equal(person->leads[i], person->leads[j]))
				config_errors_add(walk->errors, walk_mark(member, "lead"), "lead: found %s twice, expected it once",
					config_shown(walk->arena, person->leads[i]));
		}
	}
	if (walk->use == CONFIG_FOR_CONSOLE)
		add_console_id(walk, person);
	else if (!node_find(member, "ids") || (node_find(member, "ids")->kind == NODE_LIST && !node_find(member, "ids")->first))
		config_errors_add(walk->errors, member->key_mark, "found no ids of %s, expected at least one", person->label);
	for (size_t i = 0; i < person->ids_len; i++)
		check_id(walk, member, index, i);
}

/* The name or alias under which two places are the same, or NULL. Index 0 is the name. */
static const char *place_word(const struct config_place *place, size_t index)
{
	return index ? place->aliases[index - 1] : place->name;
}

static const char *place_shares(const struct config_place *a, const struct config_place *b)
{
	for (size_t i = 0; i <= a->aliases_len; i++) {
		for (size_t j = 0; j <= b->aliases_len; j++) {
			const char *x = place_word(a, i), *y = place_word(b, j);

			if (x && y && strcasecmp(x, y) == 0)
				return x;
		}
	}
	return NULL;
}

/* Names and aliases of all places together: each means one place. */
static void check_places(struct walk *walk)
{
	const struct config *config = walk->config;

	for (size_t i = 0; i < config->places_len; i++) {
		for (size_t j = 0; j < i; j++) {
			const char *shared = place_shares(&config->places[i], &config->places[j]);

			if (shared)
				report_twice(walk, config->places[i].mark, "place", shared, config->places[j].mark);
		}
	}
}

static bool is_within(int minute, int from, int until)
{
	return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

static void check_hours(struct walk *walk, const struct node *neighbourhood)
{
	const struct config_neighbourhood *hours = &walk->config->neighbourhood;

	if (hours->quiet_from_minute == hours->quiet_until_minute)
		config_errors_add(walk->errors, walk_mark(neighbourhood, "quiet"),
			"quiet: found the same time twice, expected a beginning and an end");
	else if (is_within(hours->day_post_minute, hours->quiet_from_minute, hours->quiet_until_minute))
		config_errors_add(walk->errors, walk_mark(neighbourhood, "day_post"),
			"day_post: found a time within the quiet hours, expected one outside them");
}

/* Ghosts live where their bridge bot lives, which is our own server unless the config says otherwise. */
static void settle_ghosts(struct config *config)
{
	const char *neighbour = config->bridge.bot ? config->bridge.bot : config->homeserver.user;

	config->bridge.ghost_server = neighbour ? mxid_server(neighbour) : "";
}

void config_check(struct walk *walk, const struct node *root)
{
	const struct node *neighbourhood = node_find(root, "neighbourhood"), *groups = node_find(root, "groups");
	const struct node *persons = node_find(root, "persons");
	size_t i = 0;

	if (neighbourhood && neighbourhood->kind == NODE_SECTION)
		check_hours(walk, neighbourhood);
	if (groups && groups->kind == NODE_LIST)
		check_groups(walk, groups);
	if (persons && persons->kind == NODE_SECTION) {
		for NODE_EACH (member, persons)
			check_person(walk, member, i++);
	}
	check_places(walk);
	if (walk->use == CONFIG_FOR_CONSOLE)
		settle_console(walk);
	settle_ghosts(walk->config);
}
