/*
 * Our device, whose keys are on the server, and a server that shows of other users' devices and identities what the
 * test says.
 */
#ifndef ROTONDE_TESTS_CRYPTO_DEVICE_HOUSE_H
#define ROTONDE_TESTS_CRYPTO_DEVICE_HOUSE_H

#include "base/str.h"
#include "crypto/device.h"
#include "unit/crypto/device_scratch.h"
#include "unit/crypto/peer.h"

#define BOT        "@bot:example.org"
#define BOT_DEVICE "BOTDEVICE"
#define AN         "@an:example.org"
#define BO         "@bo:elsewhere.example"

static struct device_scratch own;
static struct arena *arena; /* of the whole test */
static const char *own_keys; /* our device_keys, as uploaded */

/* What the server shows next: JSON members, by part of the answer. */
struct answer {
	const char *devices; /* "\"@user\":{...}" */
	const char *masters;
	const char *self_signing;
	const char *failures;
};

static inline const char *or_none(const char *members)
{
	return members ? members : "";
}

static inline const char *format_answer(const struct answer *answer)
{
	return arena_printf(arena, "{\"device_keys\":{%s},\"master_keys\":{%s},\"self_signing_keys\":{%s},\"failures\":{%s}}", or_none(answer->devices),
	                    or_none(answer->masters), or_none(answer->self_signing), or_none(answer->failures));
}

static inline const char *member(const char *key, const char *value)
{
	return arena_printf(arena, "\"%s\":%s", key, value);
}

/* "\"@user\":{\"DEVICE\":...}" of one device. */
static inline const char *devices_of(const char *user, const char *id, const char *device_keys)
{
	return arena_printf(arena, "\"%s\":{\"%s\":%s}", user, id, device_keys);
}

static inline bool wants_query(void)
{
	struct want want;
	bool wanted = device_scratch_want(&own, WANT_KEYS_QUERY, &want);

	if (wanted)
		device_scratch_want_release(&want);
	return wanted;
}

static inline void reply(struct want *want, const struct answer *answer)
{
	device_scratch_reply(&own, want, OUTCOME_OK, format_answer(answer));
	device_scratch_want_release(want);
}

/* Ask, and get that. */
static inline void query(struct answer answer)
{
	struct want want;

	assert_true(device_scratch_want(&own, WANT_KEYS_QUERY, &want));
	reply(&want, &answer);
}

static inline void upload(void)
{
	struct want want;
	const struct cJSON *body;

	assert_true(device_scratch_want(&own, WANT_KEYS_UPLOAD, &want));
	body = json_parse_in(arena, want.call.body, strlen(want.call.body));
	if (json_object(body, "device_keys"))
		own_keys = json_print(arena, json_object(body, "device_keys"));
	device_scratch_reply(&own, &want, OUTCOME_OK, "{\"one_time_key_counts\":{\"signed_curve25519\":50}}");
	device_scratch_want_release(&want);
}

/* Ours are on the server, and it showed them. */
static inline int setup(void **state)
{
	(void)state;
	arena = arena_create_secret(64 * 1024 * 1024);
	device_scratch_open(&own, BOT, BOT_DEVICE);
	upload();
	query((struct answer){ .devices = devices_of(BOT, BOT_DEVICE, own_keys) });
	return own.opening == CRYPTO_OPEN ? 0 : -1;
}

static inline int teardown(void **state)
{
	(void)state;
	device_scratch_close(&own);
	arena_destroy(arena);
	return 0;
}

static inline void track_in(struct turn *turn, void *context)
{
	devices_track(turn, context);
}

static inline void track(const char *user)
{
	device_scratch_turn(&own, track_in, (void *)(uintptr_t)user);
}

static inline void outdate_in(struct turn *turn, void *context)
{
	const char *user = context;
	const struct key_news news = { .changed = &user, .changed_len = 1, .one_time_keys = 50 };

	crypto_take_keys(own.crypto, turn, &news);
}

static inline void outdate(const char *user)
{
	device_scratch_turn(&own, outdate_in, (void *)(uintptr_t)user);
}

static inline bool settled(const char *user)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	bool is = devices_settled(view, user);

	view_close(view);
	return is;
}

static inline bool found(const struct peer *peer)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	struct device by_id, by_key;
	bool one = device_find(view, peer->user, peer->id, &by_id);
	bool other = device_find_by_curve25519(view, peer->user, account_curve25519(peer->account), &by_key);

	assert_int_equal(one, other);
	if (one) {
		assert_string_equal(by_id.ed25519, account_ed25519(peer->account));
		assert_string_equal(by_key.id, peer->id);
	}
	view_close(view);
	return one;
}

static inline size_t listed(const char *user)
{
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	size_t len;

	(void)device_list(view, user, &len);
	view_close(view);
	return len;
}

static inline enum standing standing(const struct peer *peer)
{
	const struct device device = {
		.user = peer->user,
		.id = peer->id,
		.curve25519 = account_curve25519(peer->account),
		.ed25519 = account_ed25519(peer->account),
	};
	struct view *view = view_open(own.scratch.store, own.scratch.now_ms);
	enum standing is = device_standing(view, &device);

	view_close(view);
	return is;
}

static inline bool has_incident(const char *kind, const char *subject)
{
	return device_scratch_has_incident(&own, kind, subject);
}

/* A user with an identity and one device that it signed. */
static inline struct answer answer_signed(struct owner *owner, const struct peer *peer)
{
	return (struct answer){
		.devices = devices_of(peer->user, peer->id, peer_format(arena, peer, owner)),
		.masters = member(owner->user, owner_format_master(arena, owner)),
		.self_signing = member(owner->user, owner_format_self_signing(arena, owner)),
	};
}

#endif
