#include "matrix/wire_keys.h"

#include <string.h>

#include "base/ident.h"
#include "base/json.h"
#include "base/str.h"

enum {
	/*
	 * Synapse gives 100 messages an answer, and a bot shares rooms with some thousands of people. The rest of a
	 * hostile answer is not passed over: a key or a changed device would be missed, so all of it is refused.
	 */
	TO_DEVICE_MAX = 10000,
	USERS_MAX = 100000,
	TYPE_MAX = 255,
};

#define KEY_ALGORITHM "signed_curve25519"

static const struct {
	const char *key;
	size_t offset;
} members[] = {
	{ "to_device", offsetof(struct wire_keys, to_device) },
	{ "device_lists", offsetof(struct wire_keys, device_lists) },
	{ "device_one_time_keys_count", offsetof(struct wire_keys, one_time_keys) },
	{ "device_unused_fallback_key_types", offsetof(struct wire_keys, fallback_keys) },
	{ "org.matrix.msc2732.device_unused_fallback_key_types", offsetof(struct wire_keys, fallback_keys_unstable) },
};

void wire_keys_take(struct wire_keys *keys, struct slice key, struct slice value)
{
	for (size_t i = 0; i < ARRAY_LEN(members); i++) {
		if (slice_is(key, members[i].key))
			*(struct slice *)((char *)keys + members[i].offset) = value;
	}
}

static size_t count_items(struct slice array)
{
	struct scan scan = scan_slice(array);
	size_t count = 0;

	if (!scan_array(&scan))
		return 0;
	while (scan_item(&scan)) {
		scan_skip(&scan);
		count++;
	}
	return count;
}

static bool read_to_device(struct arena *arena, struct arena *scratch, struct slice raw, struct to_device *ret_event)
{
	const struct cJSON *json = slice_object(scratch, raw);
	const char *sender = json_str(json, "sender");
	const char *type = json_str(json, "type");
	struct slice content = slice_member(raw, "content");

	if (!ident_is_user(sender) || str_empty(type) || strlen(type) > TYPE_MAX)
		return false;
	/* The whole event is JSON, so an object is what starts like one. */
	if (!content.len || *content.data != '{')
		return false;
	ret_event->sender = arena_dup(arena, sender);
	ret_event->type = arena_dup(arena, type);
	ret_event->content = arena_dup_n(arena, content.data, content.len);
	return true;
}

static bool read_all_to_device(struct arena *arena, struct arena *scratch, struct slice array, struct key_news *news)
{
	struct scan scan = scan_slice(array);
	size_t count = count_items(array);
	struct to_device *events;

	if (count > TO_DEVICE_MAX)
		return false;
	events = arena_array(arena, struct to_device, count);
	if (!scan_array(&scan))
		return true;
	while (scan_item(&scan)) {
		if (read_to_device(arena, scratch, scan_value(&scan), &events[news->events_len]))
			news->events_len++;
		else
			news->dropped++;
	}
	news->events = events;
	return true;
}

/* The user ids in an array; what is none is passed over. */
static bool read_users(struct arena *arena, struct slice array, const char *const **ret_users, size_t *ret_len)
{
	struct scan scan = scan_slice(array);
	size_t count = count_items(array), len = 0;
	const char **users;

	if (count > USERS_MAX)
		return false;
	users = arena_array(arena, const char *, count);
	if (!scan_array(&scan))
		return true;
	while (scan_item(&scan)) {
		const char *user = slice_text(arena, scan_value(&scan));

		if (ident_is_user(user))
			users[len++] = user;
	}
	*ret_users = users;
	*ret_len = len;
	return true;
}

static int64_t count_one_time_keys(struct arena *scratch, struct slice counts)
{
	int64_t count;

	return json_int(slice_object(scratch, counts), KEY_ALGORITHM, &count) && count > 0 ? count : 0;
}

/* Whether the server tells which unused fallback keys it has, and whether ours is there. */
static void read_fallback(struct slice types, bool *told, bool *unused)
{
	struct scan scan = scan_slice(types);

	if (!scan_array(&scan))
		return;
	*told = true;
	while (scan_item(&scan)) {
		if (slice_is(scan_value(&scan), "\"" KEY_ALGORITHM "\""))
			*unused = true;
	}
}

bool wire_keys_read(struct arena *arena, struct arena *scratch, const struct wire_keys *keys, struct key_news *ret_news)
{
	struct key_news news = { .one_time_keys = count_one_time_keys(scratch, keys->one_time_keys) };
	bool told = false, unused = false;

	if (!read_all_to_device(arena, scratch, slice_member(keys->to_device, "events"), &news) ||
	    !read_users(arena, slice_member(keys->device_lists, "changed"), &news.changed, &news.changed_len) ||
	    !read_users(arena, slice_member(keys->device_lists, "left"), &news.left, &news.left_len))
		return false;
	read_fallback(keys->fallback_keys, &told, &unused);
	read_fallback(keys->fallback_keys_unstable, &told, &unused);
	news.fallback_spent = told && !unused;
	*ret_news = news;
	return true;
}
