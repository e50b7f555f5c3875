#include "crypto/verification_flow.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/json.h"
#include "base/json_canonical.h"
#include "base/log.h"
#include "base/sha256.h"
#include "base/str.h"
#include "crypto/base64.h"
#include "crypto/device.h"
#include "crypto/identity.h"
#include "crypto/keyring.h"
#include "crypto/verification_row.h"
#include "store/outbox.h"

/* The two starts and the MACs, 64 KiB at most each, and what is computed of a few keys. */
enum { FLOW_BYTES_MAX = 512 * 1024 };

#define PROMPT_MS (INT64_C(2) * 60 * 1000)

#define AGREEMENT "curve25519-hkdf-sha256"
#define HASH      "sha256"
#define MAC       "hkdf-hmac-sha256.v2"

static const char *const code_kinds[] = { "decimal", "emoji" };

struct flow *flow_create(struct crypto *crypto, int64_t id, enum flow_state state, const struct route *route, int64_t began_ms)
{
	struct arena *arena = arena_create_secret(FLOW_BYTES_MAX);
	struct flow *flow = arena_new(arena, struct flow);

	*flow = (struct flow){
		.arena = arena,
		.id = id,
		.state = state,
		.route = { arena_dup(arena, route->room), arena_dup(arena, route->user), arena_dup(arena, route->device),
		           arena_dup(arena, route->transaction) },
		.prompt_ends_ms = began_ms + PROMPT_MS,
		.ends_ms = began_ms + VERIFICATION_MS,
		.us = { .user = arena_dup(arena, crypto->user), .device = arena_dup(arena, crypto->device) },
	};
	return flow;
}

void flow_destroy(struct flow *flow)
{
	sas_clear(flow->sas);
	arena_destroy(flow->arena);
}

bool flow_is_open(const struct flow *flow)
{
	return flow->state != FLOW_DONE && flow->state != FLOW_CANCELLED;
}

static void end(struct turn *turn, struct flow *flow, enum flow_state state, enum cancellation why)
{
	flow->state = state;
	flow->why = why;
	flow->ends_ms = turn_now_ms(turn) + VERIFICATION_MS;
	sas_clear(flow->sas);
	flow->sas = NULL;
	verification_row_remove(turn, flow->id);
	log_info("crypto.verification", "user=\"%s\" id=%lld end=%s", flow->route.user, (long long)flow->id,
	         state == FLOW_DONE ? "done" : cancellation_code(why));
}

/* Those that our request went to, but for one. */
static void cancel_asked(struct turn *turn, const struct flow *flow, const char *but, enum cancellation why)
{
	for (const char *const *device = flow->asked; device && *device; device++) {
		struct route route = flow->route;

		route.device = *device;
		if (!str_equal(*device, but))
			verification_send_cancel(turn, &route, why);
	}
}

void flow_cancel(struct turn *turn, struct flow *flow, enum cancellation why)
{
	bool nobody_yet = flow->state == FLOW_ASKED;

	end(turn, flow, FLOW_CANCELLED, why);
	if (nobody_yet)
		cancel_asked(turn, flow, NULL, why);
	if (flow->request_row && !flow->route.transaction)
		flow->route.transaction = arena_dup(flow->arena, outbox_event_of(turn_view(turn), flow->request_row));
	/* A request that is not in the room yet has no name to be cancelled by: who answers it is told then. */
	if (flow->route.transaction && (flow->route.room || !nobody_yet))
		verification_send_cancel(turn, &flow->route, why);
}

void flow_end_elsewhere(struct turn *turn, struct flow *flow)
{
	end(turn, flow, FLOW_CANCELLED, CANCELLED_ACCEPTED);
}

/* Who the two are. */

/* A device that is called as an identity's key would pass for it in the MACs (MATRIX.md 8.12, CVE-2022-39250). */
static bool is_identity_key(const struct identity *identity, const char *device)
{
	return str_equal(device, identity->master) || str_equal(device, identity->self_signing) || str_equal(device, identity->user_signing) ||
	       str_equal(device, identity->pinned);
}

/* Both sides' keys, as they are now, for all that follows. */
static enum cancellation fix_keys(struct crypto *crypto, struct turn *turn, struct flow *flow, const char *their_device)
{
	struct view *view = turn_view(turn);
	struct identity ours, theirs;
	struct device device;

	if (!device_find(view, flow->route.user, their_device, &device))
		return CANCELLED_KEY_MISMATCH;
	if (!identity_find(view, crypto->user, &ours))
		ours = (struct identity){ 0 };
	if (!identity_find(view, flow->route.user, &theirs))
		theirs = (struct identity){ 0 };
	if (is_identity_key(&ours, device.id) || is_identity_key(&theirs, device.id))
		return CANCELLED_KEY_MISMATCH;
	flow->us.ed25519 = arena_dup(flow->arena, keyring_ed25519(view));
	flow->us.master = identity_is_good(view) ? arena_dup(flow->arena, identity_master(view)) : NULL;
	flow->them = (struct party){
		.user = flow->route.user,
		.device = arena_dup(flow->arena, device.id),
		.ed25519 = arena_dup(flow->arena, device.ed25519),
		.master = arena_dup(flow->arena, theirs.master),
	};
	flow->route.device = flow->them.device;
	return CANCELLED_NOT;
}

static bool is_offered(const struct cJSON *content, const char *list, const char *what)
{
	for JSON_EACH (item, json_array(content, list)) {
		if (str_equal(json_text(item), what))
			return true;
	}
	return false;
}

/* Starting. */

static struct sas *open_sas(struct flow *flow)
{
	if (!flow->sas)
		flow->sas = sas_create(flow->arena);
	flow->us.ephemeral = sas_public_key(flow->sas);
	return flow->sas;
}

/* The one form of a start that both sides can hash, whatever the way there did to it. False when it has none. */
static bool keep_start(struct turn *turn, struct flow *flow, const struct cJSON *content)
{
	char *text;

	if (json_canonical_format(turn_arena(turn), content, &text) != JSON_CANONICAL_OK)
		return false;
	flow->start = arena_dup(flow->arena, text);
	return true;
}

/* What binds an ephemeral key before it is shown (MATRIX.md 8.11). */
static const char *commit_to(struct turn *turn, const char *ephemeral, const char *start)
{
	const char *text = arena_printf(turn_arena(turn), "%s%s", ephemeral, start);
	struct sha256_sum sum = sha256_of(text, strlen(text));

	return base64_encode(turn_arena(turn), BASE64_UNPADDED, sum.bytes, sizeof sum.bytes);
}

static struct cJSON *list_create(const char *const *texts, size_t len)
{
	struct cJSON *list = json_array_create();

	for (size_t i = 0; i < len; i++)
		json_push_str(list, texts[i]);
	return list;
}

static void send_start(struct crypto *crypto, struct turn *turn, struct flow *flow)
{
	struct cJSON *content = json_object_create();
	const char *text;

	json_set_str(content, "from_device", crypto->device);
	json_set_str(content, "method", VERIFICATION_METHOD);
	json_set(content, "key_agreement_protocols", list_create((const char *const[]){ AGREEMENT }, 1));
	json_set(content, "hashes", list_create((const char *const[]){ HASH }, 1));
	json_set(content, "message_authentication_codes", list_create((const char *const[]){ MAC }, 1));
	json_set(content, "short_authentication_string", list_create(code_kinds, ARRAY_LEN(code_kinds)));
	text = verification_send(turn, &flow->route, "start", content);
	INVARIANT(keep_start(turn, flow, json_parse_in(turn_arena(turn), text, strlen(text))));
	flow->started_by_us = true;
	flow->state = FLOW_STARTED;
	(void)open_sas(flow);
}

static void send_accept(struct turn *turn, struct flow *flow, const struct cJSON *start)
{
	const char *kinds[ARRAY_LEN(code_kinds)];
	struct cJSON *content = json_object_create();
	size_t len = 0;

	for (size_t i = 0; i < ARRAY_LEN(code_kinds); i++) {
		if (is_offered(start, "short_authentication_string", code_kinds[i]))
			kinds[len++] = code_kinds[i];
	}
	json_set_str(content, "method", VERIFICATION_METHOD);
	json_set_str(content, "key_agreement_protocol", AGREEMENT);
	json_set_str(content, "hash", HASH);
	json_set_str(content, "message_authentication_code", MAC);
	json_set(content, "short_authentication_string", list_create(kinds, len));
	json_set_str(content, "commitment", commit_to(turn, flow->us.ephemeral, flow->start));
	(void)verification_send(turn, &flow->route, "accept", content);
}

static void send_key(struct turn *turn, struct flow *flow)
{
	struct cJSON *content = json_object_create();

	json_set_str(content, "key", flow->us.ephemeral);
	(void)verification_send(turn, &flow->route, "key", content);
}

/* What they say. Each gives why it ends the verification, or CANCELLED_NOT. */

static enum cancellation take_ready(struct crypto *crypto, struct turn *turn, struct flow *flow, const struct cJSON *content)
{
	const char *device = json_str(content, "from_device");
	enum cancellation why;

	if (str_empty(device))
		return CANCELLED_INVALID;
	if (!is_offered(content, "methods", VERIFICATION_METHOD))
		return CANCELLED_UNKNOWN_METHOD;
	if ((why = fix_keys(crypto, turn, flow, device)) != CANCELLED_NOT)
		return why;
	cancel_asked(turn, flow, flow->them.device, CANCELLED_ACCEPTED);
	send_start(crypto, turn, flow);
	return CANCELLED_NOT;
}

/* Both started: whose start counts (spec: the smaller user ID's, then the smaller device ID's)? */
static bool ours_wins(const struct flow *flow)
{
	int order = strcmp(flow->us.user, flow->them.user);

	return (order ? order : strcmp(flow->us.device, flow->them.device)) < 0;
}

static enum cancellation take_start(struct crypto *crypto, struct turn *turn, struct flow *flow, const struct cJSON *content)
{
	(void)crypto;
	if (!str_equal(json_str(content, "method"), VERIFICATION_METHOD))
		return flow->state == FLOW_STARTED ? CANCELLED_UNEXPECTED : CANCELLED_UNKNOWN_METHOD;
	if (flow->state == FLOW_STARTED && ours_wins(flow))
		return CANCELLED_NOT;
	if (!is_offered(content, "key_agreement_protocols", AGREEMENT) || !is_offered(content, "hashes", HASH) ||
	    !is_offered(content, "message_authentication_codes", MAC) || !is_offered(content, "short_authentication_string", code_kinds[0]))
		return CANCELLED_UNKNOWN_METHOD;
	if (!keep_start(turn, flow, content))
		return CANCELLED_INVALID;
	flow->started_by_us = false;
	flow->state = FLOW_ACCEPTED;
	(void)open_sas(flow);
	send_accept(turn, flow, content);
	return CANCELLED_NOT;
}

static enum cancellation take_accept(struct crypto *crypto, struct turn *turn, struct flow *flow, const struct cJSON *content)
{
	const char *commitment = json_str(content, "commitment");
	unsigned char sum[SHA256_BYTES];

	(void)crypto;
	if (!str_equal(json_str(content, "key_agreement_protocol"), AGREEMENT) || !str_equal(json_str(content, "hash"), HASH) ||
	    !str_equal(json_str(content, "message_authentication_code"), MAC))
		return CANCELLED_UNKNOWN_METHOD;
	if (!is_offered(content, "short_authentication_string", code_kinds[0]) && !is_offered(content, "short_authentication_string", code_kinds[1]))
		return CANCELLED_UNKNOWN_METHOD;
	if (!base64_decode_exact(BASE64_UNPADDED, commitment, sum, sizeof sum))
		return CANCELLED_INVALID;
	flow->commitment = arena_dup(flow->arena, commitment);
	flow->state = FLOW_KEYED;
	send_key(turn, flow);
	return CANCELLED_NOT;
}

static enum cancellation take_key(struct crypto *crypto, struct turn *turn, struct flow *flow, const struct cJSON *content)
{
	const char *key = json_str(content, "key");

	(void)crypto;
	if (flow->started_by_us && key && !str_equal(commit_to(turn, key, flow->start), flow->commitment))
		return CANCELLED_COMMITMENT;
	/* Our own key back would be a secret with ourselves. */
	if (!key || str_equal(key, flow->us.ephemeral) || sas_set_their_key(flow->sas, key) != SAS_OK)
		return CANCELLED_INVALID;
	flow->them.ephemeral = arena_dup(flow->arena, key);
	if (!flow->started_by_us)
		send_key(turn, flow);
	flow->code = verification_code(turn_arena(turn), flow->sas, flow->started_by_us ? &flow->us : &flow->them,
	                               flow->started_by_us ? &flow->them : &flow->us, flow->route.transaction);
	flow->state = FLOW_SHOWN;
	return CANCELLED_NOT;
}

/* The user's identity was proven to be the one we fixed, if it still is. */
static bool believe(struct crypto *crypto, struct turn *turn, const struct flow *flow)
{
	struct identity now;

	if (!identity_find(turn_view(turn), flow->them.user, &now) || !str_equal(now.master, flow->them.master))
		return false;
	identity_set_verified(turn, flow->them.user, flow->them.master);
	identity_sign_user(crypto, turn, flow->them.user);
	return true;
}

/*
 * A person said yes here, and they said which keys are theirs. Another user is verified by his master key, his
 * devices are his own affair; of our own user's other devices we note nothing.
 */
static enum cancellation conclude(struct crypto *crypto, struct turn *turn, struct flow *flow, const struct cJSON *macs)
{
	bool master;

	if (!verification_mac_check(turn_arena(turn), flow->sas, &flow->them, &flow->us, flow->route.transaction, macs, &master))
		return CANCELLED_KEY_MISMATCH;
	if (!str_equal(flow->them.user, crypto->user) && (!master || !believe(crypto, turn, flow)))
		return CANCELLED_KEY_MISMATCH;
	(void)verification_send(turn, &flow->route, "done", json_object_create());
	end(turn, flow, FLOW_DONE, CANCELLED_NOT);
	return CANCELLED_NOT;
}

static enum cancellation take_mac(struct crypto *crypto, struct turn *turn, struct flow *flow, const struct cJSON *content)
{
	if (flow->state == FLOW_CONFIRMED)
		return conclude(crypto, turn, flow, content);
	if (flow->macs)
		return CANCELLED_UNEXPECTED;
	flow->macs = json_print(flow->arena, content);
	return CANCELLED_NOT;
}

static enum cancellation take_cancel(struct crypto *crypto, struct turn *turn, struct flow *flow, const struct cJSON *content)
{
	enum cancellation why = cancellation_parse(json_str(content, "code"));

	(void)crypto;
	/* One of our devices said no for all of them. */
	if (flow->state == FLOW_ASKED)
		cancel_asked(turn, flow, NULL, why);
	end(turn, flow, FLOW_CANCELLED, why);
	return CANCELLED_NOT;
}

static enum cancellation take_done(struct crypto *crypto, struct turn *turn, struct flow *flow, const struct cJSON *content)
{
	(void)crypto;
	(void)turn;
	(void)flow;
	(void)content;
	return CANCELLED_NOT;
}

#define AT(state) (1u << (state))

static const struct step {
	const char *name;
	unsigned states; /* in which it may come */
	bool says_device; /* and who does not say ours is not meant by us */
	enum cancellation (*take)(struct crypto *crypto, struct turn *turn, struct flow *flow, const struct cJSON *content);
} steps[] = {
	{ "ready", AT(FLOW_ASKED), true, take_ready },
	{ "start", AT(FLOW_READY) | AT(FLOW_STARTED), true, take_start },
	{ "accept", AT(FLOW_STARTED), false, take_accept },
	{ "key", AT(FLOW_ACCEPTED) | AT(FLOW_KEYED), false, take_key },
	{ "mac", AT(FLOW_SHOWN) | AT(FLOW_CONFIRMED), false, take_mac },
	{ "cancel", ~0u, false, take_cancel },
	{ "done", ~0u, false, take_done },
};

static const struct step *step_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		if (str_equal(steps[i].name, name))
			return &steps[i];
	}
	return NULL;
}

void flow_take(struct crypto *crypto, struct turn *turn, struct flow *flow, const char *name, const struct cJSON *content)
{
	const struct step *step = step_find(name);
	enum cancellation why;

	if (!step)
		return;
	/* Another device of theirs, in the same room. */
	if (step->says_device && flow->them.device && !str_equal(json_str(content, "from_device"), flow->them.device))
		return;
	why = step->states & AT(flow->state) ? step->take(crypto, turn, flow, content) : CANCELLED_UNEXPECTED;
	if (why != CANCELLED_NOT)
		flow_cancel(turn, flow, why);
}

/* What a person here says. */

void flow_accept(struct crypto *crypto, struct turn *turn, struct flow *flow)
{
	enum cancellation why = fix_keys(crypto, turn, flow, flow->route.device);

	if (why != CANCELLED_NOT) {
		flow_cancel(turn, flow, why);
		return;
	}
	flow->state = FLOW_READY;
	(void)verification_send(turn, &flow->route, "ready", verification_offer_create(crypto));
}

void flow_confirm(struct crypto *crypto, struct turn *turn, struct flow *flow)
{
	enum cancellation why = CANCELLED_NOT;

	INVARIANT(flow->state == FLOW_SHOWN);
	flow->state = FLOW_CONFIRMED;
	(void)verification_send(turn, &flow->route, "mac",
	                        verification_mac_create(turn_arena(turn), flow->sas, &flow->us, &flow->them, flow->route.transaction));
	if (flow->macs)
		why = conclude(crypto, turn, flow, json_parse_in(turn_arena(turn), flow->macs, strlen(flow->macs)));
	if (why != CANCELLED_NOT)
		flow_cancel(turn, flow, why);
}
