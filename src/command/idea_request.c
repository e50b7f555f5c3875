#include "command/idea_request.h"

#include "base/str.h"
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
