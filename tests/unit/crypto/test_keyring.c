#include "crypto/keyring.h"

#include <sys/stat.h>

#include "base/clock.h"
#include "base/str.h"
#include "crypto/olm.h"
#include "crypto/signature.h"
#include "crypto/todevice.h"
#include "store/store_internal.h"
#include "unit/crypto/device_scratch.h"

#define USER     "@bot:example.org"
#define DEVICE   "BOTDEVICE"
#define KEY_ID   "ed25519:" DEVICE
#define KEY_TYPE "signed_curve25519"

static struct device_scratch own;

/* A server that keeps to the specification. */
static struct {
	struct cJSON *keys;     /* every one-time key it ever took, by name */
	int64_t count;          /* those not given out */
	struct cJSON *fallback; /* the last one, by name */
	struct cJSON *device_keys;
	char answer[200];
} server;

static int setup(void **state)
{
	(void)state;
	memset(&server, 0, sizeof server);
	server.keys = json_object_create();
	device_scratch_open(&own, USER, DEVICE);
	return own.opening == CRYPTO_OPEN ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	json_destroy(server.keys);
	json_destroy(server.fallback);
	json_destroy(server.device_keys);
	device_scratch_close(&own);
	return 0;
}

/* What Synapse does with an upload: a name it knows with another key is an error. */
static enum outcome serve(const struct want *want)
{
	AUTO_JSON body = json_parse(want->call.body, strlen(want->call.body));

	assert_string_equal(want->call.path, "/_matrix/client/v3/keys/upload");
	assert_int_equal(want->call.method, CALL_POST);
	for JSON_EACH (item, json_object(body, "one_time_keys")) {
		const struct cJSON *old = json_get(server.keys, json_key(item));

		if (old && !str_equal(json_str(old, "key"), json_str(item, "key"))) {
			snprintf(server.answer, sizeof server.answer, "{\"errcode\":\"M_UNKNOWN\",\"error\":\"One time key %s already exists.\"}", json_key(item));
			return OUTCOME_REFUSED;
		}
		if (!old) {
			json_set(server.keys, json_key(item), json_copy(item));
			server.count++;
		}
	}
	if (json_object(body, "fallback_keys")) {
		json_destroy(server.fallback);
		server.fallback = json_copy(json_object(body, "fallback_keys"));
	}
	if (json_object(body, "device_keys")) {
		json_destroy(server.device_keys);
		server.device_keys = json_copy(json_object(body, "device_keys"));
	}
	snprintf(server.answer, sizeof server.answer, "{\"one_time_key_counts\":{\"" KEY_TYPE "\":%lld}}", (long long)server.count);
	return OUTCOME_OK;
}

static bool wants_upload(void)
{
	struct want want;
	bool wanted = device_scratch_want(&own, WANT_KEYS_UPLOAD, &want);

	if (wanted)
		device_scratch_want_release(&want);
	return wanted;
}

/* Ask, serve, and let the answer arrive. */
static void upload(void)
{
	struct want want;
	enum outcome outcome;

	assert_true(device_scratch_want(&own, WANT_KEYS_UPLOAD, &want));
	outcome = serve(&want);
	device_scratch_reply(&own, &want, outcome, server.answer);
	device_scratch_want_release(&want);
}

struct counts {
	int64_t keys;
	bool spent;
};

static void take_counts(struct turn *turn, void *context)
{
	const struct counts *counts = context;
	const struct key_news news = { .one_time_keys = counts->keys, .fallback_spent = counts->spent };

	crypto_take_keys(own.crypto, turn, &news);
}

static void batch(int64_t keys, bool spent)
{
	struct counts counts = { keys, spent };

	device_scratch_turn(&own, take_counts, &counts);
}

static const char *fallback_name(void)
{
	return json_key(json_first(server.fallback));
}

static bool is_signed(const struct cJSON *object, const char *user, const char *key_id, const char *key)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);

	return signature_verify(arena, object, user, key_id, key) == SIGNATURE_GOOD;
}

static void upload__is_as_the_specification_says__the_first(void **state)
{
	const char *ed25519;
	size_t keys = 0;

	(void)state;
	upload();
	ed25519 = json_str(json_object(server.device_keys, "keys"), KEY_ID);
	assert_string_equal(json_str(server.device_keys, "user_id"), USER);
	assert_string_equal(json_str(server.device_keys, "device_id"), DEVICE);
	assert_string_equal(json_text(json_first(json_array(server.device_keys, "algorithms"))), OLM_ALGORITHM);
	assert_true(is_signed(server.device_keys, USER, KEY_ID, ed25519));
	for JSON_EACH (item, server.keys) {
		assert_true(str_starts(json_key(item), KEY_TYPE ":"));
		assert_null(json_get(item, "fallback"));
		assert_true(is_signed(item, USER, KEY_ID, ed25519));
		keys++;
	}
	assert_int_equal(keys, 50);
	assert_true(json_true(json_first(server.fallback), "fallback"));
	assert_true(is_signed(json_first(server.fallback), USER, KEY_ID, ed25519));
	assert_false(wants_upload());
}

static void upload__repeats_the_same_bytes__after_a_crash(void **state)
{
	struct want first, second;

	(void)state;
	assert_true(device_scratch_want(&own, WANT_KEYS_UPLOAD, &first));
	assert_int_equal(serve(&first), OUTCOME_OK);
	device_scratch_reply(&own, &first, OUTCOME_TROUBLE, NULL);
	device_scratch_crash(&own);
	assert_true(device_scratch_want(&own, WANT_KEYS_UPLOAD, &second));
	assert_string_equal(first.call.body, second.call.body);
	assert_int_equal(serve(&second), OUTCOME_OK);
	device_scratch_reply(&own, &second, OUTCOME_OK, server.answer);
	device_scratch_crash(&own);
	assert_false(wants_upload());
	assert_int_equal(server.count, 50);
	device_scratch_want_release(&first);
	device_scratch_want_release(&second);
}

static void upload__brings_what_was_given_out__and_no_device_keys(void **state)
{
	struct want want;

	(void)state;
	upload();
	batch(50, false);
	server.count = 43;
	batch(43, false);
	device_scratch_crash(&own);
	assert_true(device_scratch_want(&own, WANT_KEYS_UPLOAD, &want));
	assert_null(strstr(want.call.body, "device_keys"));
	assert_null(strstr(want.call.body, "fallback_keys"));
	assert_int_equal(serve(&want), OUTCOME_OK);
	device_scratch_reply(&own, &want, OUTCOME_OK, server.answer);
	device_scratch_want_release(&want);
	assert_int_equal(server.count, 50);
	assert_false(wants_upload());
}

static void counts__are_not_believed__from_before_the_upload_ended(void **state)
{
	(void)state;
	upload();
	batch(0, true);
	assert_false(wants_upload());
	batch(0, true);
	assert_true(wants_upload());
}

static void counts__make_no_further_keys__while_some_are_on_their_way(void **state)
{
	struct want first, second;

	(void)state;
	assert_true(device_scratch_want(&own, WANT_KEYS_UPLOAD, &first));
	batch(0, true);
	batch(0, true);
	assert_true(device_scratch_want(&own, WANT_KEYS_UPLOAD, &second));
	assert_string_equal(first.call.body, second.call.body);
	device_scratch_want_release(&first);
	device_scratch_want_release(&second);
}

static void upload__asks_for_more__when_the_server_says_so(void **state)
{
	struct want want;

	(void)state;
	assert_true(device_scratch_want(&own, WANT_KEYS_UPLOAD, &want));
	assert_int_equal(serve(&want), OUTCOME_OK);
	device_scratch_reply(&own, &want, OUTCOME_OK, "{\"one_time_key_counts\":{\"" KEY_TYPE "\":48}}");
	device_scratch_want_release(&want);
	assert_true(wants_upload());
	upload();
	assert_int_equal(server.count, 52);
}

static void upload__burns_the_device__when_keys_come_back_under_old_names(void **state)
{
	struct cJSON *other = json_object_create();
	AUTO_JSON first = NULL;
	struct want want;

	(void)state;
	assert_true(device_scratch_want(&own, WANT_KEYS_UPLOAD, &want));
	first = json_parse(want.call.body, strlen(want.call.body));
	json_set_str(other, "key", "of the time after the copy");
	json_set(server.keys, json_key(json_first(json_object(first, "one_time_keys"))), other);
	device_scratch_want_release(&want);
	upload();
	assert_true(device_scratch_has_incident(&own, "crypto.old_copy", DEVICE));
	device_scratch_crash(&own);
	assert_false(wants_upload());
	own.scratch.now_ms += 30 * MS_PER_DAY;
	batch(0, true);
	assert_false(wants_upload());
}

static void burn_in(struct turn *turn, void *context)
{
	(void)context;
	assert_false(keyring_take_own(turn, json_parse_in(turn_arena(turn), "{}", 2)));
}

static void queue_in(struct turn *turn, void *context)
{
	(void)context;
	todevice_add(turn, "m.dummy", "@an:example.org", "PHONE", "{}", NULL);
}

static void crypto_want__is_silent__for_a_burnt_device(void **state)
{
	struct want want;

	(void)state;
	upload();
	device_scratch_turn(&own, queue_in, NULL);
	assert_true(device_scratch_want(&own, WANT_TO_DEVICE, &want));
	device_scratch_want_release(&want);
	device_scratch_turn(&own, burn_in, NULL);
	device_scratch_crash(&own);
	for (int kind = 0; kind < WANT_KINDS; kind++)
		assert_false(device_scratch_want(&own, (enum want_kind)kind, &want));
}

static void upload__waits_an_hour__after_another_refusal(void **state)
{
	struct want want;

	(void)state;
	assert_true(device_scratch_want(&own, WANT_KEYS_UPLOAD, &want));
	device_scratch_reply(&own, &want, OUTCOME_REFUSED, "{\"errcode\":\"M_BAD_JSON\",\"error\":\"no\"}");
	device_scratch_want_release(&want);
	assert_false(wants_upload());
	assert_true(device_scratch_has_incident(&own, "crypto.upload_refused", DEVICE));
	own.scratch.now_ms += MS_PER_HOUR;
	upload();
	assert_false(device_scratch_has_incident(&own, "crypto.upload_refused", DEVICE));
}

static void fallback__is_replaced__when_spent(void **state)
{
	char *first;

	(void)state;
	upload();
	first = xstrdup(fallback_name());
	batch(50, false);
	batch(50, true);
	upload();
	assert_string_not_equal(first, fallback_name());
	free(first);
}

static void fallback__is_replaced__after_a_week(void **state)
{
	char *first;

	(void)state;
	upload();
	first = xstrdup(fallback_name());
	batch(50, false);
	own.scratch.now_ms += 7 * MS_PER_DAY - 1;
	batch(50, false);
	assert_false(wants_upload());
	own.scratch.now_ms += 1;
	batch(50, false);
	upload();
	assert_string_not_equal(first, fallback_name());
	free(first);
}

/* What somebody else's device would send us first, by this key. */
struct letter {
	const char *key;
	bool opens;
};

static void receive(struct turn *turn, void *context)
{
	struct arena *arena = turn_arena(turn);
	struct account *other = account_create(arena), *ours = keyring_load(own.crypto, turn_view(turn));
	struct pair_session *out, *in;
	struct plaintext plain;
	struct letter *letter = context;
	struct pair_message message;

	assert_int_equal(pair_session_create_outbound(arena, other, keyring_curve25519(turn_view(turn)), letter->key, &out), PAIR_OK);
	message = pair_session_encrypt(out, "hallo", 5);
	letter->opens = pair_session_create_inbound(arena, ours, account_curve25519(other), message.body, &in) == PAIR_OK &&
	                pair_session_decrypt(in, &message, &plain) == PAIR_OK;
}

static bool opens(const char *key)
{
	struct letter letter = { .key = key };

	device_scratch_turn(&own, receive, &letter);
	return letter.opens;
}

static void fallback__is_forgotten__an_hour_after_its_successor_was_published(void **state)
{
	char *first, *second;

	(void)state;
	upload();
	first = xstrdup(json_str(json_first(server.fallback), "key"));
	batch(50, false);
	batch(50, true);
	own.scratch.now_ms += MS_PER_DAY;
	assert_true(opens(first));
	upload();
	second = xstrdup(json_str(json_first(server.fallback), "key"));
	batch(50, false);
	own.scratch.now_ms += MS_PER_HOUR - 1;
	/* Spent already again: but then the first would go before its hour is over. */
	batch(50, true);
	assert_false(wants_upload());
	device_scratch_crash(&own);
	assert_true(opens(first));
	own.scratch.now_ms += 1;
	batch(50, false);
	device_scratch_crash(&own);
	assert_false(opens(first));
	assert_true(opens(second));
	free(first);
	free(second);
}

static void cross_sign(struct turn *turn, void *context)
{
	(void)context;
	keyring_take_cross_signature(own.crypto, turn, "ed25519:SELF", "c2lnbmF0dXJl");
}

static void device_keys__carry_the_cross_signature__once_there_is_one(void **state)
{
	(void)state;
	device_scratch_turn(&own, cross_sign, NULL);
	device_scratch_crash(&own);
	upload();
	assert_string_equal(json_str(json_get(json_get(server.device_keys, "signatures"), USER), "ed25519:SELF"), "c2lnbmF0dXJl");
	assert_true(is_signed(server.device_keys, USER, KEY_ID, json_str(json_object(server.device_keys, "keys"), KEY_ID)));
	device_scratch_turn(&own, cross_sign, NULL);
	assert_false(wants_upload());
}

static void sign_something(struct turn *turn, void *context)
{
	AUTO_JSON object = json_object_create();
	struct cJSON *signatures = json_object_create(), *ours = json_object_create();

	(void)context;
	json_set_str(object, "what", "anything");
	json_set_str(ours, KEY_ID, keyring_sign(own.crypto, turn_view(turn), object));
	json_set(signatures, USER, ours);
	json_set(object, "signatures", signatures);
	assert_true(is_signed(object, USER, KEY_ID, keyring_ed25519(turn_view(turn))));
}

static void keyring_sign__signs_as_the_device__any_object(void **state)
{
	(void)state;
	device_scratch_turn(&own, sign_something, NULL);
}

static void reopen(void)
{
	crypto_close(own.crypto);
	device_scratch_turn(&own, device_scratch_open_in, &own);
}

static void crypto_open__refuses__the_keys_of_another_device(void **state)
{
	(void)state;
	own.device = "OTHERDEVICE";
	reopen();
	assert_int_equal(own.opening, CRYPTO_OTHER_DEVICE);
	assert_null(own.crypto);
}

static void crypto_open__refuses__without_the_key_file(void **state)
{
	(void)state;
	assert_int_equal(unlink(own.key_path), 0);
	reopen();
	assert_int_equal(own.opening, CRYPTO_KEY_LOST);
	/* Nothing was put in its place. */
	assert_int_not_equal(access(own.key_path, F_OK), 0);
}

static void crypto_open__refuses__another_key_file(void **state)
{
	FILE *file = fopen(own.key_path, "we");

	(void)state;
	assert_non_null(file);
	assert_int_equal(fwrite("0123456789abcdef0123456789abcdef", 1, 32, file), 32);
	assert_int_equal(fclose(file), 0);
	reopen();
	assert_int_equal(own.opening, CRYPTO_KEY_LOST);
}

static void crypto_open__refuses__a_key_file_for_all_to_read(void **state)
{
	(void)state;
	assert_int_equal(chmod(own.key_path, 0644), 0);
	reopen();
	assert_int_equal(own.opening, CRYPTO_KEY_UNUSABLE);
}

static void set_pages(struct device_scratch *device, int pages)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", pages);
	assert_int_equal(sqlite3_exec(device->scratch.store->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* The turn is left in the middle of it; what was begun belongs to the caller by then, so it is not lost on the heap. */
static void crypto_open__can_be_closed__when_its_turn_was_dropped(void **state)
{
	static struct device_scratch fresh;

	(void)state;
	device_scratch_prepare(&fresh, USER, DEVICE);
	set_pages(&fresh, 1); /* as many as there are */
	assert_int_equal(turn_run(fresh.scratch.store, fresh.scratch.now_ms, device_scratch_open_in, &fresh), TURN_DROPPED);
	assert_non_null(fresh.crypto);
	crypto_close(fresh.crypto);
	set_pages(&fresh, 100000);
	device_scratch_turn(&fresh, device_scratch_open_in, &fresh);
	assert_int_equal(fresh.opening, CRYPTO_OPEN);
	device_scratch_close(&fresh);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(upload__is_as_the_specification_says__the_first, setup, teardown),
		cmocka_unit_test_setup_teardown(upload__repeats_the_same_bytes__after_a_crash, setup, teardown),
		cmocka_unit_test_setup_teardown(upload__brings_what_was_given_out__and_no_device_keys, setup, teardown),
		cmocka_unit_test_setup_teardown(counts__are_not_believed__from_before_the_upload_ended, setup, teardown),
		cmocka_unit_test_setup_teardown(counts__make_no_further_keys__while_some_are_on_their_way, setup, teardown),
		cmocka_unit_test_setup_teardown(upload__asks_for_more__when_the_server_says_so, setup, teardown),
		cmocka_unit_test_setup_teardown(upload__burns_the_device__when_keys_come_back_under_old_names, setup, teardown),
		cmocka_unit_test_setup_teardown(crypto_want__is_silent__for_a_burnt_device, setup, teardown),
		cmocka_unit_test_setup_teardown(upload__waits_an_hour__after_another_refusal, setup, teardown),
		cmocka_unit_test_setup_teardown(fallback__is_replaced__when_spent, setup, teardown),
		cmocka_unit_test_setup_teardown(fallback__is_replaced__after_a_week, setup, teardown),
		cmocka_unit_test_setup_teardown(fallback__is_forgotten__an_hour_after_its_successor_was_published, setup, teardown),
		cmocka_unit_test_setup_teardown(device_keys__carry_the_cross_signature__once_there_is_one, setup, teardown),
		cmocka_unit_test_setup_teardown(keyring_sign__signs_as_the_device__any_object, setup, teardown),
		cmocka_unit_test_setup_teardown(crypto_open__refuses__the_keys_of_another_device, setup, teardown),
		cmocka_unit_test_setup_teardown(crypto_open__refuses__without_the_key_file, setup, teardown),
		cmocka_unit_test_setup_teardown(crypto_open__refuses__another_key_file, setup, teardown),
		cmocka_unit_test_setup_teardown(crypto_open__refuses__a_key_file_for_all_to_read, setup, teardown),
		cmocka_unit_test_setup_teardown(crypto_open__can_be_closed__when_its_turn_was_dropped, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
