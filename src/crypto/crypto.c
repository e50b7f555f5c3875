#include "crypto/crypto_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/json.h"
#include "base/str.h"
#include "crypto/attachment.h"
#include "crypto/backup.h"
#include "crypto/backup_ask.h"
#include "crypto/backup_keys.h"
#include "crypto/channel_internal.h"
#include "crypto/channel_session.h"
#include "crypto/device.h"
#include "crypto/generation.h"
#include "crypto/identity.h"
#include "crypto/inbound.h"
#include "crypto/inbound_cache.h"
#include "crypto/inbound_prune.h"
#include "crypto/inbound_request.h"
#include "crypto/inbound_withheld.h"
#include "crypto/keyring.h"
#include "crypto/outbound.h"
#include "crypto/outbound_cache.h"
#include "crypto/outbound_session.h"
#include "crypto/outbound_share.h"
#include "crypto/retire.h"
#include "crypto/room.h"
#include "crypto/room_members.h"
#include "crypto/secrets.h"
#include "crypto/todevice.h"
#include "crypto/vault.h"
#include "crypto/verification.h"
#include "crypto/verification_row.h"

/* What a turn's arena can hold as JSON, with room to spare. Longer answers are refused before anybody reads them. */
enum { REPLY_BYTES_MAX = 4 * 1024 * 1024 };

/* Who wants what. */
static const struct {
	bool (*want)(struct crypto *crypto, struct view *view, struct want *ret_want);
	void (*reply)(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);
} sources[WANT_KINDS] = {
	[WANT_KEYS_UPLOAD] = { keyring_want, keyring_reply },
	[WANT_KEYS_QUERY] = { device_want, device_reply },
	[WANT_KEYS_CLAIM] = { channel_want, channel_reply },
	[WANT_TO_DEVICE] = { todevice_want, todevice_reply },
	[WANT_MEMBERS] = { crypto_room_want_members, crypto_room_members_reply },
	[WANT_ENCRYPTION] = { crypto_room_want_encryption, crypto_room_encryption_reply },
	[WANT_IDENTITY] = { identity_want, identity_reply },
	[WANT_SECRETS] = { secrets_want, secrets_reply },
	[WANT_BACKUP] = { backup_want, backup_reply },
};

/* Whose time comes by itself. */
static int64_t (*const clocks[])(struct view *view) = {
	keyring_next_ms,
	device_next_ms,
	crypto_room_next_ms,
	channel_next_ms,
	identity_next_ms,
	outbound_next_ms,
	backup_next_ms,
};

const struct statements *const crypto_statements[] = {
	&keyring_statements,
	&device_statements,
	&device_user_statements,
	&generation_statements,
	&todevice_statements,
	&crypto_room_statements,
	&room_members_statements,
	&channel_session_statements,
	&channel_in_statements,
	&channel_claim_statements,
	&inbound_statements,
	&inbound_prune_statements,
	&inbound_withheld_statements,
	&inbound_request_statements,
	&outbound_session_statements,
	&outbound_share_statements,
	&identity_statements,
	&identity_keys_statements,
	&outbound_statements,
	&identity_vouch_statements,
	&secrets_statements,
	&backup_statements,
	&backup_ask_statements,
	&backup_keys_statements,
	&retire_statements,
	&verification_statements,
	NULL,
};

static struct crypto *create(const struct crypto_options *options, struct vault *vault)
{
	struct crypto *crypto = xcalloc(1, sizeof *crypto);

	*crypto = (struct crypto){
		.vault = vault,
		.user = xstrdup(options->user),
		.device = xstrdup(options->device),
		.share_with_all = options->share_with_all,
		.verifiers = xcalloc(options->verifiers_len + 1, sizeof *crypto->verifiers),
		.verifiers_len = options->verifiers_len,
	};
	for (size_t i = 0; i < options->verifiers_len; i++)
		crypto->verifiers[i] = xstrdup(options->verifiers[i]);
	return crypto;
}

enum crypto_opening crypto_open(const struct crypto_options *options, struct turn *turn, struct crypto **ret_crypto, const char **ret_why)
{
	enum crypto_opening opening;
	struct crypto *crypto;
	struct vault *vault;

	*ret_why = "this login's device is dead, and its name may not get new keys";
	if (crypto_is_retired(turn_view(turn), options->device))
		return CRYPTO_RETIRED_DEVICE;
	*ret_why = "the database holds secrets, and the key file they were sealed with is gone";
	if (keyring_exists(turn_view(turn)) && access(options->key_path, F_OK) != 0 && errno == ENOENT)
		return CRYPTO_KEY_LOST;
	if (vault_open(options->key_path, &vault, ret_why) == VAULT_REFUSED)
		return CRYPTO_KEY_UNUSABLE;
	/* The caller's at once: should the disk be full, the turn is left from anywhere below. */
	*ret_crypto = crypto = create(options, vault);
	opening = keyring_open(crypto, turn);
	if (opening != CRYPTO_OPEN) {
		*ret_why = opening == CRYPTO_OTHER_DEVICE ? "the database holds the keys of another user or device" :
		                                            "the key file is not the one the database was sealed with";
		crypto_close(crypto);
		*ret_crypto = NULL;
		return opening;
	}
	devices_track(turn, crypto->user);
	devices_wait_anew(turn);
	identity_open(crypto, turn);
	backup_open(crypto, turn);
	return CRYPTO_OPEN;
}

void crypto_close(struct crypto *crypto)
{
	if (!crypto)
		return;
	verifications_drop(crypto);
	inbound_cache_destroy(crypto->inbound);
	outbound_cache_destroy(crypto->outbound);
	vault_close(crypto->vault);
	for (size_t i = 0; i < crypto->verifiers_len; i++)
		free(crypto->verifiers[i]);
	free(crypto->verifiers);
	free(crypto->device);
	free(crypto->user);
	free(crypto);
}

void crypto_drop(struct crypto *crypto)
{
	inbound_cache_drop(crypto->inbound);
	outbound_cache_drop(crypto->outbound);
	verifications_drop(crypto);
}

void crypto_take_keys(struct crypto *crypto, struct turn *turn, const struct key_news *news)
{
	for (size_t i = 0; i < news->changed_len; i++) {
		devices_outdate(turn, news->changed[i]);
		if (str_equal(news->changed[i], crypto->user))
			identity_outdate(turn);
	}
	for (size_t i = 0; i < news->left_len; i++) {
		if (!str_equal(news->left[i], crypto->user))
			devices_untrack(turn, news->left[i]);
	}
	keyring_take_counts(crypto, turn, news->one_time_keys, news->fallback_spent);
	for (size_t i = 0; i < news->events_len; i++)
		channel_take(crypto, turn, &news->events[i]);
	verifications_expire(crypto, turn);
}

void crypto_take_room(struct crypto *crypto, struct turn *turn, const struct room_update *update)
{
	crypto_room_take(crypto, turn, update);
}

bool crypto_bridge_is_deaf(struct crypto *crypto, struct turn *turn, const char *room, const char *bot)
{
	return outbound_bridge_is_deaf(crypto, turn, room, bot);
}

bool crypto_next_newcomer(struct turn *turn, const char **ret_room, const char **ret_user)
{
	return room_members_next_newcomer(turn, ret_room, ret_user);
}

void crypto_leave(struct crypto *crypto, struct turn *turn, const char *room)
{
	(void)crypto;
	outbound_discard(turn, room);
	crypto_room_leave(turn, room);
}

enum crypto_verdict crypto_decrypt(struct crypto *crypto, struct turn *turn, const struct event *event, const struct crypto_relay *relay,
                                   bool last_try, struct crypto_plain *ret_plain, const char **ret_session, const char **ret_why)
{
	enum crypto_verdict verdict = inbound_open(crypto, turn, event, relay, last_try, ret_plain, ret_session, ret_why);

	if (verdict == CRYPTO_OPENED && verification_is_event(ret_plain->type, ret_plain->content)) {
		verification_take_event(crypto, turn, event, ret_plain);
		return CRYPTO_TAKEN;
	}
	/* Who puts another identity in our place may have put others in theirs: their word decides nothing (8.15). */
	if (verdict == CRYPTO_OPENED && ret_plain->trust == TRUST_DIRECT && identity_is_foreign(turn_view(turn))) {
		ret_plain->trust = TRUST_PLAIN;
		ret_plain->doubt = DOUBT_NONE;
	}
	return verdict;
}

enum crypto_ready crypto_prepare(struct crypto *crypto, struct turn *turn, const char *room, bool verification, const char **ret_why)
{
	return outbound_prepare(crypto, turn, room, verification ? OUTBOUND_VERIFICATION : outbound_audience(crypto), ret_why);
}

uint64_t crypto_stirs(const struct crypto *crypto)
{
	return crypto->stirs;
}

char *crypto_encrypt(struct crypto *crypto, struct turn *turn, const char *room, const char *type, const char *content)
{
	return outbound_encrypt(crypto, turn, room, type, content);
}

enum crypto_file crypto_open_file(const char *key, const char *from, const char *to, const char **ret_why)
{
	AUTO_JSON file = json_parse(key, strlen(key));
	struct attachment attachment;
	enum attachment_verdict verdict = attachment_parse(file, &attachment);

	if (verdict == ATTACHMENT_OK)
		verdict = attachment_open(&attachment, from, to);
	explicit_bzero(&attachment, sizeof attachment);
	*ret_why = attachment_word(verdict);
	if (verdict == ATTACHMENT_OK)
		return CRYPTO_FILE_OPENED;
	return verdict == ATTACHMENT_TROUBLE ? CRYPTO_FILE_TROUBLE : CRYPTO_FILE_REFUSED;
}

void crypto_take_restart(struct crypto *crypto, struct turn *turn)
{
	(void)crypto;
	devices_outdate_all(turn);
	identity_outdate(turn);
}

struct crypto_status crypto_status(struct view *view)
{
	struct crypto_status status = {
		.identity = identity_status(view),
		.master = identity_master(view),
		.approval_url = identity_approval_url(view),
		.backup = backup_status(view),
		.burnt = keyring_exists(view) && keyring_is_burnt(view),
	};

	status.storage = secrets_status(view, &status.failure);
	return status;
}

int64_t crypto_key_count(struct view *view)
{
	return inbound_count(view);
}

void crypto_make_storage(struct crypto *crypto, struct turn *turn)
{
	secrets_make(crypto, turn);
}

void crypto_recover(struct crypto *crypto, struct turn *turn, const char *text)
{
	secrets_open(crypto, turn, text);
}

const char *crypto_recovery_key(struct crypto *crypto, struct view *view)
{
	return secrets_recovery_key(crypto, view);
}

void crypto_forget_recovery_key(struct turn *turn)
{
	secrets_forget(turn);
}

void crypto_begin_login(struct crypto *crypto, struct turn *turn, const char *password)
{
	crypto->password = password;
	identity_retry(turn);
}

bool crypto_want(struct crypto *crypto, struct view *view, enum want_kind kind, struct want *ret_want)
{
	/* What a device that must not speak says would be another's words, or be said twice. */
	if (keyring_is_burnt(view) || !sources[kind].want || !sources[kind].want(crypto, view, ret_want))
		return false;
	ret_want->kind = kind;
	return true;
}

void crypto_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply)
{
	const struct want_reply too_big = { .outcome = OUTCOME_TOO_BIG, .error = "too-big" };

	sources[want->kind].reply(crypto, turn, want, reply->body_len > REPLY_BYTES_MAX ? &too_big : reply);
}

int64_t crypto_next_ms(struct view *view)
{
	int64_t next_ms = INT64_MAX;

	for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
		int64_t at_ms = clocks[i](view);

		if (at_ms < next_ms)
			next_ms = at_ms;
	}
	return next_ms;
}
