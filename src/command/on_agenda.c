/*
 * What neighbours do with a message that put something on the agenda: edit it, or take it back. See
 * docs/decisions/ for what that means to others who were told.
 */
#include "agenda/draft.h"
#include "command/agenda_request.h"
#include "command/answer.h"
#include "command/grammar.h"
#include "command/records.h"
#include "command/roundabout_request.h"
#include "people/link.h"

/* The edit is still an appointment: its words, and the language they are answered in. */
static bool read_edit(struct request *request, int64_t typed_at_ms, struct agenda_line *ret_line)
{
	struct arena *arena = turn_arena(request->turn);
	struct grammar_line line;

	if (grammar_find(arena, request->event->body, commands, &line) != GRAMMAR_COMMAND || line.command != &cmd_agenda)
		return false;
	request->text = line.rest;
	request->language = grammar_language(line.tongue, request->language);
	agenda_line_read(request->house, arena, request->text, typed_at_ms, ret_line);
	return ret_line->action == AGENDA_ACTION_ADD;
}

static void refuse_edit(struct request *request, const struct agenda_line *line)
{
	if (line->verdict == APPOINTMENT_TITLE_MISSING)
		ANSWER(request, "agenda.title_missing");
	else
		(void)agenda_request_refuse_when(request, line->appointment.when_verdict);
}

/* What the message said until now. A later version of this program may read it differently: then what the event says. */
static struct agenda_entry read_before(const struct request *request, const struct agenda_event *event)
{
	const struct agenda_message message = { request->event->target, event->typed, event->typed_at_ms };
	struct agenda_line line;

	agenda_line_read(request->house, turn_arena(request->turn), event->typed, event->typed_at_ms, &line);
	if (line.action == AGENDA_ACTION_ADD && !line.error)
		return agenda_request_entry(request, &line, &message);
	return (struct agenda_entry){ .title = event->title, .place = event->place, .timing = event->timing };
}

static void edit_event(struct request *request, const struct agenda_event *event)
{
	struct agenda_message message = { request->event->target, NULL, event->typed_at_ms };
	struct agenda_hand hand = agenda_request_hand(request);
	struct agenda_line after;
	struct agenda_entry was, now;
	struct agenda_event edited;
	enum agenda_verdict verdict;
	struct reader reader;

	if (!read_edit(request, event->typed_at_ms, &after))
		return;
	if (after.error) {
		refuse_edit(request, &after);
		return;
	}
	reader = request_reader(request);
	was = read_before(request, event);
	message.typed = request->text;
	now = agenda_request_entry(request, &after, &message);
	verdict = agenda_edit(&hand, request->turn, event->number, &was, &now, &edited);
	if (verdict == AGENDA_DONE) {
		roundabout_request_look(request, &edited);
		request->answer = agenda_words_edited(&reader, &edited);
	} else if (verdict != AGENDA_UNCHANGED) {
		(void)agenda_request_refuse(request, verdict, event->number, &edited);
	}
}

/* The clock that was asked for may stand in the message now. */
static void edit_draft(struct request *request, const struct agenda_draft *draft)
{
	struct agenda_line line;

	if (!read_edit(request, draft->typed_at_ms, &line))
		return;
	draft_drop(request->turn, draft->id);
	(void)agenda_request_add(request, &line, &(struct agenda_message){ draft->message, request->text, draft->typed_at_ms });
}

static bool on_edit(struct request *request)
{
	struct view *view = turn_view(request->turn);
	struct agenda_event event;
	struct agenda_draft draft;

	if (agenda_find_typed(view, request->event->target, &event) && link_is_one(view, event.author, request->person.id)) {
		edit_event(request, &event);
		return true;
	}
	if (draft_find_typed(view, request->event->target, &draft) && link_is_one(view, draft.author, request->person.id)) {
		edit_draft(request, &draft);
		return true;
	}
	return false;
}

static void withdraw(struct request *request, int64_t number)
{
	struct agenda_hand hand = agenda_request_hand(request);
	struct agenda_event event;

	/* What is over or off already needs no words; what stays on the agenda does. */
	if (agenda_withdraw(&hand, request->turn, number, &event) == AGENDA_NOT_YOURS)
		(void)agenda_request_refuse(request, AGENDA_NOT_YOURS, number, &event);
}

static bool on_redaction(struct request *request)
{
	struct view *view = turn_view(request->turn);
	struct agenda_event event;
	struct agenda_draft draft;

	if (agenda_find_typed(view, request->event->target, &event) && link_is_one(view, event.author, request->person.id)) {
		withdraw(request, event.number);
		return true;
	}
	if (draft_find_typed(view, request->event->target, &draft) && link_is_one(view, draft.author, request->person.id)) {
		draft_drop(request->turn, draft.id);
		return true;
	}
	return false;
}

const struct listener on_agenda = {
	.name = "agenda",
	.on_edit = on_edit,
	.on_redaction = on_redaction,
};
