/*
 * What crypto wants of the server, between failures.
 */
#include "crypto/crypto.h"
#include "unit/engine/stub.h"

#define ENCRYPTED "!kruitberg:console"

static struct stub stub;
static char key_path[64];
static const struct crypto_options crypto = { .key_path = key_path, .user = "@rotonde:console", .device = "ROTONDE" };

static const char *answer(void *context, const struct stub_call *call, enum outcome *ret_outcome, const char **ret_error)
{
	(void)context;
	(void)call;
	*ret_error = "timeout";
	*ret_outcome = OUTCOME_TROUBLE;
	return NULL;
}

static int setup(void **state)
{
	(void)state;
	stub_open(&stub);
	snprintf(key_path, sizeof key_path, "%s/crypto.key", stub.folder);
	stub.crypto = &crypto;
	stub.answer = answer;
	stub_restart(&stub);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stub_close(&stub);
	return 0;
}

static int asked_for_members(void)
{
	int count = 0;

	for (size_t i = 0; i < stub.calls_len; i++)
		count += strstr(stub.calls[i].path, "/members?") != NULL;
	return count;
}

/* A backoff that outlived its want once made every wait one of no time at all. */
static void keys__do_not_spin__when_what_failed_is_wanted_no_more(void **state)
{
	static const struct room_encryption megolm = { .algorithm = "m.megolm.v1.aes-sha2" };

	(void)state;
	stub_room(&stub, &(struct room_update){
		.room = ENCRYPTED, .membership = MEMBERSHIP_JOINED, .encryption = &megolm, .history_visibility = "shared",
	});
	assert_int_equal(asked_for_members(), 1);
	stub_room(&stub, &(struct room_update){ .room = ENCRYPTED, .membership = MEMBERSHIP_LEFT });
	stub_later(&stub, 5 * MS_PER_MINUTE);
	assert_int_equal(asked_for_members(), 1);
	assert_true(stub.wait_ms > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(keys__do_not_spin__when_what_failed_is_wanted_no_more, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
