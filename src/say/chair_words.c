#include "say/chair_words.h"

#include <string.h>

#include "actions/action.h"
#include "base/arena.h"
#include "people/name.h"
#include "people/person.h"
#include "people/quiet.h"
#include "say/action_words.h"
#include "say/agenda_time.h"
#include "text/mask.h"
#include "text/unicode.h"

enum { NAME_MAX_SHOWN = 30, TITLE_MAX = 80, AFTER_MAX = 5, DAYS_BEFORE = 3 };

static bool may_read(const struct reader *reader, const struct agenda_event *event)
{
	return reader->group->id == event->group || (event->core && reader->group->core == event->core);
}

static const char *name(const struct reader *reader, const struct chair *chair)
{
	struct arena *arena = view_arena(reader->view);

	if (chair->person)
		return name_shown(reader->view, reader->house->config, chair->person);
	return unicode_cut(arena, mask_contacts(arena, chair->name), NAME_MAX_SHOWN);
}

static const char *title(const struct reader *reader, const struct agenda_event *event)
{
	return unicode_cut(view_arena(reader->view), unicode_tidy(view_arena(reader->view), event->title), TITLE_MAX);
}

/* "Fatima, Winston", of those behind the first as many as fit. */
static char *after(const struct reader *reader, const struct chair *chairs, size_t len, bool away)
{
	struct arena *arena = view_arena(reader->view);
	char *text = arena_dup(arena, "");
	size_t shown = 0;

	for (size_t i = 0; i < len && shown < AFTER_MAX; i++) {
		if (chairs[i].away != away || (!away && i == 0))
			continue;
		text = arena_printf(arena, "%s%s%s", text, shown++ ? ", " : "", name(reader, &chairs[i]));
	}
	return text;
}

char *chair_words_list(const struct reader *reader, const struct agenda_event *event)
{
	struct arena *arena = view_arena(reader->view);
	size_t len;
	const struct chair *chairs = chair_list(reader->view, event, &len);
	const char *others, *away;
	char *text;

	if (!len || !may_read(reader, event))
		return NULL;
	others = after(reader, chairs, len, false);
	away = after(reader, chairs, len, true);
	text = chairs[0].away ? SAY_TO(reader, "chair.nobody") : SAY_TO(reader, "chair.next", MSG_TEXT("name", name(reader, &chairs[0])));
	if (*others)
		text = arena_printf(arena, "%s %s", text, SAY_TO(reader, "chair.after", MSG_TEXT("names", others)));
	if (*away)
		text = arena_printf(arena, "%s %s", text, SAY_TO(reader, "chair.away", MSG_TEXT("names", away)));
	return text;
}

char *chair_words_now(const struct reader *reader, const struct agenda_event *event)
{
	const char *list = chair_words_list(reader, event);

	if (!list)
		return SAY_TO(reader, "chair.none", MSG_INT("number", event->number));
	return SAY_TO(reader, "chair.now", MSG_INT("number", event->number), MSG_TEXT("title", title(reader, event)),
		      MSG_TEXT("when", agenda_time_wall(reader, &event->next, event->timing.all_day)), MSG_TEXT("list", list));
}

/* The post stands in for the day that lies three days before the event's next time. */
static bool is_due(const struct agenda_event *event, const struct day_post *post)
{
	int64_t day = wall_to_days(&event->next) - DAYS_BEFORE;

	return day >= wall_to_days(&post->since) && day <= wall_to_days(&post->date) && wall_to_days(&event->next) > wall_to_days(&post->date);
}

/* Whose turn it is hears it from his phone too, unless he wants to be left alone. */
static void mention(const struct reader *reader, const struct day_post *post, const struct chair *chair)
{
	const char *sender = chair->person ? person_sender(reader->view, chair->person) : NULL;

	if (sender && !quiet_person_until(reader->view, chair->person))
		day_post_mention(post, sender);
}

/* Below who chairs, what there is to talk about: as many of the group's open actions as fit with it. */
static const char *with_actions(const struct reader *reader, const struct day_post *post, const char *text)
{
	struct arena *arena = view_arena(reader->view);
	const char *today = wall_format_date(arena, &post->date);
	size_t len;
	const struct action *actions = action_list_open_of_group(reader->view, post->group->id, ACTION_PAGE_LINES + 1, &len);

	for (size_t lines = len < ACTION_PAGE_LINES ? len : ACTION_PAGE_LINES; lines; lines--) {
		const char *list = action_words_list(reader, actions, lines, len > lines, today);

		if (strlen(text) + strlen("\n") + strlen(list) <= DAY_SECTION_MAX)
			return arena_printf(arena, "%s\n%s", text, list);
	}
	return text;
}

const char *chair_day_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	const struct reader reader = { house, turn_view(turn), post->group, post->group->language };
	const char *text = NULL;
	size_t events_len, len;
	const int64_t *numbers = chair_events(reader.view, post->group->id, &events_len);

	for (size_t i = 0; i < events_len; i++) {
		const struct agenda_event event = agenda_get(reader.view, numbers[i]);
		const struct chair *chairs = chair_list(reader.view, &event, &len);
		const char *words;

		if (!event.has_next || !is_due(&event, post) || chairs[0].away)
			continue;
		words = SAY_TO(&reader, "chair.reminder", MSG_TEXT("name", name(&reader, &chairs[0])), MSG_TEXT("title", title(&reader, &event)),
			       MSG_TEXT("when", agenda_time_wall(&reader, &event.next, event.timing.all_day)), MSG_INT("number", event.number));
		text = text ? arena_printf(turn_arena(turn), "%s\n%s", text, words) : words;
		mention(&reader, post, &chairs[0]);
	}
	return text ? with_actions(&reader, post, text) : NULL;
}
