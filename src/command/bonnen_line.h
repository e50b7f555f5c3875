/*
 * What follows `!bonnen`, understood: nothing, or the number of a receipt with what to do to it. Pure:
 * nothing is looked up or stored.
 */
#ifndef ROTONDE_COMMAND_BONNEN_LINE_H
#define ROTONDE_COMMAND_BONNEN_LINE_H

#include <stdint.h>

#include "base/arena.h"

enum bonnen_action {
	BONNEN_ACTION_LIST,
	BONNEN_ACTION_SHOW,
	BONNEN_ACTION_AMOUNT,
	BONNEN_ACTION_LINE,
	BONNEN_ACTION_BACK,
	BONNEN_ACTION_WITHDRAW,
	BONNEN_ACTION_UNREADABLE, /* it does not begin with a number */
};

struct bonnen_line {
	enum bonnen_action action;
	int64_t number;   /* unless list or unreadable */
	const char *rest; /* what follows number and verb: the amount, the line's name; maybe "" */
};

/* text as struct request has it. Everything lives in the arena. */
void bonnen_line_read(struct arena *arena, const char *text, struct bonnen_line *ret_line);

/* "list", "show", ... as `rotonde explain` prints it; NULL when unreadable. */
const char *bonnen_action_format(enum bonnen_action action);

#endif
