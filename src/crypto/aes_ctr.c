#include "crypto/aes_ctr.h"

#include <limits.h>
#include <openssl/evp.h>
#include <stdlib.h>

#include "base/die.h"

struct aes_ctr {
	EVP_CIPHER_CTX *context;
};

struct aes_ctr *aes_ctr_create(const unsigned char key[AES_KEY_BYTES], const unsigned char iv[AES_IV_BYTES])
{
	struct aes_ctr *stream = xcalloc(1, sizeof *stream);

	stream->context = EVP_CIPHER_CTX_new();
	if (!stream->context || EVP_EncryptInit_ex2(stream->context, EVP_aes_256_ctr(), key, iv, NULL) != 1)
		die("AES-256-CTR is not available");
	return stream;
}

void aes_ctr_destroy(struct aes_ctr *stream)
{
	if (!stream)
		return;
	EVP_CIPHER_CTX_free(stream->context);
	free(stream);
}

void aes_ctr_cleanup(struct aes_ctr **stream)
{
	aes_ctr_destroy(*stream);
}

void aes_ctr_apply(struct aes_ctr *stream, const void *from, void *to, size_t len)
{
	int done;

	INVARIANT(len <= INT_MAX);
	if (EVP_EncryptUpdate(stream->context, to, &done, from, (int)len) != 1 || (size_t)done != len)
		die("AES-256-CTR failed");
}
