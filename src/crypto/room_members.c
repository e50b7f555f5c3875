#include "crypto/room_members.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/str.h"
#include "crypto/device.h"

enum { Q_ALL, Q_LIST, Q_COUNT, Q_FIND, Q_PUT, Q_REMOVE, Q_SHARES, Q_NEWS, Q_NEWS_TOLD, Q_MAX };

static const char *const sql[] = {
	[Q_ALL] = "SELECT user, joined FROM crypto_member WHERE room = ?1 ORDER BY user",
	[Q_LIST] = "SELECT user FROM crypto_member WHERE room = ?1 AND (joined OR ?2) ORDER BY user",
	[Q_COUNT] = "SELECT count(*) FROM crypto_member WHERE room = ?1",
	[Q_FIND] = "SELECT joined FROM crypto_member WHERE room = ?1 AND user = ?2",
	[Q_PUT] = "INSERT INTO crypto_member (room, user, joined, news) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (room, user) DO UPDATE SET joined = ?3",
	[Q_REMOVE] = "DELETE FROM crypto_member WHERE room = ?1 AND user = ?2",
	[Q_SHARES] = "SELECT 1 FROM crypto_member WHERE user = ?1 LIMIT 1",
	[Q_NEWS] = "SELECT room, user FROM crypto_member INDEXED BY crypto_member_news WHERE news = 1 LIMIT 1",
	[Q_NEWS_TOLD] = "UPDATE crypto_member SET news = 0 WHERE room = ?1 AND user = ?2",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements room_members_statements = { "crypto/room_members", sql, Q_MAX };

struct entry {
	const char *user;
	bool joined;
};

static enum members_change worse(enum members_change a, enum members_change b)
{
	return a > b ? a : b;
}

static bool entry_find(struct view *view, const char *room, const char *user, bool *ret_joined)
{
	struct stmt *q = view_query(view, &room_members_statements, Q_FIND);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, user);
	if (!stmt_step(q))
		return false;
	*ret_joined = stmt_int(q, 0) != 0;
	stmt_reset(q);
	return true;
}

/* news: he was not there before, and that is worth telling. */
static void entry_put(struct turn *turn, const char *room, const char *user, bool joined, bool news)
{
	struct stmt *q = turn_query(turn, &room_members_statements, Q_PUT);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, user);
	stmt_bind_int(q, 3, joined);
	stmt_bind_int(q, 4, news);
	(void)stmt_run(q);
	devices_track(turn, user);
}

static void entry_remove(struct turn *turn, const char *room, const char *user)
{
	struct stmt *q = turn_query(turn, &room_members_statements, Q_REMOVE);
	bool elsewhere;

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, user);
	(void)stmt_run(q);
	q = turn_query(turn, &room_members_statements, Q_SHARES);
	stmt_bind_text(q, 1, user);
	elsewhere = stmt_one_int(q, 0) != 0;
	if (!elsewhere)
		devices_untrack(turn, user);
}

/* He is joined or invited now. Invited after joined, he was out in between. */
static enum members_change take_in(struct turn *turn, const char *room, const char *user, bool joined, struct members_known known)
{
	bool was_joined;

	if (!entry_find(turn_view(turn), room, user, &was_joined)) {
		entry_put(turn, room, user, joined, known.listed);
		return !joined && known.missed ? MEMBERS_DEPARTED : MEMBERS_CHANGED;
	}
	if (was_joined != joined)
		entry_put(turn, room, user, joined, false);
	if (!joined && (was_joined || known.missed))
		return MEMBERS_DEPARTED;
	return was_joined == joined ? MEMBERS_SAME : MEMBERS_CHANGED;
}

static enum members_change take_out(struct turn *turn, const char *room, const char *user, bool missed)
{
	bool was_joined;

	if (!entry_find(turn_view(turn), room, user, &was_joined))
		return missed ? MEMBERS_DEPARTED : MEMBERS_SAME;
	entry_remove(turn, room, user);
	return MEMBERS_DEPARTED;
}

static enum members_change take_one(struct turn *turn, const char *room, const struct member *member, struct members_known known)
{
	switch (member->membership) {
	case MEMBERSHIP_JOINED:
		return take_in(turn, room, member->id, true, known);
	case MEMBERSHIP_INVITED:
		return take_in(turn, room, member->id, false, known);
	case MEMBERSHIP_LEFT:
	case MEMBERSHIP_BANNED:
		return take_out(turn, room, member->id, known.missed);
	}
	return MEMBERS_SAME;
}

enum members_change room_members_take(struct turn *turn, const char *own, const struct room_update *update, struct members_known known)
{
	enum members_change change = MEMBERS_SAME;

	for (size_t i = 0; i < update->members_len; i++) {
		if (!str_equal(update->members[i].id, own))
			change = worse(change, take_one(turn, update->room, &update->members[i], known));
	}
	return change;
}

static int compare_entries(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->user, ((const struct entry *)b)->user);
}

/* Who is joined or invited by the server's list; by id, each once. */
static struct entry *read_chunk(struct arena *arena, const char *own, const struct cJSON *chunk, size_t *ret_len)
{
	struct entry *entries;
	size_t len = 0, kept = 0;

	for JSON_EACH (item, chunk)
		len++;
	entries = arena_array(arena, struct entry, len);
	len = 0;
	for JSON_EACH (item, chunk) {
		const char *user = json_str(item, "state_key");
		const char *membership = json_str(json_object(item, "content"), "membership");
		bool joined = str_equal(membership, "join");

		if (!str_equal(json_str(item, "type"), "m.room.member") || !ident_is_user(user) || str_equal(user, own))
			continue;
		if (joined || str_equal(membership, "invite"))
			entries[len++] = (struct entry){ user, joined };
	}
	qsort(entries, len, sizeof *entries, compare_entries);
	for (size_t i = 0; i < len; i++) {
		if (!kept || !str_equal(entries[kept - 1].user, entries[i].user))
			entries[kept++] = entries[i];
	}
	*ret_len = kept;
	return entries;
}

static struct entry *read_stored(struct view *view, const char *room, size_t *ret_len)
{
	struct stmt *q = view_query(view, &room_members_statements, Q_COUNT);
	struct entry *entries;
	size_t len = 0;

	stmt_bind_text(q, 1, room);
	entries = arena_array(view_arena(view), struct entry, (size_t)stmt_one_int(q, 0));
	q = view_query(view, &room_members_statements, Q_ALL);
	stmt_bind_text(q, 1, room);
	while (stmt_step(q))
		entries[len++] = (struct entry){ stmt_text(q, 0), stmt_int(q, 1) != 0 };
	*ret_len = len;
	return entries;
}

enum members_change room_members_replace(struct turn *turn, const char *own, const char *room, bool listed, const struct cJSON *chunk)
{
	size_t had_len, has_len, had = 0;
	const struct entry *before = read_stored(turn_view(turn), room, &had_len);
	const struct entry *now = read_chunk(turn_arena(turn), own, chunk, &has_len);
	const struct members_known known = { .listed = listed };
	enum members_change change = MEMBERS_SAME;

	for (size_t has = 0; has < has_len; has++) {
		while (had < had_len && strcmp(before[had].user, now[has].user) < 0)
			change = worse(change, take_out(turn, room, before[had++].user, false));
		if (had < had_len && str_equal(before[had].user, now[has].user) && before[had++].joined == now[has].joined)
			continue;
		change = worse(change, take_in(turn, room, now[has].user, now[has].joined, known));
	}
	while (had < had_len)
		change = worse(change, take_out(turn, room, before[had++].user, false));
	return change;
}

void room_members_forget(struct turn *turn, const char *room)
{
	size_t len;
	const struct entry *entries = read_stored(turn_view(turn), room, &len);

	for (size_t i = 0; i < len; i++)
		entry_remove(turn, room, entries[i].user);
}

bool room_members_next_newcomer(struct turn *turn, const char **ret_room, const char **ret_user)
{
	struct stmt *q = turn_query(turn, &room_members_statements, Q_NEWS);

	if (!stmt_step(q))
		return false;
	*ret_room = stmt_text(q, 0);
	*ret_user = stmt_text(q, 1);
	stmt_reset(q);
	q = turn_query(turn, &room_members_statements, Q_NEWS_TOLD);
	stmt_bind_text(q, 1, *ret_room);
	stmt_bind_text(q, 2, *ret_user);
	(void)stmt_run(q);
	return true;
}

const char **room_members_list(struct view *view, const char *room, bool invited, size_t *ret_len)
{
	struct stmt *q = view_query(view, &room_members_statements, Q_COUNT);
	const char **users;
	size_t len = 0;

	stmt_bind_text(q, 1, room);
	users = arena_array(view_arena(view), const char *, (size_t)stmt_one_int(q, 0));
	q = view_query(view, &room_members_statements, Q_LIST);
	stmt_bind_text(q, 1, room);
	stmt_bind_int(q, 2, invited);
	while (stmt_step(q))
		users[len++] = stmt_text(q, 0);
	*ret_len = len;
	return users;
}
