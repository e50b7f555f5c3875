/*
 * What the server has of our keys, and bringing it there. Keys wait in the account as unpublished until the
 * server said that it has them, so an upload whose answer was lost is repeated with the same bytes, which the
 * server accepts (MATRIX.md 5.1). While something is to be uploaded no further keys are made: an upload's
 * answer is about all that is unpublished.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/keyring_row.h"
#include "crypto/olm.h"
#include "crypto/want_reply.h"
#include "store/incident.h"

#define PATH             "/_matrix/client/v3/keys/upload"
#define KEY_TYPE         "signed_curve25519"
#define FALLBACK_AGE_MS  (7 * MS_PER_DAY)
/* After that nobody is still on his way with a message for the fallback key before this one. */
#define FALLBACK_OLD_MS  MS_PER_HOUR
#define REFUSED_RETRY_MS MS_PER_HOUR

/* In a want's ref: what is in it. */
enum { UPLOAD_DEVICE = 1, UPLOAD_KEYS = 2 };

/* How many to make when the server has so many. */
static size_t missing_count(int64_t on_server)
{
	if (on_server >= ONE_TIME_KEYS)
		return 0;
	return (size_t)(ONE_TIME_KEYS - (on_server > 0 ? on_server : 0));
}

static bool fallback_is_due(const struct keyring *keyring, int64_t now_ms, bool spent)
{
	/* The account holds two: a third would push out one that may still be needed. */
	if (keyring->fallback_old)
		return false;
	return spent || now_ms - keyring->fallback_at_ms >= FALLBACK_AGE_MS;
}

/* Make and forget what is due; what is new waits for its upload. */
static void renew(struct crypto *crypto, struct turn *turn, struct keyring *keyring, size_t one_time, bool fallback)
{
	struct account *account = keyring_load(crypto, turn_view(turn));

	if (!keyring->fallback_old)
		account_forget_old_fallback_key(account);
	if (fallback)
		account_generate_fallback_key(account);
	if (one_time)
		account_generate_one_time_keys(account, one_time);
	keyring->unpublished = fallback || one_time;
	keyring_store(crypto, turn, account);
	keyring_write(turn, keyring);
	account_clear(account);
}

void keyring_take_counts(struct crypto *crypto, struct turn *turn, int64_t one_time_keys, bool fallback_spent)
{
	size_t missing = missing_count(one_time_keys);
	struct keyring keyring;
	bool forget, fallback;

	keyring_get(turn_view(turn), &keyring);
	if (keyring.recount) {
		/* Asked before the upload ended, maybe: the next one was not, for there is one at a time (5.4). */
		keyring.recount = false;
		keyring_write(turn, &keyring);
		return;
	}
	if (keyring.burnt || keyring.unpublished || !keyring.uploaded)
		return;
	forget = keyring.fallback_old && turn_now_ms(turn) - keyring.fallback_at_ms >= FALLBACK_OLD_MS;
	if (forget)
		keyring.fallback_old = false;
	fallback = fallback_is_due(&keyring, turn_now_ms(turn), fallback_spent);
	if (forget || fallback || missing)
		renew(crypto, turn, &keyring, missing, fallback);
}

/* {"key": ..., "signatures": ...}, and for a fallback key "fallback": true under the signature. */
static struct cJSON *format_key(struct arena *arena, const struct keyring *keyring, struct account *account, const char *key, bool fallback)
{
	struct cJSON *object = json_object_create(), *signatures = json_object_create(), *ours = json_object_create();

	json_set_str(object, "key", key);
	if (fallback)
		json_set_bool(object, "fallback", true);
	json_set_str(ours, keyring_key_id(arena, "ed25519", keyring->device), keyring_sign_with(arena, account, object));
	json_set(signatures, keyring->user, ours);
	json_set(object, "signatures", signatures);
	return object;
}

static void add_keys(struct crypto *crypto, struct view *view, const struct keyring *keyring, struct cJSON *body)
{
	struct account *account = keyring_load(crypto, view);
	struct arena *arena = view_arena(view);
	const struct one_time_key *keys;
	struct one_time_key fallback;
	size_t len = account_unpublished_one_time_keys(account, &keys);

	if (len) {
		struct cJSON *one_time = json_object_create();

		for (size_t i = 0; i < len; i++)
			json_set(one_time, keyring_key_id(arena, KEY_TYPE, keys[i].id), format_key(arena, keyring, account, keys[i].key, false));
		json_set(body, "one_time_keys", one_time);
	}
	if (account_unpublished_fallback_key(account, &fallback)) {
		struct cJSON *fallbacks = json_object_create();

		json_set(fallbacks, keyring_key_id(arena, KEY_TYPE, fallback.id), format_key(arena, keyring, account, fallback.key, true));
		json_set(body, "fallback_keys", fallbacks);
	}
	account_clear(account);
}

static const char *format_body(struct crypto *crypto, struct view *view, const struct keyring *keyring)
{
	AUTO_JSON body = json_object_create();

	if (!keyring->uploaded)
		json_set(body, "device_keys", keyring_device_keys(crypto, view));
	if (keyring->unpublished)
		add_keys(crypto, view, keyring, body);
	return json_print(view_arena(view), body);
}

bool keyring_want(struct crypto *crypto, struct view *view, struct want *ret_want)
{
	struct keyring keyring;

	keyring_get(view, &keyring);
	if (keyring.retry_at_ms > view_now_ms(view) || (keyring.uploaded && !keyring.unpublished))
		return false;
	*ret_want = (struct want){
		.ref = (keyring.uploaded ? 0 : UPLOAD_DEVICE) | (keyring.unpublished ? UPLOAD_KEYS : 0),
		.call = { .method = CALL_POST, .path = PATH, .body = format_body(crypto, view, &keyring) },
	};
	return true;
}

/* What went up is there. When the server then has fewer than it should, make more at once. */
static void take_upload(struct crypto *crypto, struct turn *turn, const struct want *want, const struct cJSON *answer)
{
	struct account *account = keyring_load(crypto, turn_view(turn));
	struct one_time_key fallback;
	struct keyring keyring;
	int64_t count;

	keyring_get(turn_view(turn), &keyring);
	if (want->ref & UPLOAD_DEVICE)
		keyring.uploaded = true;
	if (want->ref & UPLOAD_KEYS) {
		if (account_unpublished_fallback_key(account, &fallback)) {
			keyring.fallback_old = keyring.fallback_at_ms != 0;
			keyring.fallback_at_ms = turn_now_ms(turn);
		}
		account_mark_published(account);
		keyring.unpublished = false;
	}
	if (!keyring.unpublished && json_int(json_object(answer, "one_time_key_counts"), KEY_TYPE, &count) &&
	    missing_count(count)) {
		account_generate_one_time_keys(account, missing_count(count));
		keyring.unpublished = true;
	}
	keyring.recount = true;
	keyring.retry_at_ms = 0;
	keyring_store(crypto, turn, account);
	keyring_write(turn, &keyring);
	account_clear(account);
	incident_clear(turn, "crypto.upload_refused", keyring.device);
	log_info("crypto.uploaded", "device=%d keys=%d", want->ref & UPLOAD_DEVICE ? 1 : 0, want->ref & UPLOAD_KEYS ? 1 : 0);
}

static void take_refusal(struct turn *turn, const struct want_reply *reply, const struct cJSON *answer)
{
	const char *why = json_str(answer, "error");
	struct keyring keyring;

	/* Synapse has a plain M_UNKNOWN for it: the words tell. Names of keys count up, so an old copy makes some again. */
	if (why && strstr(why, "already exists")) {
		keyring_burn(turn, "crypto.old_copy",
		             "The server knows other keys under names that this database gives out now: it is an old copy."
		             " Nothing is sent encrypted any more: log in anew.");
		return;
	}
	keyring_get(turn_view(turn), &keyring);
	keyring.retry_at_ms = turn_now_ms(turn) + REFUSED_RETRY_MS;
	keyring_write(turn, &keyring);
	incident_raise(turn, "crypto.upload_refused", keyring.device, "The server does not take this device's keys; see crypto.refused in the log.");
	log_warn("crypto.refused", "what=keys/upload error=%s", reply->error);
}

void keyring_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply)
{
	const struct cJSON *answer = want_reply_read(turn, reply);

	switch (want_reply_sense(reply)) {
	case REPLY_ANSWER:
		take_upload(crypto, turn, want, answer);
		return;
	case REPLY_REFUSAL:
		take_refusal(turn, reply, answer);
		return;
	case REPLY_NONE:
		return;
	}
}

int64_t keyring_next_ms(struct view *view)
{
	struct keyring keyring;

	return keyring_find(view, &keyring) && keyring.retry_at_ms > view_now_ms(view) ? keyring.retry_at_ms : INT64_MAX;
}
