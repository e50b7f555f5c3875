/*
 * What the files about ideas share: what of a message stays with an idea, and which idea a message is about.
 */
#ifndef ROTONDE_COMMAND_IDEA_REQUEST_H
#define ROTONDE_COMMAND_IDEA_REQUEST_H

#include <stdbool.h>

#include "command/command.h"
#include "ideas/idea.h"

/* The message carries, or answers, a picture, or it carries a place (called so, or ""): that stays with the idea. */
void idea_request_attach(const struct request *request, int64_t id, const char *place);

/* The idea that the message `event` is about, also when that is our own answer. */
bool idea_request_find(const struct request *request, const char *event, struct idea *ret_idea) MUST_CHECK;

/* Is it like one that stands? Then its author is asked whether they go together, and idea->alike says with which. */
void idea_request_compare(struct request *request, struct idea *idea);

/* Its author says whether it goes along with the one it is alike. Leaves the answer; the other's group will hear. */
void idea_request_join(struct request *request, const struct idea *idea, bool yes);

/* A ja or nee in reply to what we said about an idea: does he want to take part? True when it was that. */
bool idea_request_take_part(struct request *request) MUST_CHECK;

#endif
