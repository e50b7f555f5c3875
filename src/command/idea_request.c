#include "command/idea_request.h"

#include "base/die.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/question.h"
#include "ideas/family.h"
#include "ideas/helper.h"
#include "people/link.h"
#include "say/idea_news.h"
#include "say/idea_words.h"
#include "store/media.h"
#include "store/outbox.h"

/* The picture that an event of this room carried, if it is one. */
static void attach_picture(const struct request *request, int64_t id, const char *event)
{
	struct media_row media;

	if (!media_find(turn_view(request->turn), event, &media) || !str_equal(media.room, request->event->room) ||
	    !str_starts(media.file.mime, "image/"))
		return;
	media_want(request->turn, media.id);
	idea_add_photo(request->turn, id, media.id);
}

void idea_request_attach(const struct request *request, int64_t id, const char *place)
{
	const struct event *event = request->event;

	if (event->media)
		attach_picture(request, id, event->id);
	if (event->reply_to)
		attach_picture(request, id, event->reply_to);
	if (event->geo_uri)
		idea_set_place(request->turn, id, event->geo_uri, place);
}

bool idea_request_find(const struct request *request, const char *event, struct idea *ret_idea)
{
	struct view *view = turn_view(request->turn);
	const char *answered;

	if (idea_find_by_message(view, event, ret_idea))
		return true;
	return outbox_find_answered(view, event, &answered) && idea_find_by_message(view, answered, ret_idea);
}

void idea_request_compare(struct request *request, struct idea *idea)
{
	struct idea alike;

	if (!idea_find_alike(turn_view(request->turn), idea, &alike))
		return;
	idea_set_alike(request->turn, idea->id, alike.id);
	idea->alike = alike.id;
	question_ask(request, &(struct question){ .kind = "idee.alike", .subject = idea->id, .answer = QUESTION_YES_NO });
}

void idea_request_join(struct request *request, const struct idea *idea, bool yes)
{
	struct turn *turn = request->turn;
	struct idea other = idea_get(turn_view(turn), idea->alike);

	/* A thumb or ja on what we say now is for this idea. */
	idea_add_message(turn, idea->id, request->event->id);
	idea_set_alike(turn, idea->id, 0);
	if (!yes) {
		ANSWER(request, "idea.alike.apart", MSG_INT("number", idea->id), MSG_INT("other", other.id));
		return;
	}
	switch (idea_join(turn, idea->id, other.id, request->person.id)) {
	case IDEA_JOINED:
		ANSWER(request, "idea.alike.joined", MSG_INT("number", idea->id), MSG_INT("other", other.id));
		if (other.group != request->group.id)
			idea_news_tell(request->house, turn, &other, IDEA_NEWS_JOINED, idea->id);
		return;
	case IDEA_JOIN_TOGETHER:
		ANSWER(request, "idea.alike.joined", MSG_INT("number", idea->id), MSG_INT("other", other.id));
		return;
	case IDEA_JOIN_GONE:
		ANSWER(request, "idea.alike.gone", MSG_INT("number", idea->id), MSG_INT("other", other.id));
		return;
	}
	die("idea_join");
}

bool idea_request_take_part(struct request *request)
{
	struct view *view = turn_view(request->turn);
	const struct event *event = request->event;
	const char *answered;
	struct idea idea;
	bool yes;

	if (!event->reply_to || !question_read_yes_no(turn_arena(request->turn), request->text, &yes) ||
	    !outbox_find_answered(view, event->reply_to, &answered) || !idea_find_by_message(view, answered, &idea) || idea.state == IDEA_ARCHIVED)
		return false;
	if (idea.alike && str_equal(answered, idea.event)) {
		/* That message asked its author something else. */
		if (link_is_one(view, idea.author, request->person.id))
			idea_request_join(request, &idea, yes);
		return true;
	}
	if (yes) {
		idea_add_helper(request->turn, idea.id, request->person.id, request->group.id, event->id);
		ANSWER(request, "idea.part.yes", MSG_INT("number", idea.id));
	} else if (idea_remove_helper(request->turn, idea.id, request->person.id)) {
		ANSWER(request, "idea.part.not_any_more", MSG_INT("number", idea.id));
	} else {
		ANSWER(request, "idea.part.no");
	}
	return true;
}
