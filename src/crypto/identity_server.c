/*
 * Asking the server what it shows of our identity, bringing it what is missing, and what it answers
 * (spec: Cross-signing, User-Interactive Authentication API).
 */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/identity_row.h"
#include "crypto/keyring.h"
#include "crypto/want_reply.h"
#include "store/incident.h"

#define QUERY_PATH   "/_matrix/client/v3/keys/query"
#define PUBLISH_PATH "/_matrix/client/v3/keys/device_signing/upload"
#define SIGN_PATH    "/_matrix/client/v3/keys/signatures/upload"

#define RETRY_MS MS_PER_HOUR

#define REFUSED_INCIDENT "identity.refused"

enum { URL_BYTES_MAX = 2000 };

/* A want's ref. */
enum step { STEP_ASK = 1, STEP_PUBLISH, STEP_PUBLISH_PROVEN, STEP_SIGN, STEP_VOUCH };

static void want_answer(struct crypto *crypto, struct view *view, struct want *ret_want)
{
	AUTO_JSON body = json_object_create();
	struct cJSON *users = json_object_create();

	json_set(users, crypto->user, json_array_create());
	json_set(body, "device_keys", users);
	*ret_want = (struct want){
		.ref = STEP_ASK,
		.call = { .method = CALL_POST, .path = QUERY_PATH, .body = json_print(view_arena(view), body) },
	};
}

/* The proof that it is us: a password, or nothing but the session when a person gave it on a page. */
static struct cJSON *format_proof(struct crypto *crypto, const struct own_identity *own)
{
	struct cJSON *proof = json_object_create(), *identifier;

	if (!str_empty(own->proof_session))
		json_set_str(proof, "session", own->proof_session);
	if (own->approval_url)
		return proof;
	identifier = json_object_create();
	json_set_str(identifier, "type", "m.id.user");
	json_set_str(identifier, "user", crypto->user);
	json_set_str(proof, "type", "m.login.password");
	json_set(proof, "identifier", identifier);
	json_set_str(proof, "password", crypto->password);
	return proof;
}

static struct cJSON *format_lower_key(struct crypto *crypto, struct arena *arena, const struct identity_seeds *seeds, const char *master,
                                      const char *usage, const char *key)
{
	struct cJSON *object = identity_key_object(arena, crypto->user, usage, key);

	identity_set_signatures(object, crypto->user, identity_key_id(arena, master), identity_sign_with(arena, seeds->master, object), NULL, NULL);
	return object;
}

static bool want_publish(struct crypto *crypto, struct view *view, const struct own_identity *own, struct want *ret_want)
{
	const struct identity_seeds *seeds = identity_seeds(crypto, view);
	const struct identity_keys *ours = &own->ours;
	struct arena *arena = view_arena(view);
	AUTO_JSON body = json_object_create();

	if (own->proof_session && !own->approval_url && !crypto->password)
		return false;
	json_set(body, "master_key", identity_key_object(arena, crypto->user, "master", ours->master));
	json_set(body, "self_signing_key", format_lower_key(crypto, arena, seeds, ours->master, "self_signing", ours->self_signing));
	json_set(body, "user_signing_key", format_lower_key(crypto, arena, seeds, ours->master, "user_signing", ours->user_signing));
	if (own->proof_session)
		json_set(body, "auth", format_proof(crypto, own));
	*ret_want = (struct want){
		.ref = own->proof_session ? STEP_PUBLISH_PROVEN : STEP_PUBLISH,
		.call = { .method = CALL_POST, .path = PUBLISH_PATH, .body = json_print(arena, body) },
	};
	return true;
}

/* This device, by the self-signing key; the master key, by this device. */
static void want_sign(struct crypto *crypto, struct view *view, const struct own_identity *own, struct want *ret_want)
{
	struct arena *arena = view_arena(view);
	struct cJSON *master = identity_key_object(arena, crypto->user, "master", own->ours.master);
	struct cJSON *objects = json_object_create();
	AUTO_JSON body = json_object_create();

	identity_set_signatures(master, crypto->user, identity_key_id(arena, crypto->device), keyring_sign(crypto, view, master), NULL, NULL);
	json_set(objects, crypto->device, keyring_device_keys(crypto, view));
	json_set(objects, own->ours.master, master);
	json_set(body, crypto->user, objects);
	*ret_want = (struct want){
		.ref = STEP_SIGN,
		.call = { .method = CALL_POST, .path = SIGN_PATH, .body = json_print(arena, body) },
	};
}

bool identity_want(struct crypto *crypto, struct view *view, struct want *ret_want)
{
	struct own_identity own;

	own_identity_get(view, &own);
	if (own.retry_at_ms > view_now_ms(view))
		return false;
	if (own.check_due) {
		want_answer(crypto, view, ret_want);
		return true;
	}
	switch (own.state) {
	case IDENTITY_PUBLISH:
		return want_publish(crypto, view, &own, ret_want);
	case IDENTITY_SIGN:
		if (!keyring_is_uploaded(view))
			return false;
		want_sign(crypto, view, &own, ret_want);
		return true;
	case IDENTITY_GOOD:
		*ret_want = (struct want){ .ref = STEP_VOUCH, .call = { .method = CALL_POST, .path = SIGN_PATH } };
		return identity_want_vouch(crypto, view, ret_want);
	case IDENTITY_UNKNOWN:
	case IDENTITY_FOREIGN:
		return false;
	}
	return false;
}

/* Later again. */
static void put_off(struct crypto *crypto, struct turn *turn, struct own_identity *own, const char *what, const char *error)
{
	log_warn("crypto.refused", "what=%s error=%s", what, error);
	own->retry_at_ms = turn_now_ms(turn) + RETRY_MS;
	own->check_due = true;
	incident_raise(turn, REFUSED_INCIDENT, crypto->user,
	               own->approval_url ? "The server wants a person to allow our identity: rotonde login -c FILE tells on which page." :
	                                   "The server does not take our identity's keys or signatures; see crypto.refused in the log, and run: rotonde login -c FILE");
}

/* The page where a person proves that it is him, for servers whose accounts live elsewhere (spec: OAuth authentication). */
static const char *read_approval_url(const struct cJSON *demand)
{
	static const char *const stages[] = { "m.oauth", "org.matrix.cross_signing_reset" };

	for (size_t i = 0; i < ARRAY_LEN(stages); i++) {
		const char *url = json_str(json_object(json_object(demand, "params"), stages[i]), "url");

		if (url && str_starts(url, "https://") && strlen(url) <= URL_BYTES_MAX)
			return url;
	}
	return NULL;
}

/*
 * A server may want a proof for the first keys too; but maybe there are some by now, and then a proof would replace
 * them. So look again before giving any.
 */
static void take_demand(struct crypto *crypto, struct turn *turn, struct own_identity *own, const struct want *want, const struct cJSON *demand)
{
	const char *session = json_str(demand, "session");

	own->proof_session = session ? session : "";
	own->approval_url = read_approval_url(demand);
	own->check_due = true;
	if (want->ref == STEP_PUBLISH_PROVEN || (!own->approval_url && !crypto->password))
		put_off(crypto, turn, own, "device_signing/upload", "uia");
}

/* A 200 may still say no (8.3). */
static void log_failures(const struct cJSON *answer)
{
	for JSON_EACH (user, json_object(answer, "failures")) {
		for JSON_EACH (key, user)
			log_warn("crypto.signature_refused", "key=%s error=%s", json_key(key), json_str(key, "errcode"));
	}
}

static void take_answer(struct crypto *crypto, struct turn *turn, struct own_identity *own, const struct want *want, const struct cJSON *answer)
{
	switch ((enum step)want->ref) {
	case STEP_ASK:
		if (json_object(answer, "device_keys") && !json_get(json_object(answer, "failures"), ident_server_of(crypto->user)))
			identity_take_shown(crypto, turn, answer, own);
		else
			put_off(crypto, turn, own, "keys/query", "senseless");
		return;
	case STEP_PUBLISH:
	case STEP_PUBLISH_PROVEN:
		own->check_due = true;
		own->tries++;
		log_info("crypto.identity_published", "master=%s", own->ours.master);
		return;
	case STEP_SIGN:
		log_failures(answer);
		own->check_due = true;
		own->tries++;
		return;
	case STEP_VOUCH:
		log_failures(answer);
		identity_take_vouch(turn, want);
		return;
	}
}

void identity_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply)
{
	const struct cJSON *answer = want_reply_read(turn, reply);
	struct own_identity own;

	own_identity_get(turn_view(turn), &own);
	switch (want_reply_sense(reply)) {
	case REPLY_ANSWER:
		take_answer(crypto, turn, &own, want, answer);
		break;
	case REPLY_REFUSAL:
		if (want->ref == STEP_VOUCH)
			identity_take_vouch(turn, want);
		else if (json_array(answer, "flows"))
			take_demand(crypto, turn, &own, want, answer);
		else
			put_off(crypto, turn, &own, want->call.path, reply->error);
		break;
	case REPLY_NONE:
		return;
	}
	own_identity_write(turn, &own);
}
