/*
 * !ikkom 5        somebody comes to event 5
 * !ikkom niet 5   not after all
 * !ikkom          in reply to a message about an event, or when there is only one
 */
#include "command/coming_request.h"
#include "command/records.h"
#include "command/short_lines.h"

static enum command_end run(struct request *request)
{
	struct coming_line line;

	coming_line_read(turn_arena(request->turn), request->text, &line);
	return coming_request_run(request, &line, request->event->id);
}

const struct command cmd_ikkom = {
	.name = "ikkom",
	.english = "coming",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_AGENDA,
	.help = "help.ikkom",
	.run = run,
};
