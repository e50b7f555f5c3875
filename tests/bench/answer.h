/*
 * Answers of a homeserver to /sync, byte for byte as large as Synapse makes them, for measuring.
 */
#ifndef ROTONDE_TESTS_BENCH_ANSWER_H
#define ROTONDE_TESTS_BENCH_ANSWER_H

#include <stdint.h>

#include "base/buf.h"

/* Plain ASCII without quotes: it is put into JSON as it is. */
struct said {
	const char *room;
	const char *sender;
	const char *event;
	const char *body;
	const char *reaction_to; /* body is an emoji on that event; else NULL */
	int64_t sent_at_ms;
};

/* One message in one room. `next` is the token it ends with. */
void answer_one(struct buf *buf, const struct said *said, const char *next);

/* The first answer: joined to these rooms, nothing said yet. */
void answer_first(struct buf *buf, const char *own_id, const char *const *rooms, size_t rooms_len, int64_t now_ms, const char *next);

/* At least `bytes` of chatter by some sixty senders, spread over fifty rooms. */
void answer_large(struct buf *buf, size_t bytes, int64_t now_ms);

#endif
