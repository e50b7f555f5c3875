#include "agenda/notice.h"

#include <string.h>

#include "agenda/chair.h"
#include "agenda/joint.h"
#include "agenda/reminder.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "base/str.h"
#include "people/hours.h"
#include "people/quiet.h"
#include "store/outbox.h"
#include "store/timer.h"
#include "text/zone.h"

/* A change of what begins within this is a message of its own. */
#define SOON_MS (48 * MS_PER_HOUR)

enum {
	Q_ITEM_COUNT,
	Q_ITEMS,
	Q_ITEM_TOLD,
	Q_UNSAID,
	Q_SKIP,
	Q_CLOSE,
	Q_POSTPONE,
	Q_ALONE,
	Q_ALONE_TAKEN,
	Q_WAKE,
	Q_WAS_TOLD,
	Q_ADD,
	Q_UNHEARD,
	Q_DROP_CHANGES,
	Q_DROP_DAYS,
	Q_HUSH,
	Q_MAX,
};

#define NOTICE "SELECT n.id, n.kind, n.event, n.occurrence, n.offset_ms, n.due_at_ms, n.useless_at_ms, ifnull(n.seen_by, 0), n.day "
#define IS_TOLD "EXISTS (SELECT 1 FROM agenda_told WHERE notice = n.id) "

/*
 * ?1 the group, ?2 its core, ?3 it takes neighbourhood posts, ?4 now. After an outage a reminder may be due
 * in both ways at once: then it is the message of its own that is said.
 */
#define ITEMS                                                                                  \
	"FROM agenda_notice AS n JOIN agenda_event AS e ON e.id = n.event"                     \
	" WHERE n.state = 'due' AND n.post = 'day' AND n.due_at_ms <= ?4 AND n.useless_at_ms > ?4" \
	" AND (e.core = ?2 OR e.core IS NULL AND ?3 OR EXISTS (SELECT 1 FROM agenda_joint WHERE event = e.id AND core = ?2)) AND n.seen_by IS NOT ?1"                  \
	" AND NOT EXISTS (SELECT 1 FROM agenda_told WHERE notice = n.id AND app_group = ?1)"    \
	" AND NOT (n.kind = 'reminder' AND EXISTS (SELECT 1 FROM agenda_notice AS a WHERE a.event = n.event" \
	"  AND a.kind = 'reminder' AND a.post = 'alone' AND a.state = 'due' AND a.due_at_ms <= ?4)) "

static const char *const sql[] = {
	[Q_ITEM_COUNT] = "SELECT count(*) " ITEMS,
	/* Of one event the whole, then its single times; of each the change that says most first, then the reminder closest to it. */
	[Q_ITEMS] = NOTICE ITEMS "ORDER BY ifnull(e.next_at_ms, n.useless_at_ms), n.event, n.day,"
	            " CASE n.kind WHEN 'cancelled' THEN 0 WHEN 'joint' THEN 1 WHEN 'moved' THEN 2 ELSE 3 END, n.due_at_ms DESC, n.id DESC",
	[Q_ITEM_TOLD] = "INSERT INTO agenda_told (notice, app_group, at_ms) SELECT n.id, ?1, ?4 " ITEMS "AND n.event = ?5 AND n.day IS ?6",
	[Q_UNSAID] = NOTICE "FROM agenda_notice AS n WHERE n.event = ?1 AND n.state = 'due' AND n.useless_at_ms <= ?2 AND NOT " IS_TOLD "LIMIT 1",
	[Q_SKIP] = "UPDATE agenda_notice SET state = 'skipped', why = ?2 WHERE id = ?1",
	[Q_CLOSE] = "UPDATE agenda_notice SET state = 'said' WHERE event = ?1 AND state = 'due' AND useless_at_ms <= ?2",
	[Q_POSTPONE] = "UPDATE agenda_notice SET due_at_ms = ?3"
	               " WHERE event = ?1 AND state = 'due' AND post = 'alone' AND kind = 'reminder' AND due_at_ms <= ?2",
	[Q_ALONE] = NOTICE "FROM agenda_notice AS n WHERE n.event = ?1 AND n.state = 'due' AND n.post = 'alone' AND n.due_at_ms <= ?2"
	            " ORDER BY n.kind = 'reminder', n.due_at_ms DESC, n.offset_ms, n.id DESC LIMIT 1",
	/* Single times are told one by one. */
	[Q_ALONE_TAKEN] = "UPDATE agenda_notice SET state = iif(id = ?3 AND ?5 IS NULL, 'said', 'skipped'), why = iif(id = ?3, ?5, ifnull(?5, 'covered'))"
	                  " WHERE event = ?1 AND state = 'due' AND (post = 'alone' OR kind = 'reminder') AND due_at_ms <= ?2 AND day IS ?4",
	[Q_WAKE] = "SELECT min(at_ms) FROM (SELECT next_over_ms AS at_ms FROM agenda_event WHERE id = ?1"
	           " UNION ALL SELECT useless_at_ms FROM agenda_notice WHERE event = ?1 AND state = 'due'"
	           " UNION ALL SELECT due_at_ms FROM agenda_notice WHERE event = ?1 AND state = 'due' AND post = 'alone')",
	[Q_WAS_TOLD] = "SELECT 1 FROM agenda_notice AS n WHERE n.event = ?1 AND (n.state = 'said' OR " IS_TOLD ") LIMIT 1",
	[Q_ADD] = "INSERT INTO agenda_notice (event, kind, occurrence, offset_ms, post, due_at_ms, useless_at_ms, state, seen_by, day)"
	          " VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, 'due', nullif(?7, 0), ?8)",
	[Q_UNHEARD] = "SELECT n.occurrence FROM agenda_notice AS n WHERE n.event = ?1 AND n.kind = 'moved' AND n.state = 'due' AND n.day IS ?2 AND NOT " IS_TOLD
	              "ORDER BY n.id LIMIT 1",
	[Q_DROP_CHANGES] = "UPDATE agenda_notice SET state = 'gone' WHERE event = ?1 AND kind NOT IN ('reminder', 'joint') AND state = 'due' AND day IS ?2",
	[Q_HUSH] = "UPDATE agenda_notice SET state = 'gone' WHERE event = ?1 AND state = 'due'",
	/* What was changed in one time is no news when the whole is off, or has no such time any more. */
	[Q_DROP_DAYS] = "UPDATE agenda_notice AS n SET state = 'gone' WHERE event = ?1 AND state = 'due' AND day IS NOT NULL"
	                " AND (?2 OR NOT EXISTS (SELECT 1 FROM agenda_exception AS x WHERE x.event = n.event AND x.day = n.day))",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements agenda_notice_statements = { "agenda.notice", sql, Q_MAX };

static const char *const kind_words[] = {
	[AGENDA_NOTICE_REMINDER] = "reminder",
	[AGENDA_NOTICE_MOVED] = "moved",
	[AGENDA_NOTICE_CANCELLED] = "cancelled",
	[AGENDA_NOTICE_JOINT] = "joint",
};

/* The event itself is read after the row, when the statement is free. */
static struct agenda_notice read_notice(struct stmt *q)
{
	const char *occurrence = stmt_text(q, 3), *day = stmt_text(q, 8);
	struct agenda_notice notice = {
		.id = stmt_int(q, 0),
		.kind = (enum agenda_notice_kind)stmt_word(q, 1, kind_words, ARRAY_LEN(kind_words)),
		.event.number = stmt_int(q, 2),
		.offset_ms = stmt_int(q, 4),
		.due_at_ms = stmt_int(q, 5),
		.useless_at_ms = stmt_int(q, 6),
		.seen_by = stmt_int(q, 7),
		.once = day != NULL,
	};

	if (!wall_parse(occurrence, &notice.occurrence))
		die("a notice for a time that is none: %s", occurrence);
	if (day && !wall_parse(day, &notice.day))
		die("a notice for a day that is none: %s", day);
	notice.occurrence_all_day = !strchr(occurrence, 'T');
	return notice;
}

static bool is_about_same(const struct agenda_notice *a, const struct agenda_notice *b)
{
	return a->event.number == b->event.number && a->once == b->once && (!a->once || wall_compare(&a->day, &b->day) == 0);
}

/* NULL, as it stands in the column, for what is about the whole event. */
static const char *day_text(struct arena *arena, const struct agenda_notice *notice)
{
	return notice->once ? wall_format_date(arena, &notice->day) : NULL;
}

static void bind_group(struct stmt *q, const struct group *group, int64_t now_ms)
{
	stmt_bind_int(q, 1, group->id);
	stmt_bind_int(q, 2, group->core);
	stmt_bind_int(q, 3, group->kind == GROUP_KIND_CORE && group->is_main);
	stmt_bind_int(q, 4, now_ms);
}

static size_t count_items(struct view *view, const struct group *group)
{
	struct stmt *q = view_query(view, &agenda_notice_statements, Q_ITEM_COUNT);
	size_t count = 0;

	bind_group(q, group, view_now_ms(view));
	while (stmt_step(q))
		count = (size_t)stmt_int(q, 0);
	return count;
}

struct agenda_notice *agenda_items(struct view *view, const struct group *group, size_t *ret_len)
{
	struct agenda_notice *items = arena_array(view_arena(view), struct agenda_notice, count_items(view, group));
	struct stmt *q = view_query(view, &agenda_notice_statements, Q_ITEMS);
	size_t len = 0;

	bind_group(q, group, view_now_ms(view));
	while (stmt_step(q)) {
		struct agenda_notice notice = read_notice(q);

		if (len == 0 || !is_about_same(&items[len - 1], &notice))
			items[len++] = notice;
	}
	for (size_t i = 0; i < len; i++)
		items[i].event = agenda_get(view, items[i].event.number);
	*ret_len = len;
	return items;
}

void agenda_item_told(struct turn *turn, const struct group *group, const struct agenda_notice *item)
{
	struct stmt *q = turn_query(turn, &agenda_notice_statements, Q_ITEM_TOLD);

	bind_group(q, group, turn_now_ms(turn));
	stmt_bind_int(q, 5, item->event.number);
	stmt_bind_text(q, 6, day_text(turn_arena(turn), item));
	(void)stmt_run(q);
}

static void log_skipped(struct turn *turn, const struct agenda_notice *notice, const char *why)
{
	log_info("agenda.skipped", "event=%lld kind=%s time=%s why=%s", (long long)notice->event.number, kind_words[notice->kind],
	         timing_format(turn_arena(turn), &notice->occurrence, notice->occurrence_all_day), why);
}

static void skip(struct turn *turn, const struct agenda_notice *notice, const char *why)
{
	struct stmt *q = turn_query(turn, &agenda_notice_statements, Q_SKIP);

	stmt_bind_int(q, 1, notice->id);
	stmt_bind_text(q, 2, why);
	(void)stmt_run(q);
	log_skipped(turn, notice, why);
}

static bool find_unsaid(struct turn *turn, int64_t number, struct agenda_notice *ret_notice)
{
	struct stmt *q = turn_query(turn, &agenda_notice_statements, Q_UNSAID);

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	if (!stmt_step(q))
		return false;
	*ret_notice = read_notice(q);
	stmt_reset(q);
	ret_notice->event = agenda_get(turn_view(turn), number);
	return true;
}

/* A group of those it was for wanted no day post when it was due, or since. */
static bool was_quiet(struct view *view, const struct agenda_notice *notice)
{
	size_t len;
	const struct group *groups = agenda_audience(view, &notice->event, &len);

	for (size_t i = 0; i < len; i++) {
		if (quiet_group_since(view, groups[i].id, notice->due_at_ms))
			return true;
	}
	return false;
}

static void close_useless(struct turn *turn, int64_t number)
{
	struct agenda_notice notice;
	struct stmt *q;

	while (find_unsaid(turn, number, &notice))
		skip(turn, &notice, was_quiet(turn_view(turn), &notice) ? "quiet" : "late");
	q = turn_query(turn, &agenda_notice_statements, Q_CLOSE);
	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	(void)stmt_run(q);
}

/* To the time that is now or next; its reminders from when the one before was over, so that an outage costs none. */
static void go_on(const struct house *house, struct turn *turn, int64_t number)
{
	struct agenda_event event = agenda_get(turn_view(turn), number);
	int64_t before_ms;

	if (!event.has_next || event.next_over_ms > turn_now_ms(turn))
		return;
	chair_held(turn, &event);
	if (agenda_set_next(house->zone, turn, &event, &before_ms))
		reminder_plan(house, turn, &event, before_ms);
}

void agenda_settle(const struct house *house, struct turn *turn, int64_t number)
{
	int64_t now_ms = turn_now_ms(turn);
	struct stmt *q;

	go_on(house, turn, number);
	if (hours_are_quiet(house, now_ms)) {
		q = turn_query(turn, &agenda_notice_statements, Q_POSTPONE);
		stmt_bind_int(q, 1, number);
		stmt_bind_int(q, 2, now_ms);
		stmt_bind_int(q, 3, hours_after_quiet(house, now_ms));
		(void)stmt_run(q);
	}
	close_useless(turn, number);
}

struct group *agenda_listeners(struct view *view, const struct agenda_notice *notice, size_t *ret_len)
{
	size_t audience_len, len = 0;
	struct group *groups = agenda_audience(view, &notice->event, &audience_len);

	for (size_t i = 0; i < audience_len; i++) {
		bool quiet = notice->kind == AGENDA_NOTICE_REMINDER && quiet_group_until(view, groups[i].id);

		if (groups[i].id != notice->seen_by && !quiet)
			groups[len++] = groups[i];
	}
	*ret_len = len;
	return groups;
}

/* Why nobody is to hear it, as the row says it; NULL when somebody is. */
static const char *why_unheard(struct view *view, const struct agenda_notice *notice)
{
	size_t len;

	(void)agenda_listeners(view, notice, &len);
	if (len)
		return NULL;
	return was_quiet(view, notice) ? "quiet" : "nobody";
}

bool agenda_take_alone(struct turn *turn, int64_t number, struct agenda_notice *ret_notice)
{
	struct stmt *q = turn_query(turn, &agenda_notice_statements, Q_ALONE);
	struct agenda_notice notice;
	const char *why;

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	if (!stmt_step(q))
		return false;
	notice = read_notice(q);
	stmt_reset(q);
	notice.event = agenda_get(turn_view(turn), number);
	why = why_unheard(turn_view(turn), &notice);
	q = turn_query(turn, &agenda_notice_statements, Q_ALONE_TAKEN);
	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	stmt_bind_int(q, 3, notice.id);
	stmt_bind_text(q, 4, day_text(turn_arena(turn), &notice));
	stmt_bind_text(q, 5, why);
	(void)stmt_run(q);
	if (why) {
		log_skipped(turn, &notice, why);
		return false;
	}
	*ret_notice = notice;
	return true;
}

const char *agenda_notice_key(struct arena *arena, const struct agenda_notice *notice, const struct group *group)
{
	long long number = notice->event.number;

	if (notice->kind == AGENDA_NOTICE_REMINDER)
		return arena_printf(arena, "reminder/%lld/%s/%s/%s", number,
				    timing_format(arena, &notice->occurrence, notice->occurrence_all_day),
				    reminder_offset_format(arena, notice->offset_ms), group->name);
	if (notice->once)
		return arena_printf(arena, "once/%lld/%s/%lld/%s", number, day_text(arena, notice), (long long)notice->id, group->name);
	/* An event may move more than once: the number of the notice tells which time this was. */
	return arena_printf(arena, "%s/%lld/%lld/%s", kind_words[notice->kind], number, (long long)notice->id, group->name);
}

/* What waits in the outbox about the whole event. */
static void take_back(struct turn *turn, int64_t number)
{
	for (size_t i = 0; i < ARRAY_LEN(kind_words); i++)
		(void)outbox_take_back(turn, arena_printf(turn_arena(turn), "%s/%lld/", kind_words[i], (long long)number));
}

void agenda_wake(struct turn *turn, int64_t number)
{
	struct stmt *q = turn_query(turn, &agenda_notice_statements, Q_WAKE);
	const char *subject = arena_printf(turn_arena(turn), "%lld", (long long)number);
	int64_t due_at_ms = 0;
	bool any = false;

	stmt_bind_int(q, 1, number);
	while (stmt_step(q)) {
		any = !stmt_is_null(q, 0);
		due_at_ms = stmt_int(q, 0);
	}
	if (any)
		timer_set(turn, AGENDA_TIMER, subject, due_at_ms);
	else
		timer_clear(turn, AGENDA_TIMER, subject);
}

struct group *agenda_audience(struct view *view, const struct agenda_event *event, size_t *ret_len)
{
	size_t cores_len, len;
	const int64_t *cores = joint_cores(view, event->number, &cores_len);
	struct group *all = group_list(view, event->core, event->core == 0, ret_len);

	for (size_t i = 0; i < cores_len; i++) {
		const struct group *more = group_list(view, cores[i], false, &len);
		struct group *both = arena_array(view_arena(view), struct group, *ret_len + len);

		for (size_t j = 0; j < *ret_len + len; j++)
			both[j] = j < *ret_len ? all[j] : more[j - *ret_len];
		all = both;
		*ret_len += len;
	}
	return all;
}

bool agenda_was_told(struct view *view, int64_t number)
{
	struct stmt *q = view_query(view, &agenda_notice_statements, Q_WAS_TOLD);
	bool told;

	stmt_bind_int(q, 1, number);
	told = stmt_step(q);
	stmt_reset(q);
	return told;
}

/* The next day post that is still to come. */
static int64_t next_day_post(const struct house *house, int64_t now_ms)
{
	struct wall today = zone_wall(house->zone, now_ms);
	struct wall tomorrow = wall_add_days(&today, 1);
	int64_t at_ms = hours_day_post(house, &today);

	return at_ms > now_ms ? at_ms : hours_day_post(house, &tomorrow);
}

/* Not in the quiet hours, unless people would stand before a closed door by then. */
static int64_t alone_at(const struct house *house, int64_t now_ms, int64_t begins_ms)
{
	int64_t morning_ms = hours_after_quiet(house, now_ms);

	return begins_ms > morning_ms ? morning_ms : now_ms;
}

/* When it was, as those think who heard nothing of the changes since: `was`, or what it was before those. */
static const char *last_heard(struct turn *turn, int64_t number, const char *day, const char *was)
{
	struct stmt *q = turn_query(turn, &agenda_notice_statements, Q_UNHEARD);

	stmt_bind_int(q, 1, number);
	stmt_bind_text(q, 2, day);
	return stmt_one_text(q, was);
}

static bool has_others(struct view *view, const struct agenda_event *event, int64_t seen_by)
{
	size_t len;
	const struct group *groups = agenda_audience(view, event, &len);

	for (size_t i = 0; i < len; i++) {
		if (groups[i].id != seen_by)
			return true;
	}
	return false;
}

/* What a row needs beside the event. */
struct news {
	enum agenda_notice_kind kind;
	const char *day;   /* NULL: about the whole event */
	const char *was;
	int64_t begins_ms; /* the sooner of before and after */
	int64_t useless_ms;
	int64_t seen_by;
};

static void drop_changes(struct turn *turn, int64_t number, const char *day)
{
	struct stmt *q = turn_query(turn, &agenda_notice_statements, Q_DROP_CHANGES);

	stmt_bind_int(q, 1, number);
	stmt_bind_text(q, 2, day);
	(void)stmt_run(q);
}

static void drop_days(struct turn *turn, int64_t number, bool all)
{
	struct stmt *q = turn_query(turn, &agenda_notice_statements, Q_DROP_DAYS);

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, all);
	(void)stmt_run(q);
	if (all)
		(void)outbox_take_back(turn, arena_printf(turn_arena(turn), "once/%lld/", (long long)number));
}

static void add_news(const struct house *house, struct turn *turn, const struct agenda_event *event, const struct news *news)
{
	int64_t now_ms = turn_now_ms(turn);
	bool soon = news->begins_ms - now_ms <= SOON_MS;
	struct stmt *q;

	if (!has_others(turn_view(turn), event, news->seen_by))
		return;
	q = turn_query(turn, &agenda_notice_statements, Q_ADD);
	stmt_bind_int(q, 1, event->number);
	stmt_bind_text(q, 2, kind_words[news->kind]);
	stmt_bind_text(q, 3, news->was);
	stmt_bind_text(q, 4, soon ? "alone" : "day");
	stmt_bind_int(q, 5, soon ? alone_at(house, now_ms, news->begins_ms) : next_day_post(house, now_ms));
	stmt_bind_int(q, 6, news->useless_ms);
	stmt_bind_int(q, 7, news->seen_by);
	stmt_bind_text(q, 8, news->day);
	(void)stmt_insert(q);
}

void agenda_announce(const struct house *house, struct turn *turn, enum agenda_notice_kind kind, const struct agenda_event *before,
		     const struct agenda_event *after, int64_t seen_by)
{
	const char *was = timing_format(turn_arena(turn), &before->next, before->timing.all_day);
	struct news news = { .kind = kind, .begins_ms = before->next_at_ms, .useless_ms = before->next_over_ms, .seen_by = seen_by };

	news.was = last_heard(turn, before->number, NULL, was);
	drop_changes(turn, before->number, NULL);
	if (kind == AGENDA_NOTICE_CANCELLED || !str_equal(before->timing.rrule, after->timing.rrule))
		drop_days(turn, before->number, kind == AGENDA_NOTICE_CANCELLED);
	take_back(turn, before->number);
	if (after->has_next && after->next_at_ms < news.begins_ms)
		news.begins_ms = after->next_at_ms;
	if (after->has_next && after->next_over_ms > news.useless_ms)
		news.useless_ms = after->next_over_ms;
	add_news(house, turn, before, &news);
}

void agenda_announce_joint(const struct house *house, struct turn *turn, const struct agenda_event *event)
{
	add_news(house, turn, event, &(struct news){
		.kind = AGENDA_NOTICE_JOINT,
		.was = timing_format(turn_arena(turn), &event->next, event->timing.all_day),
		.begins_ms = INT64_MAX, /* with the day post, however soon: reminders come by themselves */
		.useless_ms = event->next_over_ms,
	});
}

void agenda_hush(struct turn *turn, int64_t number)
{
	struct stmt *q = turn_query(turn, &agenda_notice_statements, Q_HUSH);

	stmt_bind_int(q, 1, number);
	(void)stmt_run(q);
	take_back(turn, number);
}

void agenda_announce_once(const struct house *house, struct turn *turn, const struct agenda_event *after, const struct agenda_once_news *news)
{
	struct arena *arena = turn_arena(turn);
	const char *day = wall_format_date(arena, &news->day);
	const char *was = timing_format(arena, &news->was, after->timing.all_day);
	const char *heard = last_heard(turn, after->number, day, was);

	drop_changes(turn, after->number, day);
	(void)outbox_take_back(turn, arena_printf(arena, "once/%lld/%s/", (long long)after->number, day));
	(void)outbox_take_back(turn, arena_printf(arena, "reminder/%lld/%s/", (long long)after->number, was));
	add_news(house, turn, after, &(struct news){
		.kind = news->kind,
		.day = day,
		.was = heard,
		.begins_ms = news->begins_ms,
		.useless_ms = news->over_ms,
		.seen_by = news->seen_by,
	});
}
