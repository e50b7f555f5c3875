/*
 * A lead answers whether his core wants to do something together with another: ja or nee, in reply to our
 * question. He may change or delete that answer as long as the other core did not answer.
 */
#include "command/agenda_request.h"
#include "command/answer.h"
#include "command/question.h"
#include "command/records.h"
#include "roundabout/pair.h"
#include "say/roundabout_words.h"
#include "store/outbox.h"

static bool leads(const struct request *request, int64_t core)
{
	return actor_leads(turn_view(request->turn), &request->actor, core);
}

static void take_answer(struct request *request, const struct pair_answer *answer)
{
	const struct agenda_hand hand = agenda_request_hand(request);
	const struct reader reader = request_reader(request);
	struct agenda_event event;
	enum pair_verdict verdict = pair_answer(&hand, request->turn, answer, &event);

	request->answer = roundabout_words_answered(&reader, verdict, &event);
}

/* Our message that this one replies to asked a core. */
static bool find_asked(const struct request *request, struct pair_answer *ret_answer)
{
	struct view *view = turn_view(request->turn);
	const char *key;

	return request->event->reply_to && outbox_find_key(view, request->event->reply_to, &key) &&
	       pair_find_asked(view, key, &ret_answer->pair, &ret_answer->core);
}

static bool on_message(struct request *request)
{
	struct pair_answer answer = { .message = request->event->id };

	if (!find_asked(request, &answer) || !leads(request, answer.core) ||
	    !question_read_yes_no(turn_arena(request->turn), request->text, &answer.yes))
		return false;
	take_answer(request, &answer);
	return true;
}

static bool on_edit(struct request *request)
{
	struct pair_answer answer = { .message = request->event->target };

	if (!pair_find_answered(turn_view(request->turn), request->event->target, &answer.pair, &answer.core))
		return false;
	if (leads(request, answer.core) && question_read_yes_no(turn_arena(request->turn), request->text, &answer.yes))
		take_answer(request, &answer);
	return true;
}

static bool on_redaction(struct request *request)
{
	int64_t pair, core;

	if (!pair_find_answered(turn_view(request->turn), request->event->target, &pair, &core))
		return false;
	if (leads(request, core))
		pair_take_back(request->turn, pair, core);
	return true;
}

const struct listener on_roundabout = {
	.name = "roundabout",
	.on_message = on_message,
	.on_edit = on_edit,
	.on_redaction = on_redaction,
};
