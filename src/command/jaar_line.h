/*
 * What follows `!jaar`, understood. Pure: nothing is looked up or stored. text is as struct request has it; what is
 * returned lives in the arena.
 */
#ifndef ROTONDE_COMMAND_JAAR_LINE_H
#define ROTONDE_COMMAND_JAAR_LINE_H

#include "base/arena.h"
#include "base/compiler.h"

enum jaar_action {
	JAAR_ACTION_LIST, /* nothing, or what is neither of the others */
	JAAR_ACTION_DROP, /* "kernenraad hoeft niet" */
	JAAR_ACTION_WANT, /* "kernenraad toch wel" */
};

struct jaar_line {
	enum jaar_action action;
	const char *name; /* with drop and want: of what, perhaps with its month */
};

void jaar_line_read(struct arena *arena, const char *text, struct jaar_line *ret_line);

/* "list", "drop", "want", as `rotonde explain` prints it. */
const char *jaar_action_format(enum jaar_action action);

#endif
