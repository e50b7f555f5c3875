/*
 * What happens by itself: every kind of timer.
 */
#include <stddef.h>

#include "agenda/notice.h"
#include "base/clock.h"
#include "say/daypost.h"
#include "say/hush.h"
#include "say/proposal_words.h"
#include "say/reminders.h"
#include "say/tick.h"
#include "say/unread.h"
#include "store/media.h"
#include "store/timer.h"

#define MEDIA_TIMER   "media"
#define MEDIA_KEPT_MS (14 * MS_PER_DAY)

/* References to files that nobody wanted (DESIGN.md decision 10). */
static void forget_media(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms)
{
	(void)house;
	(void)due_at_ms;
	media_forget(turn, turn_now_ms(turn) - MEDIA_KEPT_MS);
	timer_set(turn, MEDIA_TIMER, subject, turn_now_ms(turn) + MS_PER_DAY);
}

void ticks_begin(const struct house *house, struct turn *turn)
{
	int64_t due_at_ms;

	daypost_begin(house, turn);
	if (!timer_find(turn_view(turn), MEDIA_TIMER, "", &due_at_ms))
		timer_set(turn, MEDIA_TIMER, "", turn_now_ms(turn) + MS_PER_DAY);
}

const struct tick ticks[] = {
	{ AGENDA_TIMER, reminders_fire },
	{ DAYPOST_TIMER, daypost_fire },
	{ HUSH_TIMER, hush_fire },
	{ MEDIA_TIMER, forget_media },
	{ PROPOSAL_TIMER, proposal_fire },
	{ UNREAD_TIMER, unread_fire },
	{ UNREAD_REST_TIMER, unread_rest_fire },
	{ NULL, NULL },
};
