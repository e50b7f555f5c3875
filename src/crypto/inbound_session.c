#include "crypto/inbound_session.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/base64.h"
#include "crypto/curve.h"
#include "crypto/inbound.h"
#include "crypto/inbound_cache.h"
#include "crypto/inbound_prune.h"
#include "crypto/vault.h"

enum {
	Q_FIND,
	Q_ADD,
	Q_UPDATE,
	Q_SEEN,
	Q_OWNERS,
	Q_OWNER_ADD,
	Q_OWNER_COUNT,
	Q_OWNER_RAISE,
	Q_OWNER_ASKED,
	Q_MAX
};

static const char *const sql[] = {
	[Q_FIND] = "SELECT id, sealed, proven, shared_history, curve25519, ed25519 FROM inbound_session WHERE room = ?1 AND session = ?2",
	[Q_ADD] = "INSERT INTO inbound_session (room, session, sealed, first_index, proven, shared_history, curve25519, ed25519, came_at_ms)"
	          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
	[Q_UPDATE] = "UPDATE inbound_session SET sealed = ?2, first_index = ?3, proven = ?4, shared_history = ?5, curve25519 = ?6, ed25519 = ?7,"
	             " backed_up = 0 WHERE id = ?1",
	/* The same event may come twice, so a conflict with itself counts as one row changed. */
	[Q_SEEN] = "INSERT INTO inbound_seen (session, message_index, sender, event, sent_at_ms) VALUES (?1, ?2, ?3, ?4, ?5)"
	           " ON CONFLICT DO UPDATE SET event = event WHERE event = excluded.event AND sent_at_ms = excluded.sent_at_ms",
	[Q_OWNERS] = "SELECT user, curve25519, ed25519, device, master, evidence, asked FROM inbound_owner WHERE session = ?1 AND user = ?2"
	             " ORDER BY curve25519",
	[Q_OWNER_ADD] = "INSERT INTO inbound_owner (session, user, curve25519, ed25519, device, evidence, came_at_ms)"
	                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
	[Q_OWNER_COUNT] = "SELECT count(*) FROM (SELECT 1 FROM inbound_owner WHERE user = ?1 AND came_at_ms > ?2 LIMIT ?3)",
	[Q_OWNER_RAISE] = "UPDATE inbound_owner SET device = ?4, master = ?5, evidence = ?6 WHERE session = ?1 AND user = ?2 AND curve25519 = ?3",
	[Q_OWNER_ASKED] = "UPDATE inbound_owner SET asked = 1 WHERE session = ?1 AND user = ?2 AND curve25519 = ?3",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements inbound_statements = { "crypto/inbound", sql, Q_MAX };

static const char *const evidence_words[] = {
	[EVIDENCE_CHANNEL] = "channel",
	[EVIDENCE_DEVICE] = "device",
	[EVIDENCE_SIGNED] = "signed",
	[EVIDENCE_OWN] = "own",
};

bool inbound_session_is_id(const char *text)
{
	unsigned char key[CURVE_KEY_BYTES];

	return base64_decode_exact(BASE64_UNPADDED, text, key, sizeof key);
}

/* Sealed for this row: neither room nor session ids hold a space. */
static const char *vault_row(struct arena *arena, const char *room, const char *session)
{
	return arena_printf(arena, "%s %s", room, session);
}

/* The session in `into`, what is needed on the way in `arena`. */
static struct group_inbound *unseal(struct crypto *crypto, struct arena *arena, const char *row, const void *sealed, size_t sealed_len,
                                    struct arena *into)
{
	struct group_inbound *group;
	void *pickle;
	size_t len;

	if (!vault_unseal(crypto->vault, arena, "inbound_session", row, sealed, sealed_len, &pickle, &len) ||
	    !group_inbound_unpickle(into, vault_pickle_key(crypto->vault), pickle, &group))
		die("inbound session %s was not sealed by us", row);
	return group;
}

static void bind_sealed(struct stmt *q, int index, struct crypto *crypto, struct arena *arena, const char *row, struct group_inbound *group)
{
	const char *pickle = group_inbound_pickle(group, vault_pickle_key(crypto->vault));
	size_t len;
	const void *sealed = vault_seal(crypto->vault, arena, "inbound_session", row, pickle, strlen(pickle), &len);

	stmt_bind_blob(q, index, sealed, len);
}

/* Find a session; its pickle as it is sealed. */
static bool read_row(struct view *view, const char *room, const char *id, struct inbound_session *ret_session, const void **ret_sealed,
                     size_t *ret_len)
{
	struct stmt *q = view_query(view, &inbound_statements, Q_FIND);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, id);
	if (!stmt_step(q))
		return false;
	*ret_sealed = stmt_blob(q, 1, ret_len);
	*ret_session = (struct inbound_session){
		.row = stmt_int(q, 0),
		.proven = stmt_int(q, 2),
		.shared_history = stmt_int(q, 3),
		.curve25519 = stmt_text(q, 4),
		.ed25519 = stmt_text(q, 5),
	};
	stmt_reset(q);
	return true;
}

bool inbound_session_find(struct crypto *crypto, struct view *view, const char *room, const char *id, struct inbound_session *ret_session)
{
	struct arena *arena = view_arena(view);
	const void *sealed;
	size_t len;

	if (!read_row(view, room, id, ret_session, &sealed, &len))
		return false;
	ret_session->group = unseal(crypto, arena, vault_row(arena, room, id), sealed, len, arena);
	return true;
}

struct inbound_cached *inbound_session_open(struct crypto *crypto, struct turn *turn, const char *room, const char *id)
{
	struct arena *arena = turn_arena(turn);
	struct inbound_session session;
	struct inbound_cached *cached;
	const void *sealed;
	size_t len;

	if (!crypto->inbound)
		crypto->inbound = inbound_cache_create();
	cached = inbound_cache_find(crypto->inbound, room, id);
	if (cached || !read_row(turn_view(turn), room, id, &session, &sealed, &len))
		return cached;
	cached = inbound_cache_add(crypto->inbound, room, id);
	cached->row = session.row;
	cached->proven = session.proven;
	cached->group = unseal(crypto, arena, vault_row(arena, room, id), sealed, len, inbound_cache_arena(crypto->inbound));
	return cached;
}

enum group_inbound_verdict inbound_session_decrypt(struct crypto *crypto, struct turn *turn, struct inbound_cached *session, const char *body,
                                                   struct plaintext *ret_plaintext, uint32_t *ret_index)
{
	struct arena *arena = inbound_cache_arena(crypto->inbound);
	struct arena_mark mark = arena_mark(arena);
	struct plaintext plaintext;
	enum group_inbound_verdict verdict = group_inbound_decrypt(session->group, body, &plaintext, ret_index);

	if (verdict == GROUP_INBOUND_OK)
		*ret_plaintext = (struct plaintext){ arena_dup_n(turn_arena(turn), plaintext.bytes, plaintext.len), plaintext.len };
	arena_rewind(arena, mark);
	return verdict;
}

static int64_t session_add(struct crypto *crypto, struct turn *turn, const struct inbound_copy *copy)
{
	const char *id = group_inbound_id(copy->group);
	const char *row = vault_row(turn_arena(turn), copy->room, id);
	struct stmt *q = turn_query(turn, &inbound_statements, Q_ADD);
	int64_t added;

	stmt_bind_text(q, 1, copy->room);
	stmt_bind_text(q, 2, id);
	bind_sealed(q, 3, crypto, turn_arena(turn), row, copy->group);
	stmt_bind_int(q, 4, group_inbound_first_index(copy->group));
	stmt_bind_int(q, 5, copy->proven);
	stmt_bind_int(q, 6, copy->shared_history);
	stmt_bind_text(q, 7, copy->curve25519);
	stmt_bind_text(q, 8, copy->ed25519);
	stmt_bind_int(q, 9, turn_now_ms(turn));
	added = stmt_insert(q);
	inbound_prune(crypto, turn, copy->room);
	return added;
}

/* `told` is whose word stands for the rest of the row. */
static void session_update(struct crypto *crypto, struct turn *turn, int64_t id, struct group_inbound *group, bool proven,
                           const struct inbound_copy *told)
{
	const char *row = vault_row(turn_arena(turn), told->room, group_inbound_id(group));
	struct stmt *q = turn_query(turn, &inbound_statements, Q_UPDATE);

	stmt_bind_int(q, 1, id);
	bind_sealed(q, 2, crypto, turn_arena(turn), row, group);
	stmt_bind_int(q, 3, group_inbound_first_index(group));
	stmt_bind_int(q, 4, proven);
	stmt_bind_int(q, 5, told->shared_history);
	stmt_bind_text(q, 6, told->curve25519);
	stmt_bind_text(q, 7, told->ed25519);
	(void)stmt_run(q);
	inbound_cache_drop(crypto->inbound);
}

enum inbound_kept inbound_session_keep(struct crypto *crypto, struct turn *turn, const struct inbound_copy *copy, int64_t *ret_row)
{
	struct inbound_session old;
	struct inbound_copy told;
	bool connects, proves, lower;

	if (!inbound_session_find(crypto, turn_view(turn), copy->room, group_inbound_id(copy->group), &old)) {
		*ret_row = session_add(crypto, turn, copy);
		return INBOUND_BETTER;
	}
	connects = group_inbound_connects(old.group, copy->group);
	proves = copy->proven && !old.proven;
	/* Anybody can fill a backup with nonsense under a session's id; a key that the session signed is right. */
	if (!connects && !proves) {
		log_warn("crypto.session_forked", "room=%s session=%s", copy->room, group_inbound_id(copy->group));
		return INBOUND_REFUSED;
	}
	*ret_row = old.row;
	lower = group_inbound_first_index(copy->group) < group_inbound_first_index(old.group);
	if (!proves && !lower)
		return INBOUND_SAME;
	told = (struct inbound_copy){
		.room = copy->room, .shared_history = old.shared_history, .curve25519 = old.curve25519, .ed25519 = old.ed25519,
	};
	session_update(crypto, turn, old.row, !connects || lower ? copy->group : old.group, old.proven || copy->proven, proves ? copy : &told);
	return INBOUND_BETTER;
}

bool inbound_session_mark_seen(struct turn *turn, int64_t session, uint32_t index, const struct event *event)
{
	struct stmt *q = turn_query(turn, &inbound_statements, Q_SEEN);

	stmt_bind_int(q, 1, session);
	stmt_bind_int(q, 2, index);
	stmt_bind_text(q, 3, event->sender);
	stmt_bind_text(q, 4, event->id);
	stmt_bind_int(q, 5, event->sent_at_ms);
	return stmt_run(q) > 0;
}

bool owner_find(struct view *view, int64_t session, const char *user, struct owner *ret_owner)
{
	struct stmt *q = view_query(view, &inbound_statements, Q_OWNERS);
	bool found = false;

	stmt_bind_int(q, 1, session);
	stmt_bind_text(q, 2, user);
	while (stmt_step(q)) {
		enum evidence evidence = (enum evidence)stmt_word(q, 5, evidence_words, ARRAY_LEN(evidence_words));

		if (found && evidence <= ret_owner->evidence)
			continue;
		found = true;
		*ret_owner = (struct owner){
			.user = stmt_text(q, 0),
			.curve25519 = stmt_text(q, 1),
			.ed25519 = stmt_text(q, 2),
			.device = stmt_text(q, 3),
			.master = stmt_text(q, 4),
			.evidence = evidence,
			.asked = stmt_int(q, 6),
		};
	}
	return found;
}

bool owner_add(struct turn *turn, int64_t session, const struct owner *owner)
{
	struct stmt *q = turn_query(turn, &inbound_statements, Q_OWNER_ADD);

	stmt_bind_int(q, 1, session);
	stmt_bind_text(q, 2, owner->user);
	stmt_bind_text(q, 3, owner->curve25519);
	stmt_bind_text(q, 4, owner->ed25519);
	stmt_bind_text(q, 5, owner->device);
	stmt_bind_text(q, 6, evidence_words[owner->evidence]);
	stmt_bind_int(q, 7, turn_now_ms(turn));
	return stmt_run(q) > 0;
}

int64_t owner_count_since(struct view *view, const char *user, int64_t since_ms, int64_t limit)
{
	struct stmt *q = view_query(view, &inbound_statements, Q_OWNER_COUNT);

	stmt_bind_text(q, 1, user);
	stmt_bind_int(q, 2, since_ms);
	stmt_bind_int(q, 3, limit);
	return stmt_one_int(q, 0);
}

void owner_set_asked(struct turn *turn, int64_t session, struct owner *owner)
{
	struct stmt *q = turn_query(turn, &inbound_statements, Q_OWNER_ASKED);

	stmt_bind_int(q, 1, session);
	stmt_bind_text(q, 2, owner->user);
	stmt_bind_text(q, 3, owner->curve25519);
	(void)stmt_run(q);
	owner->asked = true;
}

static void raise_owner(struct turn *turn, int64_t session, struct owner *owner, enum evidence evidence, const char *device, const char *master)
{
	struct stmt *q;

	if (owner->evidence == evidence && str_equal(owner->master, master))
		return;
	owner->evidence = evidence;
	owner->device = device;
	owner->master = master;
	q = turn_query(turn, &inbound_statements, Q_OWNER_RAISE);
	stmt_bind_int(q, 1, session);
	stmt_bind_text(q, 2, owner->user);
	stmt_bind_text(q, 3, owner->curve25519);
	stmt_bind_text(q, 4, device);
	stmt_bind_text(q, 5, master);
	stmt_bind_text(q, 6, evidence_words[evidence]);
	(void)stmt_run(q);
}

/* The device that has the owner's keys, among those its user shows now. */
static bool device_of(struct view *view, const struct owner *owner, struct device *ret_device)
{
	bool found = owner->device ? device_find(view, owner->user, owner->device, ret_device)
	                           : device_find_by_curve25519(view, owner->user, owner->curve25519, ret_device);

	return found && str_equal(ret_device->curve25519, owner->curve25519) && str_equal(ret_device->ed25519, owner->ed25519);
}

/* By what was known once, now that no signature is to be seen: it counts while that identity is the pinned one. */
static enum standing standing_before(struct view *view, const struct owner *owner)
{
	struct identity identity;

	switch (owner->evidence) {
	case EVIDENCE_CHANNEL:
		return STANDING_UNKNOWN;
	case EVIDENCE_DEVICE:
		return STANDING_UNSIGNED;
	case EVIDENCE_OWN:
		return STANDING_VERIFIED;
	case EVIDENCE_SIGNED:
		break;
	}
	if (!identity_find(view, owner->user, &identity) || !str_equal(identity.pinned, owner->master) ||
	    (identity.master && !str_equal(identity.master, identity.pinned)))
		return STANDING_CHANGED;
	return identity.verified ? STANDING_VERIFIED : STANDING_SIGNED;
}

enum standing owner_weigh(struct turn *turn, int64_t session, struct owner *owner)
{
	struct view *view = turn_view(turn);
	struct device device;
	struct identity identity;
	enum standing now;

	if (owner->evidence == EVIDENCE_OWN)
		return STANDING_VERIFIED;
	now = device_of(view, owner, &device) ? device_standing(view, &device) : STANDING_UNKNOWN;
	switch (now) {
	case STANDING_UNKNOWN:
		return standing_before(view, owner);
	case STANDING_UNSIGNED:
		if (owner->evidence < EVIDENCE_DEVICE)
			raise_owner(turn, session, owner, EVIDENCE_DEVICE, device.id, NULL);
		return standing_before(view, owner);
	case STANDING_CHANGED:
		return now;
	case STANDING_SIGNED:
	case STANDING_VERIFIED:
		break;
	}
	if (!identity_find(view, owner->user, &identity) || !identity.pinned)
		die("a device of %s is signed by nobody", owner->user);
	raise_owner(turn, session, owner, EVIDENCE_SIGNED, device.id, identity.pinned);
	return now;
}
