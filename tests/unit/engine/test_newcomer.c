/*
 * Strangers in encrypted rooms: the server alone decides who is in a room, so people hear of it.
 */
#include "crypto/crypto.h"
#include "unit/engine/stub.h"

#define ENCRYPTED    "!kruitberg:console"
#define COORDINATORS "!coordinators:console"
#define MEMBER(user) "{\"type\":\"m.room.member\",\"state_key\":\"" user "\",\"content\":{\"membership\":\"join\"}}"

static struct stub stub;
static char key_path[64];
static const struct crypto_options crypto = { .key_path = key_path, .user = "@rotonde:console", .device = "ROTONDE" };
static const char *members; /* of every room, as the server lists them */

static const char *answer(void *context, const struct stub_call *call, enum outcome *ret_outcome, const char **ret_error)
{
	(void)context;
	*ret_error = "";
	*ret_outcome = strstr(call->path, "/members?") ? OUTCOME_OK : OUTCOME_TROUBLE;
	return *ret_outcome == OUTCOME_OK ? members : NULL;
}

static int setup(void **state)
{
	static const struct room_encryption megolm = { .algorithm = "m.megolm.v1.aes-sha2" };

	(void)state;
	stub_open(&stub);
	snprintf(key_path, sizeof key_path, "%s/crypto.key", stub.folder);
	stub.crypto = &crypto;
	stub.answer = answer;
	members = "{\"chunk\":[" MEMBER("@fatima:console") "]}";
	stub_restart(&stub);
	stub_room(&stub, &(struct room_update){ .room = COORDINATORS, .membership = MEMBERSHIP_JOINED });
	stub_room(&stub, &(struct room_update){
		.room = ENCRYPTED, .membership = MEMBERSHIP_JOINED, .encryption = &megolm, .history_visibility = "shared",
	});
	stub_later(&stub, MS_PER_MINUTE);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stub_close(&stub);
	return 0;
}

static void comes_in(const char *user)
{
	const struct member member = { .id = user, .membership = MEMBERSHIP_JOINED, .name = "" };

	stub_room(&stub, &(struct room_update){ .room = ENCRYPTED, .membership = MEMBERSHIP_JOINED, .members = &member, .members_len = 1 });
}

/* How often something was said of somebody: in the clear, so not in the room he came into. */
static int told_of(const char *user)
{
	int count = 0;

	for (size_t i = 0; i < stub.said_len; i++)
		count += strstr(stub.said[i], user) != NULL;
	return count;
}

static void newcomers__are_told__when_nobody_knows_them(void **state)
{
	(void)state;
	comes_in("@stranger:console");
	assert_int_equal(told_of("@stranger:console"), 1);
	/* Once a day and room. */
	comes_in("@other:console");
	assert_int_equal(told_of("@other:console"), 0);
	stub_later(&stub, MS_PER_DAY);
	comes_in("@third:console");
	assert_int_equal(told_of("@third:console"), 1);
	assert_int_equal(told_of("@fatima:console"), 0);
}

static void newcomers__are_told__when_a_later_list_shows_them(void **state)
{
	(void)state;
	members = "{\"chunk\":[" MEMBER("@fatima:console") "," MEMBER("@stranger:console") "]}";
	stub_room(&stub, &(struct room_update){ .room = ENCRYPTED, .membership = MEMBERSHIP_JOINED, .limited = true });
	stub_later(&stub, MS_PER_MINUTE);
	assert_int_equal(told_of("@stranger:console"), 1);
}

static void newcomers__are_nothing_new__when_somebody_knows_them(void **state)
{
	(void)state;
	stub.room = COORDINATORS;
	stub_happens(&stub, (struct event){ .kind = EVENT_MESSAGE, .id = "$1", .sender = "@anna:console", .body = "hoi" });
	comes_in("@anna:console");
	comes_in("@treasurer:console");
	assert_int_equal(told_of("@anna:console") + told_of("@treasurer:console"), 0);
	comes_in("@stranger:console");
	assert_int_equal(told_of("@stranger:console"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(newcomers__are_told__when_nobody_knows_them, setup, teardown),
		cmocka_unit_test_setup_teardown(newcomers__are_told__when_a_later_list_shows_them, setup, teardown),
		cmocka_unit_test_setup_teardown(newcomers__are_nothing_new__when_somebody_knows_them, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
