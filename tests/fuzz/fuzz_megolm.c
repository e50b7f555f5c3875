/*
 * What somebody put into a Megolm ciphertext is read or refused; what is read can be read again, as the same, and
 * has the relation of the event outside. The input is a payload, and behind a NUL the content outside.
 */
#include "base/json.h"
#include "crypto/inbound_payload.h"

#include "fuzz/fuzz.h"

static void read_again(struct arena *arena, const struct payload *payload, const struct cJSON *outer)
{
	const struct cJSON *content = json_parse_in(arena, payload->content, strlen(payload->content));

	INVARIANT(json_is_object(content));
	INVARIANT(strlen(payload->type) >= 1 && strlen(payload->type) <= 255 && !str_equal(payload->type, "m.room.encrypted"));
	INVARIANT(!json_object(content, "m.relates_to") == !json_object(outer, "m.relates_to"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create(3 * JSON_ARENA_PER_BYTE * (8 * size + 64) + 3 * JSON_ARENA_LEAST);
	const char *bytes = arena_dup_n(arena, size ? (const char *)data : "", size);
	size_t len = strlen(bytes);
	const struct cJSON *outer = len < size ? json_parse_in(arena, bytes + len + 1, size - len - 1) : NULL;
	struct payload payload;

	if (payload_parse(arena, bytes, len, outer, &payload))
		read_again(arena, &payload, outer);
	return 0;
}
