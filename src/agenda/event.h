/*
 * What stands on the agenda, to look at. Changing it is agenda/change.h, reminding agenda/notice.h.
 * Texts live in the arena of the view.
 */
#ifndef ROTONDE_AGENDA_EVENT_H
#define ROTONDE_AGENDA_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agenda/timing.h"
#include "store/turn.h"

extern const struct statements agenda_event_statements;

enum agenda_status { AGENDA_CONFIRMED, AGENDA_CANCELLED };

struct agenda_event {
	int64_t number;       /* what people type: !agenda 5 */
	int64_t core;         /* whose it is; 0: the whole neighbourhood's */
	int64_t group;        /* where it was typed */
	int64_t author;
	const char *typed;    /* what followed the command word in the message, as last edited */
	int64_t typed_at_ms;  /* when it was first written: "morgen" in it counts from here */
	const char *title;
	const char *place;    /* NULL: not said */
	struct timing timing;
	enum agenda_status status;
	const char *reason;   /* why it was cancelled; NULL: not said */
	int64_t same_as;      /* the event it seems to repeat; 0: none */
	bool own_offsets;     /* has its own wishes for reminders */
	bool has_next;        /* false: the last time is over, or it was cancelled */
	struct wall next;     /* the time going on or coming: as planned, so it may differ from the wall by summer time */
	struct wall next_day; /* which time of a series that is: the day the rule gives it, at 00:00 */
	bool next_has_end;    /* as timing.has_end, unless only this time is otherwise */
	int64_t next_at_ms;
	int64_t next_over_ms;
};

bool agenda_find(struct view *view, int64_t number, struct agenda_event *ret_event) MUST_CHECK;
struct agenda_event agenda_get(struct view *view, int64_t number);

/* The event that was typed in this message. */
bool agenda_find_typed(struct view *view, const char *message, struct agenda_event *ret_event) MUST_CHECK;

/*
 * Coming and going on, of this core and of the neighbourhood, soonest first, a series once by its next
 * time; at most max, from the one behind the first `from`. core 0: the neighbourhood's only. *ret_more: how
 * many there are beyond these.
 */
struct agenda_event *agenda_coming(struct view *view, int64_t core, size_t from, size_t max, size_t *ret_len, size_t *ret_more);

/* What cores plan once, not again and again, that begins between these moments, soonest first; of all cores. */
struct agenda_event *agenda_beginning(struct view *view, int64_t after_ms, int64_t before_ms, size_t *ret_len);

/*
 * What stands for the whole neighbourhood and may have a time from one day on and before another: each that is once and
 * begins there, and every series that began before the end.
 */
struct agenda_event *agenda_of_neighbourhood(struct view *view, const struct wall *from, const struct wall *until, size_t *ret_len);

/* An event by this person with the same title and start that still stands; 0 when there is none. */
int64_t agenda_find_same(struct view *view, int64_t author, const char *title, const struct timing *timing);

/*
 * For who changes an event. Work out which time is now or next and store it with the event; false when
 * all are over. *ret_before_ms: when the time before that one was over, INT64_MIN for the first.
 */
bool agenda_set_next(const struct zone *zone, struct turn *turn, struct agenda_event *event, int64_t *ret_before_ms);

#endif
