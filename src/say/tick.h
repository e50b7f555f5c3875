/*
 * What happens by itself when a timer (store/timer.h) comes due. The engine fires each timer in a
 * turn of its own, at or after its due time, and has cleared it by then; who wants to go on sets it again.
 */
#ifndef ROTONDE_SAY_TICK_H
#define ROTONDE_SAY_TICK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "people/house.h"
#include "store/turn.h"

struct tick {
	const char *kind;
	/* due_at_ms may lie well before the turn's now: after an outage, decide what is still useful to say. */
	void (*fire)(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms);
};

/* At every start: set the timers that must always be there, where they are not. */
void ticks_begin(const struct house *house, struct turn *turn);

/* Every kind of timer, closed by a row without kind. */
extern const struct tick ticks[];

#endif
