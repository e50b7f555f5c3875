/*
 * Our user-signing key's signatures on the master keys of people with whom emoji were compared: they tell our own
 * later devices. What the server makes of them changes nothing for this one (crypto/device.h remembers by itself).
 */
#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "crypto/device.h"
#include "crypto/identity_row.h"

enum { Q_ADD, Q_NEXT, Q_DONE, Q_MAX };

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO identity_vouch (user, master) VALUES (?1, ?2) ON CONFLICT (user) DO UPDATE SET master = excluded.master",
	[Q_NEXT] = "SELECT user, master FROM identity_vouch ORDER BY user LIMIT 1",
	[Q_DONE] = "DELETE FROM identity_vouch WHERE user = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements identity_vouch_statements = { "crypto/identity_vouch", sql, Q_MAX };

void identity_sign_user(struct crypto *crypto, struct turn *turn, const char *user)
{
	struct identity identity;
	struct stmt *q;

	if (str_equal(user, crypto->user) || !identity_find(turn_view(turn), user, &identity) || !identity.master)
		return;
	q = turn_query(turn, &identity_vouch_statements, Q_ADD);
	stmt_bind_text(q, 1, user);
	stmt_bind_text(q, 2, identity.master);
	(void)stmt_run(q);
}

bool identity_want_vouch(struct crypto *crypto, struct view *view, struct want *ret_want)
{
	struct stmt *q = view_query(view, &identity_vouch_statements, Q_NEXT);
	const struct identity_seeds *seeds;
	struct arena *arena = view_arena(view);
	AUTO_JSON body = NULL;
	struct cJSON *objects, *object;
	struct own_identity own;
	const char *user, *master;

	if (!stmt_step(q))
		return false;
	user = stmt_text(q, 0);
	master = stmt_text(q, 1);
	stmt_reset(q);
	seeds = identity_seeds(crypto, view);
	if (!seeds)
		return false;
	own_identity_get(view, &own);
	object = identity_key_object(arena, user, "master", master);
	identity_set_signatures(object, crypto->user, identity_key_id(arena, own.ours.user_signing),
	                        identity_sign_with(arena, seeds->user_signing, object), NULL, NULL);
	objects = json_object_create();
	json_set(objects, master, object);
	body = json_object_create();
	json_set(body, user, objects);
	ret_want->about = user;
	ret_want->call.body = json_print(arena, body);
	return true;
}

void identity_take_vouch(struct turn *turn, const struct want *want)
{
	struct stmt *q = turn_query(turn, &identity_vouch_statements, Q_DONE);

	stmt_bind_text(q, 1, want->about);
	(void)stmt_run(q);
}
