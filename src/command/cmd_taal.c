/*
 * !taal en   from now on this person is answered in English
 * !taal      which language that is now
 */
#include "base/str.h"
#include "command/answer.h"
#include "command/records.h"
#include "command/short_lines.h"

static enum command_end run(struct request *request)
{
	enum language language;

	if (str_empty(request->text)) {
		/* What it says must be so, whichever of the two words was typed. */
		request->language = request->person.has_language ? request->person.language : request->group.language;
		ANSWER(request, "taal.now");
		return COMMAND_DONE;
	}
	if (!language_name_find(turn_arena(request->turn), request->text, &language)) {
		ANSWER(request, "taal.unknown");
		return COMMAND_REFUSED;
	}
	person_set_language(request->turn, request->person.id, language);
	request->language = language;
	ANSWER(request, "taal.set");
	return COMMAND_DONE;
}

const struct command cmd_taal = {
	.name = "taal",
	.english = "language",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.help = "help.taal",
	.run = run,
};
