/*
 * An author mends his applause, or takes it back.
 */
#include "actions/applause.h"
#include "command/actie_line.h"
#include "command/applause_request.h"
#include "command/grammar.h"
#include "command/records.h"
#include "people/link.h"

static bool find_own(const struct request *request, struct applause *ret_applause)
{
	struct view *view = turn_view(request->turn);

	return applause_find_by_source(view, request->event->target, ret_applause) && link_is_one(view, ret_applause->giver, request->person.id);
}

static bool on_edit(struct request *request)
{
	struct applaus_line read;
	struct grammar_line line;
	struct applause applause;

	if (!find_own(request, &applause))
		return false;
	if (grammar_find(turn_arena(request->turn), request->event->body, commands, &line) != GRAMMAR_COMMAND || line.command != &cmd_applaus)
		return true;
	request->language = grammar_language(line.tongue, request->language);
	applaus_line_read(turn_arena(request->turn), line.rest, &read);
	if (read.wish != APPLAUS_GIVE)
		return true;
	/* A refusal has changed nothing. */
	switch (applause_request_give(request, line.rest, request->event->target)) {
	case COMMAND_DONE:
	case COMMAND_REFUSED:
		break;
	}
	return true;
}

static bool on_redaction(struct request *request)
{
	struct applause applause;

	if (!find_own(request, &applause))
		return false;
	applause_drop(request->turn, applause.id);
	return true;
}

const struct listener on_applause = {
	.name = "applause",
	.on_edit = on_edit,
	.on_redaction = on_redaction,
};
