/*
 * What stands inside an Olm message (spec: m.olm.v1.curve25519-aes-sha2): pure, from bytes to a checked struct
 * and back. Whether what it claims is true is for the channel to judge.
 */
#ifndef ROTONDE_CRYPTO_OLM_PAYLOAD_H
#define ROTONDE_CRYPTO_OLM_PAYLOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"

struct cJSON;

/* Nothing is NULL or empty but sender_device_keys; texts of keys and ids are what was written, not looked at. */
struct olm_payload {
	const char *type;
	const struct cJSON *content;            /* an object */
	const char *sender;
	const char *sender_ed25519;
	const char *recipient;
	const char *recipient_ed25519;
	const struct cJSON *sender_device_keys; /* an object, or NULL */
};

/* False when it is no payload. What it points to lives in the arena. */
bool olm_payload_parse(struct arena *arena, const char *bytes, size_t len, struct olm_payload *ret_payload) MUST_CHECK;

/* Never NULL; borrows nothing. */
char *olm_payload_format(struct arena *arena, const struct olm_payload *payload) MUST_CHECK;

#endif
