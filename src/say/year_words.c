#include "say/year_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "say/agenda_time.h"
#include "text/zone.h"
#include "year/rhythm.h"

/* Lines: what a reminder names; more are in !jaar. */
enum { NUDGE_LINES = 3 };

/* In characters: the list without its last line, so that the whole fits one screen. */
enum { LIST_MAX = 460 };

/* An evening is proposed for the second week of the month or later, and not before people can know of it. */
enum { PROPOSED_FROM_DAY = 8, PROPOSED_AHEAD_DAYS = 14 };

static char *in_pattern(const struct reader *reader, const struct wall *day, const char *pattern)
{
	return zone_format_pattern(reader->house->zone, view_arena(reader->view), reader->language, pattern, zone_day_start(reader->house->zone, day));
}

char *year_words_day(const struct reader *reader, const struct wall *day)
{
	return in_pattern(reader, day, "d MMMM");
}

char *year_words_month(const struct reader *reader, const struct wall *month)
{
	return in_pattern(reader, month, "MMMM");
}

static struct wall today_of(const struct reader *reader)
{
	struct wall today = zone_wall(reader->house->zone, view_now_ms(reader->view));

	return (struct wall){ .year = today.year, .month = today.month, .day = today.day };
}

/* A Thursday evening to propose. */
static struct wall proposed_day(const struct occasion *occasion, const struct wall *today)
{
	struct wall day = occasion->month, soonest = wall_add_days(today, PROPOSED_AHEAD_DAYS);

	day.day = PROPOSED_FROM_DAY;
	if (wall_to_days(&day) < wall_to_days(&soonest))
		day = soonest;
	while (wall_weekday(&day) != WEEKDAY_THURSDAY)
		day = wall_add_days(&day, 1);
	return day;
}

/* "Typ hier bijvoorbeeld: !agenda 13 oktober 19:30 buurtberaad". */
static const char *how(const struct reader *reader, const char *key, const struct occasion *occasion)
{
	struct wall today = today_of(reader), day = proposed_day(occasion, &today);

	return SAY_TO(reader, key, MSG_TEXT("date", year_words_day(reader, &day)), MSG_TEXT("name", occasion->event->name));
}

/* ---- the list ---- */

/* A line of the list; those of a month without a day come after its days. */
struct year_line {
	struct wall day;
	const char *words;
};

struct year_list {
	const struct reader *reader;
	struct year_line *lines;
	size_t len;
};

static void add_line(struct year_list *list, const struct wall *day, const char *words)
{
	list->lines[list->len++] = (struct year_line){ *day, words };
}

static void add_occasion(struct year_list *list, const struct occasion *occasion)
{
	const struct reader *reader = list->reader;
	struct wall last = occasion->month;

	last.day = month_days(last.year, last.month);
	if (occasion->number)
		add_line(list, &occasion->starts, SAY_TO(reader, "year.planned", MSG_TEXT("date", year_words_day(reader, &occasion->starts)),
			 MSG_TEXT("name", occasion->event->name), MSG_INT("number", occasion->number)));
	else
		add_line(list, &last, SAY_TO(reader, occasion->dropped ? "year.dropped" : "year.open",
			 MSG_TEXT("month", year_words_month(reader, &occasion->month)), MSG_TEXT("name", occasion->event->name)));
}

/* Those of a year from today on; one that began today is on its way. */
static void add_rounds(struct year_list *list, const struct wall *today)
{
	const struct config_year *year = &list->reader->house->config->year;
	struct wall day = wall_add_days(today, -1);

	for (size_t i = 0; i < year->rounds_len && rhythm_find_next_round(year, &day, &day); i++)
		add_line(list, &day, SAY_TO(list->reader, "year.round", MSG_TEXT("date", year_words_day(list->reader, &day))));
}

static int compare_lines(const void *a, const void *b)
{
	const struct year_line *x = a, *y = b;

	return wall_compare(&x->day, &y->day);
}

static const char *first_open(const struct reader *reader, const struct occasion *occasions, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (occasion_is_open(&occasions[i]))
			return how(reader, "year.how", &occasions[i]);
	}
	return NULL;
}

char *year_words_list(const struct reader *reader)
{
	struct arena *arena = view_arena(reader->view);
	const struct config_year *year = &reader->house->config->year;
	struct wall today = today_of(reader), deadline;
	struct year_list list = { .reader = reader };
	size_t len;
	const struct occasion *occasions = occasion_list(reader->house, reader->view, &today, &len);
	const char *hint = first_open(reader, occasions, len);
	char *text = SAY_TO(reader, "year.title");

	list.lines = arena_array(arena, struct year_line, len + year->rounds_len + 1);
	for (size_t i = 0; i < len; i++)
		add_occasion(&list, &occasions[i]);
	add_rounds(&list, &today);
	if (rhythm_find_deadline(year, &today, &deadline))
		add_line(&list, &deadline, SAY_TO(reader, "year.deadline", MSG_TEXT("date", year_words_day(reader, &deadline))));
	if (!list.len)
		return SAY_TO(reader, "year.none");
	qsort(list.lines, list.len, sizeof *list.lines, compare_lines);
	for (size_t i = 0; i < list.len && utf8_count(text, strlen(text)) + strlen(list.lines[i].words) < LIST_MAX; i++)
		text = arena_printf(arena, "%s\n%s", text, list.lines[i].words);
	return hint ? arena_printf(arena, "%s\n%s", text, hint) : text;
}

char *year_words_planned(const struct reader *reader, const struct occasion *occasion)
{
	return SAY_TO(reader, "year.has_date", MSG_TEXT("name", occasion->event->name),
		      MSG_TEXT("when", agenda_time_wall(reader, &occasion->starts, occasion->all_day)), MSG_INT("number", occasion->number));
}

/* ---- the day post ---- */

static const char *nudge(const struct reader *reader, const struct occasion *near, size_t len)
{
	struct arena *arena = view_arena(reader->view);
	char *text;

	if (!len)
		return NULL;
	text = SAY_TO(reader, "year.nudge");
	for (size_t i = 0; i < len && i < NUDGE_LINES; i++)
		text = arena_printf(arena, "%s\n%s", text, SAY_TO(reader, "year.nudge.line", MSG_TEXT("name", near[i].event->name),
				    MSG_TEXT("month", year_words_month(reader, &near[i].month))));
	if (len > NUDGE_LINES)
		text = arena_printf(arena, "%s\n%s", text, SAY_TO(reader, "year.nudge.more", MSG_INT("count", (int64_t)(len - NUDGE_LINES))));
	return arena_printf(arena, "%s\n%s", text, how(reader, "year.nudge.how", &near[0]));
}

static const char *deadline_near(const struct reader *reader, const struct day_post *post)
{
	struct wall deadline;

	if (!rhythm_find_deadline(&reader->house->config->year, &post->date, &deadline) || !day_post_covers_before(post, &deadline))
		return NULL;
	return SAY_TO(reader, "year.deadline_near", MSG_TEXT("date", year_words_day(reader, &deadline)));
}

const char *year_day_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	const struct reader reader = { house, turn_view(turn), post->group, post->group->language };
	const char *deadline, *open;
	const struct occasion *occasions, *near;
	size_t len;

	if (post->group->kind != GROUP_KIND_COORDINATORS)
		return NULL;
	occasions = occasion_list(house, reader.view, &post->date, &len);
	near = occasion_take_nudges(turn, occasions, len, &post->date, &len);
	deadline = deadline_near(&reader, post);
	open = nudge(&reader, near, len);
	if (deadline && open)
		return arena_printf(turn_arena(turn), "%s\n%s", deadline, open);
	return deadline ? deadline : open;
}
