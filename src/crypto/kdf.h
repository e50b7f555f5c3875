/*
 * Keys out of keys and passphrases, message authentication, and comparing what an onlooker may not learn
 * about. By OpenSSL; failure of a well-formed call ends the process.
 */
#ifndef ROTONDE_CRYPTO_KDF_H
#define ROTONDE_CRYPTO_KDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"

enum { HMAC_SHA256_BYTES = 32 };

struct octets {
	const void *bytes;
	size_t len;
};

/* HMAC-SHA-256 (RFC 2104). */
void hmac_sha256(struct octets key, struct octets message, unsigned char ret_mac[HMAC_SHA256_BYTES]);

/* HKDF-SHA-256 (RFC 5869) into len bytes, at most 255 * 32. An empty salt is the same as one of 32 zeros. */
void hkdf_sha256(struct octets key, struct octets salt, struct octets info, void *ret_bytes, size_t len);

/*
 * PBKDF2 with HMAC-SHA-512 (RFC 8018). The number of rounds comes from account data, so from the server: outside
 * these bounds nothing is computed and the answer is false. The upper one takes some ten seconds.
 */
enum { PBKDF2_ROUNDS_MIN = 1000, PBKDF2_ROUNDS_MAX = 10 * 1000 * 1000 };
bool pbkdf2_sha512(const char *passphrase, const char *salt, int64_t rounds, void *ret_bytes, size_t len) MUST_CHECK;

/* In a time that does not tell where the two differ. */
bool equal_in_constant_time(const void *a, const void *b, size_t len) MUST_CHECK;

#endif
