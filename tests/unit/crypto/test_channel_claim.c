/*
 * Keys of devices to talk to, from a server that may lie.
 */
#include "base/clock.h"
#include "crypto/keyring.h"
#include "unit/crypto/channel_house.h"

#define ZERO_KEY "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

/* A key that makes every secret known, by the device's own hand. */
static cJSON *sign_zero_key(struct world_device *by)
{
	struct view *view = view_open(by->own.scratch.store, by->own.scratch.now_ms);
	cJSON *object = cJSON_CreateObject();
	char name[64];

	cJSON_AddStringToObject(object, "key", ZERO_KEY);
	snprintf(name, sizeof name, "ed25519:%s", by->own.device);
	cJSON_AddStringToObject(world_member(world_member(object, "signatures"), by->own.user), name,
	                        keyring_sign(by->own.crypto, view, object));
	view_close(view);
	return object;
}

/* What the server gives for a claim, by its lies. */
static enum { LIE_OTHER_USER, LIE_OTHER_KEY, LIE_UNSIGNED, LIE_ZERO, LIE_SIGNED_ZERO, LIE_NONE, LIE_OTHER_ALGORITHM, LIE_NONSENSE, LIE_MAX } lie_now;

static char *lie_about_keys(struct world *world_of, enum want_kind kind, const char *body)
{
	cJSON *answer, *users, *keys;
	char *lie;

	(void)world_of;
	if (kind != WANT_KEYS_CLAIM)
		return NULL;
	answer = cJSON_Parse(body);
	users = world_get(answer, "one_time_keys");
	keys = users->child->child;
	switch (lie_now) {
	case LIE_OTHER_USER:
		world_put(users, "@other:x", users->child);
		cJSON_DeleteItemFromObjectCaseSensitive(users, RESIDENT);
		break;
	case LIE_OTHER_KEY:
		cJSON_ReplaceItemInObjectCaseSensitive(keys->child, "key", cJSON_CreateString("3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08"));
		break;
	case LIE_UNSIGNED:
		cJSON_DeleteItemFromObjectCaseSensitive(keys->child, "signatures");
		break;
	case LIE_ZERO:
		cJSON_ReplaceItemInObjectCaseSensitive(keys->child, "key", cJSON_CreateString(ZERO_KEY));
		break;
	case LIE_SIGNED_ZERO:
		cJSON_ReplaceItemInObjectCaseSensitive(keys, keys->child->string, sign_zero_key(resident));
		break;
	case LIE_NONE:
		cJSON_DeleteItemFromObjectCaseSensitive(users, RESIDENT);
		break;
	case LIE_OTHER_ALGORITHM:
		world_put(keys, "curve25519:AAAAAQ", keys->child);
		cJSON_Delete(cJSON_DetachItemViaPointer(keys, keys->child));
		break;
	case LIE_NONSENSE:
		cJSON_ReplaceItemInObjectCaseSensitive(answer, "one_time_keys", cJSON_CreateString("none"));
		break;
	case LIE_MAX:
		break;
	}
	lie = cJSON_PrintUnformatted(answer);
	cJSON_Delete(answer);
	return lie;
}

static void channel_reply__refuses__what_a_server_makes_up(void **state)
{
	(void)state;
	world.lie = lie_about_keys;
	for (lie_now = 0; lie_now < LIE_MAX; lie_now++) {
		ask(bot, resident);
		assert_int_equal(state_of(bot, resident), CHANNEL_ASKED);
		assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
		assert_int_equal(state_of(bot, resident), CHANNEL_FAILED);
		assert_int_equal(look(bot, resident).len, 0);
		/* Not asked again before a while. */
		ask(bot, resident);
		assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
		world_pass_time(&world, 16 * MS_PER_MINUTE);
		assert_int_equal(state_of(bot, resident), CHANNEL_NONE);
	}
	world.lie = NULL;
	open_channel(bot, resident);
}

static void channel_reply__waits_longer__with_every_failure(void **state)
{
	static const int64_t waits_s[] = { 15, 30, 60, 120, 240, 480, 900, 900 };

	(void)state;
	world.lie = lie_about_keys;
	lie_now = LIE_NONE;
	for (size_t i = 0; i < ARRAY_LEN(waits_s); i++) {
		ask(bot, resident);
		assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
		world_crash(bot);
		world_pass_time(&world, waits_s[i] * MS_PER_SECOND - 1);
		assert_int_equal(state_of(bot, resident), CHANNEL_FAILED);
		world_pass_time(&world, 1);
		assert_int_equal(state_of(bot, resident), CHANNEL_NONE);
	}
}

static int64_t next_ms(struct world_device *by)
{
	struct view *view = view_open(by->own.scratch.store, by->own.scratch.now_ms);
	int64_t at_ms = channel_next_ms(view);

	view_close(view);
	return at_ms;
}

/* That it came to nothing is no reason to try more often. */
static void channel__unwedges__once_an_hour_also_in_vain(void **state)
{
	(void)state;
	open_channel(resident, bot);
	send(resident, bot, "m.test");
	assert_string_equal(receive_next(bot), PASSED);
	world.lie = lie_about_keys;
	lie_now = LIE_NONE;
	for (int hour = 0; hour < 3; hour++) {
		world_pass_time(&world, 61 * MS_PER_MINUTE);
		break_next(resident, bot);
		assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
		world_pass_time(&world, 30 * MS_PER_MINUTE);
		break_next(resident, bot);
		assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
	}
	assert_int_equal(state_of(bot, resident), CHANNEL_OPEN);
}

/* A key may have been given out for nothing: that is not repeated at once, and the device is not to blame. */
static void channel_reply__asks_again_later__when_the_answer_is_lost(void **state)
{
	int keys = cJSON_GetArraySize(resident->one_time_keys);

	(void)state;
	world.loses[WANT_KEYS_CLAIM] = true;
	assert_true(next_ms(bot) == INT64_MAX);
	ask(bot, resident);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_int_equal(state_of(bot, resident), CHANNEL_ASKED);
	world_crash(bot);
	assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_true(next_ms(bot) == bot->own.scratch.now_ms + 2 * MS_PER_SECOND);
	world_pass_time(&world, 2 * MS_PER_SECOND);
	world.loses[WANT_KEYS_CLAIM] = false;
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_int_equal(state_of(bot, resident), CHANNEL_OPEN);
	assert_int_equal(cJSON_GetArraySize(resident->one_time_keys), keys - 2);
	assert_true(next_ms(bot) == INT64_MAX);
}

static void channel_want__asks__all_at_once(void **state)
{
	struct world_device *tablet = world_add(&world, RESIDENT, "TABLET");

	(void)state;
	world_settle(&world);
	ask(bot, resident);
	ask(bot, tablet);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_false(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_int_equal(state_of(bot, resident), CHANNEL_OPEN);
	assert_int_equal(state_of(bot, tablet), CHANNEL_OPEN);
}

/* The other was quicker. Its session does. */
static void channel_reply__begins_none__when_one_is_there(void **state)
{
	(void)state;
	ask(bot, resident);
	open_channel(resident, bot);
	send(resident, bot, "m.test");
	assert_string_equal(receive_next(bot), PASSED);
	assert_true(world_carry(&world, bot, WANT_KEYS_CLAIM));
	assert_int_equal(look(bot, resident).len, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(channel_reply__refuses__what_a_server_makes_up),
		TEST(channel_reply__waits_longer__with_every_failure),
		TEST(channel__unwedges__once_an_hour_also_in_vain),
		TEST(channel_reply__asks_again_later__when_the_answer_is_lost),
		TEST(channel_want__asks__all_at_once),
		TEST(channel_reply__begins_none__when_one_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
