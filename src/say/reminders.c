#include "say/reminders.h"

#include "agenda/attendance.h"
#include "agenda/notice.h"
#include "base/die.h"
#include "base/str.h"
#include "say/agenda_words.h"
#include "say/pace.h"
#include "store/outbox.h"

/* To all who are to hear it, some seconds between them. */
static void say(const struct house *house, struct turn *turn, const struct agenda_notice *notice)
{
	int64_t not_before_ms = turn_now_ms(turn);
	size_t len;
	const struct group *groups = agenda_listeners(turn_view(turn), notice, &len);

	for (size_t i = 0; i < len; i++) {
		int64_t outbox;
		const struct reader reader = { house, turn_view(turn), &groups[i], groups[i].language };
		const char *dedupe = agenda_notice_key(turn_arena(turn), notice, &groups[i]);

		outbox = outbox_add(turn, &(struct outbox_message){
			.room = groups[i].room,
			.body = agenda_words_notice(&reader, notice, not_before_ms),
			.dedupe = dedupe,
			.not_before_ms = not_before_ms,
			.expires_at_ms = notice->useless_at_ms,
		});
		/* A thumb on a reminder means "I come"; on news of a change it may mean anything. */
		if (outbox && notice->kind == AGENDA_NOTICE_REMINDER)
			attendance_note_outbox(turn, &notice->event, outbox);
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
