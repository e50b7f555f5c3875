#include "command/coming_request.h"

#include "agenda/attendance.h"
#include "base/die.h"
#include "command/answer.h"
#include "say/agenda_words.h"

/* Which event is meant when nobody said its number; 0 when that is not clear, with *ret_example one of them. */
static int64_t guess(struct request *request, int64_t *ret_example)
{
	struct view *view = turn_view(request->turn);
	const struct agenda_event *events;
	size_t len, more;
	int64_t number;

	if (request->event->reply_to && attendance_find_event(view, request->event->reply_to, &number))
		return number;
	events = agenda_coming(view, request->group.core, 0, 1, &len, &more);
	*ret_example = len ? events[0].number : 0;
	return len && !more ? events[0].number : 0;
}

static enum command_end refuse(struct request *request, enum attendance_verdict verdict, const struct agenda_event *event, int64_t number)
{
	struct reader reader = request_reader(request);

	switch (verdict) {
	case ATTENDANCE_DONE:
	case ATTENDANCE_ALREADY:
		break;
	case ATTENDANCE_UNKNOWN:
		request->answer = agenda_words_refused(&reader, AGENDA_UNKNOWN, number, NULL);
		return COMMAND_REFUSED;
	case ATTENDANCE_OFF:
		ANSWER(request, "ikkom.off", MSG_INT("number", number));
		return COMMAND_REFUSED;
	case ATTENDANCE_OVER:
		request->answer = agenda_words_refused(&reader, AGENDA_OVER, number, event);
		return COMMAND_REFUSED;
	}
	die("refusing somebody who is welcome");
}

enum command_end coming_request_run(struct request *request, const struct coming_line *line, const char *source)
{
	struct reader reader = request_reader(request);
	int64_t example = 0, number = line->number ? line->number : guess(request, &example);
	struct agenda_event event;
	enum attendance_verdict verdict;

	if (!number) {
		ANSWER(request, example ? "ikkom.which" : "agenda.list.none", MSG_INT("number", example));
		return COMMAND_REFUSED;
	}
	if (line->not)
		verdict = attendance_leave(request->house, request->turn, number, request->person.id, &event);
	else
		verdict = attendance_come(request->house, request->turn, number, request->person.id, source, &event);
	if (verdict != ATTENDANCE_DONE && verdict != ATTENDANCE_ALREADY)
		return refuse(request, verdict, &event, number);
	request->answer = line->not ? agenda_words_not_coming(&reader, &event) : agenda_words_coming(&reader, &event);
	return COMMAND_DONE;
}
