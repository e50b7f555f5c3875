#include "say/action_day.h"

#include <string.h>

#include "actions/action.h"
#include "base/arena.h"
#include "people/person.h"
#include "say/action_words.h"

/* What does not fit waits: for tomorrow, or for the day itself. */
enum { LINES_MAX = 5 };

struct section {
	const struct reader *reader;
	struct turn *turn;
	const struct day_post *post;
	const char *today;
	const char *text; /* NULL: nothing yet */
};

static void add(struct section *section, const struct action *actions, size_t len, enum action_reminder reminder)
{
	struct arena *arena = turn_arena(section->turn);

	for (size_t i = 0; i < len; i++) {
		const char *words = action_words_reminder(section->reader, &actions[i], section->today);
		const char *sender = person_sender(section->reader->view, actions[i].taker);

		if (section->text && strlen(section->text) + strlen(words) >= DAY_SECTION_MAX)
			return;
		section->text = section->text ? arena_printf(arena, "%s\n%s", section->text, words) : words;
		if (sender)
			day_post_mention(section->post, sender);
		action_reminded(section->turn, actions[i].id, reminder);
	}
}

const char *action_day_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	struct arena *arena = turn_arena(turn);
	struct view *view = turn_view(turn);
	const struct reader reader = { house, view, post->group, post->group->language };
	const struct wall tomorrow = wall_add_days(&post->date, 1);
	const char *since = wall_format_date(arena, &post->since), *today = wall_format_date(arena, &post->date);
	struct section section = { &reader, turn, post, today, NULL };
	const struct action *actions;
	size_t len;

	actions = action_list_day(view, post->group->id, since, today, LINES_MAX, &len);
	add(&section, actions, len, ACTION_REMINDER_DAY);
	actions = action_list_eve(view, post->group->id, wall_format_date(arena, &tomorrow), LINES_MAX, &len);
	add(&section, actions, len, ACTION_REMINDER_EVE);
	return section.text;
}
