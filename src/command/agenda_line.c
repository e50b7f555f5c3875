#include "command/agenda_line.h"

#include <string.h>

#include "agenda/event.h"
#include "agenda/timing.h"
#include "base/die.h"
#include "base/str.h"
#include "command/number.h"
#include "config/config.h"
#include "people/house.h"
#include "text/unicode.h"

enum { DIGITS_MAX = 7 };

static const char *const cancel_words[] = {
	"af", "afgelast", "afgezegd", "afzeggen", "annuleer", "annuleren", "geannuleerd", "vervalt",
	"off", "cancel", "cancelled", "canceled", NULL,
};
/* Only with nothing behind it: "!agenda 5 weg met het zwerfvuil" may be anything. */
static const char *const gone_words[] = { "weg", "verwijder", "verwijderen", "gone", "remove", "delete", "withdraw", NULL };
static const char *const remind_words[] = { "herinner", "herinnering", "herinneringen", "remind", "reminder", "reminders", NULL };
static const char *const never_words[] = { "niet", "geen", "nooit", "uit", "never", "none", "off", NULL };
/* Before a new time: "!agenda 5 naar vrijdag". */
static const char *const to_words[] = { "naar", "wordt", "verzet", "verplaats", "to", "move", NULL };

static bool is_listed(struct arena *arena, const char *word, const char *const *list)
{
	const char *folded = unicode_fold(arena, word);

	for (; *list; list++) {
		if (str_equal(folded, *list))
			return true;
	}
	return false;
}

/* Only one time of a series: "alleen 22 juni af". */
static const char *const only_words[] = { "alleen", "enkel", "only", "just", NULL };
/* The coming one: "deze keer 20:30". */
static const char *const this_words[] = { "deze", "dit", "this", NULL };
static const char *const time_words[] = { "keer", "time", "once", NULL };
/* The last time of a series: "!agenda 5 tot 1 december". */
static const char *const end_words[] = { "tot", "t/m", "tm", "stopt", "eindigt", "until", "till", "ends", NULL };

static const char *const chair_words[] = { "voorzitter", "voorzitters", "chair", "chairs", NULL };

enum { LIST_PAGE_MAX = 1000 };

/* Split the first word off; *rest is what follows it, without the marks in between. */
static const char *first_word(struct arena *arena, const char *text, const char **ret_rest)
{
	size_t len = strcspn(text, " \n:,;.");

	*ret_rest = text + len + strspn(text + len, " \n:,;.-");
	return arena_dup_n(arena, text, len);
}

/* "5", "#5" at the start, with a blank behind it. */
static bool take_number(const char *text, int64_t *ret_number, const char **ret_rest)
{
	int64_t number = 0;
	size_t digits;

	text += strspn(text, "# ");
	digits = strspn(text, "0123456789");
	if (digits == 0 || digits > DIGITS_MAX || (text[digits] != ' ' && text[digits] != '\n'))
		return false;
	for (size_t i = 0; i < digits; i++)
		number = 10 * number + (text[i] - '0');
	*ret_number = number;
	*ret_rest = text + digits + strspn(text + digits, " \n");
	return number > 0;
}

static void read_offsets(struct arena *arena, const char *text, struct agenda_line *line)
{
	line->action = AGENDA_ACTION_REMIND;
	if (!is_listed(arena, text, never_words) && !durations_parse(arena, text, &line->offsets))
		line->error = "duration.invalid";
}

/* All of it is about time, whether or not such a time can be. */
static bool is_time(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms)
{
	struct when when;

	(void)(when_read(house->zone, arena, text, sent_at_ms, &when) == WHEN_OK);
	return when.spans_len > 0 && when_is_all(&when, text);
}

/* Nothing but a time: whether it can be shows only with the event's own day beside it. */
static bool read_move(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct agenda_line *line)
{
	const char *rest;

	if (is_listed(arena, first_word(arena, text, &rest), to_words))
		text = rest;
	if (!is_time(house, arena, text, sent_at_ms))
		return false;
	line->action = AGENDA_ACTION_MOVE;
	line->words = text;
	return true;
}

static bool is_day(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms)
{
	struct when when;

	return when_read(house->zone, arena, text, sent_at_ms, &when) == WHEN_OK && when.all_day && when_is_all(&when, text);
}

/* "deze keer", "alleen deze keer", "only this time" anywhere: the text without it. */
static bool take_this_time(struct arena *arena, const char *text, const char **ret_text)
{
	const char *kept = "";

	while (*text) {
		const char *rest, *after, *next;
		const char *word = first_word(arena, text, &rest);
		bool only = is_listed(arena, word, only_words);
		const char *this = only ? first_word(arena, rest, &after) : word;

		if (!only)
			after = rest;
		if (is_listed(arena, this, this_words) && is_listed(arena, first_word(arena, after, &next), time_words)) {
			*ret_text = unicode_tidy(arena, arena_printf(arena, "%s%s", kept, next));
			return true;
		}
		kept = arena_printf(arena, "%s%.*s", kept, (int)(rest - text), text);
		text = rest;
	}
	return false;
}

static bool is_cancel_word(struct arena *arena, const char *word)
{
	return is_listed(arena, word, cancel_words) || is_listed(arena, word, gone_words);
}

/* Where one of the words stands: what is before it and behind it. */
static bool split_at(struct arena *arena, const char *text, const char *const *list, const char **ret_before, const char **ret_after)
{
	for (const char *at = text, *rest; *at; at = rest) {
		if (is_listed(arena, first_word(arena, at, &rest), list)) {
			*ret_before = unicode_tidy(arena, arena_dup_n(arena, text, (size_t)(at - text)));
			*ret_after = rest;
			return true;
		}
	}
	return false;
}

/* "af regen", "20:30", "naar vrijdag": what happens to the coming time. */
static void read_coming(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct agenda_line *line)
{
	const char *rest;

	line->once = true;
	if (is_cancel_word(arena, first_word(arena, text, &rest))) {
		line->action = AGENDA_ACTION_CANCEL;
		line->words = str_empty(rest) ? NULL : rest;
	} else if (!read_move(house, arena, text, sent_at_ms, line)) {
		line->action = AGENDA_ACTION_MOVE;
		line->words = text;
		line->error = "once.unclear";
	}
}

/* "22 juni af geen zaal", "22 juni 20:30", "22 juni naar vrijdag 20:00": what happens to the time of that day. */
static bool read_day(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct agenda_line *line)
{
	const char *before, *after;
	bool cancels = split_at(arena, text, cancel_words, &before, &after) || split_at(arena, text, gone_words, &before, &after);

	line->once = true;
	if (cancels) {
		bool day_first = !str_empty(before);

		line->action = AGENDA_ACTION_CANCEL;
		line->once_day = day_first ? before : after;
		line->words = day_first && !str_empty(after) ? after : NULL;
		return is_time(house, arena, line->once_day, sent_at_ms);
	}
	line->action = AGENDA_ACTION_MOVE;
	line->once_day = text;
	line->words = text;
	/* "7pm to 9pm" is no move. */
	if (split_at(arena, text, to_words, &before, &after) && is_day(house, arena, before, sent_at_ms)) {
		line->once_day = before;
		line->words = after;
	}
	return is_time(house, arena, line->once_day, sent_at_ms) && is_time(house, arena, line->words, sent_at_ms);
}

/* Only one time of a series; false when it is no such thing. */
static bool read_once(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct agenda_line *line)
{
	const struct agenda_line before = *line;
	const char *rest;

	if (take_this_time(arena, text, &rest)) {
		read_coming(house, arena, rest, sent_at_ms, line);
		return true;
	}
	if (is_listed(arena, first_word(arena, text, &rest), only_words) && read_day(house, arena, rest, sent_at_ms, line))
		return true;
	*line = before;
	return false;
}

/* "tot 1 december": nothing but a day, for a clock would be that of the end. */
static bool read_end(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct agenda_line *line)
{
	const char *rest, *last;
	enum when_verdict verdict;
	struct when when;

	if (!is_listed(arena, first_word(arena, text, &rest), end_words))
		return false;
	if (str_equal(unicode_fold(arena, first_word(arena, rest, &last)), "en") && str_starts(last, "met "))
		rest = last + strlen("met ");
	verdict = when_read(house->zone, arena, rest, sent_at_ms, &when);
	switch (verdict) {
	case WHEN_OK:
		if (!when.all_day || when.rrule)
			return false;
		break;
	case WHEN_DATE_PAST:
	case WHEN_DATE_INVALID:
	case WHEN_DATE_CONTRADICTS:
		break;
	case WHEN_DATE_MISSING:
	case WHEN_TIME_MISSING:
	case WHEN_TIME_INVALID:
	case WHEN_TIME_SKIPPED:
		return false;
	}
	if (!when_is_all(&when, rest))
		return false;
	line->action = AGENDA_ACTION_END;
	line->words = rest;
	line->error = when_verdict_code(verdict);
	return true;
}

/* What is to be done to the event; false when the number was no name after all. */
static bool read_change(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct agenda_line *line)
{
	const char *rest;
	const char *word = first_word(arena, text, &rest);

	if (is_listed(arena, word, chair_words)) {
		line->action = AGENDA_ACTION_CHAIR;
		line->words = str_empty(rest) ? NULL : rest;
		return true;
	}
	if (read_once(house, arena, text, sent_at_ms, line) || read_end(house, arena, text, sent_at_ms, line))
		return true;
	if (is_listed(arena, word, cancel_words) || (str_empty(rest) && is_listed(arena, word, gone_words))) {
		line->action = AGENDA_ACTION_CANCEL;
		line->words = str_empty(rest) ? NULL : rest;
		/* "af 22 juni" is a day of a series, not why the whole is off. */
		line->once = line->words && is_time(house, arena, line->words, sent_at_ms);
		line->once_day = line->once ? line->words : NULL;
		return true;
	}
	if (is_listed(arena, word, remind_words)) {
		read_offsets(arena, rest, line);
		return true;
	}
	return read_move(house, arena, text, sent_at_ms, line);
}

/* The names of the config's places, those of one place after each other. */
static const char **place_names(const struct house *house, struct arena *arena, size_t *ret_len)
{
	const struct config *config = house->config;
	const char **names;
	size_t max = 0;

	for (size_t i = 0; i < config->places_len; i++)
		max += 1 + config->places[i].aliases_len;
	names = arena_array(arena, const char *, max);
	*ret_len = 0;
	for (size_t i = 0; i < config->places_len; i++) {
		names[(*ret_len)++] = config->places[i].name;
		for (size_t j = 0; j < config->places[i].aliases_len; j++)
			names[(*ret_len)++] = config->places[i].aliases[j];
	}
	return names;
}

/* A place by one of its other names is called by its own. */
static const char *own_name(const struct house *house, const char *place)
{
	const struct config *config = house->config;

	for (size_t i = 0; i < config->places_len; i++) {
		for (size_t j = 0; j < config->places[i].aliases_len; j++) {
			if (str_equal(place, config->places[i].aliases[j]))
				return config->places[i].name;
		}
	}
	return place;
}

static void read_appointment(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct agenda_line *line)
{
	size_t len;
	const char **names = place_names(house, arena, &len);

	line->action = AGENDA_ACTION_ADD;
	line->verdict = appointment_read(house->zone, arena, text, sent_at_ms, names, len, &line->appointment);
	line->appointment.place = own_name(house, line->appointment.place);
	line->error = appointment_code(line->verdict, &line->appointment);
}

/* "pagina 2". */
static bool read_page(struct arena *arena, const char *text, struct agenda_line *line)
{
	static const char *const page_words[] = { "pagina", "blz", "page", NULL };
	const char *rest;
	int64_t page;

	if (!is_listed(arena, first_word(arena, text, &rest), page_words) || !number_parse(rest, &page))
		return false;
	line->page = page < LIST_PAGE_MAX ? page : LIST_PAGE_MAX;
	return true;
}

void agenda_line_read(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct agenda_line *ret_line)
{
	const char *rest;

	*ret_line = (struct agenda_line){ .action = AGENDA_ACTION_LIST, .page = 1 };
	text += strspn(text, " \n");
	if (str_empty(text) || read_page(arena, text, ret_line))
		return;
	if (number_parse(text, &ret_line->number)) {
		ret_line->action = AGENDA_ACTION_SHOW;
		return;
	}
	if (take_number(text, &ret_line->number, &rest) && read_change(house, arena, rest, sent_at_ms, ret_line))
		return;
	ret_line->number = 0;
	read_appointment(house, arena, text, sent_at_ms, ret_line);
}

const char *agenda_action_format(enum agenda_action action)
{
	static const char *const words[] = {
		[AGENDA_ACTION_LIST] = "list",     [AGENDA_ACTION_ADD] = "add",   [AGENDA_ACTION_SHOW] = "show",
		[AGENDA_ACTION_CANCEL] = "cancel", [AGENDA_ACTION_MOVE] = "move", [AGENDA_ACTION_REMIND] = "remind",
		[AGENDA_ACTION_END] = "end",       [AGENDA_ACTION_CHAIR] = "chair",
	};

	return words[action];
}

enum when_verdict agenda_line_move(const struct house *house, struct arena *arena, const struct agenda_line *line, int64_t sent_at_ms,
				   const struct agenda_event *event, struct when *ret_when)
{
	const struct when old = {
		.start_ms = event->next_at_ms,
		.end_ms = event->next_over_ms,
		.has_end = event->next_has_end,
		.all_day = event->timing.all_day,
	};

	return when_read_move(house->zone, arena, line->words, sent_at_ms, &old, ret_when);
}

/* The instant of a time that stands on the agenda, and so exists. */
static int64_t instant_of(const struct zone *zone, const struct wall *wall, bool all_day)
{
	int64_t at_ms = 0;

	if (all_day)
		return zone_day_start(zone, wall);
	INVARIANT(zone_instant(zone, wall, &at_ms) != ZONE_IMPOSSIBLE);
	return at_ms;
}

enum when_verdict agenda_line_move_once(const struct house *house, struct arena *arena, const struct agenda_line *line, int64_t sent_at_ms,
					const struct timing *old, struct when *ret_when)
{
	const struct when was = {
		.start_ms = instant_of(house->zone, &old->starts, old->all_day),
		.end_ms = old->has_end ? instant_of(house->zone, &old->ends, old->all_day) : 0,
		.has_end = old->has_end,
		.all_day = old->all_day,
	};

	return when_read_move(house->zone, arena, line->words, sent_at_ms, &was, ret_when);
}
