/*
 * Our own device: the Olm account with its identity, one-time and fallback keys, and what the server has
 * of them (MATRIX.md 5.1-5.6). The account is one row, sealed; what changes it stores it in the same turn.
 */
#ifndef ROTONDE_CRYPTO_KEYRING_H
#define ROTONDE_CRYPTO_KEYRING_H

#include "crypto/crypto_internal.h"

struct account;

extern const struct statements keyring_statements;

/* Make the account when there is none. What can be wrong is told as crypto_open() does. */
enum crypto_opening keyring_open(struct crypto *crypto, struct turn *turn) MUST_CHECK;

/* The account, in the arena of the turn or view. In a turn, what changed it is written back by keyring_store(). */
struct account *keyring_load(struct crypto *crypto, struct view *view) MUST_CHECK;
void keyring_store(struct crypto *crypto, struct turn *turn, struct account *account);

/* Our public keys, base64. */
const char *keyring_curve25519(struct view *view);
const char *keyring_ed25519(struct view *view);

/* The device's signature over an object's canonical JSON, base64 (spec: Signing JSON). */
char *keyring_sign(struct crypto *crypto, struct view *view, const struct cJSON *object) MUST_CHECK;

/* device_keys as uploaded, signed by the device and, once there is one, by our self-signing key. To be destroyed. */
struct cJSON *keyring_device_keys(struct crypto *crypto, struct view *view) MUST_CHECK;

/* Our self-signing key signed this device: keep it for the next upload and for sender_device_keys. */
void keyring_take_cross_signature(struct crypto *crypto, struct turn *turn, const char *key_id, const char *signature);

/* What a batch tells of our keys on the server. */
void keyring_take_counts(struct crypto *crypto, struct turn *turn, int64_t one_time_keys, bool fallback_spent);

bool keyring_want(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void keyring_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

/* When a fallback key is due to be made, or forgotten; INT64_MAX. */
int64_t keyring_next_ms(struct view *view);

#endif
