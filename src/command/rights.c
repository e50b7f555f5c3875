#include "command/command.h"

bool command_is_for(const struct request *request, const struct command *command)
{
	unsigned roles = request->actor.roles;

	if (request->group.kind == GROUP_KIND_CORE && !actor_leads(turn_view(request->turn), &request->actor, request->group.core))
		roles &= ~(1u << ROLE_LEAD);
	return roles & command->roles;
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
