#include "command/agenda_request.h"

#include "agenda/draft.h"
#include "base/arena.h"
#include "base/die.h"
#include "command/answer.h"
#include "command/question.h"
#include "command/roundabout_request.h"
#include "text/unicode.h"
#include "text/zone.h"

/* In characters as a reader counts them; what is longer was meant for another place. */
enum { TITLE_MAX = 200, PLACE_MAX = 100 };

struct agenda_hand agenda_request_hand(const struct request *request)
{
	return (struct agenda_hand){ request->house, &request->actor, &request->group };
}

struct timing agenda_request_timing(const struct request *request, const struct when *when)
{
	const struct zone *zone = request->house->zone;
	struct timing timing = { .all_day = when->all_day, .starts = zone_wall(zone, when->start_ms), .has_end = when->has_end, .rrule = when->rrule };

	if (when->has_end)
		timing.ends = zone_wall(zone, when->end_ms);
	return timing;
}

struct agenda_entry agenda_request_entry(const struct request *request, const struct agenda_line *line, const struct agenda_message *message)
{
	struct arena *arena = turn_arena(request->turn);
	const struct appointment *appointment = &line->appointment;

	return (struct agenda_entry){
		.message = message->id,
		.typed = message->typed,
		.typed_at_ms = message->typed_at_ms,
		.title = unicode_cut(arena, appointment->title, TITLE_MAX),
		.place = appointment->place ? unicode_cut(arena, appointment->place, PLACE_MAX) : NULL,
		.timing = agenda_request_timing(request, &appointment->when),
	};
}

enum command_end agenda_request_refuse_when(struct request *request, enum when_verdict verdict)
{
	switch (verdict) {
	case WHEN_OK:
		break;
	case WHEN_DATE_MISSING:
		ANSWER(request, "agenda.date_missing");
		return COMMAND_REFUSED;
	case WHEN_DATE_PAST:
		ANSWER(request, "agenda.past");
		return COMMAND_REFUSED;
	case WHEN_DATE_INVALID:
		ANSWER(request, "agenda.date_invalid");
		return COMMAND_REFUSED;
	case WHEN_DATE_CONTRADICTS:
		ANSWER(request, "agenda.date_contradicts");
		return COMMAND_REFUSED;
	case WHEN_TIME_MISSING:
		ANSWER(request, "agenda.time_missing");
		return COMMAND_REFUSED;
	case WHEN_TIME_INVALID:
		ANSWER(request, "agenda.time_invalid");
		return COMMAND_REFUSED;
	case WHEN_TIME_SKIPPED:
		ANSWER(request, "agenda.skipped_hour");
		return COMMAND_REFUSED;
	}
	die("refusing a time that is fine");
}

enum command_end agenda_request_refuse(struct request *request, enum agenda_verdict verdict, int64_t number, const struct agenda_event *event)
{
	struct reader reader = request_reader(request);

	request->answer = agenda_words_refused(&reader, verdict, number, event);
	return COMMAND_REFUSED;
}

/* "Vrijdagavond bbq", but how late? */
static enum command_end ask_clock(struct request *request, const struct agenda_message *message)
{
	int64_t draft = draft_keep(request->turn, &(struct agenda_draft){
		.author = request->person.id,
		.message = message->id,
		.typed = message->typed,
		.typed_at_ms = message->typed_at_ms,
	});

	ANSWER(request, "agenda.time_asked");
	question_ask(request, &(struct question){ .kind = "agenda.time", .subject = draft, .answer = QUESTION_CLOCK });
	return COMMAND_DONE;
}

static enum command_end refuse_line(struct request *request, const struct agenda_line *line, const struct agenda_message *message)
{
	switch (line->verdict) {
	case APPOINTMENT_OK:
		break;
	case APPOINTMENT_WHEN_REFUSED:
		if (line->appointment.when_verdict == WHEN_TIME_MISSING)
			return ask_clock(request, message);
		return agenda_request_refuse_when(request, line->appointment.when_verdict);
	case APPOINTMENT_TITLE_MISSING:
		ANSWER(request, "agenda.title_missing");
		return COMMAND_REFUSED;
	}
	die("refusing an appointment that is fine");
}

/* It stands on the agenda already under another number: noted all the same, and asked whether both are meant. */
static void ask_same(struct request *request, const struct agenda_event *event)
{
	const struct reader reader = request_reader(request);

	request->answer = agenda_words_twice(&reader, event);
	question_ask(request, &(struct question){ .kind = "agenda.same", .subject = event->number, .answer = QUESTION_YES_NO });
}

enum command_end agenda_request_add(struct request *request, const struct agenda_line *line, const struct agenda_message *message)
{
	struct reader reader = request_reader(request);
	struct agenda_hand hand = agenda_request_hand(request);
	struct agenda_event event;
	struct agenda_entry entry;
	enum agenda_verdict verdict;

	if (line->error)
		return refuse_line(request, line, message);
	entry = agenda_request_entry(request, line, message);
	verdict = agenda_add(&hand, request->turn, &entry, &event);
	if (verdict == AGENDA_TWICE) {
		ask_same(request, &event);
		return COMMAND_DONE;
	}
	if (verdict != AGENDA_DONE)
		return agenda_request_refuse(request, verdict, 0, NULL);
	roundabout_request_look(request, &event);
	request->answer = agenda_words_noted(&reader, &event);
	return COMMAND_DONE;
}
