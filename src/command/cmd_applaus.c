/*
 * !applaus Fatima voor de eten-deel-kasten   thanks for somebody
 * !applaus uit                               who types it does not want to be named in it; aan: does again
 */
#include "actions/applause.h"
#include "base/die.h"
#include "command/actie_line.h"
#include "command/answer.h"
#include "command/applause_request.h"
#include "command/records.h"

static enum command_end run(struct request *request)
{
	struct applaus_line line;

	applaus_line_read(turn_arena(request->turn), request->text, &line);
	switch (line.wish) {
	case APPLAUS_GIVE:
		return applause_request_give(request, request->text, request->event->id);
	case APPLAUS_OFF:
		applause_set_quiet(request->turn, request->person.id, true);
		ANSWER(request, "applause.off");
		return COMMAND_DONE;
	case APPLAUS_ON:
		applause_set_quiet(request->turn, request->person.id, false);
		ANSWER(request, "applause.on");
		return COMMAND_DONE;
	}
	die("applaus");
}

const struct command cmd_applaus = {
	.name = "applaus",
	.english = "applause",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_DOING,
	.help = "help.applaus",
	.run = run,
};
