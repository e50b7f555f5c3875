#include "matrix/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "matrix/wire_send.h"

#include "unit/cmocka_all.h"

static char folder[] = "/tmp/rotonde-session-XXXXXX";
static char path[64];

static void put_file(const char *text, unsigned mode)
{
	assert_int_equal(file_write_durable(path, text, strlen(text), mode), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static void session_renew__stands__on_the_disk(void **state)
{
	char access[] = "a1", refresh[] = "r1", again[] = "a2";
	struct wire_account account = { .user = "@r:hs", .access_token = access, .refresh_token = refresh, .expires_in_ms = 300000 };
	struct session session, loaded;
	char device[16];

	(void)state;
	session_init(&session, "https://hs");
	assert_int_equal(strlen(session.device), 10);
	(void)snprintf(device, sizeof device, "%s", session.device);
	assert_int_equal(session_renew(&session, path, &account, 1000), SESSION_OK);
	assert_true(file_is_private(path));
	assert_int_equal(session_load(path, &loaded), SESSION_OK);
	assert_string_equal(loaded.user, "@r:hs");
	assert_string_equal(loaded.device, device);
	assert_string_equal(loaded.access_token, "a1");
	assert_string_equal(loaded.refresh_token, "r1");
	assert_int_equal(loaded.expires_at_ms, 301000);
	session_release(&loaded);
	/* What a refresh leaves out stays. */
	account = (struct wire_account){ .access_token = again };
	assert_int_equal(session_renew(&session, path, &account, 2000), SESSION_OK);
	assert_int_equal(session_load(path, &loaded), SESSION_OK);
	assert_string_equal(loaded.access_token, "a2");
	assert_string_equal(loaded.refresh_token, "r1");
	assert_string_equal(loaded.user, "@r:hs");
	assert_int_equal(loaded.expires_at_ms, 0);
	session_release(&loaded);
	session_release(&session);
}

static void session_renew__changes__nothing_without_a_disk(void **state)
{
	char access[] = "a1";
	struct wire_account account = { .access_token = access };
	struct session session;

	(void)state;
	session_init(&session, "https://hs");
	assert_int_equal(session_renew(&session, "/nonexistent/session.json", &account, 0), SESSION_DISK);
	assert_null(session.access_token);
	session_release(&session);
}

static void session_load__tells__what_is_wrong(void **state)
{
	struct session session = { 0 };

	(void)state;
	(void)unlink(path);
	assert_int_equal(session_load(path, &session), SESSION_MISSING);
	put_file("{\"homeserver\":\"https://hs\",\"device\":\"D\",\"expires_at_ms\":0,\"refresh_at_ms\":0}", 0644);
	assert_int_equal(session_load(path, &session), SESSION_UNSAFE);
	put_file("{\"homeserver\":\"https://hs\"}", 0600);
	assert_int_equal(session_load(path, &session), SESSION_BROKEN);
	put_file("", 0600);
	assert_int_equal(session_load(path, &session), SESSION_BROKEN);
	assert_int_equal(session_load(folder, &session), SESSION_UNSAFE);
	assert_null(session.homeserver);
}

static void session_wants_refresh__before_the_end(void **state)
{
	char access[] = "a", refresh[] = "r";
	struct wire_account account = { .access_token = access, .refresh_token = refresh, .expires_in_ms = 300000 };
	struct session session;

	(void)state;
	session_init(&session, "https://hs");
	assert_int_equal(session_renew(&session, path, &account, 0), SESSION_OK);
	assert_false(session_wants_refresh(&session, 239999));
	assert_true(session_wants_refresh(&session, 240000));
	assert_false(session_is_expired(&session, 299999));
	assert_true(session_is_expired(&session, 300000));
	/* A short life is used for three quarters. */
	account.expires_in_ms = 4000;
	assert_int_equal(session_renew(&session, path, &account, 0), SESSION_OK);
	assert_false(session_wants_refresh(&session, 2999));
	assert_true(session_wants_refresh(&session, 3000));
	session_release(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(session_renew__stands__on_the_disk),
		cmocka_unit_test(session_renew__changes__nothing_without_a_disk),
		cmocka_unit_test(session_load__tells__what_is_wrong),
		cmocka_unit_test(session_wants_refresh__before_the_end),
	};
	int failed;

	if (!mkdtemp(folder))
		return 1;
	(void)snprintf(path, sizeof path, "%s/session.json", folder);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)unlink(path);
	(void)rmdir(folder);
	return failed;
}
