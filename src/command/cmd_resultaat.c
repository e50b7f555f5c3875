/*
 * !resultaat de moestuin is open   what this core did; with photos in the message, behind it or answered
 * !resultaat                       what was told so far
 */
#include "command/records.h"
#include "command/story_request.h"

static enum command_end run(struct request *request)
{
	return story_request_tell(request, STORY_RESULT);
}

const struct command cmd_resultaat = {
	.name = "resultaat",
	.english = "result",
	.roles = 1u << ROLE_LEAD,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_DOING,
	.takes_photo = true,
	.help = "help.resultaat",
	.run = run,
};
