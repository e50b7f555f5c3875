/* Canonical JSON is JSON, is its own canonical form, and is not longer than what was read. */
#include "base/json.h"
#include "base/json_canonical.h"

#include "fuzz/fuzz.h"

static void check_form(struct arena *arena, const char *text)
{
	const struct cJSON *json = json_parse_in(arena, text, strlen(text));
	char *again;

	INVARIANT(json && json_canonical_format(arena, json, &again) == JSON_CANONICAL_OK);
	INVARIANT(str_equal(again, text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create(4 * (JSON_ARENA_PER_BYTE * size + JSON_ARENA_LEAST));
	const struct cJSON *json = json_parse_in(arena, size ? (const char *)data : "", size);
	char *text;

	if (!json || json_canonical_format(arena, json, &text) != JSON_CANONICAL_OK)
		return 0;
	INVARIANT(strlen(text) <= size);
	check_form(arena, text);
	if (json_is_object(json)) {
		INVARIANT(json_canonical_format_signed(arena, json, &text) == JSON_CANONICAL_OK);
		check_form(arena, text);
	}
	return 0;
}
