/*
 * !idee fietsenrek bij de lift   notes an idea
 * !idee 12                       shows one
 */
#include <inttypes.h>

#include "base/die.h"
#include "command/answer.h"
#include "command/idea_request.h"
#include "command/number.h"
#include "command/records.h"
#include "say/idea_words.h"

static enum command_end show(struct request *request, int64_t number)
{
	struct reader reader = request_reader(request);
	struct idea idea;

	if (!idea_find(reader.view, number, &idea)) {
		ANSWER(request, "idea.unknown", MSG_INT("number", number));
		return COMMAND_REFUSED;
	}
	switch (idea.state) {
	case IDEA_NEW:
	case IDEA_SUPPORTED:
	case IDEA_BUDGET:
	case IDEA_ROUTED:
	case IDEA_DONE:
	case IDEA_NOT_NOW:
		/* A thumb on the card is for this idea. */
		idea_add_message(request->turn, idea.id, request->event->id);
		request->answer = idea_words_card(&reader, &idea);
		break;
	case IDEA_ARCHIVED:
		ANSWER(request, "idea.gone", MSG_INT("number", number));
		break;
	}
	return COMMAND_DONE;
}

/* The words stand already under another number: noted all the same, and asked whether both are meant. */
static void ask_twice(struct request *request, const struct idea *idea)
{
	ANSWER(request, "idea.twice", MSG_INT("number", idea->id), MSG_INT("other", idea->same_as));
	question_ask(request, &(struct question){ .kind = "idee.twice", .subject = idea->id, .answer = QUESTION_YES_NO });
}

static enum command_end note(struct request *request)
{
	struct reader reader = request_reader(request);
	const struct idea_draft draft = {
		.author = request->person.id,
		.group = request->group.id,
		.core = request->group.core,
		.event = request->event->id,
		.said_at_ms = request->event->sent_at_ms,
		.text = request->text,
	};
	struct idea idea;

	switch (idea_add(request->turn, &draft, &idea)) {
	case IDEA_ADDED:
		idea_request_attach(request, idea.id, "");
		idea_request_compare(request, &idea);
		request->answer = idea_words_noted(&reader, &idea);
		return COMMAND_DONE;
	case IDEA_ADDED_TWICE:
		idea_request_attach(request, idea.id, "");
		ask_twice(request, &idea);
		return COMMAND_DONE;
	case IDEA_ADD_EMPTY:
		ANSWER(request, "idea.empty");
		return COMMAND_REFUSED;
	case IDEA_ADD_TOO_LONG:
		ANSWER(request, "idea.too_long");
		return COMMAND_REFUSED;
	}
	die("idea_add");
}

static enum command_end run(struct request *request)
{
	int64_t number;

	if (number_parse(request->text, &number))
		return show(request, number);
	return note(request);
}

const struct command cmd_idee = {
	.name = "idee",
	.english = "idea",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_IDEAS,
	.everyday = true,
	.help = "help.idee",
	.run = run,
};

enum command_end idee_twice_answered(struct request *request, const struct question_reply *reply)
{
	struct idea idea;

	if (!idea_find(turn_view(request->turn), reply->subject, &idea) || !idea.same_as)
		return COMMAND_DONE;
	if (reply->yes) {
		idea_keep_twice(request->turn, idea.id);
		ANSWER(request, "idea.twice.kept", MSG_INT("number", idea.id), MSG_INT("other", idea.same_as));
	} else {
		(void)idea_archive(request->turn, idea.id, request->person.id);
		ANSWER(request, "idea.twice.dropped", MSG_INT("number", idea.id), MSG_INT("other", idea.same_as));
	}
	return COMMAND_DONE;
}

enum command_end idee_alike_answered(struct request *request, const struct question_reply *reply)
{
	struct idea idea;

	if (idea_find(turn_view(request->turn), reply->subject, &idea) && idea.alike)
		idea_request_join(request, &idea, reply->yes);
	return COMMAND_DONE;
}
