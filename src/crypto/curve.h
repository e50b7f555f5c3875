/*
 * Keys of other people, looked at before anything is done with them, and Ed25519 signatures.
 *
 * libolm takes any 32 bytes for a key, and signatures in more than one form (MATRIX.md 5.8, 10.7). Here a
 * key must be canonical base64 of a canonical point that is not one of the few of small order, with which
 * a secret comes out the same for everybody and one signature fits any message; a signature must be the
 * only one of its kind.
 */
#ifndef ROTONDE_CRYPTO_CURVE_H
#define ROTONDE_CRYPTO_CURVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

enum { CURVE_KEY_BYTES = 32, ED25519_SIGNATURE_BYTES = 64 };

/* A Curve25519 public key fit for a key agreement. NULL is none. */
bool curve25519_is_sound(const char *base64) MUST_CHECK;

/* An Ed25519 public key fit to verify with. NULL is none. */
bool ed25519_is_sound(const char *base64) MUST_CHECK;

/*
 * Whether the signature over these bytes is by this key (RFC 8032, with s below the group's order and neither
 * the key nor the signature's R of small order). An unsound key verifies nothing. Never use a signature as
 * an identifier.
 */
bool ed25519_verify(const char *key_base64, const void *bytes, size_t len, const char *signature_base64) MUST_CHECK;

#endif
