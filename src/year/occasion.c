#include "year/occasion.h"

#include <string.h>

#include "agenda/event.h"
#include "agenda/exception.h"
#include "base/arena.h"
#include "text/unicode.h"
#include "text/zone.h"
#include "year/rhythm.h"

enum { MONTHS = 12, SESSION_DAYS = 62 };

enum { Q_IS_DROPPED, Q_LAST_NUDGE, Q_NUDGED, Q_DROP, Q_WANT, Q_MAX };

static const char *const sql[] = {
	[Q_IS_DROPPED] = "SELECT count(*) FROM year_occasion WHERE name = ?1 AND month = ?2 AND dropped_by IS NOT NULL",
	[Q_LAST_NUDGE] = "SELECT max(nudged_on) FROM year_occasion",
	[Q_NUDGED] = "INSERT INTO year_occasion (name, month, nudged_on) VALUES (?1, ?2, ?3)"
	             " ON CONFLICT DO UPDATE SET nudged_on = excluded.nudged_on",
	[Q_DROP] = "INSERT INTO year_occasion (name, month, dropped_by, dropped_at_ms) VALUES (?1, ?2, ?3, ?4)"
	           " ON CONFLICT DO UPDATE SET dropped_by = excluded.dropped_by, dropped_at_ms = excluded.dropped_at_ms",
	[Q_WANT] = "UPDATE year_occasion SET dropped_by = NULL, dropped_at_ms = NULL WHERE name = ?1 AND month = ?2",
};
_Static_assert(ARRAY_LEN(sql) == Q_MAX, "a statement for every name");

const struct statements occasion_statements = { "year/occasion", sql, Q_MAX };

/* ---- on the agenda ---- */

/* Its title has the event's name or an alias in it. */
static bool is_meant(struct arena *arena, const struct config_year_event *event, const char *title)
{
	const char *bare = unicode_bare(arena, title);

	if (strstr(bare, unicode_bare(arena, event->name)))
		return true;
	for (size_t i = 0; i < event->aliases_len; i++) {
		if (strstr(bare, unicode_bare(arena, event->aliases[i])))
			return true;
	}
	return false;
}

/* What was found on the agenda for an event. */
struct found {
	int64_t number;
	struct wall starts;
	int64_t at_ms;
	bool all_day;
};

/* The first time of it that is not over when the day `from` begins, and begins before `until`. */
static bool find_planned(const struct house *house, struct view *view, const struct config_year_event *event, const struct wall *from,
			 const struct wall *until, struct found *ret_found)
{
	int64_t from_ms = zone_day_start(house->zone, from), until_ms = zone_day_start(house->zone, until);
	struct found found = { .number = 0 };
	size_t len;
	const struct agenda_event *list = agenda_of_neighbourhood(view, from, until, &len);

	for (size_t i = 0; i < len; i++) {
		const struct timing_exception *exceptions;
		struct timing_next next;
		size_t exceptions_len;

		if (!is_meant(view_arena(view), event, list[i].title))
			continue;
		exceptions = exception_list(view, list[i].number, &exceptions_len);
		if (!timing_next(house->zone, &list[i].timing, exceptions, exceptions_len, from_ms, &next) || next.occurrence.at_ms >= until_ms ||
		    (found.number && found.at_ms <= next.occurrence.at_ms))
			continue;
		found = (struct found){ list[i].number, next.occurrence.wall, next.occurrence.at_ms, list[i].timing.all_day };
	}
	if (!found.number)
		return false;
	*ret_found = found;
	return true;
}

/* ---- occasions ---- */

static const char *month_text(struct arena *arena, const struct wall *month)
{
	return arena_printf(arena, "%04d-%02d", month->year, month->month);
}

static void bind(struct arena *arena, struct stmt *q, const struct occasion *occasion)
{
	stmt_bind_text(q, 1, occasion->event->name);
	stmt_bind_text(q, 2, month_text(arena, &occasion->month));
}

static struct occasion occasion_of(const struct house *house, struct view *view, const struct config_year_event *event, const struct wall *month)
{
	struct occasion occasion = { .event = event, .month = *month };
	struct stmt *q = view_query(view, &occasion_statements, Q_IS_DROPPED);
	struct wall from, until;
	struct found found;

	bind(view_arena(view), q, &occasion);
	occasion.dropped = stmt_one_int(q, 0);
	rhythm_reach(event, month, &from, &until);
	if (find_planned(house, view, event, &from, &until, &found)) {
		occasion.number = found.number;
		occasion.starts = found.starts;
		occasion.all_day = found.all_day;
	}
	return occasion;
}

struct occasion *occasion_list(const struct house *house, struct view *view, const struct wall *today, size_t *ret_len)
{
	const struct config_year *year = &house->config->year;
	struct occasion *list = arena_array(view_arena(view), struct occasion, year->events_len * MONTHS);
	struct wall month = { .year = today->year, .month = today->month, .day = 1 };
	size_t len = 0;

	for (int i = 0; i < MONTHS; i++) {
		for (size_t j = 0; j < year->events_len; j++) {
			if (year->events[j].months & 1u << month.month)
				list[len++] = occasion_of(house, view, &year->events[j], &month);
		}
		month = wall_add_months(&month, 1);
	}
	*ret_len = len;
	return list;
}

bool occasion_is_open(const struct occasion *occasion)
{
	return !occasion->number && !occasion->dropped;
}

/* ---- what the coordinators hear and say ---- */

static bool heard_lately(struct view *view, const struct wall *today)
{
	struct stmt *q = view_query(view, &occasion_statements, Q_LAST_NUDGE);
	const char *day = NULL;
	struct wall last;

	while (stmt_step(q))
		day = stmt_text(q, 0);
	return day && wall_parse(day, &last) && wall_to_days(today) - wall_to_days(&last) < OCCASION_REST_DAYS;
}

struct occasion *occasion_take_nudges(struct turn *turn, const struct occasion *list, size_t len, const struct wall *today, size_t *ret_len)
{
	struct arena *arena = turn_arena(turn);
	struct occasion *near = arena_array(arena, struct occasion, len);

	*ret_len = 0;
	if (heard_lately(turn_view(turn), today))
		return near;
	for (size_t i = 0; i < len; i++) {
		struct stmt *q;

		if (!occasion_is_open(&list[i]) || wall_to_days(&list[i].month) - wall_to_days(today) > OCCASION_NUDGE_DAYS)
			continue;
		q = turn_query(turn, &occasion_statements, Q_NUDGED);
		bind(arena, q, &list[i]);
		stmt_bind_text(q, 3, wall_format_date(arena, today));
		(void)stmt_run(q);
		near[(*ret_len)++] = list[i];
	}
	return near;
}

bool occasion_is_named(struct arena *arena, const struct config_year_event *event, const char *name)
{
	const char *bare = unicode_bare(arena, name);

	if (strcmp(bare, unicode_bare(arena, event->name)) == 0)
		return true;
	for (size_t i = 0; i < event->aliases_len; i++) {
		if (strcmp(bare, unicode_bare(arena, event->aliases[i])) == 0)
			return true;
	}
	return false;
}

void occasion_drop(struct turn *turn, const struct occasion *occasion, int64_t by)
{
	struct stmt *q = turn_query(turn, &occasion_statements, Q_DROP);

	bind(turn_arena(turn), q, occasion);
	stmt_bind_int(q, 3, by);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	(void)stmt_run(q);
}

void occasion_want(struct turn *turn, const struct occasion *occasion)
{
	struct stmt *q = turn_query(turn, &occasion_statements, Q_WANT);

	bind(turn_arena(turn), q, occasion);
	(void)stmt_run(q);
}

bool occasion_find_session(const struct house *house, struct view *view, const struct wall *today, struct wall *ret_day)
{
	const struct config_year *year = &house->config->year;
	struct wall until = wall_add_days(today, SESSION_DAYS);
	struct found first = { .number = 0 }, found;

	for (size_t i = 0; i < year->events_len; i++) {
		if (year->events[i].learning && find_planned(house, view, &year->events[i], today, &until, &found) &&
		    (!first.number || found.at_ms < first.at_ms))
			first = found;
	}
	if (!first.number)
		return false;
	*ret_day = (struct wall){ .year = first.starts.year, .month = first.starts.month, .day = first.starts.day };
	return true;
}
