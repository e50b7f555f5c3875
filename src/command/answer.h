/*
 * Words for an answer: ANSWER(request, "idea.unknown", MSG_INT("number", 12)), and who will read it.
 */
#ifndef ROTONDE_COMMAND_ANSWER_H
#define ROTONDE_COMMAND_ANSWER_H

#include "command/command.h"
#include "say/reader.h"
#include "text/message.h"

#define ANSWER(request, ...)                                                                                       \
	((request)->answer = SAY((request)->house->catalogue, turn_arena((request)->turn), (request)->language, __VA_ARGS__))

/* Whoever asked, in the group he asked in. Lives as long as the request; take it after the language is settled. */
static inline struct reader request_reader(const struct request *request)
{
	return (struct reader){ request->house, turn_view(request->turn), &request->group, request->language };
}

#endif
