#include "crypto/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/die.h"
#include "base/file.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"
#include "crypto/kdf.h"

/*
 * A sealed row: VERSION, nonce, ciphertext, tag. The version is authenticated too, with table and key, each
 * closed with its NUL so that no two pairs read the same.
 */
enum { VERSION = 1, NONCE_BYTES = 12, TAG_BYTES = 16, FRAME_BYTES = 1 + NONCE_BYTES + TAG_BYTES };

struct vault {
	EVP_CIPHER *cipher;
	/* On pages of their own: never swapped, never in a core dump. */
	struct vault_keys {
		unsigned char row[VAULT_KEY_BYTES];
		unsigned char pickle[VAULT_KEY_BYTES];
	} *keys;
};

static struct vault_keys *keys_create(void)
{
	struct vault_keys *keys = mmap(NULL, sizeof *keys, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (keys == MAP_FAILED)
		die("no memory for keys");
	/* Where locking is not allowed the daemon still works; the host's swap is then the operator's care. */
	if (mlock(keys, sizeof *keys) != 0)
		log_warn("vault.swappable", "why=\"%s\"", strerror(errno));
	(void)madvise(keys, sizeof *keys, MADV_DONTDUMP);
	return keys;
}

static void keys_destroy(struct vault_keys *keys)
{
	explicit_bzero(keys, sizeof *keys);
	(void)munmap(keys, sizeof *keys);
}

static void keys_derive(struct vault_keys *keys, const unsigned char master[VAULT_KEY_BYTES])
{
	static const char row[] = "rotonde vault row 1", pickle[] = "rotonde vault pickle 1";
	const struct octets key = { master, VAULT_KEY_BYTES }, no_salt = { 0 };

	hkdf_sha256(key, no_salt, (struct octets){ row, sizeof row - 1 }, keys->row, sizeof keys->row);
	hkdf_sha256(key, no_salt, (struct octets){ pickle, sizeof pickle - 1 }, keys->pickle, sizeof keys->pickle);
}

/* systemd guards its own folder, and its files carry ACLs that look like a group's rights. */
static bool is_credential(const char *path)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");

	return folder && str_starts(path, folder) && path[strlen(folder)] == '/';
}

/* NULL, or what is wrong with the file. */
static const char *master_read(const char *path, unsigned char ret_master[VAULT_KEY_BYTES])
{
	AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC);
	unsigned char bytes[VAULT_KEY_BYTES + 1];
	const char *why = NULL;
	ssize_t got;

	if (fd < 0)
		return strerror(errno);
	if (!is_credential(path) && !file_is_private(path))
		return "it is no file that its owner alone can read (mode 0600)";
	got = read(fd, bytes, sizeof bytes);
	if (got < 0)
		why = strerror(errno);
	else if (got != VAULT_KEY_BYTES)
		why = "it does not hold 32 bytes";
	else
		memcpy(ret_master, bytes, VAULT_KEY_BYTES);
	explicit_bzero(bytes, sizeof bytes);
	return why;
}

static const char *master_create(const char *path)
{
	unsigned char bytes[VAULT_KEY_BYTES];
	int error;

	random_bytes(bytes, sizeof bytes);
	error = file_write_durable(path, bytes, sizeof bytes, 0600);
	explicit_bzero(bytes, sizeof bytes);
	return error ? strerror(-error) : NULL;
}

enum vault_opening vault_open(const char *path, struct vault **ret_vault, const char **ret_why)
{
	bool absent = access(path, F_OK) != 0 && errno == ENOENT;
	unsigned char master[VAULT_KEY_BYTES];
	struct vault *vault;
	const char *why = absent ? master_create(path) : NULL;

	/* A new key is read back like an old one: what is used is what stands on the disk. */
	if (!why)
		why = master_read(path, master);
	if (why) {
		*ret_why = why;
		return VAULT_REFUSED;
	}
	vault = xcalloc(1, sizeof *vault);
	vault->cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	if (!vault->cipher)
		die("AES-256-GCM is not available");
	vault->keys = keys_create();
	keys_derive(vault->keys, master);
	explicit_bzero(master, sizeof master);
	*ret_vault = vault;
	return absent ? VAULT_CREATED : VAULT_OPENED;
}

void vault_close(struct vault *vault)
{
	if (!vault)
		return;
	keys_destroy(vault->keys);
	EVP_CIPHER_free(vault->cipher);
	free(vault);
}

const unsigned char *vault_pickle_key(const struct vault *vault)
{
	return vault->keys->pickle;
}

/* Ready for the row's bytes: key and nonce set, the row's name taken in. */
static EVP_CIPHER_CTX *begin(const struct vault *vault, bool seal, const unsigned char *frame, const char *table, const char *key)
{
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	int len;

	INVARIANT(strlen(table) < INT_MAX && strlen(key) < INT_MAX);
	if (!context || EVP_CipherInit_ex2(context, vault->cipher, vault->keys->row, frame + 1, seal, NULL) != 1 ||
	    EVP_CipherUpdate(context, NULL, &len, frame, 1) != 1 ||
	    EVP_CipherUpdate(context, NULL, &len, (const unsigned char *)table, (int)strlen(table) + 1) != 1 ||
	    EVP_CipherUpdate(context, NULL, &len, (const unsigned char *)key, (int)strlen(key) + 1) != 1)
		die("AES-256-GCM failed");
	return context;
}

void *vault_seal(const struct vault *vault, struct arena *arena, const char *table, const char *key, const void *bytes, size_t len,
	size_t *ret_len)
{
	unsigned char *sealed = arena_alloc(arena, len + FRAME_BYTES);
	unsigned char *cipher = sealed + 1 + NONCE_BYTES;
	EVP_CIPHER_CTX *context;
	int done, rest;

	INVARIANT(len < INT_MAX);
	sealed[0] = VERSION;
	random_bytes(sealed + 1, NONCE_BYTES);
	context = begin(vault, true, sealed, table, key);
	if (EVP_CipherUpdate(context, cipher, &done, bytes, (int)len) != 1 || EVP_CipherFinal_ex(context, cipher + done, &rest) != 1 ||
	    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, cipher + len) != 1)
		die("AES-256-GCM failed");
	EVP_CIPHER_CTX_free(context);
	*ret_len = len + FRAME_BYTES;
	return sealed;
}

bool vault_unseal(const struct vault *vault, struct arena *arena, const char *table, const char *key, const void *sealed, size_t len,
	void **ret_bytes, size_t *ret_len)
{
	const unsigned char *frame = sealed;
	size_t plain_len = len - FRAME_BYTES;
	unsigned char *plain, tag[TAG_BYTES];
	EVP_CIPHER_CTX *context;
	int done, rest;
	bool good;

	if (len < FRAME_BYTES || len >= INT_MAX || frame[0] != VERSION)
		return false;
	plain = arena_alloc(arena, plain_len + 1);
	memcpy(tag, frame + len - TAG_BYTES, TAG_BYTES);
	context = begin(vault, false, frame, table, key);
	good = EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, tag) == 1 &&
	       EVP_CipherUpdate(context, plain, &done, frame + 1 + NONCE_BYTES, (int)plain_len) == 1 &&
	       EVP_CipherFinal_ex(context, plain + done, &rest) == 1;
	EVP_CIPHER_CTX_free(context);
	if (!good) {
		explicit_bzero(plain, plain_len);
		ERR_clear_error();
		return false;
	}
	*ret_bytes = plain;
	*ret_len = plain_len;
	return true;
}
