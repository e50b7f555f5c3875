/*
 * The one row of the keyring, for keyring.c and keyring_upload.c.
 */
#ifndef ROTONDE_CRYPTO_KEYRING_ROW_H
#define ROTONDE_CRYPTO_KEYRING_ROW_H

#include "crypto/keyring.h"

/* How many one-time keys the server is to have: half of what the account can hold, for those given out are still needed (MATRIX.md 5.4). */
enum { ONE_TIME_KEYS = 50 };

/* The columns are explained in 0008_crypto.sql. */
struct keyring {
	const char *user;
	const char *device;
	const char *curve25519;
	const char *ed25519;
	const char *signature;
	const char *cross_key;
	const char *cross_signature;
	bool uploaded;
	int64_t missing;
	bool unpublished;
	bool recount;
	int64_t fallback_at_ms; /* 0: the server has none */
	bool fallback_old;
	int64_t retry_at_ms;    /* 0: now */
	bool burnt;
};

bool keyring_find(struct view *view, struct keyring *ret_keyring) MUST_CHECK;
void keyring_get(struct view *view, struct keyring *ret_keyring);

/* All that changes but the account and the cross-signature. */
void keyring_write(struct turn *turn, const struct keyring *keyring);

void keyring_burn(struct turn *turn, const char *kind, const char *detail);

/* The account's signature over an object without its signatures, base64. */
char *keyring_sign_with(struct arena *arena, struct account *account, const struct cJSON *object) MUST_CHECK;

/* "ed25519:DEVICE", "signed_curve25519:ID" */
const char *keyring_key_id(struct arena *arena, const char *algorithm, const char *name) MUST_CHECK;

#endif
