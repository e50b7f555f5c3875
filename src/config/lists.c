#include "config/lists.h"

#include "base/die.h"
#include "base/str.h"
#include "config/grammar.h"

void read_places(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD_REQUIRED(struct config_place, name, "name", read_text),
		FIELD_LIST(struct config_place, aliases, "aliases", read_texts),
	};
	struct config_place *places;
	size_t room, len = 0;

	if (!walk_list(walk, node, "a list of places, each beginning with \"- name:\"", &room))
		return;
	places = arena_array(walk->arena, struct config_place, room);
	for NODE_EACH (item, node) {
		places[len].mark = item->mark;
		(void)walk_section(walk, item, "a place", fields, ARRAY_LEN(fields), &places[len++]);
	}
	*FIELD_TARGET(const struct config_place *, section, field) = places;
	*FIELD_LEN(section, field) = len;
}

static void read_group_kind(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const enum group_kind kinds[] = {
		GROUP_KIND_CORE, GROUP_KIND_COORDINATORS, GROUP_KIND_AUDIT, GROUP_KIND_NEIGHBOURHOOD,
	};
	const char *words[ARRAY_LEN(kinds)];
	size_t index;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		words[i] = group_kind_format(kinds[i]);
	if (walk_choice(walk, node, words, ARRAY_LEN(words), &index))
		*FIELD_TARGET(enum group_kind, section, field) = kinds[index];
}

static void read_message_type(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const char *const words[] = { "m.text", "m.notice" };
	size_t index;

	if (walk_choice(walk, node, words, ARRAY_LEN(words), &index))
		*FIELD_TARGET(bool, section, field) = index == 0;
}

void read_groups(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD(struct config_group, core, "core", read_slug),
		FIELD(struct config_group, kind, "kind", read_group_kind),
		FIELD(struct config_group, slug, "slug", read_slug),
		FIELD(struct config_group, room, "room", read_room),
		FIELD(struct config_group, channel, "channel", read_channel),
		FIELD(struct config_group, bridged, "bridged", read_bool),
		FIELD(struct config_group, bridge_bot, "bridge_bot", read_mxid),
		FIELD(struct config_group, main, "main", read_bool),
		FIELD(struct config_group, as_text, "message_type", read_message_type),
		FIELD(struct config_group, language, "language", read_language),
	};
	struct config_group *groups;
	size_t room, len = 0;

	if (!walk_list(walk, node, "a list of groups, each beginning with \"- core:\" or \"- kind:\"", &room))
		return;
	groups = arena_array(walk->arena, struct config_group, room);
	for NODE_EACH (item, node) {
		groups[len].mark = item->mark;
		(void)walk_section(walk, item, "a group", fields, ARRAY_LEN(fields), &groups[len++]);
	}
	walk->groups = groups;
	*FIELD_TARGET(const struct config_group *, section, field) = groups;
	*FIELD_LEN(section, field) = len;
}

static void read_person_language(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	((struct config_person *)section)->has_language = true;
	read_language(walk, node, field, section);
}

static void read_roles(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const enum role roles[] = { ROLE_RESIDENT, ROLE_COORDINATOR, ROLE_TREASURER, ROLE_AUDITOR };
	const char *words[ARRAY_LEN(roles)];
	unsigned *target = FIELD_TARGET(unsigned, section, field);
	size_t len, index;

	for (size_t i = 0; i < ARRAY_LEN(roles); i++)
		words[i] = role_format(roles[i]);
	if (!walk_list(walk, node, "a list of roles, such as [coordinator, treasurer]", &len))
		return;
	for NODE_EACH (item, node) {
		if (item->kind == NODE_TEXT && str_equal(item->text, role_format(ROLE_LEAD)))
			walk_wrong(walk, item, "the cores somebody leads under a key of their own, lead: [kruitberg]");
		else if (walk_choice(walk, item, words, ARRAY_LEN(words), &index))
			*target |= 1u << roles[index];
	}
}

void read_persons(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD(struct config_person, name, "name", read_text),
		FIELD(struct config_person, language, "language", read_person_language),
		FIELD_LIST(struct config_person, ids, "ids", read_mxids),
		FIELD(struct config_person, roles, "roles", read_roles),
		FIELD_LIST(struct config_person, leads, "lead", read_slugs),
	};
	struct config_person *persons;
	size_t room = 0, len = 0;

	if (node->kind != NODE_SECTION) {
		walk_wrong(walk, node, "a section with a short name for every person");
		return;
	}
	for NODE_EACH (member, node)
		room++;
	persons = arena_array(walk->arena, struct config_person, room);
	for NODE_EACH (member, node) {
		struct config_person *person = &persons[len++];

		*person = (struct config_person){ .label = member->key, .name = member->key, .mark = member->key_mark };
		if (!slug_is_valid(member->key))
			config_errors_add(walk->errors, member->key_mark, "found %s, expected a short name of a-z, 0-9 and single dashes",
				config_shown(walk->arena, member->key));
		(void)walk_section(walk, member, "a person", fields, ARRAY_LEN(fields), person);
	}
	walk->persons = persons;
	*FIELD_TARGET(const struct config_person *, section, field) = persons;
	*FIELD_LEN(section, field) = len;
}

void read_trusts(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const char *const words[] = { "bridge", "plain", "direct" };
	static const enum trust levels[] = { TRUST_BRIDGE, TRUST_PLAIN, TRUST_DIRECT };
	struct config_trust *trusts;
	size_t room = 0, len = 0, index;

	if (node->kind != NODE_SECTION) {
		walk_wrong(walk, node, "a section of command: bridge, plain or direct");
		return;
	}
	for NODE_EACH (member, node)
		room++;
	trusts = arena_array(walk->arena, struct config_trust, room);
	for NODE_EACH (member, node) {
		if (walk_choice(walk, member, words, ARRAY_LEN(words), &index))
			trusts[len++] = (struct config_trust){ member->key, levels[index], member->key_mark };
	}
	*FIELD_TARGET(const struct config_trust *, section, field) = trusts;
	*FIELD_LEN(section, field) = len;
}
