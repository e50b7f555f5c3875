/*
 * A house with an agenda, for unit tests: the scratch database, its neighbours, the customs of the
 * K-buurt (reminders of 7 days, 1 day and 2 hours; the day post at ten; quiet from nine to nine) and short
 * words for what tests do most.
 */
#ifndef ROTONDE_TESTS_AGENDA_HOUSE_H
#define ROTONDE_TESTS_AGENDA_HOUSE_H

#include "agenda/attendance.h"
#include "agenda/chair.h"
#include "agenda/change.h"
#include "agenda/exception.h"
#include "agenda/joint.h"
#include "agenda/notice.h"
#include "agenda/once.h"
#include "agenda/reminder.h"
#include "base/arena.h"
#include "base/clock.h"
#include "people/link.h"
#include "people/quiet.h"
#include "roundabout/pair.h"
#include "store/outbox.h"
#include "store/timer.h"
#include "unit/house.h"
#include "unit/neighbours.h"
#include "unit/say/outbox_look.h"
#include "year/occasion.h"

/* What became of the notices of an event: how many stand in this state, for this reason. */
static const char *const notice_look_sql[] = { "SELECT count(*) FROM agenda_notice WHERE event = ?1 AND state = ?2 AND ifnull(why, '') = ?3" };
static const struct statements notice_look_statements = { "notice.look", notice_look_sql, ARRAY_LEN(notice_look_sql) };

static const struct statements *const house_rooms[] = {
	&quiet_statements,            &agenda_event_statements, &agenda_change_statements, &agenda_notice_statements,     &agenda_reminder_statements,
	&agenda_exception_statements, &agenda_once_statements,  &agenda_joint_statements,  &agenda_attendance_statements, &agenda_chair_statements,
	&pair_statements,             &link_statements,         &actor_statements,         &group_statements,             &timer_statements,
	&outbox_statements,           &look_statements,         &neighbours_statements,    &notice_look_statements,       &occasion_statements,
	NULL,
};

static struct scratch scratch;
static struct test_house home;
static struct house house;
static struct turn *turn; /* inside a turn */
static int messages;

static inline int house_setup(void **state)
{
	(void)state;
	test_house_open(&home);
	house = home.house;
	scratch_open(&scratch, house_rooms);
	neighbours_move_in(&scratch);
	messages = 0;
	return 0;
}

static inline int house_teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	test_house_close(&home);
	return 0;
}

static inline struct wall wall_at(const char *text)
{
	struct wall wall;

	assert_true(wall_parse(text, &wall));
	return wall;
}

static inline int64_t ms_at(const char *text)
{
	struct wall wall = wall_at(text);
	int64_t ms = 0;

	assert_int_not_equal(zone_instant(house.zone, &wall, &ms), ZONE_IMPOSSIBLE);
	return ms;
}

static inline void house_work(struct turn *now, void *context)
{
	void (*work)(void) = *(void (**)(void))context;

	turn = now;
	work();
	turn = NULL;
}

/* Do the work in a turn at that time. */
static inline void at(const char *when, void (*work)(void))
{
	scratch.now_ms = ms_at(when);
	scratch_turn(&scratch, house_work, &work);
}

static inline struct timing timing_of(const char *starts, const char *ends, const char *rrule)
{
	struct timing timing = { .starts = wall_at(starts), .all_day = strlen(starts) == strlen("2022-06-15"), .rrule = rrule };

	if (ends) {
		timing.has_end = true;
		timing.ends = wall_at(ends);
	}
	return timing;
}

/* Who does it, in which group. The hand lives until the next call. */
static inline const struct agenda_hand *hand_of(int64_t person, int64_t group)
{
	static struct agenda_hand hand;
	static struct actor actor;
	static struct group where;

	actor = actor_get(turn_view(turn), person, TRUST_PLAIN);
	where = group_get(turn_view(turn), group);
	hand = (struct agenda_hand){ &house, &actor, &where };
	return &hand;
}

static inline enum agenda_verdict try_add(int64_t person, int64_t group, const char *title, struct timing timing, struct agenda_event *ret_event)
{
	struct agenda_entry entry = {
		.message = arena_printf(turn_arena(turn), "$%d", ++messages),
		.typed = title,
		.typed_at_ms = turn_now_ms(turn),
		.title = title,
		.timing = timing,
	};

	return agenda_add(hand_of(person, group), turn, &entry, ret_event);
}

static inline struct agenda_event add(int64_t person, int64_t group, const char *title, struct timing timing)
{
	struct agenda_event event;

	assert_int_equal(try_add(person, group, title, timing, &event), AGENDA_DONE);
	return event;
}

static inline int64_t notices(int64_t number, const char *state, const char *why)
{
	struct stmt *q = turn_query(turn, &notice_look_statements, 0);

	stmt_bind_int(q, 1, number);
	stmt_bind_text(q, 2, state);
	stmt_bind_text(q, 3, why);
	return stmt_one_int(q, 0);
}

/* When the event's timer fires; "" when it has none. */
static inline const char *timer_at(int64_t number)
{
	struct timer timer;

	if (!timer_next(turn_view(turn), &timer))
		return "";
	assert_string_equal(timer.kind, AGENDA_TIMER);
	assert_string_equal(timer.subject, arena_printf(turn_arena(turn), "%lld", (long long)number));
	return zone_format_iso(house.zone, turn_arena(turn), timer.due_at_ms);
}

#endif
