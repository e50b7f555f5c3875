/*
 * An engine with a transport made of a list: events go in one batch at a time, and what is said to
 * the room is kept. The first batch is history, as after a first login. What the server answers to
 * sends, files, pages and joins a test sets beforehand, or holds back.
 */
#ifndef ROTONDE_TESTS_STUB_H
#define ROTONDE_TESTS_STUB_H

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/transport.h"
#include "base/str.h"
#include "engine/engine.h"
#include "engine/engine_internal.h"
#include "matrix/wire_event.h"
#include "store/store_internal.h"
#include "unit/cmocka_all.h"
#include "unit/folder.h"
#include "unit/house.h"

enum { STUB_SAID_MAX = 512, STUB_CALLS_MAX = 256, STUB_CEILING = 16 * 1024 * 1024 };

/* 14 June 2022, 09:00 in Amsterdam. */
#define STUB_NOW_MS INT64_C(1655190000000)

/* What was asked of the server, copied; NULL body for a GET. */
struct stub_call {
	int64_t id;
	enum call_method method;
	char *path;
	char *body;
	bool answered;
};

struct stub {
	struct test_house home;
	struct engine *engine;
	struct transport transport;
	struct arena *arena;
	char folder[TEST_FOLDER_MAX];
	int64_t now_ms;
	int batches;               /* tokens are their numbers */
	bool sync_asked;
	const struct event *next;  /* goes in with the next sync */
	const struct room_update *update; /* the same, as a whole room */
	const struct key_news *keys; /* goes in with the next sync, beside these or alone */
	enum outcome sync_outcome;
	const char *room;
	bool untrusted;            /* what is said comes from devices that nobody signed */
	int64_t sending;           /* outbox id under way; 0: none */
	enum outcome send_outcome;
	int sends;
	char *type;                /* of the last send; NULL: a plain message */
	char *txn_id;
	int64_t fetching;          /* media under way; 0: none */
	const char *fetch_bytes;   /* what the file holds; NULL: held back */
	enum outcome fetch_outcome;
	int fetches;
	char *path;
	bool page_asked;
	bool page_held;
	enum outcome page_outcome;
	const struct event *page;  /* newest first */
	size_t page_len;
	const char *page_next;
	char *page_from;           /* as last asked */
	char *page_to;
	int pages;
	char *joining;             /* room; NULL: none */
	enum outcome join_outcome;
	bool join_held;
	struct stub_call calls[STUB_CALLS_MAX]; /* in the order they were made */
	size_t calls_len;
	const char *(*answer)(void *context, const struct stub_call *call, enum outcome *ret_outcome, const char **ret_error);
	void *answer_context;      /* who answers calls, with a body or NULL; NULL: they are held back */
	int64_t idle_ms;           /* of the last sync */
	int64_t wait_ms;           /* how long the engine meant to wait last */
	const struct crypto_options *crypto; /* from the next start on; NULL: no encrypted rooms */
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
	struct stub *stub = self;

	(void)token;
	stub->idle_ms = idle_ms;
	stub->sync_asked = true;
}

static inline char *stub_compose(void *self, struct arena *arena, const struct utterance *what)
{
	(void)self;
	return arena_dup(arena, what->body);
}

static inline bool stub_reveal(void *self, struct arena *arena, const struct event *sealed, const char *type, const char *content,
                               struct event *ret_event)
{
	(void)self;
	return wire_event_reveal(arena, sealed, type, content, ret_event);
}

static inline void stub_send(void *self, int64_t id, const char *room, const char *type, const char *txn_id, const char *content)
{
	struct stub *stub = self;

	(void)room;
	stub->sends++;
	stub->type = arena_dup(stub->arena, type);
	stub->txn_id = arena_dup(stub->arena, txn_id);
	if (stub->send_outcome == OUTCOME_OK) {
		assert_true(stub->said_len < STUB_SAID_MAX);
		stub->said[stub->said_len++] = arena_dup(stub->arena, content);
	}
	stub->sending = id;
}

static inline void stub_call(void *self, int64_t id, const struct call *call)
{
	struct stub *stub = self;

	assert_true(stub->calls_len < STUB_CALLS_MAX);
	stub->calls[stub->calls_len++] = (struct stub_call){ .id = id, .method = call->method, .path = arena_dup(stub->arena, call->path),
		.body = arena_dup(stub->arena, call->body) };
}

static inline void stub_fetch(void *self, int64_t id, const struct media *media, int64_t limit, const char *path)
{
	struct stub *stub = self;

	(void)media;
	(void)limit;
	stub->fetches++;
	stub->fetching = id;
	stub->path = arena_dup(stub->arena, path);
}

static inline void stub_page(void *self, const char *room, const char *from, const char *to)
{
	struct stub *stub = self;

	(void)room;
	stub->pages++;
	stub->page_asked = true;
	stub->page_from = arena_dup(stub->arena, from);
	stub->page_to = arena_dup(stub->arena, to);
}

static inline void stub_join(void *self, const char *room, const char *via)
{
	struct stub *stub = self;

	(void)via;
	stub->joining = arena_dup(stub->arena, room);
}

static inline void stub_leave(void *self, const char *room)
{
	stub_join(self, room, NULL);
}

static inline void stub_batch(struct stub *stub, struct arrival *ret_arrival)
{
	struct room_update *room = arena_new(stub->arena, struct room_update);
	struct batch *batch = arena_new(stub->arena, struct batch);

	*room = (struct room_update){ .room = stub->room, .membership = MEMBERSHIP_JOINED, .events = stub->next, .events_len = stub->next ? 1 : 0 };
	*batch = (struct batch){ .rooms = stub->update ? stub->update : room, .rooms_len = 1 };
	if (stub->keys)
		batch->keys = *stub->keys;
	batch->since = stub->batches ? arena_printf(stub->arena, "%d", stub->batches) : NULL;
	batch->next = arena_printf(stub->arena, "%d", ++stub->batches);
	*ret_arrival = (struct arrival){ .kind = ARRIVAL_BATCH, .outcome = OUTCOME_OK, .batch = batch };
	stub->sync_asked = false;
	stub->next = NULL;
	stub->update = NULL;
	stub->keys = NULL;
}

static inline void stub_file(struct stub *stub, struct arrival *ret_arrival)
{
	*ret_arrival = (struct arrival){ .kind = ARRIVAL_FILE, .outcome = stub->fetch_outcome, .id = stub->fetching };
	stub->fetching = 0;
	if (stub->fetch_outcome == OUTCOME_OK) {
		FILE *file = fopen(stub->path, "we");

		assert_non_null(file);
		assert_true(fputs(stub->fetch_bytes, file) >= 0);
		assert_int_equal(fclose(file), 0);
	}
}

/* The oldest call without an answer; NULL when there is none, or nobody to give it. */
static inline struct stub_call *stub_open_call(struct stub *stub)
{
	for (size_t i = 0; stub->answer && i < stub->calls_len; i++) {
		if (!stub->calls[i].answered)
			return &stub->calls[i];
	}
	return NULL;
}

static inline void stub_reply(struct stub *stub, struct stub_call *call, struct arrival *ret_arrival)
{
	*ret_arrival = (struct arrival){ .kind = ARRIVAL_REPLY, .outcome = OUTCOME_OK, .error = "", .id = call->id };
	ret_arrival->body = stub->answer(stub->answer_context, call, &ret_arrival->outcome, &ret_arrival->error);
	ret_arrival->body_len = ret_arrival->body ? strlen(ret_arrival->body) : 0;
	call->answered = true;
}

/* The first thing the server has ready. */
static inline void stub_wait(void *self, struct pollfd *fds, size_t fds_len, int64_t timeout_ms, struct arrival *ret_arrival)
{
	struct stub *stub = self;

	(void)fds;
	(void)fds_len;
	stub->wait_ms = timeout_ms;
	if (stub->sending) {
		*ret_arrival = (struct arrival){ .kind = ARRIVAL_SENT, .outcome = stub->send_outcome, .id = stub->sending, .room = stub->room,
			.event_id = stub->send_outcome == OUTCOME_OK ? arena_printf(stub->arena, "$out%zu", stub->said_len) : NULL };
		stub->sending = 0;
	} else if (stub->fetching && stub->fetch_bytes) {
		stub_file(stub, ret_arrival);
	} else if (stub->page_asked && !stub->page_held) {
		stub->page_asked = false;
		*ret_arrival = (struct arrival){ .kind = ARRIVAL_PAGE, .outcome = stub->page_outcome, .room = stub->room, .events = stub->page,
			.events_len = stub->page_len, .next = stub->page_next };
	} else if (stub_open_call(stub)) {
		stub_reply(stub, stub_open_call(stub), ret_arrival);
	} else if (stub->joining && !stub->join_held) {
		*ret_arrival = (struct arrival){ .kind = ARRIVAL_JOINED, .outcome = stub->join_outcome, .room = stub->joining };
		stub->joining = NULL;
	} else if (stub->sync_asked && stub->sync_outcome != OUTCOME_OK) {
		stub->sync_asked = false;
		*ret_arrival = (struct arrival){ .kind = ARRIVAL_BATCH, .outcome = stub->sync_outcome };
	} else if (stub->sync_asked && (stub->next || stub->update || stub->keys || !stub->batches)) {
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
		(void)engine_step(stub->engine, NULL, 0, MS_PER_HOUR);
}

static inline void stub_start(struct stub *stub)
{
	struct engine_options options = {
		.house = stub->home.house,
		.data = stub->folder,
		.transport = &stub->transport,
		.clock = { stub_now, stub },
		.crypto = stub->crypto,
	};
	const char *why = "";

	assert_int_equal(engine_open(&options, &stub->engine, &why), ENGINE_OPENED);
}

static inline void stub_open(struct stub *stub)
{
	*stub = (struct stub){ .now_ms = STUB_NOW_MS, .room = "!kruitberg:console" };
	test_folder_make(stub->folder);
	stub->arena = arena_create(STUB_CEILING);
	stub->transport = (struct transport){ stub, "matrix", stub_own_id, stub_sync, stub_compose, stub_reveal, stub_send, stub_call,
		stub_fetch, stub_page, stub_join, stub_leave, stub_wait, stub_destroy };
	test_house_open(&stub->home);
	stub_start(stub);
	stub_settle(stub);
}

/* The process ends and starts again; what was under way is forgotten. */
static inline void stub_restart(struct stub *stub)
{
	engine_close(stub->engine);
	stub->sending = stub->fetching = 0;
	stub->sync_asked = stub->page_asked = false;
	stub->joining = NULL;
	stub->calls_len = 0;
	stub_start(stub);
}

/* One number out of the database. */
static inline int64_t stub_number(struct stub *stub, const char *sql)
{
	sqlite3_stmt *stmt;
	int64_t number;

	assert_int_equal(sqlite3_prepare_v2(stub->engine->store->db, sql, -1, &stmt, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	number = sqlite3_column_int64(stmt, 0);
	(void)sqlite3_finalize(stmt);
	return number;
}

/* The disk holds this many pages of the database and not one more; 0: all it wants. */
static inline void stub_disk(struct stub *stub, int64_t pages)
{
	(void)stub_number(stub, arena_printf(stub->arena, "PRAGMA max_page_count = %lld", (long long)(pages ? pages : 1073741823)));
}

static inline void stub_disk_full(struct stub *stub)
{
	stub_disk(stub, stub_number(stub, "PRAGMA page_count"));
}

/* The clock goes on, and whatever that brings. */
static inline void stub_later(struct stub *stub, int64_t ms)
{
	stub->now_ms += ms;
	stub_settle(stub);
}

/* A room has news. */
static inline void stub_room(struct stub *stub, const struct room_update *update)
{
	stub->update = update;
	stub_settle(stub);
	assert_null(stub->update);
}

/* Something happens in the room, a second later. */
static inline void stub_happens(struct stub *stub, struct event event)
{
	struct event *copy = arena_new(stub->arena, struct event);

	stub->now_ms += 1000;
	event.room = stub->room;
	if (!event.sent_at_ms)
		event.sent_at_ms = stub->now_ms;
	if (!event.sender)
		event.sender = "@whatsapp_31600000001:console";
	if (!event.body)
		event.body = "";
	if (event.trust == TRUST_NONE && !stub->untrusted)
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
