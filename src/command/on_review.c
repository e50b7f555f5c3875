/*
 * What comes back to a question about a receipt (!vraag): the reply, with words or with a photo, a mend of it, and taking
 * it back. The receipt waits to be looked at again, and who asked hears the answer where he asked.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/bon_request.h"
#include "command/records.h"
#include "say/review_words.h"
#include "say/typed.h"
#include "say/unasked.h"
#include "store/media.h"
#include "store/outbox.h"
#include "text/unicode.h"

#define ANSWER_USEFUL_MS (14 * MS_PER_DAY)

enum { ANSWER_MAX = 300 };

/* Bring an answer to where the question came from. */
static void bring(struct request *request, const struct review_question *question, const char *key, const char *text)
{
	struct arena *arena = turn_arena(request->turn);
	struct group group = group_get(turn_view(request->turn), question->group);
	struct reader reader = { request->house, turn_view(request->turn), &group, question->language };

	if (!group.room)
		return;
	(void)unasked_add(request->house, request->turn, &(struct unasked){
		.room = group.room,
		.body = SAY_TO(&reader, key, MSG_INT("number", question->receipt), MSG_TEXT("text", typed_for(&reader, request->group.id, unicode_cut(arena, text, ANSWER_MAX)))),
		.dedupe = arena_printf(arena, "antwoord/%s", request->event->id),
		.useful_ms = ANSWER_USEFUL_MS,
	});
}

/* The photo that came with the answer belongs to the receipt. */
static bool add_photo(struct request *request, int64_t receipt)
{
	struct booking booking;
	struct media_row file;

	return request->event->media && bon_request_is_photo(request->event->media) && media_find(turn_view(request->turn), request->event->id, &file) &&
	       !budget_refuses(budget_add_photo(request->turn, &request->actor, receipt, file.id, &booking));
}

static bool on_message(struct request *request)
{
	const struct event *event = request->event;
	struct view *view = turn_view(request->turn);
	int64_t outbox = event->reply_to ? outbox_find_event(view, event->reply_to) : 0;
	struct review_question question;
	bool photo;

	if (!outbox || !review_find_question(view, outbox, &question))
		return false;
	photo = add_photo(request, question.receipt);
	if (!photo && str_empty(request->text))
		return false;
	review_answer(request->turn, &question, request->person.id, event->id, request->text);
	bring(request, &question, photo ? "review.answer.photo" : "review.answer", request->text);
	ANSWER(request, "vraag.thanks");
	return true;
}

static bool on_edit(struct request *request)
{
	struct review_question question;

	if (!review_find_answered(turn_view(request->turn), request->event->target, request->person.id, &question) || str_empty(request->text))
		return false;
	review_change_answer(request->turn, request->event->target, request->text);
	bring(request, &question, "review.answer.changed", request->text);
	return true;
}

static bool on_redaction(struct request *request)
{
	struct review_question question;

	if (!review_find_answered(turn_view(request->turn), request->event->target, request->person.id, &question))
		return false;
	review_change_answer(request->turn, request->event->target, "");
	return true;
}

const struct listener on_review = {
	.name = "review",
	.on_message = on_message,
	.on_edit = on_edit,
	.on_redaction = on_redaction,
};
