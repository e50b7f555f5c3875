#include "crypto/olm.h"

#include <olm/pk.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "crypto/curve.h"
#include "crypto/olm_internal.h"

struct signer {
	OlmPkSigning *olm;
	struct arena *arena;
	const char *public_key;
};

struct signer *signer_create(struct arena *arena, const unsigned char seed[static SIGNER_SEED_BYTES])
{
	struct signer *signer = arena_new(arena, struct signer);
	size_t len = olm_pk_signing_public_key_length();
	char *public_key = libolm_output(arena, len);

	signer->olm = olm_pk_signing(libolm_memory(arena, olm_pk_signing_size()));
	signer->arena = arena;
	(void)LIBOLM_MUST(olm_pk_signing_key_from_seed(signer->olm, public_key, len, seed, SIGNER_SEED_BYTES));
	signer->public_key = public_key;
	return signer;
}

void signer_clear(struct signer *signer)
{
	if (!signer)
		return;
	explicit_bzero(signer->olm, olm_clear_pk_signing(signer->olm));
	signer->olm = NULL;
}

const char *signer_public_key(const struct signer *signer)
{
	return signer->public_key;
}

const char *signer_sign(struct signer *signer, const void *bytes, size_t len)
{
	size_t room = olm_pk_signature_length();
	char *signature = libolm_output(signer->arena, room);

	(void)LIBOLM_MUST(olm_pk_sign(signer->olm, bytes, len, (uint8_t *)signature, room));
	return signature;
}

/* The opening side of the key backup; *ret_public_key is the key to seal for. */
static OlmPkDecryption *opener_create(struct arena *arena, const unsigned char private_key[static KEY_BACKUP_KEY_BYTES],
                                      const char **ret_public_key)
{
	OlmPkDecryption *opener = olm_pk_decryption(libolm_memory(arena, olm_pk_decryption_size()));
	size_t len = olm_pk_key_length();
	char *public_key = libolm_output(arena, len);

	(void)LIBOLM_MUST(olm_pk_key_from_private(opener, public_key, len, private_key, KEY_BACKUP_KEY_BYTES));
	*ret_public_key = public_key;
	return opener;
}

static void opener_clear(OlmPkDecryption *opener)
{
	explicit_bzero(opener, olm_clear_pk_decryption(opener));
}

const char *key_backup_public_key(struct arena *arena, const unsigned char private_key[static KEY_BACKUP_KEY_BYTES])
{
	const char *public_key;

	opener_clear(opener_create(arena, private_key, &public_key));
	return public_key;
}

enum key_backup_verdict key_backup_seal(struct arena *arena, const char *public_key, const void *bytes, size_t len,
                                        struct key_backup_sealed *ret_sealed)
{
	OlmPkEncryption *sealer = olm_pk_encryption(libolm_memory(arena, olm_pk_encryption_size()));
	size_t random_len = olm_pk_encrypt_random_length(sealer);
	size_t ciphertext_len = olm_pk_ciphertext_length(sealer, len);
	size_t mac_len = olm_pk_mac_length(sealer);
	size_t ephemeral_len = olm_pk_key_length();
	char *ciphertext = libolm_output(arena, ciphertext_len);
	char *mac = libolm_output(arena, mac_len);
	char *ephemeral = libolm_output(arena, ephemeral_len);

	if (!curve25519_is_sound(public_key))
		return KEY_BACKUP_BAD_KEY;
	(void)LIBOLM_MUST(olm_pk_encryption_set_recipient_key(sealer, public_key, strlen(public_key)));
	(void)LIBOLM_MUST(olm_pk_encrypt(sealer, bytes, len, ciphertext, ciphertext_len, mac, mac_len, ephemeral, ephemeral_len,
	                                 libolm_random(arena, random_len), random_len));
	explicit_bzero(sealer, olm_clear_pk_encryption(sealer));
	*ret_sealed = (struct key_backup_sealed){ .ephemeral = ephemeral, .mac = mac, .ciphertext = ciphertext };
	return KEY_BACKUP_OK;
}

/* Why libolm refused what another sealed. */
static enum key_backup_verdict judge(const OlmPkDecryption *opener)
{
	switch (olm_pk_decryption_last_error_code(opener)) {
	case OLM_INVALID_BASE64:
		return KEY_BACKUP_BAD_FORMAT;
	case OLM_BAD_MESSAGE_MAC:
		return KEY_BACKUP_BAD_MAC;
	default:
		die("libolm refuses a sealed key: %s", olm_pk_decryption_last_error(opener));
	}
}

static enum key_backup_verdict open_with(struct arena *arena, OlmPkDecryption *opener, const struct key_backup_sealed *sealed,
                                         struct plaintext *ret_plaintext)
{
	size_t len = strlen(sealed->ciphertext);
	size_t room = olm_pk_max_plaintext_length(opener, len);
	char *bytes;

	if (!libolm_is_whole(room))
		return KEY_BACKUP_BAD_FORMAT;
	bytes = libolm_output(arena, room);
	len = olm_pk_decrypt(opener, sealed->ephemeral, strlen(sealed->ephemeral), sealed->mac, strlen(sealed->mac),
	                     libolm_input(arena, sealed->ciphertext, len), len, bytes, room);
	if (len == olm_error())
		return judge(opener);
	*ret_plaintext = libolm_plaintext(bytes, len);
	return KEY_BACKUP_OK;
}

enum key_backup_verdict key_backup_open(struct arena *arena, const unsigned char private_key[static KEY_BACKUP_KEY_BYTES],
                                        const struct key_backup_sealed *sealed, struct plaintext *ret_plaintext)
{
	const char *public_key;
	OlmPkDecryption *opener;
	enum key_backup_verdict verdict;

	if (!curve25519_is_sound(sealed->ephemeral))
		return KEY_BACKUP_BAD_KEY;
	opener = opener_create(arena, private_key, &public_key);
	verdict = open_with(arena, opener, sealed, ret_plaintext);
	opener_clear(opener);
	return verdict;
}
