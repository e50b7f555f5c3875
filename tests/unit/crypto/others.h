/*
 * The others, for tests of who gets our keys: their devices, identities and channels in memory, behind the
 * functions of device.h, channel.h, identity.h, keyring.h and todevice.h that outbound.c and room.c call. What
 * went to them is kept to be looked at. They do not crash with us.
 */
#ifndef ROTONDE_TESTS_UNIT_CRYPTO_OTHERS_H
#define ROTONDE_TESTS_UNIT_CRYPTO_OTHERS_H

#include <string.h>

#include "base/die.h"
#include "base/json.h"
#include "base/str.h"
#include "crypto/channel.h"
#include "crypto/identity.h"
#include "crypto/inbound.h"
#include "crypto/keyring.h"
#include "crypto/olm.h"
#include "crypto/todevice.h"

struct other {
	struct device device;
	enum standing standing;
	enum channel_state channel;
	int64_t wedges;
	bool gone;
};

struct sent {
	const char *type;
	const char *user;
	const char *device;
	const char *content;
	const char *group;
	bool delivered;
	int64_t lost_ms; /* given up then; 0: not */
};

enum { OTHERS_MAX = 20, SENT_MAX = 400, OWN_MAX = 40 };

static struct {
	struct other list[OTHERS_MAX];
	size_t len;
	const char *unsettled;   /* a user whose devices may be others now */
	const char *verified;    /* emoji were compared with him */
	bool changed;            /* and his identity is another since */
	struct sent sent[SENT_MAX];
	size_t sent_len;
	struct group_inbound *own[OWN_MAX]; /* our copies */
	size_t own_len;
	int lists;               /* how often device_list() was asked */
	bool burnt;
	bool unpublished;
	struct arena *arena;
} others;

static inline struct other *others_add(const char *user, const char *id, enum standing standing, enum channel_state channel)
{
	struct other *other = &others.list[others.len++];

	/* In the order of user and id: the caller's care. */
	*other = (struct other){ { user, id, arena_printf(others.arena, "curve/%s", id), "ed" }, standing, channel, 1, false };
	return other;
}

static inline struct other *others_get(const char *id)
{
	for (size_t i = 0; i < others.len; i++) {
		if (str_equal(others.list[i].device.id, id))
			return &others.list[i];
	}
	die("no device %s", id);
}

static inline size_t others_sent_to(const char *id, const char *type)
{
	size_t count = 0;

	for (size_t i = 0; i < others.sent_len; i++)
		count += str_equal(others.sent[i].device, id) && str_equal(others.sent[i].type, type);
	return count;
}

/* A member of what was last sent to this device. */
static inline const char *others_last(const char *id, const char *key)
{
	for (size_t i = others.sent_len; i-- > 0;) {
		const char *content = others.sent[i].content;

		if (str_equal(others.sent[i].device, id))
			return json_str(json_parse_in(others.arena, content, strlen(content)), key);
	}
	return NULL;
}

static inline void others_deliver(void)
{
	for (size_t i = 0; i < others.sent_len; i++)
		others.sent[i].delivered = true;
}

static inline void others_begin(void)
{
	memset(&others, 0, sizeof others);
	others.arena = arena_create_secret(64 * 1024 * 1024);
}

static inline void others_end(void)
{
	arena_destroy(others.arena);
}

static void keep_sent(const char *type, const char *user, const char *device, const char *content, const char *group)
{
	INVARIANT(others.sent_len < SENT_MAX);
	others.sent[others.sent_len++] = (struct sent){
		.type = arena_dup(others.arena, type),
		.user = arena_dup(others.arena, user),
		.device = arena_dup(others.arena, device),
		.content = arena_dup(others.arena, content),
		.group = arena_dup(others.arena, group),
	};
}

/* device.h */

void devices_track(struct turn *turn, const char *user)
{
	(void)turn;
	(void)user;
}

void devices_untrack(struct turn *turn, const char *user)
{
	(void)turn;
	(void)user;
}

bool devices_settled(struct view *view, const char *user)
{
	(void)view;
	return !str_equal(others.unsettled, user);
}

struct device *device_list(struct view *view, const char *user, size_t *ret_len)
{
	struct device *devices = arena_array(view_arena(view), struct device, OTHERS_MAX);

	others.lists++;
	*ret_len = 0;
	for (size_t i = 0; i < others.len; i++) {
		if (str_equal(others.list[i].device.user, user) && !others.list[i].gone)
			devices[(*ret_len)++] = others.list[i].device;
	}
	return devices;
}

enum standing device_standing(struct view *view, const struct device *device)
{
	(void)view;
	return others_get(device->id)->standing;
}

bool identity_find(struct view *view, const char *user, struct identity *ret_identity)
{
	(void)view;
	*ret_identity = (struct identity){
		.user = user,
		.master = others.changed ? "other" : "first",
		.pinned = "first",
		.verified = str_equal(others.verified, user),
	};
	return true;
}

/* channel.h */

enum channel_state channel_state(struct view *view, const struct device *device)
{
	(void)view;
	return others_get(device->id)->channel;
}

void channel_ask(struct turn *turn, const struct device *device)
{
	struct other *other = others_get(device->id);

	(void)turn;
	if (other->channel == CHANNEL_NONE)
		other->channel = CHANNEL_ASKED;
}

bool channel_send(struct crypto *crypto, struct turn *turn, const struct device *device, const char *type, const struct cJSON *content,
                  const char *group)
{
	(void)crypto;
	if (others_get(device->id)->channel != CHANNEL_OPEN)
		return false;
	keep_sent(type, device->user, device->id, json_print(turn_arena(turn), content), group);
	return true;
}

int64_t channel_wedges(struct view *view, const struct device *device)
{
	(void)view;
	return others_get(device->id)->wedges;
}

/* todevice.h */

void todevice_add(struct turn *turn, const char *type, const char *user, const char *device, const char *content, const char *group)
{
	(void)turn;
	keep_sent(type, user, device, content, group);
}

bool todevice_pending(struct view *view, const char *group)
{
	(void)view;
	for (size_t i = 0; i < others.sent_len; i++) {
		if (!others.sent[i].delivered && str_equal(others.sent[i].group, group))
			return true;
	}
	return false;
}

bool todevice_has_lost(struct view *view, const char *group)
{
	(void)view;
	for (size_t i = 0; i < others.sent_len; i++) {
		if (others.sent[i].lost_ms && str_equal(others.sent[i].group, group))
			return true;
	}
	return false;
}

int64_t todevice_lost_ms(struct view *view, const char *group, const char *user, const char *device)
{
	(void)view;
	for (size_t i = others.sent_len; i-- > 0;) {
		if (str_equal(others.sent[i].group, group) && str_equal(others.sent[i].user, user) && str_equal(others.sent[i].device, device))
			return others.sent[i].lost_ms;
	}
	return 0;
}

/* keyring.h, identity.h, inbound.h */

const char *keyring_curve25519(struct view *view)
{
	(void)view;
	return "our+curve25519";
}

bool keyring_is_burnt(struct view *view)
{
	(void)view;
	return others.burnt;
}

bool identity_is_good(struct view *view)
{
	(void)view;
	return !others.unpublished;
}

bool identity_is_under_way(struct view *view)
{
	(void)view;
	return false;
}

const char *identity_why(struct view *view)
{
	(void)view;
	return "identity-unfinished";
}

void inbound_keep_own(struct crypto *crypto, struct turn *turn, const char *room, const char *session_key, bool shared_history)
{
	(void)crypto;
	(void)turn;
	(void)room;
	(void)shared_history;
	INVARIANT(others.own_len < OWN_MAX);
	INVARIANT(group_inbound_create(others.arena, session_key, &others.own[others.own_len++]) == GROUP_INBOUND_OK);
}

#endif
