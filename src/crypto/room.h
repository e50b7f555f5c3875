/*
 * An encrypted room as far as keys need it: its settings, and who is in it (MATRIX.md 6.1, 6.4, 6.5, 2.11).
 * Encryption is sticky, and settings are only ever taken over when they are stricter. Whoever is in such a room
 * with us is followed (device.h) from the moment a batch names him, so that his devices are known before the
 * first message to him or from him.
 *
 * The server may take the settings back: an m.room.encryption that is gone or emptied. Then the room is `bare`:
 * nothing is said there, neither sealed nor in the clear, until it names an algorithm again (9.13).
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
	bool settings_known;        /* algorithm and history visibility were told, and are not in doubt */
	bool bare;
	bool shared_history;        /* history visibility is shared or world_readable (6.12) */
	bool invited_read;          /* the invited get keys: history is not for the joined only */
	bool members_known;         /* the whole list was fetched, and nothing was missed since */
	int64_t departures;         /* rises when somebody who had keys is out, or may have been: they are to be new ones */
};

/* False when this room was never said to be encrypted. */
bool crypto_room_find(struct view *view, const char *room, struct crypto_room *ret_room) MUST_CHECK;

/* Users who get keys: joined, and invited unless history is for the joined only; without ourselves. By id. */
const char **crypto_room_recipients(struct view *view, const struct crypto_room *room, size_t *ret_len);

/* Somebody wants to speak there: have the members and the settings fetched when they are not known. */
void crypto_room_need(struct turn *turn, const char *room);

void crypto_room_take(struct crypto *crypto, struct turn *turn, const struct room_update *update);

/* We are out: nobody there is followed for its sake, and whoever is in it now may be told nothing we said before. */
void crypto_room_leave(struct turn *turn, const char *room);

bool crypto_room_want_members(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void crypto_room_members_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);
bool crypto_room_want_encryption(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void crypto_room_encryption_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

/* When a room that the server would not tell of may be asked for again; INT64_MAX. */
int64_t crypto_room_next_ms(struct view *view);

#endif
