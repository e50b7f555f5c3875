#include "command/action_request.h"

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "command/actie_line.h"
#include "command/answer.h"
#include "command/question.h"
#include "config/config.h"
#include "people/who.h"
#include "say/action_words.h"
#include "store/outbox.h"

bool action_request_find(const struct request *request, const char *event, struct action *ret_action)
{
	struct view *view = turn_view(request->turn);
	const char *answered;

	if (action_find_by_message(view, event, ret_action))
		return true;
	return outbox_find_answered(view, event, &answered) && action_find_by_message(view, answered, ret_action);
}

/* Who does it, and the words without him. A name that nobody or more than one goes by stays in the words. */
static int64_t read_taker(struct request *request, const char *text, const char **ret_rest)
{
	struct who who;

	*ret_rest = text;
	switch (who_in_text(request->turn, request->event, request->house->config->homeserver.user, text, &who)) {
	case WHO_FOUND:
		*ret_rest = who.rest;
		return who.person;
	case WHO_NOBODY:
	case WHO_UNKNOWN:
	case WHO_SEVERAL:
		break;
	}
	return 0;
}

bool action_request_read(struct request *request, const char *text, const char *event, struct action_draft *ret_draft)
{
	int64_t taker = read_taker(request, text, &text);
	struct actie_task task;

	switch (actie_task_read(request->house, turn_arena(request->turn), text, request->event->sent_at_ms, &task)) {
	case WHEN_OK:
		break;
	case WHEN_DATE_PAST:
		ANSWER(request, "action.date_past");
		return false;
	case WHEN_DATE_MISSING:
	case WHEN_TIME_MISSING:
	case WHEN_DATE_INVALID:
	case WHEN_DATE_CONTRADICTS:
	case WHEN_TIME_INVALID:
	case WHEN_TIME_SKIPPED:
		ANSWER(request, "action.date_unclear");
		return false;
	}
	*ret_draft = (struct action_draft){
		.author = request->person.id,
		.group = request->group.id,
		.core = request->group.core,
		.event = event,
		.said_at_ms = request->event->sent_at_ms,
		.text = task.text,
		.taker = taker,
		.due = task.due,
		.clock = task.clock,
	};
	return true;
}

bool action_request_ask_twice(struct request *request, const struct action *action)
{
	struct action other;

	if (!action_find_twin(turn_view(request->turn), action->id, &other))
		return false;
	ANSWER(request, "action.twice", MSG_INT("number", action->id), MSG_INT("other", other.id));
	question_ask(request, &(struct question){ .kind = "actie.twice", .subject = action->id, .answer = QUESTION_YES_NO });
	return true;
}

/* Why nothing changed. */
static enum command_end refuse(struct request *request, enum action_verdict verdict, const struct action *action, int64_t number)
{
	struct reader reader = request_reader(request);
	const char *name;

	switch (verdict) {
	case ACTION_CHANGED:
		break;
	case ACTION_SAME:
		ANSWER(request, "action.same", MSG_INT("number", number));
		return COMMAND_REFUSED;
	case ACTION_UNKNOWN:
		ANSWER(request, "action.unknown", MSG_INT("number", number));
		return COMMAND_REFUSED;
	case ACTION_ELSEWHERE:
		ANSWER(request, "action.elsewhere", MSG_INT("number", number));
		return COMMAND_REFUSED;
	case ACTION_DROPPED:
		ANSWER(request, "action.gone", MSG_INT("number", number));
		return COMMAND_REFUSED;
	case ACTION_SETTLED:
		ANSWER(request, "action.settled", MSG_INT("number", number));
		return COMMAND_REFUSED;
	case ACTION_TAKEN:
		name = action_words_taker(&reader, action);
		if (str_empty(name))
			name = SAY_TO(&reader, "action.somebody");
		ANSWER(request, "action.taken_before", MSG_INT("number", number), MSG_TEXT("name", name));
		return COMMAND_REFUSED;
	case ACTION_TOO_LONG:
		ANSWER(request, "action.too_long");
		return COMMAND_REFUSED;
	}
	die("refusing what went well");
}

static struct action_hand hand_of(const struct request *request, const char *event)
{
	return (struct action_hand){ request->person.id, request->group.id, event };
}

/* In characters as a reader counts them: an action in the answer to what became of it. */
enum { SHORT_MAX = 90 };

static const char *text_of(const struct request *request, const struct action *action)
{
	struct reader reader = request_reader(request);

	return action_words_text(&reader, action, action->text, SHORT_MAX);
}

enum command_end action_request_take(struct request *request, int64_t number)
{
	struct action_hand hand = hand_of(request, request->event->id);
	struct reader reader = request_reader(request);
	struct action action;
	enum action_verdict verdict = action_take(request->turn, &hand, number, &action);
	const char *name;

	if (verdict != ACTION_CHANGED)
		return refuse(request, verdict, &action, number);
	action_add_message(request->turn, number, request->event->id);
	name = action_words_taker(&reader, &action);
	if (str_empty(name))
		name = SAY_TO(&reader, "action.somebody");
	ANSWER(request, "action.taken", MSG_INT("number", number), MSG_TEXT("name", name), MSG_TEXT("text", text_of(request, &action)));
	return COMMAND_DONE;
}

enum command_end action_request_done(struct request *request, int64_t number, const char *event)
{
	struct action_hand hand = hand_of(request, event);
	struct action action;
	enum action_verdict verdict = action_settle(request->turn, &hand, number, ACTION_STATE_DONE, NULL, &action);

	if (verdict != ACTION_CHANGED)
		return refuse(request, verdict, &action, number);
	ANSWER(request, "action.done", MSG_INT("number", number), MSG_TEXT("text", text_of(request, &action)));
	return COMMAND_DONE;
}

enum command_end action_request_not_done(struct request *request, int64_t number, const char *reason, const char *event)
{
	struct action_hand hand = hand_of(request, event);
	struct action action;
	enum action_verdict verdict;

	if (str_empty(reason))
		reason = NULL;
	verdict = action_settle(request->turn, &hand, number, ACTION_STATE_NOT_DONE, reason, &action);
	if (verdict != ACTION_CHANGED)
		return refuse(request, verdict, &action, number);
	if (action.reason) {
		ANSWER(request, "action.not_done_why", MSG_INT("number", number), MSG_TEXT("reason", action.reason));
		return COMMAND_DONE;
	}
	ANSWER(request, "action.not_done", MSG_INT("number", number), MSG_TEXT("text", text_of(request, &action)));
	question_ask(request, &(struct question){ .kind = "actie.why", .subject = number, .answer = QUESTION_TEXT });
	return COMMAND_DONE;
}
