/*
 * The engine on a stage: the K-buurt example, a clock that stands still until it is moved, and in
 * place of a network a transport that reads real /sync bodies, composes real events, and notes the
 * moment the engine orders a send. What it measures is everything but HTTP.
 *
 *	stage_open(&stage, folder);
 *	took = stage_say(&stage, "!kruitberg:console", "@fatima:console", "!idee een bankje");
 */
#ifndef ROTONDE_TESTS_BENCH_STAGE_H
#define ROTONDE_TESTS_BENCH_STAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/transport.h"
#include "unit/house.h"

struct engine;

struct stage_send {
	int64_t id;
	char room[128];
};

struct stage {
	struct test_house house;
	struct engine *engine;
	struct transport transport;
	int64_t now_ms; /* of the engine's clock */
	int tokens;
	char since[32];

	struct buf answer; /* what the server will say next; empty: nothing */
	bool sync_asked;
	bool idle;
	double began_ms;
	double replied_ms; /* 0: not yet */
	struct arena *arena; /* the batch under way */
	struct batch batch;
	struct stage_send sends[64];
	size_t sends_len;
	size_t sends_done;
	char last_event[64];
};

/* How long a message took, in ms from the first byte of the /sync answer being read. */
struct took {
	bool replied;
	double reply; /* to the order to send the answer */
	double whole; /* to being at rest again, its answer noted as sent */
};

/* folder: where the data goes; kept. The groups' rooms are joined when this returns. */
void stage_open(struct stage *stage, const char *folder);
void stage_close(struct stage *stage);

/* The clock moves on a second first. body as struct said has it. */
struct took stage_say(struct stage *stage, const char *room, const char *sender, const char *body);
/* A thumb on the message that was said last. */
struct took stage_thumb(struct stage *stage, const char *room, const char *sender);

/* "!kruitberg:console" and its like: the rooms of the cores, and persons without end. */
const char *stage_room(const struct stage *stage, size_t number);
const char *stage_sender(char buf[64], size_t number);

#endif
