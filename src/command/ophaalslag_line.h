/*
 * What follows `!ophaalslag`, understood. Pure: nothing is looked up or stored. text is as struct request has it; what is
 * returned lives in the arena.
 */
#ifndef ROTONDE_COMMAND_OPHAALSLAG_LINE_H
#define ROTONDE_COMMAND_OPHAALSLAG_LINE_H

#include <stddef.h>

#include "base/arena.h"
#include "people/group.h"

enum ophaalslag_action {
	OPHAALSLAG_ACTION_SHOW,      /* nothing */
	OPHAALSLAG_ACTION_OBSTACLES, /* "hobbels", "hobbels 2" */
	OPHAALSLAG_ACTION_CORE,      /* a core of the list */
	OPHAALSLAG_ACTION_UNREADABLE,
};

struct ophaalslag_line {
	enum ophaalslag_action action;
	size_t page;              /* of the obstacles, from 1 */
	const struct core *core;  /* of the list */
};

void ophaalslag_line_read(struct arena *arena, const struct core *cores, size_t len, const char *text, struct ophaalslag_line *ret_line);

/* "show", "obstacles", "core", as `rotonde explain` prints it; NULL when unreadable. */
const char *ophaalslag_action_format(enum ophaalslag_action action);

#endif
