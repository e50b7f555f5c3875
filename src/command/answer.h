/*
 * Words for an answer: ANSWER(request, "idea.unknown", MSG_INT("number", 12)).
 */
#ifndef ROTONDE_COMMAND_ANSWER_H
#define ROTONDE_COMMAND_ANSWER_H

#include "command/command.h"
#include "text/message.h"

#define ANSWER(request, ...)                                                                                       \
	((request)->answer = SAY((request)->house->catalogue, turn_arena((request)->turn), (request)->language, __VA_ARGS__))

#endif
