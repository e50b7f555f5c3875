/*
 * What the command files offer to table.c. Whoever adds a command adds its record here and in the table.
 */
#ifndef ROTONDE_COMMAND_RECORDS_H
#define ROTONDE_COMMAND_RECORDS_H

#include "command/command.h"
#include "command/question.h"

extern const struct command cmd_help;
extern const struct command cmd_idee;
extern const struct command cmd_ideeen;
extern const struct command cmd_taal;

extern const struct listener on_idea;

/* The answer to "idee.twice". */
enum command_end idee_twice_answered(struct request *request, const struct question_reply *reply) MUST_CHECK;

#endif
