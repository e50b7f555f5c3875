#include "crypto/outbound.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "crypto/device.h"
#include "crypto/generation.h"
#include "crypto/identity.h"
#include "crypto/keyring.h"
#include "crypto/outbound_session.h"
#include "crypto/outbound_share.h"
#include "crypto/room.h"
#include "crypto/todevice.h"
#include "store/incident.h"

enum {
	WAIT_MS = 10 * 1000,       /* for devices, and again for their keys: then go on without (6.2, 5.7) */
	WAIT_STALE_MS = 60 * 1000, /* nobody came back to that wait: the next one is another */
	RECHECK_MS = 60 * 1000,    /* who was missed is tried again with the first message after that */
};

enum { Q_WAIT_FIND, Q_WAIT_PUT, Q_WAIT_DROP, Q_NEXT_MS, Q_MAX };

static const char *const sql[] = {
	[Q_WAIT_FIND] = "SELECT until_ms FROM outbound_wait WHERE room = ?1 AND stage = ?2",
	[Q_WAIT_PUT] = "INSERT INTO outbound_wait (room, stage, until_ms) VALUES (?1, ?2, ?3) ON CONFLICT (room, stage) DO UPDATE SET until_ms = ?3",
	[Q_WAIT_DROP] = "DELETE FROM outbound_wait WHERE room = ?1",
	[Q_NEXT_MS] = "SELECT min(until_ms) FROM outbound_wait WHERE until_ms > ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements outbound_statements = { "crypto/outbound", sql, Q_MAX };

/* Waiting. */

static int64_t wait_find(struct view *view, const char *room, const char *stage)
{
	struct stmt *q = view_query(view, &outbound_statements, Q_WAIT_FIND);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, stage);
	return stmt_one_int(q, INT64_MIN);
}

/* Is it still worth waiting? The first question begins the wait. */
static bool wait_goes_on(struct turn *turn, const char *room, const char *stage)
{
	int64_t now = turn_now_ms(turn), until = wait_find(turn_view(turn), room, stage);
	struct stmt *q;

	if (until >= now - WAIT_STALE_MS && until <= now + WAIT_MS)
		return now < until;
	q = turn_query(turn, &outbound_statements, Q_WAIT_PUT);
	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, stage);
	stmt_bind_int(q, 3, now + WAIT_MS);
	(void)stmt_run(q);
	return true;
}

static void wait_end(struct turn *turn, const char *room)
{
	struct stmt *q = turn_query(turn, &outbound_statements, Q_WAIT_DROP);

	stmt_bind_text(q, 1, room);
	(void)stmt_run(q);
}

int64_t outbound_next_ms(struct view *view)
{
	struct stmt *q = view_query(view, &outbound_statements, Q_NEXT_MS);

	stmt_bind_int(q, 1, view_now_ms(view));
	return stmt_one_int(q, INT64_MAX);
}

/* Preparing. */

static enum crypto_ready answer(enum crypto_ready ready, const char *why, const char **ret_why)
{
	*ret_why = why;
	return ready;
}

/* Do we know how to speak there, and may we? */
static enum crypto_ready prepare_room(struct crypto *crypto, struct turn *turn, const char *id, struct crypto_room *ret_room, const char **ret_why)
{
	struct view *view = turn_view(turn);

	if (keyring_is_burnt(view))
		return answer(CRYPTO_NEVER, "old-copy", ret_why);
	if (!crypto->share_with_all && !identity_is_good(view))
		return answer(identity_is_under_way(view) ? CRYPTO_WAIT : CRYPTO_NEVER, identity_why(view), ret_why);
	if (!crypto_room_find(view, id, ret_room)) {
		crypto_room_need(turn, id);
		return answer(CRYPTO_WAIT, "settings", ret_why);
	}
	if (ret_room->bare)
		return answer(CRYPTO_NEVER, "encryption-gone", ret_why);
	if (ret_room->algorithm && !str_equal(ret_room->algorithm, MEGOLM_ALGORITHM))
		return answer(CRYPTO_NEVER, "algorithm", ret_why);
	if (!ret_room->settings_known)
		return answer(CRYPTO_WAIT, "settings", ret_why);
	if (!ret_room->members_known)
		return answer(CRYPTO_WAIT, "members", ret_why);
	return answer(CRYPTO_READY, "", ret_why);
}

static void begin_anew(struct crypto *crypto, struct turn *turn, const struct crypto_room *room, enum outbound_audience audience,
                       struct outbound_session *ret_session)
{
	crypto->stirs++;
	outbound_session_end(turn, room->id);
	outbound_session_create(crypto, turn, room, audience, ret_session);
}

/* The session for the next message. */
static void open_session(struct crypto *crypto, struct turn *turn, const struct crypto_room *room, enum outbound_audience audience,
                         struct outbound_session *ret_session)
{
	if (!outbound_session_find(turn_view(turn), room->id, ret_session) ||
	    outbound_session_is_over(ret_session, room, audience, turn_now_ms(turn)))
		begin_anew(crypto, turn, room, audience, ret_session);
}

/* Have all who are to get the session get it. */
static enum crypto_ready prepare_shares(struct crypto *crypto, struct turn *turn, const struct crypto_room *room, struct outbound_session *session,
                                        const char **ret_why)
{
	struct outbound_targets targets = outbound_targets_reckon(crypto, turn, room, session->audience);
	struct outbound_sharing sharing;
	bool all;

	if (!targets.settled && wait_goes_on(turn, room->id, "devices"))
		return answer(CRYPTO_WAIT, "devices", ret_why);
	if (outbound_share_is_astray(turn_view(turn), session, &targets))
		begin_anew(crypto, turn, room, session->audience, session);
	sharing = outbound_share(crypto, turn, room, session, &targets);
	if (sharing.claiming && wait_goes_on(turn, room->id, "claims"))
		return answer(CRYPTO_WAIT, "claims", ret_why);
	if (todevice_pending(turn_view(turn), outbound_share_group(turn_arena(turn), session)))
		return answer(CRYPTO_WAIT, "shares", ret_why);
	wait_end(turn, room->id);
	all = targets.settled && !sharing.claiming && !sharing.missed;
	outbound_session_settle(turn, session, generation_now(turn_view(turn)), all ? INT64_MAX : turn_now_ms(turn) + RECHECK_MS);
	return answer(CRYPTO_READY, "", ret_why);
}

enum crypto_ready outbound_prepare(struct crypto *crypto, struct turn *turn, const char *room_id, enum outbound_audience audience,
                                   const char **ret_why)
{
	struct crypto_room room;
	struct outbound_session session;
	enum crypto_ready ready = prepare_room(crypto, turn, room_id, &room, ret_why);

	if (ready != CRYPTO_READY) {
		crypto->stirs++;
		return ready;
	}
	open_session(crypto, turn, &room, audience, &session);
	if (session.generation == generation_now(turn_view(turn)) && turn_now_ms(turn) < session.recheck_at_ms)
		return answer(CRYPTO_READY, "", ret_why);
	crypto->stirs++;
	return prepare_shares(crypto, turn, &room, &session, ret_why);
}

void outbound_discard(struct turn *turn, const char *room)
{
	outbound_session_end(turn, room);
	wait_end(turn, room);
}

/* Encrypting. */

/* The content without what goes beside the ciphertext in the clear, which is *ret_relation, or NULL (MATRIX.md 3.10). */
static const char *split_content(struct arena *arena, const char *content, const struct cJSON **ret_relation)
{
	const struct cJSON *json = json_parse_in(arena, content, strlen(content));
	AUTO_JSON rest = json_object_create();

	*ret_relation = json_get(json, "m.relates_to");
	if (!*ret_relation)
		return content;
	for JSON_EACH (item, json) {
		if (item != *ret_relation)
			json_set(rest, json_key(item), json_copy(item));
	}
	return json_print(arena, rest);
}

static const char *payload_format(struct arena *arena, const char *room, const char *type, const char *content)
{
	AUTO_JSON head = json_object_create();
	const char *text;

	json_set_str(head, "room_id", room);
	json_set_str(head, "type", type);
	text = json_print(arena, head);
	return arena_printf(arena, "%.*s,\"content\":%s}", (int)strlen(text) - 1, text, content);
}

char *outbound_encrypt(struct crypto *crypto, struct turn *turn, const char *room, const char *type, const char *content)
{
	struct arena *arena = turn_arena(turn);
	const struct cJSON *relation;
	const char *inner = split_content(arena, content, &relation);
	const char *session;
	const char *ciphertext = outbound_session_encrypt(crypto, turn, room, payload_format(arena, room, type, inner), &session);
	const char *sender_key = keyring_curve25519(turn_view(turn));
	AUTO_JSON wire = json_object_create();

	json_set_str(wire, "algorithm", MEGOLM_ALGORITHM);
	json_set_str(wire, "ciphertext", ciphertext);
	json_set_str(wire, "device_id", crypto->device);
	json_set_str(wire, "sender_key", sender_key);
	json_set_str(wire, "session_id", session);
	if (relation)
		json_set(wire, "m.relates_to", json_copy(relation));
	return json_print(arena, wire);
}

/* Bridges. */

bool outbound_bridge_is_deaf(struct crypto *crypto, struct turn *turn, const char *room, const char *bot)
{
	struct view *view = turn_view(turn);

	devices_track(turn, bot);
	if (!devices_settled(view, bot))
		return false;
	if (outbound_reaches(crypto, view, bot)) {
		if (incident_is_open(view, "bridge.unsigned", room))
			incident_clear(turn, "bridge.unsigned", room);
		return false;
	}
	if (!incident_is_open(view, "bridge.unsigned", room)) {
		(void)incident_raise(turn, "bridge.unsigned", room,
		                     arena_printf(turn_arena(turn), "The bridge's bot %s has no device that may get our keys, so what is said here"
		                                  " does not reach WhatsApp: set encryption.self_sign in the bridge's config.", bot));
	}
	return true;
}
