/*
 * The month that a monthly section looks back on when it never spoke before.
 */
#ifndef ROTONDE_SAY_MONTH_H
#define ROTONDE_SAY_MONTH_H

#include <stdint.h>

#include "people/house.h"

/* The beginning of the day a month before, on the neighbourhood's calendar. */
int64_t month_before_ms(const struct house *house, int64_t at_ms);

#endif
