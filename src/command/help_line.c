#include "command/help_line.h"

#include "base/str.h"
#include "text/unicode.h"

/* Words of `!help` that are no commands; folded. The first of a topic is the one it goes by. */
static const struct {
	const char *word;
	enum grammar_tongue tongue;
	enum help_subject subject;
	enum command_topic topic;
} help_words[] = {
	{ "alles", GRAMMAR_NL, HELP_SUBJECT_ALL, COMMAND_TOPIC_OTHER },
	{ "all", GRAMMAR_EN, HELP_SUBJECT_ALL, COMMAND_TOPIC_OTHER },
	{ "everything", GRAMMAR_EN, HELP_SUBJECT_ALL, COMMAND_TOPIC_OTHER },
	{ "geld", GRAMMAR_NL, HELP_SUBJECT_TOPIC, COMMAND_TOPIC_MONEY },
	{ "money", GRAMMAR_EN, HELP_SUBJECT_TOPIC, COMMAND_TOPIC_MONEY },
	{ "doen", GRAMMAR_NL, HELP_SUBJECT_TOPIC, COMMAND_TOPIC_DOING },
	{ "doing", GRAMMAR_EN, HELP_SUBJECT_TOPIC, COMMAND_TOPIC_DOING },
	{ "verder", GRAMMAR_NL, HELP_SUBJECT_TOPIC, COMMAND_TOPIC_OTHER },
	{ "other", GRAMMAR_EN, HELP_SUBJECT_TOPIC, COMMAND_TOPIC_OTHER },
};

/* The Dutch word of what this one means. */
static const char *dutch_word(size_t which)
{
	for (size_t i = 0;; i++) {
		if (help_words[i].subject == help_words[which].subject && help_words[i].topic == help_words[which].topic)
			return help_words[i].word;
	}
}

static bool find_help_word(struct arena *arena, const char *text, enum help_subject *ret_subject, struct help_line *ret_line)
{
	const char *typed = unicode_fold(arena, str_starts(text, "!") ? text + 1 : text);

	for (size_t i = 0; i < ARRAY_LEN(help_words); i++) {
		if (!str_equal(help_words[i].word, typed))
			continue;
		*ret_subject = help_words[i].subject;
		*ret_line = (struct help_line){ .topic = help_words[i].topic, .tongue = help_words[i].tongue, .word = dutch_word(i) };
		return true;
	}
	return false;
}

enum help_subject help_line_read(struct arena *arena, const char *text, struct help_line *ret_line)
{
	const char *bang = str_starts(text, "!") ? "" : "!";
	enum help_subject subject;
	struct grammar_line line;

	*ret_line = (struct help_line){ .word = NULL };
	if (str_empty(text))
		return HELP_SUBJECT_FIRST;
	if (find_help_word(arena, text, &subject, ret_line))
		return subject;
	switch (grammar_find(arena, arena_printf(arena, "%s%s", bang, text), commands, &line)) {
	case GRAMMAR_COMMAND:
	case GRAMMAR_NEAR_MISS:
		*ret_line = (struct help_line){ .command = line.command, .tongue = line.tongue, .word = line.command->name };
		return HELP_SUBJECT_COMMAND;
	case GRAMMAR_UNKNOWN:
		ret_line->typed = line.typed;
		return HELP_SUBJECT_UNKNOWN;
	case GRAMMAR_NONE:
		break;
	}
	return HELP_SUBJECT_FIRST;
}
