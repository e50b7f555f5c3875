#include "crypto/inbound.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "crypto/inbound_cache.h"
#include "crypto/backup_ask.h"
#include "crypto/inbound_payload.h"
#include "crypto/inbound_session.h"
#include "crypto/inbound_withheld.h"

/* A federated event has no more, all of it (3.12). */
enum { CIPHERTEXT_BYTES_MAX = 65536 };

/* One event on its way through the checks; each says why it goes no further. */
struct opening {
	struct crypto *crypto;
	struct turn *turn;
	const struct event *event;
	const struct crypto_relay *relay;
	bool last_try;
	const struct cJSON *sealed; /* the event's content */
	const char *session_id;
	struct inbound_cached *session;
	struct payload payload;
	uint32_t index;
	struct owner owner;   /* unless judged */
	bool judged;          /* this turn found its owner trustworthy before */
	enum trust most;      /* what this owner's word can be worth here */
	const char *wait_for; /* CRYPTO_LATER: the session, or NULL for the sender's devices */
	const char *why;
};

static enum crypto_verdict refuse(struct opening *o, const char *why)
{
	o->why = why;
	return CRYPTO_REFUSED;
}

static enum crypto_verdict wait_for_session(struct opening *o, const char *why)
{
	o->wait_for = o->session_id;
	o->why = why;
	return CRYPTO_LATER;
}

/* We have no key, or one that begins later: the backup may have it (7.13, 7.14). */
static enum crypto_verdict wait_for_key(struct opening *o, const char *why)
{
	backup_ask(o->turn, o->event->room, o->session_id);
	return wait_for_session(o, why);
}

/* What the event says of itself: sender_key and device_id are nobody's word and are not looked at (7.1). */
static enum crypto_verdict read_sealed(struct opening *o, const char **ret_body)
{
	o->sealed = json_parse_in(turn_arena(o->turn), o->event->sealed, strlen(o->event->sealed));
	if (!str_equal(json_str(o->sealed, "algorithm"), MEGOLM_ALGORITHM))
		return refuse(o, "algorithm");
	*ret_body = json_str(o->sealed, "ciphertext");
	o->session_id = json_str(o->sealed, "session_id");
	if (str_empty(*ret_body) || strlen(*ret_body) > CIPHERTEXT_BYTES_MAX || !inbound_session_is_id(o->session_id))
		return refuse(o, "malformed");
	return CRYPTO_OPENED;
}

static enum crypto_verdict decrypt(struct opening *o, const char *body)
{
	struct plaintext plaintext;

	o->session = inbound_session_open(o->crypto, o->turn, o->event->room, o->session_id);
	if (!o->session)
		return wait_for_key(o, inbound_why_withheld(turn_view(o->turn), o->event->room, o->session_id, o->event->sender));
	switch (inbound_session_decrypt(o->crypto, o->turn, o->session, body, &plaintext, &o->index)) {
	case GROUP_INBOUND_OK:
		break;
	case GROUP_INBOUND_BAD_FORMAT:
		return refuse(o, "broken");
	case GROUP_INBOUND_BAD_SIGNATURE:
		return refuse(o, "bad-signature");
	case GROUP_INBOUND_UNKNOWN_INDEX:
		return wait_for_key(o, "early-index");
	case GROUP_INBOUND_BAD_MAC:
		/* The session signed it: so it is our copy that may be nonsense, while nothing proves it. */
		return o->session->proven || o->last_try ? refuse(o, "bad-mac") : wait_for_session(o, "bad-mac");
	}
	if (!payload_parse(turn_arena(o->turn), plaintext.bytes, plaintext.len, o->sealed, &o->payload))
		return refuse(o, "payload");
	if (!str_equal(o->payload.room, o->event->room))
		return refuse(o, "other-room");
	return CRYPTO_OPENED;
}

static bool is_judged(struct opening *o, const char *user)
{
	o->judged = o->session->judged_in == turn_serial(o->turn) && str_equal(o->session->judged_user, user);
	return o->judged;
}

static void set_judged(struct opening *o)
{
	if (o->judged || strlen(o->owner.user) >= sizeof o->session->judged_user)
		return;
	o->session->judged_in = turn_serial(o->turn);
	(void)snprintf(o->session->judged_user, sizeof o->session->judged_user, "%s", o->owner.user);
}

/*
 * Whose session is it? The sender's, or, where a bridge may speak for its ghosts, the bridge's bot's (9.3). A real
 * user's id on a bridge's session is anybody's who holds the bridge (9.4). Hearsay without an owner is readable.
 */
static enum crypto_verdict attribute(struct opening *o, bool *ret_owned)
{
	struct view *view = turn_view(o->turn);
	const struct crypto_relay *relay = o->relay;

	*ret_owned = true;
	o->most = relay->sender_is_ghost ? TRUST_BRIDGE : TRUST_DIRECT;
	if (is_judged(o, o->event->sender) || owner_find(view, o->session->row, o->event->sender, &o->owner))
		return CRYPTO_OPENED;
	if (relay->bot && relay->sender_is_ghost && (is_judged(o, relay->bot) || owner_find(view, o->session->row, relay->bot, &o->owner)))
		return CRYPTO_OPENED;
	*ret_owned = false;
	if (!o->session->proven)
		return CRYPTO_OPENED;
	if (relay->bot && owner_find(view, o->session->row, relay->bot, &o->owner))
		return refuse(o, "puppet");
	/* The sender's own claim may still be on its way, behind somebody else's who was faster. */
	return o->last_try ? refuse(o, "other-sender") : wait_for_session(o, "other-sender");
}

/* Not signed so far as we know: is it worth to ask once, and to wait for the answer (8.5)? */
static bool may_rise(struct opening *o)
{
	if (o->last_try)
		return false;
	if (!o->owner.asked) {
		owner_set_asked(o->turn, o->session->row, &o->owner);
		devices_track(o->turn, o->owner.user);
		devices_outdate(o->turn, o->owner.user);
		return true;
	}
	return !devices_settled(turn_view(o->turn), o->owner.user);
}

static enum crypto_verdict judge(struct opening *o, enum trust *ret_trust, enum doubt *ret_doubt)
{
	enum standing standing = o->judged ? STANDING_SIGNED : owner_weigh(o->turn, o->session->row, &o->owner);

	*ret_trust = TRUST_NONE;
	switch (standing) {
	case STANDING_SIGNED:
	case STANDING_VERIFIED:
		set_judged(o);
		*ret_trust = o->most;
		*ret_doubt = DOUBT_NONE;
		return CRYPTO_OPENED;
	case STANDING_CHANGED:
		/* A person's words then prove as much as in a room without encryption; a bridge's prove nothing (6.9). */
		*ret_trust = o->most == TRUST_DIRECT ? TRUST_PLAIN : TRUST_NONE;
		*ret_doubt = DOUBT_IDENTITY;
		return CRYPTO_OPENED;
	case STANDING_UNSIGNED:
		*ret_doubt = DOUBT_UNSIGNED;
		break;
	case STANDING_UNKNOWN:
		*ret_doubt = DOUBT_UNKNOWN;
		break;
	}
	if (!may_rise(o))
		return CRYPTO_OPENED;
	o->why = "device";
	return CRYPTO_LATER;
}

static enum crypto_verdict open_event(struct opening *o, struct crypto_plain *ret_plain)
{
	enum trust trust = TRUST_NONE;
	enum doubt doubt = DOUBT_UNPROVEN;
	enum crypto_verdict verdict;
	const char *body;
	bool owned;

	if ((verdict = read_sealed(o, &body)) != CRYPTO_OPENED || (verdict = decrypt(o, body)) != CRYPTO_OPENED ||
	    (verdict = attribute(o, &owned)) != CRYPTO_OPENED)
		return verdict;
	/* After attribution, so that nobody can use up an index under another's name. */
	if (!inbound_session_mark_seen(o->turn, o->session->row, o->index, o->event))
		return refuse(o, "replay");
	if (owned && (verdict = judge(o, &trust, &doubt)) != CRYPTO_OPENED)
		return verdict;
	*ret_plain = (struct crypto_plain){ .type = o->payload.type, .content = o->payload.content, .trust = trust, .doubt = doubt };
	return CRYPTO_OPENED;
}

enum crypto_verdict inbound_open(struct crypto *crypto, struct turn *turn, const struct event *event, const struct crypto_relay *relay,
                                 bool last_try, struct crypto_plain *ret_plain, const char **ret_session, const char **ret_why)
{
	struct opening o = { .crypto = crypto, .turn = turn, .event = event, .relay = relay, .last_try = last_try, .why = "" };
	enum crypto_verdict verdict = open_event(&o, ret_plain);

	*ret_session = o.wait_for;
	*ret_why = o.why;
	return verdict;
}
