/*
 * Time is passed in, never asked for: who needs "now" is given it by the turn, and the turn by a clock.
 * All instants are milliseconds since 1970-01-01T00:00Z.
 */
#ifndef ROTONDE_BASE_CLOCK_H
#define ROTONDE_BASE_CLOCK_H

#include <stdint.h>

#define MS_PER_SECOND INT64_C(1000)
#define MS_PER_MINUTE (60 * MS_PER_SECOND)
#define MS_PER_HOUR   (60 * MS_PER_MINUTE)
#define MS_PER_DAY    (24 * MS_PER_HOUR)

struct clock {
	int64_t (*now_ms)(void *context);
	void *context;
};

int64_t clock_now_ms(const struct clock *clock);

/* The machine's own clock. */
extern const struct clock clock_system;

/* A monotonic reading for measuring how long something took; unrelated to any clock. */
int64_t monotonic_ms(void);

#endif
