#include "agenda/once.h"

#include "agenda/exception.h"
#include "agenda/notice.h"
#include "agenda/reminder.h"
#include "base/arena.h"
#include "base/die.h"
#include "text/zone.h"

enum { Q_VERSION_ADD, Q_MAX };

static const char *const sql[] = {
	[Q_VERSION_ADD] = "INSERT INTO agenda_version (event, at_ms, person, change, title, place, all_day, starts, ends, reason, day)"
	                  " SELECT id, ?2, ?3, ?4, title, place, all_day, ?5, ?6, ?7, ?8 FROM agenda_event WHERE id = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements agenda_once_statements = { "agenda.once", sql, Q_MAX };

static struct wall day_of(const struct wall *wall)
{
	return (struct wall){ .year = wall->year, .month = wall->month, .day = wall->day };
}

/* Which time was moved to this day; else the one that the rule gives it, if any. */
static struct wall planned_day(struct view *view, const struct agenda_event *event, const struct wall *day)
{
	size_t len;
	const struct timing_exception *exceptions = exception_list(view, event->number, &len);

	for (size_t i = 0; i < len; i++) {
		if (!exceptions[i].off && wall_to_days(&exceptions[i].starts) == wall_to_days(day))
			return exceptions[i].day;
	}
	return day_of(day);
}

static void read_once(struct view *view, const struct agenda_event *event, struct agenda_once *once)
{
	struct timing_exception exception;

	once->timing = once->planned;
	if (!exception_find(view, event->number, &once->day, &exception, &once->reason))
		return;
	once->off = exception.off;
	if (exception.off)
		return;
	once->timing.starts = exception.starts;
	once->timing.has_end = exception.has_end;
	once->timing.ends = exception.ends;
}

enum agenda_verdict agenda_once_find(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct wall *day,
				     struct agenda_event *ret_event, struct agenda_once *ret_once)
{
	enum agenda_verdict verdict = agenda_may_change(hand, turn, number, ret_event);
	struct agenda_once once = { .reason = NULL };

	if (verdict != AGENDA_DONE)
		return verdict;
	once.day = day ? planned_day(turn_view(turn), ret_event, day) : ret_event->next_day;
	if (!timing_falls_on(hand->house->zone, &ret_event->timing, &once.day, &once.planned))
		return AGENDA_NO_DAY;
	read_once(turn_view(turn), ret_event, &once);
	*ret_once = once;
	return AGENDA_DONE;
}

static void add_version(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct agenda_once *once, const char *change)
{
	struct arena *arena = turn_arena(turn);
	const struct timing *timing = &once->timing;
	struct stmt *q = turn_query(turn, &agenda_once_statements, Q_VERSION_ADD);

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	stmt_bind_int(q, 3, hand->actor->person);
	stmt_bind_text(q, 4, change);
	stmt_bind_text(q, 5, timing_format(arena, &timing->starts, timing->all_day));
	stmt_bind_text(q, 6, timing->has_end ? timing_format(arena, &timing->ends, timing->all_day) : NULL);
	stmt_bind_text(q, 7, once->reason);
	stmt_bind_text(q, 8, wall_format_date(arena, &once->day));
	(void)stmt_run(q);
}

static struct timing_next span_of(const struct zone *zone, const struct timing *timing)
{
	struct timing_next span;

	/* Once, and asked from the beginning of time: there is one. */
	INVARIANT(timing_next(zone, timing, NULL, 0, INT64_MIN, &span));
	return span;
}

/* Plan anew what hangs on the event's next time, and have the others told that this one was at `was`. */
static void settle(const struct agenda_hand *hand, struct turn *turn, struct agenda_event *event, const struct agenda_once *once,
		   const struct timing *was)
{
	const struct zone *zone = hand->house->zone;
	const struct timing_next old = span_of(zone, was), new = span_of(zone, &once->timing);
	bool sooner = new.occurrence.at_ms < old.occurrence.at_ms;
	int64_t before_ms;

	reminder_drop(turn, event->number);
	if (agenda_set_next(zone, turn, event, &before_ms))
		reminder_plan(hand->house, turn, event, turn_now_ms(turn));
	agenda_announce_once(hand->house, turn, event, &(struct agenda_once_news){
		.kind = once->off ? AGENDA_NOTICE_CANCELLED : AGENDA_NOTICE_MOVED,
		.day = once->day,
		.was = was->starts,
		.begins_ms = sooner ? new.occurrence.at_ms : old.occurrence.at_ms,
		.over_ms = new.over_ms > old.over_ms ? new.over_ms : old.over_ms,
		.seen_by = hand->group->id,
	});
	agenda_wake(turn, event->number);
}

static enum agenda_verdict check(const struct zone *zone, const struct agenda_once *once, const struct timing *to, int64_t now_ms)
{
	int64_t at_ms;

	if (to->all_day != once->planned.all_day)
		return AGENDA_OTHER_KIND;
	if (to->has_end && wall_compare(&to->ends, &to->starts) <= 0)
		return AGENDA_ENDS_BEFORE;
	if (!to->all_day && zone_instant(zone, &to->starts, &at_ms) == ZONE_SKIPPED)
		return AGENDA_SKIPPED_HOUR;
	if (!once->off && timing_equal(to, &once->timing))
		return AGENDA_UNCHANGED;
	return span_of(zone, to).over_ms > now_ms && (to->all_day || span_of(zone, to).occurrence.at_ms > now_ms) ? AGENDA_DONE : AGENDA_PAST;
}

enum agenda_verdict agenda_once_move(const struct agenda_hand *hand, struct turn *turn, const struct timing *to, struct agenda_event *event,
				     struct agenda_once *once)
{
	enum agenda_verdict verdict = check(hand->house->zone, once, to, turn_now_ms(turn));
	const struct timing was = once->timing;
	bool restores = timing_equal(to, &once->planned);

	if (verdict != AGENDA_DONE)
		return verdict;
	once->timing = *to;
	once->off = false;
	once->reason = NULL;
	if (restores)
		exception_drop(turn, event->number, &once->day);
	else
		exception_put(turn, event->number, &(struct timing_exception){ .day = once->day, .starts = to->starts, .has_end = to->has_end, .ends = to->ends },
			      to->all_day, NULL);
	add_version(hand, turn, event->number, once, restores ? "restored" : "moved");
	settle(hand, turn, event, once, &was);
	return AGENDA_DONE;
}

enum agenda_verdict agenda_once_cancel(const struct agenda_hand *hand, struct turn *turn, const char *reason, struct agenda_event *event,
				       struct agenda_once *once)
{
	if (once->off)
		return AGENDA_UNCHANGED;
	if (span_of(hand->house->zone, &once->timing).over_ms <= turn_now_ms(turn))
		return AGENDA_PAST;
	once->off = true;
	once->reason = reason;
	exception_put(turn, event->number, &(struct timing_exception){ .day = once->day, .off = true }, once->timing.all_day, reason);
	add_version(hand, turn, event->number, once, "cancelled");
	settle(hand, turn, event, once, &once->timing);
	return AGENDA_DONE;
}

enum agenda_verdict agenda_end(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct wall *last,
			       struct agenda_event *ret_event)
{
	enum agenda_verdict verdict = agenda_may_change(hand, turn, number, ret_event);
	struct timing to;

	if (verdict != AGENDA_DONE)
		return verdict;
	if (!ret_event->timing.rrule)
		return AGENDA_NOT_SERIES;
	if (wall_to_days(last) < wall_to_days(&ret_event->timing.starts))
		return AGENDA_PAST;
	to = ret_event->timing;
	to.rrule = timing_rule_until(hand->house->zone, turn_arena(turn), &ret_event->timing, last);
	return agenda_move(hand, turn, number, &to, ret_event);
}
