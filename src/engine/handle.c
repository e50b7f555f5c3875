/*
 * One event of a group, from reading it to its answer: who wrote it, is it a command, may he, run it,
 * and put the answer in the outbox.
 */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "base/str.h"
#include "command/command.h"
#include "command/grammar.h"
#include "command/question.h"
#include "config/config.h"
#include "engine/breadcrumb.h"
#include "engine/engine_internal.h"
#include "engine/guard.h"
#include "people/room.h"
#include "say/hush.h"
#include "say/warnings.h"
#include "store/incident.h"
#include "store/media.h"
#include "store/outbox_owner.h"
#include "text/message.h"
#include "text/unicode.h"
#include "text/zone.h"

#define LATE_MS (10 * MS_PER_MINUTE)

static enum trust trust_of(struct engine *engine, const struct group *group, const struct event *event)
{
	bool is_ghost = config_is_ghost(engine->house.config, event->sender);

	/* In the clear a real user's id proves no more than the bridge does (MATRIX.md 9.4); by a key of his own it is he. */
	if (is_ghost || (group->bridged && event->trust != TRUST_DIRECT))
		return event->trust > TRUST_BRIDGE ? TRUST_BRIDGE : event->trust;
	return event->trust;
}

static struct request request_for(struct engine *engine, struct turn *turn, const struct room *room, const struct event *event)
{
	struct request request = {
		.house = &engine->house,
		.turn = turn,
		.event = event,
		.text = unicode_clean(turn_arena(turn), event->body),
		.group = group_get(turn_view(turn), room->group),
		.person = person_ensure(turn, event->sender),
	};

	request.actor = actor_of_sender(turn_view(turn), event->sender, request.person.id, trust_of(engine, &request.group, event));
	request.language = request.person.has_language ? request.person.language : request.group.language;
	return request;
}

static bool is_late(const struct request *request)
{
	return turn_now_ms(request->turn) - request->event->sent_at_ms > LATE_MS;
}

#define TELL(request, ...) SAY((request)->house->catalogue, turn_arena((request)->turn), (request)->language, __VA_ARGS__)

/* The message an answer stands under: of an edit the one it changed, for that is what people see. NULL when it is gone. */
static const char *answered_id(const struct event *event)
{
	switch (event->kind) {
	case EVENT_MESSAGE:
		return event->id;
	case EVENT_EDIT:
	case EVENT_REACTION:
		return event->target;
	case EVENT_REDACTION:
	case EVENT_UNREADABLE:
	case EVENT_VERIFICATION:
		break;
	}
	return NULL;
}

/* May we speak? What would be one answer too many says that it is the last for a while. */
static bool may_answer(struct engine *engine, struct request *request)
{
	const char *room = request->event->room;

	if (hush_holds(turn_view(request->turn), room))
		return false;
	if (guard_loops(engine->guard, room, request->answer, turn_now_ms(request->turn))) {
		hush_begin(request->house, request->turn, room, request->group.name);
		request->answer = TELL(request, "hush.answer", MSG_TEXT("answer", request->answer));
	}
	return true;
}

/* Put the answer in the outbox. A late one names the moment it is about, and goes out with the others of that person. */
static void answer(struct engine *engine, struct request *request)
{
	struct arena *arena = turn_arena(request->turn);
	struct outbox_message message = {
		.room = request->event->room,
		.reply_to = answered_id(request->event),
		.thread = request->event->thread,
	};
	bool aloud;
	int64_t id;

	if (str_empty(request->answer))
		return;
	aloud = may_answer(engine, request);
	message.body = request->answer;
	if (is_late(request)) {
		const char *when = zone_format_pattern(request->house->zone, arena, request->language, "EEEE d MMMM HH:mm", request->event->sent_at_ms);

		message.body = TELL(request, "late.answer", MSG_TEXT("when", when), MSG_TEXT("answer", request->answer));
		message.merge_key = arena_printf(arena, "late/%" PRId64, request->person.id);
	}
	id = outbox_add(request->turn, &message);
	if (!aloud)
		outbox_mark_dead(request->turn, id, "the bot is silent in the room");
	question_bind(request, id);
}

/* Run what may be undone as a whole: a refusal leaves nothing behind but its answer. */
static void run(struct engine *engine, struct request *request, enum command_end (*work)(struct request *request, const void *what), const void *what)
{
	turn_savepoint(request->turn);
	switch (work(request, what)) {
	case COMMAND_DONE:
		turn_savepoint_keep(request->turn);
		break;
	case COMMAND_REFUSED:
		turn_savepoint_rollback(request->turn);
		break;
	}
	answer(engine, request);
}

static enum command_end run_command(struct request *request, const void *what)
{
	const struct command *command = what;

	return command->run(request);
}

struct reply_run {
	const struct question_kind *kind;
	struct question_reply reply;
};

static enum command_end run_reply(struct request *request, const void *what)
{
	const struct reply_run *run = what;

	return run->kind->run(request, &run->reply);
}

/* The file this message carries or answers, when it is still on its way. Asks for it when nobody did yet. */
static bool photo_is_pending(struct request *request)
{
	struct view *view = turn_view(request->turn);
	struct media_row media;

	if (!media_find(view, request->event->id, &media) && (!request->event->reply_to || !media_find(view, request->event->reply_to, &media)))
		return false;
	if (media.state == MEDIA_KNOWN)
		media_want(request->turn, media.id);
	return media.state == MEDIA_KNOWN || media.state == MEDIA_WANTED;
}

static const char *why_untrusted(struct request *request, const char *word)
{
	switch (request->event->doubt) {
	case DOUBT_NONE:
	case DOUBT_UNSIGNED:
		return TELL(request, "command.untrusted", MSG_TEXT("word", word));
	case DOUBT_IDENTITY:
		return TELL(request, "command.identity", MSG_TEXT("word", word));
	case DOUBT_UNPROVEN:
	case DOUBT_UNKNOWN:
		return TELL(request, "command.unproven", MSG_TEXT("word", word));
	}
	die("doubt %d", (int)request->event->doubt);
}

/* NULL when this person may run the command of the line now; else why not, by the word he typed. */
static const char *what_forbids(struct request *request, const struct grammar_line *line)
{
	const struct config *config = request->house->config;
	const struct command *command = line->command;
	int64_t age_ms = turn_now_ms(request->turn) - request->event->sent_at_ms;

	if (!command_is_for(request, command))
		return TELL(request, "command.role", MSG_TEXT("word", line->word), MSG_TEXT("whom", command_whom_to_ask(request, command)));
	if (request->actor.trust < config_least_trust(config, command->name, command->trust)) {
		if (request->event->doubt == DOUBT_IDENTITY) {
			warn_identity(request->house, request->turn, request->event->sender);
			return why_untrusted(request, line->word);
		}
		return TELL(request, "command.trust", MSG_TEXT("word", line->word));
	}
	if (command_is_privileged(command) && age_ms > config->neighbourhood.privileged_age_ms)
		return TELL(request, "command.too_late", MSG_TEXT("word", line->word));
	return NULL;
}

/*
 * Too much at once? It is not carried out, and whoever sent it is told to send it again. A receipt is somebody's money:
 * it is refused for its own sender's flood, never for that of others.
 */
static bool refuse_flood(struct engine *engine, struct request *request, const struct command *command)
{
	const struct event *event = request->event;
	enum guard_verdict verdict = guard_command(engine->guard, event->sender, command->takes_photo ? NULL : event->room, event->sent_at_ms);

	switch (verdict) {
	case GUARD_PASS:
		return false;
	case GUARD_SLOW_DOWN:
		request->answer = TELL(request, "command.slow_down");
		answer(engine, request);
		break;
	case GUARD_SILENT:
		log_warn("command.flood", "room=\"%s\" event=\"%s\"", event->room, event->id);
		break;
	}
	(void)incident_note(request->turn, "command.flood", event->room,
	                    "More commands came at a time than are carried out; the rest was refused, and who sent it was told once to send it again.");
	return true;
}

static enum handled handle_command(struct engine *engine, struct request *request, const struct grammar_line *line, bool may_wait)
{
	const struct command *command = line->command;

	if (command->takes_photo && photo_is_pending(request) && may_wait)
		return HANDLED_WAIT;
	if (refuse_flood(engine, request, command))
		return HANDLED;
	request->answer = what_forbids(request, line);
	if (request->answer)
		answer(engine, request);
	else
		run(engine, request, run_command, command);
	log_info("command", "name=%s group=%s event=\"%s\" late=%d", command->name, request->group.name, request->event->id, is_late(request));
	return HANDLED;
}

/* The doubt is about the bridge's own device: no neighbour on WhatsApp can mend that. */
static void warn_of_bridge(struct request *request)
{
	const struct config_group *group = config_group_find(request->house->config, request->group.name);

	if (request->event->doubt == DOUBT_IDENTITY && group && group->bridge_bot)
		warn_identity(request->house, request->turn, group->bridge_bot);
	else
		warn_deaf(request->house, request->turn, request->event->room, request->group.name);
}

/*
 * A command from a device that its owner did not sign may be anybody's (DESIGN.md decision 5): it never runs,
 * and its sender is told why, once.
 */
static void handle_untrusted(struct request *request)
{
	struct outbox_message message = { .room = request->event->room, .reply_to = request->event->id, .thread = request->event->thread };
	struct grammar_line line;

	if (request->event->forwarded || grammar_find(turn_arena(request->turn), request->event->body, commands, &line) != GRAMMAR_COMMAND)
		return;
	log_warn("command.untrusted", "room=\"%s\" event=\"%s\"", request->event->room, request->event->id);
	if (config_is_ghost(request->house->config, request->event->sender)) {
		warn_of_bridge(request);
		return;
	}
	request->language = grammar_language(line.tongue, request->language);
	message.body = why_untrusted(request, line.word);
	message.dedupe = arena_printf(turn_arena(request->turn), "untrusted/%d/%" PRId64, (int)request->event->doubt, request->person.id);
	(void)outbox_add(request->turn, &message);
}

/*
 * A slip or an unknown word after `!` is helped once in a while, so that two bots never keep each other busy: each
 * command that is misspelt by itself, for who slips twice may be handing in a receipt; unknown words all together.
 */
static void handle_near_miss(struct engine *engine, struct request *request, const struct grammar_line *line)
{
	const char *who = request->event->sender;

	if (line->command)
		who = arena_printf(turn_arena(request->turn), "%s %s", who, line->command->name);
	if (!guard_may_help(engine->guard, who, turn_now_ms(request->turn)))
		return;
	request->answer = line->command ? TELL(request, "command.near_miss", MSG_TEXT("word", line->word)) :
	                                  TELL(request, "command.unknown", MSG_TEXT("word", line->typed));
	answer(engine, request);
}

static bool listener_takes(const struct listener *listener, struct request *request)
{
	switch (request->event->kind) {
	case EVENT_MESSAGE:
		return listener->on_message && listener->on_message(request);
	case EVENT_EDIT:
		return listener->on_edit && listener->on_edit(request);
	case EVENT_REDACTION:
		return listener->on_redaction && listener->on_redaction(request);
	case EVENT_REACTION:
		return listener->on_reaction && listener->on_reaction(request);
	case EVENT_UNREADABLE:
	case EVENT_VERIFICATION:
		return false;
	}
	return false;
}

static void ask_listeners(struct engine *engine, struct request *request)
{
	for (size_t i = 0; listeners[i]; i++) {
		if (listener_takes(listeners[i], request))
			break;
	}
	answer(engine, request);
}

static enum handled handle_message(struct engine *engine, struct request *request, bool may_wait)
{
	struct reply_run reply;
	struct grammar_line line;

	if (request->event->form == FORM_NOTICE)
		return HANDLED;
	if (request->actor.trust == TRUST_NONE) {
		handle_untrusted(request);
		return HANDLED;
	}
	if (!request->event->forwarded) {
		switch (grammar_find(turn_arena(request->turn), request->event->body, commands, &line)) {
		case GRAMMAR_COMMAND:
			request->text = line.rest;
			request->language = grammar_language(line.tongue, request->language);
			return handle_command(engine, request, &line, may_wait);
		case GRAMMAR_NEAR_MISS:
		case GRAMMAR_UNKNOWN:
			request->language = grammar_language(line.tongue, request->language);
			handle_near_miss(engine, request, &line);
			return HANDLED;
		case GRAMMAR_NONE:
			break;
		}
	}
	if (question_take(request, &reply.kind, &reply.reply))
		run(engine, request, run_reply, &reply);
	else
		ask_listeners(engine, request);
	return HANDLED;
}

/*
 * A message that took the place of a bridge's notice is known by the notice's id: later edits, thumbs and
 * deletions name that one.
 */
static struct event as_known(const struct event *event)
{
	struct event known = *event;

	if (event->kind == EVENT_MESSAGE && event->target) {
		known.id = event->target;
		known.target = NULL;
	}
	return known;
}

/* The bridge's own bot says how the bridge is doing; only what it deletes concerns us. */
static bool is_bridge_talking(const struct config *config, const struct request *request)
{
	const char *bot = config_bridge_bot(config, request->group.name);

	return bot && str_equal(request->event->sender, bot) && request->event->kind != EVENT_REDACTION;
}

enum handled handle_event(struct engine *engine, struct turn *turn, const struct room *room, const struct event *event, bool may_wait)
{
	const struct event known = as_known(event);
	enum handled end = HANDLED;
	struct request request;

	if (breadcrumb_is_poison(engine->breadcrumb, event->id)) {
		(void)incident_note(turn, "event.poison", event->id, "Handling this message ended the program three times; it was stepped over.");
		return HANDLED;
	}
	breadcrumb_enter(engine->breadcrumb, event->id);
	request = request_for(engine, turn, room, &known);
	if (is_bridge_talking(engine->house.config, &request)) {
		breadcrumb_leave(engine->breadcrumb);
		return HANDLED;
	}
	if (known.media)
		(void)media_remember(turn, &known);
	if (engine->house.config->log_bodies)
		log_info("event", "room=\"%s\" event=\"%s\" sender=\"%s\" body=\"%s\"", event->room, event->id, event->sender, event->body);
	if (event->kind == EVENT_MESSAGE)
		end = handle_message(engine, &request, may_wait);
	else if (event->kind != EVENT_UNREADABLE && request.actor.trust != TRUST_NONE)
		ask_listeners(engine, &request);
	breadcrumb_leave(engine->breadcrumb);
	return end;
}
