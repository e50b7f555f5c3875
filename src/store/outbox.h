/*
 * What the bot says, as rows: queued -> sealed -> sent | dead (STYLE section 11.5). Rooms of the house
 * add, and take back at most; sealing and sending is the engine's (outbox_owner.h).
 */
#ifndef ROTONDE_STORE_OUTBOX_H
#define ROTONDE_STORE_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements outbox_statements;

struct outbox_message {
	const char *room;
	const char *body;          /* at most 600 characters by custom; never starts with '!' */
	const char *type;          /* no words but an event of this type, with this content; else both NULL */
	const char *content;
	const char *reply_to;      /* event id, or NULL */
	const char *thread;        /* its first event, or NULL */
	const char *const *mentions;
	size_t mentions_len;
	const char *dedupe;        /* "day/GROUP/2022-06-14"; NULL: said every time */
	const char *merge_key;     /* late answers with the same key in one room go out as one; or NULL */
	int64_t not_before_ms;     /* 0: now */
	int64_t expires_at_ms;     /* 0: never; what nobody asked for always has one */
};

/* The row's id, or 0 when its dedupe key was said already. */
int64_t outbox_add(struct turn *turn, const struct outbox_message *message);

/*
 * Take back what nobody heard yet of the rows whose dedupe key begins with prefix, which ends in a '/'. It
 * counts as never said. What is on its way or under the server's eyes already stays. How many.
 */
int64_t outbox_take_back(struct turn *turn, const char *prefix);

/* The words go of what was never said and never will be. */
void outbox_forget_dead(struct turn *turn);

/* Was this ever put in the outbox? */
bool outbox_has(struct view *view, const char *dedupe);

/* The row that became this event of the room; 0 when it is not ours. */
int64_t outbox_find_event(struct view *view, const char *event);

/* The event that a row became, in the view's arena; NULL when it did not (yet). */
const char *outbox_event_of(struct view *view, int64_t id);

/* The dedupe key of our message `event`: what it was about. False when it is not ours, or had none. */
bool outbox_find_key(struct view *view, const char *event, const char **ret_dedupe) MUST_CHECK;

/*
 * The message that our message `event` answered: what a reaction to our words is about. False when it
 * is not ours, was no answer, or took the words of several answers together.
 */
bool outbox_find_answered(struct view *view, const char *event, const char **ret_reply_to) MUST_CHECK;

#endif
