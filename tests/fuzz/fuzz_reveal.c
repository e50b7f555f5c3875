/*
 * Whatever a member of an encrypted room sealed, and whatever the server wrote beside it: it becomes an
 * event that keeps the promises of base/event.h, or none. The input is the type, the clear content and
 * the sealed one, a line each.
 */
#include "matrix/wire_event.h"

#include "fuzz/fuzz.h"

/* The next line of the text, which it is cut from; "" at the end. */
static const char *next_line(char **text)
{
	char *line = strsep(text, "\n");

	return line ? line : "";
}

static void check_event(const struct event *event, const struct event *sealed)
{
	INVARIANT(event->kind == EVENT_MESSAGE || event->kind == EVENT_EDIT || event->kind == EVENT_REACTION);
	INVARIANT(str_equal(event->id, sealed->id) && str_equal(event->room, sealed->room) && str_equal(event->sender, sealed->sender));
	INVARIANT(event->trust == TRUST_NONE && !event->sealed);
	INVARIANT(event->body && utf8_valid(event->body, strlen(event->body)));
	INVARIANT((event->kind == EVENT_MESSAGE) == !event->target);
	INVARIANT((event->kind == EVENT_REACTION) == !str_empty(event->reaction));
	INVARIANT(!event->media || (event->media->url && event->media->key));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create(64 * size + 64 * 1024);
	char *text = arena_dup(arena, fuzz_text(arena, data, size));
	const char *type = next_line(&text), *outside = next_line(&text), *inside = next_line(&text);
	const struct event sealed = { .kind = EVENT_UNREADABLE, .id = "$e", .room = "!r", .sender = "@f:hs", .body = "", .sealed = outside };
	struct event event;

	if (wire_event_reveal(arena, &sealed, type, inside, &event))
		check_event(&event, &sealed);
	return 0;
}
