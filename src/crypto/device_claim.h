/*
 * What somebody says of a device or a cross-signing key, checked by itself: ids, shape, soundness and signatures
 * (MATRIX.md 6.3, 8.12; spec: Key algorithms, Cross-signing). Pure; what we knew before is not asked.
 */
#ifndef ROTONDE_CRYPTO_DEVICE_CLAIM_H
#define ROTONDE_CRYPTO_DEVICE_CLAIM_H

#include "crypto/device.h"

struct device_claim {
	struct device device;
	bool reachable;        /* it speaks both of our algorithms */
	const char *signed_by; /* the self-signing key, when that signed it; else NULL */
};

/*
 * device_keys as m.device_keys describes them, of this user and device (NULL: any). identity: the owner's keys
 * as far as known, to look for their signature; a device that is named like one of them is refused.
 * False with *ret_why, a word for the log. What is returned borrows from the object.
 */
bool device_claim_parse(struct arena *arena, const struct cJSON *device_keys, const char *user, const char *id, const struct identity *identity,
                        struct device_claim *ret_claim, const char **ret_why) MUST_CHECK;

/*
 * A cross-signing key's object, of this user, for this usage ("master", ...), signed by the master key when one
 * is given. False with *ret_why, a word for the log. *ret_key borrows from the object.
 */
bool identity_claim_parse(struct arena *arena, const struct cJSON *object, const char *user, const char *usage, const char *master,
                          const char **ret_key, const char **ret_why) MUST_CHECK;

#endif
