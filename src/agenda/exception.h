/*
 * The times of a series that are not as its rule says, as they are stored. Deciding on them is agenda/once.h.
 */
#ifndef ROTONDE_AGENDA_EXCEPTION_H
#define ROTONDE_AGENDA_EXCEPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agenda/timing.h"
#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements agenda_exception_statements;

/* All of an event, by day. */
struct timing_exception *exception_list(struct view *view, int64_t number, size_t *ret_len);

/* *ret_reason: why it is off; NULL: not said. */
bool exception_find(struct view *view, int64_t number, const struct wall *day, struct timing_exception *ret_exception,
		    const char **ret_reason) MUST_CHECK;

/* Takes the place of what was said of this day before. all_day as the series. */
void exception_put(struct turn *turn, int64_t number, const struct timing_exception *exception, bool all_day, const char *reason);

/* The day is as the rule says again. */
void exception_drop(struct turn *turn, int64_t number, const struct wall *day);

#endif
