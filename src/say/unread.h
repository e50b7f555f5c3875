/*
 * Messages whose key is not here (MATRIX.md 7.11). Most keys come within seconds of their message, so nobody is
 * told at once; then the room hears it once, as a reply to the first that waits still, and an hour nothing more.
 */
#ifndef ROTONDE_SAY_UNREAD_H
#define ROTONDE_SAY_UNREAD_H

#include <stdint.h>

#include "people/house.h"
#include "store/turn.h"

/* A message of this room has just begun to wait for its key. */
void unread_note(struct turn *turn, const char *room);

/* When the patience is over, and when the hour is: the subject is the room. */
#define UNREAD_TIMER      "unread"
#define UNREAD_REST_TIMER "unread.rest"
void unread_fire(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms);
void unread_rest_fire(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms);

#endif
