/*
 * !agenda                              what is coming, of this core and of the neighbourhood
 * !agenda vrijdag 19:30 buurteten      puts something on it
 * !agenda 5                            shows an event
 * !agenda 5 af regen                   cancels it
 * !agenda 5 20:30, !agenda 5 vrijdag   moves it
 * !agenda 5 herinner 3d 1u             when to remind of it
 * !agenda 5 alleen deze keer 20:30     moves one time of a series
 * !agenda 5 alleen 22 juni af          calls one off
 * !agenda 5 tot 1 december             ends a series
 * !agenda 5 voorzitter Joke, Fatima    who chairs in turn
 */
#include "agenda/attendance.h"
#include "agenda/draft.h"
#include "agenda/once.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "command/agenda_once.h"
#include "command/agenda_request.h"
#include "command/answer.h"
#include "command/chair_request.h"
#include "command/records.h"
#include "command/roundabout_request.h"
#include "text/zone.h"

static enum command_end list(struct request *request, int64_t page)
{
	struct reader reader = request_reader(request);
	size_t from = (size_t)(page - 1) * AGENDA_LIST_LINES;
	size_t len, more;
	const struct agenda_event *events = agenda_coming(reader.view, request->group.core, from, AGENDA_LIST_LINES, &len, &more);

	request->answer = agenda_words_list(&reader, events, len, more, page);
	return COMMAND_DONE;
}

static enum command_end add(struct request *request, const struct agenda_line *line)
{
	return agenda_request_add(request, line, &(struct agenda_message){
		.id = request->event->id,
		.typed = request->text,
		.typed_at_ms = request->event->sent_at_ms,
	});
}

static enum command_end show(struct request *request, int64_t number)
{
	struct reader reader = request_reader(request);
	struct agenda_event event;

	if (!agenda_find(reader.view, number, &event))
		return agenda_request_refuse(request, AGENDA_UNKNOWN, number, NULL);
	/* A thumb on the card means "I come". */
	attendance_note_message(request->turn, &event, request->event->id);
	request->answer = agenda_words_card(&reader, &event);
	return COMMAND_DONE;
}

static enum command_end cancel(struct request *request, const struct agenda_line *line)
{
	struct reader reader = request_reader(request);
	struct agenda_hand hand = agenda_request_hand(request);
	struct agenda_event event;
	enum agenda_verdict verdict;

	if (agenda_once_is_meant(request, line))
		return agenda_once_run(request, line);
	verdict = agenda_cancel(&hand, request->turn, line->number, line->words, &event);
	if (verdict != AGENDA_DONE)
		return agenda_request_refuse(request, verdict, line->number, &event);
	request->answer = agenda_words_cancelled(&reader, &event);
	return COMMAND_DONE;
}

static enum command_end move(struct request *request, const struct agenda_line *line)
{
	struct reader reader = request_reader(request);
	struct agenda_hand hand = agenda_request_hand(request);
	struct agenda_event event;
	enum agenda_verdict verdict;
	enum when_verdict readable;
	struct timing to;
	struct when when;

	if (agenda_once_is_meant(request, line))
		return agenda_once_run(request, line);
	verdict = agenda_may_change(&hand, request->turn, line->number, &event);
	if (verdict != AGENDA_DONE)
		return agenda_request_refuse(request, verdict, line->number, &event);
	readable = agenda_line_move(request->house, turn_arena(request->turn), line, request->event->sent_at_ms, &event, &when);
	if (readable != WHEN_OK)
		return agenda_request_refuse_when(request, readable);
	to = agenda_request_timing(request, &when);
	verdict = agenda_move(&hand, request->turn, line->number, &to, &event);
	if (verdict != AGENDA_DONE)
		return agenda_request_refuse(request, verdict, line->number, &event);
	roundabout_request_look(request, &event);
	request->answer = agenda_words_moved(&reader, &event);
	return COMMAND_DONE;
}

static enum command_end remind(struct request *request, const struct agenda_line *line)
{
	struct reader reader = request_reader(request);
	struct agenda_hand hand = agenda_request_hand(request);
	int64_t offsets_ms[DURATIONS_MAX];
	struct agenda_event event;
	enum agenda_verdict verdict;

	if (line->error) {
		ANSWER(request, "agenda.remind_how", MSG_INT("number", line->number));
		return COMMAND_REFUSED;
	}
	for (size_t i = 0; i < line->offsets.len; i++)
		offsets_ms[i] = line->offsets.minutes[i] * MS_PER_MINUTE;
	verdict = agenda_remind(&hand, request->turn, line->number, offsets_ms, line->offsets.len, &event);
	if (verdict != AGENDA_DONE)
		return agenda_request_refuse(request, verdict, line->number, &event);
	request->answer = agenda_words_reminders(&reader, &event);
	return COMMAND_DONE;
}

/* Until when a series goes on. */
static enum command_end end(struct request *request, const struct agenda_line *line)
{
	struct reader reader = request_reader(request);
	struct agenda_hand hand = agenda_request_hand(request);
	struct arena *arena = turn_arena(request->turn);
	struct agenda_event event;
	enum when_verdict readable;
	enum agenda_verdict verdict;
	struct wall last;
	struct when when;

	readable = when_read(request->house->zone, arena, line->words, request->event->sent_at_ms, &when);
	if (readable != WHEN_OK)
		return agenda_request_refuse_when(request, readable);
	last = zone_wall(request->house->zone, when.start_ms);
	verdict = agenda_end(&hand, request->turn, line->number, &last, &event);
	if (verdict != AGENDA_DONE)
		return agenda_request_refuse(request, verdict, line->number, &event);
	request->answer = agenda_words_edited(&reader, &event);
	return COMMAND_DONE;
}

static enum command_end run(struct request *request)
{
	struct agenda_line line;

	agenda_line_read(request->house, turn_arena(request->turn), request->text, request->event->sent_at_ms, &line);
	switch (line.action) {
	case AGENDA_ACTION_LIST:
		return list(request, line.page);
	case AGENDA_ACTION_ADD:
		return add(request, &line);
	case AGENDA_ACTION_SHOW:
		return show(request, line.number);
	case AGENDA_ACTION_CANCEL:
		return cancel(request, &line);
	case AGENDA_ACTION_MOVE:
		return move(request, &line);
	case AGENDA_ACTION_REMIND:
		return remind(request, &line);
	case AGENDA_ACTION_END:
		return end(request, &line);
	case AGENDA_ACTION_CHAIR:
		return chair_request_run(request, line.number, line.words);
	}
	die("agenda action %d", (int)line.action);
}

const struct command cmd_agenda = {
	.name = "agenda",
	.english = "event",
	.neutral = "agenda",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_AGENDA,
	.everyday = true,
	.help = "help.agenda",
	.run = run,
};

enum command_end agenda_time_answered(struct request *request, const struct question_reply *reply)
{
	struct arena *arena = turn_arena(request->turn);
	struct agenda_message message;
	struct agenda_draft draft;
	struct agenda_line line;

	if (!draft_find(turn_view(request->turn), reply->subject, &draft))
		return COMMAND_DONE;
	/* Read together, for "8 uur" is another clock behind "vrijdagavond". What helps nothing is asked again. */
	message = (struct agenda_message){ draft.message, arena_printf(arena, "%s %s", reply->text, draft.typed), draft.typed_at_ms };
	agenda_line_read(request->house, arena, message.typed, message.typed_at_ms, &line);
	if (line.error || line.action != AGENDA_ACTION_ADD) {
		message.typed = draft.typed;
		agenda_line_read(request->house, arena, message.typed, message.typed_at_ms, &line);
	}
	draft_drop(request->turn, draft.id);
	return agenda_request_add(request, &line, &message);
}

enum command_end agenda_same_answered(struct request *request, const struct question_reply *reply)
{
	struct agenda_hand hand = agenda_request_hand(request);
	struct agenda_event event;

	if (!agenda_find(turn_view(request->turn), reply->subject, &event))
		return COMMAND_DONE;
	if (reply->yes) {
		roundabout_request_look(request, &event);
		ANSWER(request, "agenda.same.kept", MSG_INT("number", event.number), MSG_INT("other", event.same_as));
		return COMMAND_DONE;
	}
	if (agenda_withdraw(&hand, request->turn, event.number, &event) == AGENDA_DONE)
		ANSWER(request, "agenda.same.dropped", MSG_INT("number", event.number), MSG_INT("other", event.same_as));
	return COMMAND_DONE;
}
