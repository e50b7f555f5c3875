/*
 * Commands as the engine calls them, without an engine: somebody types, the answer comes back.
 */
#ifndef ROTONDE_TESTS_ASK_H
#define ROTONDE_TESTS_ASK_H

#include "base/event.h"
#include "command/command.h"
#include "command/grammar.h"
#include "people/person.h"
#include "store/media.h"
#include "unit/house.h"
#include "unit/neighbours.h"

/* Who types, where, and what their app adds; the rest of the event is filled in. */
struct typed {
	int64_t person;
	int64_t group;
	struct event event;
};

static inline struct request request_for(const struct test_house *home, struct turn *turn, const struct typed *typed)
{
	struct view *view = turn_view(turn);
	struct request request = {
		.house = &home->house,
		.turn = turn,
		.event = &typed->event,
		.text = typed->event.body,
		.person = person_get(view, typed->person),
		.actor = actor_get(view, typed->person, TRUST_PLAIN),
		.group = group_get(view, typed->group),
	};

	request.language = request.person.has_language ? request.person.language : request.group.language;
	return request;
}

/* Fill in what every message has. */
static inline void finish_event(struct turn *turn, struct typed *typed)
{
	struct event *event = &typed->event;

	event->room = group_get(turn_view(turn), typed->group).room;
	event->sender = person_sender(turn_view(turn), typed->person);
	if (!event->sent_at_ms)
		event->sent_at_ms = turn_now_ms(turn);
	if (!event->body)
		event->body = "";
	if (event->media)
		(void)media_remember(turn, event);
}

/* A command; the answer, or NULL. */
static inline const char *ask(const struct test_house *home, struct turn *turn, struct typed typed)
{
	struct grammar_line line;
	struct request request;

	finish_event(turn, &typed);
	request = request_for(home, turn, &typed);
	assert_int_equal(grammar_find(turn_arena(turn), typed.event.body, commands, &line), GRAMMAR_COMMAND);
	request.text = line.rest;
	if (line.tongue != GRAMMAR_NEUTRAL)
		request.language = line.tongue == GRAMMAR_EN ? LANGUAGE_EN : LANGUAGE_NL;
	switch (line.command->run(&request)) {
	case COMMAND_DONE:
	case COMMAND_REFUSED:
		break;
	}
	return request.answer;
}

/* Anything else, to this listener; whether it was taken, and the answer or NULL. */
static inline bool notice(const struct test_house *home, struct turn *turn, struct typed typed, const struct listener *listener,
                          const char **ret_answer)
{
	struct request request;
	bool taken = false;

	finish_event(turn, &typed);
	request = request_for(home, turn, &typed);
	switch (typed.event.kind) {
	case EVENT_MESSAGE:
		taken = listener->on_message(&request);
		break;
	case EVENT_EDIT:
		taken = listener->on_edit(&request);
		break;
	case EVENT_REDACTION:
		taken = listener->on_redaction(&request);
		break;
	case EVENT_REACTION:
		taken = listener->on_reaction(&request);
		break;
	case EVENT_UNREADABLE:
	case EVENT_VERIFICATION:
		break;
	}
	*ret_answer = request.answer;
	return taken;
}

#endif
