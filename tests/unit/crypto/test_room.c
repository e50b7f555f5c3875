#include "crypto/room.h"

#include <string.h>

#include "base/str.h"
#include "crypto/device.h"
#include "crypto/generation.h"
#include "crypto/room_members.h"
#include "store/incident.h"
#include "unit/scratch.h"

#define ROOM "!kruitberg:example.org"
#define HOUR_MS INT64_C(3600000)

static const struct statements *const rooms[] = {
	&incident_statements, &generation_statements, &crypto_room_statements, &room_members_statements, NULL,
};
static struct scratch scratch;
static struct crypto crypto = { .user = (char[]){ "@rotonde:example.org" } };

/* Whom we follow: the promise of device.h, in memory. */
static char followed[20][64];

static char *followed_find(const char *user)
{
	for (size_t i = 0; i < ARRAY_LEN(followed); i++) {
		if (str_equal(followed[i], user))
			return followed[i];
	}
	return NULL;
}

void devices_track(struct turn *turn, const char *user)
{
	(void)turn;
	if (!followed_find(user))
		(void)snprintf(followed_find(""), sizeof *followed, "%s", user);
}

void devices_untrack(struct turn *turn, const char *user)
{
	char *found = followed_find(user);

	(void)turn;
	if (found)
		*found = '\0';
}

static int setup(void **state)
{
	(void)state;
	memset(followed, 0, sizeof followed);
	scratch_open(&scratch, rooms);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	return 0;
}

static const struct room_encryption megolm = { .algorithm = MEGOLM_ALGORITHM };

static struct room_update told_in(const char *room, const struct room_encryption *encryption)
{
	return (struct room_update){ .room = room, .membership = MEMBERSHIP_JOINED, .encryption = encryption };
}

static struct room_update told(const struct room_encryption *encryption)
{
	return told_in(ROOM, encryption);
}

static void tell_member(struct turn *turn, const char *room, const char *user, enum membership membership, bool limited)
{
	const struct member member = { .id = user, .membership = membership, .name = "" };
	struct room_update update = told_in(room, NULL);

	update.members = &member;
	update.members_len = 1;
	update.limited = limited;
	crypto_room_take(&crypto, turn, &update);
}

static void answer(struct turn *turn, enum want_kind kind, enum outcome outcome, const char *error, const char *body)
{
	const struct want_reply reply = { .outcome = outcome, .error = error, .body = body, .body_len = body ? strlen(body) : 0 };
	struct want want;

	if (kind == WANT_MEMBERS) {
		assert_true(crypto_room_want_members(&crypto, turn_view(turn), &want));
		crypto_room_members_reply(&crypto, turn, &want, &reply);
	} else {
		assert_true(crypto_room_want_encryption(&crypto, turn_view(turn), &want));
		crypto_room_encryption_reply(&crypto, turn, &want, &reply);
	}
}

#define MEMBER(user, membership) \
	"{\"type\":\"m.room.member\",\"state_key\":\"" user "\",\"content\":{\"membership\":\"" membership "\"}}"
#define CHUNK(members) "{\"chunk\":[" members "]}"

/* An encrypted room, all of it known, with Fatima in it and Bram invited. */
static void begin(struct turn *turn)
{
	struct room_update update = told(&megolm);

	update.history_visibility = "shared";
	crypto_room_take(&crypto, turn, &update);
	answer(turn, WANT_MEMBERS, OUTCOME_OK, "",
	       CHUNK(MEMBER("@rotonde:example.org", "join") "," MEMBER("@fatima:example.org", "join") "," MEMBER("@bram:example.org", "invite")));
}

static struct crypto_room get(struct turn *turn)
{
	struct crypto_room room;

	assert_true(crypto_room_find(turn_view(turn), ROOM, &room));
	return room;
}

static void check_recipients(struct turn *turn, const char *expected)
{
	struct crypto_room room = get(turn);
	size_t len;
	const char **users = crypto_room_recipients(turn_view(turn), &room, &len);
	char *list = arena_dup(turn_arena(turn), "");

	for (size_t i = 0; i < len; i++)
		list = arena_printf(turn_arena(turn), "%s%s%.*s", list, i ? " " : "", (int)strcspn(users[i], ":"), users[i]);
	assert_string_equal(list, expected);
}

static void plain_room(struct turn *turn, void *context)
{
	struct room_update update = told(NULL);
	struct crypto_room room;
	struct want want;

	(void)context;
	crypto_room_take(&crypto, turn, &update);
	tell_member(turn, ROOM, "@fatima:example.org", MEMBERSHIP_JOINED, false);
	assert_false(crypto_room_find(turn_view(turn), ROOM, &room));
	assert_false(crypto_room_want_members(&crypto, turn_view(turn), &want));
	assert_null(followed_find("@fatima:example.org"));
	/* An invitation's state is nobody's word. */
	update = told(&megolm);
	update.membership = MEMBERSHIP_INVITED;
	crypto_room_take(&crypto, turn, &update);
	assert_false(crypto_room_find(turn_view(turn), ROOM, &room));
}

static void crypto_room_take__knows_nothing__of_plain_rooms(void **state)
{
	(void)state;
	scratch_turn(&scratch, plain_room, NULL);
}

static void members(struct turn *turn, void *context)
{
	(void)context;
	begin(turn);
	assert_true(get(turn).members_known && get(turn).settings_known);
	check_recipients(turn, "@bram @fatima");
	assert_non_null(followed_find("@bram:example.org"));
	assert_null(followed_find("@rotonde:example.org"));
	tell_member(turn, ROOM, "@anna:example.org", MEMBERSHIP_JOINED, false);
	check_recipients(turn, "@anna @bram @fatima");
	assert_int_equal(get(turn).departures, 0);
	tell_member(turn, ROOM, "@fatima:example.org", MEMBERSHIP_BANNED, false);
	check_recipients(turn, "@anna @bram");
	assert_int_equal(get(turn).departures, 1);
	assert_null(followed_find("@fatima:example.org"));
	/* Told again, and of somebody who never was there: nothing new. */
	tell_member(turn, ROOM, "@fatima:example.org", MEMBERSHIP_BANNED, false);
	tell_member(turn, ROOM, "@rotonde:example.org", MEMBERSHIP_JOINED, false);
	assert_int_equal(get(turn).departures, 1);
	/* Invited after joined: was out in between. */
	tell_member(turn, ROOM, "@anna:example.org", MEMBERSHIP_INVITED, false);
	assert_int_equal(get(turn).departures, 2);
}

static void check_newcomer(struct turn *turn, const char *expected)
{
	const char *room, *user;

	if (!room_members_next_newcomer(turn, &room, &user)) {
		assert_null(expected);
		return;
	}
	assert_string_equal(room, ROOM);
	assert_string_equal(user, expected);
}

static void newcomers(struct turn *turn, void *context)
{
	struct room_update left = told(NULL), rejoined = told(&megolm);

	(void)context;
	begin(turn);
	check_newcomer(turn, NULL);
	tell_member(turn, ROOM, "@anna:example.org", MEMBERSHIP_JOINED, false);
	check_newcomer(turn, "@anna:example.org");
	check_newcomer(turn, NULL);
	/* Told again, with another name; and the invited comes in: he was told of. */
	tell_member(turn, ROOM, "@anna:example.org", MEMBERSHIP_JOINED, false);
	tell_member(turn, ROOM, "@bram:example.org", MEMBERSHIP_JOINED, false);
	check_newcomer(turn, NULL);
	tell_member(turn, ROOM, "@carla:example.org", MEMBERSHIP_INVITED, false);
	check_newcomer(turn, "@carla:example.org");
	/* Who came in during a hole stands in the next list. */
	tell_member(turn, ROOM, "@anna:example.org", MEMBERSHIP_LEFT, true);
	answer(turn, WANT_MEMBERS, OUTCOME_OK, "",
	       CHUNK(MEMBER("@fatima:example.org", "join") "," MEMBER("@bram:example.org", "join") "," MEMBER("@dirk:example.org", "join")));
	check_newcomer(turn, "@dirk:example.org");
	check_newcomer(turn, NULL);
	/* Of a room we come back to everybody is new to us, and nobody is news. */
	left.membership = MEMBERSHIP_LEFT;
	crypto_room_take(&crypto, turn, &left);
	rejoined.joined_now = true;
	rejoined.history_visibility = "shared";
	crypto_room_take(&crypto, turn, &rejoined);
	tell_member(turn, ROOM, "@eva:example.org", MEMBERSHIP_JOINED, false);
	answer(turn, WANT_MEMBERS, OUTCOME_OK, "", CHUNK(MEMBER("@fatima:example.org", "join") "," MEMBER("@eva:example.org", "join")));
	check_newcomer(turn, NULL);
}

static void crypto_room_take__tells__who_came_in_since_the_first_list(void **state)
{
	(void)state;
	scratch_turn(&scratch, newcomers, NULL);
}

static void crypto_room_take__follows__who_comes_and_goes(void **state)
{
	(void)state;
	scratch_turn(&scratch, members, NULL);
}

static void visibility(struct turn *turn, void *context)
{
	static const struct {
		const char *visibility;
		const char *recipients;
		bool shared;
	} cases[] = {
		{ "shared", "@bram @fatima", true }, { "world_readable", "@bram @fatima", true }, { "invited", "@bram @fatima", false },
		{ "joined", "@fatima", false },      { "of the moon", "@fatima", false },
	};

	(void)context;
	begin(turn);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct room_update update = told(NULL);
		int64_t before = generation_now(turn_view(turn));

		update.history_visibility = cases[i].visibility;
		crypto_room_take(&crypto, turn, &update);
		check_recipients(turn, cases[i].recipients);
		assert_int_equal(get(turn).shared_history, cases[i].shared);
		assert_true(generation_now(turn_view(turn)) > before);
	}
}

static void crypto_room_recipients__leave_out__the_invited_when_history_is_for_the_joined(void **state)
{
	(void)state;
	scratch_turn(&scratch, visibility, NULL);
}

static void limited(struct turn *turn, void *context)
{
	struct room_update update = told(NULL);

	(void)context;
	begin(turn);
	update.limited = true;
	crypto_room_take(&crypto, turn, &update);
	assert_false(get(turn).members_known);
	assert_int_equal(get(turn).departures, 0);
	/* Who left while we did not look is missing from the new list. */
	answer(turn, WANT_MEMBERS, OUTCOME_OK, "", CHUNK(MEMBER("@bram:example.org", "invite")));
	assert_int_equal(get(turn).departures, 1);
	check_recipients(turn, "@bram");
	/* Whatever a batch with a hole says of somebody but that he joined: he may have been in. */
	tell_member(turn, ROOM, "@carla:example.org", MEMBERSHIP_LEFT, true);
	assert_int_equal(get(turn).departures, 2);
	tell_member(turn, ROOM, "@bram:example.org", MEMBERSHIP_INVITED, true);
	assert_int_equal(get(turn).departures, 3);
	tell_member(turn, ROOM, "@dirk:example.org", MEMBERSHIP_JOINED, true);
	assert_int_equal(get(turn).departures, 3);
	assert_false(get(turn).members_known);
}

static void crypto_room_take__rotates_and_asks_again__after_a_hole(void **state)
{
	(void)state;
	scratch_turn(&scratch, limited, NULL);
}

static void old_answer(struct turn *turn, void *context)
{
	const char *body = CHUNK(MEMBER("@fatima:example.org", "join"));
	const struct want_reply reply = { .outcome = OUTCOME_OK, .error = "", .body = body, .body_len = strlen(body) };
	struct room_update update = told(&megolm);
	struct want want, again;

	(void)context;
	crypto_room_take(&crypto, turn, &update);
	assert_true(crypto_room_want_members(&crypto, turn_view(turn), &want));
	assert_string_equal(want.call.path, "/_matrix/client/v3/rooms/%21kruitberg%3Aexample.org/members?not_membership=leave");
	tell_member(turn, ROOM, "@fatima:example.org", MEMBERSHIP_LEFT, false);
	crypto_room_members_reply(&crypto, turn, &want, &reply);
	assert_false(get(turn).members_known);
	check_recipients(turn, "");
	/* A hole tells as much. */
	assert_true(crypto_room_want_members(&crypto, turn_view(turn), &want));
	update = told(NULL);
	update.limited = true;
	crypto_room_take(&crypto, turn, &update);
	crypto_room_members_reply(&crypto, turn, &want, &reply);
	assert_false(get(turn).members_known);
	assert_true(crypto_room_want_members(&crypto, turn_view(turn), &again));
	crypto_room_members_reply(&crypto, turn, &again, &reply);
	assert_true(get(turn).members_known);
}

static void crypto_room_members_reply__passes_over__a_list_older_than_a_batch(void **state)
{
	(void)state;
	scratch_turn(&scratch, old_answer, NULL);
}

static void hostile_answers(struct turn *turn, void *context)
{
	struct room_update update = told(&megolm);
	struct want want;

	(void)context;
	crypto_room_take(&crypto, turn, &update);
	answer(turn, WANT_MEMBERS, OUTCOME_OK, "", "{\"chunk\":7}");
	assert_false(crypto_room_want_members(&crypto, turn_view(turn), &want));
	assert_int_equal(crypto_room_next_ms(turn_view(turn)), turn_now_ms(turn) + 10000);
	crypto_room_need(turn, "!other:example.org");
	answer(turn, WANT_MEMBERS, OUTCOME_REFUSED, "M_FORBIDDEN", NULL);
	assert_true(incident_is_open(turn_view(turn), "crypto.room_unknown", "!other:example.org"));
	/* As long as a city: not to be fetched again and again. */
	crypto_room_need(turn, "!third:example.org");
	answer(turn, WANT_MEMBERS, OUTCOME_TOO_BIG, "too-big", NULL);
	assert_true(incident_is_open(turn_view(turn), "crypto.room_unknown", "!third:example.org"));
}

static void strange_members(struct turn *turn, void *context)
{
	(void)context;
	answer(turn, WANT_MEMBERS, OUTCOME_OK, "",
	       CHUNK("3,{},{\"type\":\"m.room.member\"}," MEMBER("no user", "join") "," MEMBER("@eva:example.org", "knock") ","
	             "{\"type\":\"m.room.name\",\"state_key\":\"@x:y\",\"content\":{\"membership\":\"join\"}}," MEMBER("@fatima:example.org", "join") ","
	             MEMBER("@fatima:example.org", "join")));
	check_recipients(turn, "@fatima");
	assert_true(get(turn).members_known);
}

static void crypto_room_members_reply__takes_nothing__from_what_is_no_member(void **state)
{
	(void)state;
	scratch_turn(&scratch, hostile_answers, NULL);
	scratch.now_ms += 10000;
	scratch_turn(&scratch, strange_members, NULL);
}

static void settings(struct turn *turn, void *context)
{
	struct room_encryption strict = { MEGOLM_ALGORITHM, 2 * HOUR_MS, 50 }, loose = { MEGOLM_ALGORITHM, 900 * HOUR_MS, 20000 };
	struct room_encryption tiny = { MEGOLM_ALGORITHM, 1, 1 };
	struct room_update update = told(&loose);

	(void)context;
	crypto_room_take(&crypto, turn, &update);
	assert_int_equal(get(turn).rotation_ms, 900 * HOUR_MS);
	assert_int_equal(get(turn).rotation_messages, 10000);
	update.encryption = &megolm;
	crypto_room_take(&crypto, turn, &update);
	assert_int_equal(get(turn).rotation_ms, 7 * 24 * HOUR_MS);
	assert_int_equal(get(turn).rotation_messages, 100);
	update.encryption = &strict;
	crypto_room_take(&crypto, turn, &update);
	update.encryption = &loose;
	crypto_room_take(&crypto, turn, &update);
	assert_int_equal(get(turn).rotation_ms, 2 * HOUR_MS);
	assert_int_equal(get(turn).rotation_messages, 50);
	update.encryption = &tiny;
	crypto_room_take(&crypto, turn, &update);
	assert_int_equal(get(turn).rotation_ms, HOUR_MS);
	assert_int_equal(get(turn).rotation_messages, 1);
}

static void crypto_room_take__takes_settings__only_when_stricter(void **state)
{
	(void)state;
	scratch_turn(&scratch, settings, NULL);
}

static void sticky(struct turn *turn, void *context)
{
	struct room_encryption other = { "m.megolm.v9", 0, 0 }, empty = { "", 0, 0 };
	struct room_update update = told(&other);

	(void)context;
	begin(turn);
	crypto_room_take(&crypto, turn, &update);
	assert_string_equal(get(turn).algorithm, MEGOLM_ALGORITHM);
	assert_true(incident_is_open(turn_view(turn), "crypto.room_settings", ROOM));
	update.encryption = &empty;
	crypto_room_take(&crypto, turn, &update);
	assert_true(get(turn).bare);
	assert_string_equal(get(turn).algorithm, MEGOLM_ALGORITHM);
	assert_true(incident_is_open(turn_view(turn), "crypto.room_bare", ROOM));
	update.encryption = &megolm;
	crypto_room_take(&crypto, turn, &update);
	assert_false(get(turn).bare);
	assert_false(incident_is_open(turn_view(turn), "crypto.room_bare", ROOM));
}

static void crypto_room_take__keeps_a_room_encrypted__whatever_its_state_says(void **state)
{
	(void)state;
	scratch_turn(&scratch, sticky, NULL);
}

static void asked(struct turn *turn, void *context)
{
	struct want want;

	(void)context;
	crypto_room_need(turn, ROOM);
	assert_null(get(turn).algorithm);
	assert_true(crypto_room_want_encryption(&crypto, turn_view(turn), &want));
	assert_string_equal(want.call.path, "/_matrix/client/v3/rooms/%21kruitberg%3Aexample.org/state/m.room.encryption/");
	answer(turn, WANT_ENCRYPTION, OUTCOME_OK, "", "{\"algorithm\":\"" MEGOLM_ALGORITHM "\",\"rotation_period_msgs\":\"7\"}");
	assert_int_equal(get(turn).rotation_messages, 100);
	assert_false(get(turn).settings_known);
	assert_true(crypto_room_want_encryption(&crypto, turn_view(turn), &want));
	assert_string_equal(want.call.path, "/_matrix/client/v3/rooms/%21kruitberg%3Aexample.org/state/m.room.history_visibility/");
	/* Said nowhere, it is shared. */
	answer(turn, WANT_ENCRYPTION, OUTCOME_REFUSED, "M_NOT_FOUND", NULL);
	assert_true(get(turn).settings_known && get(turn).shared_history);
	assert_false(crypto_room_want_encryption(&crypto, turn_view(turn), &want));
}

static void crypto_room_need__has_the_settings_asked(void **state)
{
	(void)state;
	scratch_turn(&scratch, asked, NULL);
}

static void lost(struct turn *turn, void *context)
{
	struct room_update update = told(NULL);
	struct want want;

	(void)context;
	begin(turn);
	update.joined_now = true;
	crypto_room_take(&crypto, turn, &update);
	/* All of the state came and no encryption in it: that may be the batch's fault, so ask. */
	assert_false(get(turn).settings_known || get(turn).members_known || get(turn).bare);
	answer(turn, WANT_ENCRYPTION, OUTCOME_REFUSED, "M_NOT_FOUND", NULL);
	assert_true(get(turn).bare);
	assert_true(incident_is_open(turn_view(turn), "crypto.room_bare", ROOM));
	assert_false(crypto_room_want_members(&crypto, turn_view(turn), &want));
}

static void crypto_room_encryption_reply__silences__a_room_whose_encryption_is_gone(void **state)
{
	(void)state;
	scratch_turn(&scratch, lost, NULL);
}

static void out(struct turn *turn, void *context)
{
	struct room_update update = told_in("!other:example.org", &megolm);
	struct want want;

	(void)context;
	begin(turn);
	crypto_room_take(&crypto, turn, &update);
	tell_member(turn, "!other:example.org", "@bram:example.org", MEMBERSHIP_JOINED, false);
	update = told(NULL);
	update.membership = MEMBERSHIP_BANNED;
	crypto_room_take(&crypto, turn, &update);
	check_recipients(turn, "");
	assert_int_equal(get(turn).departures, 1);
	/* Bram is in another room with us. */
	assert_null(followed_find("@fatima:example.org"));
	assert_non_null(followed_find("@bram:example.org"));
	assert_true(crypto_room_want_members(&crypto, turn_view(turn), &want));
	assert_string_equal(want.about, "!other:example.org");
	/* In again: encrypted as ever, its members to be asked. */
	update = told(NULL);
	crypto_room_take(&crypto, turn, &update);
	assert_string_equal(get(turn).algorithm, MEGOLM_ALGORITHM);
	assert_false(get(turn).members_known);
}

static void crypto_room_take__forgets_the_members__when_we_are_out(void **state)
{
	(void)state;
	scratch_turn(&scratch, out, NULL);
}

int main(void)
{
#define ROOM_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		ROOM_TEST(crypto_room_take__knows_nothing__of_plain_rooms),
		ROOM_TEST(crypto_room_take__follows__who_comes_and_goes),
		ROOM_TEST(crypto_room_take__tells__who_came_in_since_the_first_list),
		ROOM_TEST(crypto_room_recipients__leave_out__the_invited_when_history_is_for_the_joined),
		ROOM_TEST(crypto_room_take__rotates_and_asks_again__after_a_hole),
		ROOM_TEST(crypto_room_members_reply__passes_over__a_list_older_than_a_batch),
		ROOM_TEST(crypto_room_members_reply__takes_nothing__from_what_is_no_member),
		ROOM_TEST(crypto_room_take__takes_settings__only_when_stricter),
		ROOM_TEST(crypto_room_take__keeps_a_room_encrypted__whatever_its_state_says),
		ROOM_TEST(crypto_room_need__has_the_settings_asked),
		ROOM_TEST(crypto_room_encryption_reply__silences__a_room_whose_encryption_is_gone),
		ROOM_TEST(crypto_room_take__forgets_the_members__when_we_are_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
