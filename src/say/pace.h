/*
 * Time between the same words in two groups: a bridge that sees them everywhere at once takes them for
 * spam. The gap is chance, but the same chance every time, so that a day played again reads the same.
 */
#ifndef ROTONDE_SAY_PACE_H
#define ROTONDE_SAY_PACE_H

#include <stdint.h>

#include "people/house.h"

/* Between the config's least and most; seed names the post: "2022-06-14/kruitberg". */
int64_t pace_gap_ms(const struct house *house, const char *seed);

#endif
