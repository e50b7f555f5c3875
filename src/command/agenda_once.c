#include "command/agenda_once.h"

#include "agenda/once.h"
#include "command/agenda_request.h"
#include "command/answer.h"
#include "text/zone.h"

bool agenda_once_is_meant(const struct request *request, const struct agenda_line *line)
{
	struct agenda_event event;

	return line->once && agenda_find(turn_view(request->turn), line->number, &event) && event.timing.rrule;
}

/* Which time it is about; the end when it is none, with the answer. */
static bool find(struct request *request, const struct agenda_line *line, struct agenda_event *event, struct agenda_once *once)
{
	struct agenda_hand hand = agenda_request_hand(request);
	struct arena *arena = turn_arena(request->turn);
	enum agenda_verdict verdict;
	enum when_verdict readable;
	struct when when;
	struct wall day;

	if (line->once_day) {
		readable = when_read(request->house->zone, arena, line->once_day, request->event->sent_at_ms, &when);
		if (readable != WHEN_OK) {
			(void)agenda_request_refuse_when(request, readable);
			return false;
		}
		day = zone_wall(request->house->zone, when.start_ms);
	}
	verdict = agenda_once_find(&hand, request->turn, line->number, line->once_day ? &day : NULL, event, once);
	if (verdict != AGENDA_DONE)
		(void)agenda_request_refuse(request, verdict, line->number, event);
	return verdict == AGENDA_DONE;
}

static enum command_end cancel(struct request *request, const struct agenda_line *line)
{
	struct reader reader = request_reader(request);
	struct agenda_hand hand = agenda_request_hand(request);
	/* "af 22 juni": the words are the day. */
	const char *reason = line->words == line->once_day ? NULL : line->words;
	struct agenda_event event;
	struct agenda_once once;
	enum agenda_verdict verdict;

	if (!find(request, line, &event, &once))
		return COMMAND_REFUSED;
	verdict = agenda_once_cancel(&hand, request->turn, reason, &event, &once);
	if (verdict != AGENDA_DONE && verdict != AGENDA_UNCHANGED)
		return agenda_request_refuse(request, verdict, line->number, &event);
	request->answer = agenda_words_once(&reader, &event, &once);
	return COMMAND_DONE;
}

static enum command_end move(struct request *request, const struct agenda_line *line)
{
	struct reader reader = request_reader(request);
	struct agenda_hand hand = agenda_request_hand(request);
	struct agenda_event event;
	struct agenda_once once;
	enum agenda_verdict verdict;
	enum when_verdict readable;
	struct timing to;
	struct when when;

	if (!find(request, line, &event, &once))
		return COMMAND_REFUSED;
	readable = agenda_line_move_once(request->house, turn_arena(request->turn), line, request->event->sent_at_ms, &once.timing, &when);
	if (readable != WHEN_OK)
		return agenda_request_refuse_when(request, readable);
	to = agenda_request_timing(request, &when);
	to.rrule = NULL;
	verdict = agenda_once_move(&hand, request->turn, &to, &event, &once);
	if (verdict != AGENDA_DONE && verdict != AGENDA_UNCHANGED)
		return agenda_request_refuse(request, verdict, line->number, &event);
	request->answer = agenda_words_once(&reader, &event, &once);
	return COMMAND_DONE;
}

enum command_end agenda_once_run(struct request *request, const struct agenda_line *line)
{
	if (line->error) {
		ANSWER(request, "agenda.once.how", MSG_INT("number", line->number));
		return COMMAND_REFUSED;
	}
	return line->action == AGENDA_ACTION_CANCEL ? cancel(request, line) : move(request, line);
}
