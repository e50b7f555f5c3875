/*
 * Every command, every listener and every kind of question, in the order in which they are shown and asked.
 */
#include <stddef.h>

#include "command/records.h"

const struct command *const commands[] = {
	&cmd_idee,
	&cmd_ideeen,
	&cmd_taal,
	&cmd_help,
	NULL,
};

const struct listener *const listeners[] = {
	&on_idea,
	NULL,
};

const struct question_kind question_kinds[] = {
	{ "idee.twice", idee_twice_answered },
	{ NULL, NULL },
};
