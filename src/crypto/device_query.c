/*
 * Asking for devices and identities, and what the answers tell (spec: POST /_matrix/client/v3/keys/query;
 * MATRIX.md 6.2, 6.3). Nobody is asked before our own keys are on the server, so that an answer without
 * them means something.
 */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/device_row.h"
#include "crypto/generation.h"
#include "crypto/keyring.h"
#include "crypto/want_reply.h"
#include "store/inbox.h"
#include "store/incident.h"

#define PATH "/_matrix/client/v3/keys/query"

/* How long our server may wait for others; and we for it. */
#define SERVERS_TIMEOUT_MS (10 * MS_PER_SECOND)
#define CALL_TIMEOUT_MS    (2 * SERVERS_TIMEOUT_MS)

static const char *format_body(struct arena *arena, const char *const *users, size_t len)
{
	AUTO_JSON body = json_object_create();
	struct cJSON *asked = json_object_create();

	for (size_t i = 0; i < len; i++)
		json_set(asked, users[i], json_array_create());
	json_set_int(body, "timeout", SERVERS_TIMEOUT_MS);
	json_set(body, "device_keys", asked);
	return json_print(arena, body);
}

bool device_want(struct crypto *crypto, struct view *view, struct want *ret_want)
{
	struct device_clock clock;
	const char **users;
	size_t len;

	(void)crypto;
	if (!keyring_is_uploaded(view))
		return false;
	device_clock_get(view, &clock);
	users = device_user_outdated(view, clock.batch, &len);
	if (!len)
		return false;
	*ret_want = (struct want){
		.ref = clock.ticks,
		.call = { .method = CALL_POST, .path = PATH, .body = format_body(view_arena(view), users, len), .timeout_ms = CALL_TIMEOUT_MS },
	};
	return true;
}

/* One user's part of the answer. */
struct shown {
	const char *user;
	const struct cJSON *devices; /* NULL: none, or unknown */
	const struct cJSON *master;
	const struct cJSON *self_signing;
	const struct cJSON *user_signing;
	bool whole;                  /* the user's server answered, so what is not here is not there */
};

static struct shown read_shown(const struct cJSON *answer, const char *user)
{
	return (struct shown){
		.user = user,
		.devices = json_object(json_object(answer, "device_keys"), user),
		.master = json_object(json_object(answer, "master_keys"), user),
		.self_signing = json_object(json_object(answer, "self_signing_keys"), user),
		.user_signing = json_object(json_object(answer, "user_signing_keys"), user),
		.whole = !json_get(json_object(answer, "failures"), ident_server_of(user)),
	};
}

/* The key when it is there and right; else NULL. */
static const char *read_identity_key(struct arena *arena, const struct cJSON *object, const char *user, const char *usage, const char *master)
{
	const char *key, *why;

	if (!object)
		return NULL;
	if (identity_claim_parse(arena, object, user, usage, master, &key, &why))
		return key;
	log_warn("crypto.identity_claim", "user=\"%s\" usage=%s why=%s", user, usage, why);
	return NULL;
}

static void take_identity(struct crypto *crypto, struct turn *turn, const struct shown *shown)
{
	struct arena *arena = turn_arena(turn);
	struct identity identity = { .user = shown->user };

	if (!shown->master && !shown->whole)
		return;
	identity.master = read_identity_key(arena, shown->master, shown->user, "master", NULL);
	if (identity.master) {
		identity.self_signing = read_identity_key(arena, shown->self_signing, shown->user, "self_signing", identity.master);
		if (str_equal(shown->user, crypto->user))
			identity.user_signing = read_identity_key(arena, shown->user_signing, shown->user, "user_signing", identity.master);
	}
	identity_keep(turn, &identity);
}

static void take_devices(struct turn *turn, const struct shown *shown)
{
	const struct identity identity = identity_known(turn_view(turn), shown->user);
	struct arena *arena = turn_arena(turn);
	struct device_claim claim;
	const char *why;
	size_t seen = 0;

	device_hide_all(turn, shown->user);
	for JSON_EACH (item, shown->devices) {
		if (seen++ >= DEVICES_MAX)
			break;
		if (device_claim_parse(arena, item, shown->user, json_key(item), &identity, &claim, &why))
			(void)device_keep(turn, &claim);
		else
			log_warn("crypto.device_claim", "user=\"%s\" why=%s", shown->user, why);
	}
}

/*
 * A device on our own account that is not this one and that our identity did not sign: nobody of us made it (8.3).
 * Whatever the server shows counts, also what is no sound device.
 */
static void watch_own_account(struct crypto *crypto, struct turn *turn, const struct cJSON *devices)
{
	struct view *view = turn_view(turn);
	struct device device;
	const char **gone;
	size_t len;

	gone = device_list_gone(view, crypto->user, &len);
	for (size_t i = 0; i < len; i++)
		incident_clear(turn, "crypto.unknown_device", gone[i]);
	for JSON_EACH (item, devices) {
		const char *id = json_key(item);

		if (str_equal(id, crypto->device))
			continue;
		if (device_find(view, crypto->user, id, &device) && device_standing(view, &device) >= STANDING_SIGNED)
			incident_clear(turn, "crypto.unknown_device", id);
		else
			incident_raise(turn, "crypto.unknown_device", id,
			               "Our account has a device that our identity did not sign: log it out, or find out who made it.");
	}
}

static void take_user(struct crypto *crypto, struct turn *turn, const struct shown *shown, int64_t asked_at_tick)
{
	bool own = str_equal(shown->user, crypto->user);

	take_identity(crypto, turn, shown);
	if (shown->devices || shown->whole)
		take_devices(turn, shown);
	if (shown->whole)
		device_user_answered(turn, shown->user, asked_at_tick);
	if (own && shown->whole) {
		if (keyring_take_own(turn, json_object(shown->devices, crypto->device)))
			devices_outdate(turn, shown->user);
		watch_own_account(crypto, turn, shown->devices);
	}
}

/* Every server asked, once: it answered, or it did not. */
static void take_servers(struct turn *turn, const struct cJSON *asked, const struct cJSON *failures)
{
	for JSON_EACH (failure, failures) {
		const char *server = json_key(failure);
		bool ours = false;

		for JSON_EACH (user, asked)
			ours = ours || str_equal(ident_server_of(json_key(user)), server);
		if (ours)
			device_server_failed(turn, server);
	}
	for JSON_EACH (user, asked) {
		const char *server = ident_server_of(json_key(user));

		if (!json_get(failures, server))
			device_server_answered(turn, server);
	}
}

static void take_answer(struct crypto *crypto, struct turn *turn, const struct want *want, const struct cJSON *asked, const struct cJSON *answer)
{
	struct device_clock clock;

	for JSON_EACH (user, asked) {
		const struct shown shown = read_shown(answer, json_key(user));

		take_user(crypto, turn, &shown, want->ref);
	}
	take_servers(turn, asked, json_object(answer, "failures"));
	generation_raise(turn);
	inbox_release_devices(turn);
	device_clock_get(turn_view(turn), &clock);
	if (clock.batch < QUERY_USERS_MAX)
		device_clock_set_batch(turn, clock.batch * 2 < QUERY_USERS_MAX ? clock.batch * 2 : QUERY_USERS_MAX);
}

/*
 * The server will not answer this, ever: somebody in it is at fault, and all others would wait behind him. So ask
 * for half as many until he is alone, and then do without his devices.
 */
static void take_refusal(struct turn *turn, const struct want *want, const struct cJSON *asked, const char *error)
{
	const struct cJSON *first = json_first(asked);
	int64_t count = 0;

	for JSON_EACH (user, asked)
		count += json_key(user) != NULL;
	log_warn("crypto.refused", "what=keys/query users=%lld error=%s", (long long)count, error);
	if (count > 1) {
		device_clock_set_batch(turn, count / 2);
	} else if (first) {
		device_user_answered(turn, json_key(first), want->ref);
		incident_note(turn, "crypto.query_refused", json_key(first), "The server refuses to tell this user's devices; what was known of them stays.");
	}
}

void device_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply)
{
	const struct cJSON *body = json_parse_in(turn_arena(turn), want->call.body, strlen(want->call.body)), *answer;
	const struct cJSON *asked = json_object(body, "device_keys");

	switch (want_reply_sense(reply)) {
	case REPLY_ANSWER:
		answer = want_reply_read(turn, reply);
		if (answer && json_object(answer, "device_keys"))
			take_answer(crypto, turn, want, asked, answer);
		else
			log_warn("crypto.senseless", "what=keys/query");
		return;
	case REPLY_REFUSAL:
		take_refusal(turn, want, asked, reply->error);
		return;
	case REPLY_NONE:
		return;
	}
}
