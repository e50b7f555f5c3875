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
#include "store/incident.h"
#include "store/media.h"
#include "store/timer.h"

#define FORGET_TIMER      "forget"
#define MEDIA_KEPT_MS     (14 * MS_PER_DAY)
#define INCIDENTS_KEPT_MS (90 * MS_PER_DAY)

/* References to files that nobody wanted (DESIGN.md decision 10), and incidents that are over. */
static void forget_old(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms)
{
	(void)house;
	(void)due_at_ms;
	media_forget(turn, turn_now_ms(turn) - MEDIA_KEPT_MS);
	incident_expire(turn, turn_now_ms(turn) - INCIDENTS_KEPT_MS);
	timer_set(turn, FORGET_TIMER, subject, turn_now_ms(turn) + MS_PER_DAY);
}

void ticks_begin(const struct house *house, struct turn *turn)
{
	int64_t due_at_ms;

	daypost_begin(house, turn);
	if (!timer_find(turn_view(turn), FORGET_TIMER, "", &due_at_ms))
		timer_set(turn, FORGET_TIMER, "", turn_now_ms(turn) + MS_PER_DAY);
}

const struct tick ticks[] = {
	{ AGENDA_TIMER, reminders_fire },
	{ DAYPOST_TIMER, daypost_fire },
	{ FORGET_TIMER, forget_old },
	{ HUSH_TIMER, hush_fire },
	{ PROPOSAL_TIMER, proposal_fire },
	{ UNREAD_TIMER, unread_fire },
	{ UNREAD_REST_TIMER, unread_rest_fire },
	{ NULL, NULL },
};
