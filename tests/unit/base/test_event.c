#include "base/event.h"

#include "base/str.h"
#include "unit/cmocka_all.h"

static void event_parse__gives_back__every_field(void **state)
{
	static const char *const mentions[] = { "@a:b", "@c:d" };
	static const struct media media = { "mxc://b/x", "bon \"1\".jpg", "image/jpeg", 12345, "{\"k\":\"v\"}" };
	const struct event event = {
		.kind = EVENT_EDIT, .form = FORM_IMAGE, .trust = TRUST_DIRECT, .id = "$e", .room = "!r:b", .sender = "@s:b",
		.sent_at_ms = INT64_C(1655200800123), .txn_id = "1-2", .body = "!bon 12,50\n\xe2\x82\xac \\ \"verf\"", .target = "$t",
		.reply_to = "$p", .thread = "$h", .reaction = "\xf0\x9f\x91\x8d", .geo_uri = "geo:52.3,4.9", .sealed = "{\"ciphertext\":\"\\n\"}", .media = &media,
		.mentions = mentions, .mentions_len = 2, .disappearing = true, .forwarded = true, .bridge_notice = true,
	};
	AUTO_ARENA arena = arena_create(64 * 1024);
	struct event back;

	(void)state;
	assert_true(event_parse(arena, event_format(arena, &event), &back));
	assert_int_equal(back.kind, event.kind);
	assert_int_equal(back.form, event.form);
	assert_int_equal(back.trust, event.trust);
	assert_true(back.sent_at_ms == event.sent_at_ms);
	assert_string_equal(back.id, event.id);
	assert_string_equal(back.room, event.room);
	assert_string_equal(back.sender, event.sender);
	assert_string_equal(back.txn_id, event.txn_id);
	assert_string_equal(back.body, event.body);
	assert_string_equal(back.target, event.target);
	assert_string_equal(back.reply_to, event.reply_to);
	assert_string_equal(back.thread, event.thread);
	assert_string_equal(back.reaction, event.reaction);
	assert_string_equal(back.geo_uri, event.geo_uri);
	assert_string_equal(back.sealed, event.sealed);
	assert_string_equal(back.media->url, media.url);
	assert_string_equal(back.media->name, media.name);
	assert_string_equal(back.media->mime, media.mime);
	assert_true(back.media->size == media.size);
	assert_string_equal(back.media->key, media.key);
	assert_int_equal(back.mentions_len, 2);
	assert_string_equal(back.mentions[1], "@c:d");
	assert_true(back.disappearing && back.forwarded && back.bridge_notice);
}

static void event_parse__gives_back__what_is_absent(void **state)
{
	const struct event event = { .id = "$e", .room = "!r:b", .sender = "@s:b", .body = "" };
	AUTO_ARENA arena = arena_create(64 * 1024);
	struct event back;

	(void)state;
	assert_true(event_parse(arena, event_format(arena, &event), &back));
	assert_string_equal(back.body, "");
	assert_null(back.txn_id);
	assert_null(back.target);
	assert_null(back.reply_to);
	assert_null(back.thread);
	assert_null(back.reaction);
	assert_null(back.geo_uri);
	assert_null(back.sealed);
	assert_null(back.media);
	assert_int_equal(back.mentions_len, 0);
	assert_false(back.disappearing || back.forwarded || back.bridge_notice);
}

static void event_plain_reaction__takes_off__skin_and_selectors(void **state)
{
	AUTO_ARENA arena = arena_create(1024);

	(void)state;
	assert_string_equal(event_plain_reaction(arena, "👍"), "👍");
	assert_string_equal(event_plain_reaction(arena, "👍🏿"), "👍");
	assert_string_equal(event_plain_reaction(arena, "👍\xef\xb8\x8f"), "👍");
	assert_string_equal(event_plain_reaction(arena, "\xef\xb8\x8e"), "");
}

static void event_parse__refuses__what_is_no_event(void **state)
{
#define HEAD "\"kind\":0,\"form\":0,\"trust\":0,\"sent_at_ms\":1"
	static const char *const wrong[] = {
		"", "[]", "{}", "{" HEAD "}",
		"{" HEAD ",\"id\":\"$e\",\"room\":\"!r\",\"sender\":\"@s\"}",
		"{" HEAD ",\"id\":\"$e\",\"room\":7,\"sender\":\"@s\",\"body\":\"\"}",
		"{\"kind\":99,\"form\":0,\"trust\":0,\"sent_at_ms\":1,\"id\":\"$e\",\"room\":\"!r\",\"sender\":\"@s\",\"body\":\"\"}",
		"{\"kind\":0,\"form\":-1,\"trust\":0,\"sent_at_ms\":1,\"id\":\"$e\",\"room\":\"!r\",\"sender\":\"@s\",\"body\":\"\"}",
		"{\"kind\":0,\"form\":0,\"trust\":9,\"sent_at_ms\":1,\"id\":\"$e\",\"room\":\"!r\",\"sender\":\"@s\",\"body\":\"\"}",
	};
	AUTO_ARENA arena = arena_create(64 * 1024);
	struct event back;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		if (event_parse(arena, wrong[i], &back))
			fail_msg("case %zu should be refused", i);
	}
	assert_true(event_parse(arena, "{" HEAD ",\"id\":\"$e\",\"room\":\"!r\",\"sender\":\"@s\",\"body\":\"\"}", &back));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(event_parse__gives_back__every_field),
		cmocka_unit_test(event_parse__gives_back__what_is_absent),
		cmocka_unit_test(event_plain_reaction__takes_off__skin_and_selectors),
		cmocka_unit_test(event_parse__refuses__what_is_no_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
