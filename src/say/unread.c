#include "say/unread.h"

#include "base/clock.h"
#include "people/group.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/timer.h"
#include "text/message.h"

#define PATIENCE_MS (23 * MS_PER_SECOND)
#define REST_MS     MS_PER_HOUR

void unread_note(struct turn *turn, const char *room)
{
	int64_t due_at_ms;

	if (timer_find(turn_view(turn), UNREAD_TIMER, room, &due_at_ms) || timer_find(turn_view(turn), UNREAD_REST_TIMER, room, &due_at_ms))
		return;
	timer_set(turn, UNREAD_TIMER, room, turn_now_ms(turn) + PATIENCE_MS);
}

void unread_fire(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms)
{
	struct inbox_unread unread;
	struct group group;

	/* What waited before that was told an hour ago, or came when we were not told to care. */
	if (!inbox_unread_since(turn_view(turn), subject, due_at_ms - PATIENCE_MS, &unread) ||
	    !group_find_by_room(turn_view(turn), subject, &group))
		return;
	if (unread.arrived_at_ms + PATIENCE_MS > turn_now_ms(turn)) {
		timer_set(turn, UNREAD_TIMER, subject, unread.arrived_at_ms + PATIENCE_MS);
		return;
	}
	(void)outbox_add(turn, &(struct outbox_message){
		.room = subject,
		.body = message_format(house->catalogue, turn_arena(turn), group.language, "warn.unread", NULL, 0),
		.reply_to = unread.event,
		.expires_at_ms = turn_now_ms(turn) + REST_MS,
	});
	timer_set(turn, UNREAD_REST_TIMER, subject, turn_now_ms(turn) + REST_MS);
}

void unread_rest_fire(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms)
{
	/* That it stood was all: what cannot be read from now on is noted anew. */
	(void)house;
	(void)turn;
	(void)subject;
	(void)due_at_ms;
}
