/*
 * !actie Flyers drukken @Joke vrijdag   something to do, by whom and when
 * !actie                                what this group has open
 * !actie 7                              one of them
 * !actie 7 ik                           who types it does it
 * !actie terug                          looking back on the last month
 */
#include "base/die.h"
#include "command/actie_line.h"
#include "command/action_request.h"
#include "command/answer.h"
#include "command/question.h"
#include "command/records.h"
#include "say/action_words.h"
#include "say/look_back.h"
#include "text/zone.h"

static enum command_end list(struct request *request)
{
	struct reader reader = request_reader(request);
	const char *today = zone_format_date(request->house->zone, turn_arena(request->turn), turn_now_ms(request->turn));
	size_t len;
	/* One more than fits tells whether there are more. */
	const struct action *actions = action_list_open_of_group(reader.view, request->group.id, ACTION_PAGE_LINES + 1, &len);
	bool more = len > ACTION_PAGE_LINES;

	request->answer = action_words_list(&reader, actions, more ? ACTION_PAGE_LINES : len, more, today);
	return COMMAND_DONE;
}

static enum command_end show(struct request *request, int64_t number)
{
	struct reader reader = request_reader(request);
	struct action action;

	if (!action_find(reader.view, number, &action)) {
		ANSWER(request, "action.unknown", MSG_INT("number", number));
		return COMMAND_REFUSED;
	}
	if (action.group != request->group.id) {
		ANSWER(request, "action.elsewhere", MSG_INT("number", number));
		return COMMAND_REFUSED;
	}
	if (action.state == ACTION_STATE_DROPPED) {
		ANSWER(request, "action.gone", MSG_INT("number", number));
		return COMMAND_REFUSED;
	}
	/* "Ik" in reply to the card takes it. */
	action_add_message(request->turn, number, request->event->id);
	request->answer = action_words_card(&reader, &action);
	return COMMAND_DONE;
}

static enum command_end add(struct request *request)
{
	struct reader reader = request_reader(request);
	struct action_draft draft;
	struct action action;

	if (!action_request_read(request, request->text, request->event->id, &draft))
		return COMMAND_REFUSED;
	switch (action_add(request->turn, &draft, &action)) {
	case ACTION_ADDED:
		if (!action_request_ask_twice(request, &action))
			request->answer = action_words_noted(&reader, &action);
		return COMMAND_DONE;
	case ACTION_ADD_EMPTY:
		ANSWER(request, "action.empty");
		return COMMAND_REFUSED;
	case ACTION_ADD_TOO_LONG:
		ANSWER(request, "action.too_long");
		return COMMAND_REFUSED;
	}
	die("action_add");
}

static enum command_end run(struct request *request)
{
	struct reader reader = request_reader(request);
	int64_t number;

	switch (actie_line_read(turn_arena(request->turn), request->text, &number)) {
	case ACTIE_LIST:
		return list(request);
	case ACTIE_SHOW:
		return show(request, number);
	case ACTIE_TAKE:
		return action_request_take(request, number);
	case ACTIE_LOOK_BACK:
		request->answer = look_back_words(&reader);
		return COMMAND_DONE;
	case ACTIE_ADD:
		return add(request);
	}
	die("actie");
}

static const char *const aliases[] = { "acties", NULL };

const struct command cmd_actie = {
	.name = "actie",
	.english = "action",
	.aliases = aliases,
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_DOING,
	.help = "help.actie",
	.run = run,
};

enum command_end actie_twice_answered(struct request *request, const struct question_reply *reply)
{
	struct action action, other;

	/* One of them may be gone or done by now. */
	if (!action_find(turn_view(request->turn), reply->subject, &action) || !action_find_twin(turn_view(request->turn), action.id, &other))
		return COMMAND_DONE;
	if (!reply->yes)
		(void)action_drop(request->turn, action.id);
	ANSWER(request, reply->yes ? "action.twice.kept" : "action.twice.dropped", MSG_INT("number", action.id), MSG_INT("other", other.id));
	return COMMAND_DONE;
}
