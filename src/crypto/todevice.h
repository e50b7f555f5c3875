/*
 * The queue of messages to devices (MATRIX.md 5.18): requests that go out one after the other, each the same
 * bytes under the same transaction id until the server has it. A request carries one type, at most one
 * message a device, at most 250 devices; what one turn adds travels together as far as that allows, and no
 * message overtakes an earlier one to its device.
 *
 * What the server refuses for good, or fails on twenty times, is given up with an incident: the queue behind
 * it matters more. Who waited for it is told by todevice_lost_ms().
 */
#ifndef ROTONDE_CRYPTO_TODEVICE_H
#define ROTONDE_CRYPTO_TODEVICE_H

#include "crypto/crypto_internal.h"

extern const struct statements todevice_statements;

/* content: a JSON object below 64 KiB. group: what waits for it ("share/SESSION"), or NULL. */
void todevice_add(struct turn *turn, const char *type, const char *user, const char *device, const char *content, const char *group);

/* Is something of this group not with the server yet, nor given up? */
bool todevice_pending(struct view *view, const char *group) MUST_CHECK;

/*
 * When what this device was to get in this group was given up; 0: it was not, or something else of the group went to
 * it since. First: was anything of the group? It is remembered for a month.
 */
bool todevice_has_lost(struct view *view, const char *group) MUST_CHECK;
int64_t todevice_lost_ms(struct view *view, const char *group, const char *user, const char *device);

bool todevice_want(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void todevice_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

#endif
