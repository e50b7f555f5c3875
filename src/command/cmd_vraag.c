/*
 * !vraag 17 waar was dit voor?   ask the group that handed in receipt 17; a reply there comes back here
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/records.h"
#include "command/review_line.h"
#include "say/group_words.h"
#include "say/receipt_words.h"
#include "say/review_words.h"
#include "say/unasked.h"
#include "text/unicode.h"

#define QUESTION_USEFUL_MS (14 * MS_PER_DAY)

/* Put it where the receipt came from. */
static void put(struct request *request, const struct group *group, const struct receipt *receipt, int64_t id, const char *text)
{
	struct reader reader = { request->house, turn_view(request->turn), group, group->language };
	int64_t outbox = unasked_add(request->house, request->turn, &(struct unasked){
		.room = group->room,
		.body = SAY_TO(&reader, "review.question", MSG_INT("number", receipt->number), MSG_TEXT("what", receipt_words_what(&reader, receipt)),
			       MSG_TEXT("text", text)),
		.dedupe = arena_printf(turn_arena(request->turn), "vraag/%" PRId64, id),
		.useful_ms = QUESTION_USEFUL_MS,
	});

	review_bind_question(request->turn, id, outbox);
}

static enum command_end ask(struct request *request, int64_t number, const char *text)
{
	struct reader reader = request_reader(request);
	const struct review_question question = { .person = request->person.id, .group = request->group.id, .language = request->language, .text = text };
	struct receipt receipt;
	struct group group;
	int64_t id;
	enum review_verdict verdict = review_ask(request->turn, &request->actor, number, &question, &receipt, &id);

	if (verdict != REVIEW_DONE) {
		request->answer = review_words_refusal(&reader, verdict, number, &receipt);
		return COMMAND_REFUSED;
	}
	group = group_get(reader.view, receipt.group);
	if (!group.room) {
		ANSWER(request, "vraag.no_room", MSG_INT("number", number));
		return COMMAND_REFUSED;
	}
	put(request, &group, &receipt, id, text);
	ANSWER(request, "vraag.done", MSG_INT("number", number), MSG_TEXT("group", group_words_name(request->house, reader.view, request->language, &group)));
	return COMMAND_DONE;
}

static enum command_end run(struct request *request)
{
	enum { QUESTION_MAX = 300 };
	struct arena *arena = turn_arena(request->turn);
	struct review_line line;

	review_line_read(arena, request->text, 1, &line);
	if (!line.len) {
		ANSWER(request, "vraag.how");
		return COMMAND_REFUSED;
	}
	if (str_empty(line.rest)) {
		ANSWER(request, "vraag.what", MSG_INT("number", line.numbers[0]));
		return COMMAND_REFUSED;
	}
	return ask(request, line.numbers[0], unicode_cut(arena, line.rest, QUESTION_MAX));
}

const struct command cmd_vraag = {
	.name = "vraag",
	.english = "ask",
	.roles = REVIEW_ROLES,
	.trust = TRUST_DIRECT,
	.topic = COMMAND_TOPIC_MONEY,
	.help = "help.vraag",
	.run = run,
};
