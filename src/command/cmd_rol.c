/*
 * !rol @Joke trekker Kruitberg       proposes that Joke becomes lead of Kruitberg
 * !rol @Joke weg trekker Kruitberg   proposes that she is so no longer
 *
 * Somebody else who holds an office agrees with !akkoord.
 */
#include "base/die.h"
#include "base/str.h"
#include "budget/ledger.h"
#include "command/answer.h"
#include "command/decision.h"
#include "command/people_lines.h"
#include "command/records.h"
#include "command/who_request.h"
#include "people/eyes.h"
#include "people/role.h"
#include "say/proposal_words.h"
#include "text/unicode.h"

/* Whose core: the one that is named, else that of the group. */
static bool find_core(struct request *request, const char *name, int64_t *ret_core)
{
	struct arena *arena = turn_arena(request->turn);
	const char *typed = unicode_fold(arena, name);
	size_t len;
	const struct core *cores = core_list(turn_view(request->turn), &len);

	if (str_empty(name) && request->group.core) {
		*ret_core = request->group.core;
		return true;
	}
	for (size_t i = 0; i < len; i++) {
		if (str_equal(typed, cores[i].slug) || str_equal(typed, unicode_fold(arena, cores[i].name))) {
			*ret_core = cores[i].id;
			return true;
		}
	}
	return false;
}

static enum who_verdict find_person(struct request *request, const char *text, struct who *ret_who)
{
	enum who_verdict verdict = who_in_text(request->turn, request->event, request->house->config->homeserver.user, text, ret_who);

	if (verdict != WHO_NOBODY || str_empty(text))
		return verdict;
	*ret_who = (struct who){ .name = text, .rest = "" };
	return who_named(turn_view(request->turn), text, &ret_who->person);
}

static void tell_proposed(struct request *request, int64_t number)
{
	struct reader reader = request_reader(request);
	struct proposal proposal;
	const char *what;

	INVARIANT(proposal_find(reader.view, number, &proposal));
	what = proposal_words_what(&reader, &proposal);
	ANSWER(request, "proposal.made", MSG_INT("number", number), MSG_TEXT("what", what), MSG_TEXT("until", proposal_words_until(&reader, &proposal)));
}

static enum command_end propose(struct request *request, const struct role_change *change)
{
	struct reader reader = request_reader(request);
	const char *name = who_request_shown(request, change->person);
	const char *role = role_words_name(&reader, change->role, change->core);
	int64_t number;

	switch (role_propose(request->turn, &request->actor, change, request->group.id, request->language, &number)) {
	case ROLE_PROPOSED:
		tell_proposed(request, number);
		return COMMAND_DONE;
	case ROLE_HELD:
		ANSWER(request, "role.held", MSG_TEXT("name", name), MSG_TEXT("role", role));
		return COMMAND_REFUSED;
	case ROLE_NOT_HELD:
		ANSWER(request, "role.not_held", MSG_TEXT("name", name), MSG_TEXT("role", role));
		return COMMAND_REFUSED;
	case ROLE_OF_CONFIG:
		ANSWER(request, "role.of_config", MSG_TEXT("name", name), MSG_TEXT("role", role));
		return COMMAND_REFUSED;
	}
	die("role_propose");
}

static enum command_end run(struct request *request)
{
	struct role_change change = { 0 };
	struct rol_line line;
	struct who who;

	rol_line_read(turn_arena(request->turn), request->text, &line);
	if (line.role == ROLE_RESIDENT) {
		ANSWER(request, "role.how");
		return COMMAND_REFUSED;
	}
	if (!who_request_found(request, find_person(request, line.who, &who), &who, "role.how"))
		return COMMAND_REFUSED;
	change = (struct role_change){ .person = who.person, .role = line.role, .takes = line.takes };
	if (line.role == ROLE_LEAD && !find_core(request, line.core, &change.core)) {
		ANSWER(request, "role.core");
		return COMMAND_REFUSED;
	}
	return propose(request, &change);
}

const struct command cmd_rol = {
	.name = "rol",
	.english = "role",
	.roles = 1u << ROLE_TREASURER,
	.trust = TRUST_DIRECT,
	.topic = COMMAND_TOPIC_OTHER,
	.help = "help.rol",
	.run = run,
};

static int64_t about(struct view *view, int64_t number)
{
	return role_proposed(view, number).person;
}

static enum command_end carry_out(struct request *request, const struct proposal *proposal, const char *reason)
{
	struct reader reader = request_reader(request);
	const char *what = proposal_words_what(&reader, proposal);

	role_carry_out(request->turn, proposal->number);
	(void)ledger_append(request->turn, &(struct entry){
		.kind = ENTRY_ROLE,
		.person = request->person.id,
		.about = about(reader.view, proposal->number),
		.proposal = proposal->number,
		.cents = cents_from_int64(0),
	}, reason ? arena_printf(turn_arena(request->turn), "%s (%s)", what, reason) : what);
	ANSWER(request, "proposal.agreed", MSG_INT("number", proposal->number), MSG_TEXT("what", what));
	return COMMAND_DONE;
}

const struct decision decision_role = {
	.roles = ROLES_OF_OFFICE,
	.about = about,
	.carry_out = carry_out,
};
