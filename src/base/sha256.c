#include "base/sha256.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "base/die.h"

struct sha256 {
	EVP_MD_CTX *context;
};

struct sha256 *sha256_create(void)
{
	struct sha256 *sum = xcalloc(1, sizeof *sum);

	sum->context = EVP_MD_CTX_new();
	if (!sum->context || EVP_DigestInit_ex(sum->context, EVP_sha256(), NULL) != 1)
		die("SHA-256 is not available");
	return sum;
}

void sha256_destroy(struct sha256 *sum)
{
	if (!sum)
		return;
	EVP_MD_CTX_free(sum->context);
	free(sum);
}

void sha256_add(struct sha256 *sum, const void *bytes, size_t len)
{
	if (EVP_DigestUpdate(sum->context, bytes, len) != 1)
		die("SHA-256 failed");
}

struct sha256_sum sha256_finish(struct sha256 *sum)
{
	struct sha256_sum result;

	if (EVP_DigestFinal_ex(sum->context, result.bytes, NULL) != 1)
		die("SHA-256 failed");
	return result;
}

struct sha256_sum sha256_of(const void *bytes, size_t len)
{
	struct sha256_sum result;

	if (EVP_Digest(bytes, len, result.bytes, NULL, EVP_sha256(), NULL) != 1)
		die("SHA-256 failed");
	return result;
}

void sha256_hex(const struct sha256_sum *sum, char hex[SHA256_HEX_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < SHA256_BYTES; i++) {
		hex[2 * i] = digits[sum->bytes[i] >> 4];
		hex[2 * i + 1] = digits[sum->bytes[i] & 0xf];
	}
	hex[SHA256_HEX_SIZE - 1] = '\0';
}
