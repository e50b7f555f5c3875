/*
 * Identities of users, and what the server shows under our own name.
 */
#include "crypto/keyring.h"
#include "unit/crypto/device_house.h"

static struct identity identity_of(const char *user)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	struct identity identity;

	assert_true(identity_find(view, user, &identity));
	identity.master = arena_dup(arena, identity.master);
	identity.pinned = arena_dup(arena, identity.pinned);
	identity.self_signing = arena_dup(arena, identity.self_signing);
	view_close(view);
	return identity;
}

static void accept_in(struct turn *turn, void *context)
{
	bool *accepted = context;

	*accepted = identity_accept(turn, AN);
}

static void verify_in(struct turn *turn, void *context)
{
	identity_set_verified(turn, AN, context);
}

static void identity__is_suspended__when_it_changes_until_accepted(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN), reset = owner_create(arena, AN);
	bool accepted;

	(void)state;
	track(AN);
	query(answer_signed(&an, &phone));
	device_scratch_turn(&own, verify_in, (void *)(uintptr_t)signer_public_key(an.master));
	assert_int_equal(standing(&phone), STANDING_VERIFIED);
	assert_false(has_incident("identity.changed", AN));
	outdate(AN);
	query(answer_signed(&reset, &phone));
	device_scratch_crash(&own);
	assert_int_equal(standing(&phone), STANDING_CHANGED);
	assert_true(has_incident("identity.changed", AN));
	/* Once verified is remembered: no keys for the new one. */
	assert_true(identity_of(AN).verified);
	assert_string_equal(identity_of(AN).pinned, signer_public_key(an.master));
	device_scratch_turn(&own, accept_in, &accepted);
	assert_true(accepted);
	assert_false(has_incident("identity.changed", AN));
	assert_false(identity_of(AN).verified);
	assert_int_equal(standing(&phone), STANDING_SIGNED);
}

static void identity__is_as_before__when_the_pinned_one_is_shown_again(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN), reset = owner_create(arena, AN);
	bool accepted;

	(void)state;
	track(AN);
	query(answer_signed(&an, &phone));
	outdate(AN);
	query(answer_signed(&reset, &phone));
	outdate(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", peer_format(arena, &phone, NULL)) });
	assert_int_equal(standing(&phone), STANDING_UNSIGNED);
	assert_null(identity_of(AN).master);
	device_scratch_turn(&own, accept_in, &accepted);
	assert_false(accepted);
	outdate(AN);
	query(answer_signed(&an, &phone));
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	assert_false(has_incident("identity.changed", AN));
}

static void identity__is_none__when_its_objects_are_wrong(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN), mallory = owner_create(arena, AN);
	const char *master = signer_public_key(an.master), *self = signer_public_key(an.self_signing);
	const struct answer good = answer_signed(&an, &phone);
	const struct {
		const char *master, *self_signing; /* NULL: the good one */
	} wrong[] = {
		{ arena_printf(arena, "{%s}", owner_key_members(arena, BO, "master", master)), NULL },
		{ arena_printf(arena, "{%s}", owner_key_members(arena, AN, "self_signing", master)), NULL },
		{ arena_printf(arena, "{\"user_id\":\"" AN "\",\"usage\":[\"master\"],\"keys\":{\"ed25519:%s\":\"%s\",\"ed25519:%s\":\"%s\"}}", master, master, self,
		               self),
		  NULL },
		{ arena_printf(arena, "{\"user_id\":\"" AN "\",\"usage\":[\"master\"],\"keys\":{\"ed25519:%s\":\"%s\"}}", self, master), NULL },
		{ arena_printf(arena, "{\"user_id\":\"" AN "\",%s}", owner_key_members(arena, AN, "master", master)), NULL },
		{ "{\"user_id\":\"" AN "\",\"usage\":[\"master\"],\"keys\":{}}", NULL },
		{ NULL, arena_printf(arena, "{%s}", owner_key_members(arena, AN, "self_signing", self)) },
		{ NULL, owner_format_members(arena, &mallory, owner_key_members(arena, AN, "self_signing", self)) },
		{ NULL, owner_format_members(arena, &an, owner_key_members(arena, AN, "user_signing", self)) },
		{ NULL, owner_format_members(arena, &an, owner_key_members(arena, BO, "self_signing", self)) },
	};

	(void)state;
	track(AN);
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct answer answer = good;

		if (wrong[i].master)
			answer.masters = member(AN, wrong[i].master);
		if (wrong[i].self_signing)
			answer.self_signing = member(AN, wrong[i].self_signing);
		query(answer);
		assert_int_equal(standing(&phone), STANDING_UNSIGNED);
		outdate(AN);
	}
	query(good);
	assert_int_equal(standing(&phone), STANDING_SIGNED);
}

static void own_account__alarms__when_a_device_is_not_ours(void **state)
{
	struct peer ghost = peer_create(arena, BOT, "GHOST");

	(void)state;
	outdate(BOT);
	query((struct answer){
		.devices = arena_printf(arena, "\"" BOT "\":{\"" BOT_DEVICE "\":%s,\"GHOST\":%s}", own_keys, peer_format(arena, &ghost, NULL)),
	});
	assert_true(has_incident("crypto.unknown_device", "GHOST"));
	assert_false(has_incident("crypto.unknown_device", BOT_DEVICE));
	outdate(BOT);
	query((struct answer){ .devices = devices_of(BOT, BOT_DEVICE, own_keys) });
	assert_false(has_incident("crypto.unknown_device", "GHOST"));
}

static bool is_burnt(void)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	bool burnt = keyring_is_burnt(view);

	view_close(view);
	return burnt;
}

static void own_device__is_burnt__when_the_server_shows_other_keys(void **state)
{
	struct peer double_ = peer_create(arena, BOT, BOT_DEVICE);

	(void)state;
	outdate(BOT);
	query((struct answer){ .devices = devices_of(BOT, BOT_DEVICE, peer_format(arena, &double_, NULL)) });
	device_scratch_crash(&own);
	assert_true(is_burnt());
	assert_true(has_incident("crypto.device_taken", BOT_DEVICE));
	track(AN);
	assert_false(wants_query());
}

static void own_device__is_uploaded_again__when_the_server_shows_none(void **state)
{
	(void)state;
	outdate(BOT);
	query((struct answer){ 0 });
	assert_false(wants_query());
	upload();
	query((struct answer){ 0 });
	upload();
	query((struct answer){ .devices = devices_of(BOT, BOT_DEVICE, own_keys) });
	assert_false(wants_query());
	outdate(BOT);
	for (int i = 0; i < 2; i++) {
		query((struct answer){ 0 });
		assert_false(is_burnt());
		upload();
	}
	query((struct answer){ 0 });
	assert_true(is_burnt());
	assert_true(has_incident("crypto.device_lost", BOT_DEVICE));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(identity__is_suspended__when_it_changes_until_accepted),
		TEST(identity__is_as_before__when_the_pinned_one_is_shown_again),
		TEST(identity__is_none__when_its_objects_are_wrong),
		TEST(own_account__alarms__when_a_device_is_not_ours),
		TEST(own_device__is_burnt__when_the_server_shows_other_keys),
		TEST(own_device__is_uploaded_again__when_the_server_shows_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
