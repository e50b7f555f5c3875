#include "matrix/wire_state.h"

#include "base/json.h"
#include "base/str.h"
#include "matrix/ident.h"
#include "matrix/wire_text.h"

enum { CHANNEL_MAX = 200 };

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

static void read_encryption(struct arena *arena, struct wire_state *state, const struct cJSON *json)
{
	(void)arena;
	(void)json;
	/* Whatever it says: once there, the room counts as encrypted (MATRIX.md 2.11). */
	state->update->encrypted = true;
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

static void read_name(struct arena *arena, struct wire_state *state, const struct cJSON *json)
{
	const char *id = json_str(json, "state_key");
	const char *name = json_str(json_object(json, "content"), "displayname");
	struct wire_member *member;

	if (!ident_is_user(id) || !str_equal(json_str(json_object(json, "content"), "membership"), "join"))
		return;
	member = arena_new(arena, struct wire_member);
	member->member.id = arena_dup(arena, id);
	member->member.name = wire_name_clean(arena, name ? name : "", WIRE_NAME_MAX);
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
	read_name(arena, state, json);
}

static const struct {
	const char *type;
	bool keyed; /* counts with any state key, else only with the empty one */
	void (*read)(struct arena *arena, struct wire_state *state, const struct cJSON *json);
} readings[] = {
	{ "m.room.member", true, read_member },
	{ "m.room.encryption", false, read_encryption },
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
}
