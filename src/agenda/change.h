/*
 * Changing the agenda. Who may: an event's author, a lead of its core or of one that joined it, a coordinator; an event of the
 * whole neighbourhood a coordinator only, though its author may edit or take back his message as long as
 * nobody was told of it. Every change leaves a version behind, plans the reminders anew and has the
 * others told.
 */
#ifndef ROTONDE_AGENDA_CHANGE_H
#define ROTONDE_AGENDA_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agenda/event.h"
#include "people/actor.h"
#include "people/group.h"
#include "people/house.h"
#include "store/turn.h"

extern const struct statements agenda_change_statements;

enum agenda_verdict {
	AGENDA_DONE,
	AGENDA_TWICE,        /* done; but the same person typed this title and start before: event.same_as */
	AGENDA_UNCHANGED,    /* it was so already */
	AGENDA_UNKNOWN,      /* no such number */
	AGENDA_NOT_YOURS,    /* the actor may not change this one */
	AGENDA_OFF,          /* it was cancelled */
	AGENDA_OVER,         /* it was held */
	AGENDA_PAST,         /* it would be moved to what lies behind us */
	AGENDA_SKIPPED_HOUR, /* summer time skips the clock it would begin at */
	AGENDA_ENDS_BEFORE,  /* it would end before it begins */
	AGENDA_SERIES_DAY,   /* a series keeps its days; only its clock can move */
	AGENDA_NO_HOME,      /* this group belongs to no core and not to the neighbourhood */
	AGENDA_RULE,         /* the rule of the series is none we take */
	AGENDA_NO_DAY,       /* the series has no time on that day */
	AGENDA_NOT_SERIES,   /* it happens once, so it has no last time */
	AGENDA_OTHER_KIND,   /* one time of a series cannot last all day when the others do not, nor the other way round */
	AGENDA_NO_CLOCK,     /* reminders of hours before an event that lasts all day */
};

/* Who changes, and in which group: it reads the answer and needs no announcement. */
struct agenda_hand {
	const struct house *house;
	const struct actor *actor;
	const struct group *group;
};

/* An event as its message tells it. */
struct agenda_entry {
	const char *message;  /* its id; unique */
	const char *typed;    /* what followed the command word */
	int64_t typed_at_ms;
	const char *title;
	const char *place;    /* NULL: not said */
	struct timing timing; /* may have begun already when the message came late */
};

/* *ret_event is set by AGENDA_DONE and AGENDA_TWICE; below also by every other verdict but AGENDA_UNKNOWN. */
enum agenda_verdict agenda_add(const struct agenda_hand *hand, struct turn *turn, const struct agenda_entry *entry,
			       struct agenda_event *ret_event) MUST_CHECK;

/* What the others below ask first: AGENDA_DONE, or UNKNOWN, NOT_YOURS, OFF, OVER. The event is brought up to now. */
enum agenda_verdict agenda_may_change(const struct agenda_hand *hand, struct turn *turn, int64_t number,
				      struct agenda_event *ret_event) MUST_CHECK;

/* A series moves as a whole: to a rule of its own in `to`, else only by clock, for `to` on the day of its next time. */
enum agenda_verdict agenda_move(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct timing *to,
				struct agenda_event *ret_event) MUST_CHECK;

/*
 * Its author edited the message: it said `was` and now says `now`. Only what differs between the two is
 * changed in the event, so that mending a word in the title does not undo a move.
 */
enum agenda_verdict agenda_edit(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct agenda_entry *was,
				const struct agenda_entry *now, struct agenda_event *ret_event) MUST_CHECK;

/* reason NULL: not said. */
enum agenda_verdict agenda_cancel(const struct agenda_hand *hand, struct turn *turn, int64_t number, const char *reason,
				  struct agenda_event *ret_event) MUST_CHECK;

/* Its author took the message back: like a cancellation, of which nobody hears who did not hear of the event. */
enum agenda_verdict agenda_withdraw(const struct agenda_hand *hand, struct turn *turn, int64_t number,
				    struct agenda_event *ret_event) MUST_CHECK;

/*
 * The event `folded` becomes part of `number`, which stays as it is: off for itself, and nobody hears of it by this
 * alone. AGENDA_DONE, AGENDA_OFF or AGENDA_OVER. Rights are not asked; use joint_make() (agenda/joint.h).
 */
enum agenda_verdict agenda_fold(const struct agenda_hand *hand, struct turn *turn, int64_t number, int64_t folded,
				struct agenda_event *ret_event, struct agenda_event *ret_folded) MUST_CHECK;

/* Offsets of at least a minute, in any order; len 0: no reminders. */
enum agenda_verdict agenda_remind(const struct agenda_hand *hand, struct turn *turn, int64_t number, const int64_t *offsets_ms, size_t len,
				  struct agenda_event *ret_event) MUST_CHECK;

#endif
