/*
 * Whatever another device seals for us is read as a payload or refused; what was read is written and read again
 * as the same.
 */
#include "base/json.h"
#include "crypto/olm_payload.h"

#include "fuzz/fuzz.h"

enum { ARENA_BYTES = 64 * 1024 * 1024, WRITTEN_BYTES_MAX = 60 * 1024 };

static void check_texts(const struct olm_payload *payload)
{
	INVARIANT(!str_empty(payload->type) && json_is_object(payload->content));
	INVARIANT(!str_empty(payload->sender) && !str_empty(payload->sender_ed25519));
	INVARIANT(!str_empty(payload->recipient) && !str_empty(payload->recipient_ed25519));
	INVARIANT(!payload->sender_device_keys || json_is_object(payload->sender_device_keys));
}

static void check_same(const struct olm_payload *a, const struct olm_payload *b)
{
	INVARIANT(str_equal(a->type, b->type) && str_equal(a->sender, b->sender) && str_equal(a->sender_ed25519, b->sender_ed25519));
	INVARIANT(str_equal(a->recipient, b->recipient) && str_equal(a->recipient_ed25519, b->recipient_ed25519));
	INVARIANT(!a->sender_device_keys == !b->sender_device_keys);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create(ARENA_BYTES);
	struct olm_payload payload, again;
	const char *text;

	if (!olm_payload_parse(arena, size ? (const char *)data : "", size, &payload))
		return 0;
	check_texts(&payload);
	text = olm_payload_format(arena, &payload);
	/* Escapes take more room than what they stand for. */
	if (strlen(text) > WRITTEN_BYTES_MAX)
		return 0;
	INVARIANT(olm_payload_parse(arena, text, strlen(text), &again));
	check_same(&payload, &again);
	return 0;
}
