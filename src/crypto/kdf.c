#include "crypto/kdf.h"

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <string.h>

#include "base/die.h"

void hmac_sha256(struct octets key, struct octets message, unsigned char ret_mac[HMAC_SHA256_BYTES])
{
	unsigned len = 0;

	INVARIANT(key.len <= INT_MAX);
	if (!HMAC(EVP_sha256(), key.bytes, (int)key.len, message.bytes, message.len, ret_mac, &len) || len != HMAC_SHA256_BYTES)
		die("HMAC-SHA-256 failed");
}

/* OpenSSL takes parameters that it does not change through pointers that are not const. */
static OSSL_PARAM octets_param(const char *name, struct octets octets)
{
	static char nothing[] = "";

	return OSSL_PARAM_construct_octet_string(name, octets.len ? (void *)(uintptr_t)octets.bytes : nothing, octets.len);
}

void hkdf_sha256(struct octets key, struct octets salt, struct octets info, void *ret_bytes, size_t len)
{
	char digest[] = "SHA256";
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
		octets_param(OSSL_KDF_PARAM_KEY, key),
		octets_param(OSSL_KDF_PARAM_SALT, salt),
		octets_param(OSSL_KDF_PARAM_INFO, info),
		OSSL_PARAM_construct_end(),
	};
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);

	if (!context || EVP_KDF_derive(context, ret_bytes, len, params) != 1)
		die("HKDF-SHA-256 failed");
	EVP_KDF_CTX_free(context);
	EVP_KDF_free(kdf);
}

bool pbkdf2_sha512(const char *passphrase, const char *salt, int64_t rounds, void *ret_bytes, size_t len)
{
	size_t passphrase_len = strlen(passphrase), salt_len = strlen(salt);

	if (rounds < PBKDF2_ROUNDS_MIN || rounds > PBKDF2_ROUNDS_MAX)
		return false;
	INVARIANT(passphrase_len <= INT_MAX && salt_len <= INT_MAX && len <= INT_MAX);
	if (PKCS5_PBKDF2_HMAC(passphrase, (int)passphrase_len, (const unsigned char *)salt, (int)salt_len, (int)rounds, EVP_sha512(),
			      (int)len, ret_bytes) != 1)
		die("PBKDF2 failed");
	return true;
}

bool equal_in_constant_time(const void *a, const void *b, size_t len)
{
	return CRYPTO_memcmp(a, b, len) == 0;
}
