/*
 * The cross-signing keys themselves: kept as seeds, sealed in one row, and what is signed with them.
 */
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/json.h"
#include "base/json_canonical.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/identity_row.h"
#include "crypto/keyring.h"
#include "crypto/vault.h"

enum { Q_SEEDS, Q_HOLD, Q_MAX };

static const char *const sql[] = {
	[Q_SEEDS] = "SELECT seeds FROM own_identity WHERE id = 1 AND seeds IS NOT NULL",
	[Q_HOLD] = "UPDATE own_identity SET seeds = ?1, master = ?2, self_signing = ?3, user_signing = ?4 WHERE id = 1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements identity_keys_statements = { "crypto/identity_keys", sql, Q_MAX };

/* What the seeds are sealed as: for our user, so that another account's database never gives them away as ours. */
#define SEAL_TABLE "own_identity"

const char *identity_key_id(struct arena *arena, const char *key)
{
	return arena_printf(arena, "ed25519:%s", key);
}

struct cJSON *identity_key_object(struct arena *arena, const char *user, const char *usage, const char *key)
{
	struct cJSON *object = json_object_create(), *usages = json_array_create(), *keys = json_object_create();

	json_push_str(usages, usage);
	json_set_str(keys, identity_key_id(arena, key), key);
	json_set_str(object, "user_id", user);
	json_set(object, "usage", usages);
	json_set(object, "keys", keys);
	return object;
}

const char *identity_sign_with(struct arena *arena, const unsigned char seed[SIGNER_SEED_BYTES], const struct cJSON *object)
{
	struct signer *signer = signer_create(arena, seed);
	const char *signature;
	char *text;

	INVARIANT(json_canonical_format_signed(arena, object, &text) == JSON_CANONICAL_OK);
	signature = signer_sign(signer, text, strlen(text));
	signer_clear(signer);
	return signature;
}

void identity_set_signatures(struct cJSON *object, const char *user, const char *key_id, const char *signature, const char *other_id,
                             const char *other_signature)
{
	struct cJSON *signatures = json_object_create(), *ours = json_object_create();

	json_set_str(ours, key_id, signature);
	if (other_id)
		json_set_str(ours, other_id, other_signature);
	json_set(signatures, user, ours);
	json_set(object, "signatures", signatures);
}

void identity_certify(struct crypto *crypto, struct view *view, struct cJSON *object)
{
	const struct identity_seeds *seeds = identity_seeds(crypto, view);
	struct arena *arena = view_arena(view);

	INVARIANT(seeds != NULL);
	identity_set_signatures(object, crypto->user, identity_key_id(arena, identity_master(view)), identity_sign_with(arena, seeds->master, object),
	                        identity_key_id(arena, crypto->device), keyring_sign(crypto, view, object));
}

bool own_identity_unseal(struct crypto *crypto, struct view *view, struct identity_seeds *ret_seeds)
{
	struct stmt *q = view_query(view, &identity_keys_statements, Q_SEEDS);
	const void *sealed;
	size_t sealed_len, len;
	void *bytes;

	if (!stmt_step(q))
		return false;
	sealed = stmt_blob(q, 0, &sealed_len);
	stmt_reset(q);
	if (!vault_unseal(crypto->vault, view_arena(view), SEAL_TABLE, crypto->user, sealed, sealed_len, &bytes, &len) || len != sizeof *ret_seeds)
		return false;
	memcpy(ret_seeds, bytes, len);
	return true;
}

static const char *public_key(struct arena *arena, const unsigned char seed[SIGNER_SEED_BYTES])
{
	struct signer *signer = signer_create(arena, seed);
	const char *key = arena_dup(arena, signer_public_key(signer));

	signer_clear(signer);
	return key;
}

static void write_seeds(struct turn *turn, const void *sealed, size_t len, const struct identity_keys *ours)
{
	struct stmt *q = turn_query(turn, &identity_keys_statements, Q_HOLD);

	if (sealed)
		stmt_bind_blob(q, 1, sealed, len);
	stmt_bind_text(q, 2, ours->master);
	stmt_bind_text(q, 3, ours->self_signing);
	stmt_bind_text(q, 4, ours->user_signing);
	(void)stmt_run(q);
}

/* This device's self-signature goes up with its first upload, so that nobody ever sees it without (MATRIX.md 5.3). */
static void sign_device(struct crypto *crypto, struct turn *turn, const struct identity_seeds *seeds, const char *self_signing)
{
	AUTO_JSON device_keys = keyring_device_keys(crypto, turn_view(turn));
	struct arena *arena = turn_arena(turn);

	keyring_take_cross_signature(crypto, turn, identity_key_id(arena, self_signing), identity_sign_with(arena, seeds->self_signing, device_keys));
}

void own_identity_hold(struct crypto *crypto, struct turn *turn, const struct identity_seeds *seeds, struct own_identity *own)
{
	struct arena *arena = turn_arena(turn);
	size_t len;
	const void *sealed = vault_seal(crypto->vault, arena, SEAL_TABLE, crypto->user, seeds, sizeof *seeds, &len);

	own->ours = (struct identity_keys){
		.master = public_key(arena, seeds->master),
		.self_signing = public_key(arena, seeds->self_signing),
		.user_signing = public_key(arena, seeds->user_signing),
	};
	write_seeds(turn, sealed, len, &own->ours);
	sign_device(crypto, turn, seeds, own->ours.self_signing);
}

void own_identity_drop(struct turn *turn, struct own_identity *own)
{
	log_warn("crypto.identity_dropped", "master=%s", own->ours.master);
	own->ours = (struct identity_keys){ 0 };
	own->state = IDENTITY_UNKNOWN;
	write_seeds(turn, NULL, 0, &own->ours);
}

bool identity_adopt(struct crypto *crypto, struct turn *turn, const struct identity_seeds *seeds)
{
	struct arena *arena = turn_arena(turn);
	struct own_identity own;

	own_identity_get(turn_view(turn), &own);
	if (!str_equal(public_key(arena, seeds->master), own.shown.master) ||
	    !str_equal(public_key(arena, seeds->self_signing), own.shown.self_signing) ||
	    !str_equal(public_key(arena, seeds->user_signing), own.shown.user_signing))
		return false;
	own_identity_hold(crypto, turn, seeds, &own);
	own.state = IDENTITY_SIGN;
	own.check_due = true;
	own_identity_write(turn, &own);
	log_info("crypto.identity_restored", "master=%s", own.ours.master);
	return true;
}
