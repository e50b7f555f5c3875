/*
 * The engine's side of the outbox: sealing rows and carrying them to the transport.
 *
 * A lane is a room. Its head is the oldest open row that is due, or that was tried before (a row under
 * way holds its lane, so that order is kept). Only heads are sent.
 */
#ifndef ROTONDE_STORE_OUTBOX_OWNER_H
#define ROTONDE_STORE_OUTBOX_OWNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/outbox.h"

struct outbox_row {
	int64_t id;
	const char *room;
	bool sealed;
	const char *body;
	const char *type;    /* with content, instead of body: see outbox.h */
	const char *content;
	const char *reply_to;
	const char *thread;
	const char *const *mentions;
	size_t mentions_len;
	const char *merge_key;
	int64_t created_at_ms;
	int64_t expires_at_ms; /* 0: never */
	const char *txn_id;       /* when sealed, with the two below */
	const char *wire_type;    /* "m.room.encrypted"; NULL: a plain message */
	const char *wire_content;
	int64_t attempts;
};

/* What decides whether a row goes now, without its words. */
struct outbox_head {
	int64_t id;
	const char *room;
	bool sealed;
	bool merges;           /* has a merge_key */
	int64_t expires_at_ms; /* 0: never */
	int64_t attempts;
};

/* The heads of all lanes that may go now, the oldest first. What it takes hangs on the number of lanes, not on what waits in them. */
struct outbox_head *outbox_heads(struct view *view, size_t *ret_len);

/* The head of one lane; false when none may go now. */
bool outbox_head_find(struct view *view, const char *room, struct outbox_head *ret_head);

/* All of a row. */
struct outbox_row outbox_get(struct view *view, int64_t id);

/* Queued rows that may go now and merge with nothing, a few hundred at most. */
struct outbox_row *outbox_sealable(struct view *view, size_t *ret_len);

/* How often the server failed on it. */
int64_t outbox_attempts(struct view *view, int64_t id);

/* Queued rows of this room, in order, that share the merge key: the head included. */
struct outbox_row *outbox_mergeable(struct view *view, const char *room, const char *merge_key, size_t *ret_len);

/* Freeze the bytes. txn_id is <epoch>-<id>; wire_type NULL: a plain message. */
void outbox_seal(struct turn *turn, int64_t id, const char *txn_id, const char *wire_type, const char *wire_content);

/* The words of `id` were taken up by `into`: it counts as said when that is. */
void outbox_merge(struct turn *turn, int64_t id, int64_t into);

void outbox_mark_sent(struct turn *turn, int64_t id, const char *event);
void outbox_mark_dead(struct turn *turn, int64_t id, const char *why);

/* The way there failed: try again at next_try_ms; the_servers_fault counts towards its death. */
void outbox_mark_tried(struct turn *turn, int64_t id, int64_t next_try_ms, bool the_servers_fault);

/*
 * What was frozen for a room is to be sealed anew: back to queued. What the server may have seen already cannot
 * be said again and is dead.
 */
void outbox_unseal_room(struct turn *turn, const char *room, const char *why);

/* Everything open in a room we no longer speak in. How many. */
int64_t outbox_cancel_room(struct turn *turn, const char *room, const char *why);

/* Everything open anywhere: a restored copy must not say what may have been said. How many. */
int64_t outbox_cancel_all(struct turn *turn, const char *why);

/* The highest id ever given: an echo above it means that this database is an old copy. */
int64_t outbox_last_id(struct view *view);

/* When the next row may go, INT64_MAX when none waits. Rows behind one that was tried before wait for that. */
int64_t outbox_next_ms(struct view *view);

struct outbox_depth {
	int64_t open;
	int64_t oldest_ms; /* 0 when empty */
	int64_t dead;
};

struct outbox_depth outbox_depth(struct view *view);

#endif
