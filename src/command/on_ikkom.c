/*
 * Presence without a command: a thumb on a message that is about one event, and taking back what said so.
 */
#include "agenda/attendance.h"
#include "base/arena.h"
#include "base/str.h"
#include "command/coming_request.h"
#include "command/grammar.h"
#include "command/records.h"

static bool on_reaction(struct request *request)
{
	const char *reaction = request->event->reaction;
	struct agenda_event event;
	int64_t number;

	if (!str_equal(reaction, "👍") && !str_equal(reaction, "✅"))
		return false;
	if (!attendance_find_event(turn_view(request->turn), request->event->target, &number))
		return false;
	/* A thumb is answered by nobody, so neither is one that came too late. */
	switch (attendance_come(request->house, request->turn, number, request->person.id, request->event->id, &event)) {
	case ATTENDANCE_DONE:
	case ATTENDANCE_ALREADY:
	case ATTENDANCE_UNKNOWN:
	case ATTENDANCE_OFF:
	case ATTENDANCE_OVER:
		break;
	}
	return true;
}

static bool on_redaction(struct request *request)
{
	return attendance_take_back(request->turn, request->event->target, request->person.id);
}

/* "!ikkom 5" became "!ikkom 6". */
static bool on_edit(struct request *request)
{
	struct grammar_line line;
	struct coming_line coming;

	if (grammar_find(turn_arena(request->turn), request->event->body, commands, &line) != GRAMMAR_COMMAND || line.command != &cmd_ikkom ||
	    !attendance_take_back(request->turn, request->event->target, request->person.id))
		return false;
	request->language = grammar_language(line.tongue, request->language);
	coming_line_read(turn_arena(request->turn), line.rest, &coming);
	(void)coming_request_run(request, &coming, request->event->target);
	return true;
}

const struct listener on_ikkom = {
	.name = "ikkom",
	.on_edit = on_edit,
	.on_redaction = on_redaction,
	.on_reaction = on_reaction,
};
