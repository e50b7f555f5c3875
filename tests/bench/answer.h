/*
 * Answers of a homeserver to /sync, byte for byte as large as Synapse makes them, for measuring.
 */
#ifndef ROTONDE_TESTS_BENCH_ANSWER_H
#define ROTONDE_TESTS_BENCH_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Plain ASCII without quotes: it is put into JSON as it is. */
struct said {
	const char *room;
	const char *sender;
	const char *event;
	const char *body;
	const char *reaction_to; /* body is an emoji on that event; else NULL */
	const char *sealed;      /* m.room.encrypted content that holds body; else NULL */
	int64_t sent_at_ms;
};

/* Messages, those of one room behind each other. `next` is the token it ends with. */
void answer_said(struct buf *buf, const struct said *said, size_t said_len, const char *next);

/* The first answer: joined to these rooms, nothing said yet. */
void answer_first(struct buf *buf, const char *own_id, const char *const *rooms, size_t rooms_len, bool encrypted, int64_t now_ms, const char *next);

/* Nothing but these members of a to_device array. */
void answer_to_device(struct buf *buf, const char *events, const char *next);

/* At least `bytes` of chatter by some sixty senders, spread over fifty rooms. */
void answer_large(struct buf *buf, size_t bytes, int64_t now_ms);

#endif
