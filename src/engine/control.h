/*
 * How a person at the host speaks with the running daemon: a socket in the data folder, which only the daemon's own
 * user may open. A request is one line, and so is its answer; who sends anything else is hung up on. Nothing here
 * waits: what is ready is told by poll(), beside all else the engine waits for.
 *
 * What the lines mean is for who answers them (control_requests.c).
 */
#ifndef ROTONDE_ENGINE_CONTROL_H
#define ROTONDE_ENGINE_CONTROL_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/compiler.h"

struct pollfd;

enum {
	CONTROL_CLIENTS_MAX = 4, /* one more, and the one that was silent longest is hung up on */
	CONTROL_FDS_MAX = CONTROL_CLIENTS_MAX + 1,
	CONTROL_REQUEST_MAX = 4 * 1024,
	CONTROL_ANSWER_MAX = 64 * 1024,
};

struct control;

/* DATA/control.sock, in the arena. */
char *control_path(struct arena *arena, const char *data) MUST_CHECK;

/* What stands at path is replaced. NULL when it cannot be had: then the log tells, and the daemon goes on without. */
struct control *control_open(const char *path) MUST_CHECK;

/* Removes the socket. NULL is fine. */
void control_close(struct control *control);

/* What to wait for, into at most CONTROL_FDS_MAX places; how many. NULL: none. */
size_t control_fds(const struct control *control, struct pollfd *fds);

/*
 * Do what these, filled by control_fds() just before and polled, are ready for. answer() is given a line without its
 * end, closed with a NUL, and adds one without an end to ret_answer.
 */
void control_serve(struct control *control, const struct pollfd *fds, size_t fds_len,
                   void (*answer)(void *context, const char *line, size_t len, struct buf *ret_answer), void *context);

#endif
