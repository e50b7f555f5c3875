#include "config/year.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "config/grammar.h"
#include "text/wall.h"

/* Two rounds are never open together, and people have rest between them. */
enum { ROUND_GAP_DAYS = 28, YEAR_DAYS = 365 };

/* It stands in lists on a phone. */
enum { NAME_MAX_CHARACTERS = 40 };

/* Any that is no leap year. */
enum { COMMON_YEAR = 2023 };

static const char *const month_words[] = {
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
};

static void read_name(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	const char *expected = "a name of at most 40 characters, such as kernenraad";
	const char *name = walk_text(walk, node, expected);

	if (name && *name && utf8_count(name, strlen(name)) <= NAME_MAX_CHARACTERS)
		*FIELD_TARGET(const char *, section, field) = name;
	else if (name)
		walk_wrong(walk, node, "%s", expected);
}

static void read_months(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	unsigned *target = FIELD_TARGET(unsigned, section, field);
	size_t len, index;

	if (!walk_list(walk, node, "a list of months, such as [may, november]", &len))
		return;
	if (!len)
		walk_wrong(walk, node, "at least one month");
	for NODE_EACH (item, node) {
		if (!walk_choice(walk, item, month_words, ARRAY_LEN(month_words), &index))
			continue;
		if (*target & 1u << (index + 1))
			walk_wrong(walk, item, "each month once");
		*target |= 1u << (index + 1);
	}
}

static bool parse_day(const char *text, struct config_day *ret_day)
{
	size_t len = strcspn(text, " ");
	char number[3];
	int64_t day;

	if (!text[len] || len >= sizeof number)
		return false;
	memcpy(number, text, len);
	number[len] = '\0';
	if (!count_parse(number, &day))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(month_words); i++) {
		if (!str_equal(text + len + 1, month_words[i]) || day < 1 || day > month_days(COMMON_YEAR, (int)i + 1))
			continue;
		*ret_day = (struct config_day){ .month = (int)i + 1, .day = (int)day };
		return true;
	}
	return false;
}

static bool read_one_day(struct walk *walk, const struct node *node, struct config_day *ret_day)
{
	const char *expected = "a day that every year has, such as 31 january";
	const char *text = walk_text(walk, node, expected);

	if (text && parse_day(text, ret_day))
		return true;
	if (text)
		walk_wrong(walk, node, "%s", expected);
	return false;
}

static void read_deadline(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	struct config_year *year = section;

	(void)field;
	if (read_one_day(walk, node, &year->deadline))
		year->has_deadline = true;
}

static int64_t day_number(const struct config_day *day)
{
	return wall_to_days(&(struct wall){ .year = COMMON_YEAR, .month = day->month, .day = day->day });
}

static int compare_days(const void *a, const void *b)
{
	return (int)(day_number(a) - day_number(b));
}

/* The last of a year and the first of the next are neighbours too. */
static bool are_apart(const struct config_day *days, size_t len)
{
	for (size_t i = 1; i < len; i++) {
		if (day_number(&days[i]) - day_number(&days[i - 1]) < ROUND_GAP_DAYS)
			return false;
	}
	return len < 2 || day_number(&days[0]) + YEAR_DAYS - day_number(&days[len - 1]) >= ROUND_GAP_DAYS;
}

static void read_rounds(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	struct config_year *year = section;
	struct config_day *days;
	size_t room, len = 0;

	(void)field;
	if (!walk_list(walk, node, "a list of days, such as [1 march, 1 september]", &room))
		return;
	days = arena_array(walk->arena, struct config_day, room);
	for NODE_EACH (item, node)
		len += read_one_day(walk, item, &days[len]);
	qsort(days, len, sizeof *days, compare_days);
	if (!are_apart(days, len))
		walk_wrong(walk, node, "at least %d days between two rounds", ROUND_GAP_DAYS);
	year->rounds = days;
	year->rounds_len = len;
}

static void read_question(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD(struct config_year, questions[LANGUAGE_NL], "nl", read_text),
		FIELD(struct config_year, questions[LANGUAGE_EN], "en", read_text),
	};

	(void)field;
	(void)walk_section(walk, node, "question", fields, ARRAY_LEN(fields), section);
}

/* An event is found on the agenda by its words: none may stand for two. */
static const char *event_word(const struct config_year_event *event, size_t index)
{
	return index ? event->aliases[index - 1] : event->name;
}

static const char *event_shares(const struct config_year_event *a, const struct config_year_event *b)
{
	for (size_t i = 0; i <= a->aliases_len; i++) {
		for (size_t j = 0; j <= b->aliases_len; j++) {
			const char *x = event_word(a, i), *y = event_word(b, j);

			if (x && y && strcasecmp(x, y) == 0)
				return x;
		}
	}
	return NULL;
}

static void check_apart(struct walk *walk, const struct config_year_event *events, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const char *shared = event_shares(&events[i], &events[len]);

		if (shared)
			config_errors_add(walk->errors, events[len].mark, "event: found %s a second time, expected it once: it stands at %s already",
				config_shown(walk->arena, shared), config_mark_format(walk->arena, events[i].mark));
	}
}

static void read_events(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD_REQUIRED(struct config_year_event, name, "name", read_name),
		FIELD_LIST(struct config_year_event, aliases, "aliases", read_texts),
		FIELD_REQUIRED(struct config_year_event, months, "months", read_months),
		FIELD(struct config_year_event, learning, "learning", read_bool),
	};
	struct config_year *year = section;
	struct config_year_event *events;
	size_t room, len = 0;

	(void)field;
	if (!walk_list(walk, node, "a list of events, each beginning with \"- name:\"", &room))
		return;
	events = arena_array(walk->arena, struct config_year_event, room);
	for NODE_EACH (item, node) {
		events[len].mark = item->mark;
		(void)walk_section(walk, item, "an event", fields, ARRAY_LEN(fields), &events[len]);
		check_apart(walk, events, len);
		len++;
	}
	year->events = events;
	year->events_len = len;
}

void read_year(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		{ .key = "events", .read = read_events },
		{ .key = "deadline", .read = read_deadline },
		{ .key = "rounds", .read = read_rounds },
		{ .key = "question", .read = read_question },
	};

	(void)walk_section(walk, node, "year", fields, ARRAY_LEN(fields), FIELD_TARGET(struct config_year, section, field));
}
