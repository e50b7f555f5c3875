/*
 * !akkoord                  what waits for a second person
 * !akkoord 3                agree to it
 * !akkoord 3 weg            whoever proposed it takes it back
 * !akkoord 3 alleen REDEN   the way out where nobody else could ever agree
 */
#include <inttypes.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/decision.h"
#include "command/people_lines.h"
#include "command/records.h"
#include "command/who_request.h"
#include "people/eyes.h"
#include "people/link.h"
#include "say/proposal_words.h"
#include "say/typed.h"
#include "store/outbox.h"

/* That somebody else in another room decided is news for a day. */
#define TOLD_USEFUL_MS (3 * MS_PER_DAY)

enum { LIST_MAX = 5 };

const struct decision *const decisions[] = {
	[PROPOSAL_MOVE] = &decision_move,
	[PROPOSAL_ROLE] = &decision_role,
};

/* In a core's group only what was proposed there: the rest is about others. */
static bool is_shown(const struct request *request, const struct proposal *proposal)
{
	return request->group.kind != GROUP_KIND_CORE || request->group.id == proposal->group;
}

static enum command_end list(struct request *request)
{
	struct reader reader = request_reader(request);
	size_t len, shown = 0;
	const struct proposal *open = proposal_list_open(reader.view, &len);
	const char *words = SAY_TO(&reader, "proposal.list");

	for (size_t i = 0; i < len && shown < LIST_MAX; i++) {
		if (!is_shown(request, &open[i]))
			continue;
		words = arena_printf(turn_arena(request->turn), "%s\n%s", words,
		                     SAY_TO(&reader, "proposal.list.line", MSG_INT("number", open[i].number), MSG_TEXT("what", proposal_words_what(&reader, &open[i])),
		                            MSG_TEXT("until", proposal_words_until(&reader, &open[i]))));
		shown++;
	}
	request->answer = shown ? words : SAY_TO(&reader, "proposal.none");
	return COMMAND_DONE;
}

static const char *state_key(enum proposal_state state)
{
	switch (state) {
	case PROPOSAL_AGREED:
		return "proposal.was_agreed";
	case PROPOSAL_WITHDRAWN:
		return "proposal.was_withdrawn";
	case PROPOSAL_EXPIRED:
		return "proposal.was_expired";
	case PROPOSAL_OPEN:
		break;
	}
	die("an open proposal is settled");
}

/* His own: he needs somebody else or, where there is nobody, the way out. */
static void tell_own(struct request *request, const struct proposal *proposal)
{
	int64_t about = decisions[proposal->kind]->about(turn_view(request->turn), proposal->number);
	const int64_t persons[] = { proposal->person, about };

	if (about && link_was_one(turn_view(request->turn), request->person.id, about))
		ANSWER(request, "proposal.about_you", MSG_INT("number", proposal->number));
	else if (eyes_besides(turn_view(request->turn), persons, about ? 2 : 1, decisions[proposal->kind]->roles))
		ANSWER(request, "proposal.own", MSG_INT("number", proposal->number));
	else
		ANSWER(request, "proposal.own_alone", MSG_INT("number", proposal->number));
}

/* Who reads here that it expired need not hear it unasked as well. */
static enum command_end tell_settled(struct request *request, const struct proposal *proposal)
{
	request->answer = SAY(request->house->catalogue, turn_arena(request->turn), request->language, state_key(proposal->state),
	                      MSG_INT("number", proposal->number));
	if (proposal->state == PROPOSAL_EXPIRED && proposal->group == request->group.id)
		proposal_note_told(request->turn, proposal->number);
	return COMMAND_DONE;
}

static enum command_end refuse(struct request *request, enum proposal_verdict verdict, const struct proposal *proposal, int64_t number)
{
	switch (verdict) {
	case PROPOSAL_UNKNOWN:
		ANSWER(request, "proposal.unknown", MSG_INT("number", number));
		break;
	case PROPOSAL_SETTLED:
		return tell_settled(request, proposal);
	case PROPOSAL_OWN:
		tell_own(request, proposal);
		break;
	case PROPOSAL_NOT_ALONE:
		ANSWER(request, "proposal.own", MSG_INT("number", number));
		break;
	case PROPOSAL_NOT_OWN:
		ANSWER(request, "proposal.not_own", MSG_INT("number", number));
		break;
	case PROPOSAL_DONE:
		die("proposal %" PRId64 " is refused without a reason", number);
	}
	return COMMAND_REFUSED;
}

/* To a room that did not see the answer. */
static void tell_room(struct request *request, const struct proposal *proposal, const struct group *group, const char *body)
{
	if (!group->room || group->id == request->group.id)
		return;
	(void)outbox_add(request->turn, &(struct outbox_message){
		.room = group->room,
		.body = body,
		.dedupe = arena_printf(turn_arena(request->turn), "proposal/%" PRId64 "/%" PRId64, proposal->number, group->id),
		.expires_at_ms = turn_now_ms(request->turn) + TOLD_USEFUL_MS,
	});
}

/* Whoever proposed it reads what came of it where he did. */
static void tell_proposer(struct request *request, const struct proposal *proposal)
{
	struct group group = group_get(turn_view(request->turn), proposal->group);
	const struct reader there = { request->house, turn_view(request->turn), &group, proposal->language };

	tell_room(request, proposal, &group,
	          SAY_TO(&there, "proposal.agreed", MSG_INT("number", proposal->number), MSG_TEXT("what", proposal_words_what(&there, proposal))));
}

/* Who went on alone is seen by all who look after the others. */
static void tell_alone(struct request *request, const struct proposal *proposal, const char *reason)
{
	static const enum group_kind kinds[] = { GROUP_KIND_COORDINATORS, GROUP_KIND_AUDIT };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct group group;
		struct reader there;

		if (!group_find_by_kind(turn_view(request->turn), kinds[i], &group))
			continue;
		there = (struct reader){ request->house, turn_view(request->turn), &group, group.language };
		tell_room(request, proposal, &group,
		          SAY_TO(&there, "proposal.alone", MSG_TEXT("name", who_request_shown(request, request->person.id)),
		                 MSG_TEXT("what", proposal_words_what(&there, proposal)), MSG_TEXT("reason", typed_for(&there, request->group.id, reason))));
	}
}

static enum command_end agree(struct request *request, int64_t number)
{
	struct view *view = turn_view(request->turn);
	const struct decision *decision;
	struct proposal proposal;
	enum proposal_verdict verdict;
	int64_t about;

	if (proposal_find(view, number, &proposal) && !(request->actor.roles & decisions[proposal.kind]->roles)) {
		ANSWER(request, "proposal.not_for_you", MSG_INT("number", number));
		return COMMAND_REFUSED;
	}
	verdict = proposal_agree(request->turn, &request->actor, number, &proposal);
	if (verdict != PROPOSAL_DONE)
		return refuse(request, verdict, &proposal, number);
	decision = decisions[proposal.kind];
	about = decision->about(view, number);
	if (about && link_was_one(view, request->person.id, about)) {
		ANSWER(request, "proposal.about_you", MSG_INT("number", number));
		return COMMAND_REFUSED;
	}
	if (decision->carry_out(request, &proposal, NULL) == COMMAND_REFUSED)
		return COMMAND_REFUSED;
	tell_proposer(request, &proposal);
	return COMMAND_DONE;
}

static enum command_end agree_alone(struct request *request, int64_t number, const char *reason)
{
	struct view *view = turn_view(request->turn);
	enum proposal_verdict verdict = PROPOSAL_UNKNOWN;
	struct proposal proposal;

	if (str_empty(reason)) {
		ANSWER(request, "proposal.reason", MSG_INT("number", number));
		return COMMAND_REFUSED;
	}
	if (proposal_find(view, number, &proposal)) {
		const struct decision *decision = decisions[proposal.kind];

		verdict = proposal_agree_alone(request->turn, &request->actor, number, decision->about(view, number), decision->roles, &proposal);
	}
	if (verdict != PROPOSAL_DONE)
		return refuse(request, verdict, &proposal, number);
	if (decisions[proposal.kind]->carry_out(request, &proposal, reason) == COMMAND_REFUSED)
		return COMMAND_REFUSED;
	tell_alone(request, &proposal, reason);
	return COMMAND_DONE;
}

static enum command_end withdraw(struct request *request, int64_t number)
{
	struct proposal proposal;
	enum proposal_verdict verdict = proposal_withdraw(request->turn, &request->actor, number, &proposal);

	if (verdict != PROPOSAL_DONE)
		return refuse(request, verdict, &proposal, number);
	proposal_tell_ended(request->house, request->turn, &proposal, request->group.id);
	ANSWER(request, "proposal.withdrawn", MSG_INT("number", number));
	return COMMAND_DONE;
}

static enum command_end run(struct request *request)
{
	struct akkoord_line line;

	akkoord_line_read(turn_arena(request->turn), request->text, &line);
	switch (line.action) {
	case AKKOORD_ACTION_LIST:
		return list(request);
	case AKKOORD_ACTION_AGREE:
		return agree(request, line.number);
	case AKKOORD_ACTION_WITHDRAW:
		return withdraw(request, line.number);
	case AKKOORD_ACTION_ALONE:
		return agree_alone(request, line.number, line.reason);
	case AKKOORD_ACTION_UNREADABLE:
		ANSWER(request, "proposal.how");
		return COMMAND_REFUSED;
	}
	die("akkoord_line_read");
}

const struct command cmd_akkoord = {
	.name = "akkoord",
	.english = "agree",
	.roles = ROLES_OF_OFFICE,
	.trust = TRUST_DIRECT,
	.topic = COMMAND_TOPIC_MONEY,
	.help = "help.akkoord",
	.run = run,
};
