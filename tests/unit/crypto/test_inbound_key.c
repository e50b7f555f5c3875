/*
 * How sessions come in: from their owners, from others who have them, from backups; and how they go out again.
 */
#include "base/clock.h"
#include "unit/crypto/inbound_house.h"

/* An event of the phone's that waits for its session in the inbox. */
static void wait_in_inbox(struct turn *turn, void *context)
{
	const struct event *event = context;
	int64_t id = inbox_add(turn, event, INBOX_RUN, 0);

	inbox_wait_key(turn, id, group_outbound_id(house.players[FATIMAS_PHONE].group), SCRATCH_NOW_MS * 2);
}

static void look_for_runnable(struct turn *turn, void *context)
{
	struct inbox_row row;

	*(bool *)context = inbox_next_runnable(turn_view(turn), &row);
}

static bool is_released(void)
{
	bool released;

	scratch_turn(&house.scratch, look_for_runnable, &released);
	return released;
}

/* T07, as far as it lies here. */
static void inbound_take_key__releases__what_waited(void **state)
{
	struct event event = house_encrypt(FATIMAS_PHONE, "!idee");

	(void)state;
	scratch_turn(&house.scratch, wait_in_inbox, &event);
	house_share(FATIMAS_LAPTOP, FATIMAS_LAPTOP);
	assert_false(is_released());
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	assert_true(is_released());
}

struct refused_key {
	const char *algorithm;
	const char *room;
	const char *session;
	const char *key;
};

static void take_and_miss(bool sealed, const struct refused_key *bad)
{
	struct group_outbound *group = house.players[FATIMAS_PHONE].group;
	struct cJSON *content = json_object_create();
	struct event event;

	json_set_str(content, "algorithm", bad->algorithm ? bad->algorithm : MEGOLM_ALGORITHM);
	json_set_str(content, "room_id", bad->room ? bad->room : ROOM);
	json_set_str(content, "session_id", bad->session ? bad->session : group_outbound_id(group));
	json_set_str(content, "session_key", bad->key ? bad->key : group_outbound_session_key(group));
	house_receive(inbound_take_key, &house.players[FATIMAS_PHONE], sealed, content);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_unopened(house_read(&event), CRYPTO_LATER, "no-key");
}

static void inbound_take_key__refuses__what_is_not_as_it_says(void **state)
{
	const struct refused_key bad[] = {
		{ .algorithm = "m.megolm.v2" },
		{ .room = "no room" },
		{ .session = group_outbound_id(house.players[MALLORYS_PHONE].group) },
		{ .session = "short" },
		{ .key = "short" },
		{ .key = group_outbound_session_key(house.players[MALLORYS_PHONE].group) },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		take_and_miss(true, &bad[i]);
	take_and_miss(false, &(struct refused_key){ 0 });
}

/* T14: a member sends another member's session as his own, first or second. */
static void stolen_session(bool first)
{
	struct event event;

	if (first)
		house_share(MALLORYS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	if (first)
		assert_unopened(house_read(&event), CRYPTO_LATER, "other-sender");
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	if (!first)
		house_share(MALLORYS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

static void inbound_take_key__leaves_a_session_to_its_owner__stolen_before(void **state)
{
	(void)state;
	stolen_session(true);
}

static void inbound_take_key__leaves_a_session_to_its_owner__stolen_after(void **state)
{
	(void)state;
	stolen_session(false);
}

/* Whoever was first: when the owner says that it is his, what waited for that is let go. */
static void inbound_take_key__releases__when_the_owner_comes_second(void **state)
{
	struct event event;

	(void)state;
	house_share(MALLORYS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	scratch_turn(&house.scratch, wait_in_inbox, &event);
	assert_false(is_released());
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	assert_true(is_released());
}

/* An unsigned device that a server added to somebody's list says so, too. */
static void inbound_take_key__keeps_the_best_owner__of_one_user(void **state)
{
	struct event event;

	(void)state;
	house.players[FATIMAS_LAPTOP].standing = STANDING_UNSIGNED;
	house_share(FATIMAS_LAPTOP, FATIMAS_PHONE);
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	house_share(FATIMAS_LAPTOP, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

static void inbound_take_key__keeps_the_copy_that_reaches_back_furthest(void **state)
{
	struct group_outbound *group = house.players[FATIMAS_PHONE].group;
	const char *early = group_outbound_session_key(group);
	struct event event = house_encrypt(FATIMAS_PHONE, "!idee");

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	assert_unopened(house_read(&event), CRYPTO_LATER, "early-index");
	scratch_turn(&house.scratch, wait_in_inbox, &event);
	house_receive(inbound_take_key, &house.players[FATIMAS_PHONE], true, room_key(group_outbound_id(group), early));
	assert_true(is_released());
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

/* 7.17: a flood is not stored, and is over after an hour. */
static void inbound_take_key__stops__at_a_flood(void **state)
{
	struct event event;

	(void)state;
	for (int i = 0; i < 500; i++) {
		struct arena_mark mark = arena_mark(house.arena);

		house.players[MALLORYS_PHONE].group = group_outbound_create(house.arena);
		house_share(MALLORYS_PHONE, MALLORYS_PHONE);
		arena_rewind(house.arena, mark);
	}
	house.players[MALLORYS_PHONE].group = group_outbound_create(house.arena);
	house_share(MALLORYS_PHONE, MALLORYS_PHONE);
	event = house_encrypt(MALLORYS_PHONE, "!idee");
	assert_unopened(house_read(&event), CRYPTO_LATER, "no-key");
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
	house.scratch.now_ms += 3600 * 1000;
	house_share(MALLORYS_PHONE, MALLORYS_PHONE);
	event = house_encrypt(MALLORYS_PHONE, "!idee");
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

static int64_t count_sessions(void)
{
	struct view *view = view_open(house.scratch.store, house.scratch.now_ms);
	int64_t count = inbound_count(view);

	view_close(view);
	return count;
}

/* A room's sessions that nobody uses go; those still spoken with stay, and what was read with them stays known. */
static void inbound_session__is_forgotten__three_months_after_its_last_message(void **state)
{
	struct event old, used, replay;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	house_share(FATIMAS_LAPTOP, FATIMAS_LAPTOP);
	old = house_encrypt(FATIMAS_PHONE, "!idee");
	used = house_encrypt(FATIMAS_LAPTOP, "!idee");
	assert_opened(house_read(&old), TRUST_DIRECT, DOUBT_NONE);
	house.scratch.now_ms += 60 * MS_PER_DAY;
	used.sent_at_ms = house.scratch.now_ms;
	assert_opened(house_read(&used), TRUST_DIRECT, DOUBT_NONE);
	house.scratch.now_ms += 30 * MS_PER_DAY;
	house_share(MALLORYS_PHONE, MALLORYS_PHONE);
	assert_opened(house_read(&old), TRUST_DIRECT, DOUBT_NONE);
	house.scratch.now_ms += 1;
	house_share(BRIDGES_DEVICE, BRIDGES_DEVICE);
	assert_unopened(house_read(&old), CRYPTO_LATER, "no-key");
	assert_opened(house_read(&used), TRUST_DIRECT, DOUBT_NONE);
	replay = used;
	replay.id = "$other";
	assert_unopened(house_read(&replay), CRYPTO_REFUSED, "replay");
	assert_int_equal(count_sessions(), 3);
}

/* Backups. */

struct export {
	const char *session;
	int64_t index;
	const struct cJSON *data; /* given to import, or NULL */
	char *text;               /* what export gave, or NULL */
};

static void export_work(struct turn *turn, void *context)
{
	struct export *export = context;
	struct cJSON *data = inbound_export(&house.crypto, turn_view(turn), ROOM, export->session, export->index);

	export->text = data ? json_print(house.arena, data) : NULL;
	json_destroy(data);
}

static void import_work(struct turn *turn, void *context)
{
	const struct export *export = context;

	inbound_import(&house.crypto, turn, ROOM, export->session, export->data);
}

static char *export_session(int owner, int64_t index)
{
	struct export export = { .session = group_outbound_id(house.players[owner].group), .index = index };

	scratch_turn(&house.scratch, export_work, &export);
	return export.text;
}

static void import_session(int owner, const char *text)
{
	AUTO_JSON data = json_parse(text, strlen(text));

	scratch_turn(&house.scratch, import_work, &(struct export){ .session = group_outbound_id(house.players[owner].group), .data = data });
}

/* The session of a player as another house would have backed it up. */
static char *backed_up(int owner)
{
	struct player *player = &house.players[owner];
	struct group_inbound *group;
	const char *exported;

	assert_int_equal(group_inbound_create(house.arena, group_outbound_session_key(player->group), &group), GROUP_INBOUND_OK);
	assert_true(group_inbound_export(group, group_inbound_first_index(group), &exported));
	return arena_printf(house.arena,
	                    "{\"algorithm\":\"" MEGOLM_ALGORITHM "\",\"forwarding_curve25519_key_chain\":[],\"sender_key\":\"%s\","
	                    "\"sender_claimed_keys\":{\"ed25519\":\"%s\"},\"session_key\":\"%s\"}",
	                    player->curve25519, player->ed25519, exported);
}

static void inbound_import__gives_what_can_be_read_only__until_its_owner_sends_it(void **state)
{
	const char *backup = backed_up(FATIMAS_PHONE);
	struct event event = house_encrypt(FATIMAS_PHONE, "!idee");

	(void)state;
	scratch_turn(&house.scratch, wait_in_inbox, &event);
	import_session(FATIMAS_PHONE, backup);
	assert_true(is_released());
	assert_opened(house_read(&event), TRUST_NONE, DOUBT_UNPROVEN);
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

/* The backup reaches further back than what its owner gave us, and the two fit together. */
static void inbound_import__extends__a_proven_session(void **state)
{
	const char *backup = backed_up(FATIMAS_PHONE);
	struct event event = house_encrypt(FATIMAS_PHONE, "!idee");

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	import_session(FATIMAS_PHONE, backup);
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

/* A ratchet of somebody's making, under the id of another's session. */
static char *forged_backup(int owner)
{
	struct group_outbound *other = group_outbound_create(house.arena);
	struct player *player = &house.players[owner];
	struct group_outbound *group = player->group;
	char *right = backed_up(owner);
	char *wrong;

	player->group = other;
	wrong = backed_up(owner);
	player->group = group;
	/* The version and the index are 5 bytes, the ratchet 128: the first 176 characters hold no byte of the signing key. */
	memcpy(strstr(right, "\"session_key\":\"") + strlen("\"session_key\":\""), strstr(wrong, "\"session_key\":\"") + strlen("\"session_key\":\""), 176);
	return right;
}

static void inbound_import__makes_way__for_the_owners_key(void **state)
{
	struct event event;

	(void)state;
	import_session(FATIMAS_PHONE, forged_backup(FATIMAS_PHONE));
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_unopened(house_read(&event), CRYPTO_LATER, "bad-mac");
	assert_unopened(house_read_as(&event, &nobody, true), CRYPTO_REFUSED, "bad-mac");
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
	import_session(FATIMAS_PHONE, forged_backup(FATIMAS_PHONE));
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

static void inbound_import__refuses__another_id(void **state)
{
	struct event event;

	(void)state;
	import_session(FATIMAS_PHONE, backed_up(MALLORYS_PHONE));
	import_session(FATIMAS_PHONE, "{}");
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_unopened(house_read(&event), CRYPTO_LATER, "no-key");
}

static void inbound_export__begins_at_the_index(void **state)
{
	struct event before, event;
	char *later;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	before = house_encrypt(FATIMAS_PHONE, "een");
	event = house_encrypt(FATIMAS_PHONE, "twee");
	later = export_session(FATIMAS_PHONE, 1);
	assert_non_null(later);
	assert_non_null(strstr(later, house.players[FATIMAS_PHONE].curve25519));
	assert_non_null(strstr(later, house.players[FATIMAS_PHONE].ed25519));
	assert_null(export_session(FATIMAS_PHONE, -1));
	/* Elsewhere that is all there is of it. */
	store_close(house.scratch.store);
	(void)unlink(house.scratch.path);
	scratch_open_store(&house.scratch);
	import_session(FATIMAS_PHONE, later);
	assert_unopened(house_read(&before), CRYPTO_LATER, "early-index");
	assert_opened(house_read(&event), TRUST_NONE, DOUBT_UNPROVEN);
}

/* Our own. */

static void keep_own(struct turn *turn, void *context)
{
	inbound_keep_own(&house.crypto, turn, ROOM, group_outbound_session_key(context), true);
}

static void inbound_keep_own__makes_our_own_messages_readable(void **state)
{
	struct event event;

	(void)state;
	scratch_turn(&house.scratch, keep_own, house.players[OUR_TABLET].group);
	event = house_encrypt(OUR_TABLET, "genoteerd");
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
	assert_non_null(strstr(export_session(OUR_TABLET, 0), "\"shared_history\":true"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(inbound_take_key__releases__what_waited, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_key__refuses__what_is_not_as_it_says, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_key__leaves_a_session_to_its_owner__stolen_before, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_key__leaves_a_session_to_its_owner__stolen_after, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_key__releases__when_the_owner_comes_second, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_key__keeps_the_best_owner__of_one_user, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_key__keeps_the_copy_that_reaches_back_furthest, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_key__stops__at_a_flood, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_session__is_forgotten__three_months_after_its_last_message, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_import__gives_what_can_be_read_only__until_its_owner_sends_it, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_import__extends__a_proven_session, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_import__makes_way__for_the_owners_key, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_import__refuses__another_id, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_export__begins_at_the_index, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_keep_own__makes_our_own_messages_readable, house_open, house_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
