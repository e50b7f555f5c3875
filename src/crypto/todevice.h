/*
 * The queue of messages to devices (MATRIX.md 5.18): rows that go out under transaction ids of their own, the
 * same bytes under the same id until the server has them. One request carries one type, at most one message a
 * device, at most 250 devices, in the order of the rows.
 */
#ifndef ROTONDE_CRYPTO_TODEVICE_H
#define ROTONDE_CRYPTO_TODEVICE_H

#include "crypto/crypto_internal.h"

extern const struct statements todevice_statements;

/* content: a JSON object, frozen from here on. group: what waits for it ("share/SESSION"), or NULL. */
void todevice_add(struct turn *turn, const char *type, const char *user, const char *device, const char *content, const char *group);

/* Is something of this group not with the server yet? */
bool todevice_pending(struct view *view, const char *group) MUST_CHECK;

bool todevice_want(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void todevice_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

#endif
