/*
 * When words for an encrypted room become ciphertext: in the turn that makes them or clears their way, whenever they
 * can go at once.
 */
#include "base/json.h"
#include "crypto/crypto.h"
#include "store/outbox.h"
#include "unit/engine/stub.h"

#define ENCRYPTED "!kruitberg:console"
#define PLAIN     "!coordinators:console"
#define OWN       "@rotonde:console"
#define MEMBER(user) "{\"type\":\"m.room.member\",\"state_key\":\"" user "\",\"content\":{\"membership\":\"join\"}}"

static struct stub stub;
static char key_path[64];
/* Nobody here has an identity. */
static const struct crypto_options crypto = { .key_path = key_path, .user = OWN, .device = "ROTONDE", .share_with_all = true };
static bool tells_members;

/* Our device, as it was uploaded. */
static const char *show_device(void)
{
	for (size_t i = 0; i < stub.calls_len; i++) {
		const char *text = stub.calls[i].body;
		const struct cJSON *device = text ? json_object(json_parse_in(stub.arena, text, strlen(text)), "device_keys") : NULL;

		if (json_get(device, "device_id"))
			return arena_printf(stub.arena, "{\"device_keys\":{\"" OWN "\":{\"ROTONDE\":%s}}}", json_print(stub.arena, device));
	}
	return "{\"device_keys\":{}}";
}

static const char *answer(void *context, const struct stub_call *call, enum outcome *ret_outcome, const char **ret_error)
{
	(void)context;
	*ret_outcome = OUTCOME_OK;
	*ret_error = "";
	if (strstr(call->path, "/keys/upload"))
		return "{\"one_time_key_counts\":{\"signed_curve25519\":50}}";
	if (strstr(call->path, "/keys/query"))
		return show_device();
	if (strstr(call->path, "/members?") && tells_members)
		return "{\"chunk\":[" MEMBER(OWN) "]}";
	*ret_outcome = OUTCOME_REFUSED;
	*ret_error = "M_FORBIDDEN";
	return NULL;
}

static void join(void)
{
	static const struct room_encryption megolm = { .algorithm = "m.megolm.v1.aes-sha2" };

	stub_room(&stub, &(struct room_update){
		.room = ENCRYPTED, .membership = MEMBERSHIP_JOINED, .encryption = &megolm, .history_visibility = "shared",
	});
	stub_later(&stub, MS_PER_MINUTE);
}

static int setup(void **state)
{
	(void)state;
	stub_open(&stub);
	snprintf(key_path, sizeof key_path, "%s/crypto.key", stub.folder);
	stub.crypto = &crypto;
	stub.answer = answer;
	tells_members = true;
	stub_restart(&stub);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stub_close(&stub);
	return 0;
}

/* What a turn of the engine does that makes words. */
static void say_in(struct turn *turn, void *context)
{
	(void)outbox_add(turn, context);
	pump_seal(stub.engine, turn);
}

static void say_as(struct outbox_message message)
{
	assert_true(engine_turn(stub.engine, say_in, &message));
}

static void say(const char *body)
{
	say_as((struct outbox_message){ .room = ENCRYPTED, .body = body });
}

/* Rows of the outbox. What is for the encrypted room stands in none of them as it will be read. */
static int64_t rows(const char *state)
{
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE room = '" ENCRYPTED "' AND wire_content IS NOT NULL AND wire_type IS NOT 'm.room.encrypted'"), 0);
	return stub_number(&stub, arena_printf(stub.arena, "SELECT count(*) FROM outbox WHERE state = '%s'", state));
}

static void step(void)
{
	(void)engine_step(stub.engine, NULL, 0, MS_PER_HOUR);
}

static void pump_seal__seals__what_goes_at_once(void **state)
{
	(void)state;
	join();
	say("een");
	assert_int_equal(rows("sealed"), 1);
	/* Behind it another waits, unsealed: its room may change until it goes. */
	say("twee");
	assert_int_equal(rows("sealed"), 1);
	assert_int_equal(rows("queued"), 1);
	assert_int_equal(stub.sends, 0);
	stub_settle(&stub);
	assert_int_equal(rows("sent"), 2);
	assert_string_equal(stub.type, "m.room.encrypted");
}

static void pump_sent__seals__what_stood_behind(void **state)
{
	(void)state;
	join();
	say("een");
	say("twee");
	step();
	assert_int_equal(stub.sends, 1);
	assert_int_equal(rows("sent"), 1);
	assert_int_equal(rows("sealed"), 1);
	assert_int_equal(rows("queued"), 0);
}

/* More may come to merge with them. */
static void pump_seal__leaves__late_answers(void **state)
{
	(void)state;
	join();
	say_as((struct outbox_message){ .room = ENCRYPTED, .body = "een", .merge_key = "late/1" });
	assert_int_equal(rows("queued"), 1);
	say_as((struct outbox_message){ .room = ENCRYPTED, .body = "twee", .merge_key = "late/1" });
	stub_settle(&stub);
	assert_int_equal(stub.sends, 1);
	assert_int_equal(rows("sent"), 2);
}

/* It may be long, and the room another by then. */
static void pump_seal__waits__while_the_server_fails(void **state)
{
	(void)state;
	stub_room(&stub, &(struct room_update){ .room = PLAIN, .membership = MEMBERSHIP_JOINED });
	join();
	stub.send_outcome = OUTCOME_TROUBLE;
	say_as((struct outbox_message){ .room = PLAIN, .body = "een" });
	stub_settle(&stub);
	say("twee");
	assert_int_equal(rows("queued"), 1);
	stub.send_outcome = OUTCOME_OK;
	stub_later(&stub, 2 * MS_PER_MINUTE);
	assert_int_equal(rows("queued"), 0);
}

static void pump_seal__says_nothing_in_the_clear__without_keys(void **state)
{
	(void)state;
	tells_members = false;
	join();
	say("een");
	stub_settle(&stub);
	assert_int_equal(rows("queued"), 1);
	assert_int_equal(stub.sends, 0);
	tells_members = true;
	stub_later(&stub, MS_PER_HOUR);
	assert_int_equal(rows("sent"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pump_seal__seals__what_goes_at_once, setup, teardown),
		cmocka_unit_test_setup_teardown(pump_sent__seals__what_stood_behind, setup, teardown),
		cmocka_unit_test_setup_teardown(pump_seal__leaves__late_answers, setup, teardown),
		cmocka_unit_test_setup_teardown(pump_seal__waits__while_the_server_fails, setup, teardown),
		cmocka_unit_test_setup_teardown(pump_seal__says_nothing_in_the_clear__without_keys, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
