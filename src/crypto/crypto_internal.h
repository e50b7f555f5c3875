/*
 * What the files of crypto share and nobody else sees. From below upwards; who stands lower does not
 * call who stands higher, but for the receivers that channel.c hands opened to-device messages to:
 *
 *	olm.h         the library for Olm, Megolm, emoji and signing seeds; memory only
 *	vault.h       rows sealed under the key file
 *	keyring.h     our own device: its account, and what the server has of its keys (WANT_KEYS_UPLOAD)
 *	device.h      others' devices and identities, as far as we follow them (WANT_KEYS_QUERY)
 *	todevice.h    the queue of messages to devices (WANT_TO_DEVICE)
 *	channel.h     Olm: a secret way to one device (WANT_KEYS_CLAIM), and what comes in by it
 *	room.h        who is in an encrypted room, and its settings (WANT_MEMBERS, WANT_ENCRYPTION)
 *	inbound.h     Megolm sessions of others, and opening events
 *	outbound.h    our own Megolm session in each room, and who has it
 *	identity.h    our own cross-signing (WANT_IDENTITY), secret storage (WANT_SECRETS)
 *	backup.h      the key backup (WANT_BACKUP)
 *	verification.h  comparing emoji
 */
#ifndef ROTONDE_CRYPTO_CRYPTO_INTERNAL_H
#define ROTONDE_CRYPTO_CRYPTO_INTERNAL_H

#include "crypto/crypto.h"

struct cJSON;
struct inbound_cache;
struct outbound_cache;
struct vault;
struct verifications;

struct crypto {
	struct vault *vault;
	char *user;
	char *device;
	bool share_with_all;
	char **verifiers;
	size_t verifiers_len;
	uint64_t stirs; /* see crypto_stirs() */
	struct inbound_cache *inbound;       /* NULL until the first is opened */
	struct outbound_cache *outbound;     /* the same */
	const char *password; /* of our account, while a person logs in; borrowed */
	struct verifications *verifications; /* emoji being compared now: they do not survive the process */
};

#define OLM_ALGORITHM    "m.olm.v1.curve25519-aes-sha2"
#define MEGOLM_ALGORITHM "m.megolm.v1.aes-sha2"

#endif
