/*
 * Whatever is given as JSON is read or refused; what is read, cJSON's own parser reads too, and as the
 * same. Escapes apart: there the two differ on purpose (base/json.h).
 */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/json.h"

#include "fuzz/fuzz.h"

static bool has(const uint8_t *data, size_t size, const char *text)
{
	return size && memmem(data, size, text, strlen(text));
}

static void compare(struct arena *arena, const struct cJSON *ours, const char *bytes, size_t size)
{
	struct cJSON *theirs = cJSON_ParseWithLengthOpts(bytes, size + 1, NULL, true);
	char *text;

	INVARIANT(theirs);
	text = cJSON_PrintUnformatted(theirs);
	INVARIANT(str_equal(text, json_print(arena, ours)));
	cJSON_free(text);
	cJSON_Delete(theirs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create(JSON_ARENA_PER_BYTE * size + JSON_ARENA_LEAST);
	AUTO_ARENA prints = arena_create(64 * size + 4096);
	const char *bytes = arena_dup_n(prints, size ? (const char *)data : "", size);
	const struct cJSON *json = json_parse_in(arena, bytes, size);

	if (json && !has(data, size, "\\u"))
		compare(prints, json, bytes, size);
	return 0;
}
