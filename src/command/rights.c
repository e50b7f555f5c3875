#include "command/command.h"

#include "command/answer.h"
#include "say/reader.h"

bool command_is_for(const struct request *request, const struct command *command)
{
	unsigned roles = request->actor.roles;

	if (request->group.kind == GROUP_KIND_CORE && !actor_leads(turn_view(request->turn), &request->actor, request->group.core))
		roles &= ~(1u << ROLE_LEAD);
	return roles & command->roles;
}

/* A command may be for several of them: "de penvoerder of iemand van de kascommissie". */
const char *command_whom_to_ask(const struct request *request, const struct command *command)
{
	static const char *const keys[] = {
		[ROLE_LEAD] = "command.ask.lead",
		[ROLE_COORDINATOR] = "command.ask.coordinator",
		[ROLE_TREASURER] = "command.ask.treasurer",
		[ROLE_AUDITOR] = "command.ask.auditor",
	};
	struct reader reader = request_reader(request);
	const char *whom = NULL;

	for (size_t role = ROLE_LEAD; role < ROLE_MAX; role++) {
		const char *one;

		if (!(command->roles & 1u << role))
			continue;
		one = SAY_TO(&reader, keys[role]);
		whom = whom ? SAY_TO(&reader, "command.ask.or", MSG_TEXT("some", whom), MSG_TEXT("other", one)) : one;
	}
	return whom;
}

bool command_is_privileged(const struct command *command)
{
	return !(command->roles & (1u << ROLE_RESIDENT | 1u << ROLE_LEAD));
}

bool request_is_at_office(const struct request *request)
{
	switch (request->group.kind) {
	case GROUP_KIND_COORDINATORS:
	case GROUP_KIND_AUDIT:
		return true;
	case GROUP_KIND_PRIVATE:
		return request->actor.roles & ROLES_OF_OFFICE;
	case GROUP_KIND_CORE:
	case GROUP_KIND_NEIGHBOURHOOD:
		break;
	}
	return false;
}
