/*
 * A homeserver's keeping of one account's keys, signatures, account data and key backup, for unit tests: it keeps to
 * the specification unless a test spoils what it keeps. Requests are answered one at a time.
 */
#ifndef ROTONDE_TESTS_CRYPTO_KEY_SERVER_H
#define ROTONDE_TESTS_CRYPTO_KEY_SERVER_H

#include "base/json.h"
#include "base/str.h"
#include "base/url.h"
#include "unit/crypto/device_scratch.h"

enum { KEY_SERVER_ANSWER_MAX = 256 * 1024 };

/* What uploading a signing key needs first. */
enum key_server_proof { PROOF_NONE, PROOF_PASSWORD, PROOF_PAGE };

struct key_server {
	const char *user;
	struct cJSON *devices;    /* device_keys by device */
	struct cJSON *identity;   /* "master_key", "self_signing_key", "user_signing_key" */
	struct cJSON *signatures; /* by what was signed: an object of signatures */
	struct cJSON *account_data; /* by path */
	struct cJSON *backup;       /* the version's body; NULL: none */
	struct cJSON *backed_up;    /* by "ROOM/SESSION", as in paths */
	int backup_version;
	enum key_server_proof proof;
	const char *password;
	bool drops_signatures;    /* says yes and keeps none */
	const char *fails;        /* every request to a path with this in it is refused */
	const char *error;       /* with an answer that is a no */
	size_t requests;
	size_t publications;
	char answer[KEY_SERVER_ANSWER_MAX];
};

static inline void key_server_open(struct key_server *server, const char *user)
{
	memset(server, 0, sizeof *server);
	server->user = user;
	server->devices = json_object_create();
	server->identity = json_object_create();
	server->signatures = json_object_create();
	server->account_data = json_object_create();
	server->backed_up = json_object_create();
}

static inline void key_server_close(struct key_server *server)
{
	json_destroy(server->devices);
	json_destroy(server->identity);
	json_destroy(server->signatures);
	json_destroy(server->account_data);
	json_destroy(server->backup);
	json_destroy(server->backed_up);
}

/* A copy with another value, or a new one, under key. */
static inline struct cJSON *key_server_with(const struct cJSON *object, const char *key, struct cJSON *value)
{
	struct cJSON *copy = json_object_create();

	for JSON_EACH (item, object) {
		if (!str_equal(json_key(item), key))
			json_set(copy, json_key(item), json_copy(item));
	}
	if (value)
		json_set(copy, key, value);
	return copy;
}

static inline void key_server_put(struct cJSON **object, const char *key, struct cJSON *value)
{
	struct cJSON *replaced = key_server_with(*object, key, value);

	json_destroy(*object);
	*object = replaced;
}

/* The members of both. */
static inline struct cJSON *key_server_merge(const struct cJSON *one, const struct cJSON *other)
{
	struct cJSON *merged = json_object_create();

	for JSON_EACH (item, one) {
		if (!json_get(other, json_key(item)))
			json_set(merged, json_key(item), json_copy(item));
	}
	for JSON_EACH (item, other)
		json_set(merged, json_key(item), json_copy(item));
	return merged;
}

/* As it is shown: with the signatures that came later. */
static inline struct cJSON *key_server_show(const struct key_server *server, const struct cJSON *object, const char *name)
{
	const struct cJSON *own = json_object(json_object(object, "signatures"), server->user);
	struct cJSON *signatures = json_object_create();

	json_set(signatures, server->user, key_server_merge(own, json_object(server->signatures, name)));
	return key_server_with(object, "signatures", signatures);
}

/* The public key in a cross-signing key's object. */
static inline const char *key_server_key_of(const struct cJSON *object)
{
	return json_text(json_first(json_object(object, "keys")));
}

static inline void key_server_print(struct key_server *server, const struct cJSON *json)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);

	snprintf(server->answer, sizeof server->answer, "%s", json_print(arena, json));
}

static inline enum outcome key_server_query(struct key_server *server)
{
	static const char *const names[][2] = {
		{ "master_key", "master_keys" }, { "self_signing_key", "self_signing_keys" }, { "user_signing_key", "user_signing_keys" },
	};
	AUTO_JSON answer = json_object_create();
	struct cJSON *devices = json_object_create(), *users = json_object_create();

	for JSON_EACH (device, server->devices)
		json_set(devices, json_key(device), key_server_show(server, device, json_key(device)));
	json_set(users, server->user, devices);
	json_set(answer, "device_keys", users);
	json_set(answer, "failures", json_object_create());
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct cJSON *key = json_object(server->identity, names[i][0]);
		struct cJSON *by_user = json_object_create();

		if (key)
			json_set(by_user, server->user, key_server_show(server, key, key_server_key_of(key)));
		json_set(answer, names[i][1], by_user);
	}
	key_server_print(server, answer);
	return OUTCOME_OK;
}

static inline enum outcome key_server_demand(struct key_server *server)
{
	snprintf(server->answer, sizeof server->answer, "%s",
	         server->proof == PROOF_PASSWORD ?
	             "{\"session\":\"s1\",\"flows\":[{\"stages\":[\"m.login.password\"]}],\"params\":{}}" :
	             "{\"session\":\"s1\",\"flows\":[{\"stages\":[\"m.oauth\"]}],\"params\":{\"m.oauth\":{\"url\":\"https://auth.example.org/reset\"}}}");
	return OUTCOME_REFUSED;
}

static inline enum outcome key_server_publish(struct key_server *server, const struct cJSON *body)
{
	const struct cJSON *auth = json_object(body, "auth");

	if (server->proof != PROOF_NONE &&
	    !(str_equal(json_str(auth, "session"), "s1") &&
	      (server->proof == PROOF_PAGE || str_equal(json_str(auth, "password"), server->password))))
		return key_server_demand(server);
	json_destroy(server->identity);
	server->identity = key_server_with(body, "auth", NULL);
	server->publications++;
	snprintf(server->answer, sizeof server->answer, "{}");
	return OUTCOME_OK;
}

static inline enum outcome key_server_sign(struct key_server *server, const struct cJSON *body)
{
	snprintf(server->answer, sizeof server->answer, "{\"failures\":{\"%s\":{\"X\":{\"errcode\":\"M_INVALID_SIGNATURE\"}}}}", server->user);
	if (server->drops_signatures)
		return OUTCOME_OK;
	for JSON_EACH (object, json_object(body, server->user)) {
		const struct cJSON *own = json_object(json_object(object, "signatures"), server->user);

		key_server_put(&server->signatures, json_key(object), key_server_merge(json_object(server->signatures, json_key(object)), own));
	}
	snprintf(server->answer, sizeof server->answer, "{\"failures\":{}}");
	return OUTCOME_OK;
}

static inline enum outcome key_server_upload(struct key_server *server, const struct cJSON *body)
{
	const struct cJSON *device_keys = json_object(body, "device_keys");

	if (device_keys)
		key_server_put(&server->devices, json_str(device_keys, "device_id"), json_copy(device_keys));
	snprintf(server->answer, sizeof server->answer, "{\"one_time_key_counts\":{\"signed_curve25519\":50}}");
	return OUTCOME_OK;
}

static inline enum outcome key_server_refuse(struct key_server *server, const char *error)
{
	server->error = error;
	snprintf(server->answer, sizeof server->answer, "{\"errcode\":\"%s\"}", error);
	return OUTCOME_REFUSED;
}

static inline enum outcome key_server_give(struct key_server *server, const struct cJSON *json)
{
	if (!json)
		return key_server_refuse(server, "M_NOT_FOUND");
	key_server_print(server, json);
	return OUTCOME_OK;
}

static inline enum outcome key_server_account_data(struct key_server *server, const struct call *call, const struct cJSON *body)
{
	if (call->method == CALL_GET)
		return key_server_give(server, json_get(server->account_data, call->path));
	key_server_put(&server->account_data, call->path, json_copy(body));
	snprintf(server->answer, sizeof server->answer, "{}");
	return OUTCOME_OK;
}

/* A new version holds nothing. */
static inline enum outcome key_server_create_backup(struct key_server *server, const struct cJSON *body)
{
	char version[16];

	snprintf(version, sizeof version, "%d", ++server->backup_version);
	json_destroy(server->backup);
	server->backup = json_copy(body);
	json_set_str(server->backup, "version", version);
	json_destroy(server->backed_up);
	server->backed_up = json_object_create();
	snprintf(server->answer, sizeof server->answer, "{\"version\":\"%s\"}", version);
	return OUTCOME_OK;
}

static inline enum outcome key_server_back_up(struct key_server *server, const struct cJSON *body)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);

	for JSON_EACH (room, json_object(body, "rooms")) {
		for JSON_EACH (session, json_object(room, "sessions"))
			key_server_put(&server->backed_up,
			               arena_printf(arena, "%s/%s", url_escape(arena, json_key(room)), url_escape(arena, json_key(session))), json_copy(session));
	}
	snprintf(server->answer, sizeof server->answer, "{\"count\":1,\"etag\":\"1\"}");
	return OUTCOME_OK;
}

static inline enum outcome key_server_backup(struct key_server *server, const struct call *call, const struct cJSON *body)
{
	const char *keys = strstr(call->path, "/room_keys/keys"), *version = strstr(call->path, "?version=");
	AUTO_ARENA arena = arena_create(1024 * 1024);

	if (!keys)
		return call->method == CALL_POST ? key_server_create_backup(server, body) : key_server_give(server, server->backup);
	assert_non_null(version);
	if (!server->backup)
		return key_server_refuse(server, "M_NOT_FOUND");
	if (!str_equal(version + strlen("?version="), json_str(server->backup, "version")))
		return key_server_refuse(server, call->method == CALL_PUT ? "M_WRONG_ROOM_KEYS_VERSION" : "M_NOT_FOUND");
	if (call->method == CALL_PUT)
		return key_server_back_up(server, body);
	keys += strlen("/room_keys/keys/");
	return key_server_give(server, json_get(server->backed_up, arena_dup_n(arena, keys, (size_t)(version - keys))));
}

static inline enum outcome key_server_answer(struct key_server *server, const struct call *call)
{
	AUTO_JSON body = call->body ? json_parse(call->body, strlen(call->body)) : NULL;

	server->requests++;
	server->error = "uia";
	if (server->fails && strstr(call->path, server->fails))
		return key_server_refuse(server, "M_UNKNOWN");
	if (str_ends(call->path, "/keys/query"))
		return key_server_query(server);
	if (str_ends(call->path, "/keys/device_signing/upload"))
		return key_server_publish(server, body);
	if (str_ends(call->path, "/keys/signatures/upload"))
		return key_server_sign(server, body);
	if (str_ends(call->path, "/keys/upload"))
		return key_server_upload(server, body);
	if (strstr(call->path, "/account_data/"))
		return key_server_account_data(server, call, body);
	if (strstr(call->path, "/room_keys/"))
		return key_server_backup(server, call, body);
	fail_msg("a request nobody expected: %s", call->path);
	return OUTCOME_REFUSED;
}

/* Those that this server answers, in the order in which a login carries them. */
static const enum want_kind key_server_kinds[] = { WANT_IDENTITY, WANT_KEYS_UPLOAD, WANT_SECRETS, WANT_BACKUP };

static inline void key_server_reply(struct key_server *server, struct device_scratch *own, const struct want *want, enum outcome outcome)
{
	struct device_scratch_replying replying = {
		.own = own,
		.want = want,
		.reply = { .outcome = outcome, .error = outcome == OUTCOME_OK ? "" : server->error, .body = server->answer, .body_len = strlen(server->answer) },
	};

	scratch_turn(&own->scratch, device_scratch_reply_in, &replying);
}

/* Carry one request there and, unless it is lost on the way back, its answer. False when there was none to carry. */
static inline bool key_server_carry(struct key_server *server, struct device_scratch *own, bool lose_answer)
{
	struct want want;
	enum outcome outcome;

	for (size_t i = 0; i < ARRAY_LEN(key_server_kinds); i++) {
		if (!device_scratch_want(own, key_server_kinds[i], &want))
			continue;
		outcome = key_server_answer(server, &want.call);
		if (!lose_answer)
			key_server_reply(server, own, &want, outcome);
		device_scratch_want_release(&want);
		return true;
	}
	return false;
}

/* Until nothing is wanted any more. */
static inline void key_server_settle(struct key_server *server, struct device_scratch *own)
{
	size_t most = server->requests + 200;

	while (key_server_carry(server, own, false))
		assert_true(server->requests < most);
}

#endif
