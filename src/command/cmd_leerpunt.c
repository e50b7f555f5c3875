/*
 * !leerpunt begin op tijd met flyeren   what this core learned
 * !leerpunt                             what was told so far
 */
#include "command/records.h"
#include "command/story_request.h"

static enum command_end run(struct request *request)
{
	return story_request_tell(request, STORY_LESSON);
}

const struct command cmd_leerpunt = {
	.name = "leerpunt",
	.english = "lesson",
	.roles = 1u << ROLE_LEAD,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_DOING,
	.help = "help.leerpunt",
	.run = run,
};
