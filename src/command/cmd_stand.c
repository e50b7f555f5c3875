/*
 * !stand            how far this core is with receipts, result and learning; for who has an office, elsewhere: all cores
 * !stand Kruitberg  one core
 */
#include "base/str.h"
#include "command/answer.h"
#include "command/bon_request.h"
#include "command/core_named.h"
#include "command/records.h"
#include "say/standing_words.h"

static enum command_end show_named(struct request *request)
{
	struct reader reader = request_reader(request);
	size_t len;
	const struct core *cores = core_list(reader.view, &len);
	const struct core *core = core_named(turn_arena(request->turn), cores, len, request->text);

	if (!core) {
		ANSWER(request, "standing.unknown", MSG_TEXT("core", len ? cores[0].name : ""));
		return COMMAND_REFUSED;
	}
	request->answer = standing_words_core(&reader, core->id);
	return COMMAND_DONE;
}

static enum command_end run(struct request *request)
{
	struct reader reader = request_reader(request);
	int64_t core;

	if (!str_empty(request->text))
		return show_named(request);
	if (request_is_at_office(request)) {
		request->answer = standing_words_table(&reader);
		return COMMAND_DONE;
	}
	if (request->group.kind == GROUP_KIND_NEIGHBOURHOOD || !bon_request_core(request, &core) || !core) {
		ANSWER(request, "standing.no_core");
		return COMMAND_REFUSED;
	}
	request->answer = standing_words_core(&reader, core);
	return COMMAND_DONE;
}

const struct command cmd_stand = {
	.name = "stand",
	.english = "status",
	.neutral = "status",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_DOING,
	.help = "help.stand",
	.run = run,
};
