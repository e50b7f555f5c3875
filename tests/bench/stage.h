/*
 * The engine on a stage: the K-buurt example, a clock that stands still until it is moved, and in
 * place of a network a transport that reads real /sync bodies, composes real events, and notes the
 * moment the engine orders a send. What it measures is everything but HTTP.
 *
 *	stage_open(&stage, folder, STAGE_PLAIN);
 *	took = stage_say(&stage, "!kruitberg:console", "@fatima:console", "!idee een bankje");
 *
 *	stage_open(&stage, folder, 40);
 *	took = stage_say_sealed(&stage, (struct stage_line[]){ { .resident = 7, .body = "!budget" } }, 1);
 */
#ifndef ROTONDE_TESTS_BENCH_STAGE_H
#define ROTONDE_TESTS_BENCH_STAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/transport.h"
#include "unit/house.h"

struct engine;
struct town;

enum { STAGE_PLAIN, STAGE_CALLS_MAX = 16 };

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
	double began_cpu_ms;
	double replied_ms; /* 0: not yet */
	double last_ms;
	size_t replies;
	struct arena *arena; /* the batch under way */
	struct batch batch;
	struct stage_send sends[64];
	size_t sends_len;
	size_t sends_done;
	char last_event[64];

	struct town *town; /* NULL: the rooms are not encrypted */
	struct { bool asked; const char *body; } calls[STAGE_CALLS_MAX];
	struct buf composed; /* contents of what was composed last, each closed with a NUL */
};

/* What resident `resident` of the town says in his room. */
struct stage_line {
	size_t resident;
	const char *body;
	const char *sealed; /* its m.room.encrypted content, once it was said; lives as long as the town */
};

/* How long a batch took, in ms from the first byte of the /sync answer being read. */
struct took {
	size_t replies;
	double reply; /* to the order to send the first answer */
	double last;  /* the last */
	double whole; /* to being at rest again, the answers noted as sent */
	double cpu;   /* computed in all that */
};

/*
 * folder: where the data goes; kept. The groups' rooms are joined when this returns. residents: how many there are in a
 * town whose rooms are encrypted, all keys exchanged; or STAGE_PLAIN.
 */
void stage_open(struct stage *stage, const char *folder, size_t residents);
void stage_close(struct stage *stage);

/* The clock moves on a second first. body as struct said has it. */
struct took stage_say(struct stage *stage, const char *room, const char *sender, const char *body);
/* All of it in one batch, those of one room behind each other. */
struct took stage_say_sealed(struct stage *stage, struct stage_line *lines, size_t len);
/* A thumb on the message that was said last. */
struct took stage_thumb(struct stage *stage, const char *room, const char *sender);

/* "!kruitberg:console" and its like: the rooms of the cores, and persons without end. */
const char *stage_room(const struct stage *stage, size_t number);
const char *stage_sender(char buf[64], size_t number);

#endif
