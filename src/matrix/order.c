#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "base/url.h"
#include "matrix/client.h"
#include "matrix/mxc.h"
#include "matrix/wire_sync.h"

enum {
	KIB = 1024,
	MIB = 1024 * KIB,
	REFUSALS_MAX = 3,
	LOCKED_PROBE_MS = 5 * 60 * 1000, /* a locked account is tried again, slowly (MATRIX.md 1.10) */
	LIMITED_FLOOR_MS = 1000,
	FIRST_SYNC_STALL_MS = 5 * 60 * 1000, /* the server may think long before the first byte */
	STALL_MS = 30 * 1000,
};

/* What the request of each kind looks like, its URL apart; a call brings its own method. total_ms 0: see set_times(). */
static const struct shape {
	enum http_method method;
	enum arrival_kind arrival;
	int64_t total_ms;
	int64_t limit; /* 0: the order's own */
	bool public;   /* goes without the token */
	bool spooled;
} shapes[] = {
	[ORDER_SYNC] = { .method = HTTP_GET, .arrival = ARRIVAL_BATCH, .limit = 64 * MIB, .spooled = true },
	[ORDER_SEND] = { .method = HTTP_PUT, .arrival = ARRIVAL_SENT, .total_ms = 60000, .limit = MIB },
	[ORDER_FETCH] = { .method = HTTP_GET, .arrival = ARRIVAL_FILE, .total_ms = 600000 },
	[ORDER_PAGE] = { .method = HTTP_GET, .arrival = ARRIVAL_PAGE, .total_ms = 120000, .limit = 16 * MIB, .spooled = true },
	[ORDER_JOIN] = { .method = HTTP_POST, .arrival = ARRIVAL_JOINED, .total_ms = 120000, .limit = MIB },
	[ORDER_LEAVE] = { .method = HTTP_POST, .arrival = ARRIVAL_JOINED, .total_ms = 60000, .limit = MIB },
	[ORDER_CALL] = { .arrival = ARRIVAL_REPLY, .total_ms = 60000, .limit = 16 * MIB, .spooled = true },
	[ORDER_VERSIONS] = { .method = HTTP_GET, .total_ms = 30000, .limit = MIB, .public = true },
	[ORDER_WHOAMI] = { .method = HTTP_GET, .total_ms = 30000, .limit = MIB },
	[ORDER_FILTER] = { .method = HTTP_POST, .total_ms = 30000, .limit = MIB },
	[ORDER_REFRESH] = { .method = HTTP_POST, .total_ms = 30000, .limit = MIB, .public = true },
	[ORDER_LOGIN] = { .method = HTTP_POST, .total_ms = 30000, .limit = MIB, .public = true },
};

static const char client_v3[] = "/_matrix/client/v3";

struct order *order_add(struct client *client, enum order_kind kind)
{
	size_t ceiling = (shapes[kind].spooled ? wire_arena_need((size_t)shapes[kind].limit) : 0) + 4 * MIB;
	struct order *order = xcalloc(1, sizeof *order);
	struct order **at = &client->orders;

	order->kind = kind;
	order->method = shapes[kind].method;
	order->arena = arena_create(ceiling);
	while (*at)
		at = &(*at)->next;
	*at = order;
	return order;
}

void order_unlink(struct client *client, struct order *order)
{
	struct order **at = &client->orders;

	while (*at != order)
		at = &(*at)->next;
	*at = order->next;
}

void order_destroy(struct order *order)
{
	if (!order)
		return;
	if (order->secret)
		explicit_bzero(order->secret, strlen(order->secret));
	arena_destroy(order->arena);
	free(order);
}

static char *sync_url(const struct client *client, const struct order *order)
{
	struct arena *arena = order->arena;

	return arena_printf(arena, "%s%s/sync?filter=%s&timeout=%lld&set_presence=offline%s%s", client->base, client_v3,
	                    url_escape(arena, client->filter_id), (long long)order->idle_ms, order->from ? "&since=" : "",
	                    order->from ? url_escape(arena, order->from) : "");
}

static char *page_url(const struct client *client, const struct order *order)
{
	struct arena *arena = order->arena;

	return arena_printf(arena, "%s%s/rooms/%s/messages?dir=b&limit=100&filter=%s&from=%s%s%s", client->base, client_v3,
	                    url_escape(arena, order->room), url_escape(arena, wire_page_filter()), url_escape(arena, order->from),
	                    order->to ? "&to=" : "", order->to ? url_escape(arena, order->to) : "");
}

/* `via` since v1.12, `server_name` before. */
static char *join_url(const struct client *client, const struct order *order)
{
	struct arena *arena = order->arena;
	const char *via = order->via ? url_escape(arena, order->via) : NULL;

	return arena_printf(arena, "%s%s/join/%s%s%s%s%s", client->base, client_v3, url_escape(arena, order->room), via ? "?via=" : "",
	                    via ? via : "", via ? "&server_name=" : "", via ? via : "");
}

static char *order_url(const struct client *client, const struct order *order)
{
	struct arena *arena = order->arena;
	const char *base = client->base;

	switch (order->kind) {
	case ORDER_SYNC:
		return sync_url(client, order);
	case ORDER_SEND:
		return arena_printf(arena, "%s%s/rooms/%s/send/%s/%s", base, client_v3, url_escape(arena, order->room),
		                    url_escape(arena, order->type), url_escape(arena, order->txn_id));
	case ORDER_FETCH:
		return order->old_path ? mxc_old_url_format(arena, base, order->url) : mxc_url_format(arena, base, order->url);
	case ORDER_PAGE:
		return page_url(client, order);
	case ORDER_JOIN:
		return join_url(client, order);
	case ORDER_LEAVE:
		return arena_printf(arena, "%s%s/rooms/%s/leave", base, client_v3, url_escape(arena, order->room));
	case ORDER_CALL:
		return arena_printf(arena, "%s%s", base, order->path);
	case ORDER_VERSIONS:
		return arena_printf(arena, "%s/_matrix/client/versions", base);
	case ORDER_WHOAMI:
		return arena_printf(arena, "%s%s/account/whoami", base, client_v3);
	case ORDER_FILTER:
		return arena_printf(arena, "%s%s/user/%s/filter", base, client_v3, url_escape(arena, client->session.user));
	case ORDER_REFRESH:
		return arena_printf(arena, "%s%s/refresh", base, client_v3);
	case ORDER_LOGIN:
		return arena_printf(arena, "%s%s/login", base, client_v3);
	}
	die("order of kind %d", (int)order->kind);
}

/* The long poll ends a while after the server should have; a first sync takes as long as it takes. */
static void set_times(const struct order *order, struct http_request *request)
{
	request->total_ms = order->timeout_ms ? order->timeout_ms : shapes[order->kind].total_ms;
	request->stall_ms = STALL_MS;
	if (order->kind != ORDER_SYNC)
		return;
	request->total_ms = order->from ? order->idle_ms + STALL_MS : 0;
	request->stall_ms = order->from ? order->idle_ms + STALL_MS : FIRST_SYNC_STALL_MS;
}

void order_send(struct client *client, struct order *order)
{
	const struct shape *shape = &shapes[order->kind];
	struct http_request request = {
		.method = order->method,
		.url = order_url(client, order),
		.token = shape->public ? NULL : client->session.access_token,
		.limit = shape->limit ? shape->limit : order->limit,
		.spool_folder = shape->spooled ? client->spool_folder : NULL,
		.path = order->kind == ORDER_FETCH ? order->path : NULL,
		.owner = order,
	};

	if (order->method != HTTP_GET)
		request.body = order->secret ? order->secret : order->content ? order->content : "{}";
	set_times(order, &request);
	order->state = ORDER_SENT;
	order->token = client->token;
	http_start(client->http, &request);
}

void order_fail(struct order *order, enum outcome outcome, const char *error, int64_t retry_after_ms)
{
	order->state = ORDER_DONE;
	order->arrival = (struct arrival){
		.kind = shapes[order->kind].arrival,
		.outcome = outcome,
		.error = arena_dup(order->arena, error),
		.retry_after_ms = retry_after_ms,
		.id = order->id,
		.room = order->room,
	};
}

static int64_t retry_after_ms(const struct http_answer *answer, const struct wire_error *told)
{
	int64_t wait_ms = answer->retry_after_ms ? answer->retry_after_ms : told->retry_after_ms;

	return wait_ms > 0 && wait_ms < LIMITED_FLOOR_MS ? LIMITED_FLOOR_MS : wait_ms;
}

/* Codes that say more than their status does. MATRIX.md 1.9, 1.10. */
static bool read_account_code(struct reading *reading, long status)
{
	const char *code = reading->told.code;

	if (str_equal(code, "M_USER_LOCKED")) {
		reading->outcome = OUTCOME_TROUBLE;
		reading->retry_after_ms = LOCKED_PROBE_MS;
		return true;
	}
	if (str_equal(code, "M_USER_SUSPENDED") || str_equal(code, "M_USER_DEACTIVATED")) {
		reading->outcome = OUTCOME_LOGOUT;
		return true;
	}
	if (status == 401 && (str_equal(code, "M_UNKNOWN_TOKEN") || str_equal(code, "M_MISSING_TOKEN"))) {
		reading->outcome = OUTCOME_TROUBLE;
		reading->token_refused = true;
		return true;
	}
	return false;
}

static void read_status(struct reading *reading, const struct http_answer *answer)
{
	long status = answer->status;

	reading->retry_after_ms = retry_after_ms(answer, &reading->told);
	if (read_account_code(reading, status))
		return;
	if (status == 429)
		reading->outcome = OUTCOME_LIMITED;
	else if (status >= 500)
		reading->outcome = OUTCOME_SERVER;
	else if (status >= 400 && status != 408 && reading->told.code)
		reading->outcome = OUTCOME_REFUSED;
	else
		/* Redirects, and a no that is not a homeserver's own: something stands in between. */
		reading->outcome = OUTCOME_TROUBLE;
}

struct reading answer_read(struct arena *arena, const struct http_answer *answer)
{
	struct reading reading = { .outcome = OUTCOME_OK, .error = "" };

	switch (answer->result) {
	case HTTP_ANSWERED:
		break;
	case HTTP_TOO_BIG:
		return (struct reading){ .outcome = OUTCOME_TOO_BIG, .error = answer->error };
	case HTTP_BARRED:
		return (struct reading){ .outcome = OUTCOME_REFUSED, .error = answer->error };
	case HTTP_TROUBLE:
	case HTTP_DISK:
		return (struct reading){ .outcome = OUTCOME_TROUBLE, .error = answer->error };
	}
	if (answer->status == 200)
		return reading;
	reading.told = wire_error_read(arena, answer->body, answer->body_len);
	reading.error = reading.told.code ? reading.told.code : arena_printf(arena, "http-%ld", answer->status);
	read_status(&reading, answer);
	return reading;
}

static bool read_batch(const struct client *client, struct order *order, const struct http_answer *answer)
{
	struct batch *batch = arena_new(order->arena, struct batch);

	order->arrival.batch = batch;
	return wire_sync_read(order->arena, answer->body, answer->body_len, client->session.user, order->from, batch);
}

static bool read_page(const struct client *client, struct order *order, const struct http_answer *answer)
{
	struct wire_page page;

	if (!wire_page_read(order->arena, answer->body, answer->body_len, order->room, client->session.user, &page))
		return false;
	order->arrival.events = page.events;
	order->arrival.events_len = page.events_len;
	order->arrival.dropped = page.dropped;
	/* A server that goes in circles has no more to tell. */
	order->arrival.next = str_equal(page.next, order->from) ? NULL : page.next;
	return true;
}

/* What a call was answered with, when that is JSON. */
static bool keep_body(struct order *order, const struct http_answer *answer)
{
	if (!wire_is_object(answer->body, answer->body_len))
		return false;
	order->arrival.body = arena_dup_n(order->arena, answer->body, answer->body_len);
	order->arrival.body_len = answer->body_len;
	return true;
}

/* The body of a success into the arrival. False when it is not what it should be. */
static bool read_success(const struct client *client, struct order *order, const struct http_answer *answer)
{
	switch (order->kind) {
	case ORDER_SYNC:
		return read_batch(client, order, answer);
	case ORDER_SEND:
		order->arrival.event_id = wire_sent_read(order->arena, answer->body, answer->body_len);
		return order->arrival.event_id;
	case ORDER_FETCH:
		return true;
	case ORDER_PAGE:
		return read_page(client, order, answer);
	case ORDER_JOIN:
	case ORDER_LEAVE:
		return wire_is_object(answer->body, answer->body_len);
	case ORDER_CALL:
		return keep_body(order, answer);
	case ORDER_VERSIONS:
	case ORDER_WHOAMI:
	case ORDER_FILTER:
	case ORDER_REFRESH:
	case ORDER_LOGIN:
		break;
	}
	die("not an order of the engine: %d", (int)order->kind);
}

static void take_success(const struct client *client, struct order *order, const struct http_answer *answer)
{
	order_fail(order, OUTCOME_OK, "", 0);
	if (!read_success(client, order, answer))
		order_fail(order, OUTCOME_TROUBLE, "senseless", 0);
}

/* The server wants to know once more that it is us, and says how (spec: User-Interactive Authentication). */
static bool asks_for_proof(const struct http_answer *answer)
{
	return answer->status == 401 && wire_has_flows(answer->body, answer->body_len);
}

void order_take(struct client *client, struct order *order, const struct http_answer *answer)
{
	struct reading reading = answer_read(order->arena, answer);

	if (order->kind == ORDER_CALL && asks_for_proof(answer)) {
		order_fail(order, OUTCOME_REFUSED, "uia", 0);
		(void)keep_body(order, answer);
		return;
	}
	if (reading.token_refused && ++order->refusals < REFUSALS_MAX) {
		access_refused(client, order, reading.told.soft_logout);
		order->state = ORDER_WAITING;
		return;
	}
	if (order->kind == ORDER_FETCH && !order->old_path && answer->status == 404 && str_equal(reading.told.code, "M_UNRECOGNIZED")) {
		order->old_path = true;
		order_send(client, order);
		return;
	}
	/* Only a file can be too big for good; another answer may be smaller next time. */
	if (reading.outcome == OUTCOME_TOO_BIG && order->kind != ORDER_FETCH)
		reading.outcome = OUTCOME_TROUBLE;
	if (reading.outcome == OUTCOME_LOGOUT)
		access_lose(client, reading.error);
	if (reading.outcome == OUTCOME_OK)
		take_success(client, order, answer);
	else
		order_fail(order, reading.outcome, reading.error, reading.retry_after_ms);
	if (order->kind == ORDER_CALL && reading.outcome == OUTCOME_REFUSED)
		(void)keep_body(order, answer);
}
