/*
 * Holes in a room's timeline, as rows (STYLE section 11.10): where to page back, and what the pages
 * held so far. While a room has a gap, what comes after it waits in the inbox.
 */
#ifndef ROTONDE_STORE_GAP_H
#define ROTONDE_STORE_GAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/event.h"
#include "store/turn.h"

extern const struct statements gap_statements;

struct gap {
	int64_t id;
	const char *room;
	const char *page_from;
	const char *page_to; /* NULL: no end known */
	int64_t pages;
	int64_t found_at_ms;
};

/*
 * A hole was found. When the room has one already, both become one: paging starts anew from the
 * newest side and goes to the old one's end, so that all comes out in one order. It has a new id then:
 * a page of the old one that is still under way finds its gap gone.
 */
void gap_add(struct turn *turn, const char *room, const char *page_from, const char *page_to);
bool gap_in_room(struct view *view, const char *room);

/* The gap to page next: the one whose turn came first. */
bool gap_next(struct view *view, struct gap *ret_gap) MUST_CHECK;

bool gap_find(struct view *view, int64_t id, struct gap *ret_gap) MUST_CHECK;

/* When gap_next() will have one, INT64_MAX when there is none at all. */
int64_t gap_next_ms(struct view *view);

/* A page was read: keep its events (newest first, as given) and where the next one starts. */
void gap_page(struct turn *turn, int64_t gap, const struct event *events, size_t events_len, const char *next);

/* How much its events hold so far. */
int64_t gap_bytes(struct view *view, int64_t gap);

/* The page could not be had: try again later. */
void gap_retry(struct turn *turn, int64_t gap, int64_t next_try_ms);

/* All its events, oldest first; the gap and its copies are gone after. */
const struct event *gap_close(struct turn *turn, int64_t gap, size_t *ret_len);

/* Drop the gaps of a room we left. */
void gap_drop_room(struct turn *turn, const char *room);

#endif
