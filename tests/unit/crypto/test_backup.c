#include "crypto/backup.h"

#include "base/clock.h"
#include "crypto/backup_ask.h"
#include "crypto/identity.h"
#include "crypto/inbound.h"
#include "unit/crypto/key_server.h"
#include "unit/crypto/secrets.h"

#define USER "@bot:example.org"
#define ROOM "!room:example.org"

static struct key_server server;
static struct device_scratch own;
static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = secrets_arena();
	key_server_open(&server, USER);
	device_scratch_open(&own, USER, "FIRST");
	return own.opening == CRYPTO_OPEN ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	device_scratch_close(&own);
	key_server_close(&server);
	arena_destroy(arena);
	return 0;
}

static void make(struct turn *turn, void *context)
{
	(void)context;
	crypto_make_storage(own.crypto, turn);
}

static void start(void)
{
	device_scratch_turn(&own, make, NULL);
	key_server_settle(&server, &own);
}

static enum crypto_backup status(void)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	enum crypto_backup backup = crypto_status(view).backup;

	view_close(view);
	return backup;
}

/* One of our own sessions; its id. */
static const char *last_session;

static void keep_session(struct turn *turn, void *context)
{
	struct group_outbound *group = group_outbound_create(arena);

	(void)context;
	last_session = group_outbound_id(group);
	inbound_keep_own(own.crypto, turn, ROOM, group_outbound_session_key(group), false);
}

static const char *keep(void)
{
	device_scratch_turn(&own, keep_session, NULL);
	return last_session;
}

static size_t count_backed_up(void)
{
	size_t count = 0;

	for JSON_EACH (item, server.backed_up) {
		assert_non_null(json_str(json_object(item, "session_data"), "ciphertext"));
		count++;
	}
	return count;
}

struct asking {
	struct device_scratch *device;
	const char *session;
};

static void ask_in(struct turn *turn, void *context)
{
	const struct asking *asking = context;

	backup_ask(turn, ROOM, asking->session);
}

struct holding {
	struct device_scratch *device;
	const char *key;
};

static void recover_in(struct turn *turn, void *context)
{
	const struct holding *holding = context;

	crypto_recover(holding->device->crypto, turn, holding->key);
}

/* Another device of the account, with the recovery key. */
static void recover(struct device_scratch *second)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	const char *key = arena_dup(arena, crypto_recovery_key(own.crypto, view));

	view_close(view);
	device_scratch_open(second, USER, "SECOND");
	device_scratch_turn(second, recover_in, &(struct holding){ second, key });
	key_server_settle(&server, second);
}

static bool has_session(struct device_scratch *device, const char *session)
{
	struct view *view = view_open(device->scratch.store, device->scratch.now_ms);
	AUTO_JSON data = inbound_export(device->crypto, view, ROOM, session, 0);

	view_close(view);
	return data != NULL;
}

/* Events wait for it; some seconds later the backup is asked. */
static void fetch(struct device_scratch *second, const char *session)
{
	device_scratch_turn(second, ask_in, &(struct asking){ second, session });
	key_server_settle(&server, second);
	assert_false(has_session(second, session));
	second->scratch.now_ms += 5 * MS_PER_SECOND;
	key_server_settle(&server, second);
}

static void session__comes_back__on_another_device(void **state)
{
	struct device_scratch second;
	const char *session;

	(void)state;
	start();
	session = keep();
	key_server_settle(&server, &own);
	assert_int_equal(count_backed_up(), 1);
	recover(&second);
	fetch(&second, session);
	assert_true(has_session(&second, session));
	device_scratch_close(&second);
}

static void sessions__go_in_batches_of_100__each_once(void **state)
{
	struct want want;
	size_t sessions = 0;

	(void)state;
	for (int i = 0; i < 150; i++)
		(void)keep();
	start();
	assert_int_equal(count_backed_up(), 150);
	assert_false(device_scratch_want(&own, WANT_BACKUP, &want));
	(void)keep();
	assert_true(device_scratch_want(&own, WANT_BACKUP, &want));
	AUTO_JSON body = json_parse(want.call.body, strlen(want.call.body));
	for JSON_EACH (item, json_object(json_object(json_object(body, "rooms"), ROOM), "sessions"))
		sessions += json_key(item) != NULL;
	assert_int_equal(sessions, 1);
	device_scratch_want_release(&want);
}

static void batch__is_repeated__its_answer_lost(void **state)
{
	(void)state;
	start();
	(void)keep();
	assert_true(key_server_carry(&server, &own, true));
	device_scratch_crash(&own);
	key_server_settle(&server, &own);
	assert_int_equal(count_backed_up(), 1);
	assert_false(key_server_carry(&server, &own, false));
}

static void version__is_read_again_and_refused__another_made_one(void **state)
{
	static const char foreign[] = "{\"algorithm\":\"m.megolm_backup.v1.curve25519-aes-sha2\","
	                              "\"auth_data\":{\"public_key\":\"hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo\"}}";
	AUTO_JSON body = json_parse(foreign, strlen(foreign));

	(void)state;
	start();
	(void)key_server_create_backup(&server, body);
	(void)keep();
	key_server_settle(&server, &own);
	assert_int_equal(status(), CRYPTO_BACKUP_OFF);
	assert_int_equal(count_backed_up(), 0);
	assert_true(device_scratch_has_incident(&own, "backup.off", "not-ours"));
}

/* Of the same key, made by another device of ours: all goes there once more. */
static void version__is_filled_anew__ours_made_again(void **state)
{
	(void)state;
	start();
	(void)keep();
	key_server_settle(&server, &own);
	AUTO_JSON body = json_copy(server.backup);
	AUTO_JSON fresh = key_server_with(body, "version", NULL);
	(void)key_server_create_backup(&server, fresh);
	(void)keep();
	key_server_settle(&server, &own);
	assert_int_equal(status(), CRYPTO_BACKUP_ON);
	assert_int_equal(count_backed_up(), 2);
}

static void backup__stops_and_tells__deleted(void **state)
{
	(void)state;
	start();
	json_destroy(server.backup);
	server.backup = NULL;
	(void)keep();
	key_server_settle(&server, &own);
	assert_int_equal(status(), CRYPTO_BACKUP_OFF);
	assert_null(server.backup);
	assert_true(device_scratch_has_incident(&own, "backup.off", "deleted"));
}

static void backup__stops_and_tells__switched_off(void **state)
{
	(void)state;
	start();
	key_server_put(&server.account_data, "/_matrix/client/v3/user/%40bot%3Aexample.org/account_data/m.key_backup",
	               json_parse("{\"enabled\":false}", strlen("{\"enabled\":false}")));
	device_scratch_crash(&own);
	(void)keep();
	key_server_settle(&server, &own);
	assert_int_equal(status(), CRYPTO_BACKUP_OFF);
	assert_int_equal(count_backed_up(), 0);
}

static void backup__begins_by_itself__never(void **state)
{
	(void)state;
	(void)keep();
	key_server_settle(&server, &own);
	assert_int_equal(status(), CRYPTO_BACKUP_NONE);
	assert_null(server.backup);
}

/*
 * Anybody who knows the public key can put something there under any session's id: its MAC covers nothing. The
 * id, which is the session's own key, still has to be right.
 */
static void session__is_refused__another_under_its_name(void **state)
{
	struct device_scratch second;
	const char *one, *other;

	(void)state;
	start();
	one = keep();
	other = keep();
	key_server_settle(&server, &own);
	const char *one_path = arena_printf(arena, "%s/%s", url_escape(arena, ROOM), url_escape(arena, one));
	const char *other_path = arena_printf(arena, "%s/%s", url_escape(arena, ROOM), url_escape(arena, other));

	key_server_put(&server.backed_up, one_path, json_copy(json_get(server.backed_up, other_path)));
	recover(&second);
	fetch(&second, one);
	assert_false(has_session(&second, one));
	assert_false(has_session(&second, other));
	device_scratch_close(&second);
}

/* The scheme's MAC is over the empty string (MATRIX.md 7.12): one session's MAC fits another's only by its own key. */
static void mac__says_nothing_of_the_ciphertext__tampered(void **state)
{
	unsigned char key[KEY_BACKUP_KEY_BYTES] = { 7 };
	struct key_backup_sealed sealed;
	struct plaintext plaintext;

	(void)state;
	assert_int_equal(key_backup_seal(arena, key_backup_public_key(arena, key), "0123456789abcdef0123456789abcdef", 32, &sealed), KEY_BACKUP_OK);
	sealed.ciphertext = secrets_spoil(arena, sealed.ciphertext, 2);
	assert_int_equal(key_backup_open(arena, key, &sealed, &plaintext), KEY_BACKUP_OK);
	assert_int_equal(plaintext.len, 32);
	assert_memory_not_equal(plaintext.bytes, "0123456789abcdef0123456789abcdef", 32);
}

static void session__is_asked_once__not_there(void **state)
{
	size_t requests;

	(void)state;
	start();
	device_scratch_turn(&own, ask_in, &(struct asking){ &own, "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo" });
	own.scratch.now_ms += 5 * MS_PER_SECOND;
	key_server_settle(&server, &own);
	requests = server.requests;
	device_scratch_turn(&own, ask_in, &(struct asking){ &own, "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo" });
	own.scratch.now_ms += MS_PER_HOUR;
	key_server_settle(&server, &own);
	assert_int_equal(server.requests, requests);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(session__comes_back__on_another_device, setup, teardown),
		cmocka_unit_test_setup_teardown(sessions__go_in_batches_of_100__each_once, setup, teardown),
		cmocka_unit_test_setup_teardown(batch__is_repeated__its_answer_lost, setup, teardown),
		cmocka_unit_test_setup_teardown(version__is_read_again_and_refused__another_made_one, setup, teardown),
		cmocka_unit_test_setup_teardown(version__is_filled_anew__ours_made_again, setup, teardown),
		cmocka_unit_test_setup_teardown(backup__stops_and_tells__deleted, setup, teardown),
		cmocka_unit_test_setup_teardown(backup__stops_and_tells__switched_off, setup, teardown),
		cmocka_unit_test_setup_teardown(backup__begins_by_itself__never, setup, teardown),
		cmocka_unit_test_setup_teardown(session__is_refused__another_under_its_name, setup, teardown),
		cmocka_unit_test_setup_teardown(mac__says_nothing_of_the_ciphertext__tampered, setup, teardown),
		cmocka_unit_test_setup_teardown(session__is_asked_once__not_there, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
