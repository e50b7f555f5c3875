/*
 * Speaking with the running daemon over its control socket (engine/control.h).
 */
#ifndef ROTONDE_CLI_DAEMON_H
#define ROTONDE_CLI_DAEMON_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/compiler.h"

struct cJSON;

struct daemon {
	int fd;
};

/* False, told on stderr, when no daemon runs on this folder or it does not listen. */
bool daemon_connect(struct daemon *daemon, const char *data) MUST_CHECK;
void daemon_release(struct daemon *daemon);

/*
 * Ask, and wait for the answer. True when it is "ok". False with *ret_error, the daemon's code, or NULL when it did not
 * answer, which was told on stderr. The answer lives in the arena.
 */
bool daemon_ask(struct daemon *daemon, struct arena *arena, const struct cJSON *request, const struct cJSON **ret_answer,
                const char **ret_error) MUST_CHECK;

#endif
