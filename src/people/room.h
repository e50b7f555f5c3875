/*
 * The rooms we know: which group each is, whether we are in it, and from when on what is said there
 * counts. What a room claims about itself (state events) is only believed where the config agrees.
 */
#ifndef ROTONDE_PEOPLE_ROOM_H
#define ROTONDE_PEOPLE_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/event.h"
#include "config/config.h"
#include "store/turn.h"

extern const struct statements room_statements;

struct room {
	const char *id;
	int64_t group;        /* 0: none of the config's */
	enum membership membership;
	bool encrypted;
	bool forbids_plain;   /* its power levels do not let us speak in the clear ... */
	bool forbids_sealed;  /* ... or encrypted */
	int64_t live_from_ms; /* 0: not live: all is history */
	bool introduced;
	const char *bridge_bot;
	const char *bridge_channel;
	const char *successor;
};

bool room_find(struct view *view, const char *id, struct room *ret_room) MUST_CHECK;

struct room room_get(struct view *view, const char *id);

/* Every room we are or were in, with group and name order. */
struct room *room_list(struct view *view, size_t *ret_len);

/* Take over what a batch tells about a room, make the row when it is new, and give it the group the config means. */
struct room room_update(struct turn *turn, const struct config *config, const struct room_update *update);

/* As far as its power levels go: may we speak there in the way that room wants it? */
bool room_may_speak(const struct room *room);

/* From this moment on what is said counts. */
void room_set_live(struct turn *turn, const char *id, int64_t from_ms);

/* True the first time only. */
bool room_take_introduction(struct turn *turn, const char *id) MUST_CHECK;

/* A direct room with one person; its group is made when needed. */
void room_make_private(struct turn *turn, const char *id, const char *name, enum language language);

/* Somebody else came into a direct room: it is no group of ours any more, and nobody is listened to there. */
void room_end_private(struct turn *turn, const char *id);

/*
 * What we want of a room we are invited to, or should be in: kept until it is done, so that neither a
 * crash nor a failing server forgets it. An older wish for the room is replaced.
 */
enum room_wish { ROOM_WISH_JOIN, ROOM_WISH_LEAVE };

void room_wish(struct turn *turn, const char *id, enum room_wish wish, const char *via);
void room_wish_done(struct turn *turn, const char *id);

/* One room with an open wish, if any. */
bool room_find_wish(struct view *view, const char **ret_id, enum room_wish *ret_wish, const char **ret_via) MUST_CHECK;

#endif
