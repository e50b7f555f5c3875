#include "ideas/news.h"

#include "base/arena.h"

enum { Q_ADD, Q_OUTDATE, Q_LIST, Q_TOLD, Q_DROP, Q_MAX };

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO idea_news (idea, app_group, what, other) VALUES (?1, ?2, ?3, nullif(?4, 0))",
	[Q_OUTDATE] = "DELETE FROM idea_news WHERE idea = ?1 AND what = ?2 AND other IS nullif(?3, 0)",
	[Q_LIST] = "SELECT id, what, idea, ifnull(other, 0) FROM idea_news WHERE app_group = ?1 ORDER BY id LIMIT ?2",
	[Q_TOLD] = "DELETE FROM idea_news WHERE id = ?1",
	[Q_DROP] = "DELETE FROM idea_news WHERE idea = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements idea_news_statements = { "ideas/news", sql, Q_MAX };

static const char *const kind_words[] = {
	[IDEA_NEWS_STATE] = "state",
	[IDEA_NEWS_JOINED] = "joined",
	[IDEA_NEWS_NOTED] = "noted",
};

void idea_news_add(struct turn *turn, const struct idea *idea, enum idea_news_kind what, int64_t other)
{
	struct stmt *q = turn_query(turn, &idea_news_statements, Q_OUTDATE);

	stmt_bind_int(q, 1, idea->id);
	stmt_bind_text(q, 2, kind_words[what]);
	stmt_bind_int(q, 3, other);
	(void)stmt_run(q);
	q = turn_query(turn, &idea_news_statements, Q_ADD);
	stmt_bind_int(q, 1, idea->id);
	stmt_bind_int(q, 2, idea->group);
	stmt_bind_text(q, 3, kind_words[what]);
	stmt_bind_int(q, 4, other);
	(void)stmt_run(q);
}

struct idea_news *idea_news_list(struct view *view, int64_t group, size_t *ret_len)
{
	struct stmt *q = view_query(view, &idea_news_statements, Q_LIST);
	struct idea_news *news = arena_array(view_arena(view), struct idea_news, IDEA_NEWS_MAX);
	size_t len = 0;

	stmt_bind_int(q, 1, group);
	stmt_bind_int(q, 2, IDEA_NEWS_MAX);
	while (stmt_step(q))
		news[len++] = (struct idea_news){ stmt_int(q, 0), (enum idea_news_kind)stmt_word(q, 1, kind_words, ARRAY_LEN(kind_words)), stmt_int(q, 2), stmt_int(q, 3) };
	*ret_len = len;
	return news;
}

void idea_news_told(struct turn *turn, int64_t id)
{
	struct stmt *q = turn_query(turn, &idea_news_statements, Q_TOLD);

	stmt_bind_int(q, 1, id);
	(void)stmt_run(q);
}

void idea_news_drop(struct turn *turn, int64_t idea)
{
	struct stmt *q = turn_query(turn, &idea_news_statements, Q_DROP);

	stmt_bind_int(q, 1, idea);
	(void)stmt_run(q);
}
