/*
 * The round ("ophaalslag"): on each of the config's days every core is asked how it stands. A round goes by the day it
 * began, "2022-09-01". What a core answers is a story (obligations/story.h); here is which of our messages asked.
 */
#ifndef ROTONDE_YEAR_ROUND_H
#define ROTONDE_YEAR_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"
#include "text/wall.h"

extern const struct statements round_statements;

/* Who said nothing after this long is reminded once; after ROUND_DAYS the coordinators read what came in. */
enum { ROUND_REMINDER_DAYS = 7, ROUND_DAYS = 14 };

/* Our message under this dedupe key asks that core, for the first time or again. day: today. */
void round_ask(struct turn *turn, const char *round, int64_t core, const char *key, const struct wall *day);

/* What our message under this key asked. */
bool round_find_asked(struct view *view, const char *key, const char **ret_round, int64_t *ret_core) MUST_CHECK;

/* The day this core was first asked in the round. */
bool round_find_day(struct view *view, const char *round, int64_t core, struct wall *ret_day) MUST_CHECK;

/* The last round in which this core was asked; core 0: any core. */
bool round_find_last(struct view *view, int64_t core, const char **ret_round) MUST_CHECK;

/* The cores that were asked, in the order of the config. */
int64_t *round_list_cores(struct view *view, const char *round, size_t *ret_len);

#endif
