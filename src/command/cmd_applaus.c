/*
 * !applaus Fatima voor de eten-deel-kasten   thanks for somebody
 * !applaus uit                               who types it does not want to be named in it; aan: does again
 */
#include "actions/applause.h"
#include "base/die.h"
#include "command/actie_line.h"
#include "command/answer.h"
#include "command/applause_request.h"
#include "command/question.h"
#include "command/records.h"

static enum command_end give(struct request *request)
{
	enum command_end end = applause_request_give(request, request->text, request->event->id);
	struct view *view = turn_view(request->turn);
	struct applause applause;

	if (end == COMMAND_DONE && applause_find_by_source(view, request->event->id, &applause) && applause_has_twin(view, applause.id)) {
		ANSWER(request, "applause.twice");
		question_ask(request, &(struct question){ .kind = "applaus.twice", .subject = applause.id, .answer = QUESTION_YES_NO });
	}
	return end;
}

static enum command_end run(struct request *request)
{
	struct applaus_line line;

	applaus_line_read(turn_arena(request->turn), request->text, &line);
	switch (line.wish) {
	case APPLAUS_GIVE:
		return give(request);
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

enum command_end applaus_twice_answered(struct request *request, const struct question_reply *reply)
{
	if (!applause_has_twin(turn_view(request->turn), reply->subject))
		return COMMAND_DONE;
	if (!reply->yes)
		applause_drop(request->turn, reply->subject);
	ANSWER(request, reply->yes ? "applause.twice.kept" : "applause.twice.dropped");
	return COMMAND_DONE;
}
