/*
 * Who gets a key that he asks for; what nobody asked for; and the words of those who give none.
 */
#include "unit/crypto/inbound_house.h"

static struct cJSON *request(const char *action, const char *device, int owner)
{
	struct cJSON *content = json_object_create();
	struct cJSON *body = json_object_create();

	json_set_str(body, "algorithm", MEGOLM_ALGORITHM);
	json_set_str(body, "room_id", ROOM);
	json_set_str(body, "session_id", group_outbound_id(house.players[owner].group));
	json_set_str(content, "action", action);
	json_set_str(content, "requesting_device_id", device);
	json_set_str(content, "request_id", "1");
	json_set(content, "body", body);
	return content;
}

static void ask(int who, int owner)
{
	const struct player *player = &house.players[who];

	house_receive(inbound_take_request, player, false, request("request", player->id, owner));
}

static void inbound_take_request__gives_everything__to_our_own_signed_device(void **state)
{
	AUTO_JSON sent = NULL;
	struct group_inbound *group;

	(void)state;
	(void)house_encrypt(FATIMAS_PHONE, "before");
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	ask(OUR_TABLET, FATIMAS_PHONE);
	assert_string_equal(house.sent_to, "TABLET");
	sent = json_parse(house.sent, strlen(house.sent));
	assert_string_equal(json_str(sent, "algorithm"), MEGOLM_ALGORITHM);
	assert_string_equal(json_str(sent, "room_id"), ROOM);
	assert_string_equal(json_str(sent, "session_id"), group_outbound_id(house.players[FATIMAS_PHONE].group));
	assert_string_equal(json_str(sent, "sender_key"), house.players[FATIMAS_PHONE].curve25519);
	assert_string_equal(json_str(sent, "sender_claimed_ed25519_key"), house.players[FATIMAS_PHONE].ed25519);
	assert_non_null(json_array(sent, "forwarding_curve25519_key_chain"));
	assert_int_equal(group_inbound_import(house.arena, json_str(sent, "session_key"), &group), GROUP_INBOUND_OK);
	assert_int_equal(group_inbound_first_index(group), 1);
}

static void inbound_take_request__gives_nothing__to_our_own_unsigned_device(void **state)
{
	(void)state;
	house.players[OUR_TABLET].standing = STANDING_UNSIGNED;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	ask(OUR_TABLET, FATIMAS_PHONE);
	house.players[OUR_TABLET].standing = STANDING_CHANGED;
	ask(OUR_TABLET, FATIMAS_PHONE);
	assert_int_equal(house.sends, 0);
}

static void inbound_take_request__gives_others__what_they_were_given(void **state)
{
	AUTO_JSON sent = NULL;
	struct group_inbound *group;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	ask(MALLORYS_PHONE, FATIMAS_PHONE);
	assert_int_equal(house.sends, 0);
	house.players[MALLORYS_PHONE].shared_from = 7;
	ask(MALLORYS_PHONE, FATIMAS_PHONE);
	assert_int_equal(house.sends, 1);
	sent = json_parse(house.sent, strlen(house.sent));
	assert_int_equal(group_inbound_import(house.arena, json_str(sent, "session_key"), &group), GROUP_INBOUND_OK);
	assert_int_equal(group_inbound_first_index(group), 7);
}

static void inbound_take_request__ignores__what_is_no_request(void **state)
{
	const struct player *tablet = &house.players[OUR_TABLET];
	struct player ourselves = *tablet;

	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	house_receive(inbound_take_request, tablet, false, request("request_cancellation", "TABLET", FATIMAS_PHONE));
	house_receive(inbound_take_request, tablet, false, request("request", "NOBODYS", FATIMAS_PHONE));
	house_receive(inbound_take_request, tablet, false, request("request", NULL, FATIMAS_PHONE));
	house_receive(inbound_take_request, tablet, false, json_object_create());
	/* A session we have not. */
	ask(OUR_TABLET, MALLORYS_PHONE);
	/* Our own, as an echo. */
	house.players[OUR_TABLET].id = ourselves.id = house.crypto.device;
	house_receive(inbound_take_request, &ourselves, false, request("request", ourselves.id, FATIMAS_PHONE));
	assert_int_equal(house.sends, 0);
	assert_int_equal(house.asked, 0);
}

static void inbound_take_request__answers__once_an_hour(void **state)
{
	(void)state;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	for (int i = 0; i < 3; i++)
		ask(OUR_TABLET, FATIMAS_PHONE);
	assert_int_equal(house.sends, 1);
	scratch_reopen(&house.scratch);
	ask(OUR_TABLET, FATIMAS_PHONE);
	assert_int_equal(house.sends, 1);
	house.scratch.now_ms += 3600 * 1000;
	ask(OUR_TABLET, FATIMAS_PHONE);
	assert_int_equal(house.sends, 2);
}

static void inbound_take_request__gives_a_user__so_many_an_hour(void **state)
{
	(void)state;
	for (int i = 0; i < 105; i++) {
		house.players[FATIMAS_PHONE].group = group_outbound_create(house.arena);
		house_share(FATIMAS_PHONE, FATIMAS_PHONE);
		ask(OUR_TABLET, FATIMAS_PHONE);
	}
	assert_int_equal(house.sends, 100);
}

static void inbound_take_request__makes_a_channel_first(void **state)
{
	(void)state;
	house.channel = CHANNEL_NONE;
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	ask(OUR_TABLET, FATIMAS_PHONE);
	assert_int_equal(house.asked, 1);
	assert_int_equal(house.sends, 0);
	house.channel = CHANNEL_OPEN;
	ask(OUR_TABLET, FATIMAS_PHONE);
	assert_int_equal(house.sends, 1);
}

/* T15, sealed and from our own signed device even. */
static void inbound_take_forwarded__has_no_effect(void **state)
{
	struct group_outbound *group = house.players[FATIMAS_PHONE].group;
	struct event event;

	(void)state;
	house_receive(inbound_take_forwarded, &house.players[OUR_TABLET], true, room_key(group_outbound_id(group), group_outbound_session_key(group)));
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_unopened(house_read(&event), CRYPTO_LATER, "no-key");
}

static struct cJSON *withheld(const char *code, const char *room, const char *session)
{
	struct cJSON *content = json_object_create();

	json_set_str(content, "algorithm", MEGOLM_ALGORITHM);
	json_set_str(content, "code", code);
	json_set_str(content, "room_id", room);
	json_set_str(content, "session_id", session);
	return content;
}

static void inbound_take_withheld__tells_the_log_why(void **state)
{
	const char *session = group_outbound_id(house.players[FATIMAS_PHONE].group);
	struct event event = house_encrypt(FATIMAS_PHONE, "!idee");

	(void)state;
	/* Somebody else's word about her session is none. */
	house_receive(inbound_take_withheld, &house.players[MALLORYS_PHONE], false, withheld("m.blacklisted", ROOM, session));
	assert_unopened(house_read(&event), CRYPTO_LATER, "no-key");
	house_receive(inbound_take_withheld, &house.players[FATIMAS_PHONE], false, withheld("m.unverified", ROOM, session));
	assert_unopened(house_read(&event), CRYPTO_LATER, "withheld-unverified");
	house_receive(inbound_take_withheld, &house.players[FATIMAS_PHONE], false, withheld("m.blacklisted", ROOM, session));
	assert_unopened(house_read(&event), CRYPTO_LATER, "withheld-blacklisted");
	house_share(FATIMAS_PHONE, FATIMAS_PHONE);
	event = house_encrypt(FATIMAS_PHONE, "!idee");
	assert_opened(house_read(&event), TRUST_DIRECT, DOUBT_NONE);
}

static void inbound_take_withheld__keeps_nothing__of_what_is_none(void **state)
{
	const char *session = group_outbound_id(house.players[FATIMAS_PHONE].group);
	struct event event = house_encrypt(FATIMAS_PHONE, "!idee");

	(void)state;
	house_receive(inbound_take_withheld, &house.players[FATIMAS_PHONE], false, withheld("m.no_olm", NULL, NULL));
	house_receive(inbound_take_withheld, &house.players[FATIMAS_PHONE], false, withheld("<b>", ROOM, session));
	house_receive(inbound_take_withheld, &house.players[FATIMAS_PHONE], false, withheld("m.unverified", "room", session));
	house_receive(inbound_take_withheld, &house.players[FATIMAS_PHONE], false, withheld("m.unverified", ROOM, "session"));
	house_receive(inbound_take_withheld, &house.players[FATIMAS_PHONE], false, json_object_create());
	assert_unopened(house_read(&event), CRYPTO_LATER, "no-key");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(inbound_take_request__gives_everything__to_our_own_signed_device, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_request__gives_nothing__to_our_own_unsigned_device, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_request__gives_others__what_they_were_given, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_request__ignores__what_is_no_request, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_request__answers__once_an_hour, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_request__gives_a_user__so_many_an_hour, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_request__makes_a_channel_first, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_forwarded__has_no_effect, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_withheld__tells_the_log_why, house_open, house_close),
		cmocka_unit_test_setup_teardown(inbound_take_withheld__keeps_nothing__of_what_is_none, house_open, house_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
