#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/log.h"
#include "base/sha256.h"
#include "base/str.h"
#include "crypto/base64.h"
#include "crypto/channel_internal.h"
#include "crypto/channel_session.h"
#include "crypto/curve.h"
#include "crypto/inbound.h"
#include "crypto/keyring.h"
#include "crypto/olm.h"
#include "crypto/olm_payload.h"
#include "crypto/verification.h"

enum {
	CONTENT_BYTES_MAX = 64 * 1024, /* Synapse carries no more */
	NEW_SESSIONS_MAX = 100,        /* of one user in an hour: beyond that it is no chat */
	HOUR_MS = 60 * 60 * 1000,
};
#define HEARD_KEPT_MS (INT64_C(60) * 24 * HOUR_MS)

enum { Q_WAS_HEARD, Q_HEAR, Q_FORGET, Q_MAX };

static const char *const sql[] = {
	[Q_WAS_HEARD] = "SELECT 1 FROM channel_heard WHERE peer = ?1 AND sum = ?2",
	[Q_HEAR] = "INSERT INTO channel_heard (peer, sum, heard_at_ms) VALUES (?1, ?2, ?3)",
	[Q_FORGET] = "DELETE FROM channel_heard WHERE heard_at_ms < ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements channel_in_statements = { "crypto/channel_in", sql, Q_MAX };

/*
 * Who hears what. What proves nothing in the clear must come sealed (MATRIX.md 5.14), and the device that sealed
 * it must stand at least so high: one its owner did not sign is heard only where trust is decided later (5.15,
 * 8.5). From any other type nothing follows: an m.dummy did its work by being opened, nobody gets secrets of
 * ours, and we ask nobody for theirs.
 */
static const struct receiver {
	const char *type;
	bool in_clear;
	enum standing least;
	void (*take)(struct crypto *crypto, struct turn *turn, const struct message *message);
} receivers[] = {
	{ "m.room_key", false, STANDING_UNKNOWN, inbound_take_key },
	{ "m.forwarded_room_key", false, STANDING_SIGNED, inbound_take_forwarded },
	{ "m.room_key_request", true, STANDING_UNSIGNED, inbound_take_request },
	{ "m.room_key.withheld", true, STANDING_UNSIGNED, inbound_take_withheld },
	{ "org.matrix.room_key.withheld", true, STANDING_UNSIGNED, inbound_take_withheld },
	{ "m.key.verification.request", true, STANDING_UNKNOWN, verification_take },
	{ "m.key.verification.ready", true, STANDING_UNKNOWN, verification_take },
	{ "m.key.verification.start", true, STANDING_UNKNOWN, verification_take },
	{ "m.key.verification.accept", true, STANDING_UNKNOWN, verification_take },
	{ "m.key.verification.key", true, STANDING_UNKNOWN, verification_take },
	{ "m.key.verification.mac", true, STANDING_UNKNOWN, verification_take },
	{ "m.key.verification.done", true, STANDING_UNKNOWN, verification_take },
	{ "m.key.verification.cancel", true, STANDING_UNKNOWN, verification_take },
};

/* Nothing wrong with it: there is nobody to hear it. */
static const char for_nobody[] = "for-nobody";

/* Why a message goes no further; NULL: it does. */
static const char *hand_over(struct crypto *crypto, struct turn *turn, const struct message *message)
{
	enum standing standing = message->device ? device_standing(turn_view(turn), message->device) : STANDING_UNKNOWN;

	for (size_t i = 0; i < ARRAY_LEN(receivers); i++) {
		const struct receiver *receiver = &receivers[i];

		if (!str_equal(receiver->type, message->type))
			continue;
		if (!message->sealed && !receiver->in_clear)
			return "in-clear";
		if (message->sealed && standing < receiver->least)
			return "standing";
		receiver->take(crypto, turn, message);
		return NULL;
	}
	return for_nobody;
}

/* What an Olm event carries for us. */
struct sealed {
	const char *sender;
	const char *peer; /* sender_key, sound and not our own */
	struct pair_message message;
	struct sha256_sum sum; /* of the message's bytes: many texts would decode to the same */
};

/* Why it is none; NULL: it is. */
static const char *sealed_parse(struct turn *turn, const struct to_device *event, const struct cJSON *content, struct sealed *ret_sealed)
{
	const char *own = keyring_curve25519(turn_view(turn));
	const struct cJSON *ours = json_object(json_object(content, "ciphertext"), own);
	struct sealed sealed = { .sender = event->sender, .peer = json_str(content, "sender_key") };
	unsigned char *bytes;
	int64_t type;
	size_t len;

	/* Only Olm tells who seals for whom: a room's session proves nothing here (MATRIX.md 5.14). */
	if (!str_equal(json_str(content, "algorithm"), OLM_ALGORITHM))
		return "algorithm";
	if (!curve25519_is_sound(sealed.peer) || str_equal(sealed.peer, own))
		return "sender-key";
	if (!ours)
		return "not-for-us";
	if (!json_int(ours, "type", &type) || (type != PAIR_MESSAGE_PRE_KEY && type != PAIR_MESSAGE_NORMAL))
		return "message-type";
	sealed.message = (struct pair_message){ (enum pair_message_type)type, json_str(ours, "body") };
	if (!sealed.message.body || !base64_decode(turn_arena(turn), BASE64_UNPADDED, sealed.message.body, &bytes, &len))
		return "message-body";
	sealed.sum = sha256_of(bytes, len);
	*ret_sealed = sealed;
	return NULL;
}

/* A message heard before looks to the library just like a broken session, and is none (MATRIX.md 5.13). */
static bool was_heard(struct view *view, const struct sealed *sealed)
{
	struct stmt *q = view_query(view, &channel_in_statements, Q_WAS_HEARD);

	stmt_bind_text(q, 1, sealed->peer);
	stmt_bind_blob(q, 2, sealed->sum.bytes, sizeof sealed->sum.bytes);
	return stmt_one_int(q, 0) != 0;
}

/* One heard so long ago that it is forgotten could at worst cost a session begun anew. */
static void remember_heard(struct turn *turn, const struct sealed *sealed)
{
	struct stmt *q = turn_query(turn, &channel_in_statements, Q_HEAR);

	stmt_bind_text(q, 1, sealed->peer);
	stmt_bind_blob(q, 2, sealed->sum.bytes, sizeof sealed->sum.bytes);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	(void)stmt_run(q);
	q = turn_query(turn, &channel_in_statements, Q_FORGET);
	stmt_bind_int(q, 1, turn_now_ms(turn) - HEARD_KEPT_MS);
	(void)stmt_run(q);
}

enum opening { OPENING_DONE, OPENING_WEDGED, OPENING_NO_SESSION };

/* By the sessions we have. A pre-key message belongs to the one it began, or to none (MATRIX.md 5.10). */
static enum opening open_by_known(struct crypto *crypto, struct turn *turn, const struct sealed *sealed, struct plaintext *ret_plaintext)
{
	bool begins = sealed->message.type == PAIR_MESSAGE_PRE_KEY;
	size_t len;
	const struct channel_session *rows = channel_sessions(turn_view(turn), sealed->peer, &len);

	for (size_t i = 0; i < len; i++) {
		struct pair_session *pair = channel_session_open(crypto, turn_view(turn), &rows[i]);

		if (begins && !pair_session_matches(pair, sealed->peer, sealed->message.body))
			continue;
		if (pair_session_decrypt(pair, &sealed->message, ret_plaintext) == PAIR_OK) {
			channel_session_store_heard(crypto, turn, &rows[i], pair);
			return OPENING_DONE;
		}
		if (begins)
			return OPENING_WEDGED;
	}
	return begins ? OPENING_NO_SESSION : OPENING_WEDGED;
}

/* A new session. Only a message that opens costs us the one-time key it names (MATRIX.md 5.10). */
static enum opening open_by_new(struct crypto *crypto, struct turn *turn, const struct sealed *sealed, struct plaintext *ret_plaintext)
{
	struct view *view = turn_view(turn);
	struct pair_session *pair;
	struct account *account;

	if (channel_session_count_inbound(view, sealed->sender, turn_now_ms(turn) - HOUR_MS) >= NEW_SESSIONS_MAX) {
		log_warn("crypto.sessions_flood", "limit=%d", NEW_SESSIONS_MAX);
		return OPENING_NO_SESSION;
	}
	account = keyring_load(crypto, view);
	if (pair_session_create_inbound(turn_arena(turn), account, sealed->peer, sealed->message.body, &pair) != PAIR_OK ||
	    pair_session_decrypt(pair, &sealed->message, ret_plaintext) != PAIR_OK)
		return OPENING_WEDGED;
	channel_session_add(crypto, turn, sealed->sender, sealed->peer, pair, true);
	if (account_remove_one_time_key(account, pair))
		keyring_store(crypto, turn, account);
	return OPENING_DONE;
}

/* Do the words inside name the two of us (MATRIX.md 5.12)? *ret_device: the sender's, when it is known, else NULL. */
static bool is_vouched_for(struct crypto *crypto, struct turn *turn, const struct sealed *sealed, const struct olm_payload *payload,
                           const struct device **ret_device)
{
	struct view *view = turn_view(turn);
	struct device *device = arena_new(turn_arena(turn), struct device);

	if (!str_equal(payload->sender, sealed->sender) || !str_equal(payload->recipient, crypto->user))
		return false;
	if (!str_equal(payload->recipient_ed25519, keyring_ed25519(view)))
		return false;
	if (payload->sender_device_keys &&
	    !device_take_claimed(crypto, turn, payload->sender_device_keys, sealed->sender, sealed->peer, payload->sender_ed25519))
		return false;
	if (!device_find_by_curve25519(view, sealed->sender, sealed->peer, device)) {
		*ret_device = NULL;
		return true;
	}
	*ret_device = device;
	return str_equal(device->ed25519, payload->sender_ed25519);
}

/* What was opened. The ratchet has moved on whatever comes of it. */
static const char *take_plaintext(struct crypto *crypto, struct turn *turn, const struct sealed *sealed, struct plaintext plaintext)
{
	const struct device *device;
	struct olm_payload payload;

	if (!olm_payload_parse(turn_arena(turn), plaintext.bytes, plaintext.len, &payload))
		return "payload";
	if (!is_vouched_for(crypto, turn, sealed, &payload, &device))
		return "not-vouched-for";
	/* Perhaps it is new; what it sends now is judged again when it is known. */
	if (!device)
		devices_outdate(turn, sealed->sender);
	return hand_over(crypto, turn, &(struct message){
		.type = payload.type,
		.content = payload.content,
		.sender = sealed->sender,
		.sealed = true,
		.curve25519 = sealed->peer,
		.ed25519 = payload.sender_ed25519,
		.device = device,
	});
}

static const char *take_sealed(struct crypto *crypto, struct turn *turn, const struct to_device *event, const struct cJSON *content)
{
	struct plaintext plaintext;
	enum opening opening;
	struct sealed sealed;
	const char *why = sealed_parse(turn, event, content, &sealed);

	if (why)
		return why;
	if (was_heard(turn_view(turn), &sealed))
		return "heard-before";
	opening = open_by_known(crypto, turn, &sealed, &plaintext);
	if (opening == OPENING_NO_SESSION)
		opening = open_by_new(crypto, turn, &sealed, &plaintext);
	switch (opening) {
	case OPENING_NO_SESSION:
		return "flood";
	case OPENING_WEDGED:
		channel_unwedge(turn, sealed.sender, sealed.peer);
		return "unreadable";
	case OPENING_DONE:
		break;
	}
	remember_heard(turn, &sealed);
	return take_plaintext(crypto, turn, &sealed, plaintext);
}

const char *channel_receive(struct crypto *crypto, struct turn *turn, const struct to_device *event)
{
	size_t len = strlen(event->content);
	const struct cJSON *content = len <= CONTENT_BYTES_MAX ? json_parse_in(turn_arena(turn), event->content, len) : NULL;

	if (!json_is_object(content))
		return "content";
	if (str_equal(event->type, "m.room.encrypted"))
		return take_sealed(crypto, turn, event, content);
	return hand_over(crypto, turn, &(struct message){ .type = event->type, .content = content, .sender = event->sender });
}

void channel_take(struct crypto *crypto, struct turn *turn, const struct to_device *event)
{
	/* A hundred of them come in one batch, and each may unfold to megabytes. */
	struct arena_mark mark = arena_mark(turn_arena(turn));
	const char *why = channel_receive(crypto, turn, event);

	if (why == for_nobody)
		log_debug("crypto.todevice_unheard", "type=\"%s\"", event->type);
	else if (why)
		log_info("crypto.todevice_dropped", "type=\"%s\" why=%s", event->type, why);
	arena_rewind(turn_arena(turn), mark);
}
