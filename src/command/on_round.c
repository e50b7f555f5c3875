/*
 * Neighbours answer the question of a round: in words or with a photo, in reply to it or to our thanks for an earlier
 * answer. What they do with an answer afterwards is on_story.c.
 */
#include "base/str.h"
#include "command/actie_line.h"
#include "command/answer.h"
#include "command/question.h"
#include "command/records.h"
#include "command/story_request.h"
#include "people/link.h"
#include "store/outbox.h"
#include "year/round.h"

/* Our question, or our thanks: then a photo without words belongs to that answer, and is no new one, when it is his. */
static bool find_asked(const struct request *request, const char **ret_round, int64_t *ret_core)
{
	struct view *view = turn_view(request->turn);
	const char *event = request->event->reply_to, *key;
	struct story answer;

	if (!event)
		return false;
	if (outbox_find_key(view, event, &key))
		return round_find_asked(view, key, ret_round, ret_core);
	if (!outbox_find_answered(view, event, &key) || !story_find_by_event(view, key, &answer) || answer.kind != STORY_ANSWER ||
	    (str_empty(request->text) && link_is_one(view, answer.author, request->person.id)))
		return false;
	*ret_round = answer.round;
	*ret_core = answer.core;
	return true;
}

/* The question comes in the day post: a bare "ja" or "ik" is about something else in it. */
static bool is_meant(const struct request *request)
{
	bool yes;

	return !question_read_yes_no(turn_arena(request->turn), request->text, &yes) && !actie_takes(turn_arena(request->turn), request->text);
}

static bool on_message(struct request *request)
{
	const char *round;
	int64_t core;

	if (!find_asked(request, &round, &core) || !is_meant(request))
		return false;
	if (str_empty(request->text) && !story_request_has_picture(request)) {
		ANSWER(request, "round.only_words");
		return true;
	}
	/* A refusal has changed nothing. */
	switch (story_request_answer(request, round, core)) {
	case COMMAND_DONE:
	case COMMAND_REFUSED:
		break;
	}
	return true;
}

const struct listener on_round = {
	.name = "round",
	.on_message = on_message,
};
