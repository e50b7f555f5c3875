#include "crypto/keyring.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/json.h"
#include "base/json_canonical.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/keyring_row.h"
#include "crypto/olm.h"
#include "crypto/vault.h"
#include "store/incident.h"

/* An answer may come from a copy of the server's tables that is a little behind: that many in a row count. */
enum { MISSING_MAX = 3 };

enum { Q_GET, Q_CURVE25519, Q_UPLOADED, Q_BURNT, Q_ADD, Q_ACCOUNT, Q_STORE, Q_WRITE, Q_CROSS_SIGN, Q_MAX };

static const char *const sql[] = {
	[Q_GET] = "SELECT user, device, curve25519, ed25519, signature, cross_key, cross_signature, uploaded, missing, unpublished, recount,"
	          " ifnull(fallback_at_ms, 0), fallback_old, ifnull(retry_at_ms, 0), burnt FROM keyring WHERE id = 1",
	/* Asked with every message, so each by itself. */
	[Q_CURVE25519] = "SELECT curve25519 FROM keyring WHERE id = 1",
	[Q_UPLOADED] = "SELECT uploaded FROM keyring WHERE id = 1",
	[Q_BURNT] = "SELECT burnt FROM keyring WHERE id = 1",
	[Q_ADD] = "INSERT INTO keyring (id, user, device, curve25519, ed25519, account, signature, unpublished) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, 1)",
	[Q_ACCOUNT] = "SELECT account FROM keyring WHERE id = 1",
	[Q_STORE] = "UPDATE keyring SET account = ?1 WHERE id = 1",
	[Q_WRITE] = "UPDATE keyring SET uploaded = ?1, missing = ?2, unpublished = ?3, recount = ?4, fallback_at_ms = nullif(?5, 0), fallback_old = ?6,"
	            " retry_at_ms = nullif(?7, 0), burnt = ?8 WHERE id = 1",
	[Q_CROSS_SIGN] = "UPDATE keyring SET cross_key = ?1, cross_signature = ?2 WHERE id = 1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements keyring_statements = { "crypto/keyring", sql, Q_MAX };

/* What the account's row is sealed as. */
#define SEAL_TABLE "keyring"
#define SEAL_KEY   "1"

bool keyring_find(struct view *view, struct keyring *ret_keyring)
{
	struct stmt *q = view_query(view, &keyring_statements, Q_GET);

	if (!stmt_step(q))
		return false;
	*ret_keyring = (struct keyring){
		.user = stmt_text(q, 0),
		.device = stmt_text(q, 1),
		.curve25519 = stmt_text(q, 2),
		.ed25519 = stmt_text(q, 3),
		.signature = stmt_text(q, 4),
		.cross_key = stmt_text(q, 5),
		.cross_signature = stmt_text(q, 6),
		.uploaded = stmt_int(q, 7),
		.missing = stmt_int(q, 8),
		.unpublished = stmt_int(q, 9),
		.recount = stmt_int(q, 10),
		.fallback_at_ms = stmt_int(q, 11),
		.fallback_old = stmt_int(q, 12),
		.retry_at_ms = stmt_int(q, 13),
		.burnt = stmt_int(q, 14),
	};
	stmt_reset(q);
	return true;
}

void keyring_get(struct view *view, struct keyring *ret_keyring)
{
	if (!keyring_find(view, ret_keyring))
		die("there is no account: crypto was not opened");
}

/* One number of it. */
static int64_t read_int(struct view *view, size_t index)
{
	struct stmt *q = view_query(view, &keyring_statements, index);
	int64_t value;

	if (!stmt_step(q))
		die("there is no account: crypto was not opened");
	value = stmt_int(q, 0);
	stmt_reset(q);
	return value;
}

void keyring_write(struct turn *turn, const struct keyring *keyring)
{
	struct stmt *q = turn_query(turn, &keyring_statements, Q_WRITE);

	stmt_bind_int(q, 1, keyring->uploaded);
	stmt_bind_int(q, 2, keyring->missing);
	stmt_bind_int(q, 3, keyring->unpublished);
	stmt_bind_int(q, 4, keyring->recount);
	stmt_bind_int(q, 5, keyring->fallback_at_ms);
	stmt_bind_int(q, 6, keyring->fallback_old);
	stmt_bind_int(q, 7, keyring->retry_at_ms);
	stmt_bind_int(q, 8, keyring->burnt);
	(void)stmt_run(q);
}

void keyring_burn(struct turn *turn, const char *kind, const char *detail)
{
	struct keyring keyring;

	keyring_get(turn_view(turn), &keyring);
	keyring.burnt = true;
	keyring_write(turn, &keyring);
	incident_raise(turn, kind, keyring.device, detail);
}

const char *keyring_key_id(struct arena *arena, const char *algorithm, const char *name)
{
	return arena_printf(arena, "%s:%s", algorithm, name);
}

/* The object that is signed: all of device_keys but the signatures. */
static struct cJSON *format_device_keys(struct arena *arena, const struct keyring *keyring)
{
	struct cJSON *device_keys = json_object_create(), *algorithms = json_array_create(), *keys = json_object_create();

	json_push_str(algorithms, OLM_ALGORITHM);
	json_push_str(algorithms, MEGOLM_ALGORITHM);
	json_set_str(keys, keyring_key_id(arena, "curve25519", keyring->device), keyring->curve25519);
	json_set_str(keys, keyring_key_id(arena, "ed25519", keyring->device), keyring->ed25519);
	json_set_str(device_keys, "user_id", keyring->user);
	json_set_str(device_keys, "device_id", keyring->device);
	json_set(device_keys, "algorithms", algorithms);
	json_set(device_keys, "keys", keys);
	return device_keys;
}

char *keyring_sign_with(struct arena *arena, struct account *account, const struct cJSON *object)
{
	enum json_canonical verdict;
	char *text;

	verdict = json_canonical_format_signed(arena, object, &text);
	if (verdict != JSON_CANONICAL_OK)
		die("signing what has no canonical form: %s", json_canonical_word(verdict));
	return arena_dup(arena, account_sign(account, text, strlen(text)));
}

static void *seal(struct crypto *crypto, struct turn *turn, struct account *account, size_t *ret_len)
{
	const char *pickle = account_pickle(account, vault_pickle_key(crypto->vault));

	return vault_seal(crypto->vault, turn_arena(turn), SEAL_TABLE, SEAL_KEY, pickle, strlen(pickle), ret_len);
}

/* The turn may be left in the middle of a statement, so nothing may lie on the heap by then. */
static const char *sign_device_keys(struct arena *arena, struct account *account, const struct keyring *keyring)
{
	AUTO_JSON device_keys = format_device_keys(arena, keyring);

	return keyring_sign_with(arena, account, device_keys);
}

/* Its first keys are made with it, so that the first upload brings all of them. */
static void make_account(struct crypto *crypto, struct turn *turn)
{
	struct arena *arena = turn_arena(turn);
	struct account *account = account_create(arena);
	const struct keyring keyring = {
		.user = crypto->user,
		.device = crypto->device,
		.curve25519 = account_curve25519(account),
		.ed25519 = account_ed25519(account),
	};
	const char *signature = sign_device_keys(arena, account, &keyring);
	struct stmt *q = turn_query(turn, &keyring_statements, Q_ADD);
	size_t len;
	void *sealed;

	account_generate_one_time_keys(account, ONE_TIME_KEYS);
	account_generate_fallback_key(account);
	sealed = seal(crypto, turn, account, &len);
	stmt_bind_text(q, 1, keyring.user);
	stmt_bind_text(q, 2, keyring.device);
	stmt_bind_text(q, 3, keyring.curve25519);
	stmt_bind_text(q, 4, keyring.ed25519);
	stmt_bind_blob(q, 5, sealed, len);
	stmt_bind_text(q, 6, signature);
	(void)stmt_run(q);
	account_clear(account);
	log_info("crypto.account", "device=%s ed25519=%s", keyring.device, keyring.ed25519);
}

/* False when the key file does not open the row. */
static bool open_account(struct crypto *crypto, struct view *view, struct account **ret_account)
{
	struct stmt *q = view_query(view, &keyring_statements, Q_ACCOUNT);
	const void *sealed;
	size_t sealed_len, len;
	void *pickle;

	if (!stmt_step(q))
		die("there is no account: crypto was not opened");
	sealed = stmt_blob(q, 0, &sealed_len);
	stmt_reset(q);
	return vault_unseal(crypto->vault, view_arena(view), SEAL_TABLE, SEAL_KEY, sealed, sealed_len, &pickle, &len) &&
	       account_unpickle(view_arena(view), vault_pickle_key(crypto->vault), pickle, ret_account);
}

bool keyring_exists(struct view *view)
{
	struct keyring keyring;

	return keyring_find(view, &keyring);
}

enum crypto_opening keyring_open(struct crypto *crypto, struct turn *turn)
{
	struct keyring keyring;
	struct account *account;

	if (!keyring_find(turn_view(turn), &keyring)) {
		make_account(crypto, turn);
		return CRYPTO_OPEN;
	}
	if (!str_equal(keyring.user, crypto->user) || !str_equal(keyring.device, crypto->device))
		return CRYPTO_OTHER_DEVICE;
	if (!open_account(crypto, turn_view(turn), &account))
		return CRYPTO_KEY_LOST;
	account_clear(account);
	return CRYPTO_OPEN;
}

struct account *keyring_load(struct crypto *crypto, struct view *view)
{
	struct account *account;

	if (!open_account(crypto, view, &account))
		die("the account does not open under the key it was opened with at the start");
	return account;
}

void keyring_store(struct crypto *crypto, struct turn *turn, struct account *account)
{
	struct stmt *q = turn_query(turn, &keyring_statements, Q_STORE);
	size_t len;
	void *sealed = seal(crypto, turn, account, &len);

	stmt_bind_blob(q, 1, sealed, len);
	(void)stmt_run(q);
}

const char *keyring_curve25519(struct view *view)
{
	struct stmt *q = view_query(view, &keyring_statements, Q_CURVE25519);
	const char *key = stmt_one_text(q, NULL);

	if (!key)
		die("there is no account: crypto was not opened");
	return key;
}

const char *keyring_ed25519(struct view *view)
{
	struct keyring keyring;

	keyring_get(view, &keyring);
	return keyring.ed25519;
}

char *keyring_sign(struct crypto *crypto, struct view *view, const struct cJSON *object)
{
	struct account *account = keyring_load(crypto, view);
	char *signature = keyring_sign_with(view_arena(view), account, object);

	account_clear(account);
	return signature;
}

struct cJSON *keyring_device_keys(struct crypto *crypto, struct view *view)
{
	struct cJSON *device_keys, *signatures = json_object_create(), *ours = json_object_create();
	struct arena *arena = view_arena(view);
	struct keyring keyring;

	(void)crypto;
	keyring_get(view, &keyring);
	device_keys = format_device_keys(arena, &keyring);
	json_set_str(ours, keyring_key_id(arena, "ed25519", keyring.device), keyring.signature);
	if (keyring.cross_key)
		json_set_str(ours, keyring.cross_key, keyring.cross_signature);
	json_set(signatures, keyring.user, ours);
	json_set(device_keys, "signatures", signatures);
	return device_keys;
}

void keyring_take_cross_signature(struct crypto *crypto, struct turn *turn, const char *key_id, const char *signature)
{
	struct stmt *q = turn_query(turn, &keyring_statements, Q_CROSS_SIGN);

	(void)crypto;
	stmt_bind_text(q, 1, key_id);
	stmt_bind_text(q, 2, signature);
	(void)stmt_run(q);
}

bool keyring_is_cross_signed(struct view *view)
{
	struct keyring keyring;

	keyring_get(view, &keyring);
	return keyring.cross_key != NULL;
}

bool keyring_is_uploaded(struct view *view)
{
	return read_int(view, Q_UPLOADED);
}

bool keyring_is_burnt(struct view *view)
{
	return read_int(view, Q_BURNT);
}

bool keyring_take_own(struct turn *turn, const struct cJSON *device_keys)
{
	const struct cJSON *keys = json_object(device_keys, "keys");
	struct arena *arena = turn_arena(turn);
	struct keyring keyring;

	keyring_get(turn_view(turn), &keyring);
	if (keyring.burnt)
		return false;
	if (!device_keys) {
		keyring.missing++;
		keyring.uploaded = false;
		keyring_write(turn, &keyring);
		log_warn("crypto.device_missing", "times=%lld", (long long)keyring.missing);
		if (keyring.missing >= MISSING_MAX)
			keyring_burn(turn, "crypto.device_lost",
			             "The server does not show this device's keys, though it took them. Nothing is sent encrypted any more: log in anew.");
		return keyring.missing < MISSING_MAX;
	}
	if (!str_equal(json_str(keys, keyring_key_id(arena, "ed25519", keyring.device)), keyring.ed25519) ||
	    !str_equal(json_str(keys, keyring_key_id(arena, "curve25519", keyring.device)), keyring.curve25519)) {
		keyring_burn(turn, "crypto.device_taken",
		             "The server shows other keys for this device than ours. Nothing is sent encrypted any more: log in anew.");
	} else if (keyring.missing) {
		keyring.missing = 0;
		keyring_write(turn, &keyring);
	}
	return false;
}
