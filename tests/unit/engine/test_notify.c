#include "engine/notify.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/die.h"
#include "base/str.h"
#include "unit/cmocka_all.h"

static char folder[32];
static char path[64];
static int manager;

/* The service manager's end, under this name; '@' stands for the NUL of an abstract one. */
static void listen_as(const char *name)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t len = strlen(name);

	memcpy(address.sun_path, name, len);
	if (*name == '@')
		address.sun_path[0] = '\0';
	manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	assert_true(manager >= 0);
	assert_int_equal(bind(manager, (const struct sockaddr *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)), 0);
	assert_int_equal(setenv("NOTIFY_SOCKET", name, 1), 0);
}

/* What was said first and not yet heard; "" when nothing was. */
static const char *heard(void)
{
	static char text[128];
	ssize_t len = recv(manager, text, sizeof text - 1, 0);

	text[len > 0 ? len : 0] = '\0';
	return text;
}

static int setup(void **state)
{
	(void)state;
	manager = -1;
	snprintf(folder, sizeof folder, "/tmp/rotonde-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/notify", folder);
	(void)unsetenv("NOTIFY_SOCKET");
	(void)unsetenv("WATCHDOG_USEC");
	(void)unsetenv("WATCHDOG_PID");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	if (manager >= 0)
		(void)close(manager);
	(void)unlink(path);
	return rmdir(folder);
}

static void notify__tells__each_state_in_a_datagram(void **state)
{
	(void)state;
	listen_as(path);
	notify_ready();
	notify_status("connected");
	notify_stopping();
	assert_string_equal(heard(), "READY=1");
	assert_string_equal(heard(), "STATUS=connected");
	assert_string_equal(heard(), "STOPPING=1");
	assert_string_equal(heard(), "");
}

static void notify__finds__a_manager_outside_the_file_system(void **state)
{
	char name[64];

	(void)state;
	snprintf(name, sizeof name, "@rotonde-test-%d", (int)getpid());
	listen_as(name);
	notify_ready();
	assert_string_equal(heard(), "READY=1");
}

static void notify__is_silent__without_a_manager(void **state)
{
	static const char *const nobody[] = { "", "@", "vsock:2:1234", "relative", "/nowhere/at/all",
		"/a/path/that/is/far/longer/than/the/hundred/and/eight/bytes/that/a/socket/may/have/for/its/name/in/the/file/system/of/linux" };

	(void)state;
	notify_ready();
	for (size_t i = 0; i < ARRAY_LEN(nobody); i++) {
		assert_int_equal(setenv("NOTIFY_SOCKET", nobody[i], 1), 0);
		notify_ready();
	}
}

static void notify_watchdog__asks__half_the_time_of_this_process_only(void **state)
{
	char pid[16];

	(void)state;
	assert_true(notify_watchdog_ms() == INT64_MAX);
	assert_int_equal(setenv("WATCHDOG_USEC", "60000000", 1), 0);
	assert_int_equal(notify_watchdog_ms(), 30000);
	snprintf(pid, sizeof pid, "%d", (int)getpid());
	assert_int_equal(setenv("WATCHDOG_PID", pid, 1), 0);
	assert_int_equal(notify_watchdog_ms(), 30000);
	snprintf(pid, sizeof pid, "%d", (int)getppid());
	assert_int_equal(setenv("WATCHDOG_PID", pid, 1), 0);
	assert_true(notify_watchdog_ms() == INT64_MAX);
}

static void notify_watchdog__ignores__what_is_no_time(void **state)
{
	static const char *const wrong[] = { "", "0", "-5", "soon", "60000000us" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_int_equal(setenv("WATCHDOG_USEC", wrong[i], 1), 0);
		assert_true(notify_watchdog_ms() == INT64_MAX);
	}
}

static void notify_alive__tells__no_more_often_than_is_wanted(void **state)
{
	(void)state;
	listen_as(path);
	notify_alive();
	assert_string_equal(heard(), "");
	assert_int_equal(setenv("WATCHDOG_USEC", "60000000", 1), 0);
	notify_alive();
	notify_alive();
	assert_string_equal(heard(), "WATCHDOG=1");
	assert_string_equal(heard(), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(notify__tells__each_state_in_a_datagram, setup, teardown),
		cmocka_unit_test_setup_teardown(notify__finds__a_manager_outside_the_file_system, setup, teardown),
		cmocka_unit_test_setup_teardown(notify__is_silent__without_a_manager, setup, teardown),
		cmocka_unit_test_setup_teardown(notify_watchdog__asks__half_the_time_of_this_process_only, setup, teardown),
		cmocka_unit_test_setup_teardown(notify_watchdog__ignores__what_is_no_time, setup, teardown),
		cmocka_unit_test_setup_teardown(notify_alive__tells__no_more_often_than_is_wanted, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
