#include "matrix/wire_state.h"

#include <string.h>

#include "base/ident.h"
#include "base/json.h"
#include "base/str.h"
#include "matrix/wire_text.h"

enum { CHANNEL_MAX = 200, SETTING_MAX = 100 };

static bool is_own_member(const char *own_id, const struct cJSON *json, const char *membership)
{
	return str_equal(json_str(json, "type"), "m.room.member") && str_equal(json_str(json, "state_key"), own_id) &&
	       str_equal(json_str(json_object(json, "content"), "membership"), membership);
}

bool wire_is_own_join(const char *own_id, bool first, const struct cJSON *json)
{
	const struct cJSON *before;

	if (!is_own_member(own_id, json, "join"))
		return false;
	before = json_object(json_object(json, "unsigned"), "prev_content");
	return first || !str_equal(json_str(before, "membership"), "join");
}

/* A word of the protocol, to be compared and never shown; NULL when there is none that could be one. */
static const char *setting_of(const struct cJSON *content, const char *key)
{
	const char *word = json_str(content, key);

	return word && strlen(word) <= SETTING_MAX ? word : NULL;
}

/* How many; 0 when unsaid, mistyped or less than nothing. */
static int64_t count_of(const struct cJSON *content, const char *key)
{
	int64_t count;

	return json_int(content, key, &count) && count > 0 ? count : 0;
}

static void read_encryption(struct arena *arena, struct wire_state *state, const struct cJSON *json)
{
	const struct cJSON *content = json_object(json, "content");
	const char *algorithm = setting_of(content, "algorithm");
	/* Whatever it says: once there, the room counts as encrypted (MATRIX.md 2.11). */
	struct room_encryption *encryption = arena_new(arena, struct room_encryption);

	encryption->algorithm = algorithm ? arena_dup(arena, algorithm) : "";
	encryption->rotation_ms = count_of(content, "rotation_period_ms");
	encryption->rotation_messages = count_of(content, "rotation_period_msgs");
	state->update->encryption = encryption;
}

/* A level, also as text: rooms before version 10 take both. False when it is neither. */
static bool read_level(const struct cJSON *levels, const char *key, int64_t *ret_level)
{
	const char *text = json_str(levels, key);

	return json_int(levels, key, ret_level) || (text && parse_int64(text, ret_level));
}

static bool may_send(const struct cJSON *levels, const char *own_id, const char *type)
{
	int64_t own = 0, needed = 0;

	if (!read_level(json_object(levels, "users"), own_id, &own))
		(void)read_level(levels, "users_default", &own);
	if (!read_level(json_object(levels, "events"), type, &needed))
		(void)read_level(levels, "events_default", &needed);
	return own >= needed;
}

static void read_rights(struct arena *arena, struct wire_state *state, const struct cJSON *json)
{
	const struct cJSON *levels = json_object(json, "content");
	struct room_rights *rights = arena_new(arena, struct room_rights);

	rights->plain = may_send(levels, state->own_id, "m.room.message");
	rights->sealed = may_send(levels, state->own_id, "m.room.encrypted");
	state->update->rights = rights;
}

static void read_visibility(struct arena *arena, struct wire_state *state, const struct cJSON *json)
{
	const char *visibility = setting_of(json_object(json, "content"), "history_visibility");

	if (visibility)
		state->update->history_visibility = arena_dup(arena, visibility);
}

static const char *server_of(struct arena *arena, const char *user)
{
	return ident_is_user(user) ? arena_dup(arena, ident_server_of(user)) : NULL;
}

static void read_tombstone(struct arena *arena, struct wire_state *state, const struct cJSON *json)
{
	const char *successor = json_str(json_object(json, "content"), "replacement_room");

	if (!ident_is_room(successor))
		return;
	state->update->successor = arena_dup(arena, successor);
	state->update->via = server_of(arena, json_str(json, "sender"));
}

static void read_create(struct arena *arena, struct wire_state *state, const struct cJSON *json)
{
	const char *predecessor = json_str(json_object(json_object(json, "content"), "predecessor"), "room_id");

	if (ident_is_room(predecessor))
		state->update->predecessor = arena_dup(arena, predecessor);
}

static void read_bridge(struct arena *arena, struct wire_state *state, const struct cJSON *json)
{
	const struct cJSON *content = json_object(json, "content");
	const char *bot = json_str(content, "bridgebot");
	const char *channel = json_str(json_object(content, "channel"), "id");

	if (!ident_is_user(bot) || str_empty(channel))
		return;
	state->update->bridge_bot = arena_dup(arena, bot);
	state->update->bridge_channel = wire_name_clean(arena, channel, CHANNEL_MAX);
}

static void read_own_removal(struct arena *arena, struct wire_state *state, const struct cJSON *json, enum membership membership)
{
	const char *sender = json_str(json, "sender");

	state->update->membership = membership;
	state->update->other = ident_is_user(sender) && !str_equal(sender, state->own_id) ? arena_dup(arena, sender) : NULL;
}

/* Who knocks is not in yet, nor asked in. */
static const struct {
	const char *word;
	enum membership membership;
} memberships[] = {
	{ "join", MEMBERSHIP_JOINED }, { "invite", MEMBERSHIP_INVITED }, { "leave", MEMBERSHIP_LEFT },
	{ "ban", MEMBERSHIP_BANNED },  { "knock", MEMBERSHIP_LEFT },
};

static bool membership_of(const struct cJSON *content, enum membership *ret_membership)
{
	const char *word = json_str(content, "membership");

	for (size_t i = 0; i < ARRAY_LEN(memberships); i++) {
		if (str_equal(word, memberships[i].word)) {
			*ret_membership = memberships[i].membership;
			return true;
		}
	}
	return false;
}

static void add_member(struct arena *arena, struct wire_state *state, const struct cJSON *json)
{
	const struct cJSON *content = json_object(json, "content");
	const char *id = json_str(json, "state_key");
	const char *name = json_str(content, "displayname");
	struct wire_member *member;
	enum membership membership;

	if (!ident_is_user(id) || !membership_of(content, &membership))
		return;
	member = arena_new(arena, struct wire_member);
	member->member.id = arena_dup(arena, id);
	member->member.membership = membership;
	member->member.name = name && membership == MEMBERSHIP_JOINED ? wire_name_clean(arena, name, WIRE_NAME_MAX) : "";
	member->next = state->members;
	state->members = member;
	state->members_len++;
}

static void read_member(struct arena *arena, struct wire_state *state, const struct cJSON *json)
{
	struct room_update *update = state->update;

	if (wire_is_own_join(state->own_id, state->first, json)) {
		update->joined_now = true;
		(void)json_int(json, "origin_server_ts", &update->joined_at_ms);
	}
	/* The section of the answer decides whether we are out; the event tells how and by whom. */
	if (update->membership != MEMBERSHIP_JOINED && is_own_member(state->own_id, json, "leave"))
		read_own_removal(arena, state, json, MEMBERSHIP_LEFT);
	if (update->membership != MEMBERSHIP_JOINED && is_own_member(state->own_id, json, "ban"))
		read_own_removal(arena, state, json, MEMBERSHIP_BANNED);
	add_member(arena, state, json);
}

static const struct {
	const char *type;
	bool keyed; /* counts with any state key, else only with the empty one */
	void (*read)(struct arena *arena, struct wire_state *state, const struct cJSON *json);
} readings[] = {
	{ "m.room.member", true, read_member },
	{ "m.room.encryption", false, read_encryption },
	{ "m.room.power_levels", false, read_rights },
	{ "m.room.history_visibility", false, read_visibility },
	{ "m.room.tombstone", false, read_tombstone },
	{ "m.room.create", false, read_create },
	{ "m.bridge", true, read_bridge },
	{ "uk.half-shot.bridge", true, read_bridge },
};

void wire_state_read(struct arena *arena, struct wire_state *state, const struct cJSON *json)
{
	const char *type = json_str(json, "type");
	const char *key = json_str(json, "state_key");

	if (!type || !key)
		return;
	for (size_t i = 0; i < ARRAY_LEN(readings); i++) {
		if (str_equal(type, readings[i].type) && (readings[i].keyed || !*key))
			readings[i].read(arena, state, json);
	}
}

void wire_invite_read(struct arena *arena, struct wire_state *state, const struct cJSON *json)
{
	const char *sender = json_str(json, "sender");

	if (!is_own_member(state->own_id, json, "invite") || !ident_is_user(sender))
		return;
	state->update->other = arena_dup(arena, sender);
	state->update->via = server_of(arena, sender);
	if (json_true(json_object(json, "content"), "is_direct"))
		state->update->direct_with = state->update->other;
}
