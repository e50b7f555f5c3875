#include "crypto/secrets.h"

#include "crypto/identity.h"
#include "crypto/kdf.h"
#include "crypto/recovery_key.h"
#include "crypto/secret.h"
#include "unit/crypto/key_server.h"

#define USER   "@bot:example.org"
#define PREFIX "/_matrix/client/v3/user/%40bot%3Aexample.org/account_data/"

static struct key_server server;
static struct device_scratch own;

static int setup(void **state)
{
	(void)state;
	key_server_open(&server, USER);
	device_scratch_open(&own, USER, "FIRST");
	return own.opening == CRYPTO_OPEN ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	device_scratch_close(&own);
	key_server_close(&server);
	return 0;
}

static struct crypto_status status(struct device_scratch *device)
{
	static char failure[40];
	struct view *view = view_open(device->scratch.store, device->scratch.now_ms);
	struct crypto_status status = crypto_status(view);

	snprintf(failure, sizeof failure, "%s", status.failure ? status.failure : "");
	status.failure = failure;
	status.master = status.approval_url = NULL;
	view_close(view);
	return status;
}

static void make(struct turn *turn, void *context)
{
	(void)context;
	crypto_make_storage(own.crypto, turn);
}

static void forget(struct turn *turn, void *context)
{
	(void)context;
	crypto_forget_recovery_key(turn);
}

/* The recovery key, "" when there is none to show. */
static const char *recovery_key(void)
{
	static char text[100];
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	const char *key = crypto_recovery_key(own.crypto, view);

	snprintf(text, sizeof text, "%s", key ? key : "");
	view_close(view);
	return text;
}

/* An identity, and secret storage for it; the recovery key. */
static const char *found(void)
{
	device_scratch_turn(&own, make, NULL);
	key_server_settle(&server, &own);
	assert_int_equal(status(&own).storage, CRYPTO_STORAGE_MADE);
	return recovery_key();
}

struct recovery {
	struct device_scratch *device;
	const char *text;
};

static void recover_in(struct turn *turn, void *context)
{
	const struct recovery *recovery = context;

	crypto_recover(recovery->device->crypto, turn, recovery->text);
}

/* Another device of the account, with nothing but this text. */
static void recover(struct device_scratch *second, const char *text)
{
	device_scratch_open(second, USER, "SECOND");
	device_scratch_turn(second, recover_in, &(struct recovery){ second, text });
	key_server_settle(&server, second);
}

static const char *master(struct device_scratch *device)
{
	static char text[2][60];
	static int next;
	struct view *view = view_open(device->scratch.store, device->scratch.now_ms);

	next = !next;
	snprintf(text[next], sizeof text[next], "%s", crypto_status(view).master);
	view_close(view);
	return text[next];
}

static void storage__is_complete__its_key_shown_once(void **state)
{
	static const char *const names[] = {
		"m.cross_signing.master", "m.cross_signing.self_signing", "m.cross_signing.user_signing", "m.megolm_backup.v1", "m.secret_storage.default_key",
	};
	char path[200];

	(void)state;
	assert_true(strlen(found()) > 40);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		snprintf(path, sizeof path, "%s%s", PREFIX, names[i]);
		assert_non_null(json_get(server.account_data, path));
	}
	device_scratch_turn(&own, forget, NULL);
	assert_string_equal(recovery_key(), "");
	assert_int_equal(status(&own).storage, CRYPTO_STORAGE_KEPT);
	assert_int_equal(status(&own).backup, CRYPTO_BACKUP_ON);
}

static void storage__is_made_once__asked_twice(void **state)
{
	size_t requests;

	(void)state;
	(void)found();
	device_scratch_turn(&own, forget, NULL);
	requests = server.requests;
	device_scratch_turn(&own, make, NULL);
	key_server_settle(&server, &own);
	assert_int_equal(server.requests, requests);
}

static void storage__brings_the_same_identity__after_a_crash_at_each_step(void **state)
{
	(void)state;
	for (size_t at = 0; at < 16; at++) {
		struct device_scratch second;

		device_scratch_turn(&own, make, NULL);
		for (size_t step = 0; step < at; step++)
			(void)key_server_carry(&server, &own, false);
		(void)key_server_carry(&server, &own, true);
		device_scratch_crash(&own);
		key_server_settle(&server, &own);
		recover(&second, recovery_key());
		assert_int_equal(status(&second).storage, CRYPTO_STORAGE_KEPT);
		assert_int_equal(status(&second).identity, CRYPTO_IDENTITY_GOOD);
		assert_int_equal(status(&second).backup, CRYPTO_BACKUP_ON);
		assert_string_equal(master(&second), master(&own));
		assert_int_equal(server.publications, 1);
		device_scratch_close(&second);
		(void)teardown(NULL);
		assert_int_equal(setup(NULL), 0);
	}
}

static void recovery__goes_on__after_a_crash_at_each_step(void **state)
{
	const char *key;

	(void)state;
	key = found();
	for (size_t at = 0; at < 12; at++) {
		struct device_scratch second;

		device_scratch_open(&second, USER, "SECOND");
		device_scratch_turn(&second, recover_in, &(struct recovery){ &second, key });
		for (size_t step = 0; step < at; step++)
			(void)key_server_carry(&server, &second, false);
		(void)key_server_carry(&server, &second, true);
		device_scratch_crash(&second);
		key_server_settle(&server, &second);
		assert_int_equal(status(&second).identity, CRYPTO_IDENTITY_GOOD);
		device_scratch_close(&second);
		key_server_put(&server.devices, "SECOND", NULL);
		key_server_put(&server.signatures, "SECOND", NULL);
	}
	assert_int_equal(server.publications, 1);
}

static void recovery__fails_and_changes_nothing__wrong_key(void **state)
{
	struct device_scratch second;

	(void)state;
	(void)found();
	recover(&second, "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d");
	assert_int_equal(status(&second).storage, CRYPTO_STORAGE_FAILED);
	assert_string_equal(status(&second).failure, "wrong-key");
	assert_int_equal(status(&second).identity, CRYPTO_IDENTITY_FOREIGN);
	assert_int_equal(server.publications, 1);
	device_scratch_close(&second);
}

/* One secret on the server, of a key, now of another. */
static void seal_anew(const char *name, const char *key_id, const unsigned char *old, const unsigned char *new)
{
	AUTO_ARENA arena = arena_create_secret(1024 * 1024);
	const char *path = arena_printf(arena, "%s%s", PREFIX, name);
	const struct cJSON *sealed = json_object(json_object(json_get(server.account_data, path), "encrypted"), key_id);
	struct cJSON *content = json_object_create(), *encrypted = json_object_create();
	char *text;

	assert_int_equal(secret_open(arena, old, name, sealed, &text), SECRET_OPENED);
	json_set(encrypted, key_id, secret_seal(new, name, text));
	json_set(content, "encrypted", encrypted);
	key_server_put(&server.account_data, path, content);
}

/* The storage as another client makes it, of which its owner knows a passphrase alone. */
static void choose_passphrase(const char *recovery_key, const char *passphrase)
{
	static const char *const names[] = { "m.cross_signing.master", "m.cross_signing.self_signing", "m.cross_signing.user_signing", "m.megolm_backup.v1" };
	static const char recipe[] = "{\"algorithm\":\"m.pbkdf2\",\"salt\":\"zout\",\"iterations\":1000}";
	unsigned char old[RECOVERY_KEY_BYTES], new[RECOVERY_KEY_BYTES];
	struct cJSON *description;
	char key_id[60], path[200];

	snprintf(key_id, sizeof key_id, "%s", json_str(json_get(server.account_data, PREFIX "m.secret_storage.default_key"), "key"));
	assert_int_equal(recovery_key_parse(recovery_key, old), RECOVERY_KEY_OK);
	assert_true(pbkdf2_sha512(passphrase, "zout", 1000, new, sizeof new));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		seal_anew(names[i], key_id, old, new);
	description = secret_key_describe(new);
	json_set(description, "passphrase", json_parse(recipe, strlen(recipe)));
	snprintf(path, sizeof path, "%sm.secret_storage.key.%s", PREFIX, key_id);
	key_server_put(&server.account_data, path, description);
}

static void recovery__brings_the_identity__by_a_passphrase(void **state)
{
	struct device_scratch second;

	(void)state;
	choose_passphrase(found(), "een zin die ik onthoud");
	recover(&second, "een zin die ik onthoud");
	assert_int_equal(status(&second).storage, CRYPTO_STORAGE_KEPT);
	assert_int_equal(status(&second).identity, CRYPTO_IDENTITY_GOOD);
	assert_int_equal(status(&second).backup, CRYPTO_BACKUP_ON);
	assert_string_equal(master(&second), master(&own));
	assert_int_equal(server.publications, 1);
	device_scratch_close(&second);
}

static void recovery__fails_and_changes_nothing__wrong_passphrase(void **state)
{
	struct device_scratch second;

	(void)state;
	choose_passphrase(found(), "een zin die ik onthoud");
	recover(&second, "een zin die ik vergat");
	assert_string_equal(status(&second).failure, "wrong-key");
	assert_int_equal(status(&second).identity, CRYPTO_IDENTITY_FOREIGN);
	device_scratch_close(&second);
}

static void recovery__fails__nothing_stored(void **state)
{
	struct device_scratch second;

	(void)state;
	key_server_settle(&server, &own);
	recover(&second, "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d");
	assert_string_equal(status(&second).failure, "absent");
	device_scratch_close(&second);
}

/* The server changes one byte of what it keeps. */
static void recovery__fails__secret_tampered(void **state)
{
	static const char path[] = PREFIX "m.cross_signing.self_signing";
	struct device_scratch second;
	AUTO_ARENA arena = arena_create(1024 * 1024);
	const char *key;
	char *text, *at;

	(void)state;
	key = found();
	text = json_print(arena, json_get(server.account_data, path));
	at = strstr(text, "\"ciphertext\":\"") + strlen("\"ciphertext\":\"");
	*at = *at == 'A' ? 'B' : 'A';
	key_server_put(&server.account_data, path, json_parse(text, strlen(text)));
	recover(&second, key);
	assert_string_equal(status(&second).failure, "broken");
	assert_int_equal(status(&second).identity, CRYPTO_IDENTITY_FOREIGN);
	device_scratch_close(&second);
}

/* Everything opens, but it is the identity of before a reset. */
static void recovery__fails__other_identity_on_the_server(void **state)
{
	static struct key_server other_server;
	struct device_scratch second, other;
	const char *key;

	(void)state;
	key = found();
	key_server_open(&other_server, USER);
	device_scratch_open(&other, USER, "OTHER");
	key_server_settle(&other_server, &other);
	json_destroy(server.identity);
	server.identity = json_copy(other_server.identity);
	recover(&second, key);
	assert_string_equal(status(&second).failure, "other-identity");
	assert_int_equal(status(&second).identity, CRYPTO_IDENTITY_FOREIGN);
	device_scratch_close(&second);
	device_scratch_close(&other);
	key_server_close(&other_server);
}

/* Recovered, with a backup whose key a third device gets out of the storage again. */
static void assert_backed_up(const char *key)
{
	struct device_scratch second, third;

	recover(&second, key);
	assert_int_equal(status(&second).identity, CRYPTO_IDENTITY_GOOD);
	assert_int_equal(status(&second).storage, CRYPTO_STORAGE_KEPT);
	assert_int_equal(status(&second).backup, CRYPTO_BACKUP_ON);
	device_scratch_close(&second);
	device_scratch_open(&third, USER, "THIRD");
	key_server_settle(&server, &third);
	device_scratch_turn(&third, recover_in, &(struct recovery){ &third, key });
	key_server_settle(&server, &third);
	assert_int_equal(status(&third).backup, CRYPTO_BACKUP_ON);
	device_scratch_close(&third);
}

static void recovery__makes_a_backup__there_was_none(void **state)
{
	const char *key;

	(void)state;
	key = found();
	key_server_put(&server.account_data, PREFIX "m.megolm_backup.v1", NULL);
	json_destroy(server.backup);
	server.backup = NULL;
	assert_backed_up(key);
}

/* Deleted account data are an empty object; and what nobody can read is no backup. */
static void recovery__makes_a_backup__its_key_gone(void **state)
{
	const char *key;
	int version;

	(void)state;
	key = found();
	version = server.backup_version;
	key_server_put(&server.account_data, PREFIX "m.megolm_backup.v1", json_object_create());
	assert_backed_up(key);
	assert_int_equal(server.backup_version, version + 1);
}

/* What another key opens is somebody's, and stays. */
static void recovery__leaves_the_backup_alone__sealed_for_others(void **state)
{
	static const char sealed[] = "{\"encrypted\":{\"others\":{\"iv\":\"a\",\"ciphertext\":\"b\",\"mac\":\"c\"}}}";
	AUTO_ARENA arena = arena_create(64 * 1024);
	struct device_scratch second;
	const char *key;

	(void)state;
	key = found();
	key_server_put(&server.account_data, PREFIX "m.megolm_backup.v1", json_parse(sealed, strlen(sealed)));
	recover(&second, key);
	assert_int_equal(status(&second).identity, CRYPTO_IDENTITY_GOOD);
	assert_int_equal(status(&second).storage, CRYPTO_STORAGE_KEPT);
	assert_int_equal(status(&second).backup, CRYPTO_BACKUP_NONE);
	assert_string_equal(json_print(arena, json_get(server.account_data, PREFIX "m.megolm_backup.v1")), sealed);
	device_scratch_close(&second);
}

static void retire_in(struct turn *turn, void *context)
{
	crypto_retire(turn, *(const enum crypto_past *)context, NULL);
}

static void retire(enum crypto_past past, const char *new_device)
{
	crypto_close(own.crypto);
	own.crypto = NULL;
	device_scratch_turn(&own, retire_in, &past);
	own.device = new_device;
	device_scratch_crash(&own);
}

/* A hard logout: the seeds we hold sign the new device, and no recovery key is needed. */
static void new_device__is_signed_by_the_same_identity__old_one_retired(void **state)
{
	(void)state;
	(void)found();
	retire(CRYPTO_PAST_READABLE, "SECOND");
	assert_int_equal(own.opening, CRYPTO_OPEN);
	assert_int_not_equal(status(&own).identity, CRYPTO_IDENTITY_GOOD);
	key_server_settle(&server, &own);
	assert_int_equal(status(&own).identity, CRYPTO_IDENTITY_GOOD);
	assert_int_equal(server.publications, 1);
}

static void device__is_never_opened_again__retired(void **state)
{
	(void)state;
	(void)found();
	retire(CRYPTO_PAST_GONE, "FIRST");
	assert_int_equal(own.opening, CRYPTO_RETIRED_DEVICE);
}

/* The copy came to another machine, whose key file does not open its secrets. */
static void identity__is_forgotten__its_key_file_lost(void **state)
{
	const char *key;

	(void)state;
	key = found();
	assert_int_equal(unlink(own.key_path), 0);
	retire(CRYPTO_PAST_GONE, "SECOND");
	assert_int_equal(own.opening, CRYPTO_OPEN);
	key_server_settle(&server, &own);
	assert_int_equal(status(&own).identity, CRYPTO_IDENTITY_FOREIGN);
	device_scratch_turn(&own, recover_in, &(struct recovery){ &own, key });
	key_server_settle(&server, &own);
	assert_int_equal(status(&own).identity, CRYPTO_IDENTITY_GOOD);
	assert_int_equal(server.publications, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(storage__is_complete__its_key_shown_once, setup, teardown),
		cmocka_unit_test_setup_teardown(storage__is_made_once__asked_twice, setup, teardown),
		cmocka_unit_test_setup_teardown(storage__brings_the_same_identity__after_a_crash_at_each_step, setup, teardown),
		cmocka_unit_test_setup_teardown(recovery__goes_on__after_a_crash_at_each_step, setup, teardown),
		cmocka_unit_test_setup_teardown(recovery__fails_and_changes_nothing__wrong_key, setup, teardown),
		cmocka_unit_test_setup_teardown(recovery__brings_the_identity__by_a_passphrase, setup, teardown),
		cmocka_unit_test_setup_teardown(recovery__fails_and_changes_nothing__wrong_passphrase, setup, teardown),
		cmocka_unit_test_setup_teardown(recovery__fails__nothing_stored, setup, teardown),
		cmocka_unit_test_setup_teardown(recovery__fails__secret_tampered, setup, teardown),
		cmocka_unit_test_setup_teardown(recovery__fails__other_identity_on_the_server, setup, teardown),
		cmocka_unit_test_setup_teardown(recovery__makes_a_backup__there_was_none, setup, teardown),
		cmocka_unit_test_setup_teardown(recovery__makes_a_backup__its_key_gone, setup, teardown),
		cmocka_unit_test_setup_teardown(recovery__leaves_the_backup_alone__sealed_for_others, setup, teardown),
		cmocka_unit_test_setup_teardown(new_device__is_signed_by_the_same_identity__old_one_retired, setup, teardown),
		cmocka_unit_test_setup_teardown(device__is_never_opened_again__retired, setup, teardown),
		cmocka_unit_test_setup_teardown(identity__is_forgotten__its_key_file_lost, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
