/*
 * An encrypted room as far as keys need it: its settings, and who is in it (MATRIX.md 6.1, 6.4, 6.5, 2.11).
 * Encryption is sticky, and settings are only ever taken over when they are stricter.
 */
#ifndef ROTONDE_CRYPTO_ROOM_H
#define ROTONDE_CRYPTO_ROOM_H

#include "crypto/crypto_internal.h"

extern const struct statements crypto_room_statements;

struct crypto_room {
	const char *id;
	const char *algorithm;      /* NULL: not known yet */
	int64_t rotation_ms;
	int64_t rotation_messages;
	bool shared_history;        /* history visibility is shared or world_readable (6.12) */
	bool members_known;         /* the whole list was fetched, and nothing was missed since */
};

/* False when this room was never said to be encrypted. */
bool crypto_room_find(struct view *view, const char *room, struct crypto_room *ret_room) MUST_CHECK;

/* Users who get keys: joined, and invited unless history is for the joined only; without ourselves. By id. */
const char **crypto_room_recipients(struct view *view, const struct crypto_room *room, size_t *ret_len);

/* Somebody wants to speak there: have the members and the settings fetched when they are not known. */
void crypto_room_need(struct turn *turn, const char *room);

void crypto_room_take(struct crypto *crypto, struct turn *turn, const struct room_update *update);

bool crypto_room_want_members(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void crypto_room_members_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);
bool crypto_room_want_encryption(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void crypto_room_encryption_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

#endif
