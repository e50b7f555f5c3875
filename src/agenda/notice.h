/*
 * What the agenda has to say unasked: reminders, and that an event was moved or cancelled. A notice is a
 * row that waits for its hour; words are added by say/.
 *
 * Reminders of a day and more, and changes of what lies more than two days ahead, wait for the day post
 * of each group: agenda_items() and agenda_item_told(). The rest is a message of its own, said when the
 * event's timer (AGENDA_TIMER, its number as subject) fires: agenda_settle(), agenda_take_alone(),
 * agenda_wake(). Planning reminders is agenda/reminder.h.
 *
 * A core's event is told in all groups of that core and of those that joined it, a neighbourhood event in one group per core.
 */
#ifndef ROTONDE_AGENDA_NOTICE_H
#define ROTONDE_AGENDA_NOTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agenda/event.h"
#include "people/group.h"
#include "people/house.h"
#include "store/turn.h"

#define AGENDA_TIMER "agenda"

extern const struct statements agenda_notice_statements;

enum agenda_notice_kind { AGENDA_NOTICE_REMINDER, AGENDA_NOTICE_MOVED, AGENDA_NOTICE_CANCELLED, AGENDA_NOTICE_JOINT };

struct agenda_notice {
	int64_t id;
	enum agenda_notice_kind kind;
	struct agenda_event event; /* as it is now */
	bool once;                 /* only one time of a series was changed: ... */
	struct wall day;           /* ... that of this day, as its rule has it */
	struct wall occurrence;    /* reminder: which time, as planned; else when the event was before the change */
	bool occurrence_all_day;
	int64_t offset_ms;         /* reminder: how long before */
	int64_t due_at_ms;
	int64_t useless_at_ms;     /* who reads it later is not helped: the message's expiry */
	int64_t seen_by;           /* the group that read it in an answer already; 0: none */
};

/*
 * For the day post of a group: what it should hear today, soonest event first and each event once, beside
 * its single times that were changed. What
 * an earlier post missed is among it as long as it is of use.
 */
struct agenda_notice *agenda_items(struct view *view, const struct group *group, size_t *ret_len);

/* The group was told, in this turn. */
void agenda_item_told(struct turn *turn, const struct group *group, const struct agenda_notice *item);

/*
 * Bring the event up to now: what is of no use any more is closed (and logged when nobody heard it), a
 * series goes on to its next time, a reminder that came due late in a quiet night waits for the morning.
 */
void agenda_settle(const struct house *house, struct turn *turn, int64_t number);

/*
 * The message of its own that is due about this event, if any: it counts as said from here on, and the
 * smaller ones due by now are skipped. When nobody is to hear it, all are skipped, and there is none.
 */
bool agenda_take_alone(struct turn *turn, int64_t number, struct agenda_notice *ret_notice) MUST_CHECK;

/* Who is to hear a message of its own: all who hear of the event but who read it in an answer and, of reminders, groups that are quiet. */
struct group *agenda_listeners(struct view *view, const struct agenda_notice *notice, size_t *ret_len);

/* The dedupe key under which a group is told: "reminder/5/2022-06-15T20:00/2h/kruitberg", "moved/5/17/kruitberg", "once/5/2022-06-22/18/kruitberg". */
const char *agenda_notice_key(struct arena *arena, const struct agenda_notice *notice, const struct group *group);

/* Set the event's timer to what comes next. */
void agenda_wake(struct turn *turn, int64_t number);

/* Who hears of the event. */
struct group *agenda_audience(struct view *view, const struct agenda_event *event, size_t *ret_len);

/* Did anybody hear of it beyond the answer to who typed it? */
bool agenda_was_told(struct view *view, int64_t number);

/*
 * Have the change announced to everybody but the group seen_by. It takes the place of one nobody heard
 * yet; what still waits in the outbox about the event as it was is taken back.
 */
void agenda_announce(const struct house *house, struct turn *turn, enum agenda_notice_kind kind, const struct agenda_event *before,
		     const struct agenda_event *after, int64_t seen_by);

/* Another core joined: it goes with the day posts of both. */
void agenda_announce_joint(const struct house *house, struct turn *turn, const struct agenda_event *event);

/* What waits about the event will not be said. */
void agenda_hush(struct turn *turn, int64_t number);

/* One time of a series was moved or called off. */
struct agenda_once_news {
	enum agenda_notice_kind kind;
	struct wall day;      /* which time: the day its rule gives it */
	struct wall was;      /* when it was until now */
	int64_t begins_ms;    /* when it was or is to begin, whichever comes first */
	int64_t over_ms;      /* when both are over */
	int64_t seen_by;
};

/* The same for one time of a series. What waits about other times, or the whole, stays. */
void agenda_announce_once(const struct house *house, struct turn *turn, const struct agenda_event *after, const struct agenda_once_news *news);

#endif
