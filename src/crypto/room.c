#include "crypto/room.h"

#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "base/url.h"
#include "crypto/generation.h"
#include "crypto/room_members.h"
#include "crypto/want_reply.h"
#include "store/incident.h"

#define HOUR_MS INT64_C(3600000)

enum {
	ROTATION_DEFAULT_DAYS = 7,
	ROTATION_DEFAULT_MESSAGES = 100,
	ROTATION_MOST_MESSAGES = 10000,
	AGAIN_MS = 10 * 1000,         /* after trouble: let other rooms go first */
	AGAIN_REFUSED_MS = 15 * 60 * 1000,
};

/* What a want of WANT_ENCRYPTION is about. */
enum { ASK_ENCRYPTION, ASK_VISIBILITY };

enum {
	Q_FIND,
	Q_ADD,
	Q_NEED,
	Q_SETTINGS,
	Q_DOUBT,
	Q_BARE,
	Q_VISIBILITY,
	Q_JOINED,
	Q_LEFT,
	Q_MISSED,
	Q_MEMBERS_TOLD,
	Q_MEMBERS_KNOWN,
	Q_DEPARTED,
	Q_WANT_MEMBERS,
	Q_WANT_SETTINGS,
	Q_ASK_LATER,
	Q_NEXT_MS,
	Q_MAX
};

/* As the index crypto_room_wants has it, word for word. */
#define WANTS "joined AND NOT bare AND NOT (members_known AND settings_known AND visibility IS NOT NULL)"

static const char *const sql[] = {
	[Q_FIND] = "SELECT algorithm, rotation_ms, rotation_messages, settings_known, bare, visibility, members_known, departures, joined, members_told,"
	           " members_listed"
	           " FROM crypto_room WHERE room = ?1",
	[Q_ADD] = "INSERT INTO crypto_room (room) VALUES (?1) ON CONFLICT DO NOTHING",
	[Q_NEED] = "UPDATE crypto_room SET joined = 1 WHERE room = ?1 AND NOT joined",
	[Q_SETTINGS] = "UPDATE crypto_room SET algorithm = ?2, rotation_ms = ?3, rotation_messages = ?4, settings_known = 1, bare = 0 WHERE room = ?1",
	[Q_DOUBT] = "UPDATE crypto_room SET settings_known = 0 WHERE room = ?1",
	[Q_BARE] = "UPDATE crypto_room SET bare = 1, settings_known = 1 WHERE room = ?1",
	[Q_VISIBILITY] = "UPDATE crypto_room SET visibility = ?2 WHERE room = ?1",
	[Q_JOINED] = "UPDATE crypto_room SET joined = 1, members_known = 0, members_listed = 0, members_told = members_told + 1 WHERE room = ?1",
	[Q_LEFT] = "UPDATE crypto_room SET joined = 0, members_known = 0, members_listed = 0, members_told = members_told + 1,"
	           " departures = departures + 1 WHERE room = ?1 AND joined",
	[Q_MISSED] = "UPDATE crypto_room SET members_known = 0, members_told = members_told + 1 WHERE room = ?1",
	[Q_MEMBERS_TOLD] = "UPDATE crypto_room SET members_told = members_told + 1 WHERE room = ?1",
	[Q_MEMBERS_KNOWN] = "UPDATE crypto_room SET members_known = 1, members_listed = 1, ask_at_ms = 0 WHERE room = ?1",
	[Q_DEPARTED] = "UPDATE crypto_room SET departures = departures + 1 WHERE room = ?1",
	[Q_WANT_MEMBERS] = "SELECT room, members_told FROM crypto_room WHERE " WANTS " AND NOT members_known AND ask_at_ms <= ?1"
	                   " ORDER BY ask_at_ms, room LIMIT 1",
	[Q_WANT_SETTINGS] = "SELECT room, settings_known FROM crypto_room WHERE " WANTS " AND NOT (settings_known AND visibility IS NOT NULL)"
	                    " AND ask_at_ms <= ?1 ORDER BY ask_at_ms, room LIMIT 1",
	[Q_ASK_LATER] = "UPDATE crypto_room SET ask_at_ms = ?2 WHERE room = ?1",
	[Q_NEXT_MS] = "SELECT min(ask_at_ms) FROM crypto_room WHERE " WANTS " AND ask_at_ms > ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements crypto_room_statements = { "crypto/room", sql, Q_MAX };

struct row {
	struct crypto_room room;
	bool joined;
	int64_t members_told; /* rises with every batch that tells of members: a list asked for before that is old */
	bool listed;          /* a whole list was here since we are in */
};

static bool row_find(struct view *view, const char *room, struct row *ret_row)
{
	struct stmt *q = view_query(view, &crypto_room_statements, Q_FIND);
	const char *visibility;

	stmt_bind_text(q, 1, room);
	if (!stmt_step(q))
		return false;
	visibility = stmt_text(q, 5);
	*ret_row = (struct row){
		.room = {
			.id = room,
			.algorithm = stmt_text(q, 0),
			.rotation_ms = stmt_int(q, 1),
			.rotation_messages = stmt_int(q, 2),
			.settings_known = stmt_int(q, 3) && visibility,
			.bare = stmt_int(q, 4) != 0,
			.shared_history = str_equal(visibility, "shared") || str_equal(visibility, "world_readable"),
			.members_known = stmt_int(q, 6) != 0,
			.departures = stmt_int(q, 7),
		},
		.joined = stmt_int(q, 8) != 0,
		.members_told = stmt_int(q, 9),
		.listed = stmt_int(q, 10) != 0,
	};
	ret_row->room.invited_read = ret_row->room.shared_history || str_equal(visibility, "invited");
	stmt_reset(q);
	return true;
}

static void run_for(struct turn *turn, size_t index, const char *room)
{
	struct stmt *q = turn_query(turn, &crypto_room_statements, index);

	stmt_bind_text(q, 1, room);
	(void)stmt_run(q);
}

bool crypto_room_find(struct view *view, const char *room, struct crypto_room *ret_room)
{
	struct row row;

	if (!row_find(view, room, &row))
		return false;
	*ret_room = row.room;
	return true;
}

const char **crypto_room_recipients(struct view *view, const struct crypto_room *room, size_t *ret_len)
{
	return room_members_list(view, room->id, room->invited_read, ret_len);
}

void crypto_room_need(struct turn *turn, const char *room)
{
	run_for(turn, Q_ADD, room);
	run_for(turn, Q_NEED, room);
}

/* The room's encryption is gone: that is no leave to speak in the clear (2.11), but a reason to be silent (9.13). */
static void settings_lose(struct turn *turn, const char *room)
{
	run_for(turn, Q_BARE, room);
	(void)incident_raise(turn, "crypto.room_bare", room,
	                     "This room was encrypted and its server now says that it is not. Nothing is said there until it is again.");
}

static int64_t rotation_ms_of(const struct room_encryption *told)
{
	if (told->rotation_ms <= 0)
		return ROTATION_DEFAULT_DAYS * 24 * HOUR_MS;
	return told->rotation_ms < HOUR_MS ? HOUR_MS : told->rotation_ms;
}

static int64_t rotation_messages_of(const struct room_encryption *told)
{
	if (told->rotation_messages <= 0)
		return ROTATION_DEFAULT_MESSAGES;
	return told->rotation_messages > ROTATION_MOST_MESSAGES ? ROTATION_MOST_MESSAGES : told->rotation_messages;
}

static int64_t stricter(int64_t known, int64_t told)
{
	return known && known < told ? known : told;
}

/* Which algorithm counts: Megolm gives way to no other. */
static const char *algorithm_of(struct turn *turn, const struct crypto_room *room, const char *told)
{
	if (!str_equal(room->algorithm, MEGOLM_ALGORITHM) || str_equal(told, MEGOLM_ALGORITHM))
		return told;
	(void)incident_note(turn, "crypto.room_settings", room->id,
	                    "This room's encryption was changed to one that is not known here; the one it had stays in use.");
	return room->algorithm;
}

static void settings_take(struct turn *turn, const char *room, const struct room_encryption *told)
{
	struct stmt *q;
	struct row row;
	const char *algorithm;

	run_for(turn, Q_ADD, room);
	if (!row_find(turn_view(turn), room, &row))
		return;
	if (str_empty(told->algorithm)) {
		settings_lose(turn, room);
		return;
	}
	algorithm = algorithm_of(turn, &row.room, told->algorithm);
	q = turn_query(turn, &crypto_room_statements, Q_SETTINGS);
	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, algorithm);
	stmt_bind_int(q, 3, stricter(row.room.rotation_ms, rotation_ms_of(told)));
	stmt_bind_int(q, 4, stricter(row.room.rotation_messages, rotation_messages_of(told)));
	(void)stmt_run(q);
	if (row.room.bare)
		incident_clear(turn, "crypto.room_bare", room);
	generation_raise(turn);
}

static void visibility_take(struct turn *turn, const char *room, const char *visibility)
{
	struct stmt *q = turn_query(turn, &crypto_room_statements, Q_VISIBILITY);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, visibility);
	(void)stmt_run(q);
	generation_raise(turn);
}

static void members_changed(struct turn *turn, const char *room, enum members_change change)
{
	if (change == MEMBERS_DEPARTED)
		run_for(turn, Q_DEPARTED, room);
	if (change != MEMBERS_SAME)
		generation_raise(turn);
}

static void members_take(struct crypto *crypto, struct turn *turn, const struct row *row, const struct room_update *update)
{
	const struct members_known known = { .missed = update->limited || !row->room.members_known, .listed = row->listed && !update->joined_now };

	if (update->limited)
		run_for(turn, Q_MISSED, update->room);
	if (!update->members_len)
		return;
	run_for(turn, Q_MEMBERS_TOLD, update->room);
	members_changed(turn, update->room, room_members_take(turn, crypto->user, update, known));
}

void crypto_room_take(struct crypto *crypto, struct turn *turn, const struct room_update *update)
{
	struct row row;

	if (update->membership == MEMBERSHIP_INVITED)
		return; /* what an invitation tells nobody vouches for (2.12) */
	if (update->membership != MEMBERSHIP_JOINED) {
		crypto_room_leave(turn, update->room);
		return;
	}
	if (update->encryption)
		settings_take(turn, update->room, update->encryption);
	if (!row_find(turn_view(turn), update->room, &row))
		return;
	if (!row.joined || update->joined_now)
		run_for(turn, Q_JOINED, update->room);
	if (update->joined_now && !update->encryption)
		run_for(turn, Q_DOUBT, update->room); /* all of the state was to be told: ask what became of it */
	if (update->history_visibility)
		visibility_take(turn, update->room, update->history_visibility);
	members_take(crypto, turn, &row, update);
}

void crypto_room_leave(struct turn *turn, const char *room)
{
	struct row row;

	if (!row_find(turn_view(turn), room, &row))
		return;
	room_members_forget(turn, room);
	run_for(turn, Q_LEFT, room);
	generation_raise(turn);
}

/* The wants. */

static void ask_later(struct turn *turn, const char *room, int64_t delay_ms)
{
	struct stmt *q = turn_query(turn, &crypto_room_statements, Q_ASK_LATER);

	stmt_bind_text(q, 1, room);
	stmt_bind_int(q, 2, turn_now_ms(turn) + delay_ms);
	(void)stmt_run(q);
}

/* No answer to use: a refusal is told to a human, the rest is worth another try once the other rooms had theirs. */
static void ask_again(struct turn *turn, const char *room, const struct want_reply *reply)
{
	const char *error = reply->outcome == OUTCOME_OK ? "senseless" : reply->error;

	log_warn("crypto.room_unknown", "room=%s error=%s", room, error);
	if (want_reply_sense(reply) != REPLY_REFUSAL) {
		ask_later(turn, room, AGAIN_MS);
		return;
	}
	ask_later(turn, room, AGAIN_REFUSED_MS);
	(void)incident_raise(turn, "crypto.room_unknown", room,
	                     "The server does not tell how this room is encrypted or who is in it, so nothing can be said there.");
}

/* The answer, when there is a sound one. */
static const struct cJSON *read_answer(struct turn *turn, const struct want_reply *reply)
{
	return want_reply_sense(reply) == REPLY_ANSWER ? want_reply_read(turn, reply) : NULL;
}

bool crypto_room_want_members(struct crypto *crypto, struct view *view, struct want *ret_want)
{
	struct stmt *q = view_query(view, &crypto_room_statements, Q_WANT_MEMBERS);
	struct arena *arena = view_arena(view);

	(void)crypto;
	stmt_bind_int(q, 1, view_now_ms(view));
	if (!stmt_step(q))
		return false;
	*ret_want = (struct want){ .kind = WANT_MEMBERS, .about = stmt_text(q, 0), .ref = stmt_int(q, 1) };
	stmt_reset(q);
	ret_want->call = (struct call){
		.method = CALL_GET,
		.path = arena_printf(arena, "/_matrix/client/v3/rooms/%s/members?not_membership=leave", url_escape(arena, ret_want->about)),
	};
	return true;
}

void crypto_room_members_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply)
{
	const struct cJSON *chunk;
	struct row row;

	/* Told of members since it was asked: the answer may be older than that, and is asked for once more. */
	if (!row_find(turn_view(turn), want->about, &row) || !row.joined || row.members_told != want->ref)
		return;
	chunk = json_array(read_answer(turn, reply), "chunk");
	if (!chunk) {
		ask_again(turn, want->about, reply);
		return;
	}
	members_changed(turn, want->about, room_members_replace(turn, crypto->user, want->about, row.listed, chunk));
	run_for(turn, Q_MEMBERS_KNOWN, want->about);
	incident_clear(turn, "crypto.room_unknown", want->about);
	generation_raise(turn);
}

bool crypto_room_want_encryption(struct crypto *crypto, struct view *view, struct want *ret_want)
{
	struct stmt *q = view_query(view, &crypto_room_statements, Q_WANT_SETTINGS);
	struct arena *arena = view_arena(view);

	(void)crypto;
	stmt_bind_int(q, 1, view_now_ms(view));
	if (!stmt_step(q))
		return false;
	*ret_want = (struct want){
		.kind = WANT_ENCRYPTION,
		.about = stmt_text(q, 0),
		.ref = stmt_int(q, 1) ? ASK_VISIBILITY : ASK_ENCRYPTION,
	};
	stmt_reset(q);
	ret_want->call = (struct call){
		.method = CALL_GET,
		.path = arena_printf(arena, "/_matrix/client/v3/rooms/%s/state/%s/", url_escape(arena, ret_want->about),
		                     ret_want->ref == ASK_VISIBILITY ? "m.room.history_visibility" : "m.room.encryption"),
	};
	return true;
}

static void take_encryption_answer(struct turn *turn, const char *room, const struct cJSON *content)
{
	const char *algorithm = json_str(content, "algorithm");
	struct room_encryption told = { .algorithm = algorithm ? algorithm : "" };

	(void)json_int(content, "rotation_period_ms", &told.rotation_ms);
	(void)json_int(content, "rotation_period_msgs", &told.rotation_messages);
	settings_take(turn, room, &told);
}

void crypto_room_encryption_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply)
{
	bool absent = reply->outcome == OUTCOME_REFUSED && str_equal(reply->error, "M_NOT_FOUND");
	const struct cJSON *content = read_answer(turn, reply);
	const char *visibility = json_str(content, "history_visibility");

	(void)crypto;
	if (!absent && !content) {
		ask_again(turn, want->about, reply);
		return;
	}
	incident_clear(turn, "crypto.room_unknown", want->about);
	if (want->ref == ASK_VISIBILITY)
		visibility_take(turn, want->about, absent ? "shared" : visibility ? visibility : "joined");
	else if (absent)
		settings_lose(turn, want->about);
	else
		take_encryption_answer(turn, want->about, content);
}

int64_t crypto_room_next_ms(struct view *view)
{
	struct stmt *q = view_query(view, &crypto_room_statements, Q_NEXT_MS);

	stmt_bind_int(q, 1, view_now_ms(view));
	return stmt_one_int(q, INT64_MAX);
}
