/*
 * Dates in words, for answers: always in full, so that a writer sees whether he was understood.
 * Clocks are of 24 hours in both languages.
 */
#ifndef ROTONDE_TEXT_SPOKEN_H
#define ROTONDE_TEXT_SPOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "text/language.h"
#include "text/when.h"
#include "text/zone.h"

/* "woensdag 15 juni 2022", "Wednesday 15 June 2022". */
char *spoken_date(const struct zone *zone, struct arena *arena, enum language language, int64_t utc_ms) MUST_CHECK;

/* "20:00". */
char *spoken_clock(const struct zone *zone, struct arena *arena, int64_t utc_ms) MUST_CHECK;

/* "woensdag 15 juni 2022 om 20:00", "Wednesday 15 June 2022 at 20:00". */
char *spoken_moment(const struct zone *zone, struct arena *arena, enum language language, int64_t utc_ms) MUST_CHECK;

/*
 * The whole of it, its recurrence apart: "woensdag 15 juni 2022 van 14:00 tot 16:00", "zaterdag 18 juni
 * 2022, de hele dag", "zaterdag 10 t/m zaterdag 17 september 2022".
 */
char *spoken_when(const struct zone *zone, struct arena *arena, enum language language, const struct when *when) MUST_CHECK;

/* For lists: "wo 15 jun 20:00", "Wed 15 Jun 20:00"; all day without the clock. */
char *spoken_brief(const struct zone *zone, struct arena *arena, enum language language, int64_t utc_ms, bool all_day) MUST_CHECK;

/*
 * "elke eerste woensdag van de maand", "every other week on Monday, up to and including 1 September
 * 2022". NULL for a rule that when_read() does not make.
 */
char *spoken_rule(const struct zone *zone, struct arena *arena, enum language language, const char *rrule) MUST_CHECK;

#endif
