#include "matrix/wire_send.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/transport.h"

#include "unit/cmocka_all.h"

static void wire_message_format__always_says__whom_it_mentions(void **state)
{
	static const char *const mentions[] = { "@fatima:example.org" };
	AUTO_ARENA arena = arena_create(1024 * 1024);
	struct utterance what = { .body = "Genoteerd." };

	(void)state;
	assert_string_equal(wire_message_format(arena, &what), "{\"msgtype\":\"m.notice\",\"body\":\"Genoteerd.\",\"m.mentions\":{}}");
	what.as_text = true;
	what.html = "<b>Genoteerd</b>.";
	what.reply_to = "$a";
	what.thread = "$root";
	what.mentions = mentions;
	what.mentions_len = 1;
	assert_string_equal(wire_message_format(arena, &what),
	                    "{\"msgtype\":\"m.text\",\"body\":\"Genoteerd.\",\"format\":\"org.matrix.custom.html\","
	                    "\"formatted_body\":\"<b>Genoteerd</b>.\",\"m.mentions\":{\"user_ids\":[\"@fatima:example.org\"]},"
	                    "\"m.relates_to\":{\"rel_type\":\"m.thread\",\"event_id\":\"$root\",\"is_falling_back\":true,"
	                    "\"m.in_reply_to\":{\"event_id\":\"$a\"}}}");
}

static void wire_message_format__keeps__within_the_limit(void **state)
{
	AUTO_ARENA arena = arena_create(8 * 1024 * 1024);
	static char body[60001], html[60001];
	struct utterance what = { .body = body, .html = html };
	const char *content;

	(void)state;
	memset(html, 'x', 60000);
	memset(body, '\n', 30);
	/* Only the html is too much: the text stays whole. */
	content = wire_message_format(arena, &what);
	assert_null(strstr(content, "formatted_body"));
	assert_null(strstr(content, "\xe2\x80\xa6"));
	/* Line ends take two bytes each in JSON. */
	memset(body, '\n', 60000);
	content = wire_message_format(arena, &what);
	assert_true(strlen(content) <= WIRE_CONTENT_MAX);
	for (size_t i = 0; i < 60000; i += 2)
		memcpy(body + i, "\xc3\xab", 2);
	content = wire_message_format(arena, &what);
	assert_true(strlen(content) <= WIRE_CONTENT_MAX && strlen(content) > WIRE_CONTENT_MAX / 2);
	assert_true(utf8_valid(content, strlen(content)));
	assert_non_null(strstr(content, "\xe2\x80\xa6"));
}

static void wire_sync_filter__is__json(void **state)
{
	AUTO_JSON filter = json_parse(wire_sync_filter(), strlen(wire_sync_filter()));
	int64_t limit = 0;

	(void)state;
	assert_true(json_int(json_object(json_object(filter, "room"), "timeline"), "limit", &limit));
	assert_int_equal(limit, 100);
}

static bool enough(const char *json)
{
	return wire_versions_are_enough(json, strlen(json));
}

static void wire_versions_are_enough__from__v1_11(void **state)
{
	(void)state;
	assert_true(enough("{\"versions\":[\"r0.6.1\",\"v1.1\",\"v1.11\"]}"));
	assert_true(enough("{\"versions\":[\"v2.0\"]}"));
	assert_false(enough("{\"versions\":[\"r0.6.1\",\"v1.10\",7]}"));
	assert_false(enough("<html>"));
}

static struct wire_error error_of(struct arena *arena, const char *json)
{
	return wire_error_read(arena, json, strlen(json));
}

static void wire_error_read__reads__codes_and_nothing_else(void **state)
{
	AUTO_ARENA arena = arena_create(65536);
	struct wire_error error = error_of(arena, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":1500,\"error\":\"x\"}");

	(void)state;
	assert_string_equal(error.code, "M_LIMIT_EXCEEDED");
	assert_int_equal(error.retry_after_ms, 1500);
	assert_true(error_of(arena, "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"soft_logout\":true}").soft_logout);
	assert_int_equal(error_of(arena, "{\"retry_after_ms\":-5}").retry_after_ms, 0);
	assert_null(error_of(arena, "<html>502</html>").code);
	assert_null(error_of(arena, "{\"errcode\":\"M_X token=abc\"}").code);
}

static void wire_account_read__drops__tokens_that_break_a_header(void **state)
{
	static const char json[] = "{\"access_token\":\"a\\r\\nX: y\",\"refresh_token\":\"good\",\"user_id\":\"@a\",\"expires_in_ms\":-1}";
	AUTO_ARENA arena = arena_create(65536);
	struct wire_account account;

	(void)state;
	assert_true(wire_account_read(arena, json, strlen(json), &account));
	assert_null(account.access_token);
	assert_null(account.user);
	assert_string_equal(account.refresh_token, "good");
	assert_int_equal(account.expires_in_ms, 0);
	assert_false(wire_account_read(arena, "[]", 2, &account));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wire_message_format__always_says__whom_it_mentions),
		cmocka_unit_test(wire_message_format__keeps__within_the_limit),
		cmocka_unit_test(wire_sync_filter__is__json),
		cmocka_unit_test(wire_versions_are_enough__from__v1_11),
		cmocka_unit_test(wire_error_read__reads__codes_and_nothing_else),
		cmocka_unit_test(wire_account_read__drops__tokens_that_break_a_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
