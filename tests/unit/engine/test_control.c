/*
 * Lines over a real socket: asked and answered, and who asks otherwise hung up on.
 */
#include "engine/control.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "unit/cmocka_all.h"

static char folder[32];
static char path[64];
static struct control *control;
static int asked;
static bool long_answer;

static int setup(void **state)
{
	(void)state;
	memcpy(folder, "/tmp/rotonde-XXXXXX", sizeof "/tmp/rotonde-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/control.sock", folder);
	control = control_open(path);
	assert_non_null(control);
	asked = 0;
	long_answer = false;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	control_close(control);
	return rmdir(folder);
}

static int client(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);

	memcpy(address.sun_path, path, strlen(path) + 1);
	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

/* Says the line back in brackets. */
static void answer(void *context, const char *line, size_t len, struct buf *ret_answer)
{
	(void)context;
	assert_int_equal(strlen(line), len);
	asked++;
	buf_printf(ret_answer, "[%s]", line);
	while (long_answer && ret_answer->len < CONTROL_ANSWER_MAX - 1)
		buf_add_text(ret_answer, "x");
}

/* What the loop does, until nothing is ready. */
static void serve(void)
{
	for (;;) {
		struct pollfd fds[CONTROL_FDS_MAX];
		size_t len = control_fds(control, fds);

		assert_true(len <= CONTROL_FDS_MAX);
		if (poll(fds, len, 0) == 0)
			return;
		control_serve(control, fds, len, answer, NULL);
	}
}

static void say(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), (int)strlen(text));
	serve();
}

/* What arrived; "" when nothing did. False when we were hung up on. */
static bool hear(int fd, char *text, size_t size)
{
	ssize_t len = recv(fd, text, size - 1, 0);

	if (len == 0 || (len < 0 && errno != EAGAIN))
		return false;
	text[len < 0 ? 0 : len] = '\0';
	return true;
}

static void assert_hears(int fd, const char *expected)
{
	char text[256];

	assert_true(hear(fd, text, sizeof text));
	assert_string_equal(text, expected);
}

static void assert_gone(int fd)
{
	char text[256];

	assert_false(hear(fd, text, sizeof text));
	(void)close(fd);
}

static void control__is_open__to_its_own_user_alone(void **state)
{
	struct stat stat_of;

	(void)state;
	assert_int_equal(stat(path, &stat_of), 0);
	assert_int_equal(stat_of.st_mode & 07777, 0600);
}

static void control__answers__line_by_line(void **state)
{
	int fd = client();

	(void)state;
	serve();
	say(fd, "{\"do\"");
	assert_hears(fd, "");
	say(fd, ":1}\n");
	assert_hears(fd, "[{\"do\":1}]\n");
	say(fd, "again\n");
	assert_hears(fd, "[again]\n");
	(void)close(fd);
	serve();
	assert_int_equal(asked, 2);
}

static void control__hangs_up__on_lines_too_long(void **state)
{
	char line[CONTROL_REQUEST_MAX + 2];
	int fd = client();

	(void)state;
	memset(line, 'x', sizeof line);
	line[sizeof line - 1] = '\0';
	serve();
	say(fd, line);
	assert_gone(fd);
	assert_int_equal(asked, 0);
}

static void control__hangs_up__on_two_lines_at_once(void **state)
{
	int fd = client();

	(void)state;
	serve();
	say(fd, "one\ntwo\n");
	assert_gone(fd);
	assert_int_equal(asked, 0);
}

/* A client that does not read holds up nobody, and is not heard before it has. */
static void control__goes_on__while_one_does_not_listen(void **state)
{
	int deaf = client(), other, room = 1;
	char text[4096];
	size_t got = 0;

	(void)state;
	serve();
	long_answer = true;
	(void)setsockopt(deaf, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
	while (asked < 100) {
		int before = asked;

		say(deaf, "much\n");
		if (asked == before)
			break;
	}
	long_answer = false;
	assert_true(asked < 100);
	other = client();
	serve();
	say(other, "short\n");
	assert_hears(other, "[short]\n");
	for (; hear(deaf, text, sizeof text) && *text; serve())
		got += strlen(text);
	/* Its last line was heard in the end. */
	assert_true(got > CONTROL_ANSWER_MAX);
	(void)close(deaf);
	(void)close(other);
}

static void control__keeps__those_who_spoke_last(void **state)
{
	int fds[CONTROL_CLIENTS_MAX + 1];

	(void)state;
	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		fds[i] = client();
		serve();
		say(fds[i], "hello\n");
		assert_hears(fds[i], "[hello]\n");
	}
	say(fds[0], "still here\n");
	assert_hears(fds[0], "[still here]\n");
	fds[CONTROL_CLIENTS_MAX] = client();
	serve();
	assert_gone(fds[1]);
	for (int i = 0; i <= CONTROL_CLIENTS_MAX; i++) {
		if (i == 1)
			continue;
		say(fds[i], "you?\n");
		assert_hears(fds[i], "[you?]\n");
		(void)close(fds[i]);
	}
}

/* A process that was killed left its socket behind. */
static void control__replaces__a_socket_of_before(void **state)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	control_close(control);
	assert_int_equal(access(path, F_OK), -1);
	memcpy(address.sun_path, path, strlen(path) + 1);
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
	(void)close(fd);
	assert_int_equal(access(path, F_OK), 0);
	control = control_open(path);
	assert_non_null(control);
	fd = client();
	serve();
	say(fd, "hello\n");
	assert_hears(fd, "[hello]\n");
	(void)close(fd);
}

static void control__does_without__where_no_socket_can_be(void **state)
{
	(void)state;
	log_set_level(LOG_LEVEL_ERROR);
	assert_null(control_open("/tmp/nowhere-at-all/control.sock"));
	assert_null(control_open("/tmp/a-path-that-is-longer-than-a-socket-address-can-hold-on-any-system-that-we-know-of-today/and/then/some/control.sock"));
	assert_int_equal(control_fds(NULL, NULL), 0);
	control_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(control__is_open__to_its_own_user_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(control__answers__line_by_line, setup, teardown),
		cmocka_unit_test_setup_teardown(control__hangs_up__on_lines_too_long, setup, teardown),
		cmocka_unit_test_setup_teardown(control__hangs_up__on_two_lines_at_once, setup, teardown),
		cmocka_unit_test_setup_teardown(control__goes_on__while_one_does_not_listen, setup, teardown),
		cmocka_unit_test_setup_teardown(control__keeps__those_who_spoke_last, setup, teardown),
		cmocka_unit_test_setup_teardown(control__replaces__a_socket_of_before, setup, teardown),
		cmocka_unit_test_setup_teardown(control__does_without__where_no_socket_can_be, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
