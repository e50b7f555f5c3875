#include "crypto/curve.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

#include "base/die.h"
#include "crypto/base64.h"

/*
 * The u coordinates of small order, on the curve and its twist, little-endian; and the y coordinates on
 * Ed25519, whose highest bit is the sign of x. Cremers and Jackson, "Prime, Order Please!" (2019), list
 * them in every encoding; only the canonical ones get as far as this.
 */
enum { SMALL_ORDER_MAX = 5 };

static const unsigned char small_u[SMALL_ORDER_MAX][CURVE_KEY_BYTES] = {
	{ 0 },
	{ 1 },
	{ 0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
	  0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00 },
	{ 0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
	  0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57 },
	{ 0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f },
};

static const unsigned char small_y[SMALL_ORDER_MAX][CURVE_KEY_BYTES] = {
	{ 0 },
	{ 1 },
	{ 0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
	  0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05 },
	{ 0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
	  0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a },
	{ 0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f },
};

/* Below the field's prime 2^255 - 19, little-endian. */
static bool is_canonical(const unsigned char coordinate[CURVE_KEY_BYTES])
{
	if (coordinate[31] > 0x7f)
		return false;
	if (coordinate[31] < 0x7f || coordinate[0] < 0xed)
		return true;
	for (size_t i = 1; i < 31; i++) {
		if (coordinate[i] != 0xff)
			return true;
	}
	return false;
}

static bool stands_in(const unsigned char list[SMALL_ORDER_MAX][CURVE_KEY_BYTES], const unsigned char *coordinate)
{
	for (size_t i = 0; i < SMALL_ORDER_MAX; i++) {
		if (memcmp(list[i], coordinate, CURVE_KEY_BYTES) == 0)
			return true;
	}
	return false;
}

bool curve25519_is_sound(const char *base64)
{
	unsigned char key[CURVE_KEY_BYTES];

	return base64_decode_exact(BASE64_UNPADDED, base64, key, sizeof key) && is_canonical(key) && !stands_in(small_u, key);
}

static bool point_is_sound(const unsigned char point[CURVE_KEY_BYTES])
{
	unsigned char y[CURVE_KEY_BYTES];

	memcpy(y, point, sizeof y);
	y[31] &= 0x7f;
	return is_canonical(y) && !stands_in(small_y, y);
}

static bool ed25519_parse(const char *base64, unsigned char ret_key[CURVE_KEY_BYTES])
{
	return base64_decode_exact(BASE64_UNPADDED, base64, ret_key, CURVE_KEY_BYTES) && point_is_sound(ret_key);
}

bool ed25519_is_sound(const char *base64)
{
	unsigned char key[CURVE_KEY_BYTES];

	return ed25519_parse(base64, key);
}

static bool verify(EVP_PKEY *key, const void *bytes, size_t len, const unsigned char signature[ED25519_SIGNATURE_BYTES])
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool good;

	if (!context || EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) != 1)
		die("Ed25519 is not available");
	/* OpenSSL refuses s that is not below the group's order, and points that are none. */
	good = EVP_DigestVerify(context, signature, ED25519_SIGNATURE_BYTES, bytes, len) == 1;
	EVP_MD_CTX_free(context);
	if (!good)
		ERR_clear_error();
	return good;
}

bool ed25519_verify(const char *key_base64, const void *bytes, size_t len, const char *signature_base64)
{
	unsigned char raw[CURVE_KEY_BYTES], signature[ED25519_SIGNATURE_BYTES];
	EVP_PKEY *key;
	bool good;

	if (!ed25519_parse(key_base64, raw) ||
	    !base64_decode_exact(BASE64_UNPADDED, signature_base64, signature, sizeof signature) || !point_is_sound(signature))
		return false;
	key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, raw, sizeof raw);
	if (!key)
		die("Ed25519 is not available");
	good = verify(key, bytes, len, signature);
	EVP_PKEY_free(key);
	return good;
}
