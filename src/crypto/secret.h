/*
 * Secret storage (specification, "Secrets", m.secret_storage.v1.aes-hmac-sha2): the private keys of an
 * account, kept by its server in account data, each sealed under its name with one 32-byte key that only
 * people hold (crypto/recovery_key.h). The server can swap, change and drop what it keeps: whoever restores
 * a key compares its public half with the one that is known.
 */
#ifndef ROTONDE_CRYPTO_SECRET_H
#define ROTONDE_CRYPTO_SECRET_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/compiler.h"

struct cJSON;

enum { SECRET_KEY_BYTES = 32 };

enum secret {
	SECRET_OPENED,
	SECRET_MALFORMED, /* it is not what secret_seal() makes, or holds no text */
	SECRET_WRONG,     /* another key, another name, or changed since */
};

/* Fresh {"iv", "ciphertext", "mac"}: the value beside the key's id in `encrypted` of the account data of this name. */
struct cJSON *secret_seal(const unsigned char key[SECRET_KEY_BYTES], const char *name, const char *text) MUST_CHECK;

/* The text in the arena; wipe it after use. The MAC is checked before anything is decrypted. */
enum secret secret_open(struct arena *arena, const unsigned char key[SECRET_KEY_BYTES], const char *name, const struct cJSON *sealed,
	char **ret_text) MUST_CHECK;

/* "opened", "malformed", "wrong": for the log. */
const char *secret_word(enum secret verdict);

enum secret_key {
	SECRET_KEY_RIGHT,
	SECRET_KEY_ASSUMED, /* its description allows no check: only opening a secret will tell */
	SECRET_KEY_WRONG,
	SECRET_KEY_FOREIGN, /* the description is of an algorithm we do not know */
};

/* A fresh description for the account data m.secret_storage.key.ID, with which the key can be checked. */
struct cJSON *secret_key_describe(const unsigned char key[SECRET_KEY_BYTES]) MUST_CHECK;

/* Is this the key that was described? */
enum secret_key secret_key_check(const unsigned char key[SECRET_KEY_BYTES], const struct cJSON *description) MUST_CHECK;

/* "right", "assumed", "wrong", "foreign": for the log. */
const char *secret_key_word(enum secret_key verdict);

/*
 * The key that somebody made from a passphrase, by the recipe in its description. False when there is none, it
 * is not m.pbkdf2 for 256 bits, or its rounds are out of the bounds of crypto/kdf.h.
 */
bool secret_key_from_passphrase(const char *passphrase, const struct cJSON *description, unsigned char ret_key[SECRET_KEY_BYTES]) MUST_CHECK;

#endif
