#include "crypto/olm_payload.h"

#include "base/json.h"
#include "base/str.h"

/* A to-device event is at most so large sealed, so what is in it is smaller. */
enum { PAYLOAD_BYTES_MAX = 64 * 1024 };

bool olm_payload_parse(struct arena *arena, const char *bytes, size_t len, struct olm_payload *ret_payload)
{
	const struct cJSON *json = len <= PAYLOAD_BYTES_MAX ? json_parse_in(arena, bytes, len) : NULL;
	const struct olm_payload payload = {
		.type = json_str(json, "type"),
		.content = json_object(json, "content"),
		.sender = json_str(json, "sender"),
		.sender_ed25519 = json_str(json_object(json, "keys"), "ed25519"),
		.recipient = json_str(json, "recipient"),
		.recipient_ed25519 = json_str(json_object(json, "recipient_keys"), "ed25519"),
		.sender_device_keys = json_object(json, "sender_device_keys"),
	};

	if (str_empty(payload.type) || !payload.content || str_empty(payload.sender) || str_empty(payload.sender_ed25519))
		return false;
	if (str_empty(payload.recipient) || str_empty(payload.recipient_ed25519))
		return false;
	/* Who writes something else there does not mean to leave it out. */
	if (json_get(json, "sender_device_keys") && !payload.sender_device_keys)
		return false;
	*ret_payload = payload;
	return true;
}

static struct cJSON *ed25519_object(const char *key)
{
	struct cJSON *keys = json_object_create();

	json_set_str(keys, "ed25519", key);
	return keys;
}

char *olm_payload_format(struct arena *arena, const struct olm_payload *payload)
{
	AUTO_JSON json = json_object_create();

	json_set_str(json, "type", payload->type);
	json_set(json, "content", json_copy(payload->content));
	json_set_str(json, "sender", payload->sender);
	json_set(json, "keys", ed25519_object(payload->sender_ed25519));
	json_set_str(json, "recipient", payload->recipient);
	json_set(json, "recipient_keys", ed25519_object(payload->recipient_ed25519));
	if (payload->sender_device_keys)
		json_set(json, "sender_device_keys", json_copy(payload->sender_device_keys));
	return json_print(arena, json);
}
