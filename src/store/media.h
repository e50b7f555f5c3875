/*
 * Files that passed by in a room, and the photos that were kept (DESIGN.md decision 10). A file is
 * `known` (only its reference), `wanted` (a receipt or idea needs it, the engine fetches it),
 * `stored` (its bytes stand in the blob store, fsynced) or `failed` (gone or refused: why_failed).
 */
#ifndef ROTONDE_STORE_MEDIA_H
#define ROTONDE_STORE_MEDIA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/event.h"
#include "store/turn.h"

extern const struct statements media_statements;

enum media_state { MEDIA_KNOWN, MEDIA_WANTED, MEDIA_STORED, MEDIA_FAILED };

struct media_row {
	int64_t id;
	const char *event; /* the message that carried it */
	const char *room;
	const char *sender;
	int64_t sent_at_ms;
	enum media_state state;
	const char *blob;       /* SHA-256 in hex when MEDIA_STORED, else NULL */
	const char *why_failed; /* "too_big", "not_found", "cut", ...; NULL unless MEDIA_FAILED */
	struct media file;
	bool disappearing;
	int64_t attempts;
};

/* The file a message carried, whatever its state. */
bool media_find(struct view *view, const char *event, struct media_row *ret_media) MUST_CHECK;
struct media_row media_get(struct view *view, int64_t id);

/* Have it fetched and kept. Fetched or under way already is fine. */
void media_want(struct turn *turn, int64_t id);

/* Files of this sender in this room sent within [from_ms, to_ms], oldest first. */
struct media_row *media_recent(struct view *view, const char *room, const char *sender, int64_t from_ms, int64_t to_ms, size_t *ret_len);

/* For the engine. Remember the file of an event; its id. The same event twice is one row. */
int64_t media_remember(struct turn *turn, const struct event *event);
void media_stored(struct turn *turn, int64_t id, const char *blob);
void media_failed(struct turn *turn, int64_t id, const char *why);
/* It failed: try again later. */
void media_retry(struct turn *turn, int64_t id, int64_t next_try_ms);
/* Not now: until then it waits, and no attempt is counted. */
void media_defer(struct turn *turn, int64_t id, int64_t until_ms);
/* The next file to fetch now, if any. */
bool media_next_wanted(struct view *view, struct media_row *ret_media) MUST_CHECK;
/* When there will be one, INT64_MAX when none is wanted. */
int64_t media_next_ms(struct view *view);
/* Nobody is to know any more who sent these files, and under what name. */
void media_forget_sender(struct turn *turn, const char *sender);
/* Drop references nobody wanted that are older than before_ms. */
void media_forget(struct turn *turn, int64_t before_ms);

#endif
