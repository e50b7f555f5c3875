/*
 * What stands in the way ("hobbels"), as people mark it in their own words. Pure.
 *
 *	hobbel: de lift is kapot              what follows the word and its colon
 *	Hobbels:                              under the word alone: the lines to the next empty one
 *	- de lift
 *	we hadden een hobbel met de lift      the word in a sentence: that line
 *
 * "Geen hobbels" is none. English: obstacle, bump, hurdle.
 */
#ifndef ROTONDE_YEAR_OBSTACLE_H
#define ROTONDE_YEAR_OBSTACLE_H

#include <stddef.h>

#include "base/arena.h"

/* Each on one line, in the order of the text; at most one a line. */
const char **obstacle_list(struct arena *arena, const char *text, size_t *ret_len);

#endif
