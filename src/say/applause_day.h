/*
 * The monthly round of applause, as sections of the day post on the first of the month: each group hears
 * whom it thanked, and one group of each core what was applauded elsewhere, without names.
 */
#ifndef ROTONDE_SAY_APPLAUSE_DAY_H
#define ROTONDE_SAY_APPLAUSE_DAY_H

#include "people/house.h"
#include "say/daypost.h"
#include "store/turn.h"

/* Sections of day_sections[]. */
const char *applause_day_compose(const struct house *house, struct turn *turn, const struct day_post *post);
const char *applause_day_compose_neighbourhood(const struct house *house, struct turn *turn, const struct day_post *post);

#endif
