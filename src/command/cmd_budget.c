/*
 * !budget          what this core has spent and has left, line by line
 * !budget buurt    the whole neighbourhood
 */
#include "base/arena.h"
#include "command/answer.h"
#include "command/bon_request.h"
#include "command/records.h"
#include "command/short_lines.h"
#include "say/budget_words.h"

static enum command_end run(struct request *request)
{
	struct arena *arena = turn_arena(request->turn);
	enum budget_scope scope = budget_scope_read(arena, request->text, &request->language);
	struct reader reader;
	int64_t core = 0;

	if (scope == BUDGET_SCOPE_UNKNOWN) {
		ANSWER(request, "budget.unknown");
		return COMMAND_REFUSED;
	}
	reader = bon_request_reader(request);
	if (scope == BUDGET_SCOPE_CORE && bon_request_core(request, &core) && core) {
		ANSWER(request, "budget.core", MSG_TEXT("core", core_get(reader.view, core).name));
		request->answer = arena_printf(arena, "%s\n%s", request->answer, budget_words_core(&reader, core));
	} else {
		ANSWER(request, "budget.all");
		request->answer = arena_printf(arena, "%s\n%s", request->answer, budget_words_all(&reader, BUDGET_ROWS_MAX));
	}
	bon_request_add_waiting(request);
	return COMMAND_DONE;
}

const struct command cmd_budget = {
	.name = "budget",
	.english = "budget",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_MONEY,
	.everyday = true,
	.help = "help.budget",
	.run = run,
};
