/*
 * SHA-256 (FIPS 180-4), by OpenSSL.
 */
#ifndef ROTONDE_BASE_SHA256_H
#define ROTONDE_BASE_SHA256_H

#include <stddef.h>

enum { SHA256_BYTES = 32, SHA256_HEX_SIZE = 2 * SHA256_BYTES + 1 };

struct sha256_sum {
	unsigned char bytes[SHA256_BYTES];
};

/* A running sum; destroy accepts NULL. */
struct sha256;

struct sha256 *sha256_create(void);
void sha256_destroy(struct sha256 *sum);
void sha256_add(struct sha256 *sum, const void *bytes, size_t len);
struct sha256_sum sha256_finish(struct sha256 *sum);

struct sha256_sum sha256_of(const void *bytes, size_t len);

/* Lower-case hexadecimal with its closing NUL. */
void sha256_hex(const struct sha256_sum *sum, char hex[SHA256_HEX_SIZE]);

#endif
