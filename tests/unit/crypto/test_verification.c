/*
 * Verifications between two real devices, by the book and against it (MATRIX.md 8.9-8.15, T21).
 */
#include "crypto/verification.h"

#include "unit/crypto/verifying.h"

/* By the book. */

static void assert_same_code(struct world_device *by, struct world_device *with)
{
	struct verification one = verifying_look(by).last, other = verifying_look(with).last;

	assert_memory_equal(&one.code, &other.code, sizeof one.code);
}

static void assert_both_say_yes(void)
{
	assert_same_code(verifying.bot, verifying.admin);
	assert_true(verifying_end(verifying.bot, true));
	verifying_settle();
	verifying_assert_stage(verifying.bot, VERIFICATION_UNDER_WAY);
	assert_true(verifying_end(verifying.admin, true));
	verifying_settle();
	verifying_assert_stage(verifying.bot, VERIFICATION_DONE);
	verifying_assert_stage(verifying.admin, VERIFICATION_DONE);
	assert_true(verifying_believes(verifying.bot, ADMIN));
	assert_true(verifying_believes(verifying.admin, BOT));
}

static void verification__succeeds__when_they_ask(void **state)
{
	(void)state;
	verifying_begin(verifying.admin, BOT);
	verifying_settle();
	verifying_assert_stage(verifying.bot, VERIFICATION_ASKED);
	assert_false(verifying_end(verifying.bot, true));
	verifying_begin(verifying.bot, ADMIN);
	verifying_settle();
	assert_both_say_yes();
}

static void verification__succeeds__when_we_ask(void **state)
{
	(void)state;
	verifying_compare(verifying.bot, verifying.admin);
	assert_both_say_yes();
}

/* The first person's MACs arrive while the other still looks. */
static void verification__succeeds__whoever_says_yes_first(void **state)
{
	(void)state;
	verifying_compare(verifying.bot, verifying.admin);
	assert_true(verifying_end(verifying.admin, true));
	verifying_settle();
	assert_false(verifying_believes(verifying.bot, ADMIN));
	assert_true(verifying_end(verifying.bot, true));
	verifying_settle();
	assert_true(verifying_believes(verifying.bot, ADMIN));
	assert_true(verifying_believes(verifying.admin, BOT));
}

static void verification__has_the_identity_signed(void **state)
{
	const cJSON *master, *signatures;

	(void)state;
	verifying_compare(verifying.bot, verifying.admin);
	assert_both_say_yes();
	master = world_get(world_get(verifying.world.identities, ADMIN), "master_key");
	signatures = world_get(world_get(master, "signatures"), BOT);
	assert_non_null(signatures);
	assert_int_equal(cJSON_GetArraySize(signatures), 1);
	assert_string_equal(signatures->child->string,
	                    world_get(world_get(world_get(verifying.world.identities, BOT), "user_signing_key"), "keys")->child->string);
}

static void verification__can_be_had_again(void **state)
{
	(void)state;
	verifying_compare(verifying.bot, verifying.admin);
	assert_both_say_yes();
	verifying_compare(verifying.admin, verifying.bot);
	assert_both_say_yes();
}

/* To-device, with our own user's other devices: the first that answers is the one. */
static void verification__succeeds__with_one_of_our_devices(void **state)
{
	struct world_device *laptop, *tablet;

	(void)state;
	assert_int_equal(verifying_try_begin(verifying.bot, BOT, NULL), VERIFICATION_NO_DEVICES);
	laptop = world_add(&verifying.world, BOT, "LAPTOP");
	tablet = world_add(&verifying.world, BOT, "TABLET");
	world_meet(&verifying.world);
	verifying_begin(verifying.bot, BOT);
	world_settle(&verifying.world);
	verifying_assert_stage(laptop, VERIFICATION_ASKED);
	verifying_assert_stage(tablet, VERIFICATION_ASKED);
	verifying_begin(laptop, BOT);
	world_settle(&verifying.world);
	verifying_assert_cancelled(tablet, "m.accepted");
	assert_same_code(laptop, verifying.bot);
	assert_true(verifying_end(laptop, true));
	assert_true(verifying_end(verifying.bot, true));
	world_settle(&verifying.world);
	verifying_assert_stage(laptop, VERIFICATION_DONE);
	verifying_assert_stage(verifying.bot, VERIFICATION_DONE);
}

static void verification__ends__on_all_our_devices_when_one_declines(void **state)
{
	struct world_device *laptop, *tablet;

	(void)state;
	laptop = world_add(&verifying.world, BOT, "LAPTOP");
	tablet = world_add(&verifying.world, BOT, "TABLET");
	world_meet(&verifying.world);
	verifying_begin(verifying.bot, BOT);
	world_settle(&verifying.world);
	assert_true(verifying_end(laptop, false));
	world_settle(&verifying.world);
	verifying_assert_cancelled(verifying.bot, "m.user");
	verifying_assert_cancelled(tablet, "m.user");
}

/* People say no. */

static void verification__proves_nothing__when_the_codes_differ(void **state)
{
	(void)state;
	verifying_compare(verifying.bot, verifying.admin);
	assert_true(verifying_end(verifying.admin, true));
	assert_true(verifying_end(verifying.bot, false));
	verifying_settle();
	verifying_assert_cancelled(verifying.bot, "m.mismatched_sas");
	verifying_assert_cancelled(verifying.admin, "m.mismatched_sas");
	assert_false(verifying_believes(verifying.bot, ADMIN));
	assert_false(verifying_believes(verifying.admin, BOT));
	assert_false(verifying_end(verifying.bot, true));
}

static void verification__ends__when_declined(void **state)
{
	(void)state;
	verifying_begin(verifying.admin, BOT);
	verifying_settle();
	assert_true(verifying_end(verifying.bot, false));
	verifying_settle();
	verifying_assert_cancelled(verifying.admin, "m.user");
}

static void verification__ends__when_we_think_better_of_it(void **state)
{
	(void)state;
	verifying_begin(verifying.bot, ADMIN);
	verifying_settle();
	assert_true(verifying_end(verifying.bot, false));
	verifying_settle();
	verifying_assert_cancelled(verifying.admin, "m.user");
}

/* Time. */

static void verification__times_out__unanswered(void **state)
{
	(void)state;
	verifying_begin(verifying.admin, BOT);
	verifying_settle();
	world_pass_time(&verifying.world, 2 * MS_PER_MINUTE - 1);
	verifying_assert_stage(verifying.bot, VERIFICATION_ASKED);
	world_pass_time(&verifying.world, 1);
	verifying_assert_cancelled(verifying.bot, "m.timeout");
	verifying_settle();
	verifying_assert_cancelled(verifying.admin, "m.timeout");
}

static void verification__times_out__half_way(void **state)
{
	(void)state;
	verifying_compare(verifying.bot, verifying.admin);
	world_pass_time(&verifying.world, 10 * MS_PER_MINUTE);
	world_settle(&verifying.world);
	assert_false(verifying_end(verifying.bot, true));
	verifying_assert_cancelled(verifying.bot, "m.timeout");
	world_pass_time(&verifying.world, 10 * MS_PER_MINUTE);
	assert_int_equal(verifying_look(verifying.bot).len, 0);
}

static void ask_at(int64_t ms_ago)
{
	verifying_hear(&(struct verifying_event){
		.to = verifying.bot,
		.event = { .id = "$request", .sender = ADMIN, .sent_at_ms = verifying.bot->own.scratch.now_ms - ms_ago },
		.plain = { .type = "m.room.message", .content = REQUEST, .trust = TRUST_DIRECT },
	});
}

static void verification__ignores__requests_of_another_time(void **state)
{
	(void)state;
	ask_at(10 * MS_PER_MINUTE + 1);
	ask_at(-5 * MS_PER_MINUTE - 1);
	assert_int_equal(verifying_look(verifying.bot).len, 0);
	ask_at(MS_PER_MINUTE);
	verifying_assert_stage(verifying.bot, VERIFICATION_ASKED);
	/* A minute of the ten, and of the two, is over already. */
	world_pass_time(&verifying.world, MS_PER_MINUTE);
	verifying_assert_cancelled(verifying.bot, "m.timeout");
}

/* Who may. */

static void verification__refuses__strangers_a_few_times(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++) {
		verifying_forge(verifying.bot, "@stranger:x", arena_printf(verifying.arena, "$%d", i), "m.room.message", REQUEST);
		verifying_settle();
	}
	assert_int_equal(verifying_count(verifying.bot, "m.key.verification.cancel"), 5);
	assert_string_equal(verifying_last(verifying.bot, "m.key.verification.cancel", "code"), "m.user");
	assert_int_equal(verifying_look(verifying.bot).len, 0);
	world_pass_time(&verifying.world, 10 * MS_PER_MINUTE);
	verifying_forge(verifying.bot, "@stranger:x", "$later", "m.room.message", REQUEST);
	verifying_settle();
	assert_int_equal(verifying_count(verifying.bot, "m.key.verification.cancel"), 6);
}

static void verification__ignores__what_is_for_another(void **state)
{
	(void)state;
	verifying_forge(verifying.bot, ADMIN, "$1", "m.room.message",
	                "{\"msgtype\":\"m.key.verification.request\",\"to\":\"@other:x\",\"from_device\":\"PHONE\",\"methods\":[\"m.sas.v1\"]}");
	verifying_forge(verifying.bot, ADMIN, "$2", "m.room.message",
	                "{\"msgtype\":\"m.key.verification.request\",\"to\":\"" BOT "\",\"from_device\":\"PHONE\",\"methods\":[\"m.qr_code.show.v1\"]}");
	assert_int_equal(verifying_look(verifying.bot).len, 0);
	verifying_settle();
	assert_int_equal(verifying.said_len, 0);
}

static void verification__ignores__hearsay_and_bridges(void **state)
{
	struct verifying_event heard = {
		.to = verifying.bot,
		.event = { .id = "$request", .sender = ADMIN },
		.plain = { .type = "m.room.message", .content = REQUEST, .trust = TRUST_NONE, .doubt = DOUBT_UNPROVEN },
	};

	(void)state;
	verifying_hear(&heard);
	heard.plain.trust = TRUST_BRIDGE;
	heard.plain.doubt = DOUBT_NONE;
	verifying_hear(&heard);
	assert_int_equal(verifying_look(verifying.bot).len, 0);
	/* The device to be verified may well be unsigned. */
	heard.plain.trust = TRUST_NONE;
	heard.plain.doubt = DOUBT_UNSIGNED;
	verifying_hear(&heard);
	assert_int_equal(verifying_look(verifying.bot).len, 1);
}

static void verification__ends_both__of_two_at_a_time(void **state)
{
	(void)state;
	verifying_compare(verifying.bot, verifying.admin);
	ask_at(0);
	verifying_assert_cancelled(verifying.bot, "m.unexpected_message");
	verifying_settle();
	verifying_assert_cancelled(verifying.admin, "m.unexpected_message");
	assert_int_equal(verifying_count(verifying.bot, "m.key.verification.cancel"), 2);
}

static void verification__needs__a_room_and_an_identity(void **state)
{
	(void)state;
	assert_int_equal(verifying_try_begin(verifying.bot, ADMIN, NULL), VERIFICATION_NO_ROOM);
	assert_int_equal(verifying_try_begin(verifying.bot, ADMIN, "!plain:x"), VERIFICATION_NO_ROOM);
	assert_int_equal(verifying_try_begin(verifying.bot, "@nobody:x", ROOM), VERIFICATION_NO_IDENTITY);
	assert_int_equal(verifying_try_begin(verifying.bot, ADMIN, ROOM), VERIFICATION_BEGUN);
}

/* Both start. */

#define START(request)                                                                                                          \
	arena_printf(verifying.arena,                                                                                           \
	             "{\"from_device\":\"%s\",\"method\":\"m.sas.v1\",\"key_agreement_protocols\":[\"curve25519-hkdf-sha256\"]," \
	             "\"hashes\":[\"sha256\"],\"message_authentication_codes\":[\"hkdf-hmac-sha256.v2\"],"                       \
	             "\"short_authentication_string\":[\"decimal\",\"emoji\"],"                                                  \
	             "\"m.relates_to\":{\"rel_type\":\"m.reference\",\"event_id\":\"%s\"}}",                                      \
	             (request)->own.user[1] == 'a' ? "PHONE" : "BOT", verifying.said[0].id)

static void both_start(struct world_device *asker, struct world_device *other)
{
	verifying_begin(asker, other->own.user);
	assert_true(verifying_carry(asker, other));
	verifying_begin(other, asker->own.user);
	assert_true(verifying_carry(other, asker));
	/* The ready had the asker start; now the other does too. */
	verifying_forge(asker, other->own.user, "$start", "m.key.verification.start", START(other));
}

static void verification__goes_on__with_the_smaller_ones_start(void **state)
{
	(void)state;
	both_start(verifying.admin, verifying.bot);
	verifying_settle();
	assert_int_equal(verifying_count(verifying.admin, "m.key.verification.accept"), 0);
	assert_both_say_yes();
}

static void verification__gives_up__the_larger_ones_start(void **state)
{
	(void)state;
	both_start(verifying.bot, verifying.admin);
	assert_true(verifying_carry(verifying.bot, verifying.admin));
	assert_true(verifying_carry(verifying.bot, verifying.admin));
	assert_int_equal(verifying_count(verifying.bot, "m.key.verification.start"), 1);
	assert_int_equal(verifying_count(verifying.bot, "m.key.verification.accept"), 1);
}

static void to_bot(const char *type, const char *content)
{
	cJSON *event = cJSON_CreateObject();

	cJSON_AddStringToObject(event, "sender", BOT);
	cJSON_AddStringToObject(event, "type", type);
	cJSON_AddItemToObject(event, "content", cJSON_Parse(content));
	cJSON_AddItemToArray(verifying.bot->inbox, event);
	assert_true(world_sync(verifying.bot));
}

static void verification__tells__who_goes_on_with_nothing(void **state)
{
	struct want want;

	(void)state;
	to_bot("m.key.verification.cancel", "{\"transaction_id\":\"t\",\"from_device\":\"LAPTOP\",\"code\":\"m.user\"}");
	to_bot("m.key.verification.done", "{\"transaction_id\":\"t\",\"from_device\":\"LAPTOP\"}");
	assert_false(device_scratch_want(&verifying.bot->own, WANT_TO_DEVICE, &want));
	to_bot("m.key.verification.ready", "{\"transaction_id\":\"t\",\"from_device\":\"LAPTOP\",\"methods\":[\"m.sas.v1\"]}");
	assert_true(device_scratch_want(&verifying.bot->own, WANT_TO_DEVICE, &want));
	assert_non_null(strstr(want.call.body, "m.unknown_transaction"));
	device_scratch_want_release(&want);
}

static void verification__knows__its_events(void **state)
{
	(void)state;
	assert_true(verification_is_event("m.room.message", REQUEST));
	assert_true(verification_is_event("m.key.verification.ready", "{}"));
	assert_false(verification_is_event("m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"m.key.verification.request\"}"));
	assert_false(verification_is_event("m.room.topic", REQUEST));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(verification__succeeds__when_they_ask, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__succeeds__when_we_ask, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__succeeds__whoever_says_yes_first, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__has_the_identity_signed, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__can_be_had_again, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__succeeds__with_one_of_our_devices, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__ends__on_all_our_devices_when_one_declines, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__proves_nothing__when_the_codes_differ, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__ends__when_declined, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__ends__when_we_think_better_of_it, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__times_out__unanswered, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__times_out__half_way, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__ignores__requests_of_another_time, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__refuses__strangers_a_few_times, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__ignores__what_is_for_another, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__ignores__hearsay_and_bridges, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__ends_both__of_two_at_a_time, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__needs__a_room_and_an_identity, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__goes_on__with_the_smaller_ones_start, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__gives_up__the_larger_ones_start, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__tells__who_goes_on_with_nothing, verifying_open, verifying_close),
		cmocka_unit_test_setup_teardown(verification__knows__its_events, verifying_open, verifying_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
