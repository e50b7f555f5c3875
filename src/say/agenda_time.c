#include "say/agenda_time.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "text/duration.h"
#include "text/spoken.h"
#include "text/zone.h"

enum { EVENING_HOUR = 18, NOON = 12 };

static int64_t instant_of(const struct reader *reader, const struct wall *wall, bool all_day)
{
	int64_t at_ms = 0;

	if (all_day)
		return zone_day_start(reader->house->zone, wall);
	if (zone_instant(reader->house->zone, wall, &at_ms) == ZONE_IMPOSSIBLE)
		die("the agenda holds a time that does not exist: %d-%d-%d", wall->year, wall->month, wall->day);
	return at_ms;
}

static struct when when_first(const struct reader *reader, const struct timing *timing)
{
	return (struct when){
		.has_end = timing->has_end,
		.all_day = timing->all_day,
		.start_ms = instant_of(reader, &timing->starts, timing->all_day),
		.end_ms = timing->has_end ? instant_of(reader, &timing->ends, timing->all_day) : 0,
	};
}

/* The time that is now or next; when all are over, or it was cancelled, the first. */
static struct when when_of(const struct reader *reader, const struct agenda_event *event)
{
	const struct timing *timing = &event->timing;

	if (!event->has_next)
		return when_first(reader, timing);
	return (struct when){
		.has_end = event->next_has_end,
		.all_day = timing->all_day,
		.start_ms = event->next_at_ms,
		.end_ms = event->next_over_ms,
	};
}

/* The time that is now or next, with the clock of the series even when only this time has another. */
static struct when when_as_always(const struct reader *reader, const struct agenda_event *event)
{
	struct timing planned;

	if (!event->has_next || !timing_falls_on(reader->house->zone, &event->timing, &event->next_day, &planned) ||
	    wall_compare(&planned.starts, &event->next) == 0)
		return when_of(reader, event);
	return when_first(reader, &planned);
}

static const char *clock_of(const struct reader *reader, int64_t at_ms)
{
	return spoken_clock(reader->house->zone, view_arena(reader->view), at_ms);
}

static int64_t days_between(const struct reader *reader, int64_t from_ms, int64_t until_ms)
{
	struct wall from = zone_wall(reader->house->zone, from_ms), until = zone_wall(reader->house->zone, until_ms);

	return wall_to_days(&until) - wall_to_days(&from);
}

/* "elke donderdag van 10:00 tot 11:30", "morgen om 10:00": the clock behind a day that is in words already. */
static char *with_clock(const struct reader *reader, const char *day, const struct when *when)
{
	const char *from = clock_of(reader, when->start_ms);

	if (when->all_day)
		return arena_dup(view_arena(reader->view), day);
	if (when->has_end && days_between(reader, when->start_ms, when->end_ms - 1) == 0)
		return SAY_TO(reader, "agenda.time.until", MSG_TEXT("day", day), MSG_TEXT("from", from),
			      MSG_TEXT("until", clock_of(reader, when->end_ms)));
	return SAY_TO(reader, "agenda.time.from", MSG_TEXT("day", day), MSG_TEXT("from", from));
}

char *agenda_time_rule(const struct reader *reader, const struct agenda_event *event)
{
	char *rule = spoken_rule(reader->house->zone, view_arena(reader->view), reader->language, event->timing.rrule);

	/* A rule that nobody typed is told by its next time alone. */
	return rule ? rule : SAY_TO(reader, "agenda.time.more");
}

char *agenda_time_full(const struct reader *reader, const struct agenda_event *event)
{
	const struct zone *zone = reader->house->zone;
	struct arena *arena = view_arena(reader->view);
	struct when when = when_of(reader, event), always;
	const char *rule;
	char *times;

	if (!event->timing.rrule)
		return spoken_when(zone, arena, reader->language, &when);
	always = when_as_always(reader, event);
	rule = agenda_time_rule(reader, event);
	/* "elke donderdag, t/m 1 september 2022, om 10:00". */
	if (strstr(event->timing.rrule, "UNTIL="))
		rule = arena_printf(arena, "%s,", rule);
	times = with_clock(reader, rule, &always);
	if (!event->has_next)
		return times;
	return SAY_TO(reader, "agenda.time.series", MSG_TEXT("rule", times),
		      MSG_TEXT("day", always.start_ms == when.start_ms ? spoken_date(zone, arena, reader->language, when.start_ms) :
									 spoken_when(zone, arena, reader->language, &when)));
}

char *agenda_time_short(const struct reader *reader, const struct agenda_event *event)
{
	const struct zone *zone = reader->house->zone;
	struct arena *arena = view_arena(reader->view);
	struct when when = when_of(reader, event);
	char *brief = spoken_brief(zone, arena, reader->language, when.start_ms, when.all_day);

	if (!when.all_day || !when.has_end || days_between(reader, when.start_ms, when.end_ms) < 2)
		return brief;
	return SAY_TO(reader, "agenda.time.days", MSG_TEXT("first", brief),
		      MSG_TEXT("last", spoken_brief(zone, arena, reader->language, when.end_ms - 1, true)));
}

/* "vanavond", "morgenochtend", "vandaag", or NULL when it is further away. */
static const char *near_day(const struct reader *reader, const struct when *when, int64_t days)
{
	struct wall wall = zone_wall(reader->house->zone, when->start_ms);
	bool evening = !when->all_day && wall.hour >= EVENING_HOUR, morning = !when->all_day && wall.hour < NOON;

	if (days <= 0)
		return SAY_TO(reader, evening ? "agenda.near.tonight" : "agenda.near.today");
	if (days == 1 && morning)
		return SAY_TO(reader, "agenda.near.tomorrow_morning");
	if (days == 1)
		return SAY_TO(reader, evening ? "agenda.near.tomorrow_evening" : "agenda.near.tomorrow");
	return NULL;
}

/* Our own words only: names of days and what stands in the locale files. */
static char *capitalised(char *text)
{
	text[0] = (char)toupper((unsigned char)text[0]);
	return text;
}

char *agenda_time_near(const struct reader *reader, const struct agenda_event *event, int64_t now_ms)
{
	struct arena *arena = view_arena(reader->view);
	struct when when = when_of(reader, event);
	int64_t days = days_between(reader, now_ms, when.start_ms);
	const char *day = near_day(reader, &when, days);

	if (day)
		return capitalised(with_clock(reader, day, &when));
	return capitalised(SAY_TO(reader, "agenda.near.later", MSG_TEXT("when", spoken_when(reader->house->zone, arena, reader->language, &when)),
				  MSG_INT("days", days)));
}

char *agenda_time_wall(const struct reader *reader, const struct wall *wall, bool all_day)
{
	int64_t at_ms = instant_of(reader, wall, all_day);

	if (all_day)
		return spoken_date(reader->house->zone, view_arena(reader->view), reader->language, at_ms);
	return spoken_moment(reader->house->zone, view_arena(reader->view), reader->language, at_ms);
}

char *agenda_time_span(const struct reader *reader, const struct timing *timing)
{
	const struct when when = when_first(reader, timing);

	return spoken_when(reader->house->zone, view_arena(reader->view), reader->language, &when);
}

/* "7 dagen", "7 dagen en 1 dag", "7 dagen, 1 dag en 2 uur". */
char *agenda_time_offsets(const struct reader *reader, const int64_t *offsets_ms, size_t len)
{
	struct arena *arena = view_arena(reader->view);
	char *text = arena_dup(arena, "");

	for (size_t i = 0; i < len; i++) {
		char *offset = duration_spoken(arena, reader->language, (int)(offsets_ms[i] / MS_PER_MINUTE));

		if (i == 0)
			text = offset;
		else if (i + 1 < len)
			text = arena_printf(arena, "%s, %s", text, offset);
		else
			text = SAY_TO(reader, "agenda.and", MSG_TEXT("first", text), MSG_TEXT("last", offset));
	}
	return text;
}

bool agenda_time_is_shifted(const struct reader *reader, const struct agenda_event *event)
{
	struct wall wall = zone_wall(reader->house->zone, event->next_at_ms);

	return event->has_next && !event->timing.all_day && wall_compare(&wall, &event->next) != 0;
}
