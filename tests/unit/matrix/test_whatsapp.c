/*
 * Every shape of WHATSAPP.md section 2 stands in tests/fixtures/whatsapp as an event and how we read it:
 * "expect" is the reading in words, null for an event that is not for us, "broken" for one that is dropped.
 */
#include <dirent.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "matrix/wire_event.h"

#include "unit/cmocka_all.h"

static const char folder[] = "tests/fixtures/whatsapp";
static const char room[] = "!kruitberg:example.org";
static const char own_id[] = "@rotonde:example.org";

static const char *const kinds[] = { "message", "edit", "redaction", "reaction", "unreadable" };
static const char *const form_words[] = { "text", "notice", "image", "file", "audio", "video", "location", "other" };
static const char *const trusts[] = { "none", "bridge", "plain", "direct" };

static struct cJSON *media_in_words(const struct media *media)
{
	struct cJSON *json = json_object_create();

	json_set_str(json, "url", media->url);
	json_set_str(json, "name", media->name);
	json_set_str(json, "mime", media->mime);
	json_set_int(json, "size", media->size);
	json_set_str(json, "key", media->key);
	return json;
}

static struct cJSON *event_in_words(const struct event *event)
{
	struct cJSON *json = json_object_create();

	json_set_str(json, "kind", kinds[event->kind]);
	json_set_str(json, "form", form_words[event->form]);
	json_set_str(json, "trust", trusts[event->trust]);
	json_set_str(json, "body", event->body);
	json_set_str(json, "target", event->target);
	json_set_str(json, "reply_to", event->reply_to);
	json_set_str(json, "thread", event->thread);
	json_set_str(json, "reaction", event->reaction);
	json_set_str(json, "geo_uri", event->geo_uri);
	if (event->media)
		json_set(json, "media", media_in_words(event->media));
	if (event->mentions_len) {
		struct cJSON *mentions = json_array_create();

		for (size_t i = 0; i < event->mentions_len; i++)
			json_push_str(mentions, event->mentions[i]);
		json_set(json, "mentions", mentions);
	}
	if (event->disappearing)
		json_set_bool(json, "disappearing", true);
	if (event->forwarded)
		json_set_bool(json, "forwarded", true);
	if (event->bridge_notice)
		json_set_bool(json, "bridge_notice", true);
	return json;
}

/* Every member of a stands in b with the same value. */
static void assert_members_in(struct arena *arena, const char *file, const struct cJSON *a, const struct cJSON *b)
{
	for JSON_EACH (member, a) {
		const struct cJSON *other = json_get(b, json_key(member));
		const char *mine = json_print(arena, member);

		if (!other || !str_equal(mine, json_print(arena, other)))
			fail_msg("%s: %s is %s in one, %s in the other", file, json_key(member), mine,
			         other ? json_print(arena, other) : "absent");
	}
}

static void replay(const char *file)
{
	AUTO_ARENA arena = arena_create(16 * 1024 * 1024);
	AUTO_BUF text;
	struct event event = { 0 };
	enum wire_verdict verdict;

	buf_init(&text, 1024 * 1024);
	assert_int_equal(file_read(arena_printf(arena, "%s/%s", folder, file), &text), 0);
	AUTO_JSON json = json_parse(text.data, text.len);
	if (!json || !json_str(json, "about") || !json_object(json, "event"))
		fail_msg("%s: no fixture", file);
	verdict = wire_event_read(arena, room, own_id, json_object(json, "event"), slice_member((struct slice){ text.data, text.len }, "event"), &event);
	if (str_equal(json_str(json, "expect"), "broken")) {
		assert_int_equal(verdict, WIRE_BROKEN);
	} else if (!json_object(json, "expect")) {
		assert_int_equal(verdict, WIRE_NOT_OURS);
	} else {
		AUTO_JSON words = NULL;

		if (verdict != WIRE_READ)
			fail_msg("%s: verdict %d", file, verdict);
		words = event_in_words(&event);
		assert_members_in(arena, file, words, json_object(json, "expect"));
		assert_members_in(arena, file, json_object(json, "expect"), words);
		assert_string_equal(event.id, json_str(json_object(json, "event"), "event_id"));
		assert_string_equal(event.room, room);
		assert_int_equal(event.sent_at_ms, 1655200800000);
	}
}

static void wire_event_read__reads__every_whatsapp_shape(void **state)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	(void)state;
	assert_non_null(dir);
	for (const struct dirent *entry; (entry = readdir(dir));) {
		if (str_ends(entry->d_name, ".json")) {
			replay(entry->d_name);
			count++;
		}
	}
	closedir(dir);
	assert_true(count >= 45);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wire_event_read__reads__every_whatsapp_shape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
