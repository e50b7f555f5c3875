/*
 * What nobody asked for waits until the quiet hours are over, and is not said any more once it is
 * stale (DESIGN.md decision 13).
 */
#ifndef ROTONDE_SAY_UNASKED_H
#define ROTONDE_SAY_UNASKED_H

#include <stdint.h>

#include "people/house.h"
#include "store/turn.h"

struct unasked {
	const char *room;
	const char *body;
	const char *dedupe;    /* always: nobody wants to hear twice what he did not ask for */
	int64_t not_before_ms; /* 0: now */
	int64_t useful_ms;     /* how long it is worth saying, from the moment it may go out */
};

/* The row of the outbox, or 0 when it was said before. */
int64_t unasked_add(const struct house *house, struct turn *turn, const struct unasked *unasked);

#endif
