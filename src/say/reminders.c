#include "say/reminders.h"

#include "agenda/notice.h"
#include "agenda/reminder.h"
#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "say/agenda_words.h"
#include "say/pace.h"
#include "store/outbox.h"

/* "reminder/5/2022-06-15T20:00/2h/kruitberg", "moved/5/17/kruitberg": the 17th thing the agenda had to say. */
static const char *dedupe_of(struct arena *arena, const struct agenda_notice *notice, const struct group *group)
{
	switch (notice->kind) {
	case AGENDA_NOTICE_REMINDER:
		return arena_printf(arena, "reminder/%lld/%s/%s/%s", (long long)notice->event.number,
				    timing_format(arena, &notice->occurrence, notice->occurrence_all_day),
				    reminder_offset_format(arena, notice->offset_ms), group->name);
	case AGENDA_NOTICE_MOVED:
		return arena_printf(arena, "moved/%lld/%lld/%s", (long long)notice->event.number, (long long)notice->id, group->name);
	case AGENDA_NOTICE_CANCELLED:
		return arena_printf(arena, "cancelled/%lld/%lld/%s", (long long)notice->event.number, (long long)notice->id, group->name);
	}
	die("a notice of kind %d", (int)notice->kind);
}

/* To all who hear of the event, some seconds between them. */
static void say(const struct house *house, struct turn *turn, const struct agenda_notice *notice)
{
	int64_t not_before_ms = turn_now_ms(turn);
	size_t len;
	const struct group *groups = agenda_audience(turn_view(turn), &notice->event, &len);

	for (size_t i = 0; i < len; i++) {
		const struct agenda_reader reader = { house, turn_view(turn), &groups[i], groups[i].language };
		const char *dedupe = dedupe_of(turn_arena(turn), notice, &groups[i]);

		if (groups[i].id == notice->seen_by)
			continue;
		(void)outbox_add(turn, &(struct outbox_message){
			.room = groups[i].room,
			.body = agenda_words_notice(&reader, notice, not_before_ms),
			.dedupe = dedupe,
			.not_before_ms = not_before_ms,
			.expires_at_ms = notice->useless_at_ms,
		});
		not_before_ms += pace_gap_ms(house, dedupe);
	}
}

void reminders_fire(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms)
{
	struct agenda_notice notice;
	int64_t number;

	(void)due_at_ms;
	if (!parse_int64(subject, &number))
		die("a timer of the agenda for \"%s\"", subject);
	agenda_settle(house, turn, number);
	if (agenda_take_alone(turn, number, &notice))
		say(house, turn, &notice);
	agenda_wake(turn, number);
}
