#include "matrix/matrix.h"

#include "base/clock.h"
#include "unit/matrix/canned_client.h"

#define LOGIN "POST /_matrix/client/v3/login"
#define SEND  "PUT /_matrix/client/v3/rooms/%21r/send/m.room.message/1-7"

static void matrix_sync__starts__with_the_checks(void **state)
{
	struct canned_rule rules[] = { GOOD_START, { SYNC, CANNED_OK("{\"next_batch\":\"s2\"}"), 0, 0 } };
	const char *heads;

	(void)state;
	open_with(rules, 4, NULL, 0);
	assert_string_equal(transport->own_id(transport->self), "@r:hs");
	assert_outcome(sync_once(), OUTCOME_OK, "");
	assert_int_equal(arrival.kind, ARRIVAL_BATCH);
	assert_string_equal(arrival.batch->next, "s2");
	assert_string_equal(arrival.batch->since, "s1");
	assert_outcome(sync_once(), OUTCOME_OK, "");
	heads = canned_heads(&server);
	assert_int_equal(count_heads(heads, VERSIONS), 1);
	assert_int_equal(count_heads(heads, FILTER), 1);
	assert_int_equal(count_heads(heads, SYNC "?filter=5&timeout=0&set_presence=offline&since=s1"), 2);
	assert_int_equal(count_heads(heads, "Bearer old"), 4);
}

static void matrix_sync__refuses__another_account_and_an_old_server(void **state)
{
	struct canned_rule other[] = { { VERSIONS, CANNED_OK("{\"versions\":[\"v1.11\"]}"), 0, 0 },
		                       { WHOAMI, CANNED_OK("{\"user_id\":\"@r:hs\",\"device_id\":\"OTHER\"}"), 0, 0 },
		                       { FILTER, CANNED_OK("{\"filter_id\":\"5\"}"), 0, 0 } };
	struct canned_rule old[] = { { VERSIONS, CANNED_OK("{\"versions\":[\"v1.10\"]}"), 0, 0 },
		                     { WHOAMI, CANNED_OK("{\"user_id\":\"@r:hs\",\"device_id\":\"DEV\"}"), 0, 0 },
		                     { FILTER, CANNED_OK("{\"filter_id\":\"5\"}"), 0, 0 } };

	(void)state;
	open_with(other, 3, NULL, 0);
	assert_outcome(sync_once(), OUTCOME_LOGOUT, "whoami-mismatch");
	assert_outcome(sync_once(), OUTCOME_LOGOUT, "whoami-mismatch");
	(void)clear(NULL);
	open_with(old, 3, NULL, 0);
	assert_outcome(sync_once(), OUTCOME_LOGOUT, "server-too-old");
}

static void matrix_sync__tries_again__after_a_bad_start(void **state)
{
	struct canned_rule rules[] = { { VERSIONS, CANNED_NO("502 Bad Gateway", "<html>"), 1, 0 }, GOOD_START,
		                       { SYNC, CANNED_OK("{\"next_batch\":\"s2\"}"), 0, 0 } };

	(void)state;
	open_with(rules, 5, NULL, 0);
	assert_outcome(sync_once(), OUTCOME_SERVER, "http-502");
	assert_outcome(sync_once(), OUTCOME_OK, "");
}

static void matrix_sync__calls__senseless_answers_trouble(void **state)
{
	static const struct {
		const char *reply;
		enum outcome outcome;
		const char *error;
	} cases[] = {
		{ CANNED_OK("<html>captive portal</html>"), OUTCOME_TROUBLE, "senseless" },
		{ CANNED_OK("{\"next_batch\":\"s2\",\"rooms\":{"), OUTCOME_TROUBLE, "senseless" },
		{ CANNED_NO("403 Forbidden", "<html>proxy</html>"), OUTCOME_TROUBLE, "http-403" },
		{ CANNED_NO("302 Found\r\nLocation: https://portal.example.org/", ""), OUTCOME_TROUBLE, "http-302" },
		{ CANNED_NO("408 Slow", "{}"), OUTCOME_TROUBLE, "http-408" },
		{ CANNED_NO("500 Oops", "{\"errcode\":\"M_UNKNOWN\"}"), OUTCOME_SERVER, "M_UNKNOWN" },
		{ CANNED_NO("400 No", "{\"errcode\":\"M_INVALID_PARAM\"}"), OUTCOME_REFUSED, "M_INVALID_PARAM" },
		{ CANNED_NO("403 No", "{\"errcode\":\"M_USER_SUSPENDED\"}"), OUTCOME_LOGOUT, "M_USER_SUSPENDED" },
	};
	struct canned_rule rules[] = { GOOD_START, { SYNC, NULL, 0, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		rules[3].reply = cases[i].reply;
		open_with(rules, 4, NULL, 0);
		assert_outcome(sync_once(), cases[i].outcome, cases[i].error);
		(void)clear(NULL);
		(void)reset(NULL);
	}
}

static void matrix_send__waits__as_long_as_it_is_told(void **state)
{
	struct canned_rule rules[] = {
		GOOD_START,
		{ SEND, CANNED_NO("429 Slow", "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":2500}"), 1, 0 },
		{ SEND, CANNED_NO("429 Slow\r\nRetry-After: 7", "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":2500}"), 1, 0 },
		{ SEND, CANNED_NO("429 Slow", "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":5}"), 1, 0 },
		{ SEND, CANNED_NO("401 No", "{\"errcode\":\"M_USER_LOCKED\",\"soft_logout\":true}"), 1, 0 },
		{ SEND, CANNED_OK("{}"), 1, 0 },
		{ SEND, CANNED_OK("{\"event_id\":\"$e\"}"), 1, 0 },
	};
	static const int64_t waits_ms[] = { 2500, 7000, 1000 };

	(void)state;
	open_with(rules, 9, NULL, 0);
	for (size_t i = 0; i < 3; i++) {
		transport->send(transport->self, 7, "!r", NULL, "1-7", "{}");
		assert_outcome(next_arrival(), OUTCOME_LIMITED, "M_LIMIT_EXCEEDED");
		assert_int_equal(arrival.retry_after_ms, waits_ms[i]);
	}
	transport->send(transport->self, 7, "!r", NULL, "1-7", "{}");
	assert_outcome(next_arrival(), OUTCOME_TROUBLE, "M_USER_LOCKED");
	assert_true(arrival.retry_after_ms >= 60000);
	transport->send(transport->self, 7, "!r", NULL, "1-7", "{}");
	assert_outcome(next_arrival(), OUTCOME_TROUBLE, "senseless");
	transport->send(transport->self, 7, "!r", NULL, "1-7", "{}");
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_int_equal(arrival.kind, ARRIVAL_SENT);
	assert_int_equal(arrival.id, 7);
	assert_string_equal(arrival.event_id, "$e");
}

static void matrix_send__sends__events_of_any_type(void **state)
{
	struct canned_rule rules[] = { GOOD_START, { "PUT /_matrix/client/v3/rooms/%21r/send/m.room.encrypted/1-8 ", CANNED_OK("{\"event_id\":\"$e\"}"), 0, 0 } };

	(void)state;
	open_with(rules, 4, NULL, 0);
	transport->send(transport->self, 8, "!r", "m.room.encrypted", "1-8", "{}");
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_string_equal(arrival.event_id, "$e");
}

static void access__refreshes__before_the_token_ends(void **state)
{
	struct canned_rule rules[] = { GOOD_START,
		                       { REFRESH, CANNED_OK("{\"access_token\":\"new\",\"refresh_token\":\"r2\",\"expires_in_ms\":300000}"), 0, 0 },
		                       { SYNC, CANNED_OK("{\"next_batch\":\"s2\"}"), 0, 0 } };
	const char *heads;

	(void)state;
	open_with(rules, 5, "r1", clock_now_ms(&clock_system) - 1000);
	assert_outcome(sync_once(), OUTCOME_OK, "");
	assert_outcome(sync_once(), OUTCOME_OK, "");
	heads = canned_heads(&server);
	assert_int_equal(count_heads(heads, REFRESH), 1);
	assert_int_equal(count_heads(heads, "Bearer old"), 0);
	assert_int_equal(count_heads(heads, "Bearer new"), 4);
	assert_string_equal(stored("access_token"), "new");
	assert_string_equal(stored("refresh_token"), "r2");
	assert_string_equal(stored("device"), "DEV");
}

/* Two orders meet the dead token, one refresh mends it, both come through. */
static void access__refreshes__once_for_all(void **state)
{
	struct canned_rule rules[] = { GOOD_START,
		                       { SYNC, UNKNOWN_TOKEN(""), 1, 0 },
		                       { SEND, UNKNOWN_TOKEN(""), 1, 0 },
		                       { REFRESH, CANNED_OK("{\"access_token\":\"new\"}"), 0, 0 },
		                       { SYNC, CANNED_OK("{\"next_batch\":\"s2\"}"), 0, 0 },
		                       { SEND, CANNED_OK("{\"event_id\":\"$e\"}"), 0, 0 } };

	(void)state;
	open_with(rules, 8, "r1", 0);
	transport->sync(transport->self, "s1", 0);
	transport->send(transport->self, 7, "!r", NULL, "1-7", "{}");
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_int_equal(count_heads(canned_heads(&server), REFRESH), 1);
	assert_string_equal(stored("refresh_token"), "r1");
}

/* A refusal that arrives when the token has been renewed already says nothing about the new one. */
static void access__forgives__a_late_refusal(void **state)
{
	struct canned_rule rules[] = { GOOD_START,
		                       { SYNC, UNKNOWN_TOKEN(""), 1, 0 },
		                       { SEND, UNKNOWN_TOKEN(""), 1, 500 },
		                       { REFRESH, CANNED_OK("{\"access_token\":\"new\"}"), 0, 0 },
		                       { SYNC, CANNED_OK("{\"next_batch\":\"s2\"}"), 0, 0 },
		                       { SEND, CANNED_OK("{\"event_id\":\"$e\"}"), 0, 0 } };

	(void)state;
	open_with(rules, 8, "r1", 0);
	transport->sync(transport->self, "s1", 0);
	transport->send(transport->self, 7, "!r", NULL, "1-7", "{}");
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_int_equal(arrival.kind, ARRIVAL_BATCH);
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_int_equal(arrival.kind, ARRIVAL_SENT);
	assert_int_equal(count_heads(canned_heads(&server), REFRESH), 1);
}

static void access__keeps__the_old_pair_when_a_refresh_is_lost(void **state)
{
	struct canned_rule rules[] = { GOOD_START,
		                       { REFRESH, CANNED_NO("502 Bad", "<html>"), 0, 0 },
		                       { SYNC, CANNED_OK("{\"next_batch\":\"s2\"}"), 0, 0 } };

	(void)state;
	/* The access token lasts another minute: nobody notices. */
	open_with(rules, 5, "r1", clock_now_ms(&clock_system) - 1000);
	assert_outcome(sync_once(), OUTCOME_OK, "");
	assert_outcome(sync_once(), OUTCOME_OK, "");
	assert_int_equal(count_heads(canned_heads(&server), REFRESH), 1);
	assert_string_equal(stored("refresh_token"), "r1");
	(void)clear(NULL);
	/* It has ended: the orders have to wait. */
	open_with(rules, 5, "r1", clock_now_ms(&clock_system) - 100000);
	assert_outcome(sync_once(), OUTCOME_SERVER, "refresh");
	assert_outcome(sync_once(), OUTCOME_TROUBLE, "refresh");
	assert_true(arrival.retry_after_ms > 1000);
	assert_int_equal(count_heads(canned_heads(&server), REFRESH), 1);
}

static void access__logs_in_again__after_a_soft_logout(void **state)
{
	struct canned_rule rules[] = { GOOD_START,
		                       { SYNC, UNKNOWN_TOKEN(",\"soft_logout\":true"), 1, 0 },
		                       { REFRESH, UNKNOWN_TOKEN(",\"soft_logout\":true"), 1, 0 },
		                       { LOGIN, CANNED_OK("{\"user_id\":\"@r:hs\",\"device_id\":\"DEV\",\"access_token\":\"new\"}"), 1, 0 },
		                       { SYNC, CANNED_OK("{\"next_batch\":\"s2\"}"), 0, 0 } };

	(void)state;
	put_file(password_path, "geheim\n");
	open_with(rules, 7, "r1", 0);
	assert_outcome(sync_once(), OUTCOME_OK, "");
	assert_string_equal(stored("access_token"), "new");
	assert_string_equal(stored("device"), "DEV");
}

static void access__gives_up__without_a_way_back(void **state)
{
	struct canned_rule hard[] = { GOOD_START, { SYNC, UNKNOWN_TOKEN(""), 0, 0 } };
	struct canned_rule soft[] = { GOOD_START, { SYNC, UNKNOWN_TOKEN(",\"soft_logout\":true"), 0, 0 } };
	struct canned_rule wrong[] = { GOOD_START,
		                       { SYNC, UNKNOWN_TOKEN(",\"soft_logout\":true"), 0, 0 },
		                       { LOGIN, CANNED_NO("403 No", "{\"errcode\":\"M_FORBIDDEN\"}"), 0, 0 } };

	(void)state;
	open_with(hard, 4, NULL, 0);
	assert_outcome(sync_once(), OUTCOME_LOGOUT, "M_UNKNOWN_TOKEN");
	(void)clear(NULL);
	open_with(soft, 4, NULL, 0);
	assert_outcome(sync_once(), OUTCOME_LOGOUT, "soft-logout-without-password");
	(void)clear(NULL);
	put_file(password_path, "fout");
	open_with(wrong, 5, NULL, 0);
	assert_outcome(sync_once(), OUTCOME_LOGOUT, "M_FORBIDDEN");
	assert_outcome(sync_once(), OUTCOME_LOGOUT, "M_FORBIDDEN");
	assert_int_equal(count_heads(canned_heads(&server), LOGIN), 1);
}

/* A server that hands out tokens and refuses them at once must not be asked without end. */
static void access__does_not_spin__on_refused_tokens(void **state)
{
	struct canned_rule rules[] = { GOOD_START, { SYNC, UNKNOWN_TOKEN(""), 0, 0 }, { REFRESH, CANNED_OK("{\"access_token\":\"new\"}"), 0, 0 } };
	const char *heads;

	(void)state;
	open_with(rules, 5, "r1", 0);
	assert_outcome(sync_once(), OUTCOME_TROUBLE, "refresh");
	heads = canned_heads(&server);
	assert_int_equal(count_heads(heads, REFRESH), 1);
	assert_int_equal(count_heads(heads, SYNC), 2);
}

static void matrix_fetch__takes__the_old_path_of_old_servers(void **state)
{
	struct canned_rule rules[] = { GOOD_START,
		                       { "GET /_matrix/client/v1/media/download/hs/a", CANNED_NO("404 No", "{\"errcode\":\"M_UNRECOGNIZED\"}"), 0, 0 },
		                       { "GET /_matrix/media/v3/download/hs/a", CANNED_OK("photo"), 0, 0 },
		                       { "GET /_matrix/client/v1/media/download/hs/b", CANNED_NO("404 No", "{\"errcode\":\"M_NOT_FOUND\"}"), 0, 0 },
		                       { "GET /_matrix/client/v1/media/download/hs/c",
		                         "HTTP/1.1 307 There\r\nConnection: close\r\nLocation: http://localhost:1/c\r\n\r\n", 0, 0 } };
	AUTO_BUF content;

	(void)state;
	buf_init(&content, 100);
	open_with(rules, 7, NULL, 0);
	transport->fetch(transport->self, 3, &(struct media){ .url = "mxc://hs/a" }, 5, file_path);
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_int_equal(arrival.kind, ARRIVAL_FILE);
	assert_int_equal(arrival.id, 3);
	assert_int_equal(file_read(file_path, &content), 0);
	assert_string_equal(content.data, "photo");
	(void)unlink(file_path);
	transport->fetch(transport->self, 4, &(struct media){ .url = "mxc://hs/a" }, 4, file_path);
	assert_outcome(next_arrival(), OUTCOME_TOO_BIG, "too-big");
	transport->fetch(transport->self, 5, &(struct media){ .url = "mxc://hs/b" }, 5, file_path);
	assert_outcome(next_arrival(), OUTCOME_REFUSED, "M_NOT_FOUND");
	transport->fetch(transport->self, 6, &(struct media){ .url = "http://hs/a" }, 5, file_path);
	assert_outcome(next_arrival(), OUTCOME_REFUSED, "file-has-no-address");
	transport->fetch(transport->self, 7, &(struct media){ .url = "mxc://hs/c" }, 5, file_path);
	assert_outcome(next_arrival(), OUTCOME_REFUSED, "redirect");
	assert_int_not_equal(access(file_path, F_OK), 0);
}

/* The bytes are what they are; who has the key opens them. */
static void matrix_fetch__takes__sealed_files_too(void **state)
{
	struct canned_rule rules[] = { GOOD_START, { "GET /_matrix/client/v1/media/download/hs/a", CANNED_OK("sealed"), 0, 0 } };
	AUTO_BUF content;

	(void)state;
	buf_init(&content, 100);
	open_with(rules, 4, NULL, 0);
	transport->fetch(transport->self, 3, &(struct media){ .url = "mxc://hs/a", .key = "{}" }, 6, file_path);
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_int_equal(file_read(file_path, &content), 0);
	assert_string_equal(content.data, "sealed");
	(void)unlink(file_path);
}

static void matrix_page__asks__between_two_tokens(void **state)
{
	struct canned_rule rules[] = { GOOD_START,
		                       { "GET /_matrix/client/v3/rooms/%21r/messages?dir=b&limit=100&filter=%7B%22lazy_load_members%22%3Atrue%7D&from=p%2F1&to=s1 ",
		                         CANNED_OK("{\"chunk\":[7],\"end\":\"p2\"}"), 0, 0 },
		                       { "GET /_matrix/client/v3/rooms/%21r/messages", CANNED_OK("{\"chunk\":[],\"end\":\"p2\"}"), 0, 0 } };

	(void)state;
	open_with(rules, 5, NULL, 0);
	transport->page(transport->self, "!r", "p/1", "s1");
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_int_equal(arrival.kind, ARRIVAL_PAGE);
	assert_string_equal(arrival.room, "!r");
	assert_int_equal(arrival.dropped, 1);
	assert_string_equal(arrival.next, "p2");
	/* A server that goes in circles. */
	transport->page(transport->self, "!r", "p2", NULL);
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_null(arrival.next);
}

static void matrix_join__goes__through_a_server_that_knows(void **state)
{
	struct canned_rule rules[] = { GOOD_START,
		                       { "POST /_matrix/client/v3/join/%21r?via=far%3A1&server_name=far%3A1 ", CANNED_OK("{\"room_id\":\"!r\"}"), 0, 0 },
		                       { "POST /_matrix/client/v3/join/%21x ", CANNED_NO("403 No", "{\"errcode\":\"M_FORBIDDEN\"}"), 0, 0 },
		                       { "POST /_matrix/client/v3/rooms/%21r/leave ", CANNED_OK("{}"), 0, 0 } };

	(void)state;
	open_with(rules, 6, NULL, 0);
	transport->join(transport->self, "!r", "far:1");
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_int_equal(arrival.kind, ARRIVAL_JOINED);
	assert_string_equal(arrival.room, "!r");
	transport->join(transport->self, "!x", NULL);
	assert_outcome(next_arrival(), OUTCOME_REFUSED, "M_FORBIDDEN");
	transport->leave(transport->self, "!r");
	assert_outcome(next_arrival(), OUTCOME_OK, "");
}

static void matrix_login__chooses__the_device_first(void **state)
{
	struct canned_rule rules[] = {
		{ VERSIONS, CANNED_OK("{\"versions\":[\"v1.11\"]}"), 0, 0 },
		{ "GET /_matrix/client/v3/login", CANNED_OK("{\"flows\":[{\"type\":\"m.login.password\"}]}"), 0, 0 },
		{ LOGIN, CANNED_NO("403 No", "{\"errcode\":\"M_FORBIDDEN\"}"), 1, 0 },
		{ LOGIN, CANNED_NO("429 No", "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":9000}"), 1, 0 },
	};
	AUTO_ARENA arena = arena_create(1024 * 1024);
	struct matrix_account account;
	struct matrix_options with;
	char device[200];

	(void)state;
	server = canned_open(rules, 4);
	with = options();
	assert_int_equal(matrix_open(&with, &transport), MATRIX_SESSION_MISSING);
	assert_int_equal(matrix_whoami(&with, arena, &account), MATRIX_SESSION_MISSING);
	assert_int_equal(matrix_login(&with, arena, "r", "fout", &account), MATRIX_DENIED);
	assert_string_equal(account.error, "M_FORBIDDEN");
	(void)snprintf(device, sizeof device, "%s", stored("device"));
	assert_int_equal(strlen(device), 10);
	assert_int_equal(matrix_login(&with, arena, "r", "fout", &account), MATRIX_LIMITED);
	assert_int_equal(account.retry_after_ms, 9000);
	assert_string_equal(stored("device"), device);
	assert_int_equal(matrix_open(&with, &transport), MATRIX_SESSION_MISSING);
}

static void matrix_login__refuses__another_user(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	struct canned_rule rules[] = { { "GET /nothing", "", 0, 0 } };
	struct matrix_account account;
	struct matrix_options with;

	(void)state;
	server = canned_open(rules, 1);
	put_session(NULL, 0);
	with = options();
	assert_int_equal(matrix_login(&with, arena, "somebody", "x", &account), MATRIX_SESSION_FOREIGN);
	assert_int_equal(matrix_login(&with, arena, "@r:other", "x", &account), MATRIX_SESSION_FOREIGN);
	/* The right one comes as far as the server, which is none. */
	assert_int_equal(matrix_login(&with, arena, "r", "x", &account), MATRIX_UNREACHABLE);
	with.homeserver = "http://127.0.0.1:1";
	assert_int_equal(matrix_login(&with, arena, "r", "x", &account), MATRIX_SESSION_FOREIGN);
	assert_int_equal(matrix_open(&with, &transport), MATRIX_SESSION_FOREIGN);
	with.homeserver = "http://example.org";
	assert_int_equal(matrix_login(&with, arena, "r", "x", &account), MATRIX_URL_BAD);
}

static void matrix_adopt__takes__the_servers_word(void **state)
{
	struct canned_rule rules[] = { GOOD_START, { "GET /_matrix/client/v3/login", CANNED_NO("404 No", "{\"errcode\":\"M_UNRECOGNIZED\"}"), 0, 0 } };
	AUTO_ARENA arena = arena_create(1024 * 1024);
	struct matrix_account account;
	struct matrix_options with;

	(void)state;
	server = canned_open(rules, 4);
	with = options();
	assert_int_equal(matrix_login(&with, arena, "r", "x", &account), MATRIX_NO_PASSWORDS);
	assert_int_equal(matrix_adopt(&with, arena, "given", "renew", &account), MATRIX_OK);
	assert_string_equal(account.user, "@r:hs");
	assert_string_equal(account.device, "DEV");
	assert_string_equal(stored("access_token"), "given");
	assert_string_equal(stored("refresh_token"), "renew");
	assert_int_equal(matrix_whoami(&with, arena, &account), MATRIX_OK);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, reset, clear)
	const struct CMUnitTest tests[] = {
		TEST(matrix_sync__starts__with_the_checks),
		TEST(matrix_sync__refuses__another_account_and_an_old_server),
		TEST(matrix_sync__tries_again__after_a_bad_start),
		TEST(matrix_sync__calls__senseless_answers_trouble),
		TEST(matrix_send__waits__as_long_as_it_is_told),
		TEST(matrix_send__sends__events_of_any_type),
		TEST(access__refreshes__before_the_token_ends),
		TEST(access__refreshes__once_for_all),
		TEST(access__forgives__a_late_refusal),
		TEST(access__keeps__the_old_pair_when_a_refresh_is_lost),
		TEST(access__logs_in_again__after_a_soft_logout),
		TEST(access__gives_up__without_a_way_back),
		TEST(access__does_not_spin__on_refused_tokens),
		TEST(matrix_fetch__takes__the_old_path_of_old_servers),
		TEST(matrix_fetch__takes__sealed_files_too),
		TEST(matrix_page__asks__between_two_tokens),
		TEST(matrix_join__goes__through_a_server_that_knows),
		TEST(matrix_login__chooses__the_device_first),
		TEST(matrix_login__refuses__another_user),
		TEST(matrix_adopt__takes__the_servers_word),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
