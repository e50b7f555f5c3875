#include "cli/daemon.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "engine/control.h"
#include "engine/engine.h"

/* A daemon in the middle of a long turn takes its time; more than this is none. */
enum { ANSWER_SECONDS = 30 };

static int connect_to(const char *path)
{
	const struct timeval patience = { .tv_sec = ANSWER_SECONDS };
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd, error;

	if (strlen(path) >= sizeof address.sun_path)
		return -ENAMETOOLONG;
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0 &&
	    connect(fd, (const struct sockaddr *)&address, sizeof address) == 0)
		return fd;
	error = -errno;
	(void)close(fd);
	return error;
}

bool daemon_connect(struct daemon *daemon, const char *data)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	const char *path = control_path(arena, data);
	int fd = connect_to(path);

	if (fd < 0) {
		if (engine_is_running(data))
			(void)fprintf(stderr, "rotonde: %s: %s\n", path, strerror(-fd));
		else
			(void)fprintf(stderr, "rotonde: the daemon does not run; start it first: systemctl start rotonde, or rotonde run -c FILE\n");
		return false;
	}
	daemon->fd = fd;
	return true;
}

void daemon_release(struct daemon *daemon)
{
	file_close_fd(&daemon->fd);
}

/* Up to the end of the line. */
static bool read_line(int fd, struct buf *line)
{
	char bytes[4096];

	while (!line->len || line->data[line->len - 1] != '\n') {
		ssize_t len = recv(fd, bytes, sizeof bytes, 0);

		if (len < 0 && errno == EINTR)
			continue;
		if (len <= 0 || !buf_add(line, bytes, (size_t)len))
			return false;
	}
	return true;
}

bool daemon_ask(struct daemon *daemon, struct arena *arena, const struct cJSON *request, const struct cJSON **ret_answer, const char **ret_error)
{
	const char *line = arena_printf(arena, "%s\n", json_print(arena, request));
	AUTO_BUF answer;
	const struct cJSON *json = NULL;

	buf_init(&answer, CONTROL_ANSWER_MAX + 1);
	if (send(daemon->fd, line, strlen(line), MSG_NOSIGNAL) == (ssize_t)strlen(line) && read_line(daemon->fd, &answer))
		json = json_parse_in(arena, answer.data, answer.len);
	*ret_error = NULL;
	if (!json_is_object(json)) {
		(void)fprintf(stderr, "rotonde: the daemon does not answer\n");
		return false;
	}
	*ret_answer = json;
	*ret_error = json_str(json, "error");
	return json_true(json, "ok");
}
