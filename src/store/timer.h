/*
 * What is due, as rows: an outage forgets nothing. One timer a (kind, subject); setting it again moves it.
 * The engine fires them in order of their due time; what a kind does stands in say/tick.h.
 */
#ifndef ROTONDE_STORE_TIMER_H
#define ROTONDE_STORE_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements timer_statements;

struct timer {
	const char *kind;
	const char *subject;
	int64_t due_at_ms;
};

void timer_set(struct turn *turn, const char *kind, const char *subject, int64_t due_at_ms);
void timer_clear(struct turn *turn, const char *kind, const char *subject);

/* When it is due, if it is set. */
bool timer_find(struct view *view, const char *kind, const char *subject, int64_t *ret_due_at_ms) MUST_CHECK;

/* The earliest, due or not. */
bool timer_next(struct view *view, struct timer *ret_timer) MUST_CHECK;

#endif
