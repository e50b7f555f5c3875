/*
 * Events that two cores do together: one of their two goes on for both, the other is folded into it. The
 * cores that joined hear of it, see it on their agenda and may change it like the one it began with.
 */
#ifndef ROTONDE_AGENDA_JOINT_H
#define ROTONDE_AGENDA_JOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agenda/change.h"
#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements agenda_joint_statements;

/*
 * Both cores agreed: `folded` is no more by itself, its core takes part in `number`, and every group of both
 * hears so in its day post. The caller answers for the agreement; rights are not asked here.
 * AGENDA_DONE; AGENDA_OFF or AGENDA_OVER, when either is no more.
 */
enum agenda_verdict joint_make(const struct agenda_hand *hand, struct turn *turn, int64_t number, int64_t folded,
			       struct agenda_event *ret_event) MUST_CHECK;

/* The event that this one was folded into; 0: it was not. */
int64_t joint_find(struct view *view, int64_t folded);

/* The cores that joined, in the order of their coming; without the event's own. */
int64_t *joint_cores(struct view *view, int64_t number, size_t *ret_len);

/* The core joined, or it is its own event. */
bool joint_takes_part(struct view *view, const struct agenda_event *event, int64_t core);

#endif
