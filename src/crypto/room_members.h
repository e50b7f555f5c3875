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

/* What a batch tells. missed: we may not know all who were in before (MATRIX.md 6.5). */
enum members_change room_members_take(struct turn *turn, const char *own, const struct room_update *update, bool missed) MUST_CHECK;

/* The whole list, from a checked answer's chunk. */
enum members_change room_members_replace(struct turn *turn, const char *own, const char *room, const struct cJSON *chunk) MUST_CHECK;

/* Nobody of this room is followed for its sake any more. */
void room_members_forget(struct turn *turn, const char *room);

/* Ids of the joined, and of the invited with them; by id. */
const char **room_members_list(struct view *view, const char *room, bool invited, size_t *ret_len);

#endif
