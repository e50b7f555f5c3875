/*
 * The service manager: ready, what we are doing, still alive. Without one, nothing happens.
 *
 * The protocol is one datagram to $NOTIFY_SOCKET for each thing said, and $WATCHDOG_USEC says how often it wants
 * to hear that we are alive: sd_notify(3) and sd_watchdog_enabled(3). Why without
 * libsystemd: docs/decisions/0012.
 */
#ifndef ROTONDE_ENGINE_NOTIFY_H
#define ROTONDE_ENGINE_NOTIFY_H

#include <stdint.h>

void notify_ready(void);
void notify_stopping(void);
void notify_status(const char *status);

/* How often notify_alive() is wanted at least, in ms; INT64_MAX when nobody watches. */
int64_t notify_watchdog_ms(void);

/* Call it as often as you like: it says so as often as is wanted. */
void notify_alive(void);

#endif
