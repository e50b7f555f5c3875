/*
 * What the agenda says by itself outside the day post: a reminder of some hours, a cancellation, a move
 * of what is near (DESIGN.md decision 13).
 */
#ifndef ROTONDE_SAY_REMINDERS_H
#define ROTONDE_SAY_REMINDERS_H

#include <stdint.h>

#include "people/house.h"
#include "store/turn.h"

/* The tick of AGENDA_TIMER; subject is the number of the event. */
void reminders_fire(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms);

#endif
