#include "crypto/attachment.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/die.h"
#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "base/str.h"
#include "crypto/base64.h"

enum { BLOCK_BYTES = 64 * 1024, IV_RANDOM_BYTES = 8 };

static bool array_has(const struct cJSON *array, const char *text)
{
	for JSON_EACH (item, array) {
		if (str_equal(json_text(item), text))
			return true;
	}
	return false;
}

enum attachment_verdict attachment_parse(const struct cJSON *file, struct attachment *ret_attachment)
{
	const struct cJSON *key = json_object(file, "key");
	struct attachment attachment = { .url = json_str(file, "url") };

	if (!attachment.url)
		return ATTACHMENT_URL;
	if (!str_equal(json_str(file, "v"), "v2"))
		return ATTACHMENT_VERSION;
	if (!str_equal(json_str(key, "kty"), "oct") || !str_equal(json_str(key, "alg"), "A256CTR") ||
	    !array_has(json_array(key, "key_ops"), "decrypt"))
		return ATTACHMENT_ALGORITHM;
	if (!base64_decode_exact(BASE64_URL, json_str(key, "k"), attachment.key, sizeof attachment.key))
		return ATTACHMENT_KEY;
	if (!base64_decode_exact(BASE64_ANY_PAD, json_str(file, "iv"), attachment.iv, sizeof attachment.iv))
		return ATTACHMENT_IV;
	if (!base64_decode_exact(BASE64_ANY_PAD, json_str(json_object(file, "hashes"), "sha256"), attachment.sha256.bytes, SHA256_BYTES))
		return ATTACHMENT_HASH;
	*ret_attachment = attachment;
	return ATTACHMENT_OK;
}

static struct cJSON *key_format(struct arena *arena, const struct attachment *attachment)
{
	struct cJSON *key = json_object_create(), *uses = json_array_create();

	json_push_str(uses, "encrypt");
	json_push_str(uses, "decrypt");
	json_set_str(key, "kty", "oct");
	json_set_str(key, "alg", "A256CTR");
	json_set_bool(key, "ext", true);
	json_set(key, "key_ops", uses);
	json_set_str(key, "k", base64_encode(arena, BASE64_URL, attachment->key, sizeof attachment->key));
	return key;
}

struct cJSON *attachment_format(const struct attachment *attachment)
{
	enum { TEXTS_BYTES = 1024 };
	AUTO_ARENA arena = arena_create(TEXTS_BYTES);
	struct cJSON *file = json_object_create(), *hashes = json_object_create();

	INVARIANT(attachment->url);
	json_set_str(hashes, "sha256", base64_encode(arena, BASE64_UNPADDED, attachment->sha256.bytes, SHA256_BYTES));
	json_set_str(file, "v", "v2");
	json_set_str(file, "url", attachment->url);
	json_set(file, "key", key_format(arena, attachment));
	json_set_str(file, "iv", base64_encode(arena, BASE64_UNPADDED, attachment->iv, sizeof attachment->iv));
	json_set(file, "hashes", hashes);
	return file;
}

/* Read up to a block; 0 at the end, negative errno. */
static ssize_t block_read(int fd, unsigned char *block)
{
	ssize_t got;

	do
		got = read(fd, block, BLOCK_BYTES);
	while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

static int hash_all(int fd, struct sha256_sum *ret_sum)
{
	unsigned char block[BLOCK_BYTES];
	struct sha256 *sum = sha256_create();
	ssize_t got;

	while ((got = block_read(fd, block)) > 0)
		sha256_add(sum, block, (size_t)got);
	*ret_sum = sha256_finish(sum);
	sha256_destroy(sum);
	return (int)got;
}

/* Through the cipher, block by block; what comes out is hashed when sum is not NULL. */
static int cipher_all(int from, int to, struct aes_ctr *stream, struct sha256 *sum)
{
	unsigned char block[BLOCK_BYTES];
	ssize_t got;
	int error = 0;

	while (!error && (got = block_read(from, block)) != 0) {
		if (got < 0)
			return (int)got;
		aes_ctr_apply(stream, block, block, (size_t)got);
		if (sum)
			sha256_add(sum, block, (size_t)got);
		error = file_write_all(to, block, (size_t)got);
	}
	explicit_bzero(block, sizeof block);
	return error;
}

/* The rest of `from`, through the cipher, under the name `to` when all of it is there. */
static int cipher_to_file(int from, const char *to, const struct attachment *attachment, struct sha256 *sum)
{
	AUTO_AES_CTR stream = NULL;
	char part[PATH_MAX];
	int error;

	if ((size_t)snprintf(part, sizeof part, "%s.part", to) >= sizeof part)
		return -ENAMETOOLONG;
	AUTO_FD fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	stream = aes_ctr_create(attachment->key, attachment->iv);
	error = cipher_all(from, fd, stream, sum);
	if (!error && rename(part, to) != 0)
		error = -errno;
	if (error)
		(void)unlink(part);
	return error;
}

static enum attachment_verdict verdict_of(int error)
{
	if (!error)
		return ATTACHMENT_OK;
	errno = -error;
	return ATTACHMENT_TROUBLE;
}

/*
 * Two passes over the ciphertext: reading it twice, from memory most likely, costs less than plaintext that
 * nobody vouched for on the disk, where a crash would leave it.
 */
enum attachment_verdict attachment_open(const struct attachment *attachment, const char *from, const char *to)
{
	AUTO_FD fd = open(from, O_RDONLY | O_CLOEXEC);
	struct sha256_sum sum;
	int error = fd < 0 ? -errno : hash_all(fd, &sum);

	if (error)
		return verdict_of(error);
	if (memcmp(sum.bytes, attachment->sha256.bytes, SHA256_BYTES) != 0)
		return ATTACHMENT_TAMPERED;
	if (lseek(fd, 0, SEEK_SET) != 0)
		return verdict_of(-errno);
	return verdict_of(cipher_to_file(fd, to, attachment, NULL));
}

enum attachment_verdict attachment_seal(const char *from, const char *to, struct attachment *ret_attachment)
{
	struct attachment attachment = { 0 };
	AUTO_FD fd = open(from, O_RDONLY | O_CLOEXEC);
	struct sha256 *sum;
	int error;

	if (fd < 0)
		return verdict_of(-errno);
	/* The other half of the IV counts the blocks, from zero. */
	random_bytes(attachment.iv, IV_RANDOM_BYTES);
	random_bytes(attachment.key, sizeof attachment.key);
	sum = sha256_create();
	error = cipher_to_file(fd, to, &attachment, sum);
	attachment.sha256 = sha256_finish(sum);
	sha256_destroy(sum);
	if (!error)
		*ret_attachment = attachment;
	return verdict_of(error);
}

const char *attachment_word(enum attachment_verdict verdict)
{
	static const char *const words[] = {
		[ATTACHMENT_OK] = "ok",
		[ATTACHMENT_URL] = "url",
		[ATTACHMENT_VERSION] = "version",
		[ATTACHMENT_ALGORITHM] = "algorithm",
		[ATTACHMENT_KEY] = "key",
		[ATTACHMENT_IV] = "iv",
		[ATTACHMENT_HASH] = "hash",
		[ATTACHMENT_TAMPERED] = "tampered",
		[ATTACHMENT_TROUBLE] = "trouble",
	};

	return words[verdict];
}
