/*
 * !help         the words this person needs most here, one line each; the others of his by name
 * !help geld    the words about money
 * !help alles   every word he may use, by what it is about
 * !help bon     one of them, with an example
 *
 * Each answer fits one screen of a phone: what would not is told by name only.
 */
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "command/answer.h"
#include "command/help_line.h"
#include "command/records.h"

/* HELP_LINES_MAX: of explained words; title, other words and the closing line come beside them. */
enum { HELP_MAX_BYTES = 600, HELP_LINES_MAX = 9 };

#define OFFICES (1u << ROLE_COORDINATOR | 1u << ROLE_TREASURER | 1u << ROLE_AUDITOR)

/* Which words. */
enum help_set {
	HELP_SET_EVERYDAY,
	HELP_SET_ROLE,  /* those that not everybody has */
	HELP_SET_TOPIC, /* of one topic */
};

struct help_words {
	const struct command **list;
	size_t len;
};

static const char *word_of(const struct request *request, const struct command *command)
{
	return request->language == LANGUAGE_EN ? command->english : command->name;
}

static bool may_use(const struct request *request, const struct command *command)
{
	enum trust least = config_least_trust(request->house->config, command->name, command->trust);

	return command_is_for(request, command) && request->actor.trust >= least;
}

static bool is_in(const struct command *command, enum help_set set, enum command_topic topic)
{
	switch (set) {
	case HELP_SET_EVERYDAY:
		return command->everyday;
	case HELP_SET_ROLE:
		return !(command->roles & 1u << ROLE_RESIDENT);
	case HELP_SET_TOPIC:
		return command->topic == topic;
	}
	die("help set %d", (int)set);
}

/* What he may use of a set; topic counts with HELP_SET_TOPIC only. */
static struct help_words choose(struct request *request, enum help_set set, enum command_topic topic)
{
	struct help_words words = { .len = 0 };
	size_t all = 0;

	while (commands[all])
		all++;
	words.list = arena_array(turn_arena(request->turn), const struct command *, all);
	for (size_t i = 0; i < all; i++) {
		if (is_in(commands[i], set, topic) && may_use(request, commands[i]))
			words.list[words.len++] = commands[i];
	}
	return words;
}

/* "!bon, !bonnen, !budget", without one that was told already (or NULL). */
static const char *names_of(struct request *request, const struct help_words *words, const struct command *but)
{
	struct arena *arena = turn_arena(request->turn);
	const char *text = "";

	for (size_t i = 0; i < words->len; i++) {
		if (words->list[i] != but)
			text = arena_printf(arena, "%s%s!%s", text, *text ? ", " : "", word_of(request, words->list[i]));
	}
	return text;
}

/* "\n!bon: een bon inleveren" and so on. */
static const char *explain_each(struct request *request, const struct help_words *words)
{
	struct arena *arena = turn_arena(request->turn);
	const struct catalogue *catalogue = request->house->catalogue;
	const char *text = "";

	for (size_t i = 0; i < words->len; i++) {
		const char *what = SAY(catalogue, arena, request->language, words->list[i]->help);

		text = arena_printf(arena, "%s\n%s", text, SAY(catalogue, arena, request->language, "help.line",
		                                               MSG_TEXT("word", word_of(request, words->list[i])), MSG_TEXT("what", what)));
	}
	return text;
}

/* before, the words, after; explained when that fits one screen, else by name. */
static void answer_words(struct request *request, const char *before, const struct help_words *words, const char *after)
{
	struct arena *arena = turn_arena(request->turn);

	request->answer = arena_printf(arena, "%s%s%s", before, explain_each(request, words), after);
	if (words->len > HELP_LINES_MAX || strlen(request->answer) > HELP_MAX_BYTES)
		request->answer = arena_printf(arena, "%s\n%s%s", before, names_of(request, words, NULL), after);
}

/* "\nOok voor jou: !keur, !afkeur", or nothing. */
static const char *also(struct request *request, const char *key, const struct help_words *words, const struct command *but)
{
	struct arena *arena = turn_arena(request->turn);
	const char *names = names_of(request, words, but);

	return *names ? arena_printf(arena, "\n%s", SAY(request->house->catalogue, arena, request->language, key, MSG_TEXT("words", names))) : "";
}

/* Who has an office hears of it where offices are at work; everywhere else the everyday words come first. */
static bool is_at_office(const struct request *request)
{
	switch (request->group.kind) {
	case GROUP_KIND_COORDINATORS:
	case GROUP_KIND_AUDIT:
	case GROUP_KIND_PRIVATE:
		return request->actor.roles & OFFICES;
	case GROUP_KIND_CORE:
	case GROUP_KIND_NEIGHBOURHOOD:
		return false;
	}
	die("group kind %d", (int)request->group.kind);
}

static void tell_first(struct request *request)
{
	struct arena *arena = turn_arena(request->turn);
	const struct catalogue *catalogue = request->house->catalogue;
	struct help_words everyday = choose(request, HELP_SET_EVERYDAY, COMMAND_TOPIC_OTHER);
	struct help_words role = choose(request, HELP_SET_ROLE, COMMAND_TOPIC_OTHER);
	struct help_words other = choose(request, HELP_SET_TOPIC, COMMAND_TOPIC_OTHER);
	bool at_office = is_at_office(request) && role.len;
	const char *after = also(request, "help.also", at_office ? &everyday : &role, NULL);

	if (request->group.kind == GROUP_KIND_PRIVATE && !at_office)
		after = arena_printf(arena, "%s%s", after, also(request, "help.self", &other, &cmd_help));
	after = arena_printf(arena, "%s\n%s", after, SAY(catalogue, arena, request->language, "help.more"));
	answer_words(request, SAY(catalogue, arena, request->language, "help.title"), at_office ? &role : &everyday, after);
}

static const char *topic_name(const struct request *request, enum command_topic topic)
{
	static const char *const keys[] = {
		[COMMAND_TOPIC_OTHER] = "help.topic.other",   [COMMAND_TOPIC_IDEAS] = "help.topic.ideas",
		[COMMAND_TOPIC_MONEY] = "help.topic.money",   [COMMAND_TOPIC_AGENDA] = "help.topic.agenda",
		[COMMAND_TOPIC_DOING] = "help.topic.doing",
	};

	_Static_assert(sizeof keys / sizeof *keys == COMMAND_TOPIC_MAX, "a name for every topic");
	return SAY(request->house->catalogue, turn_arena(request->turn), request->language, keys[topic]);
}

static void tell_topic(struct request *request, enum command_topic topic)
{
	struct help_words words = choose(request, HELP_SET_TOPIC, topic);

	if (!words.len)
		tell_first(request);
	else
		answer_words(request, arena_printf(turn_arena(request->turn), "%s:", topic_name(request, topic)), &words, "");
}

static void tell_all(struct request *request)
{
	static const enum command_topic order[] = { COMMAND_TOPIC_IDEAS, COMMAND_TOPIC_MONEY, COMMAND_TOPIC_AGENDA, COMMAND_TOPIC_DOING,
		COMMAND_TOPIC_OTHER };
	struct arena *arena = turn_arena(request->turn);
	const char *text = "";

	_Static_assert(sizeof order / sizeof *order == COMMAND_TOPIC_MAX, "every topic");
	for (size_t i = 0; i < COMMAND_TOPIC_MAX; i++) {
		struct help_words words = choose(request, HELP_SET_TOPIC, order[i]);

		if (words.len)
			text = arena_printf(arena, "%s%s%s: %s", text, *text ? "\n" : "", topic_name(request, order[i]),
			                    names_of(request, &words, NULL));
	}
	request->answer = text;
}

static void tell_one(struct request *request, const struct command *command)
{
	struct arena *arena = turn_arena(request->turn);
	const struct catalogue *catalogue = request->house->catalogue;
	const char *what = SAY(catalogue, arena, request->language, command->help);
	const char *example = SAY(catalogue, arena, request->language, arena_printf(arena, "%s.example", command->help));
	struct help_words others = { .len = 0 };

	if (command->topic != COMMAND_TOPIC_OTHER)
		others = choose(request, HELP_SET_TOPIC, command->topic);
	ANSWER(request, "help.one", MSG_TEXT("word", word_of(request, command)), MSG_TEXT("what", what), MSG_TEXT("example", example));
	request->answer = arena_printf(arena, "%s%s", request->answer, also(request, "help.related", &others, command));
}

static enum command_end run(struct request *request)
{
	struct help_line line;
	enum help_subject subject = help_line_read(turn_arena(request->turn), request->text, &line);

	/* "!help" is a word of both languages, "receipt" is not: it tells of who has not told himself. */
	if (!request->person.has_language)
		request->language = grammar_language(line.tongue, request->language);
	switch (subject) {
	case HELP_SUBJECT_FIRST:
		tell_first(request);
		break;
	case HELP_SUBJECT_ALL:
		tell_all(request);
		break;
	case HELP_SUBJECT_TOPIC:
		tell_topic(request, line.topic);
		break;
	case HELP_SUBJECT_COMMAND:
		tell_one(request, line.command);
		break;
	case HELP_SUBJECT_UNKNOWN:
		ANSWER(request, "command.unknown", MSG_TEXT("word", line.typed));
		break;
	}
	return COMMAND_DONE;
}

const struct command cmd_help = {
	.name = "help",
	.english = "help",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.everyday = true,
	.help = "help.help",
	.run = run,
};
