#include "base/event.h"

#include <string.h>

#include "base/json.h"

/* The flags of an event by their name in JSON. */
static const struct {
	const char *key;
	size_t offset;
} flags[] = {
	{ "disappearing", offsetof(struct event, disappearing) },
	{ "forwarded", offsetof(struct event, forwarded) },
	{ "bridge_notice", offsetof(struct event, bridge_notice) },
};

static const struct {
	const char *key;
	size_t offset;
} texts[] = {
	{ "id", offsetof(struct event, id) },
	{ "room", offsetof(struct event, room) },
	{ "sender", offsetof(struct event, sender) },
	{ "txn_id", offsetof(struct event, txn_id) },
	{ "body", offsetof(struct event, body) },
	{ "target", offsetof(struct event, target) },
	{ "reply_to", offsetof(struct event, reply_to) },
	{ "thread", offsetof(struct event, thread) },
	{ "reaction", offsetof(struct event, reaction) },
	{ "geo_uri", offsetof(struct event, geo_uri) },
	{ "sealed", offsetof(struct event, sealed) },
};

char *event_plain_reaction(struct arena *arena, const char *emoji)
{
	static const char *const marks[] = {
		"\xef\xb8\x8e", "\xef\xb8\x8f", "\xf0\x9f\x8f\xbb", "\xf0\x9f\x8f\xbc", "\xf0\x9f\x8f\xbd", "\xf0\x9f\x8f\xbe", "\xf0\x9f\x8f\xbf",
	};
	char *plain = arena_dup(arena, emoji), *found;

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		while ((found = strstr(plain, marks[i])))
			memmove(found, found + strlen(marks[i]), strlen(found + strlen(marks[i])) + 1);
	}
	return plain;
}

static const char **text_field(const struct event *event, size_t index)
{
	return (const char **)((uintptr_t)event + texts[index].offset);
}

static bool *flag_field(const struct event *event, size_t index)
{
	return (bool *)((uintptr_t)event + flags[index].offset);
}

static struct cJSON *media_to_json(const struct media *media)
{
	struct cJSON *json = json_object_create();

	json_set_str(json, "url", media->url);
	json_set_str(json, "name", media->name);
	json_set_str(json, "mime", media->mime);
	json_set_int(json, "size", media->size);
	json_set_str(json, "key", media->key);
	return json;
}

static const struct media *media_from_json(struct arena *arena, const struct cJSON *json)
{
	struct media *media;

	if (!json || !json_str(json, "url") || !json_str(json, "name") || !json_str(json, "mime"))
		return NULL;
	media = arena_new(arena, struct media);
	media->url = arena_dup(arena, json_str(json, "url"));
	media->name = arena_dup(arena, json_str(json, "name"));
	media->mime = arena_dup(arena, json_str(json, "mime"));
	media->key = arena_dup(arena, json_str(json, "key"));
	(void)json_int(json, "size", &media->size);
	return media;
}

char *event_format(struct arena *arena, const struct event *event)
{
	AUTO_JSON json = json_object_create();

	json_set_int(json, "kind", event->kind);
	json_set_int(json, "form", event->form);
	json_set_int(json, "trust", event->trust);
	if (event->doubt)
		json_set_int(json, "doubt", event->doubt);
	json_set_int(json, "sent_at_ms", event->sent_at_ms);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		json_set_str(json, texts[i].key, *text_field(event, i));
	for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
		if (*flag_field(event, i))
			json_set_bool(json, flags[i].key, true);
	}
	if (event->media)
		json_set(json, "media", media_to_json(event->media));
	if (event->mentions_len) {
		struct cJSON *mentions = json_array_create();

		for (size_t i = 0; i < event->mentions_len; i++)
			json_push_str(mentions, event->mentions[i]);
		json_set(json, "mentions", mentions);
	}
	return json_print(arena, json);
}

static void mentions_from_json(struct arena *arena, const struct cJSON *json, struct event *event)
{
	const char **mentions;
	size_t count = 0;

	for JSON_EACH (item, json)
		count++;
	mentions = arena_array(arena, const char *, count);
	for JSON_EACH (item, json) {
		if (json_text(item))
			mentions[event->mentions_len++] = arena_dup(arena, json_text(item));
	}
	event->mentions = mentions;
}

bool event_parse(struct arena *arena, const char *text, struct event *ret_event)
{
	AUTO_JSON json = json_parse(text, strlen(text));
	struct event event = { 0 };
	int64_t kind, form, trust, doubt = 0;

	if (!json || !json_int(json, "kind", &kind) || !json_int(json, "form", &form) || !json_int(json, "trust", &trust) ||
	    !json_int(json, "sent_at_ms", &event.sent_at_ms))
		return false;
	if (kind < 0 || kind > EVENT_VERIFICATION || form < 0 || form > FORM_OTHER || trust < 0 || trust > TRUST_DIRECT)
		return false;
	(void)json_int(json, "doubt", &doubt);
	if (doubt < 0 || doubt > DOUBT_UNKNOWN)
		return false;
	event.kind = (enum event_kind)kind;
	event.form = (enum event_form)form;
	event.trust = (enum trust)trust;
	event.doubt = (enum doubt)doubt;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		*text_field(&event, i) = arena_dup(arena, json_str(json, texts[i].key));
	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		*flag_field(&event, i) = json_true(json, flags[i].key);
	event.media = media_from_json(arena, json_object(json, "media"));
	mentions_from_json(arena, json_array(json, "mentions"), &event);
	if (!event.id || !event.room || !event.sender || !event.body)
		return false;
	*ret_event = event;
	return true;
}
