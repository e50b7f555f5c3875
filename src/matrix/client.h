/*
 * Inside the matrix transport: orders, and the access that they need. Only the files of this room that
 * are named here include it.
 *
 *	matrix.c  the face: struct transport, opening and closing
 *	order.c   one order: its request, and what its answer means
 *	access.c  are we let in: the check at the start, renewing tokens, giving up
 *
 * An order waits until access is good, is then one request, and ends as one arrival. The checks and
 * renewals are orders too, that nobody is told of.
 */
#ifndef ROTONDE_MATRIX_CLIENT_H
#define ROTONDE_MATRIX_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/transport.h"
#include "matrix/http.h"
#include "matrix/session.h"
#include "matrix/wire_send.h"

enum order_kind {
	ORDER_SYNC,
	ORDER_SEND,
	ORDER_FETCH,
	ORDER_PAGE,
	ORDER_JOIN,
	ORDER_LEAVE,
	ORDER_CALL,
	/* From here on our own. */
	ORDER_VERSIONS,
	ORDER_WHOAMI,
	ORDER_FILTER,
	ORDER_REFRESH,
	ORDER_LOGIN,
};

enum order_state {
	ORDER_WAITING, /* for access */
	ORDER_SENT,
	ORDER_DONE, /* the arrival stands; for wait() to hand out */
};

struct order {
	struct order *next;
	enum order_kind kind;
	enum order_state state;
	struct arena *arena; /* everything below, and what the arrival points to */
	uint64_t token;      /* which access token it went out with: client.token then */
	int refusals;        /* how often the token was refused on it */
	bool old_path;       /* a file, from a server that does not know the new one */
	enum http_method method;
	struct arrival arrival;

	int64_t id;
	const char *room;
	const char *via;
	const char *type; /* of what is sent */
	const char *txn_id;
	const char *content;
	char *secret; /* content with a token or password in it, or that may have one; wiped at the end */
	const char *from; /* sync: the token; page: where to start */
	const char *to;
	int64_t idle_ms;
	const char *url; /* mxc:// */
	const char *path; /* fetch: of the file; call: behind the server's address */
	int64_t limit;
	int64_t timeout_ms; /* call: 0 for what calls take */
};

enum access {
	ACCESS_UNCHECKED, /* nothing is known yet, or the last check came to nothing */
	ACCESS_CHECKING,  /* versions, whoami and filter are under way */
	ACCESS_GOOD,
	ACCESS_RENEWING, /* refresh or login is under way */
	ACCESS_LOST,     /* for good */
};

struct client {
	struct transport transport;
	struct http *http;
	struct session session;
	const char *base; /* in arena */
	char *session_path;
	char *spool_folder;
	char *password_path;

	enum access access;
	bool checked;          /* the account is who we think: renewing needs no second check */
	int checks_left;       /* answers still to come */
	bool check_failed;
	const char *lost_why; /* with ACCESS_LOST */
	struct arena *arena;  /* for the filter's id and lost_why */
	const char *filter_id;
	uint64_t token;        /* counts access tokens */
	bool token_refused;    /* the server refuses the current one, whatever its date */
	bool soft_logout;      /* and said that the device stays */
	int64_t next_refresh_ms; /* not before, after one that came to nothing; machine's clock */
	int64_t next_login_ms;

	struct order *orders; /* oldest first */
	struct order *handed; /* its arrival is being read */
};

/* access.c */

/* Move on whatever can: check, renew, and send the orders that wait. */
void access_advance(struct client *client);

/* The answer to one of our own orders. */
void access_take(struct client *client, struct order *order, const struct http_answer *answer);

/* An order was refused for its token: renew, when it is still the current one. */
void access_refused(struct client *client, const struct order *order, bool soft_logout);

/* Nothing will work any more. why is copied. */
void access_lose(struct client *client, const char *why);

/* order.c */

/* A new order at the end of the queue, waiting. */
struct order *order_add(struct client *client, enum order_kind kind);
void order_destroy(struct order *order);

/* Out of the queue, not destroyed. */
void order_unlink(struct client *client, struct order *order);

/* Start its request. */
void order_send(struct client *client, struct order *order);

/* The answer to one of the engine's orders: done, or waiting again. */
void order_take(struct client *client, struct order *order, const struct http_answer *answer);

/* It ends without an answer of its own. */
void order_fail(struct order *order, enum outcome outcome, const char *error, int64_t retry_after_ms);

/* What an answer means for whoever asked: status and error code, and how long to wait. Pure but for the arena. */
struct reading {
	enum outcome outcome;
	const char *error; /* "" with OUTCOME_OK */
	struct wire_error told;
	int64_t retry_after_ms;
	bool token_refused; /* 401: renew and try again */
};

struct reading answer_read(struct arena *arena, const struct http_answer *answer);

#endif
