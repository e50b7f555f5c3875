/*
 * Changing one time of a series, and when a series ends: "alleen deze keer". The rest of the series goes on.
 * Rights, versions, reminders and announcements are as in agenda/change.h.
 */
#ifndef ROTONDE_AGENDA_ONCE_H
#define ROTONDE_AGENDA_ONCE_H

#include <stdbool.h>
#include <stdint.h>

#include "agenda/change.h"

extern const struct statements agenda_once_statements;

/* One time of a series. */
struct agenda_once {
	struct wall day;       /* the day the rule gives it, at 00:00 */
	struct timing planned; /* as the rule gives it */
	struct timing timing;  /* as it stands; when off as it stood before */
	bool off;
	const char *reason;    /* why it is off; NULL: not said */
};

/*
 * The time of a series on this day, or the one that was moved to it; day NULL: the one going on or coming.
 * AGENDA_DONE, what agenda_may_change() says, or AGENDA_NO_DAY. The event must have a rule.
 */
enum agenda_verdict agenda_once_find(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct wall *day,
				     struct agenda_event *ret_event, struct agenda_once *ret_once) MUST_CHECK;

/* Both: event and once as agenda_once_find() gave them; brought up to now with AGENDA_DONE. */
enum agenda_verdict agenda_once_move(const struct agenda_hand *hand, struct turn *turn, const struct timing *to, struct agenda_event *event,
				     struct agenda_once *once) MUST_CHECK;
enum agenda_verdict agenda_once_cancel(const struct agenda_hand *hand, struct turn *turn, const char *reason, struct agenda_event *event,
				       struct agenda_once *once) MUST_CHECK;

/* The series has its last time on this day, or the last before it. */
enum agenda_verdict agenda_end(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct wall *last,
			       struct agenda_event *ret_event) MUST_CHECK;

#endif
