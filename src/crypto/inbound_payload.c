#include "crypto/inbound_payload.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"

enum { TYPE_BYTES_MAX = 255 };

#define RELATION "m.relates_to"

static bool is_type(const char *text)
{
	if (str_empty(text) || strlen(text) > TYPE_BYTES_MAX || str_equal(text, "m.room.encrypted"))
		return false;
	for (const char *at = text; *at; at++) {
		if ((unsigned char)*at < ' ' || *at == 0x7f)
			return false;
	}
	return true;
}

/* The content with the relation of the outer one instead of its own. */
static const char *content_print(struct arena *arena, const struct cJSON *content, const struct cJSON *outer)
{
	const struct cJSON *relation = json_object(outer, RELATION);
	AUTO_JSON copy = NULL;

	if (!relation && !json_get(content, RELATION))
		return json_print(arena, content);
	copy = json_object_create();
	for JSON_EACH (item, content) {
		if (!str_equal(json_key(item), RELATION))
			json_set(copy, json_key(item), json_copy(item));
	}
	if (relation)
		json_set(copy, RELATION, json_copy(relation));
	return json_print(arena, copy);
}

bool payload_parse(struct arena *arena, const char *bytes, size_t len, const struct cJSON *outer, struct payload *ret_payload)
{
	const struct cJSON *json = json_parse_in(arena, bytes, len);
	const struct cJSON *content = json_object(json, "content");
	const char *type = json_str(json, "type");
	const char *room = json_str(json, "room_id");

	if (!content || !is_type(type) || str_empty(room))
		return false;
	*ret_payload = (struct payload){ .type = type, .room = room, .content = content_print(arena, content, outer) };
	return true;
}
