/*
 * What is wanted tomorrow or today, to who took it: a section of the day post.
 */
#ifndef ROTONDE_SAY_ACTION_DAY_H
#define ROTONDE_SAY_ACTION_DAY_H

#include "people/house.h"
#include "say/daypost.h"
#include "store/turn.h"

/* A section of day_sections[]. */
const char *action_day_compose(const struct house *house, struct turn *turn, const struct day_post *post);

#endif
