#include "crypto/verification.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/json.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"
#include "crypto/base64.h"
#include "crypto/room.h"
#include "crypto/verification_flow.h"
#include "crypto/verification_row.h"
#include "store/outbox.h"

enum {
	CONTENT_BYTES_MAX = 64 * 1024, /* no server carries more */
	NAME_BYTES_MAX = 255,          /* of a device or a transaction */
	REFUSALS_MAX = 5,              /* within VERIFICATION_MS, to all together: beyond that silence is answer enough */
	TRANSACTION_BYTES = 16,
};

/* A request may be so old, or so far in the future. */
#define REQUEST_PAST_MS   VERIFICATION_MS
#define REQUEST_FUTURE_MS (INT64_C(5) * 60 * 1000)

struct verifications {
	struct flow *first; /* the oldest first */
	bool looked_back; /* at those that this memory does not know */
	int refusals;
	int64_t refusals_since_ms;
};

static struct verifications *verifications_of(struct crypto *crypto)
{
	if (!crypto->verifications)
		crypto->verifications = xcalloc(1, sizeof *crypto->verifications);
	return crypto->verifications;
}

void verifications_drop(struct crypto *crypto)
{
	struct flow *next;

	if (!crypto->verifications)
		return;
	for (struct flow *flow = crypto->verifications->first; flow; flow = next) {
		next = flow->next;
		flow_destroy(flow);
	}
	free(crypto->verifications);
	crypto->verifications = NULL;
}

/* In the list at once, so that a dropped turn finds it there. request_row: as in struct flow. */
static struct flow *add(struct crypto *crypto, struct turn *turn, enum flow_state state, const struct route *route, int64_t request_row, int64_t began_ms)
{
	int64_t id = verification_row_add(turn, route, request_row, began_ms + VERIFICATION_MS);
	struct verifications *all = verifications_of(crypto);
	struct flow **end = &all->first;

	while (*end)
		end = &(*end)->next;
	*end = flow_create(crypto, id, state, route, began_ms);
	(*end)->request_row = request_row;
	log_info("crypto.verification", "user=\"%s\" id=%lld begin=%s", route->user, (long long)id, state == FLOW_REQUESTED ? "theirs" : "ours");
	return *end;
}

static struct flow *find_open(struct crypto *crypto, const char *user)
{
	for (struct flow *flow = verifications_of(crypto)->first; flow; flow = flow->next) {
		if (flow_is_open(flow) && str_equal(flow->route.user, user))
			return flow;
	}
	return NULL;
}

static struct flow *find_id(struct crypto *crypto, int64_t id)
{
	for (struct flow *flow = verifications_of(crypto)->first; flow; flow = flow->next) {
		if (flow->id == id)
			return flow;
	}
	return NULL;
}

static void cancel_to_own_devices(struct crypto *crypto, struct turn *turn, struct route *route)
{
	size_t len;
	const struct device *devices = device_list(turn_view(turn), crypto->user, &len);

	for (size_t i = 0; i < len; i++) {
		route->device = devices[i].id;
		if (!str_equal(route->device, crypto->device))
			verification_send_cancel(turn, route, CANCELLED_USER);
	}
}

/* A restart, or a dropped turn, took this one from us: nobody is to wait for it. */
static void give_up(struct crypto *crypto, struct turn *turn, const struct verification_row *row)
{
	struct route route = row->route;

	verification_row_remove(turn, row->id);
	if (turn_now_ms(turn) >= row->ends_at_ms)
		return;
	log_info("crypto.verification", "user=\"%s\" id=%lld end=lost", route.user, (long long)row->id);
	if (row->request_row)
		route.transaction = outbox_event_of(turn_view(turn), row->request_row);
	/* A request that is not in the room yet has no name to be cancelled by: who answers it is told then. */
	if (!route.transaction)
		return;
	if (route.room || route.device)
		verification_send_cancel(turn, &route, CANCELLED_USER);
	else
		cancel_to_own_devices(crypto, turn, &route);
}

static void look_back(struct crypto *crypto, struct turn *turn)
{
	size_t len;
	const struct verification_row *rows;

	if (verifications_of(crypto)->looked_back)
		return;
	crypto->verifications->looked_back = true;
	rows = verification_rows(turn_view(turn), &len);
	for (size_t i = 0; i < len; i++) {
		if (!find_id(crypto, rows[i].id))
			give_up(crypto, turn, &rows[i]);
	}
}

void verifications_expire(struct crypto *crypto, struct turn *turn)
{
	struct flow **at = &verifications_of(crypto)->first;
	int64_t now_ms = turn_now_ms(turn);

	look_back(crypto, turn);

	while (*at) {
		struct flow *flow = *at;

		if (flow_is_open(flow) && (now_ms >= flow->ends_ms || (flow->state == FLOW_REQUESTED && now_ms >= flow->prompt_ends_ms)))
			flow_cancel(turn, flow, CANCELLED_TIMEOUT);
		if (!flow_is_open(flow) && now_ms >= flow->ends_ms) {
			*at = flow->next;
			flow_destroy(flow);
		} else {
			at = &flow->next;
		}
	}
}

/* Requests. */

struct request {
	struct route route;
	const struct cJSON *content;
	int64_t made_at_ms;
};

static bool is_name(const char *text)
{
	return !str_empty(text) && strlen(text) <= NAME_BYTES_MAX;
}

/* In a room those whom the config names, to-device our own user (MATRIX.md 8.9). */
static bool may_ask(const struct crypto *crypto, const struct request *request)
{
	if (!request->route.room)
		return str_equal(request->route.user, crypto->user);
	for (size_t i = 0; i < crypto->verifiers_len; i++) {
		if (str_equal(crypto->verifiers[i], request->route.user))
			return true;
	}
	return false;
}

static bool may_refuse(struct crypto *crypto, int64_t now_ms)
{
	struct verifications *all = verifications_of(crypto);

	if (now_ms - all->refusals_since_ms >= VERIFICATION_MS || now_ms < all->refusals_since_ms) {
		all->refusals_since_ms = now_ms;
		all->refusals = 0;
	}
	return all->refusals++ < REFUSALS_MAX;
}

static void refuse(struct crypto *crypto, struct turn *turn, const struct route *route, enum cancellation why)
{
	log_info("crypto.verification_refused", "user=\"%s\" why=%s", route->user, cancellation_code(why));
	if (may_refuse(crypto, turn_now_ms(turn)))
		verification_send_cancel(turn, route, why);
}

static bool offers_sas(const struct cJSON *content)
{
	for JSON_EACH (method, json_array(content, "methods")) {
		if (str_equal(json_text(method), VERIFICATION_METHOD))
			return true;
	}
	return false;
}

static void take_request(struct crypto *crypto, struct turn *turn, const struct request *request)
{
	int64_t now_ms = turn_now_ms(turn);
	struct flow *open;

	if (!is_name(request->route.device) || !is_name(request->route.transaction) || !offers_sas(request->content))
		return;
	if (request->made_at_ms < now_ms - REQUEST_PAST_MS || request->made_at_ms > now_ms + REQUEST_FUTURE_MS)
		return;
	if (!may_ask(crypto, request)) {
		refuse(crypto, turn, &request->route, CANCELLED_USER);
		return;
	}
	/* Two at a time with one user are none (spec: Error and exception handling). */
	open = find_open(crypto, request->route.user);
	if (open) {
		flow_cancel(turn, open, CANCELLED_UNEXPECTED);
		refuse(crypto, turn, &request->route, CANCELLED_UNEXPECTED);
		return;
	}
	/* By the time somebody says yes we want to know him as he is now. */
	devices_track(turn, request->route.user);
	(void)add(crypto, turn, FLOW_REQUESTED, &request->route, 0, request->made_at_ms < now_ms ? request->made_at_ms : now_ms);
}

/* To-device. */

static struct flow *find_transaction(struct crypto *crypto, const char *user, const char *transaction)
{
	for (struct flow *flow = verifications_of(crypto)->first; flow; flow = flow->next) {
		if (!flow->route.room && str_equal(flow->route.user, user) && str_equal(flow->route.transaction, transaction))
			return flow;
	}
	return NULL;
}

static void take_request_to_us(struct crypto *crypto, struct turn *turn, const struct message *message)
{
	struct request request = {
		.route = { NULL, message->sender, json_str(message->content, "from_device"), json_str(message->content, "transaction_id") },
		.content = message->content,
	};

	if (!json_int(message->content, "timestamp", &request.made_at_ms) || str_equal(request.route.device, crypto->device))
		return;
	take_request(crypto, turn, &request);
}

/* Somebody goes on with what we do not know, perhaps since a restart: he is told, if we know where. */
static void take_stray(struct crypto *crypto, struct turn *turn, const struct message *message, const char *name, const char *transaction)
{
	static const char *const unanswered[] = { "start", "cancel", "done" };
	struct route route = { NULL, message->sender, message->device ? message->device->id : json_str(message->content, "from_device"), transaction };

	for (size_t i = 0; i < ARRAY_LEN(unanswered); i++) {
		if (str_equal(unanswered[i], name))
			return;
	}
	if (str_equal(message->sender, crypto->user) && is_name(route.device) && is_name(transaction))
		refuse(crypto, turn, &route, CANCELLED_UNKNOWN_TRANSACTION);
}

void verification_take(struct crypto *crypto, struct turn *turn, const struct message *message)
{
	const char *name = message->type + strlen(VERIFICATION_PREFIX), *transaction = json_str(message->content, "transaction_id");
	struct flow *flow;

	if (str_equal(message->type, VERIFICATION_REQUEST)) {
		take_request_to_us(crypto, turn, message);
		return;
	}
	flow = find_transaction(crypto, message->sender, transaction);
	if (!flow) {
		take_stray(crypto, turn, message, name, transaction);
		return;
	}
	/* Sealed it tells which device it is from, and that is to be the one. */
	if (message->device && flow->them.device && !str_equal(message->device->id, flow->them.device))
		return;
	if (flow_is_open(flow))
		flow_take(crypto, turn, flow, name, message->content);
}

/* In a room. */

bool verification_is_event(const char *type, const char *content)
{
	AUTO_JSON json = NULL;

	if (str_starts(type, VERIFICATION_PREFIX))
		return true;
	if (!str_equal(type, "m.room.message") || !strstr(content, VERIFICATION_REQUEST))
		return false;
	json = json_parse(content, strlen(content));
	return str_equal(json_str(json, "msgtype"), VERIFICATION_REQUEST);
}

/* The flow of the request that this event is about; its name in the room may be new to us. */
static struct flow *find_event(struct crypto *crypto, struct turn *turn, const struct event *event, const char *request)
{
	int64_t row = outbox_find_event(turn_view(turn), request);

	for (struct flow *flow = verifications_of(crypto)->first; flow; flow = flow->next) {
		if (!str_equal(flow->route.room, event->room) || !str_equal(flow->route.user, event->sender))
			continue;
		if (flow->request_row && flow->request_row == row && !flow->route.transaction)
			flow->route.transaction = arena_dup(flow->arena, request);
		if (str_equal(flow->route.transaction, request))
			return flow;
	}
	return NULL;
}

static void take_in_room(struct crypto *crypto, struct turn *turn, const struct event *event, const char *name, const struct cJSON *content)
{
	const struct cJSON *relation = json_object(content, "m.relates_to");
	const char *request = str_equal(json_str(relation, "rel_type"), "m.reference") ? json_str(relation, "event_id") : NULL;
	struct flow *flow = request ? find_event(crypto, turn, event, request) : NULL;

	if (!request)
		return;
	if (!flow) {
		/* Others verify each other here too; only what answers our own request is for us. */
		if (str_equal(name, "ready") && outbox_find_event(turn_view(turn), request))
			refuse(crypto, turn, &(struct route){ event->room, event->sender, NULL, request }, CANCELLED_UNKNOWN_TRANSACTION);
		return;
	}
	/* They go on with another device of ours, which answered before we did. */
	if (flow->state == FLOW_REQUESTED && str_equal(name, "start")) {
		flow_end_elsewhere(turn, flow);
		return;
	}
	if (flow_is_open(flow))
		flow_take(crypto, turn, flow, name, content);
}

void verification_take_event(struct crypto *crypto, struct turn *turn, const struct event *event, const struct crypto_plain *plain)
{
	size_t len = strlen(plain->content);
	const struct cJSON *content = len <= CONTENT_BYTES_MAX ? json_parse_in(turn_arena(turn), plain->content, len) : NULL;

	/* Hearsay, or a bridge's word for somebody: no two people sit there. */
	if (!content || plain->trust == TRUST_BRIDGE || plain->doubt == DOUBT_UNPROVEN)
		return;
	if (str_starts(plain->type, VERIFICATION_PREFIX)) {
		take_in_room(crypto, turn, event, plain->type + strlen(VERIFICATION_PREFIX), content);
		return;
	}
	if (str_equal(json_str(content, "to"), crypto->user))
		take_request(crypto, turn, &(struct request){
			.route = { event->room, event->sender, json_str(content, "from_device"), event->id },
			.content = content,
			.made_at_ms = event->sent_at_ms,
		});
}

void crypto_take_verification(struct crypto *crypto, struct turn *turn, const struct event *event)
{
	const struct crypto_plain plain = { .type = event->body, .content = event->sealed, .trust = TRUST_PLAIN };

	if (verification_is_event(plain.type, plain.content))
		verification_take_event(crypto, turn, event, &plain);
}

/* For people. */

static enum verification_stage stage_of(const struct flow *flow)
{
	switch (flow->state) {
	case FLOW_REQUESTED:
		return VERIFICATION_ASKED;
	case FLOW_ASKED:
	case FLOW_READY:
	case FLOW_STARTED:
	case FLOW_ACCEPTED:
	case FLOW_KEYED:
	case FLOW_CONFIRMED:
		return VERIFICATION_UNDER_WAY;
	case FLOW_SHOWN:
		return VERIFICATION_COMPARE;
	case FLOW_DONE:
		return VERIFICATION_DONE;
	case FLOW_CANCELLED:
		return VERIFICATION_CANCELLED;
	}
	die("verification state");
}

struct verification *crypto_verifications(struct crypto *crypto, struct turn *turn, size_t *ret_len)
{
	struct arena *arena = turn_arena(turn);
	struct verification *list;
	size_t len = 0;

	verifications_expire(crypto, turn);
	for (const struct flow *flow = verifications_of(crypto)->first; flow; flow = flow->next)
		len++;
	list = arena_array(arena, struct verification, len);
	len = 0;
	for (const struct flow *flow = verifications_of(crypto)->first; flow; flow = flow->next)
		list[len++] = (struct verification){
			.id = flow->id,
			.user = arena_dup(arena, flow->route.user),
			.device = arena_dup(arena, flow->route.device),
			.stage = stage_of(flow),
			.code = flow->code,
			.why = flow->state == FLOW_CANCELLED ? cancellation_code(flow->why) : NULL,
		};
	*ret_len = len;
	return list;
}

static enum verification_beginning ask_own_devices(struct crypto *crypto, struct turn *turn, struct flow **ret_flow)
{
	unsigned char transaction[TRANSACTION_BYTES];
	struct route route = { .user = crypto->user };
	const char **asked;
	size_t len, n = 0;
	const struct device *devices = device_list(turn_view(turn), crypto->user, &len);
	struct flow *flow;

	random_bytes(transaction, sizeof transaction);
	route.transaction = base64_encode(turn_arena(turn), BASE64_UNPADDED, transaction, sizeof transaction);
	flow = add(crypto, turn, FLOW_ASKED, &route, 0, turn_now_ms(turn));
	asked = arena_array(flow->arena, const char *, len + 1);
	for (size_t i = 0; i < len; i++) {
		if (!str_equal(devices[i].id, crypto->device))
			asked[n++] = arena_dup(flow->arena, devices[i].id);
	}
	flow->asked = asked;
	for (size_t i = 0; i < n; i++) {
		route.device = asked[i];
		verification_send_request_to(crypto, turn, &route);
	}
	*ret_flow = flow;
	return VERIFICATION_BEGUN;
}

static bool has_other_device(struct crypto *crypto, struct turn *turn)
{
	size_t len;
	const struct device *devices = device_list(turn_view(turn), crypto->user, &len);

	return len > 1 || (len == 1 && !str_equal(devices[0].id, crypto->device));
}

static enum verification_beginning ask(struct crypto *crypto, struct turn *turn, const char *user, const char *room, const char *words,
                                       struct flow **ret_flow)
{
	struct crypto_room settings;
	struct identity identity;

	if (str_equal(user, crypto->user))
		return has_other_device(crypto, turn) ? ask_own_devices(crypto, turn, ret_flow) : VERIFICATION_NO_DEVICES;
	if (!room || !crypto_room_find(turn_view(turn), room, &settings))
		return VERIFICATION_NO_ROOM;
	if (!identity_find(turn_view(turn), user, &identity) || !identity.master) {
		devices_track(turn, user);
		devices_outdate(turn, user);
		return VERIFICATION_NO_IDENTITY;
	}
	*ret_flow = add(crypto, turn, FLOW_ASKED, &(struct route){ .room = room, .user = user },
	                verification_send_request(crypto, turn, room, user, words), turn_now_ms(turn));
	return VERIFICATION_BEGUN;
}

enum verification_beginning crypto_verification_begin(struct crypto *crypto, struct turn *turn, const char *user, const char *room,
                                                      const char *words, int64_t *ret_id)
{
	enum verification_beginning beginning = VERIFICATION_BEGUN;
	struct flow *flow;

	verifications_expire(crypto, turn);
	flow = find_open(crypto, user);
	if (!flow)
		beginning = ask(crypto, turn, user, room, words, &flow);
	else if (flow->state == FLOW_REQUESTED)
		flow_accept(crypto, turn, flow);
	if (beginning == VERIFICATION_BEGUN)
		*ret_id = flow->id;
	return beginning;
}

bool crypto_verification_end(struct crypto *crypto, struct turn *turn, int64_t id, bool same)
{
	struct flow *flow;

	verifications_expire(crypto, turn);
	flow = find_id(crypto, id);
	if (!flow || !flow_is_open(flow) || (same && flow->state != FLOW_SHOWN))
		return false;
	if (same)
		flow_confirm(crypto, turn, flow);
	else
		flow_cancel(turn, flow, flow->state == FLOW_SHOWN ? CANCELLED_SAS : CANCELLED_USER);
	return true;
}

bool crypto_identity_accept(struct crypto *crypto, struct turn *turn, const char *user)
{
	(void)crypto;
	return identity_accept(turn, user);
}
