#include "command/actie_line.h"

#include <string.h>

#include "base/die.h"
#include "base/str.h"
#include "command/number.h"
#include "text/appointment.h"
#include "text/unicode.h"
#include "text/zone.h"

/* text, without the marks people end with, is one of these folded words; the list is closed by NULL. */
static bool is_listed(struct arena *arena, const char *text, const char *const *words)
{
	char *typed = unicode_fold(arena, unicode_one_line(arena, text));
	size_t len = strlen(typed);

	while (len && strchr(" .!?", typed[len - 1]))
		typed[--len] = '\0';
	for (; *words; words++) {
		if (str_equal(*words, typed))
			return true;
	}
	return false;
}

bool actie_takes(struct arena *arena, const char *text)
{
	static const char *const words[] = {
		"ik", "ik doe het", "ik doe dit", "ik doe dat", "ik wel", "ik pak het op", "ik pak dit op", "ik kan", "doe ik", "me", "i", "i do", "i will",
		"i'll do it", "i’ll do it", "ill do it", "i will do it", "i can", "mij", NULL,
	};

	return is_listed(arena, text, words);
}

/* The number in front; *ret_rest is what follows it. */
static bool take_number(struct arena *arena, const char *text, int64_t *ret_number, const char **ret_rest)
{
	size_t len = strcspn(text, " \n:,");

	if (!number_parse(arena_dup_n(arena, text, len), ret_number))
		return false;
	*ret_rest = text + len + strspn(text + len, " \n:,");
	return true;
}

enum actie_wish actie_line_read(struct arena *arena, const char *text, int64_t *ret_number)
{
	static const char *const back[] = { "terug", "terugblik", "terugkijken", "terug blik", "look back", "lookback", "back", NULL };
	const char *rest;
	int64_t number;

	*ret_number = 0;
	if (str_empty(text))
		return ACTIE_LIST;
	if (is_listed(arena, text, back))
		return ACTIE_LOOK_BACK;
	if (!take_number(arena, text, &number, &rest) || (!str_empty(rest) && !actie_takes(arena, rest)))
		return ACTIE_ADD;
	*ret_number = number;
	return str_empty(rest) ? ACTIE_SHOW : ACTIE_TAKE;
}

const char *actie_wish_format(enum actie_wish wish)
{
	static const char *const words[] = {
		[ACTIE_LIST] = "list", [ACTIE_SHOW] = "show", [ACTIE_TAKE] = "take", [ACTIE_LOOK_BACK] = "look_back", [ACTIE_ADD] = "add",
	};

	return words[wish];
}

/* The last day of it, and its clock when there is one. A recurrence has no day by which it is done. */
static void set_due(const struct house *house, struct arena *arena, const struct when *when, struct actie_task *task)
{
	int64_t last_ms = when->all_day && when->has_end ? when->end_ms - 1 : when->start_ms;
	struct wall wall = zone_wall(house->zone, last_ms);

	task->due = wall_format_date(arena, &wall);
	if (!when->all_day)
		task->clock = arena_printf(arena, "%02d:%02d", wall.hour, wall.minute);
}

/* "Vrijdagavond" has no clock and needs none: any will do to read the day. The words stay. */
static void read_part_of_day(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct actie_task *task)
{
	struct when when;

	if (when_read(house->zone, arena, arena_printf(arena, "%s 20:00", text), sent_at_ms, &when) != WHEN_OK || when.rrule)
		return;
	set_due(house, arena, &when, task);
	task->clock = NULL;
}

enum when_verdict actie_task_read(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct actie_task *ret_task)
{
	struct appointment read;
	enum appointment_verdict verdict = appointment_read_placeless(house->zone, arena, text, sent_at_ms, &read);

	*ret_task = (struct actie_task){ .text = unicode_one_line(arena, text) };
	switch (read.when_verdict) {
	case WHEN_OK:
		if (read.when.rrule)
			return WHEN_OK;
		set_due(house, arena, &read.when, ret_task);
		ret_task->text = verdict == APPOINTMENT_OK ? read.title : "";
		return WHEN_OK;
	case WHEN_DATE_MISSING:
		return WHEN_OK;
	case WHEN_TIME_MISSING:
		read_part_of_day(house, arena, text, sent_at_ms, ret_task);
		return WHEN_OK;
	case WHEN_DATE_PAST:
	case WHEN_DATE_INVALID:
	case WHEN_DATE_CONTRADICTS:
	case WHEN_TIME_INVALID:
	case WHEN_TIME_SKIPPED:
		return read.when_verdict;
	}
	die("when %d", (int)read.when_verdict);
}

bool niet_line_read(struct arena *arena, const char *text, int64_t *ret_number, const char **ret_reason)
{
	const char *rest;

	if (!take_number(arena, text, ret_number, &rest))
		return false;
	*ret_reason = unicode_one_line(arena, rest);
	return true;
}

/* Where a word that tells why begins, at the start of the text or behind a blank; NULL without one. */
static const char *find_why(const char *text)
{
	static const char *const joins[] = { "voor ", "for ", "omdat ", "because ", "vanwege ", "want " };
	const char *first = NULL;

	for (size_t i = 0; i < ARRAY_LEN(joins); i++) {
		for (const char *at = strcasestr(text, joins[i]); at; at = strcasestr(at + 1, joins[i])) {
			if ((at == text || at[-1] == ' ') && (!first || at < first))
				first = at;
		}
	}
	return first;
}

void applaus_line_read(struct arena *arena, const char *text, struct applaus_line *ret_line)
{
	static const char *const off[] = { "uit", "stop", "off", "nee", "no", NULL };
	static const char *const on[] = { "aan", "on", "ja", "yes", NULL };
	const char *line = unicode_one_line(arena, text), *why = find_why(line);
	size_t len = why ? (size_t)(why - line) : strlen(line);

	while (len && strchr(" ,:;", line[len - 1]))
		len--;
	*ret_line = (struct applaus_line){ APPLAUS_GIVE, arena_dup_n(arena, line, len), why ? why : "" };
	if (is_listed(arena, line, off))
		ret_line->wish = APPLAUS_OFF;
	else if (is_listed(arena, line, on))
		ret_line->wish = APPLAUS_ON;
}
