/*
 * !ruil 5              who is to chair event 5 and who comes next change turns
 * !ruil 5 met Fatima   he and Fatima
 */
#include "command/answer.h"
#include "command/chair_request.h"
#include "command/records.h"
#include "command/short_lines.h"

static enum command_end run(struct request *request)
{
	struct swap_line line;

	swap_line_read(turn_arena(request->turn), request->text, &line);
	if (!line.number) {
		ANSWER(request, "ruil.which");
		return COMMAND_REFUSED;
	}
	return chair_request_swap(request, line.number, line.with);
}

const struct command cmd_ruil = {
	.name = "ruil",
	.english = "swap",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_AGENDA,
	.help = "help.ruil",
	.run = run,
};
