#include "say/look_back.h"

#include <string.h>

#include "actions/action.h"
#include "actions/told.h"
#include "base/arena.h"
#include "base/str.h"
#include "say/action_words.h"
#include "say/group_words.h"
#include "say/month.h"
#include "text/unicode.h"
#include "text/zone.h"

/* Of each block as many lines as fit, at most this many; rows enough to fill three of them. */
enum { BLOCK_LINES_MAX = 5, ROWS_MAX = 60 };

/* In characters as a reader counts them. */
enum { LINE_MAX = 45, REASON_MAX = 45, WHOLE_MAX = 600 };

struct facts {
	const struct action *settled;
	size_t settled_len;
	const struct action *open;
	size_t open_len;
	const char *today;
	int64_t since_ms;
};

struct block {
	const struct reader *reader;
	const char *text;  /* its lines; "" for none */
	size_t lines;
	size_t lines_max;
};

static struct facts facts_of(const struct reader *reader, int64_t since_ms)
{
	struct facts facts = { .since_ms = since_ms };

	facts.settled = action_list_settled(reader->view, reader->group->id, since_ms, ROWS_MAX, &facts.settled_len);
	facts.open = action_list_open_of_group(reader->view, reader->group->id, ROWS_MAX, &facts.open_len);
	facts.today = zone_format_date(reader->house->zone, view_arena(reader->view), view_now_ms(reader->view));
	return facts;
}

/* A line of an action, with what follows it or NULL. */
static void add_line(struct block *block, const struct action *action, const char *behind)
{
	struct arena *arena = view_arena(block->reader->view);
	const char *line = action_words_text(block->reader, action, action->text, LINE_MAX);

	if (block->lines++ >= block->lines_max)
		return;
	block->text = behind ? arena_printf(arena, "%s\n- %s: %s", block->text, line, behind) : arena_printf(arena, "%s\n- %s", block->text, line);
}

/* The block under its heading; what did not fit, and a block without lines, are said in words. */
static const char *close_block(const struct block *block, const char *heading, const char *when_empty)
{
	struct arena *arena = view_arena(block->reader->view);

	if (!block->lines)
		return arena_printf(arena, "%s\n- %s", heading, when_empty);
	if (block->lines > block->lines_max)
		return arena_printf(arena, "%s%s\n- %s", heading, block->text, SAY_TO(block->reader, "look_back.more"));
	return arena_printf(arena, "%s%s", heading, block->text);
}

static const char *block_of(const struct reader *reader, const struct facts *facts, enum action_state state, size_t lines_max)
{
	struct block block = { reader, "", 0, lines_max };
	const char *none = SAY_TO(reader, "look_back.none");

	for (size_t i = 0; i < facts->settled_len; i++) {
		if (facts->settled[i].state == state)
			add_line(&block, &facts->settled[i], NULL);
	}
	return close_block(&block, SAY_TO(reader, state == ACTION_STATE_DONE ? "look_back.done" : "look_back.extra"), none);
}

/* What did not work out with its reason, and what waits: an action of a day to come does not. */
static const char *not_done_block(const struct reader *reader, const struct facts *facts, size_t lines_max)
{
	struct block block = { reader, "", 0, lines_max };

	for (size_t i = 0; i < facts->settled_len; i++) {
		const struct action *action = &facts->settled[i];

		if (action->state == ACTION_STATE_NOT_DONE)
			add_line(&block, action, action->reason ? action_words_text(reader, action, action->reason, REASON_MAX) : NULL);
	}
	for (size_t i = 0; i < facts->open_len; i++) {
		if (!facts->open[i].due || strcmp(facts->open[i].due, facts->today) < 0)
			add_line(&block, &facts->open[i], SAY_TO(reader, "action.still_open"));
	}
	return close_block(&block, SAY_TO(reader, "look_back.not_done"), SAY_TO(reader, "look_back.none"));
}

static char *three_blocks(const struct reader *reader, const struct facts *facts, size_t lines_max)
{
	struct arena *arena = view_arena(reader->view);
	const char *group = group_words_name(reader->house, reader->view, reader->language, reader->group);
	const char *date = zone_format_pattern(reader->house->zone, arena, reader->language, "d MMMM", facts->since_ms);

	return arena_printf(arena, "%s\n%s\n%s\n%s", SAY_TO(reader, "look_back.title", MSG_TEXT("group", group), MSG_TEXT("date", date)),
			    block_of(reader, facts, ACTION_STATE_DONE, lines_max), not_done_block(reader, facts, lines_max),
			    block_of(reader, facts, ACTION_STATE_EXTRA, lines_max));
}

/* As many lines as a phone shows. */
static char *words_since(const struct reader *reader, int64_t since_ms)
{
	struct facts facts = facts_of(reader, since_ms);
	char *text = NULL;

	for (size_t lines = BLOCK_LINES_MAX; lines > 0; lines--) {
		text = three_blocks(reader, &facts, lines);
		if (utf8_count(text, strlen(text)) <= WHOLE_MAX)
			break;
	}
	return text;
}

char *look_back_words(const struct reader *reader)
{
	int64_t month_ago_ms = month_before_ms(reader->house, view_now_ms(reader->view));
	int64_t told_ms = action_told_until(reader->view, reader->group->id, ACTION_TOLD_LOOK_BACK);

	return words_since(reader, told_ms && told_ms < month_ago_ms ? told_ms : month_ago_ms);
}

const char *look_back_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	struct view *view = turn_view(turn);
	const struct reader reader = { house, view, post->group, post->group->language };
	int64_t since_ms;
	size_t len;

	if (!day_post_covers_month_start(post))
		return NULL;
	since_ms = action_told_until(view, post->group->id, ACTION_TOLD_LOOK_BACK);
	if (!since_ms)
		since_ms = month_before_ms(house, view_now_ms(view));
	(void)action_list_settled(view, post->group->id, since_ms, 1, &len);
	if (!len)
		return NULL;
	action_tell(turn, post->group->id, ACTION_TOLD_LOOK_BACK);
	return words_since(&reader, since_ms);
}
