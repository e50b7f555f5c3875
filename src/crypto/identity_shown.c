/*
 * What the server shows of our own identity, and what is missing by that.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"
#include "crypto/identity_row.h"
#include "crypto/keyring.h"
#include "crypto/signature.h"
#include "store/incident.h"

/* That often a server may take what we send and not show it. */
enum { TRIES_MAX = 3 };

#define RETRY_MS MS_PER_HOUR

#define FOREIGN_INCIDENT "identity.not_ours"
#define HIDDEN_INCIDENT  "identity.hidden"

/* Our part of a /keys/query answer. */
struct shown {
	const struct cJSON *master;
	const struct cJSON *self_signing;
	const struct cJSON *user_signing;
	const struct cJSON *device;
	struct identity_keys keys;
};

/* The one key of a cross-signing key's object, whose name says it once more; NULL. */
static const char *read_key(struct arena *arena, const struct cJSON *object)
{
	const struct cJSON *keys = json_object(object, "keys"), *first = json_first(keys);
	const char *key = json_text(first);

	if (!key || json_next(first) || !str_equal(json_key(first), identity_key_id(arena, key)))
		return NULL;
	return key;
}

static void read_shown(struct crypto *crypto, struct arena *arena, const struct cJSON *answer, struct shown *ret_shown)
{
	struct shown shown = {
		.master = json_get(json_object(answer, "master_keys"), crypto->user),
		.self_signing = json_object(json_object(answer, "self_signing_keys"), crypto->user),
		.user_signing = json_object(json_object(answer, "user_signing_keys"), crypto->user),
		.device = json_object(json_object(json_object(answer, "device_keys"), crypto->user), crypto->device),
	};

	shown.keys = (struct identity_keys){
		.master = read_key(arena, shown.master),
		.self_signing = read_key(arena, shown.self_signing),
		.user_signing = read_key(arena, shown.user_signing),
	};
	*ret_shown = shown;
}

static bool is_signed(struct crypto *crypto, struct arena *arena, const struct cJSON *object, const char *name, const char *key)
{
	return object && signature_verify(arena, object, crypto->user, identity_key_id(arena, name), key) == SIGNATURE_GOOD;
}

/* The chain as others see it: master, signed by this device, signs self-signing, which signs this device. */
static bool chain_is_whole(struct crypto *crypto, struct view *view, const struct shown *shown, const struct identity_keys *ours)
{
	struct arena *arena = view_arena(view);
	const char *device_key = keyring_ed25519(view);

	return str_equal(json_str(json_object(shown->device, "keys"), identity_key_id(arena, crypto->device)), device_key) &&
	       is_signed(crypto, arena, shown->device, ours->self_signing, ours->self_signing) &&
	       is_signed(crypto, arena, shown->master, crypto->device, device_key);
}

/* Both lower keys are ours, and signed. */
static bool keys_are_whole(struct crypto *crypto, struct arena *arena, const struct shown *shown, const struct identity_keys *ours)
{
	return str_equal(shown->keys.self_signing, ours->self_signing) && str_equal(shown->keys.user_signing, ours->user_signing) &&
	       is_signed(crypto, arena, shown->self_signing, ours->master, ours->master) &&
	       is_signed(crypto, arena, shown->user_signing, ours->master, ours->master);
}

/* Somebody else's key stands where ours should. */
static bool is_other(const struct cJSON *object, const char *shown, const char *ours)
{
	return object && !str_equal(shown, ours);
}

static enum identity_state judge(struct crypto *crypto, struct view *view, const struct shown *shown, const struct own_identity *own)
{
	const struct identity_keys *ours = &own->ours;

	if (!shown->master)
		return IDENTITY_PUBLISH;
	if (!own_identity_is_held(own) || is_other(shown->master, shown->keys.master, ours->master) ||
	    is_other(shown->self_signing, shown->keys.self_signing, ours->self_signing) ||
	    is_other(shown->user_signing, shown->keys.user_signing, ours->user_signing))
		return IDENTITY_FOREIGN;
	if (!keys_are_whole(crypto, view_arena(view), shown, ours))
		return IDENTITY_PUBLISH;
	return chain_is_whole(crypto, view, shown, ours) ? IDENTITY_GOOD : IDENTITY_SIGN;
}

static void make_seeds(struct crypto *crypto, struct turn *turn, struct own_identity *own)
{
	struct identity_seeds *seeds = arena_new(turn_arena(turn), struct identity_seeds);

	random_bytes(seeds, sizeof *seeds);
	own_identity_hold(crypto, turn, seeds, own);
	log_info("crypto.identity_made", "master=%s", own->ours.master);
}

/* What was sent is not shown: once more, and after some times later. */
static void count_try(struct crypto *crypto, struct turn *turn, struct own_identity *own)
{
	if (own->tries < TRIES_MAX)
		return;
	own->tries = 0;
	own->retry_at_ms = turn_now_ms(turn) + RETRY_MS;
	own->check_due = true;
	incident_raise(turn, HIDDEN_INCIDENT, crypto->user,
	               "The server took our identity's keys or signatures and does not show them. Others cannot trust this device until it does.");
}

static void tell_foreign(struct crypto *crypto, struct turn *turn, const struct own_identity *own)
{
	log_warn("crypto.identity_foreign", "held=%s shown=%s", own->ours.master ? own->ours.master : "none", own->shown.master ? own->shown.master : "broken");
	incident_raise(turn, FOREIGN_INCIDENT, crypto->user,
	               own_identity_is_held(own) ?
	                   "The account's identity is another than the one we hold: it was reset. Nothing is sent encrypted until somebody "
	                   "knows why; the new one's recovery key makes it ours: rotonde login -c FILE --recover" :
	                   "The account has an identity whose keys are not here. Nothing is sent encrypted until its recovery key brings them: "
	                   "rotonde login -c FILE --recover");
}

void identity_take_shown(struct crypto *crypto, struct turn *turn, const struct cJSON *answer, struct own_identity *own)
{
	struct shown shown;

	read_shown(crypto, turn_arena(turn), answer, &shown);
	own->check_due = false;
	own->shown = shown.keys;
	if (!shown.master && !own_identity_is_held(own))
		make_seeds(crypto, turn, own);
	own->state = judge(crypto, turn_view(turn), &shown, own);
	switch (own->state) {
	case IDENTITY_FOREIGN:
		tell_foreign(crypto, turn, own);
		break;
	case IDENTITY_GOOD:
		own->tries = 0;
		own->proof_session = NULL;
		own->approval_url = NULL;
		incident_clear(turn, FOREIGN_INCIDENT, crypto->user);
		incident_clear(turn, HIDDEN_INCIDENT, crypto->user);
		incident_clear(turn, "identity.refused", crypto->user);
		break;
	case IDENTITY_PUBLISH:
	case IDENTITY_SIGN:
		count_try(crypto, turn, own);
		break;
	case IDENTITY_UNKNOWN:
		break;
	}
}
