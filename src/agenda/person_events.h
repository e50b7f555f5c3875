/*
 * What the agenda remembers of one person. Appointments are the group's and stay; a half one that waits for its clock
 * goes, and so do who comes, his turns as chair, and why he cancelled or moved something.
 */
#ifndef ROTONDE_AGENDA_PERSON_EVENTS_H
#define ROTONDE_AGENDA_PERSON_EVENTS_H

#include "people/memory.h"

extern const struct statements person_events_statements;
extern const struct memory person_events;

#endif
