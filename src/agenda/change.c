#include "agenda/change.h"

#include "agenda/exception.h"
#include "agenda/joint.h"
#include "agenda/notice.h"
#include "agenda/reminder.h"
#include "base/clock.h"
#include "base/str.h"
#include "people/link.h"
#include "text/zone.h"

enum { Q_ADD, Q_SAVE, Q_VERSION_ADD, Q_MAX };

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO agenda_event (core, app_group, author, source, typed, typed_at_ms, title, place, all_day, starts, ends, zone, rrule,"
	          " same_as, status, own_offsets) VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, nullif(?14, 0),"
	          " 'confirmed', 0)",
	[Q_SAVE] = "UPDATE agenda_event SET title = ?2, place = ?3, all_day = ?4, starts = ?5, ends = ?6, rrule = ?7, status = ?8, reason = ?9,"
	           " typed = ?10 WHERE id = ?1",
	[Q_VERSION_ADD] = "INSERT INTO agenda_version (event, at_ms, person, change, title, place, all_day, starts, ends, rrule, reason)"
	                  " SELECT id, ?2, ?3, ?4, title, place, all_day, starts, ends, rrule, reason FROM agenda_event WHERE id = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements agenda_change_statements = { "agenda.change", sql, Q_MAX };

static const char *starts_text(struct turn *turn, const struct timing *timing)
{
	return timing_format(turn_arena(turn), &timing->starts, timing->all_day);
}

static const char *ends_text(struct turn *turn, const struct timing *timing)
{
	return timing->has_end ? timing_format(turn_arena(turn), &timing->ends, timing->all_day) : NULL;
}

static bool leads_one(struct view *view, const struct actor *actor, const struct agenda_event *event)
{
	size_t len;
	const int64_t *cores = joint_cores(view, event->number, &len);

	for (size_t i = 0; i < len; i++) {
		if (actor_leads(view, actor, cores[i]))
			return true;
	}
	return actor_leads(view, actor, event->core);
}

static bool may_change(struct view *view, const struct actor *actor, const struct agenda_event *event)
{
	if (actor_has(actor, ROLE_COORDINATOR))
		return true;
	return event->core != 0 && (link_is_one(view, actor->person, event->author) || leads_one(view, actor, event));
}

/* What the hand takes hold by. */
enum hold { HOLD_EVENT, HOLD_MESSAGE };

/* The event, brought up to now, and whether this hand may change it. */
static enum agenda_verdict take_hold(const struct agenda_hand *hand, struct turn *turn, int64_t number, enum hold hold,
				     struct agenda_event *ret_event)
{
	struct view *view = turn_view(turn);
	bool mends;

	if (!agenda_find(view, number, ret_event))
		return AGENDA_UNKNOWN;
	agenda_settle(hand->house, turn, number);
	*ret_event = agenda_get(view, number);
	mends = hold == HOLD_MESSAGE && link_is_one(view, hand->actor->person, ret_event->author) && !agenda_was_told(view, number);
	if (!mends && !may_change(view, hand->actor, ret_event))
		return AGENDA_NOT_YOURS;
	if (ret_event->status == AGENDA_CANCELLED)
		return AGENDA_OFF;
	return ret_event->has_next ? AGENDA_DONE : AGENDA_OVER;
}

enum agenda_verdict agenda_may_change(const struct agenda_hand *hand, struct turn *turn, int64_t number, struct agenda_event *ret_event)
{
	return take_hold(hand, turn, number, HOLD_EVENT, ret_event);
}

/* A time that people could mean: it ends after it begins, and its rule and clock are sound. */
static enum agenda_verdict check_timing(const struct zone *zone, const struct timing *timing)
{
	const struct series series = { timing->starts, timing->all_day, timing->rrule };
	int64_t at_ms;

	if (timing->has_end && wall_compare(&timing->ends, &timing->starts) <= 0)
		return AGENDA_ENDS_BEFORE;
	if (!timing->all_day && zone_instant(zone, &timing->starts, &at_ms) == ZONE_SKIPPED)
		return AGENDA_SKIPPED_HOUR;
	switch (recurrence_check(zone, &series)) {
	case RECURRENCE_FINE:
		return AGENDA_DONE;
	case RECURRENCE_REFUSED:
	case RECURRENCE_MISFIT:
		break;
	}
	return AGENDA_RULE;
}

/* Nobody can come to what has begun already. */
static enum agenda_verdict check_ahead(const struct zone *zone, const struct timing *timing, int64_t now_ms)
{
	struct timing_next next;

	if (!timing_next(zone, timing, NULL, 0, now_ms, &next))
		return AGENDA_PAST;
	return timing->rrule || timing->all_day || next.occurrence.at_ms > now_ms ? AGENDA_DONE : AGENDA_PAST;
}

static void add_version(const struct agenda_hand *hand, struct turn *turn, int64_t number, const char *change)
{
	struct stmt *q = turn_query(turn, &agenda_change_statements, Q_VERSION_ADD);

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	stmt_bind_int(q, 3, hand->actor->person);
	stmt_bind_text(q, 4, change);
	(void)stmt_run(q);
}

/* Write the event as it is now and plan anew what hangs on its time. */
static void save(const struct agenda_hand *hand, struct turn *turn, struct agenda_event *event, const char *change)
{
	struct stmt *q = turn_query(turn, &agenda_change_statements, Q_SAVE);
	int64_t before_ms;

	stmt_bind_int(q, 1, event->number);
	stmt_bind_text(q, 2, event->title);
	stmt_bind_text(q, 3, event->place);
	stmt_bind_int(q, 4, event->timing.all_day);
	stmt_bind_text(q, 5, starts_text(turn, &event->timing));
	stmt_bind_text(q, 6, ends_text(turn, &event->timing));
	stmt_bind_text(q, 7, event->timing.rrule);
	stmt_bind_text(q, 8, event->status == AGENDA_CANCELLED ? "cancelled" : "confirmed");
	stmt_bind_text(q, 9, event->reason);
	stmt_bind_text(q, 10, event->typed);
	(void)stmt_run(q);
	add_version(hand, turn, event->number, change);
	reminder_drop(turn, event->number);
	if (agenda_set_next(hand->house->zone, turn, event, &before_ms))
		reminder_plan(hand->house, turn, event, turn_now_ms(turn));
}

/* Which core the group speaks for: 0 is the neighbourhood. */
static bool home_of(const struct group *group, int64_t *ret_core)
{
	switch (group->kind) {
	case GROUP_KIND_CORE:
		*ret_core = group->core;
		return true;
	case GROUP_KIND_COORDINATORS:
	case GROUP_KIND_NEIGHBOURHOOD:
		*ret_core = 0;
		return true;
	case GROUP_KIND_AUDIT:
	case GROUP_KIND_PRIVATE:
		break;
	}
	return false;
}

static int64_t insert(const struct agenda_hand *hand, struct turn *turn, const struct agenda_entry *entry, int64_t core, int64_t same_as)
{
	struct stmt *q = turn_query(turn, &agenda_change_statements, Q_ADD);

	stmt_bind_int(q, 1, core);
	stmt_bind_int(q, 2, hand->group->id);
	stmt_bind_int(q, 3, hand->actor->person);
	stmt_bind_text(q, 4, entry->message);
	stmt_bind_text(q, 5, entry->typed);
	stmt_bind_int(q, 6, entry->typed_at_ms);
	stmt_bind_text(q, 7, entry->title);
	stmt_bind_text(q, 8, entry->place);
	stmt_bind_int(q, 9, entry->timing.all_day);
	stmt_bind_text(q, 10, starts_text(turn, &entry->timing));
	stmt_bind_text(q, 11, ends_text(turn, &entry->timing));
	stmt_bind_text(q, 12, zone_name(hand->house->zone));
	stmt_bind_text(q, 13, entry->timing.rrule);
	stmt_bind_int(q, 14, same_as);
	return stmt_insert(q);
}

enum agenda_verdict agenda_add(const struct agenda_hand *hand, struct turn *turn, const struct agenda_entry *entry, struct agenda_event *ret_event)
{
	enum agenda_verdict verdict = check_timing(hand->house->zone, &entry->timing);
	int64_t core, number, same_as, before_ms;

	if (verdict != AGENDA_DONE)
		return verdict;
	if (!home_of(hand->group, &core))
		return AGENDA_NO_HOME;
	same_as = agenda_find_same(turn_view(turn), hand->actor->person, entry->title, &entry->timing);
	number = insert(hand, turn, entry, core, same_as);
	*ret_event = agenda_get(turn_view(turn), number);
	add_version(hand, turn, number, "typed");
	if (agenda_set_next(hand->house->zone, turn, ret_event, &before_ms))
		reminder_plan(hand->house, turn, ret_event, turn_now_ms(turn));
	agenda_wake(turn, number);
	return same_as ? AGENDA_TWICE : AGENDA_DONE;
}

/* What the event's time becomes; AGENDA_DONE, or why not. */
static enum agenda_verdict moved_timing(const struct agenda_hand *hand, struct turn *turn, const struct agenda_event *event,
					const struct timing *to, struct timing *ret_timing)
{
	enum agenda_verdict verdict;

	*ret_timing = *to;
	if (event->timing.rrule && !to->rrule) {
		if (wall_to_days(&to->starts) != wall_to_days(&event->next))
			return AGENDA_SERIES_DAY;
		*ret_timing = timing_with_clock(&event->timing, to);
	}
	if (timing_equal(ret_timing, &event->timing))
		return AGENDA_UNCHANGED;
	verdict = check_timing(hand->house->zone, ret_timing);
	return verdict == AGENDA_DONE ? check_ahead(hand->house->zone, ret_timing, turn_now_ms(turn)) : verdict;
}

/* Single times of a series stay as they were told, as far as the series still has them. */
static void keep_exceptions(const struct zone *zone, struct turn *turn, const struct agenda_event *before, const struct agenda_event *after)
{
	size_t len;
	const struct timing_exception *exceptions;
	struct timing planned;

	if (str_equal(before->timing.rrule, after->timing.rrule))
		return;
	exceptions = exception_list(turn_view(turn), before->number, &len);
	for (size_t i = 0; i < len; i++) {
		if (!timing_falls_on(zone, &after->timing, &exceptions[i].day, &planned))
			exception_drop(turn, before->number, &exceptions[i].day);
	}
}

enum agenda_verdict agenda_move(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct timing *to,
				struct agenda_event *ret_event)
{
	enum agenda_verdict verdict = take_hold(hand, turn, number, HOLD_EVENT, ret_event);
	struct agenda_event before;
	struct timing timing;

	if (verdict == AGENDA_DONE)
		verdict = moved_timing(hand, turn, ret_event, to, &timing);
	if (verdict != AGENDA_DONE)
		return verdict;
	before = *ret_event;
	ret_event->timing = timing;
	keep_exceptions(hand->house->zone, turn, &before, ret_event);
	save(hand, turn, ret_event, "moved");
	agenda_announce(hand->house, turn, AGENDA_NOTICE_MOVED, &before, ret_event, hand->group->id);
	agenda_wake(turn, number);
	return AGENDA_DONE;
}

enum agenda_verdict agenda_edit(const struct agenda_hand *hand, struct turn *turn, int64_t number, const struct agenda_entry *was,
				const struct agenda_entry *now, struct agenda_event *ret_event)
{
	enum agenda_verdict verdict = take_hold(hand, turn, number, HOLD_MESSAGE, ret_event);
	bool new_time = !timing_equal(&now->timing, &was->timing);
	bool new_place = !str_equal(now->place, was->place);
	bool new_title = !str_equal(now->title, was->title);
	struct agenda_event before;

	if (verdict != AGENDA_DONE)
		return verdict;
	if (!new_time && !new_place && !new_title)
		return AGENDA_UNCHANGED;
	if (new_time)
		verdict = check_timing(hand->house->zone, &now->timing);
	if (new_time && verdict == AGENDA_DONE)
		verdict = check_ahead(hand->house->zone, &now->timing, turn_now_ms(turn));
	if (verdict != AGENDA_DONE)
		return verdict;
	before = *ret_event;
	ret_event->typed = now->typed;
	if (new_time)
		ret_event->timing = now->timing;
	keep_exceptions(hand->house->zone, turn, &before, ret_event);
	if (new_place)
		ret_event->place = now->place;
	if (new_title)
		ret_event->title = now->title;
	save(hand, turn, ret_event, "edited");
	if (new_time || new_place)
		agenda_announce(hand->house, turn, AGENDA_NOTICE_MOVED, &before, ret_event, hand->group->id);
	agenda_wake(turn, number);
	return AGENDA_DONE;
}

static void call_off(const struct agenda_hand *hand, struct turn *turn, struct agenda_event *event, const char *reason)
{
	event->status = AGENDA_CANCELLED;
	event->reason = reason;
	save(hand, turn, event, "cancelled");
}

/* Brought up to now; AGENDA_DONE when people can still come to it. */
static enum agenda_verdict take_standing(const struct agenda_hand *hand, struct turn *turn, int64_t number, struct agenda_event *ret_event)
{
	agenda_settle(hand->house, turn, number);
	*ret_event = agenda_get(turn_view(turn), number);
	if (ret_event->status == AGENDA_CANCELLED)
		return AGENDA_OFF;
	return ret_event->has_next ? AGENDA_DONE : AGENDA_OVER;
}

enum agenda_verdict agenda_fold(const struct agenda_hand *hand, struct turn *turn, int64_t number, int64_t folded,
				struct agenda_event *ret_event, struct agenda_event *ret_folded)
{
	enum agenda_verdict verdict = take_standing(hand, turn, number, ret_event);

	if (verdict == AGENDA_DONE)
		verdict = take_standing(hand, turn, folded, ret_folded);
	if (verdict != AGENDA_DONE)
		return verdict;
	ret_folded->status = AGENDA_CANCELLED;
	save(hand, turn, ret_folded, "folded");
	agenda_hush(turn, folded);
	return AGENDA_DONE;
}

enum agenda_verdict agenda_cancel(const struct agenda_hand *hand, struct turn *turn, int64_t number, const char *reason,
				  struct agenda_event *ret_event)
{
	enum agenda_verdict verdict = take_hold(hand, turn, number, HOLD_EVENT, ret_event);
	struct agenda_event before;

	if (verdict != AGENDA_DONE)
		return verdict;
	before = *ret_event;
	call_off(hand, turn, ret_event, reason);
	agenda_announce(hand->house, turn, AGENDA_NOTICE_CANCELLED, &before, ret_event, hand->group->id);
	agenda_wake(turn, number);
	return AGENDA_DONE;
}

enum agenda_verdict agenda_withdraw(const struct agenda_hand *hand, struct turn *turn, int64_t number, struct agenda_event *ret_event)
{
	enum agenda_verdict verdict = take_hold(hand, turn, number, HOLD_MESSAGE, ret_event);
	struct agenda_event before;

	if (verdict != AGENDA_DONE)
		return verdict;
	before = *ret_event;
	call_off(hand, turn, ret_event, NULL);
	if (agenda_was_told(turn_view(turn), number))
		agenda_announce(hand->house, turn, AGENDA_NOTICE_CANCELLED, &before, ret_event, 0);
	agenda_wake(turn, number);
	return AGENDA_DONE;
}

enum agenda_verdict agenda_remind(const struct agenda_hand *hand, struct turn *turn, int64_t number, const int64_t *offsets_ms, size_t len,
				  struct agenda_event *ret_event)
{
	enum agenda_verdict verdict = take_hold(hand, turn, number, HOLD_EVENT, ret_event);

	if (verdict != AGENDA_DONE)
		return verdict;
	for (size_t i = 0; i < len; i++) {
		if (ret_event->timing.all_day && offsets_ms[i] < MS_PER_DAY)
			return AGENDA_NO_CLOCK;
	}
	reminder_set_offsets(turn, number, offsets_ms, len);
	ret_event->own_offsets = true;
	reminder_drop(turn, number);
	reminder_plan(hand->house, turn, ret_event, turn_now_ms(turn));
	agenda_wake(turn, number);
	return AGENDA_DONE;
}
