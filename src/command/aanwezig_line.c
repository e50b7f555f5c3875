#include "command/aanwezig_line.h"

#include <string.h>

#include "base/str.h"
#include "command/core_named.h"
#include "text/past_day.h"
#include "text/unicode.h"

/* What is being read. */
struct reading {
	struct arena *arena;
	const struct core *cores;
	size_t len;
	struct wall today;
	struct aanwezig_line line;
};

/* The whole text is a day: "12 november", "op 12-11", "gisteren". */
static bool take_day(struct reading *reading, const char *text)
{
	struct wall date;

	if (!past_day_read(reading->arena, text, &reading->today, &date))
		return false;
	reading->line.day = wall_format_date(reading->arena, &date);
	reading->line.in_future = wall_to_days(&date) > wall_to_days(&reading->today);
	return true;
}

static bool take_core(struct reading *reading, const char *text)
{
	struct aanwezig_line *line = &reading->line;
	const struct core *core = core_named(reading->arena, reading->cores, reading->len, text);

	if (!core)
		return false;
	for (size_t i = 0; i < line->cores_len; i++) {
		if (line->cores[i] == core)
			return true;
	}
	line->cores[line->cores_len++] = core;
	return true;
}

/* "Kleiburg 12 november": a core, and behind it a day. */
static bool take_core_and_day(struct reading *reading, const char *text)
{
	for (const char *at = strchr(text, ' '); at; at = strchr(at + 1, ' ')) {
		const char *name = arena_dup_n(reading->arena, text, (size_t)(at - text));

		if (core_named(reading->arena, reading->cores, reading->len, name) && take_day(reading, at + 1))
			return take_core(reading, name);
	}
	return false;
}

static void add_unknown(struct reading *reading, const char *text)
{
	struct aanwezig_line *line = &reading->line;

	line->unknown = arena_printf(reading->arena, "%s%s%s", line->unknown, *line->unknown ? ", " : "", text);
}

/* What stands between two commas; "and" only divides what is no name as a whole. */
static void take_item(struct reading *reading, const char *text)
{
	static const char *const ands[] = { " en ", " and ", " & " };

	if (str_empty(text) || take_core(reading, text) || take_day(reading, text))
		return;
	for (size_t i = 0; i < ARRAY_LEN(ands); i++) {
		const char *at = strstr(text, ands[i]);

		if (!at)
			continue;
		take_item(reading, arena_dup_n(reading->arena, text, (size_t)(at - text)));
		take_item(reading, at + strlen(ands[i]));
		return;
	}
	if (!take_core_and_day(reading, text))
		add_unknown(reading, text);
}

static void take_items(struct reading *reading, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, ",;\n");

		take_item(reading, unicode_tidy(reading->arena, arena_dup_n(reading->arena, text, len)));
		text += len + (text[len] != '\0');
	}
}

/* "weg Kruitberg": the verb is taken off. */
static bool is_undo(struct arena *arena, const char **text)
{
	static const char *const verbs[] = { "weg", "niet", "gone", "remove", "undo", "not" };
	size_t len = strcspn(*text, " \n");
	const char *word = unicode_fold(arena, arena_dup_n(arena, *text, len));

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		if (!str_equal(word, verbs[i]))
			continue;
		*text += len + strspn(*text + len, " \n");
		return true;
	}
	return false;
}

void aanwezig_line_read(const struct zone *zone, struct arena *arena, const struct core *cores, size_t len, const char *text,
			int64_t sent_at_ms, struct aanwezig_line *ret_line)
{
	struct reading reading = { .arena = arena, .cores = cores, .len = len, .today = zone_wall(zone, sent_at_ms),
				   .line = { .action = AANWEZIG_LIST, .unknown = "" } };

	if (!str_empty(text)) {
		reading.line.cores = arena_array(arena, const struct core *, len);
		reading.line.action = is_undo(arena, &text) ? AANWEZIG_UNDO : AANWEZIG_NOTE;
		take_items(&reading, text);
	}
	*ret_line = reading.line;
}

const char *aanwezig_action_format(enum aanwezig_action action)
{
	static const char *const words[] = {
		[AANWEZIG_LIST] = "list",
		[AANWEZIG_NOTE] = "note",
		[AANWEZIG_UNDO] = "undo",
	};

	return words[action];
}
