#include "matrix/matrix.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "base/url.h"
#include "matrix/account.h"
#include "matrix/client.h"
#include "matrix/mxc.h"
#include "matrix/wire_event.h"

enum { CLIENT_ARENA_MAX = 64 * 1024 };

static const char *matrix_own_id(void *self)
{
	const struct client *client = self;

	return client->session.user;
}

static void matrix_sync(void *self, const char *token, int64_t idle_ms)
{
	struct order *order = order_add(self, ORDER_SYNC);

	order->from = arena_dup(order->arena, token);
	order->idle_ms = idle_ms;
}

static char *matrix_compose(void *self, struct arena *arena, const struct utterance *what)
{
	(void)self;
	return wire_message_format(arena, what);
}

static bool matrix_reveal(void *self, struct arena *arena, const struct event *sealed, const char *type, const char *content, struct event *ret_event)
{
	(void)self;
	return wire_event_reveal(arena, sealed, type, content, ret_event);
}

static void matrix_send(void *self, int64_t id, const char *room, const char *type, const char *txn_id, const char *content)
{
	struct order *order = order_add(self, ORDER_SEND);

	order->id = id;
	order->room = arena_dup(order->arena, room);
	order->type = arena_dup(order->arena, type ? type : "m.room.message");
	order->txn_id = arena_dup(order->arena, txn_id);
	order->content = arena_dup(order->arena, content);
}

static enum http_method method_of(enum call_method method)
{
	switch (method) {
	case CALL_GET:
		return HTTP_GET;
	case CALL_POST:
		return HTTP_POST;
	case CALL_PUT:
		return HTTP_PUT;
	case CALL_DELETE:
		return HTTP_DELETE;
	}
	die("call of method %d", (int)method);
}

static void matrix_call(void *self, int64_t id, const struct call *call)
{
	struct order *order = order_add(self, ORDER_CALL);

	INVARIANT(str_starts(call->path, "/_matrix/"));
	INVARIANT((call->method == CALL_GET) == !call->body);
	order->id = id;
	order->method = method_of(call->method);
	order->path = arena_dup(order->arena, call->path);
	order->secret = arena_dup(order->arena, call->body);
	order->timeout_ms = call->timeout_ms;
}

static void matrix_fetch(void *self, int64_t id, const struct media *media, int64_t limit, const char *path)
{
	struct order *order = order_add(self, ORDER_FETCH);

	order->id = id;
	order->url = arena_dup(order->arena, media->url);
	order->limit = limit;
	order->path = arena_dup(order->arena, path);
	if (!mxc_is_valid(media->url))
		order_fail(order, OUTCOME_REFUSED, "file-has-no-address", 0);
}

static void matrix_page(void *self, const char *room, const char *from, const char *to)
{
	struct order *order = order_add(self, ORDER_PAGE);

	order->room = arena_dup(order->arena, room);
	order->from = arena_dup(order->arena, from);
	order->to = arena_dup(order->arena, to);
}

static void matrix_join(void *self, const char *room, const char *via)
{
	struct order *order = order_add(self, ORDER_JOIN);

	order->room = arena_dup(order->arena, room);
	order->via = arena_dup(order->arena, via);
}

static void matrix_leave(void *self, const char *room)
{
	struct order *order = order_add(self, ORDER_LEAVE);

	order->room = arena_dup(order->arena, room);
}

static struct order *find_done(const struct client *client)
{
	for (struct order *order = client->orders; order; order = order->next) {
		if (order->state == ORDER_DONE)
			return order;
	}
	return NULL;
}

static void take_answer(struct client *client, const struct http_answer *answer)
{
	struct order *order = answer->owner;

	switch (order->kind) {
	case ORDER_SYNC:
	case ORDER_SEND:
	case ORDER_FETCH:
	case ORDER_PAGE:
	case ORDER_JOIN:
	case ORDER_LEAVE:
	case ORDER_CALL:
		order_take(client, order, answer);
		return;
	case ORDER_VERSIONS:
	case ORDER_WHOAMI:
	case ORDER_FILTER:
	case ORDER_REFRESH:
	case ORDER_LOGIN:
		order_unlink(client, order);
		access_take(client, order, answer);
		order_destroy(order);
		return;
	}
}

static void hand_out(struct client *client, struct order *order, struct arrival *ret_arrival)
{
	order_unlink(client, order);
	client->handed = order;
	*ret_arrival = order->arrival;
}

static void matrix_wait(void *self, struct pollfd *fds, size_t fds_len, int64_t timeout_ms, struct arrival *ret_arrival)
{
	struct client *client = self;
	int64_t end_ms = monotonic_ms() + timeout_ms;

	order_destroy(client->handed);
	client->handed = NULL;
	for (;;) {
		struct http_answer answer;
		int64_t left_ms = end_ms - monotonic_ms();
		struct order *done;

		access_advance(client);
		done = find_done(client);
		if (done) {
			for (size_t i = 0; i < fds_len; i++)
				fds[i].revents = 0;
			if (fds_len)
				(void)poll(fds, (nfds_t)fds_len, 0);
			hand_out(client, done, ret_arrival);
			return;
		}
		if (!http_wait(client->http, fds, fds_len, left_ms > 0 ? left_ms : 0, &answer)) {
			*ret_arrival = (struct arrival){ .kind = ARRIVAL_NOTHING, .outcome = OUTCOME_OK, .error = "" };
			return;
		}
		take_answer(client, &answer);
	}
}

static void matrix_destroy(void *self)
{
	struct client *client = self;

	http_close(client->http);
	order_destroy(client->handed);
	while (client->orders) {
		struct order *order = client->orders;

		client->orders = order->next;
		order_destroy(order);
	}
	session_release(&client->session);
	arena_destroy(client->arena);
	free(client->session_path);
	free(client->spool_folder);
	free(client->password_path);
	free(client);
}

static const struct transport face = {
	.name = "matrix",
	.own_id = matrix_own_id,
	.sync = matrix_sync,
	.compose = matrix_compose,
	.reveal = matrix_reveal,
	.send = matrix_send,
	.call = matrix_call,
	.fetch = matrix_fetch,
	.page = matrix_page,
	.join = matrix_join,
	.leave = matrix_leave,
	.wait = matrix_wait,
	.destroy = matrix_destroy,
};

static enum matrix_verdict load(const char *path, const char *base, struct session *ret_session)
{
	enum matrix_verdict verdict = matrix_session_load(path, ret_session);

	if (verdict != MATRIX_OK)
		return verdict;
	if (!ret_session->user || !ret_session->access_token)
		verdict = MATRIX_SESSION_MISSING;
	else if (!str_equal(ret_session->homeserver, base))
		verdict = MATRIX_SESSION_FOREIGN;
	if (verdict != MATRIX_OK)
		session_release(ret_session);
	return verdict;
}

enum matrix_verdict matrix_open(const struct matrix_options *options, struct transport **ret_transport)
{
	AUTO_ARENA arena = arena_create(CLIENT_ARENA_MAX);
	const char *base = url_base_parse(arena, options->homeserver);
	struct session session;
	struct client *client;
	enum matrix_verdict verdict;

	if (!base)
		return MATRIX_URL_BAD;
	verdict = load(options->session_path, base, &session);
	if (verdict != MATRIX_OK)
		return verdict;
	client = xcalloc(1, sizeof *client);
	*client = (struct client){
		.transport = face,
		.http = matrix_http_open(options),
		.session = session,
		.base = base,
		.arena = TAKE(arena),
		.session_path = xstrdup(options->session_path),
		.spool_folder = xstrdup(options->spool_folder),
		.password_path = options->password_path ? xstrdup(options->password_path) : NULL,
	};
	client->transport.self = client;
	*ret_transport = &client->transport;
	return MATRIX_OK;
}
