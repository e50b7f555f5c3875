#include "engine/notify.h"

#include <systemd/sd-daemon.h>

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
	(void)sd_notify(0, "WATCHDOG=1");
}
