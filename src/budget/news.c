#include "budget/news.h"

#include <string.h>

#include "base/arena.h"
#include "base/compiler.h"

enum { Q_ADD, Q_LIST, Q_DROP, Q_TOLD, Q_MAX };

static const char *const news_sql[] = {
	[Q_ADD] = "INSERT INTO review_news (app_group, kind, subject) VALUES (?1, ?2, ?3)",
	[Q_LIST] = "SELECT id, kind, subject FROM review_news WHERE app_group = ?1 ORDER BY id",
	[Q_DROP] = "DELETE FROM review_news WHERE app_group = ?1 AND kind = ?2 AND subject = ?3",
	[Q_TOLD] = "DELETE FROM review_news WHERE id = ?1",
};
_Static_assert(ARRAY_LEN(news_sql) == Q_MAX, "a statement for every name");

const struct statements budget_news_statements = { "budget/news", news_sql, Q_MAX };

static const char *const kind_words[] = {
	[BUDGET_NEWS_APPROVED] = "approved",
	[BUDGET_NEWS_REJECTED] = "rejected",
	[BUDGET_NEWS_PAID] = "paid",
	[BUDGET_NEWS_SOLE] = "sole",
	[BUDGET_NEWS_MOVE_PROPOSED] = "move_proposed",
	[BUDGET_NEWS_MOVED] = "moved",
	[BUDGET_NEWS_MOVE_ENDED] = "move_ended",
};

void budget_news_add(struct turn *turn, int64_t group, enum budget_news_kind kind, int64_t subject)
{
	struct stmt *q = turn_query(turn, &budget_news_statements, Q_ADD);

	stmt_bind_int(q, 1, group);
	stmt_bind_text(q, 2, kind_words[kind]);
	stmt_bind_int(q, 3, subject);
	(void)stmt_run(q);
}

struct budget_news *budget_news_list(struct view *view, int64_t group, size_t *ret_len)
{
	struct stmt *q = view_query(view, &budget_news_statements, Q_LIST);
	struct budget_news *news = NULL;
	size_t len = 0, size = 0;

	stmt_bind_int(q, 1, group);
	while (stmt_step(q)) {
		if (len == size) {
			struct budget_news *more = arena_array(view_arena(view), struct budget_news, size = size ? 2 * size : 8);

			if (len)
				memcpy(more, news, len * sizeof *news);
			news = more;
		}
		news[len++] = (struct budget_news){
			.id = stmt_int(q, 0),
			.kind = (enum budget_news_kind)stmt_word(q, 1, kind_words, ARRAY_LEN(kind_words)),
			.subject = stmt_int(q, 2),
		};
	}
	*ret_len = len;
	return news;
}

bool budget_news_drop(struct turn *turn, int64_t group, enum budget_news_kind kind, int64_t subject)
{
	struct stmt *q = turn_query(turn, &budget_news_statements, Q_DROP);

	stmt_bind_int(q, 1, group);
	stmt_bind_text(q, 2, kind_words[kind]);
	stmt_bind_int(q, 3, subject);
	return stmt_run(q) > 0;
}

void budget_news_told(struct turn *turn, int64_t id)
{
	struct stmt *q = turn_query(turn, &budget_news_statements, Q_TOLD);

	stmt_bind_int(q, 1, id);
	(void)stmt_run(q);
}
