#include "crypto/device.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/device_row.h"
#include "store/incident.h"

enum { Q_FIND, Q_FIND_BY_CURVE25519, Q_LIST, Q_COUNT, Q_STANDING, Q_KNOWN, Q_ADD, Q_SHOW, Q_HIDE_ALL, Q_GONE, Q_MAX };

#define ALONE                                                                                                             \
	" AND NOT EXISTS (SELECT 1 FROM device AS twin INDEXED BY device_curve25519 WHERE twin.user = d.user" \
	" AND twin.curve25519 = d.curve25519 AND twin.gone = 0 AND twin.device <> d.device)"

static const char *const sql[] = {
	[Q_FIND] = "SELECT user, device, curve25519, ed25519 FROM device AS d WHERE user = ?1 AND device = ?2 AND gone = 0" ALONE,
	[Q_FIND_BY_CURVE25519] = "SELECT user, device, curve25519, ed25519 FROM device AS d INDEXED BY device_curve25519"
	                         " WHERE user = ?1 AND curve25519 = ?2 AND gone = 0" ALONE,
	[Q_LIST] = "SELECT user, device, curve25519, ed25519 FROM device AS d WHERE user = ?1 AND gone = 0 AND reachable = 1" ALONE " ORDER BY device",
	[Q_COUNT] = "SELECT count(*) FROM device WHERE user = ?1",
	[Q_STANDING] = "SELECT d.signed_by, u.self_signing, u.master, u.pinned, ifnull(u.verified, 0) FROM device AS d"
	               " LEFT JOIN device_user AS u ON u.user = d.user"
	               " WHERE d.user = ?1 AND d.device = ?2 AND d.curve25519 = ?3 AND d.ed25519 = ?4 AND d.gone = 0" ALONE,
	[Q_KNOWN] = "SELECT gone, signed_by FROM device WHERE user = ?1 AND device = ?2",
	[Q_ADD] = "INSERT INTO device (user, device, curve25519, ed25519, signed_by, reachable) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[Q_SHOW] = "UPDATE device SET signed_by = ?5, reachable = ?6, gone = 0 WHERE user = ?1 AND device = ?2 AND curve25519 = ?3 AND ed25519 = ?4",
	[Q_HIDE_ALL] = "UPDATE device SET gone = 1 WHERE user = ?1 AND gone = 0",
	[Q_GONE] = "SELECT device FROM device WHERE user = ?1 AND gone = 1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements device_statements = { "crypto/device", sql, Q_MAX };

static struct device read_device(struct stmt *q)
{
	return (struct device){ .user = stmt_text(q, 0), .id = stmt_text(q, 1), .curve25519 = stmt_text(q, 2), .ed25519 = stmt_text(q, 3) };
}

static bool find(struct view *view, size_t index, const char *user, const char *by, struct device *ret_device)
{
	struct stmt *q = view_query(view, &device_statements, index);

	stmt_bind_text(q, 1, user);
	stmt_bind_text(q, 2, by);
	if (!stmt_step(q))
		return false;
	*ret_device = read_device(q);
	stmt_reset(q);
	return true;
}

bool device_find(struct view *view, const char *user, const char *id, struct device *ret_device)
{
	return find(view, Q_FIND, user, id, ret_device);
}

bool device_find_by_curve25519(struct view *view, const char *user, const char *curve25519, struct device *ret_device)
{
	return find(view, Q_FIND_BY_CURVE25519, user, curve25519, ret_device);
}

static size_t count_devices(struct view *view, const char *user)
{
	struct stmt *q = view_query(view, &device_statements, Q_COUNT);

	stmt_bind_text(q, 1, user);
	return (size_t)stmt_one_int(q, 0);
}

struct device *device_list(struct view *view, const char *user, size_t *ret_len)
{
	struct device *list = arena_array(view_arena(view), struct device, count_devices(view, user));
	struct stmt *q = view_query(view, &device_statements, Q_LIST);
	size_t len = 0;

	stmt_bind_text(q, 1, user);
	while (stmt_step(q))
		list[len++] = read_device(q);
	*ret_len = len;
	return list;
}

enum standing device_standing(struct view *view, const struct device *device)
{
	struct stmt *q = view_query(view, &device_statements, Q_STANDING);
	const char *signed_by, *self_signing, *master, *pinned;
	bool verified;

	stmt_bind_text(q, 1, device->user);
	stmt_bind_text(q, 2, device->id);
	stmt_bind_text(q, 3, device->curve25519);
	stmt_bind_text(q, 4, device->ed25519);
	if (!stmt_step(q))
		return STANDING_UNKNOWN;
	signed_by = stmt_text(q, 0);
	self_signing = stmt_text(q, 1);
	master = stmt_text(q, 2);
	pinned = stmt_text(q, 3);
	verified = stmt_int(q, 4);
	stmt_reset(q);
	if (!signed_by || !str_equal(signed_by, self_signing) || !master)
		return STANDING_UNSIGNED;
	if (!str_equal(master, pinned))
		return STANDING_CHANGED;
	return verified ? STANDING_VERIFIED : STANDING_SIGNED;
}

void device_hide_all(struct turn *turn, const char *user)
{
	struct stmt *q = turn_query(turn, &device_statements, Q_HIDE_ALL);

	stmt_bind_text(q, 1, user);
	(void)stmt_run(q);
}

const char **device_list_gone(struct view *view, const char *user, size_t *ret_len)
{
	const char **list = arena_array(view_arena(view), const char *, count_devices(view, user));
	struct stmt *q = view_query(view, &device_statements, Q_GONE);
	size_t len = 0;

	stmt_bind_text(q, 1, user);
	while (stmt_step(q))
		list[len++] = stmt_text(q, 0);
	*ret_len = len;
	return list;
}

static void bind_claim(struct stmt *q, const struct device_claim *claim)
{
	stmt_bind_text(q, 1, claim->device.user);
	stmt_bind_text(q, 2, claim->device.id);
	stmt_bind_text(q, 3, claim->device.curve25519);
	stmt_bind_text(q, 4, claim->device.ed25519);
	stmt_bind_text(q, 5, claim->signed_by);
	stmt_bind_int(q, 6, claim->reachable);
}

/* What stands here under a device's name already, whatever its keys. */
struct known {
	bool known;
	bool gone;
	const char *signed_by;
};

static struct known known_as(struct view *view, const struct device *device)
{
	struct stmt *q = view_query(view, &device_statements, Q_KNOWN);
	struct known known = { 0 };

	stmt_bind_text(q, 1, device->user);
	stmt_bind_text(q, 2, device->id);
	while (stmt_step(q))
		known = (struct known){ .known = true, .gone = stmt_int(q, 0), .signed_by = stmt_text(q, 1) };
	return known;
}

enum device_keeping device_keep(struct turn *turn, const struct device_claim *claim)
{
	const struct device *device = &claim->device;
	bool known = known_as(turn_view(turn), device).known;
	struct stmt *q = turn_query(turn, &device_statements, known ? Q_SHOW : Q_ADD);

	bind_claim(q, claim);
	if (!stmt_run(q)) {
		incident_note(turn, "crypto.device_changed", arena_printf(turn_arena(turn), "%s %s", device->user, device->id),
		              "The server shows other keys for a device than those seen first. The device is ignored.");
		return DEVICE_OTHER_KEYS;
	}
	return known ? DEVICE_KEPT : DEVICE_NEW;
}

bool device_take_claimed(struct crypto *crypto, struct turn *turn, const struct cJSON *device_keys, const char *user, const char *curve25519,
                         const char *ed25519)
{
	const struct identity identity = identity_known(turn_view(turn), user);
	struct device_claim claim;
	struct known known;
	const char *why;

	(void)crypto;
	if (!device_claim_parse(turn_arena(turn), device_keys, user, NULL, &identity, &claim, &why)) {
		log_warn("crypto.device_claim", "user=\"%s\" why=%s", user, why);
		return false;
	}
	if (!str_equal(claim.device.curve25519, curve25519) || !str_equal(claim.device.ed25519, ed25519))
		return false;
	known = known_as(turn_view(turn), &claim.device);
	if (!known.known && count_devices(turn_view(turn), user) >= DEVICES_MAX)
		return false;
	/* It may have been written before its owner signed it: what it lacks takes nothing away (MATRIX.md 7.2). */
	if (!claim.signed_by)
		claim.signed_by = known.signed_by;
	switch (device_keep(turn, &claim)) {
	case DEVICE_NEW:
		/* The server's list, maybe under way already, is older than this. */
		devices_outdate(turn, user);
		return true;
	case DEVICE_KEPT:
		/* One that was gone is back: the server is to say so too, and it is to have keys again. */
		if (known.gone)
			devices_outdate(turn, user);
		return true;
	case DEVICE_OTHER_KEYS:
		return false;
	}
	return false;
}
