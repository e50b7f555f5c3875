/*
 * When the bot may speak by itself (DESIGN.md decision 13): not in the quiet hours, and once a day at
 * the hour of the day post. All of it by the neighbourhood's clock.
 */
#ifndef ROTONDE_PEOPLE_HOURS_H
#define ROTONDE_PEOPLE_HOURS_H

#include <stdbool.h>
#include <stdint.h>

#include "people/house.h"

struct wall;

/* How long before the quiet hours begin what falls in them is said instead. */
#define HOURS_EVE_MS (30 * MS_PER_MINUTE)

bool hours_are_quiet(const struct house *house, int64_t at_ms);

/* at_ms itself, or the end of the quiet hours it falls in. */
int64_t hours_after_quiet(const struct house *house, int64_t at_ms);

/* at_ms itself, or HOURS_EVE_MS before the quiet hours it falls in: 20:30 the evening before. */
int64_t hours_before_quiet(const struct house *house, int64_t at_ms);

/* Until when the day's post may go out: the quiet hours of that evening, or midnight when they begin after it. */
int64_t hours_evening(const struct house *house, const struct wall *date);

/* The moment of the day post on that date. */
int64_t hours_day_post(const struct house *house, const struct wall *date);

#endif
