/*
 * What a group hears when we join it (DESIGN.md decision 19): what we do, what we keep and who sees
 * it, how to have it erased.
 */
#ifndef ROTONDE_SAY_INTRODUCTION_H
#define ROTONDE_SAY_INTRODUCTION_H

#include "people/group.h"
#include "people/house.h"
#include "store/turn.h"

extern const struct statements introduction_statements;

/*
 * Introduce ourselves in the group's room, which there must be: at once in a native room. Several bridged
 * groups on one day hear it one after the other, outside the quiet hours and with some time between
 * them, because a bridge takes the same words everywhere at once for spam.
 */
void introduction_say(const struct house *house, struct turn *turn, const struct group *group);

#endif
