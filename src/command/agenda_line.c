#include "command/agenda_line.h"

#include <string.h>

#include "agenda/event.h"
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
static const char *const gone_words[] = { "weg", "verwijder", "verwijderen", "gone", "remove", "delete", NULL };
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

/* Nothing but a time: whether it can be shows only with the event's own day beside it. */
static bool read_move(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct agenda_line *line)
{
	const char *rest;
	struct when when;

	if (is_listed(arena, first_word(arena, text, &rest), to_words))
		text = rest;
	(void)(when_read(house->zone, arena, text, sent_at_ms, &when) == WHEN_OK);
	if (when.spans_len == 0 || !when_is_all(&when, text))
		return false;
	line->action = AGENDA_ACTION_MOVE;
	line->words = text;
	return true;
}

/* What is to be done to the event; false when the number was no name after all. */
static bool read_change(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct agenda_line *line)
{
	const char *rest;
	const char *word = first_word(arena, text, &rest);

	if (is_listed(arena, word, cancel_words) || (str_empty(rest) && is_listed(arena, word, gone_words))) {
		line->action = AGENDA_ACTION_CANCEL;
		line->words = str_empty(rest) ? NULL : rest;
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

void agenda_line_read(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct agenda_line *ret_line)
{
	const char *rest;

	*ret_line = (struct agenda_line){ .action = AGENDA_ACTION_LIST };
	text += strspn(text, " \n");
	if (str_empty(text))
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
	};

	return words[action];
}

enum when_verdict agenda_line_move(const struct house *house, struct arena *arena, const struct agenda_line *line, int64_t sent_at_ms,
				   const struct agenda_event *event, struct when *ret_when)
{
	const struct when old = {
		.start_ms = event->next_at_ms,
		.end_ms = event->next_over_ms,
		.has_end = event->timing.has_end,
		.all_day = event->timing.all_day,
	};

	return when_read_move(house->zone, arena, line->words, sent_at_ms, &old, ret_when);
}
