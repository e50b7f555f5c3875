/*
 * Who is in an encrypted room: the one full list of it, and what batches tell since. For room.c.
 */
#ifndef ROTONDE_CRYPTO_ROOM_MEMBERS_H
#define ROTONDE_CRYPTO_ROOM_MEMBERS_H

#include "crypto/crypto_internal.h"

extern const struct statements room_members_statements;

enum members_change {
	MEMBERS_SAME,
	MEMBERS_CHANGED,
	MEMBERS_DEPARTED, /* somebody who was in is out, or was out for a while */
};

struct members_known {
	bool missed; /* we may not know all who were in before (MATRIX.md 6.5) */
	bool listed; /* the whole list was here once: who comes in now is a newcomer */
};

/* What a batch tells. */
enum members_change room_members_take(struct turn *turn, const char *own, const struct room_update *update, struct members_known known)
	MUST_CHECK;

/* The whole list, from a checked answer's chunk; listed: as in struct members_known. */
enum members_change room_members_replace(struct turn *turn, const char *own, const char *room, bool listed, const struct cJSON *chunk)
	MUST_CHECK;

/* crypto_next_newcomer() */
bool room_members_next_newcomer(struct turn *turn, const char **ret_room, const char **ret_user) MUST_CHECK;

/* Nobody of this room is followed for its sake any more. */
void room_members_forget(struct turn *turn, const char *room);

/* Ids of the joined, and of the invited with them; by id. */
const char **room_members_list(struct view *view, const char *room, bool invited, size_t *ret_len);

#endif
