/*
 * Whatever a server, or who stands in its place, answers to /sync or /messages: it is read or refused, no
 * more; and what is read keeps the promises of base/event.h.
 */
#include "base/ident.h"
#include "base/json.h"
#include "matrix/wire_sync.h"

#include "fuzz/fuzz.h"

static void check_events(const struct event *events, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const struct event *event = &events[i];

		INVARIANT(ident_is_event(event->id) && ident_is_room(event->room) && ident_is_user(event->sender));
		INVARIANT(event->body && utf8_valid(event->body, strlen(event->body)) && event->sent_at_ms >= 0);
		INVARIANT((event->kind == EVENT_EDIT || event->kind == EVENT_REDACTION || event->kind == EVENT_REACTION) == (event->target != NULL));
		INVARIANT((event->kind == EVENT_UNREADABLE || event->kind == EVENT_VERIFICATION) == (event->sealed && *event->sealed == '{'));
		INVARIANT((event->kind == EVENT_REACTION) == !str_empty(event->reaction));
		INVARIANT(!event->media || (event->media->url && *event->media->name && event->media->mime && event->media->size >= 0));
	}
}

static void check_users(const char *const *users, size_t len)
{
	for (size_t i = 0; i < len; i++)
		INVARIANT(ident_is_user(users[i]));
}

static void check_keys(struct arena *arena, const struct key_news *keys)
{
	INVARIANT(keys->one_time_keys >= 0);
	check_users(keys->changed, keys->changed_len);
	check_users(keys->left, keys->left_len);
	for (size_t i = 0; i < keys->events_len; i++) {
		const struct to_device *event = &keys->events[i];

		INVARIANT(ident_is_user(event->sender) && !str_empty(event->type));
		INVARIANT(json_is_object(json_parse_in(arena, event->content, strlen(event->content))));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create(2 * wire_arena_need(size) + 2 * JSON_ARENA_PER_BYTE * size);
	const char *bytes = arena_dup_n(arena, size ? (const char *)data : "", size);
	struct batch batch = { 0 };
	struct wire_page page = { 0 };

	if (wire_sync_read(arena, bytes, size, "@rotonde:example.org", "s1", &batch)) {
		INVARIANT(!str_empty(batch.next));
		check_keys(arena, &batch.keys);
		for (size_t i = 0; i < batch.rooms_len; i++) {
			INVARIANT(ident_is_room(batch.rooms[i].room) && batch.rooms[i].history_len <= batch.rooms[i].events_len);
			check_events(batch.rooms[i].events, batch.rooms[i].events_len);
		}
	}
	if (wire_page_read(arena, bytes, size, "!r:example.org", "@rotonde:example.org", &page))
		check_events(page.events, page.events_len);
	return 0;
}
