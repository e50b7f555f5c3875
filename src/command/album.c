#include "command/album.h"

#include "base/clock.h"

/* The photos of one album are sent together; what is older may be anything. */
#define ALBUM_BEFORE_MS (30 * MS_PER_SECOND)

struct media_row *album_before(const struct request *request, size_t *ret_len)
{
	struct view *view = turn_view(request->turn);
	const struct event *event = request->event;
	struct media_row file, *rows;
	size_t rows_len, len = 0;

	*ret_len = 0;
	if (!event->media || !media_find(view, event->id, &file))
		return NULL;
	rows = media_recent(view, event->room, event->sender, event->sent_at_ms - ALBUM_BEFORE_MS, event->sent_at_ms, &rows_len);
	for (size_t i = 0; i < rows_len; i++) {
		if (rows[i].id < file.id && rows[i].state == MEDIA_KNOWN)
			rows[len++] = rows[i];
	}
	*ret_len = len;
	return rows;
}
