#include "say/applause_day.h"

#include <string.h>

#include "actions/applause.h"
#include "actions/told.h"
#include "base/arena.h"
#include "base/str.h"
#include "say/applause_words.h"
#include "say/month.h"
#include "say/reader.h"
#include "say/typed.h"
#include "text/unicode.h"

/* A month of a busy neighbourhood. */
enum { ROWS_MAX = 500 };

/* In characters as a reader counts them: room for a heading and a last line in DAY_SECTION_MAX. */
enum { LINES_MAX = 430, LINE_MAX = 110, WHY_MAX = 70 };

struct round {
	const struct reader *reader;
	const char *text; /* its lines; "" */
	bool more;        /* some did not fit */
};

static void add_line(struct round *round, const char *line)
{
	struct arena *arena = view_arena(round->reader->view);
	const char *text = arena_printf(arena, "%s\n- %s", round->text, unicode_cut(arena, line, LINE_MAX));

	if (utf8_count(text, strlen(text)) > LINES_MAX)
		round->more = true;
	else
		round->text = text;
}

static bool is_same_person(const struct applause *a, const struct applause *b)
{
	return a->person ? a->person == b->person : !b->person && str_equal(a->called, b->called);
}

/* What i's person was thanked for; each reason once. NULL when he stood in a line before. */
static const char *reasons(struct arena *arena, const struct applause *list, size_t len, size_t i)
{
	const struct applause *first = &list[i];
	const char *why = "";

	for (size_t before = 0; before < i; before++) {
		if (is_same_person(&list[before], first))
			return NULL;
	}
	for (; i < len; i++) {
		if (!is_same_person(first, &list[i]) || str_empty(list[i].why) || strstr(why, list[i].why))
			continue;
		why = str_empty(why) ? list[i].why : arena_printf(arena, "%s; %s", why, list[i].why);
	}
	return why;
}

static void add_person(struct round *round, const struct applause *list, size_t len, size_t i)
{
	struct arena *arena = view_arena(round->reader->view);
	const char *whom = applause_words_whom(round->reader, &list[i]);
	const char *why = reasons(arena, list, len, i);

	if (!why || (str_empty(whom) && str_empty(why)))
		return;
	if (str_empty(whom))
		whom = SAY_TO(round->reader, "applause.somebody");
	add_line(round, str_empty(why) ? whom : arena_printf(arena, "%s, %s", whom, why));
}

/* The round is told: since when it tells. */
static int64_t take_period(const struct house *house, struct turn *turn, const struct day_post *post, enum action_told what)
{
	int64_t since_ms = action_told_until(turn_view(turn), post->group->id, what);

	action_tell(turn, post->group->id, what);
	return since_ms ? since_ms : month_before_ms(house, turn_now_ms(turn));
}

static const char *close_round(const struct round *round, const char *heading)
{
	struct arena *arena = view_arena(round->reader->view);
	const char *text = arena_printf(arena, "%s%s", heading, round->text);

	return round->more ? arena_printf(arena, "%s\n%s", text, SAY_TO(round->reader, "applause.more")) : text;
}

const char *applause_day_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	const struct reader reader = { house, turn_view(turn), post->group, post->group->language };
	struct round round = { &reader, "", false };
	const struct applause *list;
	size_t len;

	if (!day_post_covers_month_start(post))
		return NULL;
	list = applause_list(reader.view, post->group->id, take_period(house, turn, post, ACTION_TOLD_APPLAUSE), ROWS_MAX, &len);
	for (size_t i = 0; i < len; i++)
		add_person(&round, list, len, i);
	return str_empty(round.text) ? NULL : close_round(&round, SAY_TO(&reader, "applause.month"));
}

/* What one core of the list was applauded for that others may read, NULL for nothing; *ret_next is where the next core begins. */
static const char *why_of_core(const struct reader *reader, const struct applause *list, size_t len, size_t at, size_t *ret_next)
{
	const char *why = NULL;
	int64_t core = list[at].core;

	for (; at < len && list[at].core == core; at++) {
		if (!why && !list[at].own_only && !str_empty(list[at].why))
			why = unicode_cut(view_arena(reader->view), typed_for(reader, list[at].group, list[at].why), WHY_MAX);
	}
	*ret_next = at;
	return why;
}

const char *applause_day_compose_neighbourhood(const struct house *house, struct turn *turn, const struct day_post *post)
{
	const struct reader reader = { house, turn_view(turn), post->group, post->group->language };
	struct round round = { &reader, "", false };
	const struct applause *list;
	size_t len;

	if (!post->group->is_main || !day_post_covers_month_start(post))
		return NULL;
	list = applause_list_elsewhere(reader.view, post->group->core, take_period(house, turn, post, ACTION_TOLD_NEIGHBOURHOOD), ROWS_MAX, &len);
	for (size_t at = 0, next; at < len; at = next) {
		const char *why = why_of_core(&reader, list, len, at, &next);
		const char *core = core_get(reader.view, list[at].core).name;

		add_line(&round, why ? SAY_TO(&reader, "applause.core_why", MSG_TEXT("core", core), MSG_TEXT("why", why)) :
				       SAY_TO(&reader, "applause.core", MSG_TEXT("core", core)));
	}
	return str_empty(round.text) ? NULL : close_round(&round, SAY_TO(&reader, "applause.neighbourhood"));
}
