/*
 * !taal en   from now on this person is answered in English
 * !taal      which language that is now
 */
#include "base/arena.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/records.h"
#include "text/unicode.h"

static bool language_find(const char *word, enum language *ret_language)
{
	static const struct {
		const char *word;
		enum language language;
	} names[] = {
		{ "nl", LANGUAGE_NL }, { "nederlands", LANGUAGE_NL }, { "dutch", LANGUAGE_NL }, { "hollands", LANGUAGE_NL },
		{ "en", LANGUAGE_EN }, { "engels", LANGUAGE_EN },     { "english", LANGUAGE_EN },
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (str_equal(names[i].word, word)) {
			*ret_language = names[i].language;
			return true;
		}
	}
	return false;
}

static enum command_end run(struct request *request)
{
	const char *word = unicode_fold(turn_arena(request->turn), request->text);
	enum language language;

	if (str_empty(word)) {
		ANSWER(request, "taal.now");
		return COMMAND_DONE;
	}
	if (!language_find(word, &language)) {
		ANSWER(request, "taal.unknown");
		return COMMAND_REFUSED;
	}
	person_set_language(request->turn, request->person.id, language);
	request->language = language;
	ANSWER(request, "taal.set");
	return COMMAND_DONE;
}

const struct command cmd_taal = {
	.name = "taal",
	.english = "language",
	.role = ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.help = "help.taal",
	.run = run,
};
