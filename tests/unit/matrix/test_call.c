#include "matrix/matrix.h"

#include "unit/death.h"
#include "unit/matrix/canned_client.h"

#define KEYS      "/_matrix/client/v3/keys/query"
#define ASK(path) { CALL_POST, path, "{\"a\":1}", 0 }

static void call(int64_t id, struct call what)
{
	transport->call(transport->self, id, &what);
}

static void matrix_call__carries__every_method(void **state)
{
	static const struct {
		struct call call;
		const char *line;
	} cases[] = {
		{ { CALL_GET, "/_matrix/client/v3/room_keys/version", NULL, 0 }, "GET /_matrix/client/v3/room_keys/version " },
		{ ASK(KEYS), "POST " KEYS " " },
		{ { CALL_PUT, "/_matrix/client/v3/sendToDevice/m.room.encrypted/t%2F1", "{}", 0 }, "PUT /_matrix/client/v3/sendToDevice/m.room.encrypted/t%2F1 " },
		{ { CALL_DELETE, "/_matrix/client/v3/room_keys/version/1", "{}", 0 }, "DELETE /_matrix/client/v3/room_keys/version/1 " },
	};
	struct canned_rule rules[] = { GOOD_START, { "", CANNED_OK("{\"count\": 9007199254740993}\n"), 0, 0 } };

	(void)state;
	open_with(rules, 4, NULL, 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *heads;

		call((int64_t)i, cases[i].call);
		assert_outcome(next_arrival(), OUTCOME_OK, "");
		assert_int_equal(arrival.kind, ARRIVAL_REPLY);
		assert_int_equal(arrival.id, i);
		assert_string_equal(arrival.body, "{\"count\": 9007199254740993}\n");
		assert_int_equal(arrival.body_len, strlen(arrival.body));
		heads = canned_heads(&server);
		assert_int_equal(count_heads(heads, cases[i].line), 1);
		assert_non_null(strstr(strstr(heads, cases[i].line), "Authorization: Bearer old\r\n"));
	}
}

static void matrix_call__tells__each_no_apart(void **state)
{
	static const struct {
		const char *reply;
		enum outcome outcome;
		const char *error;
		const char *body;
	} cases[] = {
		{ CANNED_NO("400 No", "{\"errcode\":\"M_UNKNOWN\",\"error\":\"One time key already exists\"}"), OUTCOME_REFUSED, "M_UNKNOWN",
		  "{\"errcode\":\"M_UNKNOWN\",\"error\":\"One time key already exists\"}" },
		{ CANNED_NO("403 No", "{\"errcode\":\"M_WRONG_ROOM_KEYS_VERSION\",\"current_version\":\"4\"}"), OUTCOME_REFUSED, "M_WRONG_ROOM_KEYS_VERSION",
		  "{\"errcode\":\"M_WRONG_ROOM_KEYS_VERSION\",\"current_version\":\"4\"}" },
		{ CANNED_NO("404 No", "{\"errcode\":\"M_NOT_FOUND\"}"), OUTCOME_REFUSED, "M_NOT_FOUND", "{\"errcode\":\"M_NOT_FOUND\"}" },
		{ CANNED_NO("404 No", "{\"errcode\":\"M_UNRECOGNIZED\"}"), OUTCOME_REFUSED, "M_UNRECOGNIZED", "{\"errcode\":\"M_UNRECOGNIZED\"}" },
		{ CANNED_NO("429 No", "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":2500}"), OUTCOME_LIMITED, "M_LIMIT_EXCEEDED", NULL },
		{ CANNED_NO("502 No", "<html>"), OUTCOME_SERVER, "http-502", NULL },
		{ CANNED_NO("404 No", "<html>"), OUTCOME_TROUBLE, "http-404", NULL },
		{ CANNED_NO("401 No", "{\"errcode\":\"M_USER_LOCKED\"}"), OUTCOME_TROUBLE, "M_USER_LOCKED", NULL },
		{ CANNED_OK("<html>captive portal</html>"), OUTCOME_TROUBLE, "senseless", NULL },
		{ CANNED_OK("[]"), OUTCOME_TROUBLE, "senseless", NULL },
		{ CANNED_OK("{\"device_keys\":{"), OUTCOME_TROUBLE, "senseless", NULL },
		{ "HTTP/1.1 200 OK\r\nContent-Length: 16777217\r\n\r\n{", OUTCOME_TROUBLE, "too-big", NULL },
	};
	struct canned_rule rules[] = { GOOD_START, { "POST " KEYS, NULL, 0, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		rules[3].reply = cases[i].reply;
		open_with(rules, 4, NULL, 0);
		call(7, (struct call)ASK(KEYS));
		assert_outcome(next_arrival(), cases[i].outcome, cases[i].error);
		assert_int_equal(arrival.kind, ARRIVAL_REPLY);
		assert_int_equal(arrival.id, 7);
		if (cases[i].body)
			assert_string_equal(arrival.body, cases[i].body);
		else
			assert_null(arrival.body);
		(void)clear(NULL);
		(void)reset(NULL);
	}
}

/* Both come as a 401; only one of them says that the token is dead. */
static void matrix_call__tells__a_question_for_the_password_from_a_dead_token(void **state)
{
#define UPLOAD "/_matrix/client/v3/keys/device_signing/upload"
	static const char first[] = "{\"flows\":[{\"stages\":[\"m.login.password\"]}],\"params\":{},\"session\":\"s\"}";
	static const char odd[] = "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"flows\":[]}";
	struct canned_rule rules[] = {
		GOOD_START,
		{ "POST " UPLOAD, CANNED_NO("401 No", "{\"flows\":[{\"stages\":[\"m.login.password\"]}],\"params\":{},\"session\":\"s\"}"), 1, 0 },
		{ "POST " UPLOAD, CANNED_NO("401 No", "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"flows\":[]}"), 1, 0 },
		{ "POST " UPLOAD, UNKNOWN_TOKEN(""), 1, 0 },
		{ REFRESH, CANNED_OK("{\"access_token\":\"new\"}"), 0, 0 },
		{ "POST " UPLOAD, CANNED_OK("{}"), 0, 0 },
	};

	(void)state;
	open_with(rules, 8, "renew", 0);
	call(1, (struct call)ASK(UPLOAD));
	assert_outcome(next_arrival(), OUTCOME_REFUSED, "uia");
	assert_string_equal(arrival.body, first);
	call(2, (struct call)ASK(UPLOAD));
	assert_outcome(next_arrival(), OUTCOME_REFUSED, "uia");
	assert_string_equal(arrival.body, odd);
	assert_int_equal(count_heads(canned_heads(&server), REFRESH), 0);
	call(3, (struct call)ASK(UPLOAD));
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_int_equal(count_heads(canned_heads(&server), REFRESH), 1);
}

static void matrix_call__goes__beside_others(void **state)
{
	struct canned_rule rules[] = { GOOD_START,
		                       { "POST " KEYS, CANNED_OK("{\"slow\":1}"), 0, 300 },
		                       { "POST /_matrix/client/v3/keys/claim", CANNED_OK("{\"fast\":1}"), 0, 0 } };

	(void)state;
	open_with(rules, 5, NULL, 0);
	call(1, (struct call)ASK(KEYS));
	call(2, (struct call)ASK("/_matrix/client/v3/keys/claim"));
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_int_equal(arrival.id, 2);
	assert_string_equal(arrival.body, "{\"fast\":1}");
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_int_equal(arrival.id, 1);
	assert_string_equal(arrival.body, "{\"slow\":1}");
}

static void matrix_call__ends__when_its_time_is_over(void **state)
{
	struct canned_rule rules[] = { GOOD_START, { "POST " KEYS, CANNED_OK("{}"), 0, 5000 } };

	(void)state;
	open_with(rules, 4, NULL, 0);
	call(1, (struct call){ CALL_POST, KEYS, "{}", 200 });
	assert_outcome(next_arrival(), OUTCOME_TROUBLE, "timeout");
	assert_int_equal(arrival.id, 1);
	assert_null(arrival.body);
}

/* More than fits in memory comes through a file. */
static void matrix_call__reads__two_megabytes(void **state)
{
	enum { LEN = 2 * 1024 * 1024 };
	static const char before[] = CANNED_OK("{\"device_keys\":\""), after[] = "\"}";
	char *reply = malloc(sizeof before + LEN + sizeof after);
	struct canned_rule rules[] = { GOOD_START, { "POST " KEYS, reply, 0, 0 } };

	(void)state;
	assert_non_null(reply);
	memcpy(reply, before, strlen(before));
	memset(reply + strlen(before), 'x', LEN);
	memcpy(reply + strlen(before) + LEN, after, sizeof after);
	open_with(rules, 4, NULL, 0);
	free(reply); /* the server has its copy */
	call(1, (struct call)ASK(KEYS));
	assert_outcome(next_arrival(), OUTCOME_OK, "");
	assert_int_equal(arrival.body_len, LEN + strlen("{\"device_keys\":\"\"}"));
	assert_int_equal(strlen(arrival.body), arrival.body_len);
}

static void call_elsewhere(void)
{
	call(1, (struct call){ CALL_GET, "/admin", NULL, 0 });
}

static void call_without_body(void)
{
	call(1, (struct call){ CALL_POST, KEYS, NULL, 0 });
}

static void matrix_call__dies__of_what_is_no_call(void **state)
{
	struct canned_rule rules[] = { GOOD_START };

	(void)state;
	open_with(rules, 3, NULL, 0);
	expect_death(call_elsewhere);
	expect_death(call_without_body);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, reset, clear)
	const struct CMUnitTest tests[] = {
		TEST(matrix_call__carries__every_method),
		TEST(matrix_call__tells__each_no_apart),
		TEST(matrix_call__tells__a_question_for_the_password_from_a_dead_token),
		TEST(matrix_call__goes__beside_others),
		TEST(matrix_call__ends__when_its_time_is_over),
		TEST(matrix_call__reads__two_megabytes),
		TEST(matrix_call__dies__of_what_is_no_call),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
