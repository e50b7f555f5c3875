/*
 * Every room's statements.
 */
#include <stddef.h>

#include "actions/action.h"
#include "actions/applause.h"
#include "actions/person_actions.h"
#include "actions/told.h"
#include "agenda/attendance.h"
#include "agenda/chair.h"
#include "agenda/change.h"
#include "agenda/draft.h"
#include "agenda/event.h"
#include "agenda/exception.h"
#include "agenda/joint.h"
#include "agenda/notice.h"
#include "agenda/once.h"
#include "agenda/person_events.h"
#include "agenda/reminder.h"
#include "base/die.h"
#include "budget/booking.h"
#include "budget/export.h"
#include "budget/ledger.h"
#include "budget/line.h"
#include "budget/move.h"
#include "budget/news.h"
#include "budget/paperwork.h"
#include "budget/person_receipts.h"
#include "budget/receipt.h"
#include "budget/review.h"
#include "budget/sample.h"
#include "command/memories.h"
#include "command/question.h"
#include "crypto/crypto.h"
#include "engine/engine.h"
#include "ideas/family.h"
#include "ideas/helper.h"
#include "ideas/history.h"
#include "ideas/idea.h"
#include "ideas/news.h"
#include "ideas/person_ideas.h"
#include "obligations/person_stories.h"
#include "obligations/presence.h"
#include "obligations/story.h"
#include "people/actor.h"
#include "people/eyes.h"
#include "people/forget.h"
#include "people/group.h"
#include "people/link.h"
#include "people/people.h"
#include "people/person.h"
#include "people/private.h"
#include "people/proposal.h"
#include "people/quiet.h"
#include "people/role.h"
#include "people/room.h"
#include "people/who.h"
#include "roundabout/pair.h"
#include "roundabout/person_pairs.h"
#include "say/daypost.h"
#include "say/introduction.h"
#include "say/summary.h"
#include "store/blob.h"
#include "store/gap.h"
#include "store/inbox.h"
#include "store/incident.h"
#include "store/media.h"
#include "store/outbox.h"
#include "store/sync.h"
#include "store/timer.h"
#include "year/occasion.h"
#include "year/round.h"

static const struct statements *const own[] = {
	&sync_statements,
	&inbox_statements,
	&outbox_statements,
	&timer_statements,
	&gap_statements,
	&incident_statements,
	&blob_statements,
	&media_statements,
	&person_statements,
	&group_statements,
	&actor_statements,
	&room_statements,
	&people_statements,
	&link_statements,
	&private_statements,
	&eyes_statements,
	&who_statements,
	&proposal_statements,
	&role_statements,
	&quiet_statements,
	&forget_statements,
	&person_ideas_statements,
	&person_receipts_statements,
	&person_events_statements,
	&person_actions_statements,
	&person_stories_statements,
	&person_pairs_statements,
	&files_memory_statements,
	&idea_statements,
	&idea_family_statements,
	&idea_helper_statements,
	&idea_history_statements,
	&idea_news_statements,
	&action_statements,
	&action_told_statements,
	&applause_statements,
	&agenda_event_statements,
	&agenda_exception_statements,
	&agenda_draft_statements,
	&agenda_change_statements,
	&agenda_once_statements,
	&agenda_attendance_statements,
	&agenda_chair_statements,
	&agenda_reminder_statements,
	&agenda_notice_statements,
	&agenda_joint_statements,
	&line_statements,
	&ledger_statements,
	&receipt_statements,
	&booking_statements,
	&review_statements,
	&sample_statements,
	&money_move_statements,
	&budget_news_statements,
	&export_statements,
	&paperwork_statements,
	&story_statements,
	&presence_statements,
	&pair_statements,
	&occasion_statements,
	&round_statements,
	&daypost_statements,
	&introduction_statements,
	&summary_statements,
	&question_statements,
	NULL,
};

enum { TABLES_MAX = 200 };

static size_t add(const struct statements **all, size_t len, const struct statements *const *tables)
{
	for (; *tables; tables++) {
		INVARIANT(len < TABLES_MAX - 1);
		all[len++] = *tables;
	}
	return len;
}

const struct statements *const *engine_statements(void)
{
	static const struct statements *all[TABLES_MAX];

	if (!all[0])
		(void)add(all, add(all, 0, own), crypto_statements);
	return all;
}
