#include "agenda/reminder.h"

#include "base/arena.h"
#include "base/clock.h"
#include "config/config.h"
#include "people/hours.h"
#include "text/zone.h"

enum { Q_OFFSET_COUNT, Q_OFFSETS, Q_OFFSETS_CLEAR, Q_OFFSET_ADD, Q_OFFSETS_OWN, Q_ADD, Q_WAS_SAID, Q_DROP, Q_MAX };

static const char *const sql[] = {
	[Q_OFFSET_COUNT] = "SELECT count(*) FROM agenda_offset WHERE event = ?1",
	[Q_OFFSETS] = "SELECT offset_ms FROM agenda_offset WHERE event = ?1 ORDER BY offset_ms DESC",
	[Q_OFFSETS_CLEAR] = "DELETE FROM agenda_offset WHERE event = ?1",
	[Q_OFFSET_ADD] = "INSERT INTO agenda_offset (event, offset_ms) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
	[Q_OFFSETS_OWN] = "UPDATE agenda_event SET own_offsets = 1 WHERE id = ?1",
	[Q_ADD] = "INSERT INTO agenda_notice (event, kind, occurrence, offset_ms, post, due_at_ms, useless_at_ms, state)"
	          " VALUES (?1, 'reminder', ?2, ?3, ?4, ?5, ?6, 'due')",
	[Q_WAS_SAID] = "SELECT 1 FROM agenda_notice AS n WHERE n.event = ?1 AND n.kind = 'reminder' AND n.occurrence = ?2 AND n.offset_ms = ?3"
	               " AND (n.state = 'said' OR EXISTS (SELECT 1 FROM agenda_told WHERE notice = n.id))",
	[Q_DROP] = "UPDATE agenda_notice SET state = 'gone' WHERE event = ?1 AND kind = 'reminder' AND state = 'due'",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements agenda_reminder_statements = { "agenda.reminder", sql, Q_MAX };

static size_t count_own(struct view *view, int64_t number)
{
	struct stmt *q = view_query(view, &agenda_reminder_statements, Q_OFFSET_COUNT);
	size_t count = 0;

	stmt_bind_int(q, 1, number);
	while (stmt_step(q))
		count = (size_t)stmt_int(q, 0);
	return count;
}

int64_t *reminder_offsets(const struct house *house, struct view *view, const struct agenda_event *event, size_t *ret_len)
{
	const struct config_neighbourhood *custom = &house->config->neighbourhood;
	size_t max = event->own_offsets ? count_own(view, event->number) : custom->reminders_len;
	int64_t *offsets = arena_array(view_arena(view), int64_t, max);
	struct stmt *q;

	*ret_len = 0;
	for (size_t i = 0; !event->own_offsets && i < max; i++) {
		if (!event->timing.all_day || custom->reminders_ms[i] >= MS_PER_DAY)
			offsets[(*ret_len)++] = custom->reminders_ms[i];
	}
	if (!event->own_offsets)
		return offsets;
	q = view_query(view, &agenda_reminder_statements, Q_OFFSETS);
	stmt_bind_int(q, 1, event->number);
	while (stmt_step(q)) {
		int64_t offset_ms = stmt_int(q, 0);

		/* It may have had a clock when they were wished. */
		if (!event->timing.all_day || offset_ms >= MS_PER_DAY)
			offsets[(*ret_len)++] = offset_ms;
	}
	return offsets;
}

void reminder_set_offsets(struct turn *turn, int64_t number, const int64_t *offsets_ms, size_t len)
{
	struct stmt *q = turn_query(turn, &agenda_reminder_statements, Q_OFFSETS_CLEAR);

	stmt_bind_int(q, 1, number);
	(void)stmt_run(q);
	for (size_t i = 0; i < len; i++) {
		q = turn_query(turn, &agenda_reminder_statements, Q_OFFSET_ADD);
		stmt_bind_int(q, 1, number);
		stmt_bind_int(q, 2, offsets_ms[i]);
		(void)stmt_run(q);
	}
	q = turn_query(turn, &agenda_reminder_statements, Q_OFFSETS_OWN);
	stmt_bind_int(q, 1, number);
	(void)stmt_run(q);
}

/* The hour of the day post that carries it. Whole days count on the wall, whatever the clock did meanwhile. */
static int64_t day_post_for(const struct house *house, const struct agenda_event *event, int64_t offset_ms)
{
	struct wall date = zone_wall(house->zone, event->next_at_ms - offset_ms);

	if (offset_ms % MS_PER_DAY == 0)
		date = wall_add_days(&event->next, -(offset_ms / MS_PER_DAY));
	return hours_day_post(house, &date);
}

static bool was_said(struct view *view, int64_t number, const char *occurrence, int64_t offset_ms)
{
	struct stmt *q = view_query(view, &agenda_reminder_statements, Q_WAS_SAID);
	bool said;

	stmt_bind_int(q, 1, number);
	stmt_bind_text(q, 2, occurrence);
	stmt_bind_int(q, 3, offset_ms);
	said = stmt_step(q);
	stmt_reset(q);
	return said;
}

static void plan_one(const struct house *house, struct turn *turn, const struct agenda_event *event, int64_t offset_ms, int64_t from_ms)
{
	const char *occurrence = timing_format(turn_arena(turn), &event->next, event->timing.all_day);
	bool by_day = offset_ms >= MS_PER_DAY;
	int64_t due_at_ms = by_day ? day_post_for(house, event, offset_ms) : hours_before_quiet(house, event->next_at_ms - offset_ms);
	struct stmt *q;

	if (due_at_ms < from_ms || was_said(turn_view(turn), event->number, occurrence, offset_ms))
		return;
	q = turn_query(turn, &agenda_reminder_statements, Q_ADD);
	stmt_bind_int(q, 1, event->number);
	stmt_bind_text(q, 2, occurrence);
	stmt_bind_int(q, 3, offset_ms);
	stmt_bind_text(q, 4, by_day ? "day" : "alone");
	stmt_bind_int(q, 5, due_at_ms);
	stmt_bind_int(q, 6, event->next_at_ms);
	(void)stmt_insert(q);
}

void reminder_plan(const struct house *house, struct turn *turn, const struct agenda_event *event, int64_t from_ms)
{
	size_t len;
	const int64_t *offsets = reminder_offsets(house, turn_view(turn), event, &len);

	if (!event->has_next)
		return;
	for (size_t i = 0; i < len; i++)
		plan_one(house, turn, event, offsets[i], from_ms);
}

void reminder_drop(struct turn *turn, int64_t number)
{
	struct stmt *q = turn_query(turn, &agenda_reminder_statements, Q_DROP);

	stmt_bind_int(q, 1, number);
	(void)stmt_run(q);
}

char *reminder_offset_format(struct arena *arena, int64_t offset_ms)
{
	if (offset_ms % MS_PER_DAY == 0)
		return arena_printf(arena, "%lldd", (long long)(offset_ms / MS_PER_DAY));
	if (offset_ms % MS_PER_HOUR == 0)
		return arena_printf(arena, "%lldh", (long long)(offset_ms / MS_PER_HOUR));
	return arena_printf(arena, "%lldm", (long long)(offset_ms / MS_PER_MINUTE));
}
