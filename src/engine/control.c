#include "engine/control.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/die.h"
#include "base/file.h"
#include "base/log.h"

struct client {
	int fd;
	uint64_t heard_at; /* the turn of hearing in which it last said something */
	struct buf in;     /* an unfinished line */
	struct buf out;    /* an answer that did not leave yet */
	size_t out_sent;
	bool gone;
};

struct control {
	int fd;
	char *path;
	uint64_t hearings;
	struct client clients[CONTROL_CLIENTS_MAX];
	size_t clients_len;
};

char *control_path(struct arena *arena, const char *data)
{
	return arena_printf(arena, "%s/control.sock", data);
}

/* A negative errno when there is none to be had. */
static int listen_at(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd, error;

	if (strlen(path) >= sizeof address.sun_path)
		return -ENAMETOOLONG;
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	/* Of a process that was killed: the folder's lock is ours. Nobody connects before the mode is right. */
	(void)unlink(path);
	if (bind(fd, (const struct sockaddr *)&address, sizeof address) == 0 && chmod(path, 0600) == 0 && listen(fd, CONTROL_CLIENTS_MAX) == 0)
		return fd;
	error = -errno;
	(void)close(fd);
	return error;
}

struct control *control_open(const char *path)
{
	struct control *control;
	int fd = listen_at(path);

	if (fd < 0) {
		log_warn("control.unavailable", "path=\"%s\" why=\"%s\"", path, strerror(-fd));
		return NULL;
	}
	control = xcalloc(1, sizeof *control);
	control->fd = fd;
	control->path = xstrdup(path);
	return control;
}

static void client_release(struct client *client)
{
	file_close_fd(&client->fd);
	buf_release(&client->in);
	buf_release(&client->out);
}

void control_close(struct control *control)
{
	if (!control)
		return;
	for (size_t i = 0; i < control->clients_len; i++)
		client_release(&control->clients[i]);
	(void)unlink(control->path);
	file_close_fd(&control->fd);
	free(control->path);
	free(control);
}

size_t control_fds(const struct control *control, struct pollfd *fds)
{
	size_t len = 0;

	if (!control)
		return 0;
	fds[len++] = (struct pollfd){ .fd = control->fd, .events = POLLIN };
	/* Who does not take its answer is not heard any more. */
	for (size_t i = 0; i < control->clients_len; i++)
		fds[len++] = (struct pollfd){ .fd = control->clients[i].fd, .events = control->clients[i].out.len ? POLLOUT : POLLIN };
	return len;
}

static void remove_client(struct control *control, size_t at)
{
	client_release(&control->clients[at]);
	memmove(&control->clients[at], &control->clients[at + 1], (control->clients_len - at - 1) * sizeof *control->clients);
	control->clients_len--;
}

static void remove_silent(struct control *control)
{
	size_t silent = 0;

	for (size_t i = 1; i < control->clients_len; i++) {
		if (control->clients[i].heard_at < control->clients[silent].heard_at)
			silent = i;
	}
	remove_client(control, silent);
}

static void accept_client(struct control *control)
{
	int fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	struct client *client;

	if (fd < 0)
		return;
	if (control->clients_len == CONTROL_CLIENTS_MAX)
		remove_silent(control);
	client = &control->clients[control->clients_len++];
	*client = (struct client){ .fd = fd, .heard_at = control->hearings };
	buf_init(&client->in, CONTROL_REQUEST_MAX);
	buf_init(&client->out, CONTROL_ANSWER_MAX);
}

static void flush(struct client *client)
{
	while (client->out_sent < client->out.len) {
		ssize_t sent = send(client->fd, client->out.data + client->out_sent, client->out.len - client->out_sent, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0) {
			client->gone = errno != EAGAIN;
			return;
		}
		client->out_sent += (size_t)sent;
	}
	buf_reset(&client->out);
	client->out_sent = 0;
}

/* A line is a request; what follows before its answer is none. */
static void hear(struct client *client, void (*answer)(void *context, const char *line, size_t len, struct buf *ret_answer), void *context)
{
	char bytes[CONTROL_REQUEST_MAX];
	ssize_t len = recv(client->fd, bytes, sizeof bytes, 0);
	char *end;

	if (len < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (len <= 0 || !buf_add(&client->in, bytes, (size_t)len)) {
		client->gone = true;
		return;
	}
	end = memchr(client->in.data, '\n', client->in.len);
	if (!end)
		return;
	if (end != client->in.data + client->in.len - 1) {
		client->gone = true;
		return;
	}
	*end = '\0';
	answer(context, client->in.data, client->in.len - 1, &client->out);
	buf_reset(&client->in);
	if (!buf_add_text(&client->out, "\n"))
		client->gone = true;
	else
		flush(client);
}

void control_serve(struct control *control, const struct pollfd *fds, size_t fds_len,
                   void (*answer)(void *context, const char *line, size_t len, struct buf *ret_answer), void *context)
{
	if (!control || !fds_len)
		return;
	for (size_t i = 1; i < fds_len; i++) {
		struct client *client = &control->clients[i - 1];

		if (!fds[i].revents)
			continue;
		if (client->out.len) {
			flush(client);
		} else {
			client->heard_at = ++control->hearings;
			hear(client, answer, context);
		}
	}
	for (size_t i = control->clients_len; i-- > 0;) {
		if (control->clients[i].gone)
			remove_client(control, i);
	}
	if (fds[0].revents)
		accept_client(control);
}
