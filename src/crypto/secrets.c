#include "crypto/secrets.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/json.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"
#include "base/url.h"
#include "crypto/backup.h"
#include "crypto/base64.h"
#include "crypto/identity.h"
#include "crypto/recovery_key.h"
#include "crypto/secret.h"
#include "crypto/vault.h"
#include "crypto/want_reply.h"

/* What is kept there, in this order. */
enum { SECRET_MASTER, SECRET_SELF_SIGNING, SECRET_USER_SIGNING, SECRET_BACKUP, SECRETS };

static const char *const secret_names[SECRETS] = {
	[SECRET_MASTER] = "m.cross_signing.master",
	[SECRET_SELF_SIGNING] = "m.cross_signing.self_signing",
	[SECRET_USER_SIGNING] = "m.cross_signing.user_signing",
	[SECRET_BACKUP] = "m.megolm_backup.v1",
};

#define DEFAULT_KEY "m.secret_storage.default_key"
#define KEY_PREFIX  "m.secret_storage.key."

/* The key is described first and named as the one in use last, so that a half-made storage is nobody's. */
enum { MAKE_DESCRIPTION, MAKE_SECRETS, MAKE_DEFAULT = MAKE_SECRETS + SECRETS, MAKE_END };
/* What is opened may hold no key of a backup: then one is made, and laid beside the rest. */
enum { OPEN_DEFAULT, OPEN_DESCRIPTION, OPEN_SECRETS, OPEN_ADD_BACKUP = OPEN_SECRETS + SECRETS };

enum { KEY_ID_BYTES = 18, SECRET_TEXT_BYTES_MAX = 1000 };

struct found {
	unsigned char bytes[SECRETS][SECRET_KEY_BYTES];
};

_Static_assert(SECRET_KEY_BYTES == (int)SIGNER_SEED_BYTES && SECRET_KEY_BYTES == (int)KEY_BACKUP_KEY_BYTES && SECRET_KEY_BYTES == (int)RECOVERY_KEY_BYTES,
               "all of one size");

struct storage {
	enum crypto_storage state;
	int64_t step;
	const char *key_id;
	const char *secret;  /* open */
	struct found *found; /* open */
	const char *failure;
};

enum { Q_GET, Q_WRITE, Q_MAX };

static const char *const sql[] = {
	[Q_GET] = "SELECT state, step, key_id, failure, secret, found FROM secret_storage WHERE id = 1",
	[Q_WRITE] = "UPDATE secret_storage SET state = ?1, step = ?2, key_id = ?3, failure = ?4, secret = ?5, found = ?6 WHERE id = 1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements secrets_statements = { "crypto/secrets", sql, Q_MAX };

#define SEAL_TABLE  "secret_storage"
#define SEAL_SECRET "1 secret"
#define SEAL_FOUND  "1 found"

static const char *const words[] = {
	[CRYPTO_STORAGE_NONE] = "none",
	[CRYPTO_STORAGE_MAKING] = "making",
	[CRYPTO_STORAGE_MADE] = "made",
	[CRYPTO_STORAGE_KEPT] = "kept",
	[CRYPTO_STORAGE_OPENING] = "opening",
	[CRYPTO_STORAGE_FAILED] = "failed",
};

/* A sealed column of the row; NULL for NULL, and for what was sealed under another key. */
static void *unseal_column(struct crypto *crypto, struct view *view, struct stmt *q, int column, const char *name, size_t *ret_len)
{
	const void *sealed;
	void *bytes;
	size_t len;

	if (stmt_is_null(q, column))
		return NULL;
	sealed = stmt_blob(q, column, &len);
	return vault_unseal(crypto->vault, view_arena(view), SEAL_TABLE, name, sealed, len, &bytes, ret_len) ? bytes : NULL;
}

static void storage_get(struct crypto *crypto, struct view *view, struct storage *ret_storage)
{
	struct stmt *q = view_query(view, &secrets_statements, Q_GET);
	size_t len = 0;

	if (!stmt_step(q))
		die("the row of the secret storage is gone");
	*ret_storage = (struct storage){
		.state = (enum crypto_storage)stmt_word(q, 0, words, ARRAY_LEN(words)),
		.step = stmt_int(q, 1),
		.key_id = stmt_text(q, 2),
		.failure = stmt_text(q, 3),
		.secret = unseal_column(crypto, view, q, 4, SEAL_SECRET, &len),
		.found = unseal_column(crypto, view, q, 5, SEAL_FOUND, &len),
	};
	INVARIANT(!ret_storage->found || len == sizeof *ret_storage->found);
	stmt_reset(q);
}

static void bind_sealed(struct crypto *crypto, struct turn *turn, struct stmt *q, int index, const char *name, const void *bytes, size_t len)
{
	size_t sealed_len;
	const void *sealed;

	if (!bytes)
		return;
	sealed = vault_seal(crypto->vault, turn_arena(turn), SEAL_TABLE, name, bytes, len, &sealed_len);
	stmt_bind_blob(q, index, sealed, sealed_len);
}

static void storage_write(struct crypto *crypto, struct turn *turn, const struct storage *storage)
{
	struct stmt *q = turn_query(turn, &secrets_statements, Q_WRITE);

	stmt_bind_text(q, 1, words[storage->state]);
	stmt_bind_int(q, 2, storage->step);
	stmt_bind_text(q, 3, storage->key_id);
	stmt_bind_text(q, 4, storage->failure);
	bind_sealed(crypto, turn, q, 5, SEAL_SECRET, storage->secret, storage->secret ? strlen(storage->secret) : 0);
	bind_sealed(crypto, turn, q, 6, SEAL_FOUND, storage->found, sizeof *storage->found);
	(void)stmt_run(q);
}

enum crypto_storage secrets_status(struct view *view, const char **ret_failure)
{
	struct stmt *q = view_query(view, &secrets_statements, Q_GET);
	enum crypto_storage state;

	if (!stmt_step(q))
		die("the row of the secret storage is gone");
	state = (enum crypto_storage)stmt_word(q, 0, words, ARRAY_LEN(words));
	*ret_failure = stmt_text(q, 3);
	stmt_reset(q);
	return state;
}

void secrets_make(struct crypto *crypto, struct turn *turn)
{
	struct arena *arena = turn_arena(turn);
	unsigned char key[RECOVERY_KEY_BYTES], id[KEY_ID_BYTES];
	char text[RECOVERY_KEY_SIZE];
	struct storage storage;

	storage_get(crypto, turn_view(turn), &storage);
	if (storage.state != CRYPTO_STORAGE_NONE && storage.state != CRYPTO_STORAGE_FAILED)
		return;
	random_bytes(key, sizeof key);
	random_bytes(id, sizeof id);
	recovery_key_format(key, text);
	storage_write(crypto, turn, &(struct storage){
		.state = CRYPTO_STORAGE_MAKING,
		.key_id = base64_encode(arena, BASE64_URL, id, sizeof id),
		.secret = text,
	});
	explicit_bzero(key, sizeof key);
	explicit_bzero(text, sizeof text);
	backup_make(crypto, turn);
}

void secrets_open(struct crypto *crypto, struct turn *turn, const char *text)
{
	storage_write(crypto, turn, &(struct storage){ .state = CRYPTO_STORAGE_OPENING, .secret = text });
}

const char *secrets_recovery_key(struct crypto *crypto, struct view *view)
{
	struct storage storage;

	storage_get(crypto, view, &storage);
	return storage.state == CRYPTO_STORAGE_MADE ? storage.secret : NULL;
}

void secrets_forget(struct turn *turn)
{
	struct stmt *q = turn_query(turn, &secrets_statements, Q_WRITE);

	stmt_bind_text(q, 1, words[CRYPTO_STORAGE_KEPT]);
	stmt_bind_int(q, 2, 0);
	(void)stmt_run(q);
}

static const char *account_data_path(struct crypto *crypto, struct arena *arena, const char *type)
{
	return arena_printf(arena, "/_matrix/client/v3/user/%s/account_data/%s", url_escape(arena, crypto->user), url_escape(arena, type));
}

static const char *key_type(struct arena *arena, const struct storage *storage)
{
	return arena_printf(arena, KEY_PREFIX "%s", storage->key_id);
}

/* Making. */

/* The bytes of a secret; false when we do not have it. */
static bool secret_bytes(struct crypto *crypto, struct view *view, int which, unsigned char ret_bytes[SECRET_KEY_BYTES])
{
	const struct identity_seeds *seeds;

	if (which == SECRET_BACKUP)
		return backup_key(crypto, view, ret_bytes);
	seeds = identity_seeds(crypto, view);
	if (!seeds)
		return false;
	memcpy(ret_bytes, which == SECRET_MASTER ? seeds->master : which == SECRET_SELF_SIGNING ? seeds->self_signing : seeds->user_signing, SECRET_KEY_BYTES);
	return true;
}

/* {"encrypted": {KEY_ID: sealed}} */
static struct cJSON *format_secret(struct crypto *crypto, struct view *view, const struct storage *storage, const unsigned char *key, int which)
{
	struct cJSON *content = json_object_create(), *encrypted = json_object_create();
	unsigned char bytes[SECRET_KEY_BYTES];

	INVARIANT(secret_bytes(crypto, view, which, bytes));
	json_set(encrypted, storage->key_id, secret_seal(key, secret_names[which], base64_encode(view_arena(view), BASE64_UNPADDED, bytes, sizeof bytes)));
	json_set(content, "encrypted", encrypted);
	explicit_bzero(bytes, sizeof bytes);
	return content;
}

static bool want_making(struct crypto *crypto, struct view *view, const struct storage *storage, struct want *ret_want)
{
	unsigned char key[RECOVERY_KEY_BYTES];
	struct arena *arena = view_arena(view);
	AUTO_JSON content = NULL;
	const char *type;

	if (!identity_is_good(view) || !storage->secret || recovery_key_parse(storage->secret, key) != RECOVERY_KEY_OK)
		return false;
	if (storage->step == MAKE_DESCRIPTION) {
		type = key_type(arena, storage);
		content = secret_key_describe(key);
	} else if (storage->step == MAKE_DEFAULT) {
		type = DEFAULT_KEY;
		content = json_object_create();
		json_set_str(content, "key", storage->key_id);
	} else {
		type = secret_names[storage->step - MAKE_SECRETS];
		content = format_secret(crypto, view, storage, key, (int)storage->step - MAKE_SECRETS);
	}
	explicit_bzero(key, sizeof key);
	*ret_want = (struct want){
		.ref = storage->step,
		.call = { .method = CALL_PUT, .path = account_data_path(crypto, arena, type), .body = json_print(arena, content) },
	};
	return true;
}

static void fail(struct storage *storage, const char *why)
{
	log_warn("crypto.secret_storage", "failure=%s step=%lld", why, (long long)storage->step);
	*storage = (struct storage){ .state = CRYPTO_STORAGE_FAILED, .failure = why };
}

static void take_made(struct storage *storage)
{
	if (++storage->step < MAKE_END)
		return;
	storage->state = CRYPTO_STORAGE_MADE;
	log_info("crypto.secret_storage", "made=%s", storage->key_id);
}

/* Opening. */

static bool want_add_backup(struct crypto *crypto, struct view *view, const struct storage *storage, struct want *ret_want)
{
	unsigned char key[RECOVERY_KEY_BYTES];
	struct arena *arena = view_arena(view);
	AUTO_JSON content = NULL;

	if (!storage->secret || recovery_key_parse(storage->secret, key) != RECOVERY_KEY_OK)
		return false;
	content = format_secret(crypto, view, storage, key, SECRET_BACKUP);
	explicit_bzero(key, sizeof key);
	*ret_want = (struct want){
		.ref = storage->step,
		.call = { .method = CALL_PUT, .path = account_data_path(crypto, arena, secret_names[SECRET_BACKUP]), .body = json_print(arena, content) },
	};
	return true;
}

static bool want_opening(struct crypto *crypto, struct view *view, const struct storage *storage, struct want *ret_want)
{
	struct arena *arena = view_arena(view);
	const char *type;

	/* What is found is compared with what the server shows of our identity: that comes first. */
	if (identity_status(view) == CRYPTO_IDENTITY_UNKNOWN)
		return false;
	if (storage->step == OPEN_ADD_BACKUP)
		return want_add_backup(crypto, view, storage, ret_want);
	if (storage->step == OPEN_DEFAULT)
		type = DEFAULT_KEY;
	else
		type = storage->step == OPEN_DESCRIPTION ? key_type(arena, storage) : secret_names[storage->step - OPEN_SECRETS];
	*ret_want = (struct want){
		.ref = storage->step,
		.call = { .method = CALL_GET, .path = account_data_path(crypto, arena, type) },
	};
	return true;
}

static void take_default(struct turn *turn, struct storage *storage, const struct cJSON *answer)
{
	const char *id = json_str(answer, "key");

	if (str_empty(id) || strlen(id) > SECRET_TEXT_BYTES_MAX) {
		fail(storage, "broken");
		return;
	}
	storage->key_id = arena_dup(turn_arena(turn), id);
	storage->step++;
}

/* What was typed becomes the key: a recovery key, or a passphrase with the recipe that stands in the description. */
static void take_description(struct turn *turn, struct storage *storage, const struct cJSON *description)
{
	char *text = arena_alloc(turn_arena(turn), RECOVERY_KEY_SIZE);
	unsigned char key[RECOVERY_KEY_BYTES];

	if (!storage->secret || (recovery_key_parse(storage->secret, key) != RECOVERY_KEY_OK &&
	                         !secret_key_from_passphrase(storage->secret, description, key))) {
		fail(storage, "wrong-key");
		return;
	}
	recovery_key_format(key, text);
	switch (secret_key_check(key, description)) {
	case SECRET_KEY_RIGHT:
	case SECRET_KEY_ASSUMED:
		storage->secret = text;
		storage->found = arena_new(turn_arena(turn), struct found);
		storage->step++;
		break;
	case SECRET_KEY_WRONG:
		fail(storage, "wrong-key");
		break;
	case SECRET_KEY_FOREIGN:
		fail(storage, "unknown-algorithm");
		break;
	}
	explicit_bzero(key, sizeof key);
}

static bool open_secret(struct arena *arena, const struct storage *storage, int which, const struct cJSON *answer)
{
	const struct cJSON *sealed = json_object(json_object(answer, "encrypted"), storage->key_id);
	unsigned char key[RECOVERY_KEY_BYTES];
	enum secret verdict;
	bool good;
	char *text;

	if (!storage->secret || !storage->found || recovery_key_parse(storage->secret, key) != RECOVERY_KEY_OK)
		return false;
	verdict = secret_open(arena, key, secret_names[which], sealed, &text);
	explicit_bzero(key, sizeof key);
	if (verdict != SECRET_OPENED) {
		log_warn("crypto.secret_refused", "name=%s why=%s", secret_names[which], secret_word(verdict));
		return false;
	}
	good = base64_decode_exact(BASE64_ANY_PAD, text, storage->found->bytes[which], SECRET_KEY_BYTES);
	explicit_bzero(text, strlen(text));
	return good;
}

enum found_backup {
	FOUND_BACKUP,
	FOUND_BACKUP_ABSENT,
	FOUND_BACKUP_SEALED, /* there is one, and this recovery key does not open it: somebody else's may */
};

/* All there is was found. The seeds count when they make the public keys that the server shows. */
static void finish(struct crypto *crypto, struct turn *turn, struct storage *storage, enum found_backup found_backup)
{
	struct identity_seeds *seeds = arena_new(turn_arena(turn), struct identity_seeds);

	INVARIANT(storage->found);
	memcpy(seeds->master, storage->found->bytes[SECRET_MASTER], sizeof seeds->master);
	memcpy(seeds->self_signing, storage->found->bytes[SECRET_SELF_SIGNING], sizeof seeds->self_signing);
	memcpy(seeds->user_signing, storage->found->bytes[SECRET_USER_SIGNING], sizeof seeds->user_signing);
	if (!identity_adopt(crypto, turn, seeds)) {
		fail(storage, "other-identity");
		return;
	}
	switch (found_backup) {
	case FOUND_BACKUP_ABSENT:
		backup_make(crypto, turn);
		storage->found = NULL;
		storage->step = OPEN_ADD_BACKUP;
		return;
	case FOUND_BACKUP:
		backup_adopt(crypto, turn, storage->found->bytes[SECRET_BACKUP]);
		break;
	case FOUND_BACKUP_SEALED:
		break;
	}
	*storage = (struct storage){ .state = CRYPTO_STORAGE_KEPT };
}

/* found: its account data; NULL: there are none of this name. */
static void take_secret(struct crypto *crypto, struct turn *turn, struct storage *storage, const struct cJSON *found)
{
	int which = (int)storage->step - OPEN_SECRETS;
	bool opened = found && open_secret(turn_arena(turn), storage, which, found);

	if (!opened && which != SECRET_BACKUP) {
		fail(storage, found ? "broken" : "absent");
		return;
	}
	if (which != SECRET_BACKUP)
		storage->step++;
	else if (opened)
		finish(crypto, turn, storage, FOUND_BACKUP);
	else
		finish(crypto, turn, storage, json_object(found, "encrypted") ? FOUND_BACKUP_SEALED : FOUND_BACKUP_ABSENT);
}

static void take_opened(struct crypto *crypto, struct turn *turn, struct storage *storage, const struct cJSON *answer)
{
	if (storage->step == OPEN_DEFAULT)
		take_default(turn, storage, answer);
	else if (storage->step == OPEN_DESCRIPTION)
		take_description(turn, storage, answer);
	else if (storage->step == OPEN_ADD_BACKUP)
		*storage = (struct storage){ .state = CRYPTO_STORAGE_KEPT };
	else
		take_secret(crypto, turn, storage, answer);
}

bool secrets_want(struct crypto *crypto, struct view *view, struct want *ret_want)
{
	struct storage storage;

	storage_get(crypto, view, &storage);
	switch (storage.state) {
	case CRYPTO_STORAGE_MAKING:
		return want_making(crypto, view, &storage, ret_want);
	case CRYPTO_STORAGE_OPENING:
		return want_opening(crypto, view, &storage, ret_want);
	case CRYPTO_STORAGE_NONE:
	case CRYPTO_STORAGE_MADE:
	case CRYPTO_STORAGE_KEPT:
	case CRYPTO_STORAGE_FAILED:
		return false;
	}
	return false;
}

static void take_refusal(struct crypto *crypto, struct turn *turn, struct storage *storage, const char *error)
{
	if (storage->state == CRYPTO_STORAGE_OPENING && storage->step != OPEN_ADD_BACKUP && str_equal(error, "M_NOT_FOUND")) {
		if (storage->step >= OPEN_SECRETS)
			take_secret(crypto, turn, storage, NULL);
		else
			fail(storage, "absent");
		return;
	}
	log_warn("crypto.refused", "what=account_data error=%s", error);
	fail(storage, "refused");
}

void secrets_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply)
{
	const struct cJSON *answer = want_reply_read(turn, reply);
	struct storage storage;

	storage_get(crypto, turn_view(turn), &storage);
	if (want->ref != storage.step || (storage.state != CRYPTO_STORAGE_MAKING && storage.state != CRYPTO_STORAGE_OPENING))
		return;
	switch (want_reply_sense(reply)) {
	case REPLY_ANSWER:
		if (storage.state == CRYPTO_STORAGE_MAKING)
			take_made(&storage);
		else
			take_opened(crypto, turn, &storage, answer);
		break;
	case REPLY_REFUSAL:
		take_refusal(crypto, turn, &storage, reply->error);
		break;
	case REPLY_NONE:
		return;
	}
	storage_write(crypto, turn, &storage);
}
