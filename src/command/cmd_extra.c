/*
 * !extra Soep gekookt voor de lift-storing   done, though nobody had agreed on it
 */
#include "actions/action.h"
#include "base/die.h"
#include "command/action_request.h"
#include "command/answer.h"
#include "command/records.h"
#include "text/unicode.h"

static enum command_end run(struct request *request)
{
	const struct action_draft draft = {
		.author = request->person.id,
		.group = request->group.id,
		.core = request->group.core,
		.event = request->event->id,
		.said_at_ms = request->event->sent_at_ms,
		.text = unicode_one_line(turn_arena(request->turn), request->text),
	};
	struct action action;

	switch (action_add_extra(request->turn, &draft, &action)) {
	case ACTION_ADDED:
		if (!action_request_ask_twice(request, &action))
			ANSWER(request, "action.extra", MSG_INT("number", action.id), MSG_TEXT("text", action.text));
		return COMMAND_DONE;
	case ACTION_ADD_EMPTY:
		ANSWER(request, "action.extra_how");
		return COMMAND_REFUSED;
	case ACTION_ADD_TOO_LONG:
		ANSWER(request, "action.too_long");
		return COMMAND_REFUSED;
	}
	die("action_add_extra");
}

const struct command cmd_extra = {
	.name = "extra",
	.english = "extra",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_DOING,
	.help = "help.extra",
	.run = run,
};
