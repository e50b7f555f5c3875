#include "command/applause_request.h"

#include <string.h>

#include "actions/applause.h"
#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "command/actie_line.h"
#include "command/answer.h"
#include "config/config.h"
#include "people/who.h"
#include "say/applause_words.h"
#include "text/unicode.h"

/* "Jan van der Berg" */
enum { NAME_WORDS_MAX = 4 };

/* The longest name at the start of text that somebody goes by; *ret_rest is what follows it. */
static enum who_verdict named_first(struct request *request, const char *text, int64_t *ret_person, const char **ret_rest)
{
	enum who_verdict best = WHO_UNKNOWN;
	size_t len = 0;

	for (size_t words = 0; words < NAME_WORDS_MAX && text[len]; words++) {
		int64_t person;
		enum who_verdict verdict;

		len += strspn(text + len, " ");
		len += strcspn(text + len, " ");
		verdict = who_named(turn_view(request->turn), arena_dup_n(turn_arena(request->turn), text, len - (text[len - 1] == ',')), &person);
		if (verdict == WHO_UNKNOWN)
			continue;
		best = verdict;
		*ret_rest = text + len + strspn(text + len, " ");
		if (verdict == WHO_FOUND)
			*ret_person = person;
	}
	return best;
}

/* Both texts on one line; either may be "". */
static const char *both(struct request *request, const char *first, const char *second)
{
	return unicode_one_line(turn_arena(request->turn), arena_printf(turn_arena(request->turn), "%s %s", first, second));
}

/* What is said of a person beside his name. Words that no "voor" joins on read well behind his name only. */
static void set_why(struct request *request, const char *text, struct applause_draft *draft)
{
	struct applaus_line line;

	applaus_line_read(turn_arena(request->turn), text, &line);
	draft->called = "";
	draft->why = both(request, line.whom, line.why);
	draft->own_only = !str_empty(line.whom);
}

/* Without an app that says who is meant: a name, or words for people that nobody is called by. */
static enum who_verdict read_words(struct request *request, const char *text, struct applause_draft *draft)
{
	const char *words = text + (*text == '@'), *rest = "";
	enum who_verdict verdict;
	struct applaus_line line;

	applaus_line_read(turn_arena(request->turn), words, &line);
	verdict = who_named(turn_view(request->turn), line.whom, &draft->person);
	if (verdict == WHO_UNKNOWN)
		verdict = named_first(request, line.whom, &draft->person, &rest);
	/* "Fatima en Joke": he who stands first is not the only one. */
	if (verdict == WHO_FOUND && who_may_be_named(turn_view(request->turn), rest)) {
		verdict = WHO_UNKNOWN;
		draft->person = 0;
	}
	if (verdict == WHO_FOUND) {
		set_why(request, both(request, rest, line.why), draft);
		return verdict;
	}
	/* "Voor de keukenploeg": thanks for, and for nothing else. */
	if (str_empty(line.whom) && !str_empty(line.why))
		applaus_line_read(turn_arena(request->turn), line.why + strcspn(line.why, " ") + 1, &line);
	draft->called = line.whom;
	draft->why = line.why;
	return verdict;
}

static enum who_verdict read_whom(struct request *request, const char *text, struct applause_draft *draft)
{
	enum who_verdict verdict;
	struct who who;

	verdict = who_in_text(request->turn, request->event, request->house->config->homeserver.user, text, &who);
	if (verdict == WHO_NOBODY || verdict == WHO_UNKNOWN)
		return read_words(request, text, draft);
	draft->person = who.person;
	set_why(request, who.rest, draft);
	return verdict;
}

static enum command_end give(struct request *request, const struct applause_draft *draft)
{
	struct reader reader = request_reader(request);
	struct applause applause;

	switch (applause_give(request->turn, draft, &applause)) {
	case APPLAUSE_GIVEN:
	case APPLAUSE_GIVEN_QUIETLY:
		request->answer = applause_words_given(&reader, &applause);
		return COMMAND_DONE;
	case APPLAUSE_FOR_ONESELF:
		ANSWER(request, "applause.oneself");
		return COMMAND_REFUSED;
	case APPLAUSE_EMPTY:
		ANSWER(request, "applause.how");
		return COMMAND_REFUSED;
	case APPLAUSE_TOO_LONG:
		ANSWER(request, "applause.too_long");
		return COMMAND_REFUSED;
	}
	die("applause_give");
}

enum command_end applause_request_give(struct request *request, const char *text, const char *event)
{
	struct applause_draft draft = {
		.giver = request->person.id,
		.group = request->group.id,
		.core = request->group.core,
		.event = event,
	};

	if (request->group.kind == GROUP_KIND_PRIVATE) {
		ANSWER(request, "applause.private");
		return COMMAND_REFUSED;
	}
	switch (read_whom(request, unicode_one_line(turn_arena(request->turn), text), &draft)) {
	case WHO_SEVERAL:
		ANSWER(request, "applause.several");
		return COMMAND_REFUSED;
	case WHO_UNKNOWN:
		/* Two names in one: whether each wants to be named can be looked up for one at a time only. */
		if (who_may_be_named(turn_view(request->turn), draft.called)) {
			ANSWER(request, "applause.one_each");
			return COMMAND_REFUSED;
		}
		break;
	case WHO_FOUND:
	case WHO_NOBODY:
		break;
	}
	return give(request, &draft);
}
