/*
 * Every event, once (STYLE section 11.1). What needs nothing is recorded as done in the turn that ran
 * it; what waits keeps its content here: for a key, for a gap before it to be shut, or for a photo.
 */
#ifndef ROTONDE_STORE_INBOX_H
#define ROTONDE_STORE_INBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/event.h"
#include "store/turn.h"

extern const struct statements inbox_statements;

enum inbox_state { INBOX_RUN, INBOX_WAIT_KEY, INBOX_WAIT_GAP, INBOX_WAIT_PHOTO, INBOX_DONE };

struct inbox_row {
	int64_t id;
	enum inbox_state state;
	int64_t wait_until_ms; /* 0: no end by itself */
	int64_t arrived_at_ms;
	struct event event;
};

bool inbox_known(struct view *view, const char *event);

/* Record an event that is not known yet; its content is kept unless it is done. The row's id. */
int64_t inbox_add(struct turn *turn, const struct event *event, enum inbox_state state, int64_t wait_until_ms);

/*
 * A row's event is encrypted and its key is not here: it waits for that session, or, with session NULL, until
 * somebody's devices are known, its sender's or a bridge's; at the latest until wait_until_ms. It holds up nobody.
 */
void inbox_wait_key(struct turn *turn, int64_t id, const char *session, int64_t wait_until_ms);

/*
 * So much of this sender waits in the room that more is no conversation but a flood: it would fill the disk
 * with what nobody may ever read (MATRIX.md 9.11).
 */
enum { INBOX_WAITING_MAX = 1000 };
bool inbox_is_full(struct view *view, const char *room, const char *sender);

/* A session of this room is here, or reaches further back than before: what waited for it may run, in its order. */
void inbox_release_key(struct turn *turn, const char *room, const char *session);

/* Somebody's devices are known now: what waited for such, its sender's or a bridge's for its ghosts, looks again. */
void inbox_release_devices(struct turn *turn);

/* Let a row wait for something (else), or make it runnable. */
void inbox_set(struct turn *turn, int64_t id, enum inbox_state state, int64_t wait_until_ms);

/* What waits is now known to be this. */
void inbox_rewrite(struct turn *turn, int64_t id, const struct event *event);

/* It ran, or never will: the id stays, the content goes. */
void inbox_done(struct turn *turn, int64_t id);

/* The event was taken back before it ran: it never will. False when it was not waiting. */
bool inbox_cancel(struct turn *turn, const char *event);

/* The oldest row that may run now: its state is run, or its wait is over, and nothing before it in its room holds it. */
bool inbox_next_runnable(struct view *view, struct inbox_row *ret_row) MUST_CHECK;

/* Somebody of this room waits, so what he sends now waits behind it. */
bool inbox_holds(struct view *view, const char *room, const char *sender);

/* The room's gap is shut: what waited for it may run, after everything recorded until now, as if it arrived now. */
void inbox_release_gap(struct turn *turn, const char *room);

/* The room's gap starts anew and will bring these again: forget what waited for it. */
void inbox_forget_gap(struct turn *turn, const char *room);

/* A photo of this room was stored or given up: who waits for one looks again, and waits on if it was another's. */
void inbox_release_photo(struct turn *turn, const char *room);

/* When a wait ends by itself, INT64_MAX when none does. */
int64_t inbox_next_ms(struct view *view);

int64_t inbox_waiting(struct view *view);

/* Those of them that wait for a key, in all rooms. */
int64_t inbox_waiting_for_key(struct view *view);

struct inbox_unread {
	const char *event;
	int64_t arrived_at_ms;
};

/* The first in this room that arrived no earlier than since_ms and waits for a session. */
bool inbox_unread_since(struct view *view, const char *room, int64_t since_ms, struct inbox_unread *ret_unread) MUST_CHECK;

/* A bridge's notice that stands in for a message it could not read yet. owner: whose edit is the message, "" for any ghost's. */
void inbox_mark_stands_in(struct turn *turn, int64_t id, const char *owner);

/* Is an edit of this event, in that room, the message such a notice stood in for? Only its owner's, and the first. */
bool inbox_take_stand_in(struct turn *turn, const char *event, const char *room, const char *owner) MUST_CHECK;

/* This id is to be forgotten: what still stands in for a message of his will stay a notice. */
void inbox_forget_sender(struct turn *turn, const char *sender);

#endif
