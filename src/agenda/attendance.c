#include "agenda/attendance.h"

#include "agenda/notice.h"
#include "base/arena.h"
#include "people/link.h"
#include "store/outbox.h"

enum { Q_ADD, Q_LEAVE, Q_TAKE_BACK, Q_COUNT, Q_COMES, Q_NOTE_MESSAGE, Q_NOTE_OUTBOX, Q_BY_MESSAGE, Q_BY_OUTBOX, Q_MAX };

#define STILL "SELECT e.id FROM agenda_message AS m JOIN agenda_event AS e ON e.id = m.event" \
	      " WHERE (e.rrule IS NULL OR e.next_day = m.day) AND "

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO agenda_attendance (source, event, day, person, at_ms) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
	[Q_LEAVE] = "DELETE FROM agenda_attendance WHERE event = ?1 AND day = ?2 AND " LINK_SELF("person") " = ?3",
	[Q_TAKE_BACK] = "DELETE FROM agenda_attendance WHERE source = ?1 AND " LINK_SELF("person") " = ?2",
	[Q_COUNT] = "SELECT count(DISTINCT " LINK_SELF("person") ") FROM agenda_attendance WHERE event = ?1 AND day = ?2",
	[Q_COMES] = "SELECT count(*) FROM agenda_attendance WHERE event = ?1 AND day = ?2 AND " LINK_SELF("person") " = ?3",
	[Q_NOTE_MESSAGE] = "INSERT INTO agenda_message (message, event, day) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
	[Q_NOTE_OUTBOX] = "INSERT INTO agenda_message (outbox, event, day) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
	[Q_BY_MESSAGE] = STILL "m.message = ?1",
	[Q_BY_OUTBOX] = STILL "m.outbox = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements agenda_attendance_statements = { "agenda.attendance", sql, Q_MAX };

/* Which time is counted: of what is held once there is one, wherever it moves. */
static const char *day_of(struct arena *arena, const struct agenda_event *event)
{
	return event->timing.rrule && event->has_next ? wall_format_date(arena, &event->next_day) : "";
}

static enum attendance_verdict find(const struct house *house, struct turn *turn, int64_t number, struct agenda_event *ret_event)
{
	if (!agenda_find(turn_view(turn), number, ret_event))
		return ATTENDANCE_UNKNOWN;
	agenda_settle(house, turn, number);
	*ret_event = agenda_get(turn_view(turn), number);
	if (ret_event->status == AGENDA_CANCELLED)
		return ATTENDANCE_OFF;
	return ret_event->has_next ? ATTENDANCE_DONE : ATTENDANCE_OVER;
}

static bool comes(struct turn *turn, const struct agenda_event *event, int64_t person)
{
	struct stmt *q = turn_query(turn, &agenda_attendance_statements, Q_COMES);

	stmt_bind_int(q, 1, event->number);
	stmt_bind_text(q, 2, day_of(turn_arena(turn), event));
	stmt_bind_int(q, 3, person);
	return stmt_one_int(q, 0) > 0;
}

enum attendance_verdict attendance_come(const struct house *house, struct turn *turn, int64_t number, int64_t person, const char *source,
					struct agenda_event *ret_event)
{
	enum attendance_verdict verdict = find(house, turn, number, ret_event);
	bool came;
	struct stmt *q;

	if (verdict != ATTENDANCE_DONE)
		return verdict;
	came = comes(turn, ret_event, person);
	q = turn_query(turn, &agenda_attendance_statements, Q_ADD);
	stmt_bind_text(q, 1, source);
	stmt_bind_int(q, 2, number);
	stmt_bind_text(q, 3, day_of(turn_arena(turn), ret_event));
	stmt_bind_int(q, 4, person);
	stmt_bind_int(q, 5, turn_now_ms(turn));
	(void)stmt_run(q);
	return came ? ATTENDANCE_ALREADY : ATTENDANCE_DONE;
}

enum attendance_verdict attendance_leave(const struct house *house, struct turn *turn, int64_t number, int64_t person, struct agenda_event *ret_event)
{
	enum attendance_verdict verdict = find(house, turn, number, ret_event);
	struct stmt *q;

	if (verdict != ATTENDANCE_DONE)
		return verdict;
	q = turn_query(turn, &agenda_attendance_statements, Q_LEAVE);
	stmt_bind_int(q, 1, number);
	stmt_bind_text(q, 2, day_of(turn_arena(turn), ret_event));
	stmt_bind_int(q, 3, person);
	return stmt_run(q) ? ATTENDANCE_DONE : ATTENDANCE_ALREADY;
}

bool attendance_take_back(struct turn *turn, const char *source, int64_t person)
{
	struct stmt *q = turn_query(turn, &agenda_attendance_statements, Q_TAKE_BACK);

	stmt_bind_text(q, 1, source);
	stmt_bind_int(q, 2, person);
	return stmt_run(q) != 0;
}

int64_t attendance_count(struct view *view, const struct agenda_event *event)
{
	struct stmt *q = view_query(view, &agenda_attendance_statements, Q_COUNT);

	stmt_bind_int(q, 1, event->number);
	stmt_bind_text(q, 2, day_of(view_arena(view), event));
	return stmt_one_int(q, 0);
}

static void note(struct turn *turn, struct stmt *q, const struct agenda_event *event)
{
	stmt_bind_int(q, 2, event->number);
	stmt_bind_text(q, 3, day_of(turn_arena(turn), event));
	(void)stmt_run(q);
}

void attendance_note_message(struct turn *turn, const struct agenda_event *event, const char *message)
{
	struct stmt *q = turn_query(turn, &agenda_attendance_statements, Q_NOTE_MESSAGE);

	stmt_bind_text(q, 1, message);
	note(turn, q, event);
}

void attendance_note_outbox(struct turn *turn, const struct agenda_event *event, int64_t outbox)
{
	struct stmt *q = turn_query(turn, &agenda_attendance_statements, Q_NOTE_OUTBOX);

	stmt_bind_int(q, 1, outbox);
	note(turn, q, event);
}

/* Somebody's own message. */
static int64_t by_message(struct view *view, const char *message)
{
	struct stmt *q = view_query(view, &agenda_attendance_statements, Q_BY_MESSAGE);
	struct agenda_event event;

	if (agenda_find_typed(view, message, &event))
		return event.number;
	stmt_bind_text(q, 1, message);
	return stmt_one_int(q, 0);
}

static int64_t by_outbox(struct view *view, int64_t outbox)
{
	struct stmt *q = view_query(view, &agenda_attendance_statements, Q_BY_OUTBOX);

	stmt_bind_int(q, 1, outbox);
	return stmt_one_int(q, 0);
}

bool attendance_find_event(struct view *view, const char *message, int64_t *ret_number)
{
	int64_t outbox = outbox_find_event(view, message);
	int64_t number = outbox ? by_outbox(view, outbox) : by_message(view, message);
	const char *answered;

	if (!number && outbox && outbox_find_answered(view, message, &answered))
		number = by_message(view, answered);
	if (!number)
		return false;
	*ret_number = number;
	return true;
}
