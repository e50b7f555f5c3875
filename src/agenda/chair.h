/*
 * Who chairs: a list of an event, in order, that goes round. Its first who can chairs the coming time; when
 * that was held he goes to the end. Who cannot keeps his place, and so does who swapped: that is fair also
 * after a year of swaps. The list holds neighbours, and names of people without an account.
 */
#ifndef ROTONDE_AGENDA_CHAIR_H
#define ROTONDE_AGENDA_CHAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agenda/change.h"
#include "base/compiler.h"

extern const struct statements agenda_chair_statements;

enum { CHAIRS_MAX = 20 };

enum chair_verdict {
	CHAIR_DONE,
	CHAIR_REFUSED,    /* agenda/change.h says why: see ret_refusal */
	CHAIR_NONE,       /* the event has no list */
	CHAIR_NOT_YOURS,  /* who is not on the list, and may not change the event */
	CHAIR_NOT_LISTED, /* nobody on the list is called so */
	CHAIR_NOBODY,     /* nobody else on it can */
};

struct chair {
	int64_t place;  /* in the queue; the lowest is next */
	int64_t person; /* 0: a name only */
	const char *name; /* as typed */
	bool away;      /* cannot at the event's coming time */
};

/* Those who can first, in the order of their turns, then those who cannot. None: the event has no list. */
struct chair *chair_list(struct view *view, const struct agenda_event *event, size_t *ret_len);

/* A new list in the order of these; len 0 ends it. *ret_event, and what agenda/change.h refuses with in *ret_refusal. */
enum chair_verdict chair_set(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct chair *chairs, size_t len,
			     struct agenda_event *ret_event, enum agenda_verdict *ret_refusal) MUST_CHECK;

/* The next and who comes after him change turns; with a person or name: he and that one. */
enum chair_verdict chair_swap(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct chair *with,
			      struct agenda_event *ret_event, enum agenda_verdict *ret_refusal) MUST_CHECK;

/* He cannot before this day. */
enum chair_verdict chair_away(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct chair *who, const struct wall *until,
			      struct agenda_event *ret_event, enum agenda_verdict *ret_refusal) MUST_CHECK;

/* The event's current time was held: remember who chaired, and go round. */
void chair_held(struct turn *turn, const struct agenda_event *event);

/* Numbers of the events typed in this group that have a list and a time to come, soonest first. */
int64_t *chair_events(struct view *view, int64_t group, size_t *ret_len);

#endif
