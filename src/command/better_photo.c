#include "command/better_photo.h"

#include "people/link.h"
#include "people/person.h"

bool better_photo_find(const struct request *request, struct media_row *ret_old, struct media_row *ret_better)
{
	struct view *view = turn_view(request->turn);
	struct person sender;

	return request->event->media && media_find(view, request->event->target, ret_old) && media_find(view, request->event->id, ret_better) &&
	       person_find_by_sender(view, ret_old->sender, &sender) && link_is_one(view, sender.id, request->person.id);
}
