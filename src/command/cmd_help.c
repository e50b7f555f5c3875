/*
 * !help       what the person who asks may use, one line each
 * !help bon   one of them, with an example
 */
#include "base/arena.h"
#include "command/answer.h"
#include "command/records.h"
#include "command/short_lines.h"

static const char *word_of(const struct request *request, const struct command *command)
{
	return request->language == LANGUAGE_EN ? command->english : command->name;
}

static bool may_use(const struct request *request, const struct command *command)
{
	enum trust least = config_least_trust(request->house->config, command->name, command->trust);

	return command_is_for(request, command) && request->actor.trust >= least;
}

static void list(struct request *request)
{
	struct arena *arena = turn_arena(request->turn);
	const struct catalogue *catalogue = request->house->catalogue;
	const char *text = SAY(catalogue, arena, request->language, "help.title");

	for (size_t i = 0; commands[i]; i++) {
		const char *what;

		if (!may_use(request, commands[i]))
			continue;
		what = SAY(catalogue, arena, request->language, commands[i]->help);
		text = arena_printf(arena, "%s\n%s", text, SAY(catalogue, arena, request->language, "help.line",
		                                               MSG_TEXT("word", word_of(request, commands[i])), MSG_TEXT("what", what)));
	}
	request->answer = arena_printf(arena, "%s\n%s", text, SAY(catalogue, arena, request->language, "help.more"));
}

static void explain(struct request *request, const struct command *command)
{
	struct arena *arena = turn_arena(request->turn);
	const struct catalogue *catalogue = request->house->catalogue;
	const char *what = SAY(catalogue, arena, request->language, command->help);
	const char *example = SAY(catalogue, arena, request->language, arena_printf(arena, "%s.example", command->help));

	ANSWER(request, "help.one", MSG_TEXT("word", word_of(request, command)), MSG_TEXT("what", what), MSG_TEXT("example", example));
}

static enum command_end run(struct request *request)
{
	struct grammar_line line;

	switch (help_line_read(turn_arena(request->turn), request->text, &line)) {
	case GRAMMAR_COMMAND:
	case GRAMMAR_NEAR_MISS:
		/* "!help" is a word of both languages, "receipt" is not: it tells of who has not told himself. */
		if (!request->person.has_language)
			request->language = grammar_language(line.tongue, request->language);
		explain(request, line.command);
		break;
	case GRAMMAR_UNKNOWN:
		ANSWER(request, "command.unknown", MSG_TEXT("word", line.typed));
		break;
	case GRAMMAR_NONE:
		list(request);
		break;
	}
	return COMMAND_DONE;
}

const struct command cmd_help = {
	.name = "help",
	.english = "help",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.help = "help.help",
	.run = run,
};
