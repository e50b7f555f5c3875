/*
 * Encrypted attachments (specification, "Sending encrypted attachments", v2): a file encrypted with a key of
 * its own, which travels with a hash of the ciphertext in the `file` object of the encrypted event. Files are
 * streamed, at most a block of them is in memory.
 */
#ifndef ROTONDE_CRYPTO_ATTACHMENT_H
#define ROTONDE_CRYPTO_ATTACHMENT_H

#include "base/compiler.h"
#include "base/sha256.h"
#include "crypto/aes_ctr.h"

struct cJSON;

struct attachment {
	const char *url; /* borrowed from the JSON it was parsed from; mxc, not looked at here */
	unsigned char key[AES_KEY_BYTES];
	unsigned char iv[AES_IV_BYTES];
	struct sha256_sum sha256; /* of the ciphertext */
};

enum attachment_verdict {
	ATTACHMENT_OK,
	ATTACHMENT_URL,       /* none */
	ATTACHMENT_VERSION,   /* other than "v2" */
	ATTACHMENT_ALGORITHM, /* no AES-256-CTR key, or one that is not for decrypting */
	ATTACHMENT_KEY,       /* not 32 bytes */
	ATTACHMENT_IV,        /* not 16 bytes */
	ATTACHMENT_HASH,      /* no SHA-256 */
	ATTACHMENT_TAMPERED,  /* the ciphertext is not the one that was sent */
	ATTACHMENT_TROUBLE,   /* reading or writing failed; errno tells */
};

/* The `file` object of an event. A NULL file has no url. *ret_attachment is untouched unless OK. */
enum attachment_verdict attachment_parse(const struct cJSON *file, struct attachment *ret_attachment) MUST_CHECK;

/* The `file` object for a sealed attachment whose url is known by now. */
struct cJSON *attachment_format(const struct attachment *attachment) MUST_CHECK;

/*
 * Decrypt the file `from` into `to`, mode 0600; an existing one is replaced. `to` appears whole or not at all,
 * and not before the hash of all the ciphertext matched. It is not yet fsynced.
 */
enum attachment_verdict attachment_open(const struct attachment *attachment, const char *from, const char *to) MUST_CHECK;

/* Encrypt `from` into `to` in the same manner, with a fresh key. OK or TROUBLE; the url is NULL until the upload. */
enum attachment_verdict attachment_seal(const char *from, const char *to, struct attachment *ret_attachment) MUST_CHECK;

/* "ok", "url", "version", "algorithm", "key", "iv", "hash", "tampered", "trouble": for the log. */
const char *attachment_word(enum attachment_verdict verdict);

#endif
