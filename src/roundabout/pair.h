/*
 * The roundabout (NEIGHBOURHOOD.md): two cores plan apart what they may do together. Each is asked, once in the
 * lives of both events; nothing is announced before both said yes, and a no is final and silent. Nobody is
 * asked about what comes back every week, nor about events of the whole neighbourhood.
 */
#ifndef ROTONDE_ROUNDABOUT_PAIR_H
#define ROTONDE_ROUNDABOUT_PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agenda/change.h"
#include "agenda/event.h"
#include "base/compiler.h"
#include "people/house.h"
#include "store/turn.h"

extern const struct statements pair_statements;

/* Why two events may go together, the strongest last. */
enum pair_reason {
	PAIR_NONE,
	PAIR_DAY,   /* they begin on the same day */
	PAIR_WEEK,  /* less than a week apart, with like words (text/likeness.h) */
	PAIR_PLACE, /* in the same place, at overlapping times */
};

enum pair_reason pair_compare(struct view *view, const struct agenda_event *a, const struct agenda_event *b);

/* A pair as one of its cores sees it. */
struct pair_side {
	int64_t pair;
	int64_t core;
	enum pair_reason reason; /* as both events are now */
	struct agenda_event own;
	struct agenda_event other;
};

/*
 * The event is new, or at another time or place: is there one of another core that it may go with? At most one is
 * found, the likeliest that was no pair before. ret_sides: the event's own core first.
 */
bool pair_look(struct turn *turn, const struct agenda_event *event, struct pair_side ret_sides[2]) MUST_CHECK;

/* The first question that this core was not asked yet and that still makes sense. */
bool pair_find_unasked(struct view *view, int64_t core, struct pair_side *ret_side) MUST_CHECK;

/* Our message under this dedupe key asks that core. One key asks one thing; more keys may ask the same. */
void pair_asked(struct turn *turn, int64_t pair, int64_t core, const char *key);

/* What our message under this key asked. */
bool pair_find_asked(struct view *view, const char *key, int64_t *ret_pair, int64_t *ret_core) MUST_CHECK;

/* What this message answered. */
bool pair_find_answered(struct view *view, const char *message, int64_t *ret_pair, int64_t *ret_core) MUST_CHECK;

struct pair_answer {
	int64_t pair;
	int64_t core;
	const char *message;
	bool yes;
};

enum pair_verdict {
	PAIR_NOTED,   /* yes, and the other core did not answer yet */
	PAIR_JOINED,  /* both said yes: one event for both from now on */
	PAIR_REFUSED, /* no: nobody is asked again, nobody else hears it */
	PAIR_STAYS,   /* too late, or the other said no before, or a plan changed: all stays as it is */
	PAIR_SETTLED, /* they had joined already, or this core had said the same */
};

/* A lead of that core answers; that he is one is the caller's to see. *ret_event: with PAIR_JOINED the joint event, else the core's own. */
enum pair_verdict pair_answer(const struct agenda_hand *hand, struct turn *turn, const struct pair_answer *answer,
			      struct agenda_event *ret_event) MUST_CHECK;

/* The message with this answer was taken back: as if it was never given, unless it was settled by then. */
void pair_take_back(struct turn *turn, int64_t pair, int64_t core);

#endif
