/*
 * A reader of Megolm in a house where the test says which devices there are and what they are worth: what
 * inbound.h leans on (device.h, channel.h, outbound.h, keyring.h) is played from the table below.
 */
#ifndef ROTONDE_TESTS_UNIT_CRYPTO_INBOUND_HOUSE_H
#define ROTONDE_TESTS_UNIT_CRYPTO_INBOUND_HOUSE_H

#include "base/json.h"
#include "base/str.h"
#include "crypto/backup_ask.h"
#include "crypto/inbound.h"
#include "crypto/inbound_cache.h"
#include "crypto/inbound_prune.h"
#include "crypto/inbound_request.h"
#include "crypto/inbound_withheld.h"
#include "crypto/keyring.h"
#include "crypto/olm.h"
#include "crypto/outbound.h"
#include "crypto/vault.h"
#include "store/inbox.h"
#include "unit/scratch.h"

#define ROOM   "!kruitberg:example.org"
#define FATIMA "@fatima:example.org"
#define MALLORY "@mallory:example.org"
#define BRIDGE "@whatsappbot:example.org"
#define GHOST  "@whatsapp_31600000000:example.org"

/* A device in the world, with its own Megolm session in ROOM. */
struct player {
	const char *user;
	const char *id;
	const char *curve25519;
	const char *ed25519;
	bool listed;            /* its user's server shows it */
	enum standing standing; /* when listed */
	int64_t shared_from;    /* outbound_was_shared() from this index on; negative: never */
	struct group_outbound *group;
};

enum { FATIMAS_PHONE, FATIMAS_LAPTOP, MALLORYS_PHONE, BRIDGES_DEVICE, OUR_TABLET, PLAYERS };

static struct house {
	struct scratch scratch;
	struct arena *arena; /* of what lives as long as the test */
	struct vault *vault;
	char vault_path[80];
	struct crypto crypto;
	struct player players[PLAYERS];
	const char *master;    /* everybody's, as shown now; NULL: none */
	const char *pinned;
	bool settled;          /* devices_settled() of everybody */
	int outdated;          /* calls of devices_outdate() */
	enum channel_state channel;
	int asked;             /* calls of channel_ask() */
	char *sent;            /* the content of what channel_send() got last, or NULL */
	const char *sent_to;
	int sends;
	int events;            /* how many ids were used up */
} house;

/* The house's answers for what inbound.h leans on. */

static struct player *player_find(const char *user, const char *id, const char *curve25519)
{
	for (size_t i = 0; i < PLAYERS; i++) {
		struct player *player = &house.players[i];

		if (player->listed && str_equal(player->user, user) && (!id || str_equal(player->id, id)) &&
		    (!curve25519 || str_equal(player->curve25519, curve25519)))
			return player;
	}
	return NULL;
}

static bool device_give(const struct player *player, struct device *ret_device)
{
	if (player)
		*ret_device = (struct device){ player->user, player->id, player->curve25519, player->ed25519 };
	return player;
}

bool device_find(struct view *view, const char *user, const char *id, struct device *ret_device)
{
	(void)view;
	return device_give(player_find(user, id, NULL), ret_device);
}

bool device_find_by_curve25519(struct view *view, const char *user, const char *curve25519, struct device *ret_device)
{
	(void)view;
	return device_give(player_find(user, NULL, curve25519), ret_device);
}

enum standing device_standing(struct view *view, const struct device *device)
{
	const struct player *player = player_find(device->user, device->id, NULL);

	(void)view;
	return player ? player->standing : STANDING_UNKNOWN;
}

bool devices_settled(struct view *view, const char *user)
{
	(void)view;
	(void)user;
	return house.settled;
}

void devices_track(struct turn *turn, const char *user)
{
	(void)turn;
	(void)user;
}

void devices_outdate(struct turn *turn, const char *user)
{
	(void)turn;
	(void)user;
	house.outdated++;
}

bool identity_find(struct view *view, const char *user, struct identity *ret_identity)
{
	(void)view;
	*ret_identity = (struct identity){ .user = user, .master = house.master, .pinned = house.pinned };
	return true;
}

enum channel_state channel_state(struct view *view, const struct device *device)
{
	(void)view;
	(void)device;
	return house.channel;
}

void channel_ask(struct turn *turn, const struct device *device)
{
	(void)turn;
	(void)device;
	house.asked++;
}

bool channel_send(struct crypto *crypto, struct turn *turn, const struct device *device, const char *type, const struct cJSON *content,
                  const char *group)
{
	(void)crypto;
	(void)turn;
	assert_string_equal(type, "m.forwarded_room_key");
	assert_null(group);
	house.sent = json_print(house.arena, content);
	house.sent_to = arena_dup(house.arena, device->id);
	house.sends++;
	return true;
}

bool outbound_was_shared(struct view *view, const char *room, const char *session, const struct device *device, int64_t *ret_index)
{
	const struct player *player = player_find(device->user, device->id, NULL);

	(void)view;
	(void)room;
	(void)session;
	if (!player || player->shared_from < 0)
		return false;
	*ret_index = player->shared_from;
	return true;
}

static const struct player our_keys = { .curve25519 = "our-curve25519", .ed25519 = "our-ed25519" };

const char *keyring_curve25519(struct view *view)
{
	(void)view;
	return our_keys.curve25519;
}

const char *keyring_ed25519(struct view *view)
{
	(void)view;
	return our_keys.ed25519;
}

/* Setting up. */

static const struct statements *const house_rooms[] = {
	&inbound_statements,       &inbound_prune_statements, &inbound_withheld_statements, &inbound_request_statements,
	&backup_ask_statements,    &inbox_statements,         NULL,
};

static inline void player_init(struct player *player, const char *user, const char *id)
{
	struct account *account = account_create(house.arena);

	*player = (struct player){
		.user = user,
		.id = id,
		.curve25519 = account_curve25519(account),
		.ed25519 = account_ed25519(account),
		.listed = true,
		.standing = STANDING_SIGNED,
		.shared_from = -1,
		.group = group_outbound_create(house.arena),
	};
}

static inline int house_open(void **state)
{
	const char *why;

	(void)state;
	house = (struct house){ .arena = arena_create_secret(64 * 1024 * 1024), .master = "master", .pinned = "master", .settled = true,
		                .channel = CHANNEL_OPEN };
	scratch_open(&house.scratch, house_rooms);
	snprintf(house.vault_path, sizeof house.vault_path, "%s/crypto.key", house.scratch.folder);
	assert_int_equal(vault_open(house.vault_path, &house.vault, &why), VAULT_CREATED);
	house.crypto = (struct crypto){ .vault = house.vault };
	house.crypto.user = arena_dup(house.arena, "@rotonde:example.org");
	house.crypto.device = arena_dup(house.arena, "ROTONDE");
	player_init(&house.players[FATIMAS_PHONE], FATIMA, "PHONE");
	player_init(&house.players[FATIMAS_LAPTOP], FATIMA, "LAPTOP");
	player_init(&house.players[MALLORYS_PHONE], MALLORY, "PHONE");
	player_init(&house.players[BRIDGES_DEVICE], BRIDGE, "BRIDGE");
	player_init(&house.players[OUR_TABLET], house.crypto.user, "TABLET");
	return 0;
}

static inline int house_close(void **state)
{
	(void)state;
	inbound_cache_destroy(house.crypto.inbound);
	vault_close(house.vault);
	(void)unlink(house.vault_path);
	scratch_close(&house.scratch);
	arena_destroy(house.arena);
	return 0;
}

/* What comes in by Olm. */

typedef void house_receiver(struct crypto *crypto, struct turn *turn, const struct message *message);

struct house_message {
	house_receiver *receiver;
	struct message message;
};

static void house_receive_work(struct turn *turn, void *context)
{
	struct house_message *in = context;

	in->receiver(&house.crypto, turn, &in->message);
}

/* A message from a player's device, sealed by its channel; the content is destroyed. */
static inline void house_receive(house_receiver *receiver, const struct player *from, bool sealed, struct cJSON *content)
{
	struct device device;
	struct house_message in = {
		receiver,
		{
			.content = content,
			.sender = from->user,
			.sealed = sealed,
			.curve25519 = sealed ? from->curve25519 : NULL,
			.ed25519 = sealed ? from->ed25519 : NULL,
			.device = sealed && device_give(player_find(from->user, from->id, from->curve25519), &device) ? &device : NULL,
		},
	};

	scratch_turn(&house.scratch, house_receive_work, &in);
	json_destroy(content);
}

static inline struct cJSON *room_key(const char *session, const char *key)
{
	struct cJSON *content = json_object_create();

	json_set_str(content, "algorithm", MEGOLM_ALGORITHM);
	json_set_str(content, "room_id", ROOM);
	json_set_str(content, "session_id", session);
	json_set_str(content, "session_key", key);
	return content;
}

/* `from` sends the session of `owner`, from its present index on, as his own. */
static inline void house_share(int from, int owner)
{
	struct group_outbound *group = house.players[owner].group;

	house_receive(inbound_take_key, &house.players[from], true, room_key(group_outbound_id(group), group_outbound_session_key(group)));
}

/* Events. */

static const struct crypto_relay nobody = { 0 };

/* A payload as a client writes it, encrypted with the player's session. */
static inline struct event house_encrypt_raw(int by, const char *payload)
{
	struct group_outbound *group = house.players[by].group;
	AUTO_JSON sealed = json_object_create();

	json_set_str(sealed, "algorithm", MEGOLM_ALGORITHM);
	json_set_str(sealed, "session_id", group_outbound_id(group));
	json_set_str(sealed, "ciphertext", group_outbound_encrypt(group, payload, strlen(payload)));
	return (struct event){
		.kind = EVENT_UNREADABLE,
		.id = arena_printf(house.arena, "$event%d", ++house.events),
		.room = ROOM,
		.sender = house.players[by].user,
		.sent_at_ms = SCRATCH_NOW_MS,
		.body = "",
		.sealed = json_print(house.arena, sealed),
	};
}

static inline struct event house_encrypt(int by, const char *body)
{
	return house_encrypt_raw(by, arena_printf(house.arena,
	                                          "{\"type\":\"m.room.message\",\"room_id\":\"" ROOM "\",\"content\":{\"msgtype\":\"m.text\",\"body\":\"%s\"}}", body));
}

/* What came of opening an event; strings live as long as the test. */
struct opened {
	enum crypto_verdict verdict;
	struct crypto_plain plain;
	const char *session;
	const char *why;
};

struct house_opening {
	const struct event *event;
	const struct crypto_relay *relay;
	bool last_try;
	struct opened opened;
};

static void house_open_work(struct turn *turn, void *context)
{
	struct house_opening *opening = context;
	struct opened *opened = &opening->opened;

	opened->verdict = inbound_open(&house.crypto, turn, opening->event, opening->relay, opening->last_try, &opened->plain, &opened->session, &opened->why);
	opened->plain.type = arena_dup(house.arena, opened->plain.type);
	opened->plain.content = arena_dup(house.arena, opened->plain.content);
	opened->session = arena_dup(house.arena, opened->session);
	opened->why = arena_dup(house.arena, opened->why);
}

static inline struct opened house_read_as(const struct event *event, const struct crypto_relay *relay, bool last_try)
{
	struct house_opening opening = { .event = event, .relay = relay, .last_try = last_try };

	scratch_turn(&house.scratch, house_open_work, &opening);
	return opening.opened;
}

static inline struct opened house_read(const struct event *event)
{
	return house_read_as(event, &nobody, false);
}

#define assert_opened(what, trusted, doubted)                       \
	do {                                                          \
		struct opened opened_ = (what);                     \
		assert_string_equal(opened_.why, "");                 \
		assert_int_equal(opened_.verdict, CRYPTO_OPENED);     \
		assert_int_equal(opened_.plain.trust, (trusted));     \
		assert_int_equal(opened_.plain.doubt, (doubted));     \
	} while (0)

#define assert_unopened(what, wanted, reason)                       \
	do {                                                          \
		struct opened opened_ = (what);                     \
		assert_string_equal(opened_.why, (reason));           \
		assert_int_equal(opened_.verdict, (wanted));          \
	} while (0)

#endif
