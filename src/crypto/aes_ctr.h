/*
 * AES-256 in counter mode (NIST SP 800-38A), a stream: what attachments and secret storage are encrypted
 * with. It hides and nothing more; whoever decrypts has checked a hash or a MAC before.
 */
#ifndef ROTONDE_CRYPTO_AES_CTR_H
#define ROTONDE_CRYPTO_AES_CTR_H

#include <stddef.h>

#include "base/compiler.h"

enum { AES_KEY_BYTES = 32, AES_IV_BYTES = 16 };

struct aes_ctr;

struct aes_ctr *aes_ctr_create(const unsigned char key[AES_KEY_BYTES], const unsigned char iv[AES_IV_BYTES]) MUST_CHECK;

/* Wipes the key. NULL is fine. */
void aes_ctr_destroy(struct aes_ctr *stream);

/* The next len bytes, to or fro; `to` may be `from`. */
void aes_ctr_apply(struct aes_ctr *stream, const void *from, void *to, size_t len);

void aes_ctr_cleanup(struct aes_ctr **stream);
#define AUTO_AES_CTR CLEANUP(aes_ctr_cleanup) struct aes_ctr *

#endif
