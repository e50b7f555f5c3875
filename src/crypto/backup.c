#include "crypto/backup.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"
#include "base/url.h"
#include "crypto/backup_ask.h"
#include "crypto/backup_keys.h"
#include "crypto/curve.h"
#include "crypto/identity.h"
#include "crypto/signature.h"
#include "crypto/vault.h"
#include "crypto/want_reply.h"
#include "store/incident.h"

#define ALGORITHM    "m.megolm_backup.v1.curve25519-aes-sha2"
#define VERSION_PATH "/_matrix/client/v3/room_keys/version"

/* Whether the account's owner wants a backup at all (spec: m.key_backup). */
#define SWITCH_TYPE "m.key_backup"

#define RETRY_MS MS_PER_HOUR

enum { VERSION_BYTES_MAX = 255 };

/* A want's ref. */
enum step { STEP_CREATE = 1, STEP_ALLOWED, STEP_LOOK, STEP_UPLOAD, STEP_FETCH };

enum { Q_GET, Q_WRITE, Q_KEY, Q_HOLD, Q_MAX };

static const char *const sql[] = {
	[Q_GET] = "SELECT state, public_key, seal_to, version, retry_at_ms FROM backup WHERE id = 1",
	[Q_WRITE] = "UPDATE backup SET state = ?1, seal_to = ?2, version = ?3, retry_at_ms = ?4 WHERE id = 1",
	[Q_KEY] = "SELECT key FROM backup WHERE id = 1 AND key IS NOT NULL",
	[Q_HOLD] = "UPDATE backup SET state = ?1, key = ?2, public_key = ?3, seal_to = NULL, version = NULL, retry_at_ms = 0 WHERE id = 1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements backup_statements = { "crypto/backup", sql, Q_MAX };

#define SEAL_TABLE "backup"

enum state {
	STATE_NONE,
	STATE_CREATE,  /* a version for our key is to be made */
	STATE_ALLOWED, /* is a backup wanted at all? */
	STATE_LOOK,    /* which version does the server have? */
	STATE_ON,
	STATE_OFF,     /* it was deleted, switched off, or is another's: an incident tells */
};

static const char *const words[] = {
	[STATE_NONE] = "none",
	[STATE_CREATE] = "create",
	[STATE_ALLOWED] = "allowed",
	[STATE_LOOK] = "look",
	[STATE_ON] = "on",
	[STATE_OFF] = "off",
};

struct backup {
	enum state state;
	const char *public_key;
	const char *seal_to;
	const char *version;
	int64_t retry_at_ms;
};

static void backup_get(struct view *view, struct backup *ret_backup)
{
	struct stmt *q = view_query(view, &backup_statements, Q_GET);

	if (!stmt_step(q))
		die("the row of the key backup is gone");
	*ret_backup = (struct backup){
		.state = (enum state)stmt_word(q, 0, words, ARRAY_LEN(words)),
		.public_key = stmt_text(q, 1), .seal_to = stmt_text(q, 2), .version = stmt_text(q, 3), .retry_at_ms = stmt_int(q, 4),
	};
	stmt_reset(q);
}

static void backup_write(struct turn *turn, const struct backup *backup)
{
	struct stmt *q = turn_query(turn, &backup_statements, Q_WRITE);

	stmt_bind_text(q, 1, words[backup->state]);
	stmt_bind_text(q, 2, backup->seal_to);
	stmt_bind_text(q, 3, backup->version);
	stmt_bind_int(q, 4, backup->retry_at_ms);
	(void)stmt_run(q);
}

bool backup_key(struct crypto *crypto, struct view *view, unsigned char ret_key[KEY_BACKUP_KEY_BYTES])
{
	struct stmt *q = view_query(view, &backup_statements, Q_KEY);
	const void *sealed;
	size_t sealed_len, len;
	void *bytes;

	if (!stmt_step(q))
		return false;
	sealed = stmt_blob(q, 0, &sealed_len);
	stmt_reset(q);
	if (!vault_unseal(crypto->vault, view_arena(view), SEAL_TABLE, crypto->user, sealed, sealed_len, &bytes, &len) || len != KEY_BACKUP_KEY_BYTES)
		return false;
	memcpy(ret_key, bytes, len);
	return true;
}

/* key NULL: none any more. */
static void hold(struct crypto *crypto, struct turn *turn, const unsigned char *key, enum state state)
{
	struct arena *arena = turn_arena(turn);
	const char *public_key = key ? key_backup_public_key(arena, key) : NULL;
	const void *sealed = NULL;
	struct stmt *q;
	size_t len = 0;

	if (key)
		sealed = vault_seal(crypto->vault, arena, SEAL_TABLE, crypto->user, key, KEY_BACKUP_KEY_BYTES, &len);
	q = turn_query(turn, &backup_statements, Q_HOLD);
	stmt_bind_text(q, 1, words[state]);
	if (sealed)
		stmt_bind_blob(q, 2, sealed, len);
	stmt_bind_text(q, 3, public_key);
	(void)stmt_run(q);
}

void backup_open(struct crypto *crypto, struct turn *turn)
{
	unsigned char key[KEY_BACKUP_KEY_BYTES];
	struct backup backup;

	backup_get(turn_view(turn), &backup);
	if (!backup.public_key)
		return;
	if (!backup_key(crypto, turn_view(turn), key)) {
		hold(crypto, turn, NULL, STATE_NONE);
		return;
	}
	explicit_bzero(key, sizeof key);
	if (backup.state == STATE_CREATE)
		return;
	backup.state = STATE_ALLOWED;
	backup.retry_at_ms = 0;
	backup_write(turn, &backup);
}

void backup_make(struct crypto *crypto, struct turn *turn)
{
	unsigned char key[KEY_BACKUP_KEY_BYTES];
	struct backup backup;

	backup_get(turn_view(turn), &backup);
	if (backup.public_key)
		return;
	random_bytes(key, sizeof key);
	hold(crypto, turn, key, STATE_CREATE);
	explicit_bzero(key, sizeof key);
}

void backup_adopt(struct crypto *crypto, struct turn *turn, const unsigned char key[KEY_BACKUP_KEY_BYTES])
{
	hold(crypto, turn, key, STATE_ALLOWED);
}

enum crypto_backup backup_status(struct view *view)
{
	struct backup backup;

	backup_get(view, &backup);
	switch (backup.state) {
	case STATE_NONE:
		return CRYPTO_BACKUP_NONE;
	case STATE_CREATE:
	case STATE_ALLOWED:
	case STATE_LOOK:
		return CRYPTO_BACKUP_STARTING;
	case STATE_ON:
		return CRYPTO_BACKUP_ON;
	case STATE_OFF:
		return CRYPTO_BACKUP_OFF;
	}
	die("backup state %d", (int)backup.state);
}

int64_t backup_next_ms(struct view *view)
{
	struct backup backup;

	backup_get(view, &backup);
	if (backup.retry_at_ms > view_now_ms(view))
		return backup.retry_at_ms;
	return backup.state == STATE_ON ? backup_ask_next_ms(view) : INT64_MAX;
}

/* Wants. */

static const char *format_version(struct crypto *crypto, struct view *view, const struct backup *backup)
{
	struct cJSON *auth = json_object_create();
	AUTO_JSON body = json_object_create();

	json_set_str(auth, "public_key", backup->public_key);
	identity_certify(crypto, view, auth);
	json_set_str(body, "algorithm", ALGORITHM);
	json_set(body, "auth_data", auth);
	return json_print(view_arena(view), body);
}

bool backup_want(struct crypto *crypto, struct view *view, struct want *ret_want)
{
	struct arena *arena = view_arena(view);
	struct backup backup;

	backup_get(view, &backup);
	/* Ours is known by our key or our identity: while that is not in order, nothing is given away. */
	if (backup.retry_at_ms > view_now_ms(view) || !identity_is_good(view))
		return false;
	switch (backup.state) {
	case STATE_CREATE:
		*ret_want = (struct want){
			.ref = STEP_CREATE,
			.call = { .method = CALL_POST, .path = VERSION_PATH, .body = format_version(crypto, view, &backup) },
		};
		return true;
	case STATE_ALLOWED:
		*ret_want = (struct want){
			.ref = STEP_ALLOWED,
			.call = { .method = CALL_GET,
			          .path = arena_printf(arena, "/_matrix/client/v3/user/%s/account_data/" SWITCH_TYPE, url_escape(arena, crypto->user)) },
		};
		return true;
	case STATE_LOOK:
		*ret_want = (struct want){ .ref = STEP_LOOK, .call = { .method = CALL_GET, .path = VERSION_PATH } };
		return true;
	case STATE_ON:
		ret_want->ref = STEP_FETCH;
		if (str_equal(backup.seal_to, backup.public_key) && backup_keys_want_fetch(view, backup.version, ret_want))
			return true;
		ret_want->ref = STEP_UPLOAD;
		return backup_keys_want_upload(crypto, view, backup.version, backup.seal_to, ret_want);
	case STATE_NONE:
	case STATE_OFF:
		return false;
	}
	return false;
}

/* Replies. */

static void switch_off(struct turn *turn, struct backup *backup, const char *why, const char *detail)
{
	log_warn("crypto.backup_off", "why=%s", why);
	backup->state = STATE_OFF;
	incident_raise(turn, "backup.off", why, detail);
}

static void switch_on(struct turn *turn, struct backup *backup, const char *version, const char *seal_to)
{
	if (!str_equal(backup->version, version) || !str_equal(backup->seal_to, seal_to))
		backup_keys_forget(turn);
	backup->state = STATE_ON;
	backup->version = version;
	backup->seal_to = seal_to;
	incident_clear(turn, "backup.off", "disabled");
	incident_clear(turn, "backup.off", "deleted");
	incident_clear(turn, "backup.off", "not-ours");
	log_info("crypto.backup_on", "version=%s", version);
}

static bool version_is_sound(const char *version)
{
	return !str_empty(version) && strlen(version) <= VERSION_BYTES_MAX;
}

/* Whoever holds its private key can read all that we put there: so it must be ours (7.12). */
static bool version_is_ours(struct crypto *crypto, struct view *view, const struct backup *backup, const struct cJSON *auth)
{
	struct arena *arena = view_arena(view);
	const char *key = json_str(auth, "public_key"), *master = identity_master(view);

	if (!curve25519_is_sound(key))
		return false;
	return str_equal(key, backup->public_key) ||
	       signature_verify(arena, auth, crypto->user, arena_printf(arena, "ed25519:%s", master), master) == SIGNATURE_GOOD;
}

static void take_version(struct crypto *crypto, struct turn *turn, struct backup *backup, const struct cJSON *answer)
{
	const struct cJSON *auth = json_object(answer, "auth_data");
	const char *version = json_str(answer, "version");

	if (!str_equal(json_str(answer, "algorithm"), ALGORITHM) || !version_is_sound(version) ||
	    !version_is_ours(crypto, turn_view(turn), backup, auth)) {
		switch_off(turn, backup, "not-ours",
		           "The key backup on the server is not one that our identity made. Nothing goes there: find out who made it.");
		return;
	}
	switch_on(turn, backup, version, json_str(auth, "public_key"));
}

static void take_answer(struct crypto *crypto, struct turn *turn, struct backup *backup, const struct want *want, const struct cJSON *answer)
{
	const struct cJSON *enabled = json_get(answer, "enabled");

	switch ((enum step)want->ref) {
	case STEP_CREATE:
		if (version_is_sound(json_str(answer, "version")))
			switch_on(turn, backup, json_str(answer, "version"), backup->public_key);
		else
			backup->retry_at_ms = turn_now_ms(turn) + RETRY_MS;
		return;
	case STEP_ALLOWED:
		if (enabled && !json_true(answer, "enabled"))
			switch_off(turn, backup, "disabled", "The account's key backup was switched off. Nothing goes there until it is switched on.");
		else
			backup->state = STATE_LOOK;
		return;
	case STEP_LOOK:
		take_version(crypto, turn, backup, answer);
		return;
	case STEP_UPLOAD:
		backup_keys_take_upload(turn, want);
		return;
	case STEP_FETCH:
		backup_keys_take_fetch(crypto, turn, want, answer);
		return;
	}
}

static void take_refusal(struct turn *turn, struct backup *backup, const struct want *want, const char *error)
{
	bool absent = str_equal(error, "M_NOT_FOUND");

	if (want->ref == STEP_ALLOWED && absent) {
		backup->state = STATE_LOOK;
		return;
	}
	/* Our key rests in the secret storage, but no version was ever there for it. */
	if (want->ref == STEP_LOOK && absent && !backup->version) {
		backup->state = STATE_CREATE;
		return;
	}
	if (want->ref == STEP_LOOK && absent) {
		switch_off(turn, backup, "deleted", "The key backup on the server was deleted. Nothing goes there any more.");
		return;
	}
	if (str_equal(error, "M_WRONG_ROOM_KEYS_VERSION") || (want->ref == STEP_UPLOAD && absent)) {
		backup->state = STATE_LOOK;
		return;
	}
	if (want->ref == STEP_FETCH && absent) {
		backup_keys_take_absent(turn, want);
		return;
	}
	log_warn("crypto.refused", "what=room_keys error=%s", error);
	backup->retry_at_ms = turn_now_ms(turn) + RETRY_MS;
}

void backup_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply)
{
	const struct cJSON *answer = want_reply_read(turn, reply);
	struct backup backup;

	backup_get(turn_view(turn), &backup);
	switch (want_reply_sense(reply)) {
	case REPLY_ANSWER:
		take_answer(crypto, turn, &backup, want, answer);
		break;
	case REPLY_REFUSAL:
		take_refusal(turn, &backup, want, reply->error);
		break;
	case REPLY_NONE:
		return;
	}
	backup_write(turn, &backup);
}
