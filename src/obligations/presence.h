/*
 * Which cores were at a learning session, where the cores show each other what they did and learned: the
 * coordinators note it, and may take it back.
 */
#ifndef ROTONDE_OBLIGATIONS_PRESENCE_H
#define ROTONDE_OBLIGATIONS_PRESENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements presence_statements;

/* On that day, "2022-11-12" on the neighbourhood's calendar. Twice is once. by: whose hand. */
void presence_note(struct turn *turn, int64_t core, const char *day, int64_t by);

/* The core was not there after all: on that day, or NULL for the last it was noted for. False when there is none. */
bool presence_undo(struct turn *turn, int64_t core, const char *day, int64_t by);

/* The last day the core was at one. */
bool presence_find_last(struct view *view, int64_t core, const char **ret_day) MUST_CHECK;

/* The last day that any core was at one. */
bool presence_find_last_session(struct view *view, const char **ret_day) MUST_CHECK;

/* The cores that were there on that day, in the order of the config. */
int64_t *presence_list(struct view *view, const char *day, size_t *ret_len);

#endif
