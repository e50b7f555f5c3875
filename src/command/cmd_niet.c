/*
 * !niet 7 te weinig animo   action 7 did not work out, and why
 * !niet 7                   the same; why is asked
 */
#include "command/actie_line.h"
#include "command/action_request.h"
#include "command/answer.h"
#include "command/records.h"
#include "text/unicode.h"

static enum command_end run(struct request *request)
{
	const char *reason;
	int64_t number;

	if (!niet_line_read(turn_arena(request->turn), request->text, &number, &reason)) {
		ANSWER(request, "action.not_done_how");
		return COMMAND_REFUSED;
	}
	return action_request_not_done(request, number, reason, request->event->id);
}

const struct command cmd_niet = {
	.name = "niet",
	.english = "notdone",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_DOING,
	.help = "help.niet",
	.run = run,
};

/* The message that said it did not work out is the one before: deleting the reason takes nothing back. */
enum command_end actie_why_answered(struct request *request, const struct question_reply *reply)
{
	struct action action;

	/* Somebody else may have said more about it in the meantime. */
	if (!action_find(turn_view(request->turn), reply->subject, &action) || action.state != ACTION_STATE_NOT_DONE || action.reason)
		return COMMAND_DONE;
	return action_request_not_done(request, reply->subject, unicode_one_line(turn_arena(request->turn), reply->text), NULL);
}
