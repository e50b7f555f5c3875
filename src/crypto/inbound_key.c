#include "crypto/inbound.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/curve.h"
#include "crypto/inbound_session.h"
#include "crypto/inbound_withheld.h"
#include "crypto/keyring.h"
#include "crypto/olm.h"
#include "store/inbox.h"

enum {
	KEYS_PER_HOUR_MAX = 500, /* a sender's new sessions (7.17): a bridge's bot begins one in each of its rooms */
	KEY_TEXT_BYTES_MAX = 512, /* session_key is 306 characters, exported 220 */
};

/* The members that m.room_key and a backed up session have in common. */
struct room_key {
	const char *room;
	const char *session;
	const char *text;
	bool shared_history;
};

static bool room_key_is_sound(const struct room_key *key)
{
	return ident_is_room(key->room) && inbound_session_is_id(key->session) && !str_empty(key->text) && strlen(key->text) <= KEY_TEXT_BYTES_MAX;
}

static bool is_flooding(struct turn *turn, const char *sender)
{
	return owner_count_since(turn_view(turn), sender, turn_now_ms(turn) - MS_PER_HOUR, KEYS_PER_HOUR_MAX) == KEYS_PER_HOUR_MAX;
}

/* Why the key is not taken, or NULL and the session it gives. The announced id must be the key's own (7.1). */
static const char *room_key_open(struct turn *turn, const struct message *message, const struct room_key *key,
                                 struct group_inbound **ret_group)
{
	if (!message->sealed)
		return "clear";
	if (!str_equal(json_str(message->content, "algorithm"), MEGOLM_ALGORITHM))
		return "algorithm";
	if (!room_key_is_sound(key))
		return "malformed";
	if (is_flooding(turn, message->sender))
		return "too-many";
	if (group_inbound_create(turn_arena(turn), key->text, ret_group) != GROUP_INBOUND_OK)
		return "bad-key";
	return str_equal(group_inbound_id(*ret_group), key->session) ? NULL : "other-id";
}

/* Enter a session that its owner gave us, and let go what waited for it, or for his word that it is his. */
static void keep(struct crypto *crypto, struct turn *turn, const struct inbound_copy *copy, struct owner *owner)
{
	const char *id = group_inbound_id(copy->group);
	enum inbound_kept kept;
	int64_t row;
	bool claimed;

	kept = inbound_session_keep(crypto, turn, copy, &row);
	if (kept == INBOUND_REFUSED)
		return;
	claimed = owner_add(turn, row, owner);
	(void)owner_weigh(turn, row, owner);
	inbound_forget_withheld(turn, copy->room, id, owner->user);
	if (kept == INBOUND_BETTER || claimed)
		inbox_release_key(turn, copy->room, id);
}

void inbound_take_key(struct crypto *crypto, struct turn *turn, const struct message *message)
{
	const struct room_key key = {
		.room = json_str(message->content, "room_id"),
		.session = json_str(message->content, "session_id"),
		.text = json_str(message->content, "session_key"),
		.shared_history = json_true(message->content, "shared_history"),
	};
	struct group_inbound *group;
	const char *why = room_key_open(turn, message, &key, &group);

	if (why) {
		log_warn("crypto.room_key_refused", "sender=%s why=%s", message->sender, why);
		return;
	}
	keep(crypto, turn,
	     &(struct inbound_copy){
		     .room = key.room,
		     .group = group,
		     .proven = true,
		     .shared_history = key.shared_history,
		     .curve25519 = message->curve25519,
		     .ed25519 = message->ed25519,
	     },
	     &(struct owner){ .user = message->sender, .curve25519 = message->curve25519, .ed25519 = message->ed25519 });
	/* Whose device that is will be known when his list is (5.15). */
	if (!message->device)
		devices_outdate(turn, message->sender);
}

void inbound_keep_own(struct crypto *crypto, struct turn *turn, const char *room, const char *session_key, bool shared_history)
{
	const char *curve25519 = keyring_curve25519(turn_view(turn));
	const char *ed25519 = keyring_ed25519(turn_view(turn));
	struct group_inbound *group;

	if (group_inbound_create(turn_arena(turn), session_key, &group) != GROUP_INBOUND_OK)
		die("our own session key for %s is none", room);
	keep(crypto, turn,
	     &(struct inbound_copy){
		     .room = room, .group = group, .proven = true, .shared_history = shared_history, .curve25519 = curve25519, .ed25519 = ed25519,
	     },
	     &(struct owner){
		     .user = crypto->user, .curve25519 = curve25519, .ed25519 = ed25519, .device = crypto->device, .evidence = EVIDENCE_OWN,
	     });
}

void inbound_import(struct crypto *crypto, struct turn *turn, const char *room, const char *session, const struct cJSON *data)
{
	const struct room_key key = { .room = room, .session = session, .text = json_str(data, "session_key") };
	struct inbound_copy copy = {
		.room = room,
		.shared_history = json_true(data, "shared_history"),
		.curve25519 = json_str(data, "sender_key"),
		.ed25519 = json_str(json_object(data, "sender_claimed_keys"), "ed25519"),
	};
	int64_t row;

	if (!str_equal(json_str(data, "algorithm"), MEGOLM_ALGORITHM) || !room_key_is_sound(&key) || !curve25519_is_sound(copy.curve25519) ||
	    !ed25519_is_sound(copy.ed25519) || group_inbound_import(turn_arena(turn), key.text, &copy.group) != GROUP_INBOUND_OK ||
	    !str_equal(group_inbound_id(copy.group), session)) {
		log_warn("crypto.import_refused", "room=%s", room);
		return;
	}
	if (inbound_session_keep(crypto, turn, &copy, &row) == INBOUND_BETTER)
		inbox_release_key(turn, room, session);
}

struct cJSON *inbound_export(struct crypto *crypto, struct view *view, const char *room, const char *session, int64_t index)
{
	struct inbound_session found;
	struct cJSON *data, *keys;
	const char *exported;

	if (index < 0 || index > UINT32_MAX || !inbound_session_find(crypto, view, room, session, &found) ||
	    !group_inbound_export(found.group, (uint32_t)index, &exported))
		return NULL;
	data = json_object_create();
	json_set_str(data, "algorithm", MEGOLM_ALGORITHM);
	json_set(data, "forwarding_curve25519_key_chain", json_array_create());
	json_set_str(data, "sender_key", found.curve25519);
	json_set_str(data, "session_key", exported);
	json_set_bool(data, "shared_history", found.shared_history);
	keys = json_object_create();
	json_set_str(keys, "ed25519", found.ed25519);
	json_set(data, "sender_claimed_keys", keys);
	return data;
}
