/*
 * A day that is over, as people write it: "12 november" is the last one up to today, "zaterdag" the last Saturday,
 * "gisteren" yesterday. For what is written down afterwards; what is still to come is read by text/when.h.
 */
#ifndef ROTONDE_TEXT_PAST_DAY_H
#define ROTONDE_TEXT_PAST_DAY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "text/wall.h"

/*
 * The whole text is a day, perhaps behind "op" or "on". One that names its year, or "morgen", may lie after today all the
 * same: that is the caller's to see.
 */
bool past_day_read(struct arena *arena, const char *text, const struct wall *today, struct wall *ret_date) MUST_CHECK;

#endif
