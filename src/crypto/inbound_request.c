#include "crypto/inbound_request.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/inbound.h"
#include "crypto/inbound_session.h"
#include "crypto/olm.h"
#include "crypto/outbound.h"

/* The same device gets the same session once an hour, and all devices of a user so many. */
enum { ANSWERS_PER_HOUR_MAX = 100 };

enum { Q_PRUNE, Q_COUNT, Q_ADD, Q_MAX };
static const char *const sql[] = {
	[Q_PRUNE] = "DELETE FROM inbound_answer WHERE at_ms <= ?1",
	[Q_COUNT] = "SELECT count(*) FROM inbound_answer WHERE user = ?1",
	[Q_ADD] = "INSERT INTO inbound_answer (user, device, room, session, at_ms) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements inbound_request_statements = { "crypto/inbound_request", sql, Q_MAX };

struct key_request {
	struct device device;
	const char *room;
	const char *session;
};

/* False for what is no request, a cancellation, an echo of our own, and a device we do not know. */
static bool request_read(struct crypto *crypto, struct turn *turn, const struct message *message, struct key_request *ret_request)
{
	const struct cJSON *body = json_object(message->content, "body");
	const char *device = json_str(message->content, "requesting_device_id");
	const char *room = json_str(body, "room_id");
	const char *session = json_str(body, "session_id");

	if (!str_equal(json_str(message->content, "action"), "request") || !str_equal(json_str(body, "algorithm"), MEGOLM_ALGORITHM) ||
	    !ident_is_room(room) || !inbound_session_is_id(session) || str_empty(device) ||
	    (str_equal(message->sender, crypto->user) && str_equal(device, crypto->device)) ||
	    !device_find(turn_view(turn), message->sender, device, &ret_request->device))
		return false;
	ret_request->room = room;
	ret_request->session = session;
	return true;
}

/* From which index on the device may have the session; false: it may not. */
static bool request_is_due(struct crypto *crypto, struct turn *turn, const struct key_request *request, int64_t *ret_index)
{
	struct view *view = turn_view(turn);
	struct inbound_session session;

	if (!str_equal(request->device.user, crypto->user))
		return outbound_was_shared(view, request->room, request->session, &request->device, ret_index);
	if (device_standing(view, &request->device) < STANDING_SIGNED ||
	    !inbound_session_find(crypto, view, request->room, request->session, &session))
		return false;
	*ret_index = group_inbound_first_index(session.group);
	return true;
}

/* Counts the answer; false when this device had it just now, or its user had enough. */
static bool take_allowance(struct turn *turn, const struct key_request *request)
{
	struct stmt *q = turn_query(turn, &inbound_request_statements, Q_PRUNE);

	stmt_bind_int(q, 1, turn_now_ms(turn) - MS_PER_HOUR);
	(void)stmt_run(q);
	q = turn_query(turn, &inbound_request_statements, Q_COUNT);
	stmt_bind_text(q, 1, request->device.user);
	if (stmt_one_int(q, 0) >= ANSWERS_PER_HOUR_MAX)
		return false;
	q = turn_query(turn, &inbound_request_statements, Q_ADD);
	stmt_bind_text(q, 1, request->device.user);
	stmt_bind_text(q, 2, request->device.id);
	stmt_bind_text(q, 3, request->room);
	stmt_bind_text(q, 4, request->session);
	stmt_bind_int(q, 5, turn_now_ms(turn));
	return stmt_run(q) > 0;
}

static void answer(struct crypto *crypto, struct turn *turn, const struct key_request *request, int64_t index)
{
	AUTO_JSON content = inbound_export(crypto, turn_view(turn), request->room, request->session, index);

	if (!content)
		return;
	json_set_str(content, "room_id", request->room);
	json_set_str(content, "session_id", request->session);
	json_set_str(content, "sender_claimed_ed25519_key", json_str(json_object(content, "sender_claimed_keys"), "ed25519"));
	if (channel_send(crypto, turn, &request->device, "m.forwarded_room_key", content, NULL))
		log_info("crypto.key_given", "user=%s device=%s room=%s index=%lld", request->device.user, request->device.id, request->room,
		         (long long)index);
}

void inbound_take_request(struct crypto *crypto, struct turn *turn, const struct message *message)
{
	struct key_request request;
	int64_t index;

	if (!request_read(crypto, turn, message, &request) || !request_is_due(crypto, turn, &request, &index))
		return;
	/* Whoever asks again after a while finds the channel open. */
	if (channel_state(turn_view(turn), &request.device) != CHANNEL_OPEN) {
		channel_ask(turn, &request.device);
		return;
	}
	if (take_allowance(turn, &request))
		answer(crypto, turn, &request, index);
}

/* We ask nobody (7.8), so what comes was not asked for: taking it would let its sender speak for others (7.7). */
void inbound_take_forwarded(struct crypto *crypto, struct turn *turn, const struct message *message)
{
	(void)crypto;
	(void)turn;
	log_warn("crypto.forward_refused", "sender=%s", message->sender);
}
