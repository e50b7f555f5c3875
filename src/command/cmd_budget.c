/*
 * !budget          what this core has spent and has left, line by line
 * !budget buurt    the whole neighbourhood
 */
#include "base/arena.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/bon_request.h"
#include "command/records.h"
#include "say/budget_words.h"
#include "text/unicode.h"

/* The command word is the same in both languages; this one tells which is spoken. */
static bool means_all(struct request *request)
{
	static const struct {
		const char *word;
		enum language language;
	} words[] = {
		{ "buurt", LANGUAGE_NL },         { "de buurt", LANGUAGE_NL },     { "alles", LANGUAGE_NL },
		{ "neighbourhood", LANGUAGE_EN }, { "neighborhood", LANGUAGE_EN }, { "all", LANGUAGE_EN },
	};
	const char *typed = unicode_fold(turn_arena(request->turn), request->text);

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!str_equal(words[i].word, typed))
			continue;
		request->language = words[i].language;
		return true;
	}
	return false;
}

static enum command_end run(struct request *request)
{
	struct arena *arena = turn_arena(request->turn);
	struct reader reader;
	int64_t core = 0;

	if (!str_empty(request->text) && !means_all(request)) {
		ANSWER(request, "budget.unknown");
		return COMMAND_REFUSED;
	}
	reader = bon_request_reader(request);
	if (str_empty(request->text) && bon_request_core(request, &core) && core) {
		ANSWER(request, "budget.core", MSG_TEXT("core", core_get(reader.view, core).name));
		request->answer = arena_printf(arena, "%s\n%s", request->answer, budget_words_core(&reader, core));
	} else {
		ANSWER(request, "budget.all");
		request->answer = arena_printf(arena, "%s\n%s", request->answer, budget_words_all(&reader, BUDGET_ROWS_MAX));
	}
	return COMMAND_DONE;
}

const struct command cmd_budget = {
	.name = "budget",
	.english = "budget",
	.role = ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.help = "help.budget",
	.run = run,
};
