#include "text/when.h"

#include <string.h>

#include "base/clock.h"
#include "text/when/pick.h"

enum {
	MINUTES_PER_DAY = 24 * 60,
	SEARCH_DAYS = 12 * 366, /* for the next time a rule falls: even 29 February comes within */
};

/* A hundred and fifty years from 1970: a message that claims to be later has no dates. */
#define SENT_MOST_MS (150 * 365 * MS_PER_DAY)

/* One reading on its way from the facts picked to instants. Walls are midnights, minutes count from theirs. */
struct reading {
	const struct zone *zone;
	struct arena *arena;
	int64_t sent_at_ms;
	struct wall today;
	const struct pick *pick;
	const struct when *old; /* the appointment to move, or NULL */

	bool timed, has_end;
	int minutes, end_minutes;
	bool several;            /* first up to and with last: a weekend, unless the pick has a last day or a recurrence */
	struct wall first, last; /* days; last is set when the pick has a last day, and by a weekend */
	struct repeat repeat;    /* set when the pick has one */
};

static struct wall midnight(const struct wall *wall)
{
	return (struct wall){ .year = wall->year, .month = wall->month, .day = wall->day };
}

static struct wall wall_at(const struct wall *day, int minutes)
{
	struct wall wall = midnight(day);

	return wall_from_ms(wall_to_ms(&wall) + minutes * MS_PER_MINUTE);
}

static int64_t instant_at(const struct reading *reading, const struct wall *day, int minutes)
{
	struct wall wall = wall_at(day, minutes);
	int64_t utc_ms = INT64_MIN;

	switch (zone_instant(reading->zone, &wall, &utc_ms)) {
	case ZONE_OK:
	case ZONE_DOUBLED:
	case ZONE_SKIPPED:
	case ZONE_IMPOSSIBLE: /* beyond the calendar: as long ago as can be, and so refused */
		break;
	}
	return utc_ms;
}

static bool is_ahead(const struct reading *reading, const struct wall *day)
{
	if (!reading->timed)
		return wall_to_days(day) >= wall_to_days(&reading->today);
	return instant_at(reading, day, reading->minutes) > reading->sent_at_ms;
}

static enum when_verdict day_verdict_when(enum day_verdict verdict)
{
	switch (verdict) {
	case DAY_OK:
		return WHEN_OK;
	case DAY_IMPOSSIBLE:
		return WHEN_DATE_INVALID;
	case DAY_CONTRADICTS:
		return WHEN_DATE_CONTRADICTS;
	case DAY_GONE:
		return WHEN_DATE_PAST;
	case DAY_UNCLEAR:
		return WHEN_DATE_MISSING;
	}
	return WHEN_DATE_INVALID;
}

/* A daytime with what was said about the part of the day elsewhere. */
static struct daytime time_in_part(const struct fact *fact, enum part part)
{
	struct daytime time = fact->daytime;

	if (time.part == PART_NONE)
		time.part = part;
	return time;
}

static void old_time_settle(struct reading *reading)
{
	struct wall start = zone_wall(reading->zone, reading->old->start_ms);

	reading->timed = !reading->old->all_day;
	reading->minutes = start.hour * 60 + start.minute;
}

/* "Over 2 uur": the minute it is then, whatever the wall clock does in between. */
static int64_t ahead_ms(const struct reading *reading)
{
	int64_t at_ms = reading->sent_at_ms + reading->pick->time->daytime.ahead * (int64_t)MS_PER_MINUTE;

	return at_ms - at_ms % MS_PER_MINUTE;
}

/* Its clock that day, so that an end can be told from it. */
static struct daytime ahead_daytime(const struct reading *reading)
{
	struct wall at = zone_wall(reading->zone, ahead_ms(reading));

	return (struct daytime){ .minutes = at.hour * 60 + at.minute };
}

static bool is_ahead_of_now(const struct reading *reading)
{
	return reading->pick->time && reading->pick->time->daytime.ahead;
}

static enum when_verdict time_settle(struct reading *reading)
{
	const struct pick *pick = reading->pick;
	struct daytime from, to;

	if (!pick->time) {
		if (pick->end_time || (pick->part && !pick->all_day))
			return WHEN_TIME_MISSING;
		if (reading->old && !pick->all_day)
			old_time_settle(reading);
		return WHEN_OK;
	}
	reading->timed = true;
	from = is_ahead_of_now(reading) ? ahead_daytime(reading) : time_in_part(pick->time, pick->part);
	reading->minutes = daytime_settle(&from);
	if (from.wrong || (pick->end_time && pick->end_time->daytime.wrong))
		return WHEN_TIME_INVALID;
	if (!pick->end_time)
		return WHEN_OK;
	reading->has_end = true;
	to = pick->end_time->daytime;
	if (pick->last_day && !pick->repeat) {
		reading->end_minutes = daytime_settle(&to);
		return WHEN_OK;
	}
	return daytime_settle_range(&from, &to, &reading->minutes, &reading->end_minutes) ? WHEN_OK : WHEN_TIME_INVALID;
}

/* "10 t/m 17 september" is the coming one to end, so that a week that is under way is not next year's. */
static enum when_verdict date_range_settle(struct reading *reading, const struct day *from, const struct day *to)
{
	enum when_verdict verdict = day_verdict_when(day_resolve(to, &reading->today, &reading->last));
	struct day dated = *from;
	struct wall year_first;

	if (verdict != WHEN_OK)
		return verdict;
	dated.year = reading->last.year;
	if (from->month > to->month || (from->month == to->month && from->day > to->day))
		dated.year--;
	year_first = (struct wall){ .year = dated.year, .month = 1, .day = 1 };
	return day_verdict_when(day_resolve(&dated, &year_first, &reading->first));
}

static bool is_yearless_range(const struct pick *pick)
{
	return !pick->repeat && pick->day && pick->last_day && pick->day->day.kind == DAY_DATE && pick->last_day->day.kind == DAY_DATE &&
	       !pick->day->day.year;
}

/* All of it that is still to come; but a clock is of one day. */
static enum when_verdict weekend_settle(struct reading *reading, const struct day *day)
{
	enum when_verdict verdict = day_verdict_when(day_resolve_stretch(day, &reading->today, &reading->first, &reading->last));

	if (verdict == WHEN_OK && (reading->timed || reading->pick->repeat || reading->pick->last_day))
		return WHEN_DATE_MISSING;
	if (wall_compare(&reading->first, &reading->today) < 0)
		reading->first = reading->today;
	reading->several = true;
	return verdict;
}

/* The day it is on, or the first that a recurrence may fall on. */
static enum when_verdict day_settle(struct reading *reading)
{
	const struct pick *pick = reading->pick;
	struct day day = pick->day->day;
	enum day_verdict verdict;

	if (day.kind == DAY_WEEKEND)
		return weekend_settle(reading, &day);
	if (day.kind == DAY_WEEK) {
		if (!pick->repeat)
			return WHEN_DATE_MISSING; /* volgende week, but which day? */
		day.weekday = WEEKDAY_MONDAY;
	}
	if (pick->weekday)
		day.weekday = pick->weekday;
	if (is_yearless_range(pick))
		return date_range_settle(reading, &day, &pick->last_day->day);
	verdict = day_resolve(&day, &reading->today, &reading->first);
	if (verdict == DAY_OK && !is_ahead(reading, &reading->first) && !pick->repeat &&
	    ((day.kind == DAY_WEEKDAY && day.turn == TURN_NEXT) || day.kind == DAY_OF_MONTH)) {
		struct wall tomorrow = wall_add_days(&reading->today, 1);

		verdict = day_resolve(&day, &tomorrow, &reading->first);
	}
	/* A recurrence may have begun long ago: its next time counts. */
	if (verdict == DAY_GONE && pick->repeat && day.year)
		return WHEN_OK;
	return day_verdict_when(verdict);
}

/* "tot september" ends before September, "t/m september" with it. */
static struct wall month_last_day(const struct wall *day, bool inclusive)
{
	struct wall last = *day;

	if (!inclusive) {
		last.day = 1;
		return wall_add_days(&last, -1);
	}
	last.day = month_days(last.year, last.month);
	return last;
}

/* "t/m", "tot en met", "through"; "tot eind" as well. */
static bool is_inclusive(const struct phrase *phrase, const struct fact *fact)
{
	return fact->day.ordinal < 0 || token_is_one_of(phrase, fact->first, "t", "tm", "through", "thru") ||
	       token_is_word(phrase, fact->first + 1, "en");
}

static enum when_verdict last_day_settle(struct reading *reading, const struct phrase *phrase)
{
	const struct fact *fact = reading->pick->last_day;
	struct day day = fact->day;
	enum when_verdict verdict;

	if (is_yearless_range(reading->pick))
		return WHEN_OK;
	if (day.kind == DAY_WEEKDAY && day.turn == TURN_NEXT)
		day.turn = TURN_COMING;
	if (day.kind == DAY_RELATIVE || day.kind == DAY_WEEKDAY)
		verdict = day_verdict_when(day_resolve(&day, day.turn == TURN_NEXT_WEEK ? &reading->today : &reading->first, &reading->last));
	else
		verdict = day_verdict_when(day_resolve(&day, &reading->first, &reading->last));
	if (verdict != WHEN_OK)
		return verdict == WHEN_DATE_PAST ? WHEN_DATE_INVALID : verdict;
	if (day.kind == DAY_MONTH)
		reading->last = month_last_day(&reading->last, is_inclusive(phrase, fact));
	return wall_to_days(&reading->last) < wall_to_days(&reading->first) ? WHEN_DATE_INVALID : WHEN_OK;
}

/* Moves reading->first to the first day the rule falls on whose time lies ahead. */
static enum when_verdict first_occurrence_find(struct reading *reading)
{
	struct wall begin = reading->first, day;
	int tries = SEARCH_DAYS;

	while (!repeat_falls_on(&reading->repeat, &begin, &begin) && tries--)
		begin = wall_add_days(&begin, 1);
	for (day = begin; tries > 0; tries--, day = wall_add_days(&day, 1)) {
		if (repeat_falls_on(&reading->repeat, &begin, &day) && is_ahead(reading, &day)) {
			reading->first = day;
			return WHEN_OK;
		}
	}
	return WHEN_DATE_INVALID;
}

static enum when_verdict repeat_settle(struct reading *reading)
{
	const struct pick *pick = reading->pick;

	reading->repeat = pick->repeat->repeat;
	if (!repeat_has_days(&reading->repeat)) {
		if (!pick->day)
			return WHEN_DATE_MISSING;
		if (pick->day->day.kind == DAY_WEEKDAY) {
			if (reading->repeat.frequency != FREQUENCY_WEEKLY)
				return WHEN_DATE_MISSING;
			reading->repeat.days[reading->repeat.days_len++] = (struct repeat_day){ pick->day->day.weekday, 0 };
		}
	}
	return first_occurrence_find(reading);
}

/* "Vandaag over 2 uur" says one day twice; "vrijdag over 2 uur" contradicts itself. */
static enum when_verdict ahead_day_settle(struct reading *reading)
{
	struct wall at = zone_wall(reading->zone, ahead_ms(reading));
	enum when_verdict verdict = reading->pick->day ? day_settle(reading) : WHEN_OK;

	at = midnight(&at);
	if (reading->pick->repeat || (verdict == WHEN_OK && reading->pick->day && wall_compare(&at, &reading->first) != 0))
		return WHEN_DATE_CONTRADICTS;
	reading->first = at;
	return verdict;
}

static enum when_verdict days_settle(struct reading *reading, const struct phrase *phrase)
{
	const struct pick *pick = reading->pick;
	enum when_verdict verdict = WHEN_OK;

	reading->first = reading->today;
	if (is_ahead_of_now(reading)) {
		verdict = ahead_day_settle(reading);
	} else if (pick->day) {
		verdict = day_settle(reading);
	} else if (!pick->repeat) {
		if (!reading->old || (!pick->time && !pick->all_day))
			return WHEN_DATE_MISSING;
		reading->first = zone_wall(reading->zone, reading->old->start_ms);
		reading->first = midnight(&reading->first);
	}
	if (verdict == WHEN_OK && pick->repeat)
		verdict = repeat_settle(reading);
	if (verdict == WHEN_OK && pick->last_day)
		verdict = last_day_settle(reading, phrase);
	return verdict;
}

/* "Morgen woensdag 15 juni" says one day three times; "zondag over twee weken" may be either of two. */
static bool rival_day_agrees(const struct reading *reading)
{
	const struct fact *rival = reading->pick->rival_day;
	struct wall day, last;

	if (rival && day_is_stretch(&rival->day))
		return day_resolve_stretch(&rival->day, &reading->today, &day, &last) == DAY_OK && wall_compare(&day, &reading->first) <= 0 &&
		       wall_compare(&reading->first, &last) <= 0;
	return !rival || (day_resolve(&rival->day, &reading->today, &day) == DAY_OK && wall_to_days(&day) == wall_to_days(&reading->first));
}

/* RFC 5545 3.3.10: UNTIL is a date where DTSTART is one, else UTC. The last day counts to its end. */
static char *until_format(const struct reading *reading)
{
	const struct wall *last = &reading->last;
	struct wall utc;

	if (!reading->timed)
		return arena_printf(reading->arena, "%04d%02d%02d", last->year, last->month, last->day);
	utc = wall_from_ms(instant_at(reading, last, MINUTES_PER_DAY) - MS_PER_SECOND);
	return arena_printf(reading->arena, "%04d%02d%02dT%02d%02d%02dZ", utc.year, utc.month, utc.day, utc.hour, utc.minute,
			    utc.second);
}

static enum when_verdict start_settle(const struct reading *reading, struct when *when)
{
	struct wall start = wall_at(&reading->first, reading->timed ? reading->minutes : 0);

	if (is_ahead_of_now(reading)) {
		when->start_ms = ahead_ms(reading);
		return WHEN_OK;
	}
	switch (zone_instant(reading->zone, &start, &when->start_ms)) {
	case ZONE_OK:
	case ZONE_DOUBLED:
		return WHEN_OK;
	case ZONE_SKIPPED:
		return reading->timed ? WHEN_TIME_SKIPPED : WHEN_OK;
	case ZONE_IMPOSSIBLE:
		break;
	}
	return WHEN_DATE_INVALID;
}

static void end_settle(const struct reading *reading, struct when *when)
{
	const struct pick *pick = reading->pick;
	bool days = reading->several || (pick->last_day && !pick->repeat);

	if (days && reading->has_end)
		when->end_ms = instant_at(reading, &reading->last, reading->end_minutes);
	else if (days && (reading->timed || wall_compare(&reading->first, &reading->last) != 0))
		when->end_ms = instant_at(reading, &reading->last, MINUTES_PER_DAY);
	else if (reading->has_end)
		when->end_ms = instant_at(reading, &reading->first, reading->end_minutes);
	else if (reading->old && reading->old->has_end && reading->old->all_day == !reading->timed)
		when->end_ms = when->start_ms + (reading->old->end_ms - reading->old->start_ms);
	else
		return;
	when->has_end = true;
}

static bool is_past(const struct reading *reading, const struct when *when)
{
	if (reading->timed)
		return when->start_ms <= reading->sent_at_ms;
	return !is_ahead(reading, reading->several || (reading->pick->last_day && !reading->pick->repeat) ? &reading->last : &reading->first);
}

static enum when_verdict reading_settle(struct reading *reading, const struct phrase *phrase, struct when *ret_when)
{
	struct when when = { 0 };
	enum when_verdict verdict;

	if (!reading->pick->day && !reading->pick->repeat && !reading->old && !is_ahead_of_now(reading))
		return WHEN_DATE_MISSING;
	verdict = time_settle(reading);
	if (verdict == WHEN_OK)
		verdict = days_settle(reading, phrase);
	if (verdict == WHEN_OK && !rival_day_agrees(reading))
		verdict = WHEN_DATE_CONTRADICTS;
	if (verdict == WHEN_OK)
		verdict = start_settle(reading, &when);
	if (verdict != WHEN_OK)
		return verdict;
	end_settle(reading, &when);
	if (is_past(reading, &when))
		return WHEN_DATE_PAST;
	if (when.has_end && when.end_ms <= when.start_ms)
		return WHEN_DATE_INVALID;
	when.all_day = !reading->timed;
	if (reading->pick->repeat)
		when.rrule = repeat_format(reading->arena, &reading->repeat, reading->pick->last_day ? until_format(reading) : NULL);
	*ret_when = when;
	return WHEN_OK;
}

static void spans_set(struct arena *arena, const struct phrase *phrase, const struct facts *facts, struct when *when)
{
	struct when_span *spans = arena_array(arena, struct when_span, facts->len);
	size_t len = 0;

	for (size_t i = 0; i < facts->len; i++) {
		const struct fact *fact = &facts->list[i];
		const struct token *first = token_at(phrase, fact->first), *last = token_at(phrase, fact->after - 1);

		if (fact->used)
			spans[len++] = (struct when_span){ first->at, last->at + last->len - first->at };
	}
	when->spans = spans;
	when->spans_len = len;
}

static enum when_verdict text_read(const struct zone *zone, struct arena *arena, const char *text, int64_t sent_at_ms,
			      const struct when *old, struct when *ret_when)
{
	struct phrase phrase = phrase_split(arena, text);
	bool sane = sent_at_ms >= 0 && sent_at_ms < SENT_MOST_MS;
	struct wall now = zone_wall(zone, sane ? sent_at_ms : 0);
	struct when when = { 0 };
	struct facts facts;
	struct pick pick;
	struct reading reading = {
		.zone = zone,
		.arena = arena,
		.sent_at_ms = sent_at_ms,
		.today = midnight(&now),
		.pick = &pick,
		.old = old,
	};
	enum when_verdict verdict;

	facts_read(&phrase, &facts);
	pick = facts_pick(&phrase, &facts);
	verdict = sane ? reading_settle(&reading, &phrase, &when) : WHEN_DATE_INVALID;
	spans_set(arena, &phrase, &facts, &when);
	*ret_when = when;
	return verdict;
}

enum when_verdict when_read(const struct zone *zone, struct arena *arena, const char *text, int64_t sent_at_ms,
			    struct when *ret_when)
{
	return text_read(zone, arena, text, sent_at_ms, NULL, ret_when);
}

enum when_verdict when_read_move(const struct zone *zone, struct arena *arena, const char *text, int64_t sent_at_ms,
				 const struct when *old, struct when *ret_when)
{
	return text_read(zone, arena, text, sent_at_ms, old, ret_when);
}

bool when_is_all(const struct when *when, const char *text)
{
	size_t at = 0;

	for (size_t i = 0; i <= when->spans_len; i++) {
		size_t end = i < when->spans_len ? when->spans[i].at : strlen(text);

		for (; at < end; at++) {
			if (!strchr(" \t\n,.;:-()!", text[at]))
				return false;
		}
		if (i < when->spans_len)
			at = end + when->spans[i].len;
	}
	return when->spans_len > 0;
}

const char *when_verdict_code(enum when_verdict verdict)
{
	switch (verdict) {
	case WHEN_OK:
		return NULL;
	case WHEN_DATE_MISSING:
		return "date.missing";
	case WHEN_DATE_PAST:
		return "date.past";
	case WHEN_DATE_INVALID:
	case WHEN_DATE_CONTRADICTS:
		return "date.invalid";
	case WHEN_TIME_MISSING:
		return "time.missing";
	case WHEN_TIME_INVALID:
	case WHEN_TIME_SKIPPED:
		return "time.invalid";
	}
	return NULL;
}
