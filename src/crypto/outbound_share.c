#include "crypto/outbound_share.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "crypto/channel.h"
#include "crypto/keyring.h"
#include "crypto/todevice.h"

/* A key that the server did not take is given again after so long. */
enum { LOST_WAIT_MS = 60 * 1000 };

enum { Q_COUNT, Q_LIST, Q_PUT, Q_WAS_SHARED, Q_NO_OLM_TELL, Q_NO_OLM_FORGET, Q_MAX };

static const char *const sql[] = {
	[Q_COUNT] = "SELECT count(*) FROM outbound_share WHERE outbound = ?1",
	[Q_LIST] = "SELECT user, device, curve25519, withheld, wedges FROM outbound_share WHERE outbound = ?1 ORDER BY user, device",
	[Q_PUT] = "INSERT INTO outbound_share (outbound, user, device, curve25519, withheld, first_index, wedges) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
	          " ON CONFLICT (outbound, user, device) DO UPDATE SET wedges = ?7, withheld = ?5,"
	          " first_index = CASE WHEN withheld IS NULL THEN first_index ELSE ?6 END",
	[Q_WAS_SHARED] = "SELECT first_index FROM outbound_share WHERE outbound = (SELECT id FROM outbound WHERE session = ?1 AND room = ?2)"
	                 " AND user = ?3 AND device = ?4 AND curve25519 = ?5"
	                 " AND withheld IS NULL",
	[Q_NO_OLM_TELL] = "INSERT INTO outbound_no_olm (user, device) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
	[Q_NO_OLM_FORGET] = "DELETE FROM outbound_no_olm WHERE user = ?1 AND device = ?2",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements outbound_share_statements = { "crypto/outbound_share", sql, Q_MAX };

/* Why a device gets no key; the codes of m.room_key.withheld. */
static const char unverified[] = "m.unverified";
static const char no_olm[] = "m.no_olm";

/* Who is to have it. */

enum outbound_audience outbound_audience(const struct crypto *crypto)
{
	return crypto->share_with_all ? OUTBOUND_ALL : OUTBOUND_SIGNED;
}

/* Emoji were compared once, and the identity is another now or gone: nobody but a person can say what that means (6.10). */
static bool is_suspended(struct view *view, const char *user)
{
	struct identity identity;

	return identity_find(view, user, &identity) && identity.verified && !str_equal(identity.master, identity.pinned);
}

/* Whether a device of this standing gets keys; of us: ours alone. */
static bool is_eligible(enum outbound_audience audience, enum standing standing, bool ours, bool suspended)
{
	if (ours)
		return standing >= STANDING_SIGNED;
	if (standing == STANDING_UNKNOWN || (suspended && audience != OUTBOUND_VERIFICATION))
		return false;
	/* Signed by an identity that is not the first we saw is signed; that it changed the alarm has told (6.10). */
	return audience != OUTBOUND_SIGNED || standing >= STANDING_CHANGED;
}

/* The user's devices that are not this one, behind those found so far. */
static void reckon_user(struct crypto *crypto, struct turn *turn, const char *user, enum outbound_audience audience,
                        struct outbound_targets *targets, size_t *size)
{
	struct view *view = turn_view(turn);
	bool ours = str_equal(user, crypto->user), suspended = is_suspended(view, user);
	size_t len;
	const struct device *devices;

	devices_track(turn, user);
	if (!devices_settled(view, user))
		targets->settled = false;
	devices = device_list(view, user, &len);
	if (targets->len + len > *size) {
		struct outbound_target *more = arena_array(turn_arena(turn), struct outbound_target, *size = 2 * (targets->len + len));

		if (targets->len)
			memcpy(more, targets->list, targets->len * sizeof *more);
		targets->list = more;
	}
	for (size_t i = 0; i < len; i++) {
		if (ours && str_equal(devices[i].id, crypto->device))
			continue;
		targets->list[targets->len++] = (struct outbound_target){
			.device = devices[i],
			.eligible = is_eligible(audience, device_standing(view, &devices[i]), ours, suspended),
		};
	}
}

struct outbound_targets outbound_targets_reckon(struct crypto *crypto, struct turn *turn, const struct crypto_room *room,
                                                enum outbound_audience audience)
{
	struct outbound_targets targets = { .settled = true };
	size_t len, size = 0, at = 0;
	const char **users = crypto_room_recipients(turn_view(turn), room, &len);

	for (; at < len && strcmp(users[at], crypto->user) < 0; at++)
		reckon_user(crypto, turn, users[at], audience, &targets, &size);
	reckon_user(crypto, turn, crypto->user, audience, &targets, &size);
	for (; at < len; at++)
		reckon_user(crypto, turn, users[at], audience, &targets, &size);
	return targets;
}

/* Who has it. */

struct share {
	const char *user;
	const char *device;
	const char *curve25519;
	const char *withheld; /* told so instead of the key; NULL: has the key */
	int64_t wedges;
};

struct shares {
	struct share *list;
	size_t len;
};

static struct shares shares_load(struct view *view, const struct outbound_session *session)
{
	struct stmt *q = view_query(view, &outbound_share_statements, Q_COUNT);
	struct shares shares = { 0 };

	stmt_bind_int(q, 1, session->id);
	shares.list = arena_array(view_arena(view), struct share, (size_t)stmt_one_int(q, 0));
	q = view_query(view, &outbound_share_statements, Q_LIST);
	stmt_bind_int(q, 1, session->id);
	while (stmt_step(q))
		shares.list[shares.len++] = (struct share){ stmt_text(q, 0), stmt_text(q, 1), stmt_text(q, 2), stmt_text(q, 3), stmt_int(q, 4) };
	return shares;
}

static void share_put(struct turn *turn, const struct outbound_session *session, const struct device *device, const char *withheld,
                      int64_t index, int64_t wedges)
{
	struct stmt *q = turn_query(turn, &outbound_share_statements, Q_PUT);

	stmt_bind_int(q, 1, session->id);
	stmt_bind_text(q, 2, device->user);
	stmt_bind_text(q, 3, device->id);
	stmt_bind_text(q, 4, device->curve25519);
	stmt_bind_text(q, 5, withheld);
	stmt_bind_int(q, 6, index);
	stmt_bind_int(q, 7, wedges);
	(void)stmt_run(q);
}

static int compare_ids(const char *user_a, const char *id_a, const char *user_b, const char *id_b)
{
	int users = strcmp(user_a, user_b);

	return users ? users : strcmp(id_a, id_b);
}

static int compare_share(const void *key, const void *element)
{
	const struct device *device = key;
	const struct share *share = element;

	return compare_ids(device->user, device->id, share->user, share->device);
}

static int compare_target(const void *key, const void *element)
{
	const struct share *share = key;
	const struct outbound_target *target = element;

	return compare_ids(share->user, share->device, target->device.user, target->device.id);
}

/* What the device was given or told, or NULL. */
static const struct share *share_find(const struct shares *shares, const struct device *device)
{
	return shares->len ? bsearch(device, shares->list, shares->len, sizeof *shares->list, compare_share) : NULL;
}

/* The key is where it belongs: the device is still there, still that one, and still to have it. */
static bool is_in_place(const struct share *share, const struct outbound_targets *targets)
{
	const struct outbound_target *target =
		targets->len ? bsearch(share, targets->list, targets->len, sizeof *targets->list, compare_target) : NULL;

	return target && target->eligible && str_equal(target->device.curve25519, share->curve25519);
}

bool outbound_share_is_astray(struct view *view, const struct outbound_session *session, const struct outbound_targets *targets)
{
	const struct shares shares = shares_load(view, session);

	for (size_t i = 0; i < shares.len; i++) {
		if (!shares.list[i].withheld && !is_in_place(&shares.list[i], targets))
			return true;
	}
	return false;
}

bool outbound_was_shared(struct view *view, const char *room, const char *session, const struct device *device, int64_t *ret_index)
{
	struct stmt *q = view_query(view, &outbound_share_statements, Q_WAS_SHARED);

	stmt_bind_text(q, 1, session);
	stmt_bind_text(q, 2, room);
	stmt_bind_text(q, 3, device->user);
	stmt_bind_text(q, 4, device->id);
	stmt_bind_text(q, 5, device->curve25519);
	if (!stmt_step(q))
		return false;
	*ret_index = stmt_int(q, 0);
	stmt_reset(q);
	return true;
}

/* Giving it. */

struct giving {
	struct crypto *crypto;
	struct turn *turn;
	const struct crypto_room *room;
	const struct outbound_session *session;
	const char *group;       /* the queue's name for its shares */
	bool lost;               /* some of them never reached the server */
	const struct cJSON *key; /* m.room_key's content; made when the first one needs it */
	int64_t index;
	struct outbound_sharing result;
};

const char *outbound_share_group(struct arena *arena, const struct outbound_session *session)
{
	return arena_printf(arena, "share/%s", session->megolm_id);
}

/* The key stands in the turn's arena alone, which wipes it. */
static void make_key(struct giving *giving)
{
	struct arena *arena = turn_arena(giving->turn);
	const char *key = outbound_session_key(giving->crypto, turn_view(giving->turn), giving->room->id, &giving->index);
	AUTO_JSON open = json_object_create();
	char *text;

	json_set_str(open, "algorithm", MEGOLM_ALGORITHM);
	json_set_str(open, "room_id", giving->room->id);
	json_set_str(open, "session_id", giving->session->megolm_id);
	json_set_bool(open, "shared_history", giving->session->shared_history);
	text = json_print(arena, open);
	text = arena_printf(arena, "%.*s,\"session_key\":\"%s\"}", (int)strlen(text) - 1, text, key);
	giving->key = json_parse_in(arena, text, strlen(text));
}

static bool give_key(struct giving *giving, const struct device *device, int64_t wedges)
{
	struct stmt *q;

	if (!giving->key)
		make_key(giving);
	if (!channel_send(giving->crypto, giving->turn, device, "m.room_key", giving->key, giving->group))
		return false;
	share_put(giving->turn, giving->session, device, NULL, giving->index, wedges);
	q = turn_query(giving->turn, &outbound_share_statements, Q_NO_OLM_FORGET);
	stmt_bind_text(q, 1, device->user);
	stmt_bind_text(q, 2, device->id);
	(void)stmt_run(q);
	return true;
}

/* In the clear: it holds nothing secret, and there may be no other way. */
static void tell_withheld(struct giving *giving, const struct device *device, const char *code, const char *reason)
{
	const char *sender_key = keyring_curve25519(turn_view(giving->turn));
	AUTO_JSON content = json_object_create();

	json_set_str(content, "algorithm", MEGOLM_ALGORITHM);
	json_set_str(content, "code", code);
	json_set_str(content, "reason", reason);
	json_set_str(content, "sender_key", sender_key);
	if (code != no_olm) {
		json_set_str(content, "room_id", giving->room->id);
		json_set_str(content, "session_id", giving->session->megolm_id);
	}
	todevice_add(giving->turn, "m.room_key.withheld", device->user, device->id, json_print(turn_arena(giving->turn), content), NULL);
}

static void tell_no_olm(struct giving *giving, const struct device *device)
{
	struct stmt *q = turn_query(giving->turn, &outbound_share_statements, Q_NO_OLM_TELL);

	giving->result.missed = true;
	stmt_bind_text(q, 1, device->user);
	stmt_bind_text(q, 2, device->id);
	if (stmt_run(q))
		tell_withheld(giving, device, no_olm, "No secure channel to this device could be made.");
}

static void give(struct giving *giving, const struct device *device, int64_t wedges)
{
	struct view *view = turn_view(giving->turn);
	enum channel_state state = channel_state(view, device);

	if (state != CHANNEL_OPEN) {
		channel_ask(giving->turn, device);
		state = channel_state(view, device);
	}
	switch (state) {
	case CHANNEL_OPEN:
		if (!give_key(giving, device, wedges))
			giving->result.missed = true;
		return;
	case CHANNEL_ASKED:
		giving->result.claiming = true;
		return;
	case CHANNEL_NONE:
	case CHANNEL_FAILED:
		tell_no_olm(giving, device);
		return;
	}
}

/* The device has the key, as far as we know: then why give it once more? */
static void give_again(struct giving *giving, const struct device *device, const struct share *share)
{
	int64_t wedges = channel_wedges(turn_view(giving->turn), device), now_ms = turn_now_ms(giving->turn);
	int64_t lost_ms = giving->lost ? todevice_lost_ms(turn_view(giving->turn), giving->group, device->user, device->id) : 0;

	/* The server did not take it. It may refuse again, so what is to be said waits for that once a while only. */
	if (lost_ms && now_ms >= lost_ms && now_ms - lost_ms < LOST_WAIT_MS)
		giving->result.missed = true;
	/* A session it began anew may be the end of one in which the key was lost (5.17). */
	else if (lost_ms || share->wedges < wedges)
		give(giving, device, wedges);
}

static void give_or_tell(struct giving *giving, const struct outbound_target *target, const struct share *share)
{
	const struct device *device = &target->device;

	if (target->eligible) {
		if (share && !share->withheld)
			give_again(giving, device, share);
		else
			give(giving, device, channel_wedges(turn_view(giving->turn), device));
		return;
	}
	if (share)
		return;
	tell_withheld(giving, device, unverified, "This device is not signed by its owner.");
	share_put(giving->turn, giving->session, device, unverified, 0, 0);
}

struct outbound_sharing outbound_share(struct crypto *crypto, struct turn *turn, const struct crypto_room *room,
                                       const struct outbound_session *session, const struct outbound_targets *targets)
{
	const char *group = outbound_share_group(turn_arena(turn), session);
	struct giving giving = {
		.crypto = crypto,
		.turn = turn,
		.room = room,
		.session = session,
		.group = group,
		.lost = todevice_has_lost(turn_view(turn), group),
	};
	const struct shares shares = shares_load(turn_view(turn), session);

	for (size_t i = 0; i < targets->len; i++)
		give_or_tell(&giving, &targets->list[i], share_find(&shares, &targets->list[i].device));
	return giving.result;
}

/* Whom it reaches. */

bool outbound_reaches(struct crypto *crypto, struct view *view, const char *user)
{
	bool suspended = is_suspended(view, user);
	size_t len;
	const struct device *devices = device_list(view, user, &len);

	for (size_t i = 0; i < len; i++) {
		if (is_eligible(outbound_audience(crypto), device_standing(view, &devices[i]), false, suspended))
			return true;
	}
	return false;
}
