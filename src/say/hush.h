/*
 * Silence after a loop (MATRIX.md 9.12): in a room where we answered far too much, perhaps another bot, nothing is
 * answered for half an hour. What is asked is carried out all the same, so no receipt is lost, and what nobody
 * asked for, such as reminders, is still said. The silence is a timer: it outlives a restart.
 */
#ifndef ROTONDE_SAY_HUSH_H
#define ROTONDE_SAY_HUSH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "people/house.h"
#include "store/turn.h"

/* From now on. The incident room.hushed stands until it is over, and the coordinators hear of it. `name`: the group's. */
void hush_begin(const struct house *house, struct turn *turn, const char *room, const char *name);

bool hush_holds(struct view *view, const char *room) MUST_CHECK;

/* When it is over: the subject is the room. */
#define HUSH_TIMER "hush"
void hush_fire(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms);

#endif
