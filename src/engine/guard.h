/*
 * Against floods and loops (MATRIX.md 9.11, 9.12): how much one sender may have us do.
 * Measured by when messages were sent, so that what queued up during an outage is no flood. Kept in
 * memory: a restart forgives.
 */
#ifndef ROTONDE_ENGINE_GUARD_H
#define ROTONDE_ENGINE_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"

struct guard;

enum guard_verdict {
	GUARD_PASS,
	GUARD_SLOW_DOWN, /* too much: say so, once until he has calmed down */
	GUARD_SILENT,    /* too much, and it was said */
};

struct guard *guard_create(void);

/* NULL is fine. */
void guard_destroy(struct guard *guard);

/* One more command of this sender. */
enum guard_verdict guard_command(struct guard *guard, const char *id, int64_t sent_at_ms);

/*
 * One more file of the sender `id`, of `most` an hour: 0 when it may be fetched now, else the moment his next
 * hour starts. Counted by when we fetch, not by when they were sent: this guards the disk.
 */
int64_t guard_file(struct guard *guard, const char *id, int64_t most, int64_t now_ms) MUST_CHECK;

/* May whoever goes by this id (a sender, or a sender and what he slipped on) be helped now? At most once in ten minutes. */
bool guard_may_help(struct guard *guard, const char *id, int64_t now_ms);

#endif
