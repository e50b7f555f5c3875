/*
 * What the commands about actions and their listener do alike.
 */
#ifndef ROTONDE_COMMAND_ACTION_REQUEST_H
#define ROTONDE_COMMAND_ACTION_REQUEST_H

#include <stdbool.h>

#include "actions/action.h"
#include "command/command.h"

/* The action that the message `event` is about, also when that is our own answer. */
bool action_request_find(const struct request *request, const char *event, struct action *ret_action) MUST_CHECK;

/* Take over what was typed; `event` is the message it stands in. False, with an answer, when the day in it cannot be. */
bool action_request_read(struct request *request, const char *text, const char *event, struct action_draft *ret_draft) MUST_CHECK;

/* A new one that he said just before: it was noted all the same, and he is asked whether both are meant. False, without an answer, when it is no such. */
bool action_request_ask_twice(struct request *request, const struct action *action) MUST_CHECK;

/* Who writes takes it. */
enum command_end action_request_take(struct request *request, int64_t number) MUST_CHECK;

/*
 * It is done, or it is not and why (reason "": he is asked). `event`: the message that says so, which settles
 * nothing any more when it is deleted.
 */
enum command_end action_request_done(struct request *request, int64_t number, const char *event) MUST_CHECK;
enum command_end action_request_not_done(struct request *request, int64_t number, const char *reason, const char *event) MUST_CHECK;

#endif
