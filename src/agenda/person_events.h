/*
 * What one person put on the agenda: what he can be told that is kept of him, and what is taken away when he wants to
 * be forgotten. A person is all who are he now (people/link.h).
 */
#ifndef ROTONDE_AGENDA_PERSON_EVENTS_H
#define ROTONDE_AGENDA_PERSON_EVENTS_H

#include <stddef.h>
#include <stdint.h>

#include "store/turn.h"

extern const struct statements person_events_statements;

/* The numbers of his events, newest first, at most limit. */
int64_t *person_events_list(struct view *view, int64_t person, int64_t limit, size_t *ret_len);

/* The appointments are the group's and stay; a half one that waits for its clock goes. */
void person_events_forget(struct turn *turn, int64_t person);

#endif
