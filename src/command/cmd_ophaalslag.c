/*
 * !ophaalslag                  in a core's group: what it answered in the last round
 * !ophaalslag het gaat goed    one more answer, as a reply to our question is
 *
 * For who supports the cores, in their rooms:
 * !ophaalslag                  who answered, and what stands in the way
 * !ophaalslag hobbels          all that stands in the way
 * !ophaalslag Kruitberg        what one core answered
 */
#include "base/die.h"
#include "command/answer.h"
#include "command/bon_request.h"
#include "command/ophaalslag_line.h"
#include "command/records.h"
#include "command/story_request.h"
#include "say/round_words.h"
#include "year/round.h"

static enum command_end show_all(struct request *request)
{
	const struct reader reader = request_reader(request);
	struct ophaalslag_line line;
	const char *round;
	size_t len;
	const struct core *cores = core_list(reader.view, &len);

	if (!round_find_last(reader.view, 0, &round)) {
		request->answer = round_words_next(&reader);
		return COMMAND_DONE;
	}
	ophaalslag_line_read(turn_arena(request->turn), cores, len, request->text, &line);
	switch (line.action) {
	case OPHAALSLAG_ACTION_SHOW:
		request->answer = round_words_all(&reader, round);
		return COMMAND_DONE;
	case OPHAALSLAG_ACTION_OBSTACLES:
		request->answer = round_words_obstacles(&reader, round, line.page);
		return COMMAND_DONE;
	case OPHAALSLAG_ACTION_CORE:
		request->answer = round_words_core(&reader, round, line.core->id);
		return COMMAND_DONE;
	case OPHAALSLAG_ACTION_UNREADABLE:
		ANSWER(request, "round.unknown");
		return COMMAND_REFUSED;
	}
	die("!ophaalslag");
}

static enum command_end run(struct request *request)
{
	const struct reader reader = request_reader(request);
	const char *round;
	int64_t core;

	if (request_is_at_office(request))
		return show_all(request);
	if (request->group.kind == GROUP_KIND_NEIGHBOURHOOD || !bon_request_core(request, &core) || !core) {
		ANSWER(request, "round.no_core");
		return COMMAND_REFUSED;
	}
	if (round_find_last(reader.view, core, &round))
		return story_request_answer(request, round, core);
	request->answer = round_words_next(&reader);
	return COMMAND_DONE;
}

const struct command cmd_ophaalslag = {
	.name = "ophaalslag",
	.english = "round",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_DOING,
	.takes_photo = true,
	.help = "help.ophaalslag",
	.run = run,
};
