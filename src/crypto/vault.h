/*
 * The wrapping of secrets in the database: AES-256-GCM under a random key that stands in a file of its own,
 * so that a copy of the database alone tells nobody's keys. What is sealed for one row opens for no other:
 * table and primary key are authenticated with it (MATRIX.md 10.5).
 *
 * Nonces are 96 random bits: 2^32 rows may be sealed with one key (NIST SP 800-38D, 8.3), a hundred thousand a
 * day for a century.
 */
#ifndef ROTONDE_CRYPTO_VAULT_H
#define ROTONDE_CRYPTO_VAULT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"

enum { VAULT_KEY_BYTES = 32 };

enum vault_opening {
	VAULT_OPENED,
	VAULT_CREATED, /* the key was made just now: nothing sealed before opens any more */
	VAULT_REFUSED,
};

struct vault;

/*
 * Read the 32 bytes of the key file. An absent file is made from fresh randomness, mode 0600 and durable before
 * this returns. Refused, with *ret_why in words: a file that others may read (systemd guards the credentials in
 * $CREDENTIALS_DIRECTORY itself), is of another size, or cannot be read or made.
 */
enum vault_opening vault_open(const char *path, struct vault **ret_vault, const char **ret_why) MUST_CHECK;

/* Wipes the keys. NULL is fine. */
void vault_close(struct vault *vault);

/* Bytes for the row of this table with this primary key, in the arena; sealing the same twice gives two different results. */
void *vault_seal(const struct vault *vault, struct arena *arena, const char *table, const char *key, const void *bytes, size_t len,
	size_t *ret_len) MUST_CHECK;

/* False when these bytes were not sealed with this key for this row, or changed since. NUL-terminated, the NUL not counted. */
bool vault_unseal(const struct vault *vault, struct arena *arena, const char *table, const char *key, const void *sealed, size_t len,
	void **ret_bytes, size_t *ret_len) MUST_CHECK;

/* VAULT_KEY_BYTES to pickle libolm's objects with, derived from the file's; they live as long as the vault. */
const unsigned char *vault_pickle_key(const struct vault *vault);

#endif
