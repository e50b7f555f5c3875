/*
 * HTTPS, with a certificate made for the test: who is trusted, and what a file's redirect to another
 * origin carries along. Needs the `openssl` command; skipped without it.
 */
#include "matrix/http.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

#include "unit/cmocka_all.h"
#include "unit/matrix/canned_server.h"

static char folder[] = "/tmp/rotonde-tls-XXXXXX";
static bool have_certificate;

/* Run a shell command in the test's folder; its child dies with us. */
static pid_t shell_start(const char *command)
{
	pid_t pid = fork();

	if (pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (chdir(folder) == 0)
			(void)execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	return pid;
}

static bool shell_run(const char *command)
{
	int status;

	return waitpid(shell_start(command), &status, 0) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* A port that is free now. */
static int free_port(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && getsockname(fd, (struct sockaddr *)&address, &len) == 0);
	close(fd);
	return ntohs(address.sin_port);
}

/*
 * A TLS server that takes one connection, writes what it hears to the file "heard" and says `ok`. What it
 * says waits in a pipe that we keep open: at its end the server would hang up without listening.
 */
struct tls_server {
	pid_t pid;
	int port;
	int say;
};

static struct tls_server tls_open(void)
{
	static const char reply[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
	AUTO_ARENA arena = arena_create(4096);
	struct tls_server server = { .port = free_port() };
	const char *say = arena_printf(arena, "%s/say", folder);

	(void)unlink(say);
	assert_int_equal(mkfifo(say, 0600), 0);
	server.say = open(say, O_RDWR | O_CLOEXEC);
	assert_int_equal(write(server.say, reply, strlen(reply)), strlen(reply));
	server.pid = shell_start(arena_printf(arena,
		"exec openssl s_server -quiet -accept 127.0.0.1:%d -cert cert.pem -key key.pem -naccept 1 < say > heard 2>/dev/null", server.port));
	return server;
}

static void tls_close(const struct tls_server *server)
{
	(void)kill(server->pid, SIGKILL);
	(void)waitpid(server->pid, NULL, 0);
	close(server->say);
}

/* What the server heard, when it has heard a whole head. */
static void read_heard(struct buf *ret_heard)
{
	AUTO_ARENA arena = arena_create(4096);

	for (int i = 0; i < 50; i++) {
		buf_reset(ret_heard);
		assert_int_equal(file_read(arena_printf(arena, "%s/heard", folder), ret_heard), 0);
		if (strstr(ret_heard->data, "\r\n\r\n"))
			return;
		usleep(100000);
	}
}

static struct http_answer ask(struct http *http, const char *url, const char *path)
{
	struct http_answer answer = { 0 };

	/* The server needs a moment to stand up. */
	for (int i = 0; i < 50; i++) {
		http_start(http, &(struct http_request){ .url = url, .token = "secret", .path = path, .total_ms = 5000, .stall_ms = 5000, .limit = 100 });
		assert_true(http_wait(http, NULL, 0, 10000, &answer));
		if (answer.result == HTTP_ANSWERED || strcmp(answer.error, "connect") != 0)
			break;
		usleep(100000);
	}
	return answer;
}

static void http_wait__trusts__nobody_unknown(void **state)
{
	AUTO_ARENA arena = NULL;
	struct tls_server server;
	struct http *http;

	(void)state;
	if (!have_certificate)
		skip();
	arena = arena_create(4096);
	http = http_open(&(struct http_options){ .user_agent = "Rotonde-test" });
	server = tls_open();
	assert_string_equal(ask(http, arena_printf(arena, "https://127.0.0.1:%d/", server.port), NULL).error, "tls");
	http_close(http);
	tls_close(&server);
}

static void http_wait__leaves__the_token_at_home(void **state)
{
	AUTO_ARENA arena = NULL;
	struct canned_rule rules[1] = { { .request = "GET /" } };
	struct canned_server home;
	struct tls_server away;
	struct http_answer answer;
	struct http *http;
	AUTO_BUF heard;

	(void)state;
	if (!have_certificate)
		skip();
	arena = arena_create(8192);
	buf_init(&heard, 10000);
	http = http_open(&(struct http_options){ .user_agent = "Rotonde-test", .ca_folder = folder, .private_redirects = true });
	away = tls_open();
	rules[0].reply = arena_printf(arena, "HTTP/1.1 307 There\r\nConnection: close\r\nLocation: https://127.0.0.1:%d/x\r\n\r\n", away.port);
	home = canned_open(rules, 1);
	answer = ask(http, home.base, arena_printf(arena, "%s/file", folder));
	assert_int_equal(answer.result, HTTP_ANSWERED);
	assert_int_equal(answer.status, 200);
	assert_non_null(strstr(canned_heads(&home), "Bearer secret"));
	read_heard(&heard);
	assert_non_null(strstr(heard.data, "GET /x"));
	assert_null(strstr(heard.data, "Authorization"));
	http_close(http);
	tls_close(&away);
	canned_close(&home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(http_wait__trusts__nobody_unknown),
		cmocka_unit_test(http_wait__leaves__the_token_at_home),
	};
	int failed;

	if (!mkdtemp(folder))
		return 1;
	have_certificate = shell_run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test"
	                             " -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem 2>/dev/null &&"
	                             " cp cert.pem $(openssl x509 -in cert.pem -noout -hash).0");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)shell_run("rm -rf \"$PWD\"");
	return failed;
}
