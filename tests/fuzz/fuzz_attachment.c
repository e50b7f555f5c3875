/* The `file` object of whatever event: what is taken is written again and means the same. */
#include "base/json.h"
#include "crypto/attachment.h"

#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create(JSON_ARENA_PER_BYTE * size + JSON_ARENA_LEAST);
	const struct cJSON *json = json_parse_in(arena, size ? (const char *)data : "", size);
	struct attachment attachment = { 0 }, again;

	if (!json || attachment_parse(json, &attachment) != ATTACHMENT_OK)
		return 0;
	AUTO_JSON file = attachment_format(&attachment);
	INVARIANT(attachment_parse(file, &again) == ATTACHMENT_OK);
	INVARIANT(str_equal(again.url, attachment.url));
	INVARIANT(memcmp(again.key, attachment.key, sizeof again.key) == 0 && memcmp(again.iv, attachment.iv, sizeof again.iv) == 0 &&
		  memcmp(again.sha256.bytes, attachment.sha256.bytes, SHA256_BYTES) == 0);
	return 0;
}
