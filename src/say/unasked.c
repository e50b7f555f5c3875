#include "say/unasked.h"

#include "people/hours.h"
#include "store/outbox.h"

int64_t unasked_add(const struct house *house, struct turn *turn, const struct unasked *unasked)
{
	int64_t now_ms = turn_now_ms(turn);
	int64_t from_ms = hours_after_quiet(house, unasked->not_before_ms > now_ms ? unasked->not_before_ms : now_ms);

	return outbox_add(turn, &(struct outbox_message){
		.room = unasked->room,
		.body = unasked->body,
		.dedupe = unasked->dedupe,
		.not_before_ms = from_ms,
		.expires_at_ms = from_ms + unasked->useful_ms,
	});
}
