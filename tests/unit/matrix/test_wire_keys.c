#include "base/keys.h"

#include <string.h>

#include "matrix/wire_send.h"
#include "matrix/wire_sync.h"
#include "unit/cmocka_all.h"

#define ANSWER(members)      "{\"next_batch\":\"t2\"," members "}"
#define TO_DEVICE(events)    ANSWER("\"to_device\":{\"events\":[" events "]}")
#define DUMMY(sender, more)  "{\"type\":\"m.dummy\",\"sender\":\"" sender "\"" more "}"
#define UNSTABLE             "\"org.matrix.msc2732.device_unused_fallback_key_types\":"
#define STABLE               "\"device_unused_fallback_key_types\":"

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_create(256 * 1024 * 1024);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static bool is_read(const char *json, struct batch *ret_batch)
{
	return wire_sync_read(arena, json, strlen(json), "@rotonde:hs", "t1", ret_batch);
}

static struct key_news news_of(const char *json)
{
	struct batch batch = { 0 };

	assert_true(is_read(json, &batch));
	return batch.keys;
}

static void wire_sync_read__keeps__messages_to_our_device_as_they_came(void **state)
{
	struct key_news news = news_of(TO_DEVICE(
		"{\"content\" : {\"n\":9007199254740993, \"a\":\"\\u0000\\/\",\"unknown\":[1.0]} ,\"type\":\"m.key.verification.start\",\"sender\":\"@bo:hs\"},"
		DUMMY("@cor:hs", ",\"content\":{}")));

	(void)state;
	assert_int_equal(news.events_len, 2);
	assert_string_equal(news.events[0].sender, "@bo:hs");
	assert_string_equal(news.events[0].type, "m.key.verification.start");
	assert_string_equal(news.events[0].content, "{\"n\":9007199254740993, \"a\":\"\\u0000\\/\",\"unknown\":[1.0]}");
	assert_string_equal(news.events[1].sender, "@cor:hs");
	assert_string_equal(news.events[1].content, "{}");
	assert_int_equal(news.dropped, 0);
}

static void wire_sync_read__steps_over__hostile_messages_to_our_device(void **state)
{
	static const char *const hostile[] = {
		"7", "null", "[]", "{}", "{\"a\":\"\xff\"}", "{\"a\":tru}",
		DUMMY("bo", ",\"content\":{}"), DUMMY("@bo:hs\\u0000@evil:y", ",\"content\":{}"), DUMMY("@bo:hs", ""),
		DUMMY("@bo:hs", ",\"content\":[]"), DUMMY("@bo:hs", ",\"content\":\"{}\""), DUMMY("@bo:hs", ",\"content\":{\"a\":}"),
		/* Two contents: neither reader may see another one than the other. */
		DUMMY("@bo:hs", ",\"cont\\u0065nt\":{}"), DUMMY("@bo:hs", ",\"content\":7,\"content\":{}"),
		"{\"sender\":\"@bo:hs\",\"content\":{}}", "{\"sender\":\"@bo:hs\",\"type\":\"\",\"content\":{}}",
		"{\"sender\":\"@bo:hs\",\"type\":7,\"content\":{}}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		struct key_news news = news_of(arena_printf(arena, TO_DEVICE("%s," DUMMY("@cor:hs", ",\"content\":{}")), hostile[i]));

		assert_int_equal(news.dropped, 1);
		assert_int_equal(news.events_len, 1);
		assert_string_equal(news.events[0].sender, "@cor:hs");
	}
}

static void wire_sync_read__steps_over__huge_messages_and_types(void **state)
{
	char *huge = arena_alloc(arena, 600 * 1024 + 1);
	char type[257];
	struct key_news news;

	(void)state;
	memset(huge, 'x', 600 * 1024);
	memset(type, 't', 256);
	type[256] = '\0';
	news = news_of(arena_printf(arena, TO_DEVICE(DUMMY("@bo:hs", ",\"content\":{\"a\":\"%s\"}") ",{\"type\":\"%s\",\"sender\":\"@bo:hs\",\"content\":{}}"), huge, type));
	assert_int_equal(news.events_len, 0);
	assert_int_equal(news.dropped, 2);
}

/* Passing over the rest would lose keys for good, since the next request tells the server that we have them. */
static void wire_sync_read__refuses__more_news_than_can_be(void **state)
{
	enum { MANY = 100001 };
	char *list = arena_alloc(arena, MANY * strlen("7,") + 1);
	struct batch batch;

	(void)state;
	for (int i = 0; i < MANY; i++)
		memcpy(list + 2 * i, "7,", 2);
	list[2 * MANY - 1] = '\0';
	assert_false(is_read(arena_printf(arena, TO_DEVICE("%s"), list), &batch));
	assert_false(is_read(arena_printf(arena, ANSWER("\"device_lists\":{\"changed\":[%s]}"), list), &batch));
	assert_false(is_read(arena_printf(arena, ANSWER("\"device_lists\":{\"left\":[%s]}"), list), &batch));
	list[2 * (MANY - 1) - 1] = '\0';
	assert_true(is_read(arena_printf(arena, ANSWER("\"device_lists\":{\"left\":[%s]}"), list), &batch));
}

static void wire_sync_read__checks__users_whose_devices_changed(void **state)
{
	struct key_news news = news_of(ANSWER("\"device_lists\":{\"changed\":[\"@a:hs\",7,\"b\",\"@c\\u003ahs\",\"@d:hs\\u0000\",null],\"left\":[{},\"@e:hs\"]}"));

	(void)state;
	assert_int_equal(news.changed_len, 2);
	assert_string_equal(news.changed[0], "@a:hs");
	assert_string_equal(news.changed[1], "@c:hs");
	assert_int_equal(news.left_len, 1);
	assert_string_equal(news.left[0], "@e:hs");
	news = news_of(ANSWER("\"device_lists\":{\"changed\":\"@a:hs\",\"left\":{\"@e:hs\":1}},\"to_device\":{\"events\":{}}"));
	assert_int_equal(news.changed_len + news.left_len + news.events_len + news.dropped, 0);
}

static void wire_sync_read__counts__our_keys(void **state)
{
	static const struct {
		const char *json;
		int count;
	} cases[] = {
		{ ANSWER("\"device_one_time_keys_count\":{\"other\":7,\"signed_curve25519\":50}"), 50 },
		{ ANSWER("\"device_one_time_keys_count\":{\"other\":7}"), 0 },
		{ ANSWER("\"device_one_time_keys_count\":{\"signed_curve25519\":\"50\"}"), 0 },
		{ ANSWER("\"device_one_time_keys_count\":{\"signed_curve25519\":-50}"), 0 },
		{ ANSWER("\"device_one_time_keys_count\":50"), 0 },
		{ "{\"next_batch\":\"t2\"}", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(news_of(cases[i].json).one_time_keys, cases[i].count);
}

static void wire_sync_read__tells__a_spent_fallback_key(void **state)
{
	static const struct {
		const char *json;
		bool spent;
	} cases[] = {
		{ "{\"next_batch\":\"t2\"}", false },
		{ ANSWER(STABLE "null"), false },
		{ ANSWER(STABLE "[]"), true },
		{ ANSWER(UNSTABLE "[]"), true },
		{ ANSWER(STABLE "[\"other\",7,\"x_signed_curve25519\"]"), true },
		{ ANSWER(STABLE "[\"other\",\"signed_curve25519\"]"), false },
		{ ANSWER(UNSTABLE "[\"signed_curve25519\"]"), false },
		{ ANSWER(UNSTABLE "[]," STABLE "[\"signed_curve25519\"]"), false },
		{ ANSWER(STABLE "[\"signed_curve25519\"]," UNSTABLE "[]"), false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(news_of(cases[i].json).fallback_spent, cases[i].spent);
}

/* A filter that names to-device messages, or types of events, would keep keys and sealed events from us (MATRIX.md 2.1). */
static void wire_sync_filter__leaves__keys_and_sealed_events_alone(void **state)
{
	(void)state;
	assert_null(strstr(wire_sync_filter(), "to_device"));
	assert_null(strstr(wire_sync_filter(), "\"types\""));
	assert_non_null(strstr(wire_sync_filter(), "\"timeline\":{\"limit\":100,\"lazy_load_members\":true}"));
	assert_non_null(strstr(wire_sync_filter(), "\"state\":{\"lazy_load_members\":true}"));
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
	const struct CMUnitTest tests[] = {
		TEST(wire_sync_read__keeps__messages_to_our_device_as_they_came),
		TEST(wire_sync_read__steps_over__hostile_messages_to_our_device),
		TEST(wire_sync_read__steps_over__huge_messages_and_types),
		TEST(wire_sync_read__refuses__more_news_than_can_be),
		TEST(wire_sync_read__checks__users_whose_devices_changed),
		TEST(wire_sync_read__counts__our_keys),
		TEST(wire_sync_read__tells__a_spent_fallback_key),
		TEST(wire_sync_filter__leaves__keys_and_sealed_events_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
