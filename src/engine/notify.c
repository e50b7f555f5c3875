#include "engine/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"

/* A path, or @name for Linux's names outside the file system; what does not fit or is of another family is nobody. */
static bool find_manager(struct sockaddr_un *ret_address, socklen_t *ret_len)
{
	const char *path = getenv("NOTIFY_SOCKET");
	size_t len = path ? strlen(path) : 0;

	*ret_address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (len < 2 || len >= sizeof ret_address->sun_path || (path[0] != '/' && path[0] != '@'))
		return false;
	memcpy(ret_address->sun_path, path, len);
	if (path[0] == '@')
		ret_address->sun_path[0] = '\0';
	*ret_len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
	return true;
}

static void tell(const char *state)
{
	struct sockaddr_un address;
	socklen_t len;
	AUTO_FD fd = -1;

	if (!find_manager(&address, &len))
		return;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd >= 0)
		(void)sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&address, len);
}

void notify_ready(void)
{
	tell("READY=1");
}

void notify_stopping(void)
{
	tell("STOPPING=1");
}

void notify_status(const char *status)
{
	AUTO_ARENA arena = arena_create(64 * 1024);

	tell(arena_printf(arena, "STATUS=%s", status));
}

/* A number in the environment; false when it is not there or none. */
static bool find_number(const char *name, int64_t *ret_number)
{
	const char *text = getenv(name);

	return text && parse_int64(text, ret_number);
}

int64_t notify_watchdog_ms(void)
{
	int64_t interval_us, pid;

	if (!find_number("WATCHDOG_USEC", &interval_us) || interval_us <= 0)
		return INT64_MAX;
	/* Who started us may have been the one that is watched, and left us its environment. */
	if (getenv("WATCHDOG_PID") && (!find_number("WATCHDOG_PID", &pid) || pid != getpid()))
		return INT64_MAX;
	/* Half the time, as sd_watchdog_enabled(3) advises. */
	return interval_us / 2000;
}

void notify_alive(void)
{
	static int64_t said_ms;
	int64_t now_ms = monotonic_ms(), interval_ms = notify_watchdog_ms();

	if (interval_ms == INT64_MAX || (said_ms && now_ms - said_ms < interval_ms / 2))
		return;
	said_ms = now_ms;
	tell("WATCHDOG=1");
}
