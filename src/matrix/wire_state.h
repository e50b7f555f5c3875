/*
 * What became of a room: one state event's JSON into the room's share of a batch. Pure.
 */
#ifndef ROTONDE_MATRIX_WIRE_STATE_H
#define ROTONDE_MATRIX_WIRE_STATE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/event.h"

struct cJSON;

/* The members told in one room's share, while they are gathered; the newest first. */
struct wire_member {
	struct member member;
	struct wire_member *next;
};

struct wire_state {
	const char *own_id;
	bool first; /* there was no batch before this one: every join of ours is news */
	struct room_update *update;
	struct wire_member *members;
	size_t members_len;
};

/*
 * Bring update up to date with one state event: encryption, power levels, tombstone, create, bridge, members. What is
 * mistyped is passed over: every reading here is a claim that the config and the engine judge (MATRIX.md 9.5).
 */
void wire_state_read(struct arena *arena, struct wire_state *state, const struct cJSON *json);

/* This is our own entering the room, not a new name of ours. When everything is new (first), a name is an entering too. */
bool wire_is_own_join(const char *own_id, bool first, const struct cJSON *json);

/* An invitation's state, which nobody signed: who invites us, whether to talk alone, and a server to join through. */
void wire_invite_read(struct arena *arena, struct wire_state *state, const struct cJSON *json);

#endif
