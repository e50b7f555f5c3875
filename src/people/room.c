#include "people/room.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "people/group.h"

enum {
	Q_FIND,
	Q_COUNT,
	Q_LIST,
	Q_ADD,
	Q_MEMBERSHIP,
	Q_JOINED,
	Q_CLAIMS,
	Q_GROUP,
	Q_LIVE,
	Q_INTRODUCE,
	Q_ADD_PRIVATE,
	Q_WISH,
	Q_WISH_DONE,
	Q_FIND_WISH,
	Q_MAX
};

#define ROOM                                                                                                 \
	"SELECT room, ifnull(app_group, 0), membership, encrypted, ifnull(live_from_ms, 0), introduced_at_ms," \
	" bridge_bot, bridge_channel, successor, forbids_plain, forbids_sealed FROM room "

static const char *const sql[] = {
	[Q_FIND] = ROOM "WHERE room = ?1",
	[Q_COUNT] = "SELECT count(*) FROM room",
	[Q_LIST] = ROOM "ORDER BY app_group IS NULL, app_group, room",
	[Q_ADD] = "INSERT INTO room (room, membership) VALUES (?1, ?2) ON CONFLICT (room) DO NOTHING",
	[Q_MEMBERSHIP] = "UPDATE room SET membership = ?2 WHERE room = ?1",
	[Q_JOINED] = "UPDATE room SET joined_at_ms = ?2 WHERE room = ?1",
	[Q_CLAIMS] = "UPDATE room SET encrypted = max(encrypted, ?2), bridge_bot = ifnull(?3, bridge_bot),"
	             " bridge_channel = ifnull(?4, bridge_channel), successor = ifnull(?5, successor),"
	             " forbids_plain = ifnull(?6, forbids_plain), forbids_sealed = ifnull(?7, forbids_sealed) WHERE room = ?1",
	/* With every batch: what stands already is no reason to write its page. */
	[Q_GROUP] = "UPDATE room SET app_group = (SELECT id FROM app_group WHERE name = ?2) WHERE room = ?1"
	            " AND app_group IS NOT (SELECT id FROM app_group WHERE name = ?2)",
	[Q_LIVE] = "UPDATE room SET live_from_ms = ?2 WHERE room = ?1",
	[Q_INTRODUCE] = "UPDATE room SET introduced_at_ms = ?2 WHERE room = ?1 AND introduced_at_ms IS NULL",
	[Q_ADD_PRIVATE] = "INSERT INTO app_group (name, kind, is_main, bridged, as_text, language, in_config) VALUES (?1, 'private', 0, 0, 0, ?2, 0)"
	                  " ON CONFLICT (name) DO NOTHING",
	[Q_WISH] = "INSERT INTO room (room, membership, wish, wish_via) VALUES (?1, 'left', ?2, ?3)"
	           " ON CONFLICT (room) DO UPDATE SET wish = excluded.wish, wish_via = excluded.wish_via",
	[Q_WISH_DONE] = "UPDATE room SET wish = NULL, wish_via = NULL WHERE room = ?1 AND wish IS NOT NULL",
	[Q_FIND_WISH] = "SELECT room, wish, wish_via FROM room WHERE wish IS NOT NULL ORDER BY room LIMIT 1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements room_statements = { "room", sql, Q_MAX };

static const char *const membership_words[] = {
	[MEMBERSHIP_INVITED] = "invited",
	[MEMBERSHIP_JOINED] = "joined",
	[MEMBERSHIP_LEFT] = "left",
	[MEMBERSHIP_BANNED] = "banned",
};

static struct room read_room(struct stmt *q)
{
	return (struct room){
		.id = stmt_text(q, 0),
		.group = stmt_int(q, 1),
		.membership = (enum membership)stmt_word(q, 2, membership_words, ARRAY_LEN(membership_words)),
		.encrypted = stmt_int(q, 3),
		.live_from_ms = stmt_int(q, 4),
		.introduced = !stmt_is_null(q, 5),
		.bridge_bot = stmt_text(q, 6),
		.bridge_channel = stmt_text(q, 7),
		.successor = stmt_text(q, 8),
		.forbids_plain = stmt_int(q, 9),
		.forbids_sealed = stmt_int(q, 10),
	};
}

bool room_find(struct view *view, const char *id, struct room *ret_room)
{
	struct stmt *q = view_query(view, &room_statements, Q_FIND);

	stmt_bind_text(q, 1, id);
	if (!stmt_step(q))
		return false;
	*ret_room = read_room(q);
	stmt_reset(q);
	return true;
}

struct room room_get(struct view *view, const char *id)
{
	struct room room;

	if (!room_find(view, id, &room))
		die("no room %s", id);
	return room;
}

struct room *room_list(struct view *view, size_t *ret_len)
{
	struct stmt *q = view_query(view, &room_statements, Q_COUNT);
	struct room *list = NULL;
	size_t len = 0;

	while (stmt_step(q))
		list = arena_array(view_arena(view), struct room, (size_t)stmt_int(q, 0));
	INVARIANT(list);
	q = view_query(view, &room_statements, Q_LIST);
	while (stmt_step(q))
		list[len++] = read_room(q);
	*ret_len = len;
	return list;
}

static void run(struct turn *turn, size_t index, const char *first, const char *second)
{
	struct stmt *q = turn_query(turn, &room_statements, index);

	stmt_bind_text(q, 1, first);
	stmt_bind_text(q, 2, second);
	(void)stmt_run(q);
}

static void run_at(struct turn *turn, size_t index, const char *room, int64_t at_ms)
{
	struct stmt *q = turn_query(turn, &room_statements, index);

	stmt_bind_text(q, 1, room);
	stmt_bind_int(q, 2, at_ms);
	(void)stmt_run(q);
}

static void take_claims(struct turn *turn, const struct room_update *update)
{
	struct stmt *q = turn_query(turn, &room_statements, Q_CLAIMS);

	stmt_bind_text(q, 1, update->room);
	stmt_bind_int(q, 2, update->encryption != NULL);
	stmt_bind_text(q, 3, update->bridge_bot);
	stmt_bind_text(q, 4, update->bridge_channel);
	stmt_bind_text(q, 5, update->successor);
	if (update->rights) {
		stmt_bind_int(q, 6, !update->rights->plain);
		stmt_bind_int(q, 7, !update->rights->sealed);
	}
	(void)stmt_run(q);
}

/* The config names a room by its id, or by the bridge's channel; the latter only counts from the bridge bot it trusts. */
static const struct config_group *group_meant(const struct config *config, const struct room *room)
{
	const struct config_group *group = config_group_of_room(config, room->id);

	if (group || !room->bridge_channel)
		return group;
	group = config_group_of_channel(config, room->bridge_channel);
	return group && str_equal(group->bridge_bot, room->bridge_bot) ? group : NULL;
}

struct room room_update(struct turn *turn, const struct config *config, const struct room_update *update)
{
	const struct config_group *group;
	struct room room;

	run(turn, Q_ADD, update->room, membership_words[update->membership]);
	run(turn, Q_MEMBERSHIP, update->room, membership_words[update->membership]);
	take_claims(turn, update);
	if (update->joined_now)
		run_at(turn, Q_JOINED, update->room, update->joined_at_ms);
	room = room_get(turn_view(turn), update->room);
	group = group_meant(config, &room);
	/* What the config no longer names is no group any more: nobody is listened to there. */
	if (group || (room.group && group_get(turn_view(turn), room.group).kind != GROUP_KIND_PRIVATE))
		run(turn, Q_GROUP, update->room, group ? group->slug : NULL);
	return room_get(turn_view(turn), update->room);
}

bool room_may_speak(const struct room *room)
{
	return room->encrypted ? !room->forbids_sealed : !room->forbids_plain;
}

void room_set_live(struct turn *turn, const char *id, int64_t from_ms)
{
	run_at(turn, Q_LIVE, id, from_ms);
}

bool room_take_introduction(struct turn *turn, const char *id)
{
	struct stmt *q = turn_query(turn, &room_statements, Q_INTRODUCE);

	stmt_bind_text(q, 1, id);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	return stmt_run(q) > 0;
}

void room_make_private(struct turn *turn, const char *id, const char *name, enum language language)
{
	run(turn, Q_ADD_PRIVATE, name, language_format(language));
	run(turn, Q_GROUP, id, name);
}

void room_end_private(struct turn *turn, const char *id)
{
	run(turn, Q_GROUP, id, NULL);
}

static const char *const wish_words[] = {
	[ROOM_WISH_JOIN] = "join",
	[ROOM_WISH_LEAVE] = "leave",
};

void room_wish(struct turn *turn, const char *id, enum room_wish wish, const char *via)
{
	struct stmt *q = turn_query(turn, &room_statements, Q_WISH);

	stmt_bind_text(q, 1, id);
	stmt_bind_text(q, 2, wish_words[wish]);
	stmt_bind_text(q, 3, via);
	(void)stmt_run(q);
}

void room_wish_done(struct turn *turn, const char *id)
{
	struct stmt *q = turn_query(turn, &room_statements, Q_WISH_DONE);

	stmt_bind_text(q, 1, id);
	(void)stmt_run(q);
}

bool room_find_wish(struct view *view, const char **ret_id, enum room_wish *ret_wish, const char **ret_via)
{
	struct stmt *q = view_query(view, &room_statements, Q_FIND_WISH);

	if (!stmt_step(q))
		return false;
	*ret_id = stmt_text(q, 0);
	*ret_wish = str_equal(stmt_text(q, 1), wish_words[ROOM_WISH_LEAVE]) ? ROOM_WISH_LEAVE : ROOM_WISH_JOIN;
	*ret_via = stmt_text(q, 2);
	stmt_reset(q);
	return true;
}
