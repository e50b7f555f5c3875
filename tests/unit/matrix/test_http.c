#include "matrix/http.h"

#include <poll.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"

#include "unit/cmocka_all.h"
#include "unit/matrix/canned_server.h"

static char folder[] = "/tmp/rotonde-http-XXXXXX";
static char file_path[64];
static struct http *http;

static int open_http(void **state)
{
	(void)state;
	http = http_open(&(struct http_options){ .user_agent = "Rotonde-test" });
	return 0;
}

static int close_http(void **state)
{
	(void)state;
	http_close(http);
	http = NULL;
	return 0;
}

static struct http_answer ask(const struct canned_server *server, const char *path, struct http_request request)
{
	struct http_answer answer = { 0 };
	char url[200];

	(void)snprintf(url, sizeof url, "%s%s", server->base, path);
	request.url = url;
	if (!request.limit)
		request.limit = 1000;
	if (!request.total_ms)
		request.total_ms = 5000;
	request.stall_ms = 5000;
	http_start(http, &request);
	assert_true(http_wait(http, NULL, 0, 10000, &answer));
	return answer;
}

static void assert_body(const struct http_answer *answer, const char *text)
{
	assert_int_equal(answer->body_len, strlen(text));
	assert_memory_equal(answer->body, text, strlen(text));
}

static void assert_file(const char *text)
{
	AUTO_BUF content;

	buf_init(&content, 1024 * 1024);
	assert_int_equal(file_read(file_path, &content), 0);
	assert_string_equal(content.data, text);
	assert_true(file_is_private(file_path));
	(void)unlink(file_path);
}

static void assert_no_file(void)
{
	assert_int_not_equal(access(file_path, F_OK), 0);
}

static void http_wait__gives__status_body_and_owner(void **state)
{
	struct canned_rule rules[] = { { "GET /a", CANNED_OK("{\"a\":1}"), 0, 0 }, { "PUT /b", CANNED_NO("403 No", "{}"), 0, 0 },
		                       { "DELETE /b", CANNED_OK("{}"), 0, 0 } };
	struct canned_server server = canned_open(rules, 3);
	struct http_answer answer = ask(&server, "/a", (struct http_request){ .token = "secret", .owner = rules });
	const char *heads;

	(void)state;
	assert_int_equal(answer.result, HTTP_ANSWERED);
	assert_int_equal(answer.status, 200);
	assert_ptr_equal(answer.owner, rules);
	assert_body(&answer, "{\"a\":1}");
	heads = canned_heads(&server);
	assert_non_null(strstr(heads, "Authorization: Bearer secret\r\n"));
	assert_non_null(strstr(heads, "User-Agent: Rotonde-test\r\n"));
	answer = ask(&server, "/b", (struct http_request){ .method = HTTP_PUT, .body = "{}" });
	assert_int_equal(answer.status, 403);
	assert_null(strstr(canned_heads(&server), "Authorization"));
	answer = ask(&server, "/b", (struct http_request){ .method = HTTP_DELETE, .body = "{}" });
	assert_int_equal(answer.status, 200);
	canned_close(&server);
}

static void http_wait__tells__a_cut_off_answer(void **state)
{
	struct canned_rule rules[] = { { "GET ", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":", 0, 0 } };
	struct canned_server server = canned_open(rules, 1);
	struct http_answer answer = ask(&server, "/", (struct http_request){ .path = file_path });

	(void)state;
	assert_int_equal(answer.result, HTTP_TROUBLE);
	assert_string_equal(answer.error, "cut-off");
	assert_no_file();
	canned_close(&server);
}

static void http_wait__tells__a_silent_server_and_none(void **state)
{
	struct canned_rule rules[] = { { "GET ", CANNED_OK(""), 0, 3000 } };
	struct canned_server server = canned_open(rules, 1);
	struct http_answer answer = ask(&server, "/", (struct http_request){ .total_ms = 200 });

	(void)state;
	assert_int_equal(answer.result, HTTP_TROUBLE);
	assert_string_equal(answer.error, "timeout");
	canned_close(&server);
	answer = ask(&server, "/", (struct http_request){ .method = HTTP_GET });
	assert_string_equal(answer.error, "connect");
}

/* The limit holds with an announced length, and without one. */
static void http_wait__stops__at_the_limit(void **state)
{
	struct canned_rule rules[] = {
		{ "GET /said", "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nhello, world", 0, 0 },
		{ "GET /unsaid", CANNED_OK("hello, world"), 0, 0 },
	};
	struct canned_server server = canned_open(rules, 2);

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const char *path = i ? "/unsaid" : "/said";
		struct http_answer answer = ask(&server, path, (struct http_request){ .limit = 11, .path = file_path });

		assert_int_equal(answer.result, HTTP_TOO_BIG);
		assert_no_file();
		answer = ask(&server, path, (struct http_request){ .limit = 12, .path = file_path });
		assert_int_equal(answer.result, HTTP_ANSWERED);
		assert_int_equal(answer.body_len, 0);
		assert_file("hello, world");
	}
	canned_close(&server);
}

static void http_wait__keeps__a_no_out_of_the_file(void **state)
{
	struct canned_rule rules[] = { { "GET /no", CANNED_NO("404 No", "{\"errcode\":\"M_NOT_FOUND\"}"), 0, 0 }, { "GET /empty", CANNED_OK(""), 0, 0 } };
	struct canned_server server = canned_open(rules, 2);
	struct http_answer answer = ask(&server, "/no", (struct http_request){ .path = file_path, .limit = 1 });

	(void)state;
	assert_int_equal(answer.status, 404);
	assert_body(&answer, "{\"errcode\":\"M_NOT_FOUND\"}");
	assert_no_file();
	answer = ask(&server, "/empty", (struct http_request){ .path = file_path });
	assert_int_equal(answer.status, 200);
	assert_file("");
	answer = ask(&server, "/empty", (struct http_request){ .path = "/nonexistent/x" });
	assert_int_equal(answer.result, HTTP_DISK);
	canned_close(&server);
}

static void http_wait__follows__only_a_file_once_within_the_origin(void **state)
{
	struct canned_rule rules[] = {
		{ "GET /once", "HTTP/1.1 307 There\r\nConnection: close\r\nLocation: /file\r\n\r\nmoved", 0, 0 },
		{ "GET /twice", "HTTP/1.1 308 There\r\nConnection: close\r\nLocation: /once\r\n\r\n", 0, 0 },
		{ "GET /file", CANNED_OK("content"), 0, 0 },
	};
	struct canned_server server = canned_open(rules, 3);
	struct http_answer answer = ask(&server, "/once", (struct http_request){ .path = file_path, .token = "t" });
	const char *second;

	(void)state;
	assert_int_equal(answer.status, 200);
	assert_file("content");
	second = strstr(canned_heads(&server), "GET /file");
	assert_non_null(second);
	assert_non_null(strstr(second, "Bearer t"));
	answer = ask(&server, "/once", (struct http_request){ .token = "t" });
	assert_int_equal(answer.status, 307);
	answer = ask(&server, "/twice", (struct http_request){ .path = file_path });
	assert_int_equal(answer.result, HTTP_BARRED);
	assert_no_file();
	canned_close(&server);
}

static void http_wait__follows__nowhere_dangerous(void **state)
{
	char plain[200], private[200];
	struct canned_rule other_rules[] = { { "", CANNED_OK("stolen"), 0, 0 } };
	struct canned_server other = canned_open(other_rules, 1);
	struct canned_rule rules[] = { { "GET /plain", plain, 0, 0 }, { "GET /private", private, 0, 0 } };
	struct canned_server server;
	struct http_answer answer;

	(void)state;
	(void)snprintf(plain, sizeof plain, "HTTP/1.1 307 There\r\nConnection: close\r\nLocation: http://127.0.0.1:%d/x\r\n\r\n", other.port);
	(void)snprintf(private, sizeof private, "HTTP/1.1 307 There\r\nConnection: close\r\nLocation: https://127.0.0.1:%d/x\r\n\r\n", other.port);
	server = canned_open(rules, 2);
	answer = ask(&server, "/plain", (struct http_request){ .path = file_path, .token = "t" });
	assert_int_equal(answer.result, HTTP_BARRED);
	answer = ask(&server, "/private", (struct http_request){ .path = file_path, .token = "t" });
	assert_int_equal(answer.result, HTTP_BARRED);
	assert_string_equal(answer.error, "redirect");
	assert_string_equal(canned_heads(&other), "");
	assert_no_file();
	canned_close(&server);
	canned_close(&other);
}

static void http_wait__reads__retry_after_as_seconds_and_as_date(void **state)
{
	struct canned_rule rules[] = {
		{ "GET /s", "HTTP/1.1 429 Slow\r\nConnection: close\r\nRetry-After: 7\r\n\r\n{}", 0, 0 },
		{ "GET /d", "HTTP/1.1 503 Slow\r\nConnection: close\r\nRetry-After: Fri, 01 Jan 2100 00:00:00 GMT\r\n\r\n{}", 0, 0 },
	};
	struct canned_server server = canned_open(rules, 2);
	struct http_answer answer = ask(&server, "/s", (struct http_request){ .method = HTTP_GET });

	(void)state;
	assert_int_equal(answer.retry_after_ms, 7000);
	answer = ask(&server, "/d", (struct http_request){ .method = HTTP_GET });
	assert_true(answer.retry_after_ms > 7000);
	canned_close(&server);
}

static void http_wait__spools__a_large_answer(void **state)
{
	enum { LEN = 3 * 1024 * 1024 };
	char *reply = malloc(LEN + 100);
	size_t head = (size_t)snprintf(reply, 100, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
	struct canned_rule rules[] = { { "GET ", reply, 0, 0 } };
	struct canned_server server;
	struct http_answer answer;

	(void)state;
	memset(reply + head, 'x', LEN);
	reply[head + LEN - 1] = 'y';
	reply[head + LEN] = '\0';
	server = canned_open(rules, 1);
	answer = ask(&server, "/", (struct http_request){ .limit = LEN, .spool_folder = folder });
	assert_int_equal(answer.result, HTTP_ANSWERED);
	assert_int_equal(answer.body_len, LEN);
	assert_memory_equal(answer.body, reply + head, LEN);
	answer = ask(&server, "/", (struct http_request){ .limit = LEN });
	assert_int_equal(answer.result, HTTP_TOO_BIG);
	answer = ask(&server, "/", (struct http_request){ .limit = LEN, .spool_folder = "/nonexistent" });
	assert_int_equal(answer.result, HTTP_DISK);
	canned_close(&server);
	free(reply);
}

static void http_wait__ends__when_a_descriptor_is_ready(void **state)
{
	struct canned_rule rules[] = { { "GET ", CANNED_OK("{}"), 0, 500 } };
	struct canned_server server = canned_open(rules, 1);
	struct http_answer answer;
	struct pollfd fds[1];
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	fds[0] = (struct pollfd){ .fd = ends[0], .events = POLLIN };
	http_start(http, &(struct http_request){ .url = server.base, .total_ms = 5000, .stall_ms = 5000, .limit = 100 });
	assert_int_equal(write(ends[1], "x", 1), 1);
	assert_false(http_wait(http, fds, 1, 5000, &answer));
	assert_true(fds[0].revents & POLLIN);
	assert_int_equal(read(ends[0], &(char){ 0 }, 1), 1);
	assert_true(http_wait(http, fds, 1, 5000, &answer));
	assert_int_equal(fds[0].revents, 0);
	assert_false(http_wait(http, fds, 1, 10, &answer));
	close(ends[0]);
	close(ends[1]);
	canned_close(&server);
}

static void http_close__ends__what_is_under_way(void **state)
{
	struct canned_rule rules[] = { { "GET ", CANNED_OK("{}"), 0, 3000 } };
	struct canned_server server = canned_open(rules, 1);
	struct http_answer answer;

	(void)state;
	http_start(http, &(struct http_request){ .url = server.base, .total_ms = 5000, .stall_ms = 5000, .limit = 100, .path = file_path });
	assert_false(http_wait(http, NULL, 0, 50, &answer));
	http_close(http);
	http = NULL;
	assert_no_file();
	canned_close(&server);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, open_http, close_http)
	const struct CMUnitTest tests[] = {
		TEST(http_wait__gives__status_body_and_owner),
		TEST(http_wait__tells__a_cut_off_answer),
		TEST(http_wait__tells__a_silent_server_and_none),
		TEST(http_wait__stops__at_the_limit),
		TEST(http_wait__keeps__a_no_out_of_the_file),
		TEST(http_wait__follows__only_a_file_once_within_the_origin),
		TEST(http_wait__follows__nowhere_dangerous),
		TEST(http_wait__reads__retry_after_as_seconds_and_as_date),
		TEST(http_wait__spools__a_large_answer),
		TEST(http_wait__ends__when_a_descriptor_is_ready),
		TEST(http_close__ends__what_is_under_way),
	};
	int failed;

	if (!mkdtemp(folder))
		return 1;
	(void)snprintf(file_path, sizeof file_path, "%s/file", folder);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)rmdir(folder);
	return failed;
}
