#include "bench/town.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/die.h"
#include "base/json.h"
#include "base/json_canonical.h"
#include "base/random.h"
#include "base/str.h"
#include "base/url.h"
#include "crypto/olm.h"

#define OLM    "m.olm.v1.curve25519-aes-sha2"
#define MEGOLM "m.megolm.v1.aes-sha2"

enum { KEEP_BYTES = 256 * 1024 * 1024, SHARE_BYTES = 4 * 1024 * 1024 };

struct resident {
	const char *user;
	const char *device;
	const char *room;
	struct account *account;
	struct signer *master;
	struct signer *self_signing;
	struct group_outbound *group;
	const char *session_key;
};

struct town {
	struct arena *arena;
	struct resident *residents;
	size_t len;
	cJSON *identities;   /* {user: {"master_key": ..., "self_signing_key": ...}} */
	cJSON *devices;      /* {user: {device: device_keys}} */
	cJSON *one_time;     /* the engine's, {name: key} */
	cJSON *account_data; /* {path: content} */
};

static cJSON *get(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* The member of this name, made when it is not there. */
static cJSON *member(cJSON *object, const char *key)
{
	cJSON *found = get(object, key);

	return found ? found : cJSON_AddObjectToObject(object, key);
}

static void put(cJSON *object, const char *key, const cJSON *value)
{
	cJSON_DeleteItemFromObjectCaseSensitive(object, key);
	cJSON_AddItemToObject(object, key, cJSON_Duplicate(value, true));
}

static cJSON *parse(const char *text)
{
	cJSON *json = cJSON_Parse(text);

	if (!json)
		die("the bench made no JSON: %s", text);
	return json;
}

/* The bytes that signatures of this object are over. */
static const char *signed_text(struct town *town, const cJSON *object)
{
	char *text;

	if (json_canonical_format_signed(town->arena, object, &text) != JSON_CANONICAL_OK)
		die("the bench made JSON that cannot be signed");
	return text;
}

static void add_signature(cJSON *object, const char *user, const char *key, const char *signature)
{
	cJSON_AddStringToObject(member(member(object, "signatures"), user), key, signature);
}

static void sign_by(struct town *town, cJSON *object, const struct resident *by, struct signer *signer)
{
	const char *text = signed_text(town, object);

	add_signature(object, by->user, arena_printf(town->arena, "ed25519:%s", signer_public_key(signer)), signer_sign(signer, text, strlen(text)));
}

static void sign_by_device(struct town *town, cJSON *object, const struct resident *by)
{
	const char *text = signed_text(town, object);

	add_signature(object, by->user, arena_printf(town->arena, "ed25519:%s", by->device), account_sign(by->account, text, strlen(text)));
}

static struct signer *signer_new(struct town *town)
{
	unsigned char seed[SIGNER_SEED_BYTES];

	random_bytes(seed, sizeof seed);
	return signer_create(town->arena, seed);
}

/* Moving in. */

static cJSON *cross_signing_key(struct town *town, const struct resident *resident, const char *usage, struct signer *signer)
{
	const char *key = signer_public_key(signer);

	return parse(arena_printf(town->arena, "{\"user_id\":\"%s\",\"usage\":[\"%s\"],\"keys\":{\"ed25519:%s\":\"%s\"}}", resident->user, usage, key, key));
}

static void publish(struct town *town, const struct resident *resident)
{
	cJSON *identity = member(town->identities, resident->user);
	cJSON *self_signing = cross_signing_key(town, resident, "self_signing", resident->self_signing);
	cJSON *device = parse(arena_printf(town->arena,
	                                   "{\"user_id\":\"%s\",\"device_id\":\"%s\",\"algorithms\":[\"" OLM "\",\"" MEGOLM "\"],"
	                                   "\"keys\":{\"curve25519:%s\":\"%s\",\"ed25519:%s\":\"%s\"}}",
	                                   resident->user, resident->device, resident->device, account_curve25519(resident->account), resident->device,
	                                   account_ed25519(resident->account)));

	sign_by(town, self_signing, resident, resident->master);
	cJSON_AddItemToObject(identity, "master_key", cross_signing_key(town, resident, "master", resident->master));
	cJSON_AddItemToObject(identity, "self_signing_key", self_signing);
	sign_by_device(town, device, resident);
	sign_by(town, device, resident, resident->self_signing);
	cJSON_AddItemToObject(member(town->devices, resident->user), resident->device, device);
}

struct town *town_open(const char *const *rooms, size_t rooms_len, size_t residents)
{
	struct town *town = xcalloc(1, sizeof *town);

	*town = (struct town){
		.arena = arena_create_secret(KEEP_BYTES),
		.residents = xcalloc(residents, sizeof *town->residents),
		.len = residents,
		.identities = cJSON_CreateObject(),
		.devices = cJSON_CreateObject(),
		.one_time = cJSON_CreateObject(),
		.account_data = cJSON_CreateObject(),
	};
	for (size_t i = 0; i < residents; i++) {
		town->residents[i] = (struct resident){
			.user = arena_printf(town->arena, "@resident%zu:console", i),
			.device = arena_printf(town->arena, "PHONE%zu", i),
			.room = rooms[i % rooms_len],
			.account = account_create(town->arena),
			.master = signer_new(town),
			.self_signing = signer_new(town),
			.group = group_outbound_create(town->arena),
		};
		town->residents[i].session_key = group_outbound_session_key(town->residents[i].group);
		publish(town, &town->residents[i]);
	}
	return town;
}

void town_close(struct town *town)
{
	cJSON_Delete(town->identities);
	cJSON_Delete(town->devices);
	cJSON_Delete(town->one_time);
	cJSON_Delete(town->account_data);
	arena_destroy(town->arena);
	free(town->residents);
	free(town);
}

/* What the engine asks of the server. */

static struct resident *find(struct town *town, const char *user)
{
	for (size_t i = 0; i < town->len; i++) {
		if (str_equal(town->residents[i].user, user))
			return &town->residents[i];
	}
	return NULL;
}

static cJSON *serve_upload(struct town *town, const cJSON *body)
{
	cJSON *answer = cJSON_CreateObject();
	const cJSON *key;

	if (get(body, "device_keys"))
		put(member(town->devices, TOWN_BOT), TOWN_BOT_DEVICE, get(body, "device_keys"));
	cJSON_ArrayForEach(key, get(body, "one_time_keys"))
		put(town->one_time, key->string, key);
	cJSON_AddNumberToObject(member(answer, "one_time_key_counts"), "signed_curve25519", cJSON_GetArraySize(town->one_time));
	return answer;
}

static cJSON *serve_query(struct town *town, const cJSON *body)
{
	static const char *const keys[][2] = {
		{ "master_keys", "master_key" }, { "self_signing_keys", "self_signing_key" }, { "user_signing_keys", "user_signing_key" },
	};
	cJSON *answer = cJSON_CreateObject();
	const cJSON *asked;

	cJSON_ArrayForEach(asked, get(body, "device_keys")) {
		const cJSON *devices = get(town->devices, asked->string);

		if (devices)
			put(member(answer, "device_keys"), asked->string, devices);
		for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
			const cJSON *key = get(get(town->identities, asked->string), keys[i][1]);

			if (key)
				put(member(answer, keys[i][0]), asked->string, key);
		}
	}
	return answer;
}

/* A new one each time: nobody here reads what is sealed with it. */
static cJSON *one_time_key(struct town *town, const struct resident *resident)
{
	const struct one_time_key *keys;
	cJSON *key = cJSON_CreateObject(), *named = cJSON_CreateObject();

	account_generate_one_time_keys(resident->account, 1);
	(void)account_unpublished_one_time_keys(resident->account, &keys);
	cJSON_AddStringToObject(key, "key", keys[0].key);
	sign_by_device(town, key, resident);
	cJSON_AddItemToObject(named, arena_printf(town->arena, "signed_curve25519:%s", keys[0].id), key);
	account_mark_published(resident->account);
	return named;
}

static cJSON *serve_claim(struct town *town, const cJSON *body)
{
	cJSON *answer = cJSON_CreateObject();
	const cJSON *user, *device;

	cJSON_ArrayForEach(user, get(body, "one_time_keys")) {
		const struct resident *resident = find(town, user->string);

		cJSON_ArrayForEach(device, user) {
			if (resident)
				cJSON_AddItemToObject(member(member(answer, "one_time_keys"), user->string), device->string, one_time_key(town, resident));
		}
	}
	return answer;
}

static cJSON *serve_signing(struct town *town, const cJSON *body)
{
	const cJSON *key;

	cJSON_ArrayForEach(key, body) {
		if (str_ends(key->string, "_key"))
			put(member(town->identities, TOWN_BOT), key->string, key);
	}
	return cJSON_CreateObject();
}

static void add_signatures(cJSON *stored, const cJSON *object)
{
	const cJSON *user, *signature;

	cJSON_ArrayForEach(user, get(object, "signatures")) {
		cJSON_ArrayForEach(signature, user)
			put(member(member(stored, "signatures"), user->string), signature->string, signature);
	}
}

/* The engine signs its own device and master key. */
static cJSON *serve_signatures(struct town *town, const cJSON *body)
{
	const cJSON *object;

	cJSON_ArrayForEach(object, get(body, TOWN_BOT)) {
		if (str_equal(object->string, TOWN_BOT_DEVICE))
			add_signatures(member(member(town->devices, TOWN_BOT), TOWN_BOT_DEVICE), object);
		else
			add_signatures(member(member(town->identities, TOWN_BOT), "master_key"), object);
	}
	return cJSON_CreateObject();
}

static cJSON *member_event(const char *user)
{
	cJSON *event = cJSON_CreateObject();

	cJSON_AddStringToObject(event, "type", "m.room.member");
	cJSON_AddStringToObject(event, "state_key", user);
	cJSON_AddStringToObject(event, "sender", user);
	cJSON_AddStringToObject(member(event, "content"), "membership", "join");
	return event;
}

static cJSON *serve_members(struct town *town, const char *path)
{
	cJSON *answer = cJSON_CreateObject(), *chunk = cJSON_AddArrayToObject(answer, "chunk");

	cJSON_AddItemToArray(chunk, member_event(TOWN_BOT));
	for (size_t i = 0; i < town->len; i++) {
		if (strstr(path, url_escape(town->arena, town->residents[i].room)))
			cJSON_AddItemToArray(chunk, member_event(town->residents[i].user));
	}
	return answer;
}

/* NULL: 404. */
static cJSON *serve(struct town *town, const struct call *call, const cJSON *body)
{
	if (str_ends(call->path, "/keys/upload"))
		return serve_upload(town, body);
	if (str_ends(call->path, "/keys/query"))
		return serve_query(town, body);
	if (str_ends(call->path, "/keys/claim"))
		return serve_claim(town, body);
	if (str_ends(call->path, "/device_signing/upload"))
		return serve_signing(town, body);
	if (str_ends(call->path, "/signatures/upload"))
		return serve_signatures(town, body);
	if (strstr(call->path, "/members"))
		return serve_members(town, call->path);
	if (call->method == CALL_PUT) {
		put(town->account_data, call->path, body);
		return cJSON_CreateObject();
	}
	return get(town->account_data, call->path) ? cJSON_Duplicate(get(town->account_data, call->path), true) : NULL;
}

const char *town_call(struct town *town, const struct call *call)
{
	cJSON *body = call->body ? parse(call->body) : NULL;
	cJSON *answer = serve(town, call, body);
	const char *text = answer ? json_print(town->arena, answer) : NULL;

	cJSON_Delete(body);
	cJSON_Delete(answer);
	return text;
}

/* What the residents say. */

static const char *bot_key(struct town *town, const char *name)
{
	const cJSON *device = get(get(town->devices, TOWN_BOT), TOWN_BOT_DEVICE);
	const cJSON *key = get(get(device, "keys"), arena_printf(town->arena, "%s:%s", name, TOWN_BOT_DEVICE));

	if (!key)
		die("the engine uploaded no keys");
	return key->valuestring;
}

static const char *room_key(struct town *town, const struct resident *from)
{
	return arena_printf(town->arena,
	                    "{\"type\":\"m.room_key\",\"content\":{\"algorithm\":\"" MEGOLM "\",\"room_id\":\"%s\",\"session_id\":\"%s\","
	                    "\"session_key\":\"%s\"},\"sender\":\"%s\",\"recipient\":\"" TOWN_BOT "\",\"recipient_keys\":{\"ed25519\":\"%s\"},"
	                    "\"keys\":{\"ed25519\":\"%s\"}}",
	                    from->room, group_outbound_id(from->group), from->session_key, from->user, bot_key(town, "ed25519"), account_ed25519(from->account));
}

/* With one of the engine's one-time keys, which is used up. */
static const char *olm_content(struct town *town, const struct resident *from, const char *text)
{
	cJSON *key = town->one_time->child;
	struct pair_session *session;
	struct pair_message message;

	if (!key || pair_session_create_outbound(town->arena, from->account, bot_key(town, "curve25519"), get(key, "key")->valuestring, &session) != PAIR_OK)
		die("no one-time key of the engine's for %s", from->user);
	cJSON_Delete(cJSON_DetachItemViaPointer(town->one_time, key));
	message = pair_session_encrypt(session, text, strlen(text));
	return arena_printf(town->arena, "{\"algorithm\":\"" OLM "\",\"sender_key\":\"%s\",\"ciphertext\":{\"%s\":{\"type\":%d,\"body\":\"%s\"}}}",
	                    account_curve25519(from->account), bot_key(town, "curve25519"), (int)message.type, message.body);
}

const char *town_share(struct town *town)
{
	AUTO_BUF buf = { 0 };

	buf_init(&buf, SHARE_BYTES);
	for (size_t i = 0; i < town->len; i++) {
		const struct resident *from = &town->residents[i];

		(void)buf_printf(&buf, "%s{\"type\":\"m.room.encrypted\",\"sender\":\"%s\",\"content\":%s}", i ? "," : "", from->user,
		                 olm_content(town, from, room_key(town, from)));
	}
	return arena_dup(town->arena, buf.data);
}

const char *town_seal(struct town *town, size_t number, const char *body)
{
	const struct resident *from = &town->residents[number];
	const char *text = arena_printf(town->arena,
	                                "{\"room_id\":\"%s\",\"type\":\"m.room.message\",\"content\":{\"body\":\"%s\",\"m.mentions\":{},\"msgtype\":\"m.text\"}}",
	                                from->room, body);

	return arena_printf(town->arena,
	                    "{\"algorithm\":\"" MEGOLM "\",\"ciphertext\":\"%s\",\"device_id\":\"%s\",\"sender_key\":\"%s\",\"session_id\":\"%s\"}",
	                    group_outbound_encrypt(from->group, text, strlen(text)), from->device, account_curve25519(from->account),
	                    group_outbound_id(from->group));
}

const char *town_user(const struct town *town, size_t resident)
{
	return town->residents[resident].user;
}

const char *town_room(const struct town *town, size_t resident)
{
	return town->residents[resident].room;
}

const char *town_session_key(const struct town *town, size_t resident)
{
	return town->residents[resident].session_key;
}
