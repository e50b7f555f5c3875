#include "crypto/backup_keys.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "base/url.h"
#include "crypto/backup.h"
#include "crypto/backup_ask.h"
#include "crypto/inbound.h"

enum { BATCH_MAX = 100, SEALED_BYTES_MAX = 16 * 1024 };

enum { Q_DUE, Q_DONE, Q_FORGET, Q_MAX };

static const char *const sql[] = {
	[Q_DUE] = "SELECT room, session, first_index FROM inbound_session INDEXED BY inbound_session_backup WHERE backed_up = 0 ORDER BY id LIMIT ?1",
	/* What reaches further back by now is not there yet. */
	[Q_DONE] = "UPDATE inbound_session SET backed_up = 1 WHERE room = ?1 AND session = ?2 AND first_index >= ?3",
	[Q_FORGET] = "UPDATE inbound_session SET backed_up = 0 WHERE backed_up <> 0",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements backup_keys_statements = { "crypto/backup_keys", sql, Q_MAX };

void backup_keys_forget(struct turn *turn)
{
	(void)stmt_run(turn_query(turn, &backup_keys_statements, Q_FORGET));
	backup_ask_again(turn);
}

struct due {
	const char *room;
	const char *session;
	int64_t first_index;
};

static struct due *list_due(struct view *view, size_t *ret_len)
{
	struct due *due = arena_array(view_arena(view), struct due, BATCH_MAX);
	struct stmt *q = view_query(view, &backup_keys_statements, Q_DUE);

	stmt_bind_int(q, 1, BATCH_MAX);
	*ret_len = 0;
	while (stmt_step(q))
		due[(*ret_len)++] = (struct due){ stmt_text(q, 0), stmt_text(q, 1), stmt_int(q, 2) };
	return due;
}

/* One session as it stands in the backup; NULL when the version's key is none. */
static struct cJSON *format_session(struct crypto *crypto, struct view *view, const struct due *due, const char *seal_to)
{
	AUTO_JSON data = inbound_export(crypto, view, due->room, due->session, due->first_index);
	struct cJSON *session, *sealed_data;
	struct key_backup_sealed sealed;
	const char *text;

	if (!data)
		return NULL;
	text = json_print(view_arena(view), data);
	if (key_backup_seal(view_arena(view), seal_to, text, strlen(text), &sealed) != KEY_BACKUP_OK)
		return NULL;
	session = json_object_create();
	sealed_data = json_object_create();
	json_set_str(sealed_data, "ephemeral", sealed.ephemeral);
	json_set_str(sealed_data, "ciphertext", sealed.ciphertext);
	json_set_str(sealed_data, "mac", sealed.mac);
	json_set_int(session, "first_message_index", due->first_index);
	json_set_int(session, "forwarded_count", 0);
	json_set_bool(session, "is_verified", false);
	json_set(session, "session_data", sealed_data);
	return session;
}

/* The sessions of one room among those due; each is taken once. */
static struct cJSON *format_room(struct crypto *crypto, struct view *view, struct due *due, size_t len, const char *room, const char *seal_to)
{
	struct cJSON *object = json_object_create(), *sessions = json_object_create();

	for (size_t i = 0; i < len; i++) {
		struct cJSON *session;

		if (!str_equal(due[i].room, room))
			continue;
		session = format_session(crypto, view, &due[i], seal_to);
		if (session)
			json_set(sessions, due[i].session, session);
		due[i].room = NULL;
	}
	json_set(object, "sessions", sessions);
	return object;
}

static const char *keys_path(struct arena *arena, const char *below, const char *version)
{
	return arena_printf(arena, "/_matrix/client/v3/room_keys/keys%s?version=%s", below, url_escape(arena, version));
}

bool backup_keys_want_upload(struct crypto *crypto, struct view *view, const char *version, const char *seal_to, struct want *ret_want)
{
	struct arena *arena = view_arena(view);
	AUTO_JSON body = json_object_create();
	struct cJSON *rooms = json_object_create();
	size_t len;
	struct due *due = list_due(view, &len);

	json_set(body, "rooms", rooms);
	for (size_t i = 0; i < len; i++) {
		const char *room = due[i].room;

		if (room)
			json_set(rooms, room, format_room(crypto, view, &due[i], len - i, room, seal_to));
	}
	if (!len)
		return false;
	ret_want->about = NULL;
	ret_want->call = (struct call){ .method = CALL_PUT, .path = keys_path(arena, "", version), .body = json_print(arena, body) };
	return true;
}

static void mark_done(struct turn *turn, const char *room, const char *session, int64_t first_index)
{
	struct stmt *q = turn_query(turn, &backup_keys_statements, Q_DONE);

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, session);
	stmt_bind_int(q, 3, first_index);
	(void)stmt_run(q);
}

void backup_keys_take_upload(struct turn *turn, const struct want *want)
{
	const struct cJSON *body = json_parse_in(turn_arena(turn), want->call.body, strlen(want->call.body));
	int64_t count = 0, first_index;

	for JSON_EACH (room, json_object(body, "rooms")) {
		for JSON_EACH (session, json_object(room, "sessions")) {
			if (json_int(session, "first_message_index", &first_index))
				mark_done(turn, json_key(room), json_key(session), first_index);
			count++;
		}
	}
	log_info("crypto.backed_up", "sessions=%lld", (long long)count);
}

/* A want about a session: neither room nor session ids hold a space. */
static const char *about_session(struct arena *arena, const char *about, const char **ret_room)
{
	size_t len = strcspn(about, " ");

	*ret_room = arena_dup_n(arena, about, len);
	return about + len + 1;
}

bool backup_keys_want_fetch(struct view *view, const char *version, struct want *ret_want)
{
	struct arena *arena = view_arena(view);
	const char *room, *session, *below;

	if (!backup_ask_next(view, &room, &session))
		return false;
	below = arena_printf(arena, "/%s/%s", url_escape(arena, room), url_escape(arena, session));
	ret_want->about = arena_printf(arena, "%s %s", room, session);
	ret_want->call = (struct call){ .method = CALL_GET, .path = keys_path(arena, below, version) };
	return true;
}

void backup_keys_take_absent(struct turn *turn, const struct want *want)
{
	const char *room, *session = about_session(turn_arena(turn), want->about, &room);

	backup_ask_answered(turn, room, session);
}

/* What was sealed; NULL when it is none. */
static const struct cJSON *open_session(struct crypto *crypto, struct turn *turn, const struct cJSON *data)
{
	const struct key_backup_sealed sealed = {
		.ephemeral = json_str(data, "ephemeral"), .mac = json_str(data, "mac"), .ciphertext = json_str(data, "ciphertext"),
	};
	unsigned char key[KEY_BACKUP_KEY_BYTES];
	enum key_backup_verdict verdict;
	struct plaintext plaintext;

	if (!sealed.ephemeral || !sealed.mac || !sealed.ciphertext || strlen(sealed.ciphertext) > SEALED_BYTES_MAX ||
	    !backup_key(crypto, turn_view(turn), key))
		return NULL;
	verdict = key_backup_open(turn_arena(turn), key, &sealed, &plaintext);
	explicit_bzero(key, sizeof key);
	return verdict == KEY_BACKUP_OK ? json_parse_in(turn_arena(turn), plaintext.bytes, plaintext.len) : NULL;
}

void backup_keys_take_fetch(struct crypto *crypto, struct turn *turn, const struct want *want, const struct cJSON *answer)
{
	const char *room, *session = about_session(turn_arena(turn), want->about, &room);
	const struct cJSON *data = open_session(crypto, turn, json_object(answer, "session_data"));
	int64_t first_index;

	backup_ask_answered(turn, room, session);
	if (!data) {
		log_warn("crypto.backup_refused", "room=%s session=%s", room, session);
		return;
	}
	inbound_import(crypto, turn, room, session, data);
	if (json_int(answer, "first_message_index", &first_index))
		mark_done(turn, room, session, first_index);
}
