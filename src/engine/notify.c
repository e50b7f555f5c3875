#include "engine/notify.h"

#include <systemd/sd-daemon.h>

#include "base/clock.h"

void notify_ready(void)
{
	(void)sd_notify(0, "READY=1");
}

void notify_stopping(void)
{
	(void)sd_notify(0, "STOPPING=1");
}

void notify_status(const char *status)
{
	(void)sd_notifyf(0, "STATUS=%s", status);
}

int64_t notify_watchdog_ms(void)
{
	uint64_t interval_us;

	if (sd_watchdog_enabled(0, &interval_us) <= 0)
		return INT64_MAX;
	/* Half the time, as sd_watchdog_enabled(3) advises. */
	return (int64_t)(interval_us / 2000);
}

void notify_alive(void)
{
	static int64_t said_ms;
	int64_t now_ms = monotonic_ms(), interval_ms = notify_watchdog_ms();

	if (interval_ms == INT64_MAX || (said_ms && now_ms - said_ms < interval_ms / 2))
		return;
	said_ms = now_ms;
	(void)sd_notify(0, "WATCHDOG=1");
}
