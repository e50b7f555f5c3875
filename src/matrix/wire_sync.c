#include "matrix/wire_sync.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/str.h"
#include "matrix/slice.h"
#include "matrix/wire_event.h"
#include "matrix/wire_keys.h"
#include "matrix/wire_state.h"

enum {
	TOKEN_MAX = 1024,
	/* No bot sits in so many; more is a hostile answer, and rooms cost memory before any event does. */
	ROOMS_MAX = 10000,
};

size_t wire_arena_need(size_t len)
{
	return 8 * len + (size_t)ROOMS_MAX * 2 * sizeof(struct room_update) + 1024 * 1024;
}

/* Events of one room while they are gathered; malloc'ed, copied to the arena when their number is known. */
struct event_list {
	struct event *items;
	size_t len;
	size_t size;
};

static void event_list_add(struct event_list *list, const struct event *event)
{
	if (list->len == list->size) {
		list->size = list->size ? 2 * list->size : 64;
		list->items = xrealloc(list->items, list->size * sizeof *list->items);
	}
	list->items[list->len++] = *event;
}

static const struct event *event_list_copy(struct arena *arena, const struct event_list *list)
{
	struct event *events = arena_array(arena, struct event, list->len);

	if (list->len)
		memcpy(events, list->items, list->len * sizeof *events);
	return events;
}

/* A token is given back to the server as it came: any text without control characters, not endless. */
static const char *token_of(struct arena *arena, struct slice value)
{
	const char *token = slice_text(arena, value);

	if (str_empty(token) || strlen(token) > TOKEN_MAX)
		return NULL;
	for (const char *p = token; *p; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return NULL;
	}
	return token;
}

/* One answer while it is read. */
struct reader {
	struct arena *arena;
	struct arena *scratch; /* the tree of the event at hand */
	const char *own_id;
	bool first;
	struct event_list events; /* of the room at hand; its memory serves all of them */
};

static void reader_init(struct reader *reader, struct arena *arena, const char *own_id, bool first)
{
	*reader = (struct reader){ .arena = arena, .scratch = slice_scratch_create(), .own_id = own_id, .first = first };
}

static void reader_release(struct reader *reader)
{
	arena_destroy(reader->scratch);
	free(reader->events.items);
}

/* Where the parts of one room stand in the answer. */
struct room_parts {
	struct slice state;
	struct slice state_after;
	struct slice timeline;
	struct slice limited;
	struct slice prev_batch;
};

/* The value of "events" in the object at the cursor: `state`, `invite_state` and the like. */
static struct slice scan_events(struct scan *scan)
{
	struct slice key, events = { 0 };

	if (!scan_object(scan))
		return events;
	while (scan_member(scan, &key)) {
		struct slice value = scan_value(scan);

		if (slice_is(key, "events"))
			events = value;
	}
	return events;
}

static void scan_timeline(struct scan *scan, struct room_parts *parts)
{
	struct slice key;

	if (!scan_object(scan))
		return;
	while (scan_member(scan, &key)) {
		struct slice value = scan_value(scan);

		if (slice_is(key, "events"))
			parts->timeline = value;
		else if (slice_is(key, "limited"))
			parts->limited = value;
		else if (slice_is(key, "prev_batch"))
			parts->prev_batch = value;
	}
}

/* The room at the cursor. Its parts may stand in any order, so they are found first and read afterwards. */
static struct room_parts scan_room(struct scan *scan)
{
	struct room_parts parts = { 0 };
	struct slice key;

	if (!scan_object(scan))
		return parts;
	while (scan_member(scan, &key)) {
		if (slice_is(key, "state") || slice_is(key, "invite_state"))
			parts.state = scan_events(scan);
		else if (slice_is(key, "state_after") || slice_is(key, "org.matrix.msc4222.state_after"))
			parts.state_after = scan_events(scan);
		else if (slice_is(key, "timeline"))
			scan_timeline(scan, &parts);
		else
			scan_skip(scan);
	}
	return parts;
}

static void read_state(struct reader *reader, struct slice events, struct wire_state *state,
                       void (*read)(struct arena *, struct wire_state *, const struct cJSON *))
{
	struct scan scan = scan_slice(events);

	if (!scan_array(&scan))
		return;
	while (scan_item(&scan)) {
		const struct cJSON *json = slice_object(reader->scratch, scan_value(&scan));

		if (json)
			read(reader->arena, state, json);
		else
			state->update->dropped++;
	}
}

/*
 * The timeline, in order: state events bring the room up to date unless state_after does so already, the
 * others are what happened. Our own join divides them into history and life.
 */
static void read_timeline(struct reader *reader, const struct room_parts *parts, struct wire_state *state, bool *ret_join_seen)
{
	struct room_update *update = state->update;
	struct scan scan = scan_slice(parts->timeline);

	if (!scan_array(&scan))
		return;
	while (scan_item(&scan)) {
		struct slice raw = scan_value(&scan);
		const struct cJSON *json = slice_object(reader->scratch, raw);
		struct event event;

		if (!json) {
			update->dropped++;
			continue;
		}
		if (wire_is_own_join(reader->own_id, false, json)) {
			update->history_len = reader->events.len;
			*ret_join_seen = true;
		}
		if (!parts->state_after.len)
			wire_state_read(reader->arena, state, json);
		switch (wire_event_read(reader->arena, update->room, reader->own_id, json, raw, &event)) {
		case WIRE_READ:
			event_list_add(&reader->events, &event);
			break;
		case WIRE_NOT_OURS:
			break;
		case WIRE_BROKEN:
			update->dropped++;
			break;
		}
	}
}

static const struct member *members_copy(struct arena *arena, const struct wire_state *state)
{
	struct member *members = arena_array(arena, struct member, state->members_len);
	size_t at = state->members_len;

	/* Gathered newest first: the last word on each stands last. */
	for (const struct wire_member *member = state->members; member; member = member->next)
		members[--at] = member->member;
	return members;
}

static void read_room(struct reader *reader, const struct room_parts *parts, struct room_update *update)
{
	struct wire_state state = { .own_id = reader->own_id, .first = reader->first, .update = update };
	bool join_seen = false;

	if (update->membership == MEMBERSHIP_INVITED) {
		read_state(reader, parts->state, &state, wire_invite_read);
		return;
	}
	reader->events.len = 0;
	read_state(reader, parts->state_after.len ? parts->state_after : parts->state, &state, wire_state_read);
	read_timeline(reader, parts, &state, &join_seen);
	update->limited = slice_is(parts->limited, "true");
	if (update->membership == MEMBERSHIP_JOINED && update->limited && !reader->first && !join_seen)
		update->gap_before = token_of(reader->arena, parts->prev_batch);
	update->members = members_copy(reader->arena, &state);
	update->members_len = state.members_len;
	update->events = event_list_copy(reader->arena, &reader->events);
	update->events_len = reader->events.len;
	if (reader->first)
		update->history_len = update->events_len;
}

/* The rooms of an answer while they are gathered, newest first. */
struct room_node {
	struct room_update update;
	struct room_node *next;
};

struct room_list {
	struct room_node *last;
	size_t len;
};

/* One section of `rooms`: room ids to what happened in them. False when there are more than can be. */
static bool read_section(struct reader *reader, struct scan *scan, enum membership membership, struct room_list *rooms)
{
	struct slice key;

	if (!scan_object(scan))
		return true;
	while (scan_member(scan, &key)) {
		/* The key with its quotes is a JSON string again. */
		const char *id = slice_text(reader->arena, (struct slice){ key.data - 1, key.len + 2 });
		struct room_parts parts = scan_room(scan);
		struct room_node *node;

		if (!ident_is_room(id))
			continue;
		if (++rooms->len > ROOMS_MAX)
			return false;
		node = arena_new(reader->arena, struct room_node);
		node->update.room = id;
		node->update.membership = membership;
		read_room(reader, &parts, &node->update);
		node->next = rooms->last;
		rooms->last = node;
	}
	return true;
}

static bool read_rooms(struct reader *reader, struct scan *scan, struct room_list *rooms)
{
	struct slice key;

	if (!scan_object(scan))
		return true;
	while (scan_member(scan, &key)) {
		bool sane = true;

		if (slice_is(key, "join"))
			sane = read_section(reader, scan, MEMBERSHIP_JOINED, rooms);
		else if (slice_is(key, "invite"))
			sane = read_section(reader, scan, MEMBERSHIP_INVITED, rooms);
		else if (slice_is(key, "leave"))
			sane = read_section(reader, scan, MEMBERSHIP_LEFT, rooms);
		else
			scan_skip(scan);
		if (!sane)
			return false;
	}
	return true;
}

static const struct room_update *rooms_copy(struct arena *arena, const struct room_list *list)
{
	struct room_update *rooms = arena_array(arena, struct room_update, list->len);
	size_t at = list->len;

	for (const struct room_node *node = list->last; node; node = node->next)
		rooms[--at] = node->update;
	return rooms;
}

bool wire_sync_read(struct arena *arena, const char *bytes, size_t len, const char *own_id, const char *since,
                    struct batch *ret_batch)
{
	struct reader reader;
	struct scan scan = scan_begin(bytes, len);
	struct batch batch = { .since = since };
	struct wire_keys keys = { 0 };
	struct room_list rooms = { 0 };
	struct slice key;
	bool sane = scan_object(&scan);

	reader_init(&reader, arena, own_id, !since);
	while (sane && scan_member(&scan, &key)) {
		if (slice_is(key, "next_batch"))
			batch.next = token_of(arena, scan_value(&scan));
		else if (slice_is(key, "rooms"))
			sane = read_rooms(&reader, &scan, &rooms);
		else
			wire_keys_take(&keys, key, scan_value(&scan));
	}
	sane = sane && wire_keys_read(arena, reader.scratch, &keys, &batch.keys);
	reader_release(&reader);
	if (!sane || !scan_ended(&scan) || !batch.next)
		return false;
	batch.rooms = rooms_copy(arena, &rooms);
	batch.rooms_len = rooms.len;
	*ret_batch = batch;
	return true;
}

/* Newest first, down to our own join; true when that was met. */
static bool read_chunk(struct reader *reader, struct scan *scan, const char *room, size_t *dropped)
{
	bool join_met = false;

	if (!scan_array(scan))
		return false;
	while (scan_item(scan)) {
		struct slice raw = scan_value(scan);
		const struct cJSON *json = join_met ? NULL : slice_object(reader->scratch, raw);
		struct event event;

		if (join_met)
			continue;
		if (!json) {
			++*dropped;
			continue;
		}
		join_met = wire_is_own_join(reader->own_id, false, json);
		switch (wire_event_read(reader->arena, room, reader->own_id, json, raw, &event)) {
		case WIRE_READ:
			event_list_add(&reader->events, &event);
			break;
		case WIRE_NOT_OURS:
			break;
		case WIRE_BROKEN:
			++*dropped;
			break;
		}
	}
	return join_met;
}

bool wire_page_read(struct arena *arena, const char *bytes, size_t len, const char *room, const char *own_id,
                    struct wire_page *ret_page)
{
	struct reader reader;
	struct scan scan = scan_begin(bytes, len);
	struct wire_page page = { 0 };
	bool join_met = false, chunk_seen = false, sane = scan_object(&scan);
	struct slice key;

	reader_init(&reader, arena, own_id, false);
	while (sane && scan_member(&scan, &key)) {
		if (slice_is(key, "chunk")) {
			chunk_seen = true;
			join_met = read_chunk(&reader, &scan, room, &page.dropped) || join_met;
		} else if (slice_is(key, "end")) {
			page.next = token_of(arena, scan_value(&scan));
		} else {
			scan_skip(&scan);
		}
	}
	page.events = event_list_copy(arena, &reader.events);
	page.events_len = reader.events.len;
	reader_release(&reader);
	if (!sane || !scan_ended(&scan) || !chunk_seen)
		return false;
	if (join_met)
		page.next = NULL;
	*ret_page = page;
	return true;
}
