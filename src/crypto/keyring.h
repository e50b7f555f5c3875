/*
 * Our own device: the Olm account with its identity, one-time and fallback keys, and what the server has
 * of them (MATRIX.md 5.1-5.6). The account is one row, sealed; what changes it stores it in the same turn.
 *
 * Keys are made in one turn and published by a later want, so that what the server has is always in the
 * database first. Fallback keys are made and forgotten by time, but only when a batch comes: without a
 * server there is nobody to publish to.
 */
#ifndef ROTONDE_CRYPTO_KEYRING_H
#define ROTONDE_CRYPTO_KEYRING_H

#include "crypto/crypto_internal.h"

struct account;

extern const struct statements keyring_statements;

/* Is there an account, so that secrets are sealed? */
bool keyring_exists(struct view *view) MUST_CHECK;

/* Make the account when there is none. What can be wrong is told as crypto_open() does. */
enum crypto_opening keyring_open(struct crypto *crypto, struct turn *turn) MUST_CHECK;

/* The account, in the arena of the turn or view. In a turn, what changed it is written back by keyring_store(). */
struct account *keyring_load(struct crypto *crypto, struct view *view) MUST_CHECK;
void keyring_store(struct crypto *crypto, struct turn *turn, struct account *account);

/* Our public keys, base64. */
const char *keyring_curve25519(struct view *view);
const char *keyring_ed25519(struct view *view);

/* The device's signature over an object's canonical JSON, base64 (spec: Signing JSON). An object without a canonical form is a bug. */
char *keyring_sign(struct crypto *crypto, struct view *view, const struct cJSON *object) MUST_CHECK;

/* device_keys as uploaded, signed by the device and, once there is one, by our self-signing key. To be destroyed. */
struct cJSON *keyring_device_keys(struct crypto *crypto, struct view *view) MUST_CHECK;

/*
 * Our self-signing key signed this device: it stands in keyring_device_keys() from here on. A device that is
 * uploaded already is not uploaded again for it: /keys/signatures/upload brings the signature there.
 */
void keyring_take_cross_signature(struct crypto *crypto, struct turn *turn, const char *key_id, const char *signature);

/* Is there such a signature? */
bool keyring_is_cross_signed(struct view *view) MUST_CHECK;

/* The server had our device keys once: others can find this device. */
bool keyring_is_uploaded(struct view *view) MUST_CHECK;

/*
 * This device must not speak any more (MATRIX.md 5.1, 8.3): the server has other keys in its place, because this
 * database is an old copy or somebody else uses the device's name. An incident tells.
 */
bool keyring_is_burnt(struct view *view) MUST_CHECK;

/*
 * What an answer shows under our own device's name: its device_keys, or NULL for nothing. Other keys than ours
 * burn the device. None have it uploaded again, and burn it when that does not help; true then: ask again.
 */
bool keyring_take_own(struct turn *turn, const struct cJSON *device_keys) MUST_CHECK;

/* What a batch tells of our keys on the server. */
void keyring_take_counts(struct crypto *crypto, struct turn *turn, int64_t one_time_keys, bool fallback_spent);

bool keyring_want(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void keyring_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

/* When an upload that the server refused may be tried again; INT64_MAX. */
int64_t keyring_next_ms(struct view *view);

#endif
