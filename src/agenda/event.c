#include "agenda/event.h"

#include "agenda/exception.h"
#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "text/unicode.h"

enum { Q_FIND, Q_FIND_TYPED, Q_COMING, Q_COMING_COUNT, Q_BEGINNING, Q_BEGINNING_COUNT, Q_OF_ALL, Q_OF_ALL_COUNT, Q_SAME, Q_SET_NEXT, Q_MAX };

#define EVENT                                                                                                \
	"SELECT id, ifnull(core, 0), app_group, author, typed_at_ms, title, place, all_day, starts, ends, rrule," \
	" status, reason, ifnull(same_as, 0), own_offsets, next_starts, next_at_ms, next_over_ms, typed, next_day, next_has_end FROM agenda_event "

/* Its index holds nothing that is over, so that the past weighs nothing. */
#define COMING "WHERE next_at_ms IS NOT NULL AND next_over_ms > ?2 AND (core IS NULL OR core = ?1 OR id IN (SELECT event FROM agenda_joint WHERE core = ?1)) "

#define BEGINNING "WHERE next_at_ms > ?1 AND next_at_ms < ?2 AND core IS NOT NULL AND rrule IS NULL "

#define OF_ALL "WHERE core IS NULL AND status = 'confirmed' AND starts < ?2 AND (starts >= ?1 OR rrule IS NOT NULL) "

static const char *const sql[] = {
	[Q_FIND] = EVENT "WHERE id = ?1",
	[Q_FIND_TYPED] = EVENT "WHERE source = ?1",
	[Q_COMING] = EVENT COMING "ORDER BY next_at_ms, id LIMIT ?3 OFFSET ?4",
	[Q_COMING_COUNT] = ("SELECT count(*) FROM agenda_event " COMING),
	[Q_BEGINNING] = EVENT BEGINNING "ORDER BY next_at_ms, id",
	[Q_BEGINNING_COUNT] = ("SELECT count(*) FROM agenda_event " BEGINNING),
	[Q_OF_ALL] = EVENT OF_ALL "ORDER BY starts, id",
	[Q_OF_ALL_COUNT] = ("SELECT count(*) FROM agenda_event " OF_ALL),
	[Q_SAME] = "SELECT id, title FROM agenda_event WHERE author = ?1 AND starts = ?2 AND status = 'confirmed' ORDER BY id",
	[Q_SET_NEXT] = "UPDATE agenda_event SET next_starts = ?2, next_at_ms = ?3, next_over_ms = ?4, next_day = ?5,"
	                 " next_has_end = ?6 WHERE id = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements agenda_event_statements = { "agenda.event", sql, Q_MAX };

/* What the database holds was checked on its way in. */
static struct wall wall_of(const char *text)
{
	struct wall wall;

	if (!wall_parse(text, &wall))
		die("the agenda holds a time that is none: %s", text);
	return wall;
}

static struct timing read_timing(struct stmt *q)
{
	const char *ends = stmt_text(q, 9);
	struct timing timing = { .all_day = stmt_int(q, 7) != 0, .starts = wall_of(stmt_text(q, 8)), .rrule = stmt_text(q, 10) };

	if (ends) {
		timing.has_end = true;
		timing.ends = wall_of(ends);
	}
	return timing;
}

static struct agenda_event read_event(struct stmt *q)
{
	struct agenda_event event = {
		.number = stmt_int(q, 0),
		.core = stmt_int(q, 1),
		.group = stmt_int(q, 2),
		.author = stmt_int(q, 3),
		.typed = stmt_text(q, 18),
		.typed_at_ms = stmt_int(q, 4),
		.title = stmt_text(q, 5),
		.place = stmt_text(q, 6),
		.timing = read_timing(q),
		.status = str_equal(stmt_text(q, 11), "cancelled") ? AGENDA_CANCELLED : AGENDA_CONFIRMED,
		.reason = stmt_text(q, 12),
		.same_as = stmt_int(q, 13),
		.own_offsets = stmt_int(q, 14) != 0,
		.has_next = !stmt_is_null(q, 15),
	};

	if (event.has_next) {
		event.next = wall_of(stmt_text(q, 15));
		event.next_at_ms = stmt_int(q, 16);
		event.next_over_ms = stmt_int(q, 17);
		event.next_day = wall_of(stmt_text(q, 19));
		event.next_has_end = stmt_int(q, 20) != 0;
	}
	return event;
}

static bool one_event(struct stmt *q, struct agenda_event *ret_event)
{
	if (!stmt_step(q))
		return false;
	*ret_event = read_event(q);
	stmt_reset(q);
	return true;
}

bool agenda_find(struct view *view, int64_t number, struct agenda_event *ret_event)
{
	struct stmt *q = view_query(view, &agenda_event_statements, Q_FIND);

	stmt_bind_int(q, 1, number);
	return one_event(q, ret_event);
}

struct agenda_event agenda_get(struct view *view, int64_t number)
{
	struct agenda_event event;

	if (!agenda_find(view, number, &event))
		die("no event %lld on the agenda", (long long)number);
	return event;
}

bool agenda_find_typed(struct view *view, const char *message, struct agenda_event *ret_event)
{
	struct stmt *q = view_query(view, &agenda_event_statements, Q_FIND_TYPED);

	stmt_bind_text(q, 1, message);
	return one_event(q, ret_event);
}

static size_t count_coming(struct view *view, int64_t core)
{
	struct stmt *q = view_query(view, &agenda_event_statements, Q_COMING_COUNT);
	size_t number = 0;

	stmt_bind_int(q, 1, core);
	stmt_bind_int(q, 2, view_now_ms(view));
	while (stmt_step(q))
		number = (size_t)stmt_int(q, 0);
	return number;
}

struct agenda_event *agenda_coming(struct view *view, int64_t core, size_t from, size_t max, size_t *ret_len, size_t *ret_more)
{
	size_t total = count_coming(view, core);
	size_t left = total > from ? total - from : 0;
	size_t len = left < max ? left : max;
	struct agenda_event *list = arena_array(view_arena(view), struct agenda_event, len);
	struct stmt *q = view_query(view, &agenda_event_statements, Q_COMING);

	stmt_bind_int(q, 1, core);
	stmt_bind_int(q, 2, view_now_ms(view));
	stmt_bind_int(q, 3, (int64_t)len);
	stmt_bind_int(q, 4, (int64_t)from);
	*ret_len = 0;
	while (stmt_step(q))
		list[(*ret_len)++] = read_event(q);
	*ret_more = left - len;
	return list;
}

struct agenda_event *agenda_beginning(struct view *view, int64_t after_ms, int64_t before_ms, size_t *ret_len)
{
	struct stmt *q = view_query(view, &agenda_event_statements, Q_BEGINNING_COUNT);
	struct agenda_event *list;

	stmt_bind_int(q, 1, after_ms);
	stmt_bind_int(q, 2, before_ms);
	list = arena_array(view_arena(view), struct agenda_event, (size_t)stmt_one_int(q, 0));
	q = view_query(view, &agenda_event_statements, Q_BEGINNING);
	stmt_bind_int(q, 1, after_ms);
	stmt_bind_int(q, 2, before_ms);
	*ret_len = 0;
	while (stmt_step(q))
		list[(*ret_len)++] = read_event(q);
	return list;
}

static struct stmt *ask_of_all(struct view *view, size_t index, const struct wall *from, const struct wall *until)
{
	struct stmt *q = view_query(view, &agenda_event_statements, index);

	stmt_bind_text(q, 1, wall_format_date(view_arena(view), from));
	stmt_bind_text(q, 2, wall_format_date(view_arena(view), until));
	return q;
}

struct agenda_event *agenda_of_neighbourhood(struct view *view, const struct wall *from, const struct wall *until, size_t *ret_len)
{
	int64_t count = stmt_one_int(ask_of_all(view, Q_OF_ALL_COUNT, from, until), 0);
	struct agenda_event *list = arena_array(view_arena(view), struct agenda_event, (size_t)count);
	struct stmt *q = ask_of_all(view, Q_OF_ALL, from, until);

	*ret_len = 0;
	while (stmt_step(q))
		list[(*ret_len)++] = read_event(q);
	return list;
}

int64_t agenda_find_same(struct view *view, int64_t author, const char *title, const struct timing *timing)
{
	struct stmt *q = view_query(view, &agenda_event_statements, Q_SAME);
	const char *folded = unicode_fold(view_arena(view), title);
	int64_t same = 0;

	stmt_bind_int(q, 1, author);
	stmt_bind_text(q, 2, timing_format(view_arena(view), &timing->starts, timing->all_day));
	while (stmt_step(q)) {
		if (same == 0 && str_equal(folded, unicode_fold(view_arena(view), stmt_text(q, 1))))
			same = stmt_int(q, 0);
	}
	return same;
}

bool agenda_set_next(const struct zone *zone, struct turn *turn, struct agenda_event *event, int64_t *ret_before_ms)
{
	size_t len;
	const struct timing_exception *exceptions = exception_list(turn_view(turn), event->number, &len);
	struct stmt *q = turn_query(turn, &agenda_event_statements, Q_SET_NEXT);
	struct timing_next next;

	event->has_next = event->status == AGENDA_CONFIRMED && timing_next(zone, &event->timing, exceptions, len, turn_now_ms(turn), &next);
	stmt_bind_int(q, 1, event->number);
	if (event->has_next) {
		event->next = next.occurrence.planned;
		event->next_day = next.day;
		event->next_has_end = next.has_end;
		event->next_at_ms = next.occurrence.at_ms;
		event->next_over_ms = next.over_ms;
		*ret_before_ms = next.before_ms;
		stmt_bind_text(q, 2, timing_format(turn_arena(turn), &event->next, event->timing.all_day));
		stmt_bind_int(q, 3, event->next_at_ms);
		stmt_bind_int(q, 4, event->next_over_ms);
		stmt_bind_text(q, 5, wall_format_date(turn_arena(turn), &event->next_day));
		stmt_bind_int(q, 6, event->next_has_end);
	}
	(void)stmt_run(q);
	return event->has_next;
}
