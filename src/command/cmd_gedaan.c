/*
 * !gedaan 7   action 7 is done
 */
#include "command/action_request.h"
#include "command/answer.h"
#include "command/number.h"
#include "command/records.h"

static enum command_end run(struct request *request)
{
	int64_t number;

	if (!number_parse(request->text, &number)) {
		ANSWER(request, "action.done_how");
		return COMMAND_REFUSED;
	}
	return action_request_done(request, number, request->event->id);
}

const struct command cmd_gedaan = {
	.name = "gedaan",
	.english = "done",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_DOING,
	.help = "help.gedaan",
	.run = run,
};
