/*
 * Other people's devices and identities for unit tests, and the JSON in which a server shows them.
 */
#ifndef ROTONDE_TESTS_CRYPTO_PEER_H
#define ROTONDE_TESTS_CRYPTO_PEER_H

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/json_canonical.h"
#include "base/random.h"
#include "crypto/olm.h"
#include "unit/cmocka_all.h"

/* One device. */
struct peer {
	const char *user;
	const char *id;
	struct account *account;
};

/* A user's cross-signing keys. */
struct owner {
	const char *user;
	struct signer *master;
	struct signer *self_signing;
};

/* arena: a secret one. */
static inline struct peer peer_create(struct arena *arena, const char *user, const char *id)
{
	return (struct peer){ .user = user, .id = id, .account = account_create(arena) };
}

static inline struct signer *peer_signer(struct arena *arena)
{
	unsigned char seed[SIGNER_SEED_BYTES];

	random_bytes(seed, sizeof seed);
	return signer_create(arena, seed);
}

static inline struct owner owner_create(struct arena *arena, const char *user)
{
	return (struct owner){ .user = user, .master = peer_signer(arena), .self_signing = peer_signer(arena) };
}

/* The bytes that signatures of this object are over. */
static inline const char *peer_signed_text(struct arena *arena, const char *json)
{
	const struct cJSON *object = json_parse_in(arena, json, strlen(json));
	char *text;

	assert_non_null(object);
	assert_int_equal(json_canonical_format_signed(arena, object, &text), JSON_CANONICAL_OK);
	return text;
}

static inline const char *peer_sign_by(struct arena *arena, struct signer *signer, const char *json)
{
	const char *text = peer_signed_text(arena, json);

	return signer_sign(signer, text, strlen(text));
}

/* An object's members and its signatures' members, put together. */
static inline const char *peer_with_signatures(struct arena *arena, const char *members, const char *user, const char *signatures)
{
	return arena_printf(arena, "{%s,\"signatures\":{\"%s\":{%s}}}", members, user, signatures);
}

/* device_keys of these members, signed by the device and by its owner when there is one. */
static inline const char *peer_format_members(struct arena *arena, const struct peer *peer, struct owner *owner, const char *members)
{
	const char *object = arena_printf(arena, "{%s}", members), *text = peer_signed_text(arena, object), *signatures;

	signatures = arena_printf(arena, "\"ed25519:%s\":\"%s\"", peer->id, account_sign(peer->account, text, strlen(text)));
	if (owner)
		signatures = arena_printf(arena, "%s,\"ed25519:%s\":\"%s\"", signatures, signer_public_key(owner->self_signing),
		                          peer_sign_by(arena, owner->self_signing, object));
	return peer_with_signatures(arena, members, peer->user, signatures);
}

static inline const char *peer_members(struct arena *arena, const struct peer *peer)
{
	return arena_printf(arena,
	                    "\"user_id\":\"%s\",\"device_id\":\"%s\",\"algorithms\":[\"m.olm.v1.curve25519-aes-sha2\",\"m.megolm.v1.aes-sha2\"],"
	                    "\"keys\":{\"curve25519:%s\":\"%s\",\"ed25519:%s\":\"%s\"}",
	                    peer->user, peer->id, peer->id, account_curve25519(peer->account), peer->id, account_ed25519(peer->account));
}

/* owner NULL: nobody signed it but itself. */
static inline const char *peer_format(struct arena *arena, const struct peer *peer, struct owner *owner)
{
	return peer_format_members(arena, peer, owner, peer_members(arena, peer));
}

static inline const char *owner_key_members(struct arena *arena, const char *user, const char *usage, const char *key)
{
	return arena_printf(arena, "\"user_id\":\"%s\",\"usage\":[\"%s\"],\"keys\":{\"ed25519:%s\":\"%s\"}", user, usage, key, key);
}

static inline const char *owner_format_master(struct arena *arena, const struct owner *owner)
{
	return arena_printf(arena, "{%s}", owner_key_members(arena, owner->user, "master", signer_public_key(owner->master)));
}

/* Another key of theirs, of these members, signed by the master key. */
static inline const char *owner_format_members(struct arena *arena, const struct owner *owner, const char *members)
{
	const char *signature = peer_sign_by(arena, owner->master, arena_printf(arena, "{%s}", members));

	return peer_with_signatures(arena, members, owner->user,
	                            arena_printf(arena, "\"ed25519:%s\":\"%s\"", signer_public_key(owner->master), signature));
}

static inline const char *owner_format_self_signing(struct arena *arena, const struct owner *owner)
{
	return owner_format_members(arena, owner, owner_key_members(arena, owner->user, "self_signing", signer_public_key(owner->self_signing)));
}

#endif
