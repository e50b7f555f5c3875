/*
 * !route 12 bewonersinitiatief Venzo   what becomes of an idea, and with whom
 * !route 12 gewoon doen
 * !route 12 klaar
 * !route 12 niet nu te duur            a reason is needed
 */
#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/idea_course.h"
#include "command/records.h"
#include "ideas/family.h"
#include "say/idea_news.h"
#include "say/idea_words.h"

/* Here by the answer when it is this group's, elsewhere by the day post; so of all that go together with it. */
static void tell(struct request *request, int64_t number)
{
	struct view *view = turn_view(request->turn);
	struct reader reader = request_reader(request);
	struct idea idea = idea_get(view, number);
	const struct idea_news news = { .what = IDEA_NEWS_STATE, .idea = number };
	bool own = idea.group == request->group.id;
	const char *words;
	int64_t *ids;
	size_t len;

	ids = idea_family_list(view, number, &len);
	for (size_t i = 0; i < len; i++) {
		struct idea each = idea_get(view, ids[i]);

		if (each.id != number || !own)
			idea_news_tell(request->house, request->turn, &each, IDEA_NEWS_STATE, 0);
	}
	words = idea_words_news(&reader, &news);
	request->answer = own ? words : arena_printf(turn_arena(request->turn), "%s %s", words,
	                                             SAY_TO(&reader, "route.told", MSG_TEXT("where", idea_words_where(&reader, &idea))));
}

static enum command_end route(struct request *request, const struct route_line *line)
{
	struct idea idea;

	if (!idea_find(turn_view(request->turn), line->number, &idea)) {
		ANSWER(request, "idea.unknown", MSG_INT("number", line->number));
		return COMMAND_REFUSED;
	}
	switch (idea_set_course(request->turn, line->number, request->person.id, &line->course)) {
	case IDEA_ROUTE_SET:
		tell(request, line->number);
		return COMMAND_DONE;
	case IDEA_ROUTE_SAME:
		ANSWER(request, "route.same", MSG_INT("number", line->number));
		return COMMAND_REFUSED;
	case IDEA_ROUTE_GONE:
		ANSWER(request, "idea.gone", MSG_INT("number", line->number));
		return COMMAND_REFUSED;
	case IDEA_ROUTE_NO_REASON:
		ANSWER(request, "route.why", MSG_INT("number", line->number));
		return COMMAND_REFUSED;
	}
	die("idea_set_course");
}

static enum command_end run(struct request *request)
{
	struct route_line line;

	switch (route_line_read(turn_arena(request->turn), request->text, &line)) {
	case ROUTE_READ:
		return route(request, &line);
	case ROUTE_NUMBER_MISSING:
		ANSWER(request, "route.how");
		return COMMAND_REFUSED;
	case ROUTE_UNKNOWN:
		ANSWER(request, "route.where", MSG_INT("number", line.number));
		return COMMAND_REFUSED;
	case ROUTE_REASON_MISSING:
		ANSWER(request, "route.why", MSG_INT("number", line.number));
		return COMMAND_REFUSED;
	}
	die("route_line_read");
}

const struct command cmd_route = {
	.name = "route",
	.english = "route",
	.roles = 1u << ROLE_COORDINATOR,
	.trust = TRUST_DIRECT,
	.topic = COMMAND_TOPIC_IDEAS,
	.help = "help.route",
	.run = run,
};
