#include "matrix/wire_sync.h"

#include <string.h>

#include "unit/cmocka_all.h"

static const char own_id[] = "@rotonde:hs";

#define MESSAGE(id, body)                                                                              \
	"{\"type\":\"m.room.message\",\"event_id\":\"$" id "\",\"sender\":\"@f:hs\",\"origin_server_ts\":5," \
	"\"content\":{\"msgtype\":\"m.text\",\"body\":\"" body "\"}}"
#define STATE_BY(sender, type, key, content)                                                       \
	"{\"type\":\"" type "\",\"event_id\":\"$s\",\"sender\":\"" sender "\",\"origin_server_ts\":4," \
	"\"state_key\":\"" key "\",\"content\":" content "}"
#define STATE(type, key, content) STATE_BY("@f:hs", type, key, content)
#define OWN_JOIN STATE("m.room.member", "@rotonde:hs", "{\"membership\":\"join\",\"displayname\":\"Rotonde\"}")
#define ROOMS(section, rooms) "{\"next_batch\":\"t2\",\"rooms\":{\"" section "\":{" rooms "}}}"
#define TIMELINE(events) "\"timeline\":{\"events\":[" events "],\"limited\":false,\"prev_batch\":\"p\"}"
#define LIMITED(events) "\"timeline\":{\"limited\":true,\"prev_batch\":\"p\",\"events\":[" events "]}"

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_create(64 * 1024 * 1024);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static bool read_since(const char *json, const char *since, struct batch *ret_batch)
{
	return wire_sync_read(arena, json, strlen(json), own_id, since, ret_batch);
}

/* The only room of a later batch. */
static const struct room_update *only_room(const char *json)
{
	struct batch batch = { 0 };

	assert_true(read_since(json, "t1", &batch));
	assert_string_equal(batch.next, "t2");
	assert_int_equal(batch.rooms_len, 1);
	return batch.rooms;
}

static void wire_sync_read__reads__messages_in_order(void **state)
{
	const struct room_update *room = only_room(ROOMS("join", "\"!r\":{" TIMELINE(MESSAGE("a", "een") "," MESSAGE("b", "twee")) "}"));

	(void)state;
	assert_string_equal(room->room, "!r");
	assert_int_equal(room->membership, MEMBERSHIP_JOINED);
	assert_int_equal(room->events_len, 2);
	assert_string_equal(room->events[0].body, "een");
	assert_string_equal(room->events[1].id, "$b");
	assert_string_equal(room->events[1].room, "!r");
	assert_int_equal(room->events[1].trust, TRUST_PLAIN);
	assert_null(room->gap_before);
	assert_int_equal(room->history_len, 0);
}

static void wire_sync_read__steps_over__poison(void **state)
{
	static const char *const poison[] = {
		"{\"type\":\"m.room.message\",\"sender\":\"@f:hs\"}",
		"7", "null", "\"\"", "[]", "{}", "{\"a\":\"\xff\"}", "{\"a\":tru}",
		"{\"type\":\"m.room.message\",\"event_id\":7,\"sender\":\"@f:hs\",\"origin_server_ts\":5,\"content\":{\"body\":\"x\"}}",
		"{\"type\":\"m.room.message\",\"event_id\":\"$x\",\"sender\":\"@admin:hs\\u0000@evil:y\",\"origin_server_ts\":5,\"content\":{\"body\":\"x\",\"msgtype\":\"m.text\"}}",
		"{\"type\":\"m.room.message\",\"event_id\":\"$x\",\"sender\":\"@f:hs\",\"origin_server_ts\":5,\"content\":[]}",
		"{\"type\":\"m.room.message\",\"event_id\":\"$x\",\"sender\":\"@f:hs\",\"origin_server_ts\":\"now\",\"content\":{\"body\":\"x\"}}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof poison / sizeof *poison; i++) {
		const char *json = arena_printf(arena, ROOMS("join", "\"!r\":{" TIMELINE(MESSAGE("a", "voor") ",%s," MESSAGE("b", "na")) "}"), poison[i]);
		const struct room_update *room = only_room(json);

		assert_int_equal(room->dropped, 1);
		assert_int_equal(room->events_len, 2);
		assert_string_equal(room->events[1].body, "na");
	}
}

static void wire_sync_read__steps_over__1200_levels_and_a_huge_event(void **state)
{
	char deep[2401];
	char *huge = arena_alloc(arena, 700 * 1024 + 1);
	const struct room_update *room;

	(void)state;
	memset(deep, '[', 1200);
	memset(deep + 1200, ']', 1200);
	deep[2400] = '\0';
	memset(huge, 'x', 700 * 1024);
	room = only_room(arena_printf(arena, ROOMS("join", "\"!r\":{" TIMELINE("{\"content\":%s}," MESSAGE("h", "%s") "," MESSAGE("a", "na")) "}"), deep, huge));
	assert_int_equal(room->dropped, 2);
	assert_int_equal(room->events_len, 1);
}

static void wire_sync_read__caps__a_200_kb_message(void **state)
{
	char *large = arena_alloc(arena, 200 * 1024 + 1);
	const struct room_update *room;

	(void)state;
	memset(large, 'x', 200 * 1024);
	room = only_room(arena_printf(arena, ROOMS("join", "\"!r\":{" TIMELINE(MESSAGE("a", "%s")) "}"), large));
	assert_int_equal(room->events_len, 1);
	assert_int_equal(strlen(room->events[0].body), 64 * 1024);
}

static void wire_sync_read__refuses__broken_answers(void **state)
{
	static const char *const broken[] = {
		"", "<html>Bad gateway</html>", "[]", "{}", "null", "{\"next_batch\":7}", "{\"next_batch\":\"\"}", "{\"next_batch\":\"t\"} x",
		"{\"next_batch\":\"t2\",\"rooms\":{\"join\":{\"!r\":{\"timeline\":{\"events\":[", "{\"next_batch\":\"a\\nb\"}",
	};
	struct batch batch = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		assert_false(read_since(broken[i], "t1", &batch));
	assert_null(batch.next);
}

static void wire_sync_read__marks__what_came_before_our_join(void **state)
{
	const struct room_update *room = only_room(ROOMS("join", "\"!r\":{" LIMITED(MESSAGE("a", "oud") "," OWN_JOIN "," MESSAGE("b", "nieuw")) "}"));

	(void)state;
	assert_true(room->joined_now);
	assert_int_equal(room->joined_at_ms, 4);
	assert_int_equal(room->history_len, 1);
	assert_null(room->gap_before);
	assert_int_equal(room->members_len, 1);
	assert_string_equal(room->members[0].name, "Rotonde");
}

static void wire_sync_read__finds__the_gap(void **state)
{
	const struct room_update *room = only_room(ROOMS("join", "\"!r\":{" LIMITED(MESSAGE("a", "x")) "}"));
	struct batch first = { 0 };

	(void)state;
	assert_string_equal(room->gap_before, "p");
	assert_false(room->joined_now);
	/* We joined in the hole: what follows our join is in there too. */
	room = only_room(ROOMS("join", "\"!r\":{\"state\":{\"events\":[" OWN_JOIN "]}," LIMITED(MESSAGE("a", "x")) "}"));
	assert_true(room->joined_now);
	assert_string_equal(room->gap_before, "p");
	assert_int_equal(room->history_len, 0);
	/* A first batch has no holes, only history. */
	assert_true(read_since(ROOMS("join", "\"!r\":{" LIMITED(MESSAGE("a", "x")) "}"), NULL, &first));
	assert_null(first.rooms->gap_before);
	assert_int_equal(first.rooms->history_len, 1);
}

static void wire_sync_read__tells__a_new_name_from_a_join(void **state)
{
	static const char renamed[] = "{\"type\":\"m.room.member\",\"event_id\":\"$s\",\"sender\":\"@rotonde:hs\",\"origin_server_ts\":4,\"state_key\":\"@rotonde:hs\","
				      "\"content\":{\"membership\":\"join\"},\"unsigned\":{\"prev_content\":{\"membership\":\"join\"}}}";
	const struct room_update *room = only_room(arena_printf(arena, ROOMS("join", "\"!r\":{" TIMELINE(MESSAGE("a", "x") ",%s") "}"), renamed));

	(void)state;
	assert_false(room->joined_now);
	assert_int_equal(room->history_len, 0);
}

static void wire_sync_read__reads__state(void **state)
{
	const struct room_update *room = only_room(ROOMS("join", "\"!r\":{\"state\":{\"events\":["
		STATE("m.room.create", "", "{\"predecessor\":{\"room_id\":\"!old\"}}") ","
		STATE("m.room.encryption", "", "{}") ","
		STATE("uk.half-shot.bridge", "x", "{\"bridgebot\":\"@bot:hs\",\"channel\":{\"id\":\"1203@g.us\"}}") ","
		STATE("m.room.member", "@f:hs", "{\"membership\":\"join\",\"displayname\":\"Fatima\\u202e (WA)\"}") ","
		STATE("m.room.member", "@g:hs", "{\"membership\":\"leave\"}")
		"]}," TIMELINE(STATE("m.room.tombstone", "", "{\"replacement_room\":\"!new\"}")) "}"));

	(void)state;
	assert_string_equal(room->predecessor, "!old");
	assert_non_null(room->encryption);
	assert_string_equal(room->bridge_bot, "@bot:hs");
	assert_string_equal(room->bridge_channel, "1203@g.us");
	assert_string_equal(room->successor, "!new");
	assert_string_equal(room->via, "hs");
	assert_int_equal(room->members_len, 2);
	assert_string_equal(room->members[0].id, "@f:hs");
	assert_string_equal(room->members[0].name, "Fatima (WA)");
	assert_int_equal(room->events_len, 0);
	assert_int_equal(room->dropped, 0);
}

static void wire_sync_read__tells__of_every_member(void **state)
{
	static const struct member expected[] = {
		{ "@a:hs", MEMBERSHIP_JOINED, "A" }, { "@b:hs", MEMBERSHIP_INVITED, "" }, { "@c:hs", MEMBERSHIP_LEFT, "" },
		{ "@d:hs", MEMBERSHIP_BANNED, "" },  { "@e:hs", MEMBERSHIP_LEFT, "" },    { "@a:hs", MEMBERSHIP_LEFT, "" },
		{ "@rotonde:hs", MEMBERSHIP_JOINED, "" },
	};
	const struct room_update *room = only_room(ROOMS("join", "\"!r\":{\"state\":{\"events\":["
		STATE("m.room.member", "@a:hs", "{\"membership\":\"join\",\"displayname\":\"A\"}") ","
		STATE("m.room.member", "@b:hs", "{\"membership\":\"invite\",\"displayname\":\"B\"}") ","
		STATE("m.room.member", "@c:hs", "{\"membership\":\"leave\",\"displayname\":7}") ","
		STATE("m.room.member", "@d:hs", "{\"membership\":\"ban\"}") ","
		STATE("m.room.member", "@e:hs", "{\"membership\":\"knock\"}") ","
		STATE("m.room.member", "@f:hs", "{\"membership\":\"emperor\"}") ","
		STATE("m.room.member", "@g:hs", "{}") ","
		STATE("m.room.member", "h", "{\"membership\":\"join\"}") "]},"
		TIMELINE(STATE("m.room.member", "@a:hs", "{\"membership\":\"leave\"}") ","
		         STATE("m.room.member", "@rotonde:hs", "{\"membership\":\"join\"}")) "}"));

	(void)state;
	assert_int_equal(room->members_len, sizeof expected / sizeof *expected);
	for (size_t i = 0; i < room->members_len; i++) {
		assert_string_equal(room->members[i].id, expected[i].id);
		assert_int_equal(room->members[i].membership, expected[i].membership);
		assert_string_equal(room->members[i].name, expected[i].name);
	}
}

static void wire_sync_read__reads__how_a_room_is_encrypted(void **state)
{
	const struct room_update *room = only_room(ROOMS("join", "\"!r\":{\"state\":{\"events\":["
		STATE("m.room.encryption", "", "{\"algorithm\":\"old\"}") ","
		STATE("m.room.history_visibility", "", "{\"history_visibility\":\"shared\"}") ","
		STATE("m.room.history_visibility", "", "{\"history_visibility\":7}") "]},"
		LIMITED(STATE("m.room.encryption", "", "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"rotation_period_ms\":604800000,\"rotation_period_msgs\":100}")) "}"));

	(void)state;
	assert_string_equal(room->encryption->algorithm, "m.megolm.v1.aes-sha2");
	assert_int_equal(room->encryption->rotation_ms, 604800000);
	assert_int_equal(room->encryption->rotation_messages, 100);
	assert_string_equal(room->history_visibility, "shared");
	assert_true(room->limited);
	/* Whatever stands in it, even after a redaction, the room counts as encrypted. */
	room = only_room(ROOMS("join", "\"!r\":{" TIMELINE(STATE("m.room.encryption", "", "{\"algorithm\":7,\"rotation_period_ms\":\"1\",\"rotation_period_msgs\":-1}")) "}"));
	assert_string_equal(room->encryption->algorithm, "");
	assert_int_equal(room->encryption->rotation_ms, 0);
	assert_int_equal(room->encryption->rotation_messages, 0);
	assert_null(room->history_visibility);
	assert_false(room->limited);
	/* Only the room's own setting counts, not one under some key. */
	room = only_room(ROOMS("join", "\"!r\":{" TIMELINE(STATE("m.room.encryption", "x", "{}")) "}"));
	assert_null(room->encryption);
}

static void wire_sync_read__drops__sealed_events_without_content(void **state)
{
#define SEALED(content) "{\"type\":\"m.room.encrypted\",\"event_id\":\"$e\",\"sender\":\"@f:hs\",\"origin_server_ts\":5" content "}"
	const struct room_update *room = only_room(ROOMS("join", "\"!r\":{" TIMELINE(SEALED("") "," SEALED(",\"content\":7") ","
		SEALED(",\"cont\\u0065nt\":{}") "," SEALED(",\"content\":{\"a\":1}")) "}"));

	(void)state;
	assert_int_equal(room->events_len, 1);
	assert_string_equal(room->events[0].sealed, "{\"a\":1}");
	assert_int_equal(room->dropped, 3);
}

static void wire_sync_read__prefers__state_after(void **state)
{
	const struct room_update *room = only_room(ROOMS("join", "\"!r\":{\"state\":{\"events\":[" STATE("m.room.encryption", "", "{}") "]},\"state_after\":{\"events\":[]},"
		TIMELINE(STATE("m.room.tombstone", "", "{\"replacement_room\":\"!new\"}")) "}"));

	(void)state;
	assert_null(room->encryption);
	assert_null(room->successor);
}

/* What a room's power levels let us say: in the clear and encrypted. */
static void wire_sync_read__reads__what_we_may_say(void **state)
{
	static const struct {
		const char *levels;
		bool plain, sealed;
	} cases[] = {
		{ "{}", true, true },
		{ "{\"events_default\":50}", false, false },
		{ "{\"events_default\":50,\"users_default\":50}", true, true },
		{ "{\"events_default\":50,\"users\":{\"@rotonde:hs\":50}}", true, true },
		{ "{\"events_default\":50,\"users\":{\"@f:hs\":100}}", false, false },
		{ "{\"users_default\":50,\"users\":{\"@rotonde:hs\":-1}}", false, false },
		{ "{\"events\":{\"m.room.encrypted\":50}}", true, false },
		{ "{\"events_default\":50,\"events\":{\"m.room.encrypted\":0}}", false, true },
		{ "{\"events_default\":\"50\",\"users\":{\"@rotonde:hs\":\"50\"}}", true, true },
		{ "{\"events_default\":\"50\",\"users\":{\"@rotonde:hs\":\"49\"}}", false, false },
		{ "{\"events_default\":\"much\",\"users\":7,\"events\":[]}", true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct room_update *room = only_room(arena_printf(arena, ROOMS("join", "\"!r\":{" TIMELINE(STATE("m.room.power_levels", "", "%s")) "}"), cases[i].levels));

		assert_non_null(room->rights);
		assert_int_equal(room->rights->plain, cases[i].plain);
		assert_int_equal(room->rights->sealed, cases[i].sealed);
	}
	assert_null(only_room(ROOMS("join", "\"!r\":{" TIMELINE(STATE("m.room.power_levels", "x", "{\"events_default\":50}")) "}"))->rights);
}

static void wire_sync_read__reads__an_invitation(void **state)
{
	const struct room_update *room = only_room(ROOMS("invite", "\"!r\":{\"invite_state\":{\"events\":["
		"{\"type\":\"m.room.encryption\",\"sender\":\"@x:evil\",\"state_key\":\"\",\"content\":{}},"
		"{\"type\":\"m.room.member\",\"sender\":\"@x:evil\",\"state_key\":\"@other:hs\",\"content\":{\"membership\":\"invite\"}},"
		"{\"type\":\"m.room.member\",\"sender\":\"@boss:far:8448\",\"state_key\":\"@rotonde:hs\",\"content\":{\"membership\":\"invite\"}}]}}"));

	(void)state;
	assert_int_equal(room->membership, MEMBERSHIP_INVITED);
	assert_string_equal(room->other, "@boss:far:8448");
	assert_string_equal(room->via, "far:8448");
	assert_null(room->encryption);
	assert_null(room->direct_with);
}

static void wire_sync_read__tells__an_invitation_to_talk_alone(void **state)
{
	const struct room_update *room = only_room(ROOMS("invite", "\"!r\":{\"invite_state\":{\"events\":["
		"{\"type\":\"m.room.member\",\"sender\":\"@boss:far\",\"state_key\":\"@rotonde:hs\","
		"\"content\":{\"membership\":\"invite\",\"is_direct\":true}}]}}"));

	(void)state;
	assert_string_equal(room->direct_with, "@boss:far");
}

/* Element sends them so also where all else is encrypted. */
static void wire_sync_read__reads__verifications_in_the_clear(void **state)
{
	const struct room_update *room = only_room(ROOMS("join", "\"!r\":{" TIMELINE(
		"{\"type\":\"m.room.message\",\"event_id\":\"$1\",\"sender\":\"@f:hs\",\"origin_server_ts\":1,"
		"\"content\":{\"msgtype\":\"m.key.verification.request\",\"body\":\"\",\"to\":\"@rotonde:hs\"}},"
		"{\"type\":\"m.key.verification.start\",\"event_id\":\"$2\",\"sender\":\"@f:hs\",\"origin_server_ts\":1,"
		"\"content\":{\"n\": 1 }},"
		"{\"type\":\"m.key.verification.\\u0007\",\"event_id\":\"$3\",\"sender\":\"@f:hs\",\"origin_server_ts\":1,\"content\":{}}") "}"));

	(void)state;
	assert_int_equal(room->events_len, 2);
	assert_int_equal(room->events[0].kind, EVENT_VERIFICATION);
	assert_string_equal(room->events[0].body, "m.room.message");
	assert_int_equal(room->events[1].kind, EVENT_VERIFICATION);
	assert_string_equal(room->events[1].body, "m.key.verification.start");
	assert_string_equal(room->events[1].sealed, "{\"n\": 1 }");
}

static void wire_sync_read__tells__kick_ban_and_leaving(void **state)
{
	const struct room_update *room = only_room(ROOMS("leave", "\"!r\":{" TIMELINE(MESSAGE("a", "x") "," STATE("m.room.member", "@rotonde:hs", "{\"membership\":\"leave\"}")) "}"));

	(void)state;
	assert_int_equal(room->membership, MEMBERSHIP_LEFT);
	assert_string_equal(room->other, "@f:hs");
	assert_int_equal(room->events_len, 1);
	room = only_room(ROOMS("leave", "\"!r\":{" TIMELINE(STATE("m.room.member", "@rotonde:hs", "{\"membership\":\"ban\"}")) "}"));
	assert_int_equal(room->membership, MEMBERSHIP_BANNED);
	room = only_room(ROOMS("leave", "\"!r\":{" TIMELINE(STATE_BY("@rotonde:hs", "m.room.member", "@rotonde:hs", "{\"membership\":\"leave\"}")) "}"));
	assert_int_equal(room->membership, MEMBERSHIP_LEFT);
	assert_null(room->other);
}

static void wire_sync_read__keeps__our_own_transaction_ids_only(void **state)
{
	const struct room_update *room = only_room(ROOMS("join", "\"!r\":{" TIMELINE(
		"{\"type\":\"m.room.message\",\"event_id\":\"$a\",\"sender\":\"@rotonde:hs\",\"origin_server_ts\":5,"
		"\"content\":{\"msgtype\":\"m.notice\",\"body\":\"x\"},\"unsigned\":{\"transaction_id\":\"1-7\"}},"
		"{\"type\":\"m.room.message\",\"event_id\":\"$b\",\"sender\":\"@f:hs\",\"origin_server_ts\":5,"
		"\"content\":{\"msgtype\":\"m.text\",\"body\":\"x\"},\"unsigned\":{\"transaction_id\":\"1-8\"}}") "}"));

	(void)state;
	assert_string_equal(room->events[0].txn_id, "1-7");
	assert_null(room->events[1].txn_id);
}

static void wire_sync_read__passes_over__rooms_that_are_none(void **state)
{
	const struct room_update *room = only_room(ROOMS("join", "\"r\":{},\"!a b\":{},\"!r\":{}"));

	(void)state;
	assert_string_equal(room->room, "!r");
	assert_int_equal(room->events_len, 0);
}

static void wire_page_read__ends__at_our_join(void **state)
{
	static const char page_json[] = "{\"start\":\"a\",\"chunk\":[" MESSAGE("c", "3") "," MESSAGE("b", "2") "," OWN_JOIN "," MESSAGE("a", "1") "],\"end\":\"e\"}";
	static const char open_json[] = "{\"chunk\":[" MESSAGE("c", "3") ",7],\"end\":\"e\"}";
	static const char last_json[] = "{\"chunk\":[]}";
	struct wire_page page;

	(void)state;
	assert_true(wire_page_read(arena, page_json, strlen(page_json), "!r", own_id, &page));
	assert_int_equal(page.events_len, 2);
	assert_string_equal(page.events[0].body, "3");
	assert_null(page.next);
	assert_true(wire_page_read(arena, open_json, strlen(open_json), "!r", own_id, &page));
	assert_string_equal(page.next, "e");
	assert_int_equal(page.dropped, 1);
	assert_true(wire_page_read(arena, last_json, strlen(last_json), "!r", own_id, &page));
	assert_null(page.next);
	assert_false(wire_page_read(arena, "{}", 2, "!r", own_id, &page));
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
	const struct CMUnitTest tests[] = {
		TEST(wire_sync_read__reads__messages_in_order),
		TEST(wire_sync_read__steps_over__poison),
		TEST(wire_sync_read__steps_over__1200_levels_and_a_huge_event),
		TEST(wire_sync_read__caps__a_200_kb_message),
		TEST(wire_sync_read__refuses__broken_answers),
		TEST(wire_sync_read__marks__what_came_before_our_join),
		TEST(wire_sync_read__finds__the_gap),
		TEST(wire_sync_read__tells__a_new_name_from_a_join),
		TEST(wire_sync_read__reads__state),
		TEST(wire_sync_read__tells__of_every_member),
		TEST(wire_sync_read__reads__how_a_room_is_encrypted),
		TEST(wire_sync_read__drops__sealed_events_without_content),
		TEST(wire_sync_read__prefers__state_after),
		TEST(wire_sync_read__reads__what_we_may_say),
		TEST(wire_sync_read__reads__an_invitation),
		TEST(wire_sync_read__reads__verifications_in_the_clear),
		TEST(wire_sync_read__tells__an_invitation_to_talk_alone),
		TEST(wire_sync_read__tells__kick_ban_and_leaving),
		TEST(wire_sync_read__keeps__our_own_transaction_ids_only),
		TEST(wire_sync_read__passes_over__rooms_that_are_none),
		TEST(wire_page_read__ends__at_our_join),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
