/*
 * Timers: each fires in a turn of its own, in the order of their due times.
 */
#include "base/die.h"
#include "base/log.h"
#include "base/str.h"
#include "engine/crash.h"
#include "engine/engine_internal.h"
#include "say/tick.h"
#include "store/timer.h"

static const struct tick *tick_get(const char *kind)
{
	for (const struct tick *tick = ticks; tick->kind; tick++) {
		if (str_equal(tick->kind, kind))
			return tick;
	}
	die("nobody handles the timer \"%s\"", kind);
}

struct tick_work {
	struct engine *engine;
	bool fired;
};

static void fire_next(struct turn *turn, void *context)
{
	struct tick_work *work = context;
	struct timer timer;

	if (!timer_next(turn_view(turn), &timer) || timer.due_at_ms > turn_now_ms(turn))
		return;
	timer_clear(turn, timer.kind, timer.subject);
	tick_get(timer.kind)->fire(&work->engine->house, turn, timer.subject, timer.due_at_ms);
	log_info("timer", "kind=%s subject=\"%s\"", timer.kind, timer.subject);
	pump_seal(work->engine, turn);
	work->fired = true;
	crash_here(CRASH_TIMER_BEFORE_COMMIT);
}

bool ticks_due(const struct engine *engine, struct view *view)
{
	struct timer timer;

	/* Only once we know what happened while we were away: a reminder of a cancelled event must not slip out. */
	return engine->connected && timer_next(view, &timer) && timer.due_at_ms <= view_now_ms(view);
}

bool ticks_fire(struct engine *engine)
{
	struct tick_work work = { engine, false };

	if (!engine_turn(engine, fire_next, &work))
		return false;
	crash_here(CRASH_TIMER_AFTER_COMMIT);
	return work.fired;
}
