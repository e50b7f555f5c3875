#include "matrix/wire_event.h"

#include <string.h>

#include "base/str.h"
#include "matrix/wire_sync.h"
#include "unit/cmocka_all.h"

#define TEXT(body)     "{\"msgtype\":\"m.text\",\"body\":\"" body "\"}"
#define FILE_INSIDE    "\"file\":{\"url\":\"mxc://hs/a\",\"v\":\"v2\"}"
#define PHOTO(members) "{\"msgtype\":\"m.image\",\"body\":\"!bon 5\",\"filename\":\"bon.jpg\"," members "}"

static struct arena *arena;
static struct event event;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_create(4 * 1024 * 1024);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

/* The one event of a /sync answer whose content this is. */
static struct event sealed_as(const char *content)
{
	const char *json = arena_printf(arena, "{\"next_batch\":\"t2\",\"rooms\":{\"join\":{\"!r\":{\"timeline\":{\"events\":["
	                                       "{\"type\":\"m.room.encrypted\",\"event_id\":\"$e\",\"sender\":\"@f:hs\",\"origin_server_ts\":5,\"content\":%s}]}}}}}", content);
	struct batch batch = { 0 };

	assert_true(wire_sync_read(arena, json, strlen(json), "@rotonde:hs", "t1", &batch));
	assert_int_equal(batch.rooms->events_len, 1);
	return batch.rooms->events[0];
}

/* What comes out of it: relation is its m.relates_to in clear, or NULL. */
static bool reveal(const char *relation, const char *type, const char *content)
{
	struct event sealed = sealed_as(relation ? arena_printf(arena, "{\"ciphertext\":\"AwgA\",\"m.relates_to\":%s}", relation) : "{\"ciphertext\":\"AwgA\"}");

	event = (struct event){ 0 };
	return wire_event_reveal(arena, &sealed, type, content, &event);
}

static void wire_event_read__keeps__sealed_content_as_it_came(void **state)
{
	struct event sealed = sealed_as("{ \"ciphertext\":\"A\\/B\",\"n\":9007199254740993}");

	(void)state;
	assert_int_equal(sealed.kind, EVENT_UNREADABLE);
	assert_int_equal(sealed.trust, TRUST_NONE);
	assert_string_equal(sealed.sealed, "{ \"ciphertext\":\"A\\/B\",\"n\":9007199254740993}");
}

static void wire_event_reveal__reads__a_message_in_its_frame(void **state)
{
	(void)state;
	assert_true(reveal(NULL, "m.room.message", TEXT("!bon 12,50")));
	assert_int_equal(event.kind, EVENT_MESSAGE);
	assert_int_equal(event.form, FORM_TEXT);
	assert_int_equal(event.trust, TRUST_NONE);
	assert_string_equal(event.body, "!bon 12,50");
	assert_string_equal(event.id, "$e");
	assert_string_equal(event.room, "!r");
	assert_string_equal(event.sender, "@f:hs");
	assert_int_equal(event.sent_at_ms, 5);
	assert_null(event.sealed);
}

static void wire_event_reveal__believes__the_relation_in_clear(void **state)
{
	(void)state;
	assert_true(reveal("{\"m.in_reply_to\":{\"event_id\":\"$p\"}}", "m.room.message",
	                   "{\"msgtype\":\"m.text\",\"body\":\"ja\",\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$other\"}}}"));
	assert_string_equal(event.reply_to, "$p");
	/* Nothing in clear is a word too. */
	assert_true(reveal(NULL, "m.room.message",
	                   "{\"msgtype\":\"m.text\",\"body\":\"ja\",\"m.new_content\":" TEXT("nee") ",\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$other\"}}"));
	assert_int_equal(event.kind, EVENT_MESSAGE);
	assert_string_equal(event.body, "ja");
	assert_null(event.target);
	assert_true(reveal("7", "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"ja\",\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$other\"}}}"));
	assert_null(event.reply_to);
}

static void wire_event_reveal__reads__an_edit(void **state)
{
	static const char clear[] = "{\"rel_type\":\"m.replace\",\"event_id\":\"$t\"}";

	(void)state;
	assert_true(reveal(clear, "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"* nieuw\",\"m.new_content\":" TEXT("nieuw") "}"));
	assert_int_equal(event.kind, EVENT_EDIT);
	assert_string_equal(event.target, "$t");
	assert_string_equal(event.body, "nieuw");
	assert_false(reveal(clear, "m.room.message", TEXT("* nieuw")));
}

static void wire_event_reveal__reads__a_photo_with_its_key(void **state)
{
	(void)state;
	assert_true(reveal(NULL, "m.room.message", PHOTO(FILE_INSIDE)));
	assert_string_equal(event.body, "!bon 5");
	assert_string_equal(event.media->url, "mxc://hs/a");
	assert_string_equal(event.media->key, "{\"url\":\"mxc://hs/a\",\"v\":\"v2\"}");
}

/* Its bytes would be the server's to choose. */
static void wire_event_reveal__refuses__a_photo_in_clear(void **state)
{
	(void)state;
	assert_false(reveal(NULL, "m.room.message", PHOTO("\"url\":\"mxc://hs/a\"")));
	assert_false(reveal("{\"rel_type\":\"m.replace\",\"event_id\":\"$t\"}", "m.room.message",
	                    "{\"msgtype\":\"m.text\",\"body\":\"* x\",\"m.new_content\":" PHOTO("\"url\":\"mxc://hs/a\"") "}"));
	assert_true(reveal("{\"rel_type\":\"m.replace\",\"event_id\":\"$t\"}", "m.room.message",
	                   "{\"msgtype\":\"m.text\",\"body\":\"* x\",\"m.new_content\":" PHOTO(FILE_INSIDE) "}"));
}

static void wire_event_reveal__reads__a_reaction(void **state)
{
	(void)state;
	assert_true(reveal("{\"rel_type\":\"m.annotation\",\"event_id\":\"$t\",\"key\":\"\xf0\x9f\x91\x8d\"}", "m.reaction", "{}"));
	assert_int_equal(event.kind, EVENT_REACTION);
	assert_string_equal(event.target, "$t");
	assert_false(reveal(NULL, "m.reaction", "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"$t\",\"key\":\"x\"}}"));
}

/* The trust is the caller's: no mark inside may raise it. */
static void wire_event_reveal__gives__no_trust_away(void **state)
{
	(void)state;
	assert_true(reveal(NULL, "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"x\",\"fi.mau.double_puppet_source\":\"mautrix-whatsapp\"}"));
	assert_int_equal(event.trust, TRUST_NONE);
}

static void wire_event_reveal__refuses__other_types_and_broken_content(void **state)
{
	static const char *const types[] = { "m.room.encrypted", "m.room.member", "m.room.redaction", "m.room.encryption", "m.key.verification.start", "m.sticker", "" };
	static const char *const broken[] = { "", "7", "[]", "{", "{}", "null", "\"x\"", "{\"msgtype\":\"m.text\"}", "{\"msgtype\":\"m.text\",\"body\":7}",
		                              "{\"msgtype\":\"m.text\",\"body\":\"\xff\"}", TEXT("x") "x" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		assert_false(reveal(NULL, types[i], TEXT("x")));
	for (size_t i = 0; i < ARRAY_LEN(broken); i++)
		assert_false(reveal(NULL, "m.room.message", broken[i]));
	assert_null(event.id);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
	const struct CMUnitTest tests[] = {
		TEST(wire_event_read__keeps__sealed_content_as_it_came),
		TEST(wire_event_reveal__reads__a_message_in_its_frame),
		TEST(wire_event_reveal__believes__the_relation_in_clear),
		TEST(wire_event_reveal__reads__an_edit),
		TEST(wire_event_reveal__reads__a_photo_with_its_key),
		TEST(wire_event_reveal__refuses__a_photo_in_clear),
		TEST(wire_event_reveal__reads__a_reaction),
		TEST(wire_event_reveal__gives__no_trust_away),
		TEST(wire_event_reveal__refuses__other_types_and_broken_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
