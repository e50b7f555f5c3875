/*
 * Several devices, each with a database of its own, and a homeserver in memory that keeps to the specification
 * as far as the wants of crypto need it. What is wanted is carried when the test says so; the test may have the
 * server lie, or answers get lost.
 *
 *	world_open(&world);
 *	bot = world_add(&world, "@bot:x", "BOT");
 *	world_settle(&world);            everybody uploads, asks, is told, until nobody wants anything
 *	world_crash(bot);                what it had in memory is gone
 *	world_close(&world);
 */
#ifndef ROTONDE_TESTS_CRYPTO_WORLD_H
#define ROTONDE_TESTS_CRYPTO_WORLD_H

#include <cjson/cJSON.h>

#include "base/str.h"
#include "crypto/device.h"
#include "unit/crypto/device_scratch.h"

enum { WORLD_DEVICES_MAX = 8, WORLD_EVENTS_MAX = 100, WORLD_ROUNDS_MAX = 200 };

struct world_device {
	struct device_scratch own;
	cJSON *device_keys;    /* as uploaded; NULL: not yet */
	cJSON *one_time_keys;  /* by name, those not given out */
	cJSON *fallback_keys;
	bool fallback_spent;
	cJSON *inbox;          /* [{sender, type, content}], until it was synced */
	cJSON *changed;        /* [user], what the next sync tells */
	cJSON *transactions;   /* {path: body}, what was sent under which id */
};

struct world {
	struct world_device *devices[WORLD_DEVICES_MAX];
	size_t len;
	cJSON *identities;   /* {user: {"master_key": ..., "self_signing_key": ..., "user_signing_key": ...}} */
	cJSON *account_data; /* {path: content} */
	size_t requests[WANT_KINDS]; /* how many were carried */
	bool loses[WANT_KINDS];      /* the server does what is asked, but its answer does not arrive */
	/* What the server says instead, in the heap; NULL: it is honest. */
	char *(*lie)(struct world *world, enum want_kind kind, const char *body);
};

static inline cJSON *world_get(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* The member of this name, made when it is not there. */
static inline cJSON *world_member(cJSON *object, const char *key)
{
	cJSON *member = world_get(object, key);

	return member ? member : cJSON_AddObjectToObject(object, key);
}

static inline void world_put(cJSON *object, const char *key, const cJSON *value)
{
	cJSON_DeleteItemFromObjectCaseSensitive(object, key);
	cJSON_AddItemToObject(object, key, cJSON_Duplicate(value, true));
}

static inline void world_open(struct world *world)
{
	memset(world, 0, sizeof *world);
	world->identities = cJSON_CreateObject();
	world->account_data = cJSON_CreateObject();
}

static inline struct world_device *world_add(struct world *world, const char *user, const char *id)
{
	struct world_device *device = xcalloc(1, sizeof *device);

	INVARIANT(world->len < WORLD_DEVICES_MAX);
	world->devices[world->len++] = device;
	device_scratch_open(&device->own, user, id);
	assert_int_equal(device->own.opening, CRYPTO_OPEN);
	device->one_time_keys = cJSON_CreateObject();
	device->fallback_keys = cJSON_CreateObject();
	device->inbox = cJSON_CreateArray();
	device->changed = cJSON_CreateArray();
	device->transactions = cJSON_CreateObject();
	return device;
}

static inline void world_close(struct world *world)
{
	for (size_t i = 0; i < world->len; i++) {
		struct world_device *device = world->devices[i];

		device_scratch_close(&device->own);
		cJSON_Delete(device->device_keys);
		cJSON_Delete(device->one_time_keys);
		cJSON_Delete(device->fallback_keys);
		cJSON_Delete(device->inbox);
		cJSON_Delete(device->changed);
		cJSON_Delete(device->transactions);
		free(device);
	}
	cJSON_Delete(world->identities);
	cJSON_Delete(world->account_data);
}

/* The process of a device dies and starts again. */
static inline void world_crash(struct world_device *device)
{
	device_scratch_crash(&device->own);
	assert_int_equal(device->own.opening, CRYPTO_OPEN);
}

static inline void world_pass_time(struct world *world, int64_t ms)
{
	for (size_t i = 0; i < world->len; i++)
		world->devices[i]->own.scratch.now_ms += ms;
}

static inline struct world_device *world_find(struct world *world, const char *user, const char *id)
{
	for (size_t i = 0; i < world->len; i++) {
		if (str_equal(world->devices[i]->own.user, user) && str_equal(world->devices[i]->own.device, id))
			return world->devices[i];
	}
	return NULL;
}

/* Everybody is told that this user's keys are others now. */
static inline void world_tell_changed(struct world *world, const char *user)
{
	for (size_t i = 0; i < world->len; i++)
		cJSON_AddItemToArray(world->devices[i]->changed, cJSON_CreateString(user));
}

static inline cJSON *world_serve_upload(struct world *world, struct world_device *device, const cJSON *body)
{
	cJSON *answer = cJSON_CreateObject();
	const cJSON *key;

	if (world_get(body, "device_keys")) {
		cJSON_Delete(device->device_keys);
		device->device_keys = cJSON_Duplicate(world_get(body, "device_keys"), true);
		world_tell_changed(world, device->own.user);
	}
	cJSON_ArrayForEach(key, world_get(body, "one_time_keys"))
		world_put(device->one_time_keys, key->string, key);
	if (world_get(body, "fallback_keys")) {
		cJSON_Delete(device->fallback_keys);
		device->fallback_keys = cJSON_Duplicate(world_get(body, "fallback_keys"), true);
		device->fallback_spent = false;
	}
	cJSON_AddNumberToObject(world_member(answer, "one_time_key_counts"), "signed_curve25519", cJSON_GetArraySize(device->one_time_keys));
	return answer;
}

static inline cJSON *world_serve_query(struct world *world, const cJSON *body)
{
	static const char *const groups[][2] = {
		{ "master_keys", "master_key" }, { "self_signing_keys", "self_signing_key" }, { "user_signing_keys", "user_signing_key" },
	};
	cJSON *answer = cJSON_CreateObject();
	const cJSON *asked;

	cJSON_ArrayForEach(asked, world_get(body, "device_keys")) {
		cJSON *devices = world_member(world_member(answer, "device_keys"), asked->string);
		const cJSON *identity = world_get(world->identities, asked->string);

		for (size_t i = 0; i < world->len; i++) {
			const struct world_device *device = world->devices[i];

			if (device->device_keys && str_equal(device->own.user, asked->string))
				world_put(devices, device->own.device, device->device_keys);
		}
		for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
			if (world_get(identity, groups[i][1]))
				world_put(world_member(answer, groups[i][0]), asked->string, world_get(identity, groups[i][1]));
		}
	}
	return answer;
}

/* A one-time key, gone with it; or the fallback key. */
static inline void world_give_key(struct world_device *device, cJSON *answer)
{
	cJSON *key = device->one_time_keys->child;
	cJSON *keys;

	if (!key) {
		key = device->fallback_keys->child;
		device->fallback_spent = true;
	}
	if (!key)
		return;
	keys = world_member(world_member(world_member(answer, "one_time_keys"), device->own.user), device->own.device);
	world_put(keys, key->string, key);
	if (key == device->one_time_keys->child)
		cJSON_Delete(cJSON_DetachItemViaPointer(device->one_time_keys, key));
}

static inline cJSON *world_serve_claim(struct world *world, const cJSON *body)
{
	cJSON *answer = cJSON_CreateObject();
	const cJSON *user, *id;

	cJSON_AddObjectToObject(answer, "failures");
	cJSON_ArrayForEach(user, world_get(body, "one_time_keys")) {
		cJSON_ArrayForEach(id, user) {
			struct world_device *device = world_find(world, user->string, id->string);

			assert_string_equal(id->valuestring, "signed_curve25519");
			if (device)
				world_give_key(device, answer);
		}
	}
	return answer;
}

static inline void world_deliver(struct world *world, const char *sender, const char *type, const cJSON *body)
{
	const cJSON *user, *content;

	cJSON_ArrayForEach(user, world_get(body, "messages")) {
		cJSON_ArrayForEach(content, user) {
			struct world_device *device = world_find(world, user->string, content->string);
			cJSON *event = cJSON_CreateObject();

			cJSON_AddStringToObject(event, "sender", sender);
			cJSON_AddStringToObject(event, "type", type);
			world_put(event, "content", content);
			if (device)
				cJSON_AddItemToArray(device->inbox, event);
			else
				cJSON_Delete(event);
		}
	}
}

/* The same id again delivers nothing, and must bring the same bytes. */
static inline cJSON *world_serve_to_device(struct world *world, struct world_device *device, const struct want *want, const cJSON *body)
{
	static const char prefix[] = "/_matrix/client/v3/sendToDevice/";
	const cJSON *before = world_get(device->transactions, want->call.path);
	char type[64];

	assert_true(str_starts(want->call.path, prefix));
	if (before) {
		assert_string_equal(before->valuestring, want->call.body);
		return cJSON_CreateObject();
	}
	cJSON_AddStringToObject(device->transactions, want->call.path, want->call.body);
	assert_int_equal(sscanf(want->call.path + strlen(prefix), "%63[^/]", type), 1);
	world_deliver(world, device->own.user, type, body);
	return cJSON_CreateObject();
}

/* Cross-signing keys, signatures on devices and keys, account data: what WANT_IDENTITY and WANT_SECRETS ask for. */
static inline void world_serve_signing(struct world *world, const char *user, const cJSON *body)
{
	const cJSON *key;

	cJSON_ArrayForEach(key, body) {
		if (str_ends(key->string, "_key"))
			world_put(world_member(world->identities, user), key->string, key);
	}
	world_tell_changed(world, user);
}

/* Each object comes whole, with the new signature; it is added to those the server has. */
static inline void world_add_signatures(cJSON *stored, const cJSON *signed_object)
{
	const cJSON *user, *signature;

	cJSON_ArrayForEach(user, world_get(signed_object, "signatures")) {
		cJSON_ArrayForEach(signature, user)
			world_put(world_member(world_member(stored, "signatures"), user->string), signature->string, signature);
	}
}

static inline void world_serve_signatures(struct world *world, const cJSON *body)
{
	const cJSON *user, *object;

	cJSON_ArrayForEach(user, body) {
		cJSON_ArrayForEach(object, user) {
			struct world_device *device = world_find(world, user->string, object->string);

			if (device && device->device_keys)
				world_add_signatures(device->device_keys, object);
			else if (world_get(world->identities, user->string))
				world_add_signatures(world_member(world_get(world->identities, user->string), "master_key"), object);
		}
		world_tell_changed(world, user->string);
	}
}

/* NULL: 404. */
static inline cJSON *world_serve_other(struct world *world, const struct world_device *device, const struct want *want, const cJSON *body)
{
	const cJSON *found;

	if (str_equal(want->call.path, "/_matrix/client/v3/keys/device_signing/upload")) {
		world_serve_signing(world, device->own.user, body);
		return cJSON_CreateObject();
	}
	if (str_equal(want->call.path, "/_matrix/client/v3/keys/signatures/upload")) {
		world_serve_signatures(world, body);
		return cJSON_CreateObject();
	}
	if (want->call.method == CALL_PUT) {
		world_put(world->account_data, want->call.path, body);
		return cJSON_CreateObject();
	}
	found = world_get(world->account_data, want->call.path);
	return found ? cJSON_Duplicate(found, true) : NULL;
}

static inline cJSON *world_serve(struct world *world, struct world_device *device, const struct want *want)
{
	cJSON *body = want->call.body ? cJSON_Parse(want->call.body) : NULL;
	cJSON *answer = NULL;

	assert_true(body || want->call.method == CALL_GET);
	if (str_equal(want->call.path, "/_matrix/client/v3/keys/upload"))
		answer = world_serve_upload(world, device, body);
	else if (str_equal(want->call.path, "/_matrix/client/v3/keys/query"))
		answer = world_serve_query(world, body);
	else if (str_equal(want->call.path, "/_matrix/client/v3/keys/claim"))
		answer = world_serve_claim(world, body);
	else if (want->kind == WANT_TO_DEVICE)
		answer = world_serve_to_device(world, device, want, body);
	else
		answer = world_serve_other(world, device, want, body);
	cJSON_Delete(body);
	return answer;
}

static inline void world_answer(struct world *world, struct world_device *device, const struct want *want)
{
	cJSON *answer = world_serve(world, device, want);
	char *body = cJSON_PrintUnformatted(answer);
	char *lie = world->lie && answer ? world->lie(world, want->kind, body) : NULL;

	world->requests[want->kind]++;
	if (world->loses[want->kind])
		device_scratch_reply(&device->own, want, OUTCOME_TROUBLE, NULL);
	else
		device_scratch_reply(&device->own, want, answer ? OUTCOME_OK : OUTCOME_REFUSED, lie ? lie : body);
	cJSON_free(lie);
	cJSON_free(body);
	cJSON_Delete(answer);
}

/* Carry the next want of this kind; false when there is none. */
static inline bool world_carry(struct world *world, struct world_device *device, enum want_kind kind)
{
	struct want want;

	if (!device_scratch_want(&device->own, kind, &want))
		return false;
	world_answer(world, device, &want);
	device_scratch_want_release(&want);
	return true;
}

struct world_news {
	struct world_device *device;
	struct key_news news;
};

static inline void world_take_news(struct turn *turn, void *context)
{
	struct world_news *news = context;

	crypto_take_keys(news->device->own.crypto, turn, &news->news);
}

/* What waits for a device, and how many of its keys are left; false when there was nothing. */
static inline bool world_sync(struct world_device *device)
{
	struct to_device events[WORLD_EVENTS_MAX];
	const char *changed[WORLD_EVENTS_MAX];
	char *contents[WORLD_EVENTS_MAX];
	struct world_news news = { .device = device, .news = { .events = events, .changed = changed } };

	while (device->inbox->child && news.news.events_len < WORLD_EVENTS_MAX) {
		cJSON *event = cJSON_DetachItemFromArray(device->inbox, 0);
		struct to_device *to = &events[news.news.events_len];

		contents[news.news.events_len++] = cJSON_PrintUnformatted(world_get(event, "content"));
		to->content = contents[news.news.events_len - 1];
		to->sender = xstrdup(world_get(event, "sender")->valuestring);
		to->type = xstrdup(world_get(event, "type")->valuestring);
		cJSON_Delete(event);
	}
	for (const cJSON *user = device->changed->child; user && news.news.changed_len < WORLD_EVENTS_MAX; user = user->next)
		changed[news.news.changed_len++] = user->valuestring;
	news.news.one_time_keys = cJSON_GetArraySize(device->one_time_keys);
	news.news.fallback_spent = device->fallback_spent;
	device_scratch_turn(&device->own, world_take_news, &news);
	cJSON_Delete(device->changed);
	device->changed = cJSON_CreateArray();
	for (size_t i = 0; i < news.news.events_len; i++) {
		cJSON_free(contents[i]);
		free((void *)(uintptr_t)events[i].sender);
		free((void *)(uintptr_t)events[i].type);
	}
	return news.news.events_len || news.news.changed_len;
}

/* Carry and sync for everybody until nothing is wanted and nothing waits. */
static inline void world_settle(struct world *world)
{
	bool busy = true;

	for (int round = 0; busy; round++) {
		busy = false;
		INVARIANT(round < WORLD_ROUNDS_MAX);
		for (size_t i = 0; i < world->len; i++) {
			for (enum want_kind kind = 0; kind < WANT_KINDS; kind++)
				busy |= world_carry(world, world->devices[i], kind);
			busy |= world_sync(world->devices[i]);
		}
	}
}

struct world_tracking {
	const char *user;
};

static inline void world_track_in(struct turn *turn, void *context)
{
	const struct world_tracking *tracking = context;

	devices_track(turn, tracking->user);
}

/* Everybody follows everybody's devices, as when all are in one room. */
static inline void world_meet(struct world *world)
{
	for (size_t i = 0; i < world->len; i++) {
		for (size_t j = 0; j < world->len; j++) {
			struct world_tracking tracking = { world->devices[j]->own.user };

			device_scratch_turn(&world->devices[i]->own, world_track_in, &tracking);
		}
	}
	world_settle(world);
}

#endif
