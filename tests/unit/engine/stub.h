/*
 * An engine with a transport made of a list: events go in one batch at a time, and what is said to
 * the room is kept. The first batch is history, as after a first login.
 */
#ifndef ROTONDE_TESTS_STUB_H
#define ROTONDE_TESTS_STUB_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/transport.h"
#include "engine/engine.h"
#include "unit/cmocka_all.h"
#include "unit/house.h"

enum { STUB_SAID_MAX = 64, STUB_CEILING = 1024 * 1024 };

/* 14 June 2022, 09:00 in Amsterdam. */
#define STUB_NOW_MS INT64_C(1655190000000)

struct stub {
	struct test_house home;
	struct engine *engine;
	struct transport transport;
	struct arena *arena;
	char folder[32];
	int64_t now_ms;
	int batches;               /* tokens are their numbers */
	bool sync_asked;
	const struct event *next;  /* goes in with the next sync */
	const char *room;
	int64_t sending;           /* outbox id under way; 0: none */
	char *said[STUB_SAID_MAX]; /* bodies, in order; the first is known to the room as $out1 */
	size_t said_len;
};

static inline int64_t stub_now(void *context)
{
	return ((struct stub *)context)->now_ms;
}

static inline const char *stub_own_id(void *self)
{
	(void)self;
	return "@rotonde:console";
}

static inline void stub_sync(void *self, const char *token, int64_t idle_ms)
{
	(void)token;
	(void)idle_ms;
	((struct stub *)self)->sync_asked = true;
}

static inline char *stub_compose(void *self, struct arena *arena, const struct utterance *what)
{
	(void)self;
	return arena_dup(arena, what->body);
}

static inline void stub_send(void *self, int64_t id, const char *room, const char *txn_id, const char *content)
{
	struct stub *stub = self;

	(void)room;
	(void)txn_id;
	assert_true(stub->said_len < STUB_SAID_MAX);
	stub->said[stub->said_len++] = arena_dup(stub->arena, content);
	stub->sending = id;
}

static inline void stub_fetch(void *self, int64_t id, const struct media *media, int64_t limit, const char *path)
{
	(void)self;
	(void)id;
	(void)media;
	(void)limit;
	(void)path;
}

static inline void stub_page(void *self, const char *room, const char *from, const char *to)
{
	(void)self;
	(void)room;
	(void)from;
	(void)to;
}

static inline void stub_join(void *self, const char *room, const char *via)
{
	(void)self;
	(void)room;
	(void)via;
}

static inline void stub_leave(void *self, const char *room)
{
	(void)self;
	(void)room;
}

static inline void stub_batch(struct stub *stub, struct arrival *ret_arrival)
{
	struct room_update *room = arena_new(stub->arena, struct room_update);
	struct batch *batch = arena_new(stub->arena, struct batch);

	*room = (struct room_update){ .room = stub->room, .membership = MEMBERSHIP_JOINED, .events = stub->next, .events_len = stub->next ? 1 : 0 };
	*batch = (struct batch){ .rooms = room, .rooms_len = 1 };
	batch->since = stub->batches ? arena_printf(stub->arena, "%d", stub->batches) : NULL;
	batch->next = arena_printf(stub->arena, "%d", ++stub->batches);
	*ret_arrival = (struct arrival){ .kind = ARRIVAL_BATCH, .outcome = OUTCOME_OK, .batch = batch };
	stub->sync_asked = false;
	stub->next = NULL;
}

static inline void stub_wait(void *self, struct pollfd *fds, size_t fds_len, int64_t timeout_ms, struct arrival *ret_arrival)
{
	struct stub *stub = self;

	(void)fds;
	(void)fds_len;
	(void)timeout_ms;
	if (stub->sending) {
		*ret_arrival = (struct arrival){ .kind = ARRIVAL_SENT, .outcome = OUTCOME_OK, .id = stub->sending,
			.event_id = arena_printf(stub->arena, "$out%zu", stub->said_len) };
		stub->sending = 0;
	} else if (stub->sync_asked && (stub->next || !stub->batches)) {
		stub_batch(stub, ret_arrival);
	} else {
		*ret_arrival = (struct arrival){ .kind = ARRIVAL_NOTHING };
	}
}

static inline void stub_destroy(void *self)
{
	(void)self;
}

/* Work until nothing happens any more. */
static inline void stub_settle(struct stub *stub)
{
	for (int i = 0; i < 10; i++)
		(void)engine_step(stub->engine, NULL, 0, 0);
}

static inline void stub_open(struct stub *stub)
{
	struct engine_options options;
	const char *why = "";

	*stub = (struct stub){ .folder = "/tmp/rotonde-XXXXXX", .now_ms = STUB_NOW_MS, .room = "!kruitberg:console" };
	assert_non_null(mkdtemp(stub->folder));
	stub->arena = arena_create(STUB_CEILING);
	stub->transport = (struct transport){ stub, "matrix", stub_own_id, stub_sync, stub_compose, stub_send, stub_fetch, stub_page,
		stub_join, stub_leave, stub_wait, stub_destroy };
	test_house_open(&stub->home);
	options = (struct engine_options){ .house = stub->home.house, .data = stub->folder, .transport = &stub->transport,
		.clock = { stub_now, stub } };
	assert_int_equal(engine_open(&options, &stub->engine, &why), ENGINE_OPENED);
	stub_settle(stub);
}

/* Something happens in the room, a second later. */
static inline void stub_happens(struct stub *stub, struct event event)
{
	struct event *copy = arena_new(stub->arena, struct event);

	stub->now_ms += 1000;
	event.room = stub->room;
	event.sent_at_ms = stub->now_ms;
	if (!event.sender)
		event.sender = "@whatsapp_31600000001:console";
	if (!event.body)
		event.body = "";
	event.trust = TRUST_PLAIN;
	*copy = event;
	stub->next = copy;
	stub_settle(stub);
}

/* The last words of the bot, "" before the first. */
static inline const char *stub_heard(const struct stub *stub)
{
	return stub->said_len ? stub->said[stub->said_len - 1] : "";
}

static inline int stub_remove(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

static inline void stub_close(struct stub *stub)
{
	engine_close(stub->engine);
	test_house_close(&stub->home);
	arena_destroy(stub->arena);
	(void)nftw(stub->folder, stub_remove, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
