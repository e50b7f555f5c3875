#include "base/clock.h"

#include <stddef.h>
#include <time.h>

#include "base/die.h"

static int64_t read_clock(clockid_t id)
{
	struct timespec now;

	if (clock_gettime(id, &now) != 0)
		die("clock_gettime failed");
	return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

static int64_t system_now_ms(void *context)
{
	(void)context;
	return read_clock(CLOCK_REALTIME);
}

const struct clock clock_system = { system_now_ms, NULL };

int64_t clock_now_ms(const struct clock *clock)
{
	return clock->now_ms(clock->context);
}

int64_t monotonic_ms(void)
{
	return read_clock(CLOCK_MONOTONIC);
}
