/*
 * Up to when each group was told, unasked, of what it did and whom it thanked.
 */
#ifndef ROTONDE_ACTIONS_TOLD_H
#define ROTONDE_ACTIONS_TOLD_H

#include <stdint.h>

#include "store/turn.h"

extern const struct statements action_told_statements;

enum action_told {
	ACTION_TOLD_LOOK_BACK,
	ACTION_TOLD_APPLAUSE,
	ACTION_TOLD_NEIGHBOURHOOD, /* applause of others */
};

/* 0: never. */
int64_t action_told_until(struct view *view, int64_t group, enum action_told what);

/* Up to now. */
void action_tell(struct turn *turn, int64_t group, enum action_told what);

#endif
