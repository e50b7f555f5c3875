#include "crypto/device.h"

#include "base/clock.h"
#include "base/str.h"
#include "crypto/device_row.h"
#include "crypto/keyring.h"
#include "unit/crypto/device_scratch.h"
#include "unit/crypto/peer.h"

#define BOT        "@bot:example.org"
#define BOT_DEVICE "BOTDEVICE"
#define AN         "@an:example.org"
#define BO         "@bo:elsewhere.example"

static struct device_scratch own;
static struct arena *arena; /* of the whole test */
static const char *own_keys; /* our device_keys, as uploaded */

/* What the server shows next: JSON members, by part of the answer. */
struct answer {
	const char *devices; /* "\"@user\":{...}" */
	const char *masters;
	const char *self_signing;
	const char *failures;
};

static const char *or_none(const char *members)
{
	return members ? members : "";
}

static const char *format_answer(const struct answer *answer)
{
	return arena_printf(arena, "{\"device_keys\":{%s},\"master_keys\":{%s},\"self_signing_keys\":{%s},\"failures\":{%s}}", or_none(answer->devices),
	                    or_none(answer->masters), or_none(answer->self_signing), or_none(answer->failures));
}

static const char *member(const char *key, const char *value)
{
	return arena_printf(arena, "\"%s\":%s", key, value);
}

/* "\"@user\":{\"DEVICE\":...}" of one device. */
static const char *devices_of(const char *user, const char *id, const char *device_keys)
{
	return arena_printf(arena, "\"%s\":{\"%s\":%s}", user, id, device_keys);
}

static bool wants_query(void)
{
	struct want want;
	bool wanted = device_scratch_want(&own, WANT_KEYS_QUERY, &want);

	if (wanted)
		device_scratch_want_release(&want);
	return wanted;
}

static void reply(struct want *want, const struct answer *answer)
{
	device_scratch_reply(&own, want, OUTCOME_OK, format_answer(answer));
	device_scratch_want_release(want);
}

/* Ask, and get that. */
static void query(struct answer answer)
{
	struct want want;

	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &want));
	reply(&want, &answer);
}

static void upload(void)
{
	struct want want;
	const struct cJSON *body;

	assert_true(device_scratch_want(&own, WANT_KEYS_UPLOAD, &want));
	body = json_parse_in(arena, want.call.body, strlen(want.call.body));
	if (json_object(body, "device_keys"))
		own_keys = json_print(arena, json_object(body, "device_keys"));
	device_scratch_reply(&own, &want, OUTCOME_OK, "{\"one_time_key_counts\":{\"signed_curve25519\":50}}");
	device_scratch_want_release(&want);
}

/* Ours are on the server, and it showed them. */
static int setup(void **state)
{
	(void)state;
	arena = arena_create_secret(64 * 1024 * 1024);
	device_scratch_open(&own, BOT, BOT_DEVICE);
	upload();
	query((struct answer){ .devices = devices_of(BOT, BOT_DEVICE, own_keys) });
	return own.opening == CRYPTO_OPEN ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	device_scratch_close(&own);
	arena_destroy(arena);
	return 0;
}

static void track_in(struct turn *turn, void *context)
{
	devices_track(turn, context);
}

static void track(const char *user)
{
	device_scratch_turn(&own, track_in, (void *)(uintptr_t)user);
}

static void outdate_in(struct turn *turn, void *context)
{
	const char *user = context;
	const struct key_news news = { .changed = &user, .changed_len = 1, .one_time_keys = 50 };

	crypto_take_keys(own.crypto, turn, &news);
}

static void outdate(const char *user)
{
	device_scratch_turn(&own, outdate_in, (void *)(uintptr_t)user);
}

static bool settled(const char *user)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	bool is = devices_settled(view, user);

	view_close(view);
	return is;
}

static bool found(const struct peer *peer)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	struct device by_id, by_key;
	bool one = device_find(view, peer->user, peer->id, &by_id);
	bool other = device_find_by_curve25519(view, peer->user, account_curve25519(peer->account), &by_key);

	assert_int_equal(one, other);
	if (one) {
		assert_string_equal(by_id.ed25519, account_ed25519(peer->account));
		assert_string_equal(by_key.id, peer->id);
	}
	view_close(view);
	return one;
}

static size_t listed(const char *user)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	size_t len;

	(void)device_list(view, user, &len);
	view_close(view);
	return len;
}

static enum standing standing(const struct peer *peer)
{
	const struct device device = {
		.user = peer->user,
		.id = peer->id,
		.curve25519 = account_curve25519(peer->account),
		.ed25519 = account_ed25519(peer->account),
	};
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	enum standing is = device_standing(view, &device);

	view_close(view);
	return is;
}

static bool has_incident(const char *kind, const char *subject)
{
	return device_scratch_has_incident(&own, kind, subject);
}

/* A user with an identity and one device that it signed. */
static struct answer answer_signed(struct owner *owner, const struct peer *peer)
{
	return (struct answer){
		.devices = devices_of(peer->user, peer->id, peer_format(arena, peer, owner)),
		.masters = member(owner->user, owner_format_master(arena, owner)),
		.self_signing = member(owner->user, owner_format_self_signing(arena, owner)),
	};
}

static void query__makes_known__a_signed_device(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE"), tablet = peer_create(arena, AN, "TABLET");
	struct owner an = owner_create(arena, AN);
	struct answer answer = answer_signed(&an, &phone);

	(void)state;
	assert_false(wants_query());
	assert_false(settled(AN));
	track(AN);
	assert_false(settled(AN));
	answer.devices = arena_printf(arena, "\"" AN "\":{\"PHONE\":%s,\"TABLET\":%s}", peer_format(arena, &phone, &an), peer_format(arena, &tablet, NULL));
	query(answer);
	device_scratch_crash(&own);
	assert_true(settled(AN));
	assert_false(wants_query());
	assert_true(found(&phone));
	assert_int_equal(listed(AN), 2);
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	assert_int_equal(standing(&tablet), STANDING_UNSIGNED);
}

static void query__waits__until_our_own_keys_are_on_the_server(void **state)
{
	struct device_scratch fresh;
	struct want want;

	(void)state;
	device_scratch_open(&fresh, "@other:example.org", "FRESH");
	assert_false(device_scratch_want(&fresh, WANT_KEYS_QUERY, &want));
	device_scratch_close(&fresh);
}

static void query__is_asked_again__for_what_changed_while_it_was_under_way(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE"), later = peer_create(arena, AN, "LATER");
	struct answer answer = { .devices = devices_of(AN, "PHONE", peer_format(arena, &phone, NULL)) };
	struct want want;

	(void)state;
	track(AN);
	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &want));
	outdate(AN);
	reply(&want, &answer);
	assert_true(found(&phone));
	assert_false(settled(AN));
	device_scratch_crash(&own);
	answer.devices = arena_printf(arena, "\"" AN "\":{\"PHONE\":%s,\"LATER\":%s}", peer_format(arena, &phone, NULL), peer_format(arena, &later, NULL));
	query(answer);
	assert_true(settled(AN));
	assert_true(found(&later));
}

static void query__is_the_same__after_a_crash_or_a_lost_answer(void **state)
{
	struct want first, second;

	(void)state;
	track(AN);
	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &first));
	device_scratch_reply(&own, &first, OUTCOME_TROUBLE, NULL);
	device_scratch_crash(&own);
	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &second));
	assert_string_equal(first.call.body, second.call.body);
	device_scratch_reply(&own, &second, OUTCOME_OK, "{\"device_keys\":[]}");
	assert_true(wants_query());
	device_scratch_want_release(&first);
	device_scratch_want_release(&second);
}

static void track_many(struct turn *turn, void *context)
{
	const int *count = context;

	for (int i = 0; i < *count; i++)
		devices_track(turn, arena_printf(turn_arena(turn), "@user%d:example.org", i));
}

static size_t count_asked(void)
{
	struct want want;
	size_t len = 0;

	if (!device_scratch_want(&own, WANT_KEYS_QUERY, &want))
		return 0;
	for JSON_EACH (item, json_object(json_parse_in(arena, want.call.body, strlen(want.call.body)), "device_keys"))
		len += json_key(item) != NULL;
	device_scratch_want_release(&want);
	return len;
}

static void query__asks_for_250_at_a_time__of_601(void **state)
{
	int count = 601;

	(void)state;
	device_scratch_turn(&own, track_many, &count);
	assert_int_equal(count_asked(), 250);
	query((struct answer){ 0 });
	assert_int_equal(count_asked(), 250);
	device_scratch_crash(&own);
	query((struct answer){ 0 });
	assert_int_equal(count_asked(), 101);
	query((struct answer){ 0 });
	assert_int_equal(count_asked(), 0);
	assert_true(settled("@user600:example.org"));
}

static void refuse(void)
{
	struct want want;

	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &want));
	device_scratch_reply(&own, &want, OUTCOME_REFUSED, "{\"errcode\":\"M_INVALID_PARAM\"}");
	device_scratch_want_release(&want);
}

static void query__finds_whom_the_server_refuses__and_goes_on(void **state)
{
	int count = 4;

	(void)state;
	device_scratch_turn(&own, track_many, &count);
	refuse();
	assert_int_equal(count_asked(), 2);
	refuse();
	assert_int_equal(count_asked(), 1);
	refuse();
	assert_true(has_incident("crypto.query_refused", "@user0:example.org"));
	query((struct answer){ 0 });
	assert_true(settled("@user1:example.org"));
	assert_int_equal(count_asked(), 2);
	query((struct answer){ 0 });
	assert_false(wants_query());
}

static void query__asks_for_fewer__when_the_answer_is_too_long(void **state)
{
	size_t len = 5 * 1024 * 1024;
	char *body = arena_alloc(arena, len + 1);
	struct want want;
	int count = 4;

	(void)state;
	/* The worst there is: more than an arena holds, if somebody read it. */
	memset(body, '[', len);
	memcpy(body, "{\"device_keys\":", 15);
	device_scratch_turn(&own, track_many, &count);
	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &want));
	device_scratch_reply(&own, &want, OUTCOME_OK, body);
	device_scratch_want_release(&want);
	assert_int_equal(count_asked(), 2);
}

static void device__is_absent__when_its_own_signature_is_wrong(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE"), thief = peer_create(arena, AN, "PHONE");
	const char *text = peer_format_members(arena, &thief, NULL, peer_members(arena, &phone));

	(void)state;
	track(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", text) });
	assert_false(found(&phone));
	assert_int_equal(listed(AN), 0);
	assert_true(settled(AN));
}

/* The same text with one word in another's place, as long as that. */
static const char *replace(const char *text, const char *old, const char *new)
{
	char *copy = arena_dup(arena, text), *at = strstr(copy, old);

	assert_non_null(at);
	assert_int_equal(strlen(old), strlen(new));
	memcpy(at, new, strlen(new));
	return copy;
}

static void device__is_unsigned__when_its_owners_signature_is_anothers(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN), mallory = owner_create(arena, AN);
	const char *text = peer_format(arena, &phone, &mallory);
	struct answer answer = answer_signed(&an, &phone);

	(void)state;
	track(AN);
	answer.devices = devices_of(AN, "PHONE", text);
	query(answer);
	assert_int_equal(standing(&phone), STANDING_UNSIGNED);
	/* Under the right key's name, too. */
	outdate(AN);
	answer.devices = devices_of(AN, "PHONE", replace(text, signer_public_key(mallory.self_signing), signer_public_key(an.self_signing)));
	query(answer);
	assert_int_equal(standing(&phone), STANDING_UNSIGNED);
}

static void device__is_absent__when_its_object_is_not_what_was_signed(void **state)
{
	static const struct {
		const char *from, *to;
	} changes[] = {
		{ "\"device_id\":\"PHONE\"", "\"device_id\":\"OTHER\"" },
		{ "\"user_id\":\"" AN "\"", "\"user_id\":\"" BO "\"" },
		{ "\"user_id\"", "\"x\":1,\"user_id\"" },                                   /* a member that was not signed */
		{ "\"user_id\"", "\"user_id\":\"" AN "\",\"user_id\"" },                       /* a key twice, of the same value */
		{ "\"keys\":{", "\"keys\":{\"curve25519:PHONE\":\"x\"," },                     /* twice, the first another */
		{ "\"device_id\":\"PHONE\"", "\"device_id\":\"PHONE\\u0000\"" },
		{ "\"algorithms\":[", "\"algorithms\":[1.5," },
	};
	struct peer phone = peer_create(arena, AN, "PHONE");
	const char *text = peer_format(arena, &phone, NULL);

	(void)state;
	track(AN);
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		const char *at = strstr(text, changes[i].from);

		assert_non_null(at);
		query((struct answer){ .devices = devices_of(AN, "PHONE", arena_printf(arena, "%.*s%s%s", (int)(at - text), text, changes[i].to,
		                                                                        at + strlen(changes[i].from))) });
		assert_int_equal(listed(AN), 0);
		outdate(AN);
	}
	query((struct answer){ .devices = devices_of(AN, "PHONE", text) });
	assert_int_equal(listed(AN), 1);
}

static void device__is_absent__under_anothers_name_or_user(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	const char *text = peer_format(arena, &phone, NULL);

	(void)state;
	track(AN);
	track(BO);
	query((struct answer){ .devices = arena_printf(arena, "%s,%s", devices_of(AN, "ELSE", text), devices_of(BO, "PHONE", text)) });
	assert_int_equal(listed(AN), 0);
	assert_int_equal(listed(BO), 0);
}

static void device__is_absent__with_a_key_that_is_none(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	const char *zero = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	const char *members = arena_printf(arena,
	                                   "\"user_id\":\"" AN "\",\"device_id\":\"PHONE\",\"algorithms\":[],"
	                                   "\"keys\":{\"curve25519:PHONE\":\"%s\",\"ed25519:PHONE\":\"%s\"}",
	                                   zero, account_ed25519(phone.account));

	(void)state;
	track(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", peer_format_members(arena, &phone, NULL, members)) });
	assert_false(found(&phone));
}

static void device__is_not_written_to__without_our_algorithms(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	const char *members = arena_printf(arena,
	                                   "\"user_id\":\"" AN "\",\"device_id\":\"PHONE\",\"algorithms\":[\"m.megolm.v1.aes-sha2\"],"
	                                   "\"keys\":{\"curve25519:PHONE\":\"%s\",\"ed25519:PHONE\":\"%s\"}",
	                                   account_curve25519(phone.account), account_ed25519(phone.account));

	(void)state;
	track(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", peer_format_members(arena, &phone, NULL, members)) });
	assert_true(found(&phone));
	assert_int_equal(listed(AN), 0);
}

static void device__keeps_its_first_keys__when_others_are_shown(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE"), other = peer_create(arena, AN, "PHONE");
	const struct answer answer = { .devices = devices_of(AN, "PHONE", peer_format(arena, &phone, NULL)) };

	(void)state;
	track(AN);
	query(answer);
	outdate(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", peer_format(arena, &other, NULL)) });
	assert_true(has_incident("crypto.device_changed", AN " PHONE"));
	assert_int_equal(listed(AN), 0);
	assert_int_equal(standing(&other), STANDING_UNKNOWN);
	/* Not even after it was away. */
	outdate(AN);
	query((struct answer){ 0 });
	outdate(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", peer_format(arena, &other, NULL)) });
	assert_int_equal(listed(AN), 0);
	outdate(AN);
	query(answer);
	assert_true(found(&phone));
}

static void device__is_absent__when_two_have_one_curve25519_key(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE"), thief = peer_create(arena, AN, "THIEF");
	const char *members = arena_printf(arena,
	                                   "\"user_id\":\"" AN "\",\"device_id\":\"THIEF\",\"algorithms\":[],"
	                                   "\"keys\":{\"curve25519:THIEF\":\"%s\",\"ed25519:THIEF\":\"%s\"}",
	                                   account_curve25519(phone.account), account_ed25519(thief.account));
	const char *shown = peer_format(arena, &phone, NULL);

	(void)state;
	track(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", shown) });
	assert_true(found(&phone));
	outdate(AN);
	query((struct answer){
		.devices = arena_printf(arena, "\"" AN "\":{\"PHONE\":%s,\"THIEF\":%s}", shown, peer_format_members(arena, &thief, NULL, members)),
	});
	assert_false(found(&phone));
	assert_int_equal(standing(&phone), STANDING_UNKNOWN);
	assert_int_equal(listed(AN), 0);
	outdate(AN);
	query((struct answer){ .devices = devices_of(AN, "PHONE", shown) });
	assert_true(found(&phone));
}

static void device__is_absent__when_named_like_its_owners_key(void **state)
{
	struct owner an = owner_create(arena, AN);
	struct peer odd = peer_create(arena, AN, signer_public_key(an.self_signing));
	struct answer answer = answer_signed(&an, &odd);

	(void)state;
	answer.devices = devices_of(AN, odd.id, peer_format(arena, &odd, NULL));
	track(AN);
	query(answer);
	assert_false(found(&odd));
}

static void device__is_gone__when_the_server_does_not_show_it(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN);

	(void)state;
	track(AN);
	query(answer_signed(&an, &phone));
	outdate(AN);
	query((struct answer){ .masters = member(AN, owner_format_master(arena, &an)) });
	assert_false(found(&phone));
	assert_int_equal(standing(&phone), STANDING_UNKNOWN);
}

static void query__keeps_devices__while_their_server_fails(void **state)
{
	const struct answer failing = { .failures = "\"elsewhere.example\":{\"status\":503}" };
	struct peer phone = peer_create(arena, BO, "PHONE");
	struct owner bo = owner_create(arena, BO);

	(void)state;
	track(BO);
	query(answer_signed(&bo, &phone));
	outdate(BO);
	assert_false(settled(BO));
	query(failing);
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	/* Waiting is no use, and asking is for later. */
	assert_true(settled(BO));
	device_scratch_crash(&own);
	assert_true(settled(BO));
	assert_false(wants_query());
	own.scratch.now_ms += 15 * MS_PER_SECOND - 1;
	assert_false(wants_query());
	own.scratch.now_ms += 1;
	query(failing);
	own.scratch.now_ms += 15 * MS_PER_SECOND;
	assert_false(wants_query());
	own.scratch.now_ms += 15 * MS_PER_SECOND;
	query((struct answer){ 0 });
	assert_false(found(&phone));
	assert_true(settled(BO));
	/* Forgiven: the next failure waits as short as the first. */
	outdate(BO);
	query(failing);
	own.scratch.now_ms += 15 * MS_PER_SECOND;
	assert_true(wants_query());
}

static int64_t next_ms(void)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	int64_t at_ms = crypto_next_ms(view);

	view_close(view);
	return at_ms;
}

static void devices__are_settled__after_ten_seconds_of_waiting(void **state)
{
	(void)state;
	assert_int_equal(next_ms(), INT64_MAX);
	track(AN);
	assert_int_equal(next_ms(), own.scratch.now_ms + 10 * MS_PER_SECOND);
	own.scratch.now_ms += 10 * MS_PER_SECOND;
	assert_true(settled(AN));
	assert_true(wants_query());
	assert_int_equal(next_ms(), INT64_MAX);
	/* Nobody asked while the process was away. */
	device_scratch_crash(&own);
	assert_false(settled(AN));
}

static void devices__are_settled__of_what_is_no_user(void **state)
{
	(void)state;
	track("nobody");
	assert_true(settled("nobody"));
	assert_false(wants_query());
}

static void leave_in(struct turn *turn, void *context)
{
	const char *const left[] = { AN, BOT };
	const struct key_news news = { .left = left, .left_len = ARRAY_LEN(left), .one_time_keys = 50 };

	(void)context;
	crypto_take_keys(own.crypto, turn, &news);
}

static void devices__are_not_followed__of_who_left(void **state)
{
	(void)state;
	track(AN);
	query((struct answer){ 0 });
	device_scratch_turn(&own, leave_in, NULL);
	assert_false(settled(AN));
	outdate(AN);
	assert_false(wants_query());
	track(AN);
	assert_true(wants_query());
	/* Ourselves we follow for ever. */
	assert_true(settled(BOT));
}

static void restart_in(struct turn *turn, void *context)
{
	(void)context;
	crypto_take_restart(own.crypto, turn);
}

static void devices__are_all_outdated__when_the_token_broke(void **state)
{
	(void)state;
	track(AN);
	query((struct answer){ 0 });
	device_scratch_turn(&own, restart_in, NULL);
	assert_int_equal(count_asked(), 2);
}

static void wait_for_devices(struct turn *turn, void *context)
{
	const struct event event = { .kind = EVENT_UNREADABLE, .id = "$event", .room = "!room", .sender = AN, .body = "", .sealed = "{}" };

	(void)context;
	(void)inbox_add(turn, &event, INBOX_WAIT_KEY, turn_now_ms(turn) + MS_PER_DAY);
}

static bool runnable(void)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	struct inbox_row row;
	bool is = inbox_next_runnable(view, &row);

	view_close(view);
	return is;
}

static void query__releases__who_waits_for_his_devices_to_be_known(void **state)
{
	(void)state;
	track(AN);
	device_scratch_turn(&own, wait_for_devices, NULL);
	assert_false(runnable());
	query((struct answer){ 0 });
	assert_true(runnable());
}

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

struct claiming {
	const char *text;
	const char *user;
	const char *curve25519;
	const char *ed25519;
	bool taken;
};

static void claim_in(struct turn *turn, void *context)
{
	struct claiming *claiming = context;
	const struct cJSON *device_keys = json_parse_in(turn_arena(turn), claiming->text, strlen(claiming->text));

	claiming->taken = device_take_claimed(own.crypto, turn, device_keys, claiming->user, claiming->curve25519, claiming->ed25519);
}

static bool claim(const char *text, const char *user, const struct peer *keys)
{
	struct claiming claiming = { text, user, account_curve25519(keys->account), account_ed25519(keys->account), false };

	device_scratch_turn(&own, claim_in, &claiming);
	return claiming.taken;
}

static void claim__is_taken__when_all_of_it_agrees(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE"), other = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN);
	struct answer answer = answer_signed(&an, &phone);
	const char *text = peer_format(arena, &phone, &an);
	struct want want;

	(void)state;
	answer.devices = NULL;
	track(AN);
	query(answer);
	outdate(AN);
	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &want));
	assert_false(claim(text, BO, &phone)); /* CVE-2026-45056 */
	assert_false(claim(text, AN, &other));
	assert_false(claim(peer_format_members(arena, &other, NULL, peer_members(arena, &phone)), AN, &phone));
	assert_int_equal(standing(&phone), STANDING_UNKNOWN);
	assert_true(claim(text, AN, &phone));
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	/* The query under way was asked before: it hides the device, but only until the next one. */
	reply(&want, &answer);
	assert_false(settled(AN));
	query(answer_signed(&an, &phone));
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	assert_false(claim(peer_format(arena, &other, &an), AN, &other));
	assert_true(claim(text, AN, &phone));
	assert_true(settled(AN));
}

static void claim__brings_back__a_device_that_was_gone(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN);
	const char *text = peer_format(arena, &phone, &an);
	struct answer none = answer_signed(&an, &phone);

	(void)state;
	none.devices = NULL;
	track(AN);
	query(answer_signed(&an, &phone));
	assert_true(claim(text, AN, &phone));
	assert_true(settled(AN));
	outdate(AN);
	query(none);
	assert_int_equal(standing(&phone), STANDING_UNKNOWN);
	/* Who is to have keys is reckoned anew when the server has told, too. */
	assert_true(claim(text, AN, &phone));
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	assert_false(settled(AN));
	query(answer_signed(&an, &phone));
	assert_true(claim(text, AN, &phone));
	assert_true(settled(AN));
}

static void claim__takes_no_signature_away__when_it_is_older(void **state)
{
	struct peer phone = peer_create(arena, AN, "PHONE");
	struct owner an = owner_create(arena, AN);

	(void)state;
	track(AN);
	query(answer_signed(&an, &phone));
	assert_int_equal(standing(&phone), STANDING_SIGNED);
	assert_true(claim(peer_format(arena, &phone, NULL), AN, &phone));
	assert_int_equal(standing(&phone), STANDING_SIGNED);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(query__makes_known__a_signed_device),
		TEST(query__waits__until_our_own_keys_are_on_the_server),
		TEST(query__is_asked_again__for_what_changed_while_it_was_under_way),
		TEST(query__is_the_same__after_a_crash_or_a_lost_answer),
		TEST(query__asks_for_250_at_a_time__of_601),
		TEST(query__finds_whom_the_server_refuses__and_goes_on),
		TEST(query__asks_for_fewer__when_the_answer_is_too_long),
		TEST(query__keeps_devices__while_their_server_fails),
		TEST(query__releases__who_waits_for_his_devices_to_be_known),
		TEST(device__is_absent__when_its_own_signature_is_wrong),
		TEST(device__is_unsigned__when_its_owners_signature_is_anothers),
		TEST(device__is_absent__when_its_object_is_not_what_was_signed),
		TEST(device__is_absent__under_anothers_name_or_user),
		TEST(device__is_absent__with_a_key_that_is_none),
		TEST(device__is_not_written_to__without_our_algorithms),
		TEST(device__keeps_its_first_keys__when_others_are_shown),
		TEST(device__is_absent__when_two_have_one_curve25519_key),
		TEST(device__is_absent__when_named_like_its_owners_key),
		TEST(device__is_gone__when_the_server_does_not_show_it),
		TEST(devices__are_settled__after_ten_seconds_of_waiting),
		TEST(devices__are_settled__of_what_is_no_user),
		TEST(devices__are_not_followed__of_who_left),
		TEST(devices__are_all_outdated__when_the_token_broke),
		TEST(identity__is_suspended__when_it_changes_until_accepted),
		TEST(identity__is_as_before__when_the_pinned_one_is_shown_again),
		TEST(identity__is_none__when_its_objects_are_wrong),
		TEST(own_account__alarms__when_a_device_is_not_ours),
		TEST(own_device__is_burnt__when_the_server_shows_other_keys),
		TEST(own_device__is_uploaded_again__when_the_server_shows_none),
		TEST(claim__is_taken__when_all_of_it_agrees),
		TEST(claim__takes_no_signature_away__when_it_is_older),
		TEST(claim__brings_back__a_device_that_was_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
