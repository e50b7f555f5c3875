#include "obligations/story.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"

enum {
	Q_ADD,
	Q_TWIN,
	Q_ADD_CHANGE,
	Q_EDIT,
	Q_WITHDRAW,
	Q_BY_ID,
	Q_BY_EVENT,
	Q_BY_PHOTO,
	Q_LATEST,
	Q_COUNT,
	Q_LIST,
	Q_COUNT_ANSWERS,
	Q_LIST_ANSWERS,
	Q_ADD_PHOTO,
	Q_REMOVE_PHOTO,
	Q_PHOTOS,
	Q_MAX
};

#define ROW                                                                                                    \
	"SELECT s.id, s.kind, s.core, s.app_group, s.author, s.event, s.said_at_ms, s.disappearing, s.language, s.text, " \
	"s.withdrawn_at_ms IS NOT NULL, "                                                                      \
	"(SELECT count(*) FROM story_photo p JOIN media m ON m.id = p.media WHERE p.story = s.id AND m.state <> 'failed'), s.round "
#define TOLD "s.withdrawn_at_ms IS NULL"

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO story (kind, core, app_group, author, event, said_at_ms, disappearing, language, text, round)"
	          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
	[Q_TWIN] = ROW "FROM story s WHERE s.author = ?1 AND s.said_at_ms = ?2 AND s.kind = ?3 AND s.text = ?4 AND s.app_group = ?5 AND " TOLD " LIMIT 1",
	[Q_ADD_CHANGE] = "INSERT INTO story_change (story, at_ms, old_text) SELECT id, ?2, text FROM story WHERE id = ?1",
	[Q_EDIT] = "UPDATE story SET text = ?2 WHERE id = ?1",
	[Q_WITHDRAW] = "UPDATE story SET withdrawn_at_ms = ?2 WHERE id = ?1 AND withdrawn_at_ms IS NULL",
	[Q_BY_ID] = ROW "FROM story s WHERE s.id = ?1",
	[Q_BY_EVENT] = ROW "FROM story s WHERE s.event = ?1",
	[Q_BY_PHOTO] = ROW "FROM story_photo x JOIN story s ON s.id = x.story WHERE x.media = ?1",
	[Q_LATEST] = ROW "FROM story s WHERE s.author = ?1 AND s.said_at_ms >= ?3 AND s.app_group = ?2 AND " TOLD
	                 " ORDER BY s.said_at_ms DESC, s.id DESC LIMIT 1",
	[Q_COUNT] = "SELECT count(*) FROM story s WHERE s.core = ?1 AND s.kind = ?2 AND " TOLD,
	[Q_LIST] = ROW "FROM story s WHERE s.core = ?1 AND s.kind = ?2 AND " TOLD " ORDER BY s.id",
	[Q_COUNT_ANSWERS] = "SELECT count(*) FROM story s WHERE s.core = ?1 AND s.round = ?2 AND " TOLD,
	[Q_LIST_ANSWERS] = ROW "FROM story s WHERE s.core = ?1 AND s.round = ?2 AND " TOLD " ORDER BY s.id",
	[Q_ADD_PHOTO] = "INSERT INTO story_photo (media, story) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
	[Q_REMOVE_PHOTO] = "DELETE FROM story_photo WHERE media = ?1 AND story = ?2",
	[Q_PHOTOS] = "SELECT m.blob FROM story_photo p JOIN media m ON m.id = p.media WHERE p.story = ?1 AND m.blob IS NOT NULL ORDER BY p.id LIMIT ?2",
};
_Static_assert(ARRAY_LEN(sql) == Q_MAX, "a statement for every name");

const struct statements story_statements = { "obligations/story", sql, Q_MAX };

static const char *const kind_words[] = {
	[STORY_RESULT] = "result",
	[STORY_LESSON] = "lesson",
	[STORY_ANSWER] = "answer",
};

const char *story_kind_format(enum story_kind kind)
{
	return kind_words[kind];
}

static struct story read_row(struct stmt *q)
{
	struct story story = {
		.id = stmt_int(q, 0),
		.kind = (enum story_kind)stmt_word(q, 1, kind_words, ARRAY_LEN(kind_words)),
		.core = stmt_int(q, 2),
		.group = stmt_int(q, 3),
		.author = stmt_int(q, 4),
		.event = stmt_text(q, 5),
		.said_at_ms = stmt_int(q, 6),
		.disappearing = stmt_int(q, 7),
		.text = stmt_text(q, 9),
		.withdrawn = stmt_int(q, 10),
		.photos = stmt_int(q, 11),
		.round = stmt_text(q, 12),
	};

	INVARIANT(language_parse(stmt_text(q, 8), &story.language));
	return story;
}

static bool read_one(struct stmt *q, struct story *ret_story)
{
	if (!stmt_step(q))
		return false;
	*ret_story = read_row(q);
	stmt_reset(q);
	return true;
}

static struct story story_get(struct view *view, int64_t id)
{
	struct stmt *q = view_query(view, &story_statements, Q_BY_ID);
	struct story story;

	stmt_bind_int(q, 1, id);
	if (!read_one(q, &story))
		die("no story %lld", (long long)id);
	return story;
}

/* A bridge that recreates a room gives its messages new ids: same group, author, words and moment. */
static bool find_twin(struct turn *turn, const struct story_draft *draft, struct story *ret_story)
{
	struct stmt *q = turn_query(turn, &story_statements, Q_TWIN);

	stmt_bind_int(q, 1, draft->author);
	stmt_bind_int(q, 2, draft->said_at_ms);
	stmt_bind_text(q, 3, kind_words[draft->kind]);
	stmt_bind_text(q, 4, draft->text);
	stmt_bind_int(q, 5, draft->group);
	return read_one(q, ret_story);
}

static bool is_too_long(const char *text)
{
	return utf8_count(text, strlen(text)) > STORY_TEXT_MAX;
}

enum story_verdict story_add(struct turn *turn, const struct story_draft *draft, struct story *ret_story)
{
	struct stmt *q;

	if (str_empty(draft->text) && !draft->has_photo)
		return STORY_EMPTY;
	if (is_too_long(draft->text))
		return STORY_TOO_LONG;
	if (!str_empty(draft->text) && find_twin(turn, draft, ret_story))
		return STORY_SAME;
	q = turn_query(turn, &story_statements, Q_ADD);
	stmt_bind_text(q, 1, kind_words[draft->kind]);
	stmt_bind_int(q, 2, draft->core);
	stmt_bind_int(q, 3, draft->group);
	stmt_bind_int(q, 4, draft->author);
	stmt_bind_text(q, 5, draft->event);
	stmt_bind_int(q, 6, draft->said_at_ms);
	stmt_bind_int(q, 7, draft->disappearing);
	stmt_bind_text(q, 8, language_format(draft->language));
	stmt_bind_text(q, 9, draft->text);
	stmt_bind_text(q, 10, draft->round);
	*ret_story = story_get(turn_view(turn), stmt_insert(q));
	return STORY_DONE;
}

enum story_verdict story_edit(struct turn *turn, int64_t id, const char *text, struct story *ret_story)
{
	struct story story = story_get(turn_view(turn), id);
	struct stmt *q;

	if (story.withdrawn)
		return STORY_GONE;
	if (str_empty(text) && !story.photos)
		return STORY_EMPTY;
	if (is_too_long(text))
		return STORY_TOO_LONG;
	if (str_equal(text, story.text))
		return STORY_SAME;
	q = turn_query(turn, &story_statements, Q_ADD_CHANGE);
	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	(void)stmt_run(q);
	q = turn_query(turn, &story_statements, Q_EDIT);
	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, text);
	(void)stmt_run(q);
	*ret_story = story_get(turn_view(turn), id);
	return STORY_DONE;
}

bool story_withdraw(struct turn *turn, int64_t id)
{
	struct stmt *q = turn_query(turn, &story_statements, Q_WITHDRAW);

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	return stmt_run(q) > 0;
}

bool story_find_by_event(struct view *view, const char *event, struct story *ret_story)
{
	struct stmt *q = view_query(view, &story_statements, Q_BY_EVENT);

	stmt_bind_text(q, 1, event);
	return read_one(q, ret_story);
}

bool story_find_by_photo(struct view *view, int64_t media, struct story *ret_story)
{
	struct stmt *q = view_query(view, &story_statements, Q_BY_PHOTO);

	stmt_bind_int(q, 1, media);
	return read_one(q, ret_story);
}

bool story_find_latest(struct view *view, int64_t author, int64_t group, int64_t since_ms, struct story *ret_story)
{
	struct stmt *q = view_query(view, &story_statements, Q_LATEST);

	stmt_bind_int(q, 1, author);
	stmt_bind_int(q, 2, group);
	stmt_bind_int(q, 3, since_ms);
	return read_one(q, ret_story);
}

int64_t story_count(struct view *view, int64_t core, enum story_kind kind)
{
	struct stmt *q = view_query(view, &story_statements, Q_COUNT);

	stmt_bind_int(q, 1, core);
	stmt_bind_text(q, 2, kind_words[kind]);
	return stmt_one_int(q, 0);
}

struct story *story_list(struct view *view, int64_t core, enum story_kind kind, size_t *ret_len)
{
	struct story *stories = arena_array(view_arena(view), struct story, (size_t)story_count(view, core, kind));
	struct stmt *q = view_query(view, &story_statements, Q_LIST);
	size_t len = 0;

	stmt_bind_int(q, 1, core);
	stmt_bind_text(q, 2, kind_words[kind]);
	while (stmt_step(q))
		stories[len++] = read_row(q);
	*ret_len = len;
	return stories;
}

int64_t story_count_answers(struct view *view, int64_t core, const char *round)
{
	struct stmt *q = view_query(view, &story_statements, Q_COUNT_ANSWERS);

	stmt_bind_int(q, 1, core);
	stmt_bind_text(q, 2, round);
	return stmt_one_int(q, 0);
}

struct story *story_list_answers(struct view *view, int64_t core, const char *round, size_t *ret_len)
{
	struct story *stories = arena_array(view_arena(view), struct story, (size_t)story_count_answers(view, core, round));
	struct stmt *q = view_query(view, &story_statements, Q_LIST_ANSWERS);

	stmt_bind_int(q, 1, core);
	stmt_bind_text(q, 2, round);
	*ret_len = 0;
	while (stmt_step(q))
		stories[(*ret_len)++] = read_row(q);
	return stories;
}

bool story_takes_photos(enum story_kind kind)
{
	return kind != STORY_LESSON;
}

void story_add_photo(struct turn *turn, int64_t id, int64_t media)
{
	struct stmt *q = turn_query(turn, &story_statements, Q_ADD_PHOTO);

	stmt_bind_int(q, 1, media);
	stmt_bind_int(q, 2, id);
	(void)stmt_run(q);
}

void story_remove_photo(struct turn *turn, int64_t id, int64_t media)
{
	struct stmt *q = turn_query(turn, &story_statements, Q_REMOVE_PHOTO);

	stmt_bind_int(q, 1, media);
	stmt_bind_int(q, 2, id);
	(void)stmt_run(q);
}

const char **story_photos(struct view *view, int64_t id, size_t *ret_len)
{
	struct story story = story_get(view, id);
	const char **hashes = arena_array(view_arena(view), const char *, (size_t)story.photos);
	struct stmt *q = view_query(view, &story_statements, Q_PHOTOS);
	size_t len = 0;

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, story.photos);
	while (stmt_step(q))
		hashes[len++] = stmt_text(q, 0);
	*ret_len = len;
	return hashes;
}
