/*
 * What follows the commands about people and decisions (`!koppel`, `!rol`, `!akkoord`, `!stil`), understood. Pure:
 * nothing is looked up or stored. text is as struct request has it; what is returned lives in the arena.
 */
#ifndef ROTONDE_COMMAND_PEOPLE_LINES_H
#define ROTONDE_COMMAND_PEOPLE_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "config/config.h"

struct koppel_line {
	bool undo;        /* "weg" */
	const char *rest; /* whom */
};

void koppel_line_read(struct arena *arena, const char *text, struct koppel_line *ret_line);

struct rol_line {
	enum role role;   /* ROLE_RESIDENT: none was named */
	bool takes;       /* "weg": he loses it */
	const char *who;  /* what stands before the role; maybe "" */
	const char *core; /* what stands behind it; maybe "" */
};

void rol_line_read(struct arena *arena, const char *text, struct rol_line *ret_line);

enum akkoord_action {
	AKKOORD_ACTION_LIST,
	AKKOORD_ACTION_AGREE,
	AKKOORD_ACTION_WITHDRAW,
	AKKOORD_ACTION_ALONE,
	AKKOORD_ACTION_UNREADABLE,
};

struct akkoord_line {
	enum akkoord_action action;
	int64_t number;     /* unless list or unreadable */
	const char *reason; /* of AKKOORD_ACTION_ALONE; maybe "" */
};

void akkoord_line_read(struct arena *arena, const char *text, struct akkoord_line *ret_line);

/* "list", "agree", ... as `rotonde explain` prints it; NULL when unreadable. */
const char *akkoord_action_format(enum akkoord_action action);

enum stil_action {
	STIL_ACTION_SHOW,
	STIL_ACTION_FOR,
	STIL_ACTION_OFF,
	STIL_ACTION_UNREADABLE,
};

struct stil_line {
	enum stil_action action;
	int minutes; /* of STIL_ACTION_FOR */
};

void stil_line_read(struct arena *arena, const char *text, struct stil_line *ret_line);

/* "show", "for", "off", as `rotonde explain` prints it; NULL when unreadable. */
const char *stil_action_format(enum stil_action action);

#endif
