#include "say/action_words.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "people/name.h"
#include "say/typed.h"
#include "text/unicode.h"
#include "text/zone.h"

/* In characters as a reader counts them. */
enum { TEXT_MAX = 200, REASON_MAX = 150 };

const char *action_words_text(const struct reader *reader, const struct action *action, const char *words, size_t max)
{
	return unicode_cut(view_arena(reader->view), typed_for(reader, action->group, words), max);
}

const char *action_words_taker(const struct reader *reader, const struct action *action)
{
	if (!action->taker || action->group != reader->group->id)
		return "";
	return name_shown(reader->view, reader->house->config, action->taker);
}

/* Closed with a mark, so that our own sentence can follow. */
static const char *sentence(struct arena *arena, const char *text)
{
	static const char *const marks[] = { ".", "!", "?", "…" };

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		if (str_ends(text, marks[i]))
			return text;
	}
	return arena_printf(arena, "%s.", text);
}

static const char *text_of(const struct reader *reader, const struct action *action)
{
	return sentence(view_arena(reader->view), action_words_text(reader, action, action->text, TEXT_MAX));
}

/* "vrijdag 17 juni", "vrijdag 17 juni, 18:00"; NULL without a day. */
static const char *due_of(const struct reader *reader, const struct action *action)
{
	struct zone *zone = reader->house->zone;
	struct arena *arena = view_arena(reader->view);
	struct wall due;
	const char *date;

	if (!action->due)
		return NULL;
	INVARIANT(wall_parse(action->due, &due));
	date = zone_format_pattern(zone, arena, reader->language, "EEEE d MMMM", zone_day_start(zone, &due));
	return action->clock ? arena_printf(arena, "%s, %s", date, action->clock) : date;
}

/* Who does it: "Joke doet het.", or the question who will. */
static const char *who_does_it(const struct reader *reader, const struct action *action)
{
	const char *name = action_words_taker(reader, action);

	if (!action->taker)
		return SAY_TO(reader, "action.open");
	if (str_empty(name))
		return SAY_TO(reader, "action.by_somebody");
	return SAY_TO(reader, "action.by", MSG_TEXT("name", name));
}

/* What follows the words of an open one. */
static const char *how_it_stands(const struct reader *reader, const struct action *action)
{
	struct arena *arena = view_arena(reader->view);
	const char *due = due_of(reader, action);
	const char *text = due ? arena_printf(arena, "%s ", SAY_TO(reader, "action.due", MSG_TEXT("date", due))) : "";

	text = arena_printf(arena, "%s%s", text, who_does_it(reader, action));
	if (action->taker)
		text = arena_printf(arena, "%s %s", text, SAY_TO(reader, "action.ready", MSG_INT("number", action->id)));
	return text;
}

char *action_words_noted(const struct reader *reader, const struct action *action)
{
	return arena_printf(view_arena(reader->view), "%s %s",
			    SAY_TO(reader, "action.noted", MSG_INT("number", action->id), MSG_TEXT("text", text_of(reader, action))),
			    how_it_stands(reader, action));
}

char *action_words_edited(const struct reader *reader, const struct action *action)
{
	const char *text = SAY_TO(reader, "action.edited", MSG_INT("number", action->id), MSG_TEXT("text", text_of(reader, action)));

	if (action->state != ACTION_STATE_OPEN)
		return arena_dup(view_arena(reader->view), text);
	return arena_printf(view_arena(reader->view), "%s %s", text, how_it_stands(reader, action));
}

static const char *not_done(const struct reader *reader, const struct action *action)
{
	if (!action->reason)
		return SAY_TO(reader, "action.card.not_done");
	return SAY_TO(reader, "action.card.not_done_why",
		      MSG_TEXT("reason", sentence(view_arena(reader->view), action_words_text(reader, action, action->reason, REASON_MAX))));
}

static const char *state_of(const struct reader *reader, const struct action *action)
{
	switch (action->state) {
	case ACTION_STATE_OPEN:
		return how_it_stands(reader, action);
	case ACTION_STATE_DONE:
		return SAY_TO(reader, "action.card.done");
	case ACTION_STATE_NOT_DONE:
		return not_done(reader, action);
	case ACTION_STATE_EXTRA:
		return SAY_TO(reader, "action.card.extra");
	case ACTION_STATE_DROPPED:
		break;
	}
	die("a card of a dropped action");
}

char *action_words_card(const struct reader *reader, const struct action *action)
{
	struct arena *arena = view_arena(reader->view);
	const char *date = zone_format_pattern(reader->house->zone, arena, reader->language, "d MMMM", action->said_at_ms);

	return arena_printf(arena, "%s\n%s",
			    SAY_TO(reader, "action.card", MSG_INT("number", action->id), MSG_TEXT("date", date), MSG_TEXT("text", text_of(reader, action))),
			    state_of(reader, action));
}

/* What stands behind an open one in a list: when and who, as far as there is something to say. */
static const char *aside(const struct reader *reader, const struct action *action, const char *today)
{
	struct arena *arena = view_arena(reader->view);
	const char *name = action_words_taker(reader, action);
	const char *due = due_of(reader, action);

	if (due && strcmp(action->due, today) < 0)
		due = SAY_TO(reader, "action.still_open");
	if (!action->taker)
		name = SAY_TO(reader, "action.who");
	if (str_empty(name) || !due)
		return due ? due : name;
	return arena_printf(arena, "%s, %s", due, name);
}

char *action_words_open(const struct reader *reader, const struct action *actions, size_t len, const char *today)
{
	struct arena *arena = view_arena(reader->view);
	char *text = arena_dup(arena, "");

	for (size_t i = 0; i < len; i++) {
		const char *behind = aside(reader, &actions[i], today);
		const char *line = SAY_TO(reader, "action.line", MSG_INT("number", actions[i].id),
					  MSG_TEXT("text", action_words_text(reader, &actions[i], actions[i].text, ACTION_LINE_MAX)));

		if (!str_empty(behind))
			line = arena_printf(arena, "%s (%s)", line, behind);
		text = arena_printf(arena, "%s%s%s", text, i ? "\n" : "", line);
	}
	return text;
}

char *action_words_list(const struct reader *reader, const struct action *actions, size_t len, bool more, const char *today)
{
	struct arena *arena = view_arena(reader->view);
	const char *last;

	if (!len)
		return SAY_TO(reader, "action.list.none");
	last = SAY_TO(reader, more ? "action.list.more" : "action.list.last", MSG_INT("number", actions[0].id));
	return arena_printf(arena, "%s\n%s\n%s", SAY_TO(reader, "action.list"), action_words_open(reader, actions, len, today), last);
}

char *action_words_reminder(const struct reader *reader, const struct action *action, const char *today)
{
	const char *name = action_words_taker(reader, action);
	const char *text = sentence(view_arena(reader->view), action_words_text(reader, action, action->text, ACTION_LINE_MAX));
	int order = strcmp(action->due, today);
	const char *key = order < 0 ? "action.remind.past" : order ? "action.remind.tomorrow" : "action.remind.today";

	if (str_empty(name))
		name = SAY_TO(reader, "action.somebody");
	return SAY_TO(reader, key, MSG_TEXT("name", name), MSG_INT("number", action->id), MSG_TEXT("text", text));
}
