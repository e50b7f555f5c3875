#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/channel_internal.h"
#include "crypto/channel_session.h"
#include "crypto/curve.h"
#include "crypto/keyring.h"
#include "crypto/olm.h"
#include "crypto/signature.h"

enum {
	DEVICES_MAX = 250,
	REPLY_BYTES_MAX = 1024 * 1024, /* their keys are a tenth of it */
	SERVER_TIMEOUT_MS = 8 * 1000, /* for servers behind ours */
	CALL_TIMEOUT_MS = 10 * 1000,
	BACKOFF_LEAST_MS = 15 * 1000,
	TROUBLE_LEAST_MS = 2 * 1000, /* asked again while who wants to send still waits for it */
	BACKOFF_MOST_MS = 15 * 60 * 1000,
	HOUR_MS = 60 * 60 * 1000,
	UNWEDGES_MAX = 50, /* in an hour, of all devices */
};

#define KEY_ALGORITHM "signed_curve25519"

enum { Q_FIND, Q_ASK, Q_WANTED, Q_TAKEN, Q_NO_KEY, Q_TROUBLE, Q_GONE, Q_UNWEDGE, Q_UNWEDGES, Q_NEXT, Q_MAX };

static const char *const sql[] = {
	[Q_FIND] = "SELECT wanted, due_at_ms, failures, unwedges, ifnull(unwedged_at_ms, 0) FROM channel_peer WHERE user = ?1 AND device = ?2",
	[Q_ASK] = "INSERT INTO channel_peer (user, device, wanted, due_at_ms) VALUES (?1, ?2, 1, ?3)"
	          " ON CONFLICT (user, device) DO UPDATE SET wanted = 1",
	/* An hour far ahead was written under a clock that ran ahead. */
	[Q_WANTED] = "SELECT user, device FROM channel_peer INDEXED BY channel_peer_wanted"
	             " WHERE wanted = 1 AND (due_at_ms <= ?1 OR due_at_ms > ?1 + ?2) ORDER BY user, device LIMIT ?3",
	[Q_TAKEN] = "UPDATE channel_peer SET wanted = 0, unwedges = 0, failures = 0, due_at_ms = ?3 WHERE user = ?1 AND device = ?2",
	[Q_NO_KEY] = "UPDATE channel_peer SET wanted = 0, unwedges = 0, failures = failures + 1, due_at_ms = ?3 WHERE user = ?1 AND device = ?2",
	[Q_TROUBLE] = "UPDATE channel_peer SET failures = failures + 1, due_at_ms = ?3 WHERE user = ?1 AND device = ?2",
	[Q_GONE] = "DELETE FROM channel_peer WHERE user = ?1 AND device = ?2",
	[Q_UNWEDGE] = "INSERT INTO channel_peer (user, device, wanted, unwedges, due_at_ms, unwedged_at_ms) VALUES (?1, ?2, 1, 1, ?3, ?3)"
	              " ON CONFLICT (user, device) DO UPDATE SET wanted = 1, unwedges = 1, unwedged_at_ms = ?3",
	[Q_UNWEDGES] = "SELECT count(*) FROM channel_peer WHERE unwedged_at_ms > ?1",
	[Q_NEXT] = "SELECT min(due_at_ms) FROM channel_peer WHERE wanted = 1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements channel_claim_statements = { "crypto/channel_claim", sql, Q_MAX };

/* What we asked of a device so far. */
struct asked {
	bool wanted;            /* a key is to be claimed */
	int64_t due_at_ms;      /* not to be asked before */
	int64_t failures;       /* in a row */
	bool unwedges;          /* the session to come is to be told to it */
	int64_t unwedged_at_ms; /* 0: never */
};

static struct asked asked_of(struct view *view, const char *user, const char *device)
{
	struct stmt *q = view_query(view, &channel_claim_statements, Q_FIND);
	struct asked asked = { 0 };

	stmt_bind_text(q, 1, user);
	stmt_bind_text(q, 2, device);
	while (stmt_step(q)) {
		asked = (struct asked){
			.wanted = stmt_int(q, 0),
			.due_at_ms = stmt_int(q, 1),
			.failures = stmt_int(q, 2),
			.unwedges = stmt_int(q, 3),
			.unwedged_at_ms = stmt_int(q, 4),
		};
	}
	return asked;
}

/* Is the moment to come, and no farther than that? */
static bool lies_ahead(int64_t now_ms, int64_t at_ms, int64_t reach_ms)
{
	return at_ms > now_ms && at_ms <= now_ms + reach_ms;
}

enum channel_state channel_state(struct view *view, const struct device *device)
{
	struct asked asked;

	if (channel_session_exists(view, device->curve25519))
		return CHANNEL_OPEN;
	asked = asked_of(view, device->user, device->id);
	if (asked.wanted)
		return CHANNEL_ASKED;
	return lies_ahead(view_now_ms(view), asked.due_at_ms, BACKOFF_MOST_MS) ? CHANNEL_FAILED : CHANNEL_NONE;
}

static void change(struct turn *turn, size_t index, const char *user, const char *device, int64_t at_ms)
{
	struct stmt *q = turn_query(turn, &channel_claim_statements, index);

	stmt_bind_text(q, 1, user);
	stmt_bind_text(q, 2, device);
	stmt_bind_int(q, 3, at_ms);
	(void)stmt_run(q);
}

void channel_ask(struct turn *turn, const struct device *device)
{
	if (channel_state(turn_view(turn), device) == CHANNEL_NONE)
		change(turn, Q_ASK, device->user, device->id, turn_now_ms(turn));
}

void channel_unwedge(struct turn *turn, const char *user, const char *curve25519)
{
	struct view *view = turn_view(turn);
	int64_t hour_ago_ms = turn_now_ms(turn) - HOUR_MS;
	struct device device;
	struct stmt *q;

	if (!device_find_by_curve25519(view, user, curve25519, &device))
		return;
	if (lies_ahead(hour_ago_ms, channel_session_newest_ms(view, curve25519), HOUR_MS) ||
	    lies_ahead(hour_ago_ms, asked_of(view, user, device.id).unwedged_at_ms, HOUR_MS))
		return;
	q = view_query(view, &channel_claim_statements, Q_UNWEDGES);
	stmt_bind_int(q, 1, hour_ago_ms);
	if (stmt_one_int(q, 0) >= UNWEDGES_MAX) {
		log_warn("crypto.unwedge_flood", "limit=%d", UNWEDGES_MAX);
		return;
	}
	log_info("crypto.unwedge", "device=\"%s\"", device.id);
	change(turn, Q_UNWEDGE, user, device.id, turn_now_ms(turn));
}

/* {"one_time_keys": {user: {device: algorithm}}}; NULL: nobody is to be asked now. */
static const char *claim_body(struct view *view)
{
	struct stmt *q = view_query(view, &channel_claim_statements, Q_WANTED);
	AUTO_JSON body = json_object_create();
	struct cJSON *users = json_object_create();
	struct cJSON *devices = NULL;
	const char *whose = NULL;

	json_set_int(body, "timeout", SERVER_TIMEOUT_MS);
	json_set(body, "one_time_keys", users);
	stmt_bind_int(q, 1, view_now_ms(view));
	stmt_bind_int(q, 2, BACKOFF_MOST_MS);
	stmt_bind_int(q, 3, DEVICES_MAX);
	while (stmt_step(q)) {
		const char *user = stmt_text(q, 0);

		if (!str_equal(user, whose)) {
			devices = json_object_create();
			json_set(users, user, devices);
			whose = user;
		}
		json_set_str(devices, stmt_text(q, 1), KEY_ALGORITHM);
	}
	return whose ? json_print(view_arena(view), body) : NULL;
}

bool channel_want(struct crypto *crypto, struct view *view, struct want *ret_want)
{
	const char *body = claim_body(view);

	(void)crypto;
	if (!body)
		return false;
	*ret_want = (struct want){ .call = {
		.method = CALL_POST,
		.path = "/_matrix/client/v3/keys/claim",
		.body = body,
		.timeout_ms = CALL_TIMEOUT_MS,
	} };
	return true;
}

/* The key object that was claimed, of the algorithm we asked for; or NULL. */
static const struct cJSON *key_object(const struct cJSON *keys)
{
	for JSON_EACH (key, keys) {
		if (str_starts(json_key(key), KEY_ALGORITHM ":") && json_is_object(key))
			return key;
	}
	return NULL;
}

/* Begin a session with what the server says is the device's key: only if the device we know signed it (MATRIX.md 5.7). Else why not. */
static const char *begin_session(struct crypto *crypto, struct turn *turn, const struct device *device, const struct cJSON *keys)
{
	struct arena *arena = turn_arena(turn);
	const struct cJSON *object = key_object(keys);
	const char *key = json_str(object, "key");
	enum signature signature;
	struct pair_session *pair;
	struct account *account;
	enum pair_verdict verdict;

	if (!object)
		return "no-key";
	if (!curve25519_is_sound(key))
		return "key-unsound";
	signature = signature_verify(arena, object, device->user, arena_printf(arena, "ed25519:%s", device->id), device->ed25519);
	if (signature != SIGNATURE_GOOD)
		return signature_word(signature);
	account = keyring_load(crypto, turn_view(turn));
	verdict = pair_session_create_outbound(arena, account, device->curve25519, key, &pair);
	account_clear(account);
	if (verdict != PAIR_OK)
		return "key-unusable";
	channel_session_add(crypto, turn, device->user, device->curve25519, pair, false);
	pair_session_clear(pair);
	return NULL;
}

/* The new session is told by using it: its first message carries all the other side needs. */
static void say_that_it_is_new(struct crypto *crypto, struct turn *turn, const struct device *device)
{
	AUTO_JSON nothing = json_object_create();

	if (!channel_send(crypto, turn, device, "m.dummy", nothing, NULL))
		log_warn("crypto.unwedge", "device=\"%s\" why=no-session", device->id);
}

static int64_t backoff_until_ms(struct turn *turn, const char *user, const char *device, int64_t least_ms)
{
	int64_t failures = asked_of(turn_view(turn), user, device).failures;
	int64_t wait_ms = least_ms;

	while (failures-- > 0 && wait_ms < BACKOFF_MOST_MS)
		wait_ms *= 2;
	return turn_now_ms(turn) + (wait_ms < BACKOFF_MOST_MS ? wait_ms : BACKOFF_MOST_MS);
}

/* What came of asking one device. */
static void take_claimed(struct crypto *crypto, struct turn *turn, const char *user, const char *id, const struct cJSON *keys)
{
	struct view *view = turn_view(turn);
	bool unwedges = asked_of(view, user, id).unwedges;
	struct device device;
	const char *why;

	if (!device_find(view, user, id, &device)) {
		change(turn, Q_GONE, user, id, 0);
		return;
	}
	/* It was quicker, and began one itself: that will do. */
	if (!unwedges && channel_session_exists(view, device.curve25519)) {
		change(turn, Q_TAKEN, user, id, turn_now_ms(turn));
		return;
	}
	why = begin_session(crypto, turn, &device, keys);
	if (why) {
		log_info("crypto.claim_failed", "device=\"%s\" why=%s", id, why);
		change(turn, Q_NO_KEY, user, id, backoff_until_ms(turn, user, id, BACKOFF_LEAST_MS));
		return;
	}
	change(turn, Q_TAKEN, user, id, turn_now_ms(turn));
	if (unwedges)
		say_that_it_is_new(crypto, turn, &device);
}

/* The request failed, not the device; but nobody knows whether a key was given out, and is lost then: ever more seldom. */
static void take_trouble(struct crypto *crypto, struct turn *turn, const char *user, const char *id, const struct cJSON *keys)
{
	(void)crypto;
	(void)keys;
	change(turn, Q_TROUBLE, user, id, backoff_until_ms(turn, user, id, TROUBLE_LEAST_MS));
}

/* Who does not stand in our question is not looked for in the answer. */
static void for_each_asked(struct crypto *crypto, struct turn *turn, const struct want *want, const struct cJSON *given,
                           void (*take)(struct crypto *crypto, struct turn *turn, const char *user, const char *id, const struct cJSON *keys))
{
	const struct cJSON *asked = json_parse_in(turn_arena(turn), want->call.body, strlen(want->call.body));

	for JSON_EACH (user, json_object(asked, "one_time_keys")) {
		for JSON_EACH (device, user)
			take(crypto, turn, json_key(user), json_key(device), json_object(json_object(given, json_key(user)), json_key(device)));
	}
}

void channel_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply)
{
	bool is_read = reply->body && reply->body_len <= REPLY_BYTES_MAX;
	const struct cJSON *body = is_read ? json_parse_in(turn_arena(turn), reply->body, reply->body_len) : NULL;

	switch (reply->outcome) {
	case OUTCOME_OK:
		for_each_asked(crypto, turn, want, json_object(body, "one_time_keys"), take_claimed);
		return;
	case OUTCOME_REFUSED:
	case OUTCOME_TOO_BIG:
		for_each_asked(crypto, turn, want, NULL, take_claimed);
		return;
	case OUTCOME_TROUBLE:
	case OUTCOME_SERVER:
		for_each_asked(crypto, turn, want, NULL, take_trouble);
		return;
	case OUTCOME_LIMITED:
	case OUTCOME_LOGOUT:
		return;
	}
}

int64_t channel_next_ms(struct view *view)
{
	return stmt_one_int(view_query(view, &channel_claim_statements, Q_NEXT), INT64_MAX);
}
