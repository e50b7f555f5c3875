/*
 * Against floods and loops (MATRIX.md 9.11, 9.12): how much people may have us do, and how much we may say.
 *
 * Commands are measured by when they were sent, so that what queued up during an outage is no flood. Three
 * buckets: the sender's (400, then one every 2 s), his room's (2,000, then 5 a second) and everybody's (20,000, then
 * 50 a second). What a sender's own bucket refuses takes nothing from the others.
 *
 * A loop is somebody who writes because we spoke, so what counts there is answers to what was heard after our last
 * words in the room had arrived: 120 of them, then 15 a minute, or the same words 30 times in ten minutes. Messages
 * that were there already are answered before that, and count once, however many they are.
 *
 * All of this is memory: after a restart every bucket is full. What a loop leads to is rows: say/hush.h.
 */
#ifndef ROTONDE_ENGINE_GUARD_H
#define ROTONDE_ENGINE_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"

struct guard;

enum guard_verdict {
	GUARD_PASS,
	GUARD_SLOW_DOWN, /* too much: say so, to each sender once until it has calmed down */
	GUARD_SILENT,    /* too much, and it was said */
};

struct guard *guard_create(void);

/* NULL is fine. */
void guard_destroy(struct guard *guard);

/* One more command. room NULL: of a kind that must not be lost because of others; the sender's own bucket alone counts. */
enum guard_verdict guard_command(struct guard *guard, const char *sender, const char *room, int64_t sent_at_ms);

/* We are about to answer in this room. True when it looks like a loop; then the counting begins anew. */
bool guard_loops(struct guard *guard, const char *room, const char *answer, int64_t now_ms) MUST_CHECK;

/* What we said in this room arrived there, or never will: who writes now may do so because of it. */
void guard_said(struct guard *guard, const char *room);

/*
 * One more file of the sender `id`, of `most` an hour: 0 when it may be fetched now, else the moment his next
 * hour starts. Counted by when we fetch, not by when they were sent: this guards the disk.
 */
int64_t guard_file(struct guard *guard, const char *id, int64_t most, int64_t now_ms) MUST_CHECK;

/* May whoever goes by this id (a sender, or a sender and what he slipped on) be helped now? At most once in ten minutes. */
bool guard_may_help(struct guard *guard, const char *id, int64_t now_ms);

#endif
