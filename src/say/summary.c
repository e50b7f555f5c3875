#include "say/summary.h"

#include "base/arena.h"
#include "base/compiler.h"
#include "base/sha256.h"
#include "budget/ledger.h"
#include "say/budget_words.h"
#include "say/reader.h"

/* In characters: the head is long, and a section of the day post is cut at DAY_SECTION_MAX. */
enum { ROWS_MAX = 300 };

enum { Q_TOLD, Q_TELL, Q_MAX };

static const char *const summary_sql[] = {
	[Q_TOLD] = "SELECT entry FROM budget_told WHERE app_group = ?1 AND period = ?2",
	[Q_TELL] = "INSERT INTO budget_told (app_group, period, entry) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET entry = excluded.entry",
};
_Static_assert(ARRAY_LEN(summary_sql) == Q_MAX, "a statement for every name");

const struct statements summary_statements = { "say/summary", summary_sql, Q_MAX };

/* The last entry this group was told about; 0 for none. */
static int64_t told_entry(struct view *view, const struct group *group, const char *period)
{
	struct stmt *q = view_query(view, &summary_statements, Q_TOLD);
	int64_t entry = 0;

	stmt_bind_int(q, 1, group->id);
	stmt_bind_text(q, 2, period);
	while (stmt_step(q))
		entry = stmt_int(q, 0);
	return entry;
}

static void tell(struct turn *turn, const struct group *group, const char *period, int64_t entry)
{
	struct stmt *q = turn_query(turn, &summary_statements, Q_TELL);

	stmt_bind_int(q, 1, group->id);
	stmt_bind_text(q, 2, period);
	stmt_bind_int(q, 3, entry);
	(void)stmt_run(q);
}

const char *summary_week_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	struct view *view = turn_view(turn);
	const struct group *group = post->group;
	struct reader reader = { house, view, group, group->language };
	const char *title, *core;
	char head[SHA256_HEX_SIZE];
	struct cents spent;

	if (!group->core || !group->is_main || !day_post_covers_weekday(post, WEEKDAY_MONDAY) ||
	    !ledger_core_moved(view, group->core, told_entry(view, group, "week"), &spent))
		return NULL;
	tell(turn, group, "week", ledger_head(view, head));
	core = core_get(view, group->core).name;
	if (cents_exceeds(spent, cents_from_int64(0)))
		title = SAY_TO(&reader, "summary.week_spent", MSG_TEXT("core", core), MSG_CENTS("spent", spent));
	else
		title = SAY_TO(&reader, "summary.week", MSG_TEXT("core", core));
	return arena_printf(turn_arena(turn), "%s\n%s", title, budget_words_core(&reader, group->core));
}

/* All the money, or one row of it and that nothing happened. */
static const char *month_words(const struct reader *reader, bool moved)
{
	struct arena *arena = view_arena(reader->view);

	if (!moved)
		return arena_printf(arena, "%s\n%s", SAY_TO(reader, "summary.month_quiet"), budget_words_whole(reader));
	return arena_printf(arena, "%s\n%s", SAY_TO(reader, "summary.month"), budget_words_all(reader, ROWS_MAX));
}

const char *summary_month_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	struct view *view = turn_view(turn);
	struct reader reader = { house, view, post->group, post->group->language };
	char head[SHA256_HEX_SIZE];
	int64_t told;

	if ((post->group->core && !post->group->is_main) || !day_post_covers_month_start(post))
		return NULL;
	told = told_entry(view, post->group, "month");
	tell(turn, post->group, "month", ledger_head(view, head));
	return arena_printf(turn_arena(turn), "%s\n%s", month_words(&reader, ledger_moved(view, told)),
			    SAY_TO(&reader, "summary.head", MSG_TEXT("head", head)));
}
