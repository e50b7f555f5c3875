/*
 * The face a transport shows the engine. There are two: `matrix` (a homeserver over HTTP) and
 * `console` (a neighbourhood in the terminal).
 *
 * The engine orders, the transport answers later: each order below begins work and returns at once;
 * wait() hands back what came of it as arrivals, one at a time. At most one sync is under way, and
 * the engine gives at most one send per room at a time. Retrying after trouble on the way (no
 * connection, 429, 5xx) is the engine's decision; an arrival tells how long the server wants it to wait.
 * A transport keeps no state that must survive: tokens, rooms and ids live in the engine's database.
 */
#ifndef ROTONDE_BASE_TRANSPORT_H
#define ROTONDE_BASE_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/event.h"

struct pollfd;

/* What we want to say, before it has a wire format. */
struct utterance {
	const char *body;     /* plain text, usable alone */
	const char *html;     /* or NULL */
	const char *reply_to; /* event id, or NULL */
	const char *thread;   /* the thread to speak in: struct event's `thread`, or NULL */
	const char *const *mentions;
	size_t mentions_len;
	bool as_text; /* m.text, for rooms whose bridge drops notices; else m.notice */
};

enum outcome {
	OUTCOME_OK,
	OUTCOME_TROUBLE, /* no connection, timeout, cut or senseless answer: try again later */
	OUTCOME_LIMITED, /* 429: try again after retry_after_ms */
	OUTCOME_SERVER,  /* 5xx: try again, but count */
	OUTCOME_REFUSED, /* a final 4xx: this will never work */
	OUTCOME_TOO_BIG, /* a file over the limit */
	OUTCOME_LOGOUT,  /* this account cannot work on: access gone, wrong account, server too old: a person must act */
};

/*
 * A request that the transport only carries: what crypto asks of the server (keys, signatures, backups) and
 * the transport itself does not understand.
 */
enum call_method { CALL_GET, CALL_POST, CALL_PUT, CALL_DELETE };

struct call {
	enum call_method method;
	const char *path;    /* behind the server's address, escaped: "/_matrix/client/v3/keys/query" */
	const char *body;    /* a JSON object; NULL for CALL_GET */
	int64_t timeout_ms;  /* for all of it; 0: the transport's own */
};

enum arrival_kind {
	ARRIVAL_NOTHING, /* the wait is over: time, or a descriptor of the engine's is ready */
	ARRIVAL_BATCH,   /* answer to sync(): batch when OUTCOME_OK */
	ARRIVAL_SENT,    /* answer to send(): id is the outbox id, event_id when OUTCOME_OK */
	ARRIVAL_FILE,    /* answer to fetch(): id is the media id; the file stands at its path when OUTCOME_OK */
	ARRIVAL_PAGE,    /* answer to page(): one page of older events, oldest last; next is NULL at the end, which is
	                  * `to`, the start of the room or our own join, whichever comes first */
	ARRIVAL_JOINED,  /* answer to join() or leave() */
	ARRIVAL_REPLY,   /* answer to call(): id, and body when the server answered in JSON, also with its no */
};

struct arrival {
	enum arrival_kind kind;
	enum outcome outcome;
	int64_t retry_after_ms; /* what the server asked for; 0 when it did not say */
	const char *error;      /* for the log: a short constant-like code ("M_FORBIDDEN", "timeout"); no secrets */
	int64_t id;
	const char *room;
	const char *event_id;
	const struct batch *batch;
	const struct event *events; /* ARRIVAL_PAGE, newest first as the server gives them */
	size_t events_len;
	size_t dropped;
	const char *next;
	const char *body; /* ARRIVAL_REPLY: a JSON object, or NULL */
	size_t body_len;
};

struct transport {
	void *self;

	/* "matrix" or "console". */
	const char *name;

	/* Our own sender id. */
	const char *(*own_id)(void *self);

	/* Ask for what is new since the token (NULL: from the start). idle_ms: how long the server may keep us waiting for something. */
	void (*sync)(void *self, const char *token, int64_t idle_ms);

	/* The wire content of a message for an utterance; pure. */
	char *(*compose)(void *self, struct arena *arena, const struct utterance *what);

	/* Read what stood in a sealed event, now that it is open. False when it is nothing for us, or broken; pure. */
	bool (*reveal)(void *self, struct arena *arena, const struct event *sealed, const char *type, const char *content, struct event *ret_event);

	/* Send frozen content under a transaction id: the same id twice is one event. type NULL: a plain message, as compose() makes them. */
	void (*send)(void *self, int64_t id, const char *room, const char *type, const char *txn_id, const char *content);

	/* Carry a request; its answer is an ARRIVAL_REPLY with this id. */
	void (*call)(void *self, int64_t id, const struct call *call);

	/* Fetch a file of at most limit bytes into path (created, not fsynced; absent unless OUTCOME_OK). */
	void (*fetch)(void *self, int64_t id, const struct media *media, int64_t limit, const char *path);

	/* One page of a room's history, backwards from token `from`, not beyond `to` (NULL: no end). */
	void (*page)(void *self, const char *room, const char *from, const char *to);

	/* via: a server that knows the room, or NULL. */
	void (*join)(void *self, const char *room, const char *via);
	void (*leave)(void *self, const char *room);

	/*
	 * Wait until something arrives, a descriptor in fds is ready (revents set) or timeout_ms is over.
	 * What the arrival points to lives until the next call.
	 */
	void (*wait)(void *self, struct pollfd *fds, size_t fds_len, int64_t timeout_ms, struct arrival *ret_arrival);

	void (*destroy)(void *self);
};

#endif
