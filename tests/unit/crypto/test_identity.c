#include "crypto/identity.h"

#include "base/clock.h"
#include "crypto/keyring.h"
#include "crypto/signature.h"
#include "unit/crypto/key_server.h"

#define USER   "@bot:example.org"
#define DEVICE "BOTDEVICE"

static struct key_server server;
static struct device_scratch own;

static int setup(void **state)
{
	(void)state;
	key_server_open(&server, USER);
	device_scratch_open(&own, USER, DEVICE);
	return own.opening == CRYPTO_OPEN ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	device_scratch_close(&own);
	key_server_close(&server);
	return 0;
}

static bool is_good(void)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	bool good = identity_is_good(view);

	view_close(view);
	return good;
}

static enum crypto_identity status(void)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	enum crypto_identity identity = crypto_status(view).identity;

	view_close(view);
	return identity;
}

static bool verifies(const struct cJSON *object, const char *name, const char *key)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);

	return signature_verify(arena, object, USER, arena_printf(arena, "ed25519:%s", name), key) == SIGNATURE_GOOD;
}

/* As another user reads it: device by self-signing key, self-signing key by master. */
static bool chain_verifies(void)
{
	const struct cJSON *master = json_object(server.identity, "master_key"), *self_signing = json_object(server.identity, "self_signing_key");
	const char *master_key = key_server_key_of(master), *self_signing_key = key_server_key_of(self_signing);
	AUTO_JSON device = key_server_show(&server, json_object(server.devices, own.device), own.device);

	return verifies(self_signing, master_key, master_key) && verifies(device, self_signing_key, self_signing_key);
}

static void begin_login(struct turn *turn, void *context)
{
	crypto_begin_login(own.crypto, turn, context);
}

static void login(const char *password)
{
	device_scratch_turn(&own, begin_login, (void *)(uintptr_t)password);
}

static void identity__is_made_and_signs_the_device__nobody_has_one(void **state)
{
	(void)state;
	assert_false(is_good());
	key_server_settle(&server, &own);
	assert_true(is_good());
	assert_true(chain_verifies());
	assert_int_equal(server.publications, 1);
	assert_int_equal(status(), CRYPTO_IDENTITY_GOOD);
}

static void device__is_signed_in_its_first_upload__ever(void **state)
{
	const char *self_signing;

	(void)state;
	server.drops_signatures = true;
	key_server_settle(&server, &own);
	self_signing = key_server_key_of(json_object(server.identity, "self_signing_key"));
	assert_true(verifies(json_object(server.devices, DEVICE), self_signing, self_signing));
}

/* The process dies before, or after, each request is answered, and starts again. */
static void identity__is_one_and_good__crash_at_each_step(void **state)
{
	(void)state;
	for (size_t at = 0; at < 8; at++) {
		for (int lost = 0; lost < 2; lost++) {
			for (size_t step = 0; step < at; step++)
				(void)key_server_carry(&server, &own, false);
			if (lost)
				(void)key_server_carry(&server, &own, true);
			device_scratch_crash(&own);
			key_server_settle(&server, &own);
			assert_true(is_good());
			assert_true(chain_verifies());
			(void)teardown(NULL);
			assert_int_equal(setup(NULL), 0);
		}
	}
}

static void identity__stays_as_it_is__started_again(void **state)
{
	size_t requests;

	(void)state;
	key_server_settle(&server, &own);
	requests = server.requests;
	device_scratch_crash(&own);
	assert_true(is_good());
	key_server_settle(&server, &own);
	assert_true(is_good());
	assert_int_equal(server.requests, requests + 1);
	assert_int_equal(server.publications, 1);
}

/* Somebody else's account data: another bot's identity under this user. */
static struct cJSON *take_identity_of_another(void)
{
	static struct key_server other_server;
	struct device_scratch other;
	struct cJSON *identity;

	key_server_open(&other_server, USER);
	device_scratch_open(&other, USER, "OTHERDEVICE");
	key_server_settle(&other_server, &other);
	identity = json_copy(other_server.identity);
	device_scratch_close(&other);
	key_server_close(&other_server);
	return identity;
}

static void identity__is_never_replaced__the_server_has_another(void **state)
{
	(void)state;
	json_destroy(server.identity);
	server.identity = take_identity_of_another();
	login("secret");
	key_server_settle(&server, &own);
	assert_false(is_good());
	assert_int_equal(status(), CRYPTO_IDENTITY_FOREIGN);
	assert_int_equal(server.publications, 0);
	assert_true(device_scratch_has_incident(&own, "identity.not_ours", USER));
}


static void take_change(struct turn *turn, void *context)
{
	const char *const changed[] = { USER };

	(void)context;
	crypto_take_keys(own.crypto, turn, &(struct key_news){ .changed = changed, .changed_len = 1, .one_time_keys = 50 });
}

static void identity__is_not_good__replaced_on_the_server(void **state)
{
	struct cJSON *ours;

	(void)state;
	key_server_settle(&server, &own);
	ours = server.identity;
	server.identity = take_identity_of_another();
	device_scratch_turn(&own, take_change, NULL);
	key_server_settle(&server, &own);
	assert_int_equal(status(), CRYPTO_IDENTITY_FOREIGN);
	assert_int_equal(server.publications, 1);
	json_destroy(server.identity);
	server.identity = ours;
	device_scratch_turn(&own, take_change, NULL);
	key_server_settle(&server, &own);
	assert_true(is_good());
	assert_false(device_scratch_has_incident(&own, "identity.not_ours", USER));
}

static void identity__is_not_good__its_self_signing_key_replaced(void **state)
{
	AUTO_JSON another = NULL;

	(void)state;
	key_server_settle(&server, &own);
	another = take_identity_of_another();
	key_server_put(&server.identity, "self_signing_key", json_copy(json_object(another, "self_signing_key")));
	device_scratch_crash(&own);
	key_server_settle(&server, &own);
	assert_int_equal(status(), CRYPTO_IDENTITY_FOREIGN);
}

static void identity__is_published_again__lost_on_the_server(void **state)
{
	AUTO_JSON ours = NULL;

	(void)state;
	key_server_settle(&server, &own);
	ours = json_copy(server.identity);
	json_destroy(server.identity);
	server.identity = json_object_create();
	device_scratch_crash(&own);
	key_server_settle(&server, &own);
	assert_true(is_good());
	assert_string_equal(key_server_key_of(json_object(ours, "master_key")), key_server_key_of(json_object(server.identity, "master_key")));
}

static void publication__waits_for_a_person__password_wanted(void **state)
{
	(void)state;
	server.proof = PROOF_PASSWORD;
	server.password = "secret";
	key_server_settle(&server, &own);
	assert_int_equal(status(), CRYPTO_IDENTITY_PASSWORD);
	login("secret");
	key_server_settle(&server, &own);
	assert_true(is_good());
	assert_false(device_scratch_has_incident(&own, "identity.refused", USER));
}

static void publication__ends__wrong_password(void **state)
{
	(void)state;
	server.proof = PROOF_PASSWORD;
	server.password = "secret";
	login("guess");
	key_server_settle(&server, &own);
	assert_int_equal(status(), CRYPTO_IDENTITY_PASSWORD);
	assert_int_equal(server.publications, 0);
}

/* Between our question and our keys somebody else was faster: a proof would replace his. */
static void publication__gives_no_proof__another_came_first(void **state)
{
	(void)state;
	server.proof = PROOF_PASSWORD;
	server.password = "secret";
	login("secret");
	assert_true(key_server_carry(&server, &own, false));
	json_destroy(server.identity);
	server.identity = take_identity_of_another();
	key_server_settle(&server, &own);
	assert_int_equal(status(), CRYPTO_IDENTITY_FOREIGN);
	assert_int_equal(server.publications, 0);
}

static void publication__names_the_page__approval_wanted(void **state)
{
	struct view *view;

	(void)state;
	server.proof = PROOF_PAGE;
	for (int i = 0; i < 3; i++)
		assert_true(key_server_carry(&server, &own, false));
	view = view_open(own.scratch.store, own.scratch.now_ms);
	assert_string_equal(crypto_status(view).approval_url, "https://auth.example.org/reset");
	assert_int_equal(crypto_status(view).identity, CRYPTO_IDENTITY_APPROVAL);
	view_close(view);
	key_server_settle(&server, &own);
	assert_true(is_good());
}

static void signatures__are_tried_a_few_times__never_shown(void **state)
{
	size_t requests;

	(void)state;
	server.drops_signatures = true;
	key_server_settle(&server, &own);
	assert_false(is_good());
	assert_true(device_scratch_has_incident(&own, "identity.hidden", USER));
	requests = server.requests;
	assert_true(requests < 12);
	server.drops_signatures = false;
	own.scratch.now_ms += MS_PER_HOUR;
	key_server_settle(&server, &own);
	assert_true(is_good());
	assert_false(device_scratch_has_incident(&own, "identity.hidden", USER));
}

static void refusal__is_tried_an_hour_later__for_every_request(void **state)
{
	static const char *const paths[] = { "/keys/query", "/keys/device_signing/upload", "/keys/signatures/upload" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		server.fails = paths[i];
		key_server_settle(&server, &own);
		assert_true(device_scratch_has_incident(&own, "identity.refused", USER));
		server.fails = NULL;
		assert_false(key_server_carry(&server, &own, false));
		own.scratch.now_ms += MS_PER_HOUR;
		key_server_settle(&server, &own);
		assert_true(is_good());
		(void)teardown(NULL);
		assert_int_equal(setup(NULL), 0);
	}
}

static void query__is_asked_again_later__senseless_answer(void **state)
{
	struct want want;

	(void)state;
	assert_true(device_scratch_want(&own, WANT_IDENTITY, &want));
	device_scratch_reply(&own, &want, OUTCOME_OK, "{}");
	device_scratch_want_release(&want);
	assert_false(device_scratch_want(&own, WANT_IDENTITY, &want));
	assert_int_equal(status(), CRYPTO_IDENTITY_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(identity__is_made_and_signs_the_device__nobody_has_one, setup, teardown),
		cmocka_unit_test_setup_teardown(device__is_signed_in_its_first_upload__ever, setup, teardown),
		cmocka_unit_test_setup_teardown(identity__is_one_and_good__crash_at_each_step, setup, teardown),
		cmocka_unit_test_setup_teardown(identity__stays_as_it_is__started_again, setup, teardown),
		cmocka_unit_test_setup_teardown(identity__is_never_replaced__the_server_has_another, setup, teardown),
		cmocka_unit_test_setup_teardown(identity__is_not_good__replaced_on_the_server, setup, teardown),
		cmocka_unit_test_setup_teardown(identity__is_not_good__its_self_signing_key_replaced, setup, teardown),
		cmocka_unit_test_setup_teardown(identity__is_published_again__lost_on_the_server, setup, teardown),
		cmocka_unit_test_setup_teardown(publication__waits_for_a_person__password_wanted, setup, teardown),
		cmocka_unit_test_setup_teardown(publication__ends__wrong_password, setup, teardown),
		cmocka_unit_test_setup_teardown(publication__gives_no_proof__another_came_first, setup, teardown),
		cmocka_unit_test_setup_teardown(publication__names_the_page__approval_wanted, setup, teardown),
		cmocka_unit_test_setup_teardown(signatures__are_tried_a_few_times__never_shown, setup, teardown),
		cmocka_unit_test_setup_teardown(refusal__is_tried_an_hour_later__for_every_request, setup, teardown),
		cmocka_unit_test_setup_teardown(query__is_asked_again_later__senseless_answer, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
