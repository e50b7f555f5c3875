#include "store/media.h"

#include "base/arena.h"
#include "base/die.h"

enum { MEDIA_RECENT_LIMIT = 50 };

enum { Q_FIND, Q_GET, Q_WANT, Q_RECENT, Q_REMEMBER, Q_STORED, Q_FAILED, Q_RETRY, Q_DEFER, Q_NEXT_WANTED, Q_NEXT_MS, Q_FORGET_SENDER, Q_FORGET, Q_MAX };

#define ROW "id, event, room, sender, sent_at_ms, state, blob, why_failed, url, name, mime, size, key, disappearing, attempts"

static const char *const sql[] = {
	[Q_FIND] = "SELECT " ROW " FROM media WHERE event = ?1",
	[Q_GET] = "SELECT " ROW " FROM media WHERE id = ?1",
	[Q_WANT] = "UPDATE media SET state = 'wanted' WHERE id = ?1 AND state = 'known'",
	[Q_RECENT] = "SELECT " ROW " FROM media WHERE room = ?1 AND sender = ?2 AND sent_at_ms BETWEEN ?3 AND ?4 ORDER BY sent_at_ms, id LIMIT ?5",
	[Q_REMEMBER] = "INSERT INTO media (event, room, sender, sent_at_ms, url, name, mime, size, key, disappearing, state)"
	               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'known') ON CONFLICT (event) DO NOTHING",
	[Q_STORED] = "UPDATE media SET state = 'stored', blob = ?2, why_failed = NULL WHERE id = ?1",
	[Q_FAILED] = "UPDATE media SET state = 'failed', why_failed = ?2 WHERE id = ?1",
	[Q_RETRY] = "UPDATE media SET attempts = attempts + 1, next_try_ms = ?2 WHERE id = ?1",
	[Q_DEFER] = "UPDATE media SET next_try_ms = ?2 WHERE id = ?1",
	[Q_NEXT_WANTED] = "SELECT " ROW " FROM media WHERE state = 'wanted' AND next_try_ms <= ?1 ORDER BY next_try_ms, id LIMIT 1",
	[Q_NEXT_MS] = "SELECT min(next_try_ms) FROM media WHERE state = 'wanted'",
	[Q_FORGET_SENDER] = "UPDATE media SET sender = '', name = '' WHERE sender = ?1",
	[Q_FORGET] = "DELETE FROM media WHERE state = 'known' AND sent_at_ms < ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements media_statements = { "media", sql, Q_MAX };

static const char *const state_words[] = {
	[MEDIA_KNOWN] = "known",
	[MEDIA_WANTED] = "wanted",
	[MEDIA_STORED] = "stored",
	[MEDIA_FAILED] = "failed",
};

static struct media_row read_row(struct stmt *q)
{
	return (struct media_row){
		.id = stmt_int(q, 0),
		.event = stmt_text(q, 1),
		.room = stmt_text(q, 2),
		.sender = stmt_text(q, 3),
		.sent_at_ms = stmt_int(q, 4),
		.state = (enum media_state)stmt_word(q, 5, state_words, ARRAY_LEN(state_words)),
		.blob = stmt_text(q, 6),
		.why_failed = stmt_text(q, 7),
		.file = { .url = stmt_text(q, 8), .name = stmt_text(q, 9), .mime = stmt_text(q, 10), .size = stmt_int(q, 11), .key = stmt_text(q, 12) },
		.disappearing = stmt_int(q, 13),
		.attempts = stmt_int(q, 14),
	};
}

static bool read_one(struct stmt *q, struct media_row *ret_media)
{
	if (!stmt_step(q))
		return false;
	*ret_media = read_row(q);
	stmt_reset(q);
	return true;
}

bool media_find(struct view *view, const char *event, struct media_row *ret_media)
{
	struct stmt *q = view_query(view, &media_statements, Q_FIND);

	stmt_bind_text(q, 1, event);
	return read_one(q, ret_media);
}

struct media_row media_get(struct view *view, int64_t id)
{
	struct stmt *q = view_query(view, &media_statements, Q_GET);
	struct media_row row;

	stmt_bind_int(q, 1, id);
	if (!read_one(q, &row))
		die("no media %lld", (long long)id);
	return row;
}

struct media_row *media_recent(struct view *view, const char *room, const char *sender, int64_t from_ms, int64_t to_ms, size_t *ret_len)
{
	struct media_row *rows = arena_array(view_arena(view), struct media_row, MEDIA_RECENT_LIMIT);
	struct stmt *q = view_query(view, &media_statements, Q_RECENT);
	size_t len = 0;

	stmt_bind_text(q, 1, room);
	stmt_bind_text(q, 2, sender);
	stmt_bind_int(q, 3, from_ms);
	stmt_bind_int(q, 4, to_ms);
	stmt_bind_int(q, 5, MEDIA_RECENT_LIMIT);
	while (stmt_step(q))
		rows[len++] = read_row(q);
	*ret_len = len;
	return rows;
}

bool media_next_wanted(struct view *view, struct media_row *ret_media)
{
	struct stmt *q = view_query(view, &media_statements, Q_NEXT_WANTED);

	stmt_bind_int(q, 1, view_now_ms(view));
	return read_one(q, ret_media);
}

int64_t media_next_ms(struct view *view)
{
	return stmt_one_int(view_query(view, &media_statements, Q_NEXT_MS), INT64_MAX);
}

int64_t media_remember(struct turn *turn, const struct event *event)
{
	struct stmt *q = turn_query(turn, &media_statements, Q_REMEMBER);
	struct media_row row;

	stmt_bind_text(q, 1, event->id);
	stmt_bind_text(q, 2, event->room);
	stmt_bind_text(q, 3, event->sender);
	stmt_bind_int(q, 4, event->sent_at_ms);
	stmt_bind_text(q, 5, event->media->url);
	stmt_bind_text(q, 6, event->media->name);
	stmt_bind_text(q, 7, event->media->mime);
	stmt_bind_int(q, 8, event->media->size);
	stmt_bind_text(q, 9, event->media->key);
	stmt_bind_int(q, 10, event->disappearing);
	(void)stmt_run(q);
	INVARIANT(media_find(turn_view(turn), event->id, &row));
	return row.id;
}

void media_want(struct turn *turn, int64_t id)
{
	struct stmt *q = turn_query(turn, &media_statements, Q_WANT);

	stmt_bind_int(q, 1, id);
	(void)stmt_run(q);
}

void media_stored(struct turn *turn, int64_t id, const char *blob)
{
	struct stmt *q = turn_query(turn, &media_statements, Q_STORED);

	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, blob);
	(void)stmt_run(q);
}

void media_failed(struct turn *turn, int64_t id, const char *why)
{
	struct stmt *q = turn_query(turn, &media_statements, Q_FAILED);

	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, why);
	(void)stmt_run(q);
}

void media_retry(struct turn *turn, int64_t id, int64_t next_try_ms)
{
	struct stmt *q = turn_query(turn, &media_statements, Q_RETRY);

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, next_try_ms);
	(void)stmt_run(q);
}

void media_defer(struct turn *turn, int64_t id, int64_t until_ms)
{
	struct stmt *q = turn_query(turn, &media_statements, Q_DEFER);

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, until_ms);
	(void)stmt_run(q);
}

void media_forget_sender(struct turn *turn, const char *sender)
{
	struct stmt *q = turn_query(turn, &media_statements, Q_FORGET_SENDER);

	stmt_bind_text(q, 1, sender);
	(void)stmt_run(q);
}

void media_forget(struct turn *turn, int64_t before_ms)
{
	struct stmt *q = turn_query(turn, &media_statements, Q_FORGET);

	stmt_bind_int(q, 1, before_ms);
	(void)stmt_run(q);
}
