#include "crypto/inbound_payload.h"

#include <string.h>

#include "base/json.h"
#include "unit/cmocka_all.h"

/* The content of a payload, or NULL when it is none. */
static const char *content_of(struct arena *arena, const char *text, const char *outer_text)
{
	AUTO_JSON outer = json_parse(outer_text, strlen(outer_text));
	struct payload payload;

	assert_non_null(outer);
	return payload_parse(arena, text, strlen(text), outer, &payload) ? payload.content : NULL;
}

#define PAYLOAD(type, room, content) "{\"type\":" type ",\"room_id\":" room ",\"content\":" content "}"

static void payload_parse__reads_type_room_and_content(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	static const char text[] = PAYLOAD("\"m.room.message\"", "\"!a:b\"", "{\"body\":\"hoi\",\"n\":1655190000000}");
	struct payload payload;

	(void)state;
	assert_true(payload_parse(arena, text, strlen(text), NULL, &payload));
	assert_string_equal(payload.type, "m.room.message");
	assert_string_equal(payload.room, "!a:b");
	assert_string_equal(payload.content, "{\"body\":\"hoi\",\"n\":1655190000000}");
}

static void payload_parse__refuses__what_is_none(void **state)
{
	static const char *const bad[] = {
		"",
		"{}",
		"[]",
		"null",
		PAYLOAD("\"t\"", "\"!a:b\"", "[]"),
		PAYLOAD("\"t\"", "\"!a:b\"", "\"text\""),
		PAYLOAD("\"t\"", "\"\"", "{}"),
		PAYLOAD("\"t\"", "7", "{}"),
		PAYLOAD("\"\"", "\"!a:b\"", "{}"),
		PAYLOAD("null", "\"!a:b\"", "{}"),
		PAYLOAD("\"a\\nb\"", "\"!a:b\"", "{}"),
		PAYLOAD("\"m.room.encrypted\"", "\"!a:b\"", "{}"),
		PAYLOAD("\"t\"", "\"!a:b\"", "{}") "x",
		"{\"Type\":\"t\",\"room_id\":\"!a:b\",\"content\":{}}",
	};
	AUTO_ARENA arena = arena_create(1024 * 1024);

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (content_of(arena, bad[i], "{}"))
			fail_msg("read: %s", bad[i]);
	}
}

static void payload_parse__refuses__a_long_type(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	char type[257];

	(void)state;
	memset(type, 't', 256);
	type[256] = '\0';
	assert_null(content_of(arena, arena_printf(arena, PAYLOAD("\"%s\"", "\"!a:b\"", "{}"), type), "{}"));
	assert_non_null(content_of(arena, arena_printf(arena, PAYLOAD("\"%s\"", "\"!a:b\"", "{}"), type + 1), "{}"));
}

/* 7.16: the relation in the clear is the one that counts, also when there is none. */
static void payload_parse__takes_the_relation__from_outside(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	static const char with[] = PAYLOAD("\"t\"", "\"!a:b\"", "{\"m.relates_to\":{\"event_id\":\"$in\"},\"body\":\"hoi\"}");
	static const char without[] = PAYLOAD("\"t\"", "\"!a:b\"", "{\"body\":\"hoi\"}");

	(void)state;
	assert_string_equal(content_of(arena, with, "{}"), "{\"body\":\"hoi\"}");
	assert_string_equal(content_of(arena, with, "{\"m.relates_to\":7}"), "{\"body\":\"hoi\"}");
	assert_string_equal(content_of(arena, with, "{\"m.relates_to\":{\"event_id\":\"$out\"}}"), "{\"body\":\"hoi\",\"m.relates_to\":{\"event_id\":\"$out\"}}");
	assert_string_equal(content_of(arena, without, "{\"m.relates_to\":{\"event_id\":\"$out\"}}"), "{\"body\":\"hoi\",\"m.relates_to\":{\"event_id\":\"$out\"}}");
	assert_string_equal(content_of(arena, without, "{}"), "{\"body\":\"hoi\"}");
}

/* A relation that stands twice goes twice. */
static void payload_parse__leaves_no_relation__of_two(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);

	(void)state;
	assert_string_equal(content_of(arena, PAYLOAD("\"t\"", "\"!a:b\"", "{\"m.relates_to\":{\"a\":1},\"m.relates_to\":{\"a\":2}}"), "{}"), "{}");
}

/* 10.13: a start of a verification is hashed again from here, so no number may be written in another way. */
static void payload_parse__keeps_numbers__as_they_were(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	static const char text[] = PAYLOAD("\"t\"", "\"!a:b\"", "{\"a\":9007199254740991,\"b\":[-9007199254740991,1000000000000001]}");

	(void)state;
	assert_string_equal(content_of(arena, text, "{}"), "{\"a\":9007199254740991,\"b\":[-9007199254740991,1000000000000001]}");
	assert_string_equal(content_of(arena, text, "{\"m.relates_to\":{\"n\":9007199254740991}}"),
	                    "{\"a\":9007199254740991,\"b\":[-9007199254740991,1000000000000001],\"m.relates_to\":{\"n\":9007199254740991}}");
}

/* What has no canonical form can be read all the same. */
static void payload_parse__reads__what_is_not_canonical(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);

	(void)state;
	assert_string_equal(content_of(arena, PAYLOAD("\"t\"", "\"!a:b\"", "{\"b\":1.5,\"a\":1}"), "{}"), "{\"b\":1.5,\"a\":1}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(payload_parse__reads_type_room_and_content),
		cmocka_unit_test(payload_parse__refuses__what_is_none),
		cmocka_unit_test(payload_parse__refuses__a_long_type),
		cmocka_unit_test(payload_parse__takes_the_relation__from_outside),
		cmocka_unit_test(payload_parse__leaves_no_relation__of_two),
		cmocka_unit_test(payload_parse__keeps_numbers__as_they_were),
		cmocka_unit_test(payload_parse__reads__what_is_not_canonical),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
