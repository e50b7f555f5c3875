/*
 * Base64 (RFC 4648), read so strictly that bytes have one text only: no other characters, no line ends, no
 * bits left over in the last one. Matrix writes it without padding (specification, Appendices, "Unpadded
 * Base64"); some clients pad all the same.
 */
#ifndef ROTONDE_CRYPTO_BASE64_H
#define ROTONDE_CRYPTO_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"

enum base64 {
	BASE64_UNPADDED, /* identifiers, keys and signatures: + and /, no padding */
	BASE64_ANY_PAD,  /* to read only: the same with or without its right padding */
	BASE64_URL,      /* JSON Web Keys: - and _, no padding */
};

/* False when text is none. *ret_bytes lives in the arena, closed with a NUL that does not count. */
bool base64_decode(struct arena *arena, enum base64 form, const char *text, unsigned char **ret_bytes, size_t *ret_len) MUST_CHECK;

/* Into the caller's memory; false, bytes untouched, when text is not the base64 of exactly len bytes. NULL text is false. */
bool base64_decode_exact(enum base64 form, const char *text, void *ret_bytes, size_t len) MUST_CHECK;

/* In the arena. */
char *base64_encode(struct arena *arena, enum base64 form, const void *bytes, size_t len) MUST_CHECK;

/* The characters of len bytes, without padding. */
#define BASE64_LEN(len) (((len) * 8 + 5) / 6)

#endif
