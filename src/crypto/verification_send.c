#include "crypto/verification_send.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "crypto/todevice.h"
#include "store/outbox.h"

static const struct {
	const char *code;
	const char *reason; /* for their log or screen, when their client has no words of its own */
} cancellations[] = {
	[CANCELLED_NOT] = { "", "" },
	[CANCELLED_USER] = { "m.user", "The user cancelled the verification" },
	[CANCELLED_TIMEOUT] = { "m.timeout", "The verification took too long" },
	[CANCELLED_UNKNOWN_TRANSACTION] = { "m.unknown_transaction", "The verification is not known (any more)" },
	[CANCELLED_UNKNOWN_METHOD] = { "m.unknown_method", "The two have no way to verify in common" },
	[CANCELLED_UNEXPECTED] = { "m.unexpected_message", "The message came at the wrong moment" },
	[CANCELLED_KEY_MISMATCH] = { "m.key_mismatch", "The keys are not the ones that were expected" },
	[CANCELLED_INVALID] = { "m.invalid_message", "The message was invalid" },
	[CANCELLED_ACCEPTED] = { "m.accepted", "Another device took the verification" },
	[CANCELLED_COMMITMENT] = { "m.mismatched_commitment", "The commitment did not match" },
	[CANCELLED_SAS] = { "m.mismatched_sas", "The emoji were not the same" },
	[CANCELLED_OTHER] = { "other", "" },
};

const char *cancellation_code(enum cancellation why)
{
	return cancellations[why].code;
}

enum cancellation cancellation_parse(const char *code)
{
	for (enum cancellation why = CANCELLED_USER; why < CANCELLED_OTHER; why++) {
		if (str_equal(code, cancellations[why].code))
			return why;
	}
	return CANCELLED_OTHER;
}

/* A turn may be left in the middle of a query, so nothing may lie on the heap by then. */
static const char *print_and_destroy(struct turn *turn, struct cJSON *content)
{
	const char *text = json_print(turn_arena(turn), content);

	json_destroy(content);
	return text;
}

static int64_t say(struct turn *turn, const char *room, const char *type, const char *content)
{
	const struct outbox_message message = {
		.room = room,
		.type = type,
		.content = content,
		.expires_at_ms = turn_now_ms(turn) + VERIFICATION_MS,
	};

	return outbox_add(turn, &message);
}

static struct cJSON *relation_create(const char *event)
{
	struct cJSON *relation = json_object_create();

	json_set_str(relation, "rel_type", "m.reference");
	json_set_str(relation, "event_id", event);
	return relation;
}

const char *verification_send(struct turn *turn, const struct route *route, const char *name, struct cJSON *content)
{
	const char *type = arena_printf(turn_arena(turn), VERIFICATION_PREFIX "%s", name), *text;

	if (route->room)
		json_set(content, "m.relates_to", relation_create(route->transaction));
	else
		json_set_str(content, "transaction_id", route->transaction);
	text = print_and_destroy(turn, content);
	if (route->room)
		(void)say(turn, route->room, type, text);
	else
		todevice_add(turn, type, route->user, route->device, text, NULL);
	return text;
}

void verification_send_cancel(struct turn *turn, const struct route *route, enum cancellation why)
{
	struct cJSON *content = json_object_create();

	json_set_str(content, "code", cancellations[why].code);
	json_set_str(content, "reason", cancellations[why].reason);
	(void)verification_send(turn, route, "cancel", content);
}

struct cJSON *verification_offer_create(const struct crypto *crypto)
{
	struct cJSON *content = json_object_create(), *methods = json_array_create();

	json_set_str(content, "from_device", crypto->device);
	json_push_str(methods, VERIFICATION_METHOD);
	json_set(content, "methods", methods);
	return content;
}

int64_t verification_send_request(struct crypto *crypto, struct turn *turn, const char *room, const char *user, const char *words)
{
	struct cJSON *content = verification_offer_create(crypto);

	json_set_str(content, "msgtype", VERIFICATION_REQUEST);
	json_set_str(content, "to", user);
	json_set_str(content, "body", words);
	return say(turn, room, "m.room.message", print_and_destroy(turn, content));
}

void verification_send_request_to(struct crypto *crypto, struct turn *turn, const struct route *route)
{
	struct cJSON *content = verification_offer_create(crypto);

	json_set_int(content, "timestamp", turn_now_ms(turn));
	(void)verification_send(turn, route, "request", content);
}
