/*
 * The config's year as dates (config.h, struct config_year). Pure: days on the neighbourhood's calendar in and out, at
 * 00:00.
 */
#ifndef ROTONDE_YEAR_RHYTHM_H
#define ROTONDE_YEAR_RHYTHM_H

#include <stdbool.h>

#include "base/compiler.h"
#include "config/config.h"
#include "text/wall.h"

/* The first deadline on or after that day; false when the config has none. */
bool rhythm_find_deadline(const struct config_year *year, const struct wall *from, struct wall *ret_day) MUST_CHECK;

/* The last round that begins on or before that day, and the first after it; false when the config has none. */
bool rhythm_find_round(const struct config_year *year, const struct wall *until, struct wall *ret_day) MUST_CHECK;
bool rhythm_find_next_round(const struct config_year *year, const struct wall *after, struct wall *ret_day) MUST_CHECK;

/*
 * A date counts for the nearest month of its event, the earlier of two, so that what is put off still counts. From
 * the first day of *ret_from, and before *ret_until. month: one of the event's, by its first day.
 */
void rhythm_reach(const struct config_year_event *event, const struct wall *month, struct wall *ret_from, struct wall *ret_until);

#endif
