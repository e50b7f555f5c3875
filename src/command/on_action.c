/*
 * What neighbours do with an action besides typing a command: say "ik" in reply to it, edit the message it stands
 * in, or take it back; and the same with the message that said it was done or not.
 */
#include "base/die.h"
#include "base/str.h"
#include "command/actie_line.h"
#include "command/action_request.h"
#include "command/answer.h"
#include "command/grammar.h"
#include "command/number.h"
#include "command/records.h"
#include "people/link.h"
#include "say/action_words.h"
#include "text/unicode.h"

static bool on_message(struct request *request)
{
	struct action action;

	if (!request->event->reply_to || !actie_takes(turn_arena(request->turn), request->text) ||
	    !action_request_find(request, request->event->reply_to, &action))
		return false;
	/* A refusal has changed nothing. */
	switch (action_request_take(request, action.id)) {
	case COMMAND_DONE:
	case COMMAND_REFUSED:
		break;
	}
	return true;
}

/* The command of an edit and what follows its word; false when it has none of ours. */
static bool read_command(struct request *request, struct grammar_line *ret_line)
{
	if (grammar_find(turn_arena(request->turn), request->event->body, commands, ret_line) != GRAMMAR_COMMAND)
		return false;
	request->language = grammar_language(ret_line->tongue, request->language);
	return true;
}

static void change(struct request *request, int64_t id, const struct action_draft *draft)
{
	struct reader reader = request_reader(request);
	struct action action;

	switch (action_edit(request->turn, id, draft, &action)) {
	case ACTION_CHANGED:
		request->answer = action_words_edited(&reader, &action);
		return;
	case ACTION_TOO_LONG:
		ANSWER(request, "action.too_long");
		return;
	case ACTION_SAME:
	case ACTION_DROPPED:
		return;
	case ACTION_UNKNOWN:
	case ACTION_ELSEWHERE:
	case ACTION_SETTLED:
	case ACTION_TAKEN:
		break;
	}
	die("action_edit");
}

/* The author mends his own message; an edit into another command does nothing. */
static void edit_action(struct request *request, const struct action *action)
{
	struct action_draft draft = { .text = "" };
	struct grammar_line line;
	int64_t number;

	if (!read_command(request, &line))
		return;
	if (action->state == ACTION_STATE_EXTRA && line.command == &cmd_extra)
		draft.text = unicode_one_line(turn_arena(request->turn), line.rest);
	else if (action->state == ACTION_STATE_EXTRA || line.command != &cmd_actie ||
		 actie_line_read(turn_arena(request->turn), line.rest, &number) != ACTIE_ADD ||
		 !action_request_read(request, line.rest, action->event, &draft))
		return;
	change(request, action->id, &draft);
}

/* "!niet 7" gets its reason, "!gedaan 7" becomes "!gedaan 8": what it said until now it says no more. */
static bool edit_settling(struct request *request)
{
	const char *event = request->event->target, *reason;
	struct grammar_line line;
	struct action action;
	int64_t number;
	enum command_end end = COMMAND_DONE;

	if (!action_unsettle(request->turn, event, request->person.id, &action))
		return false;
	ANSWER(request, "action.open_again", MSG_INT("number", action.id));
	if (!read_command(request, &line))
		return true;
	if (line.command == &cmd_gedaan && number_parse(line.rest, &number))
		end = action_request_done(request, number, event);
	else if (line.command == &cmd_niet && niet_line_read(turn_arena(request->turn), line.rest, &number, &reason))
		end = action_request_not_done(request, number, reason, event);
	return end == COMMAND_DONE || end == COMMAND_REFUSED;
}

static bool on_edit(struct request *request)
{
	struct view *view = turn_view(request->turn);
	struct action action;

	if (!action_find_by_source(view, request->event->target, &action))
		return edit_settling(request);
	if (link_is_one(view, action.author, request->person.id))
		edit_action(request, &action);
	return true;
}

static bool on_redaction(struct request *request)
{
	struct view *view = turn_view(request->turn);
	const char *target = request->event->target;
	struct action action;

	if (action_unsettle(request->turn, target, request->person.id, &action)) {
		ANSWER(request, "action.open_again", MSG_INT("number", action.id));
		return true;
	}
	if (!action_find_by_source(view, target, &action) || !link_is_one(view, action.author, request->person.id))
		return false;
	if (action_drop(request->turn, action.id))
		ANSWER(request, "action.gone", MSG_INT("number", action.id));
	return true;
}

const struct listener on_action = {
	.name = "action",
	.on_message = on_message,
	.on_edit = on_edit,
	.on_redaction = on_redaction,
};
