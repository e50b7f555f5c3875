/*
 * The one row of our own identity, for identity.c, identity_keys.c, identity_shown.c and identity_server.c.
 */
#ifndef ROTONDE_CRYPTO_IDENTITY_ROW_H
#define ROTONDE_CRYPTO_IDENTITY_ROW_H

#include "crypto/identity.h"

enum identity_state {
	IDENTITY_UNKNOWN, /* the server was never asked */
	IDENTITY_PUBLISH, /* ours is not there yet */
	IDENTITY_SIGN,    /* it is, but the signatures on this device and by it are not */
	IDENTITY_GOOD,
	IDENTITY_FOREIGN, /* the server shows one that is not ours */
};

/* Public keys, base64; NULL when absent. */
struct identity_keys {
	const char *master;
	const char *self_signing;
	const char *user_signing;
};

/* The columns are explained in 0008_crypto.sql. */
struct own_identity {
	enum identity_state state;
	bool check_due;
	struct identity_keys ours; /* all, or none */
	struct identity_keys shown;
	const char *proof_session;
	const char *approval_url;
	int64_t tries;
	int64_t retry_at_ms; /* 0: now */
};

void own_identity_get(struct view *view, struct own_identity *ret_own);

/* All but what own_identity_hold() writes. */
void own_identity_write(struct turn *turn, const struct own_identity *own);

/* These are the seeds from now on, and own->ours their public keys; the device is signed with them. */
void own_identity_hold(struct crypto *crypto, struct turn *turn, const struct identity_seeds *seeds, struct own_identity *own);

/* We have none. */
void own_identity_drop(struct turn *turn, struct own_identity *own);

/* Do we have the seeds? */
bool own_identity_is_held(const struct own_identity *own);

/* False when there are none, or the vault does not open them. */
bool own_identity_unseal(struct crypto *crypto, struct view *view, struct identity_seeds *ret_seeds) MUST_CHECK;

/* {"user_id", "usage", "keys"} of a cross-signing key. To be destroyed. */
struct cJSON *identity_key_object(struct arena *arena, const char *user, const char *usage, const char *key) MUST_CHECK;

/* The signature of the key with this seed over an object. */
const char *identity_sign_with(struct arena *arena, const unsigned char seed[SIGNER_SEED_BYTES], const struct cJSON *object) MUST_CHECK;

/* The signatures of an object that has none yet: by a key, "ed25519:...", and by another or NULL. */
void identity_set_signatures(struct cJSON *object, const char *user, const char *key_id, const char *signature, const char *other_id,
                             const char *other_signature);

/* "ed25519:KEY" */
const char *identity_key_id(struct arena *arena, const char *key) MUST_CHECK;

/* The next signature on another user's master key that is to go out. Fills in about and the call's body. */
bool identity_want_vouch(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void identity_take_vouch(struct turn *turn, const struct want *want);

/* What is missing by the server's /keys/query answer becomes the state. The first keys are made here, when it shows none. */
void identity_take_shown(struct crypto *crypto, struct turn *turn, const struct cJSON *answer, struct own_identity *own);

#endif
