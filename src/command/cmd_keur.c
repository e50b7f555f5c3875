/*
 * !keur                     how many receipts wait for a second pair of eyes, and the oldest of them
 * !keur 17 18 19            they are good
 * !keur 17 alleen REDEN     one's own, where nobody else can ever look
 */
#include "base/arena.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/records.h"
#include "command/review_line.h"
#include "say/receipt_words.h"
#include "say/review_day.h"
#include "say/review_words.h"

enum { WAITING_LINES = 5 };

static enum command_end list(struct request *request)
{
	struct reader reader = request_reader(request);
	size_t len;
	const struct receipt *receipts = review_list_waiting(reader.view, request->person.id, WAITING_LINES, &len);

	request->answer = review_words_waiting(&reader, review_count_waiting(reader.view), receipts, len);
	return COMMAND_DONE;
}

/* The line of the answer about one receipt. */
static const char *approve(struct request *request, int64_t number, const char *alone, bool *ret_done)
{
	struct reader reader = request_reader(request);
	struct receipt receipt;
	bool sole;
	enum review_verdict verdict = review_approve(request->turn, &request->actor, number, alone, &receipt, &sole);

	if (verdict != REVIEW_DONE)
		return review_words_refusal(&reader, verdict, number, &receipt);
	*ret_done = true;
	review_tell(request->house, request->turn, receipt.group, BUDGET_NEWS_APPROVED, number);
	if (sole)
		review_tell_office(request->house, request->turn, BUDGET_NEWS_SOLE, number);
	return SAY_TO(&reader, sole ? "review.approved.sole" : "review.approved", MSG_INT("number", number),
		      MSG_TEXT("what", receipt_words_what(&reader, &receipt)));
}

static enum command_end run(struct request *request)
{
	struct arena *arena = turn_arena(request->turn);
	struct review_line line;
	const char *alone, *text = "";
	bool done = false;

	if (str_empty(request->text))
		return list(request);
	review_line_read(arena, request->text, REVIEW_NUMBERS_MAX, &line);
	alone = review_line_alone(arena, &line);
	if (!line.len || (!str_empty(line.rest) && !alone)) {
		ANSWER(request, "keur.how");
		return COMMAND_REFUSED;
	}
	for (size_t i = 0; i < line.len; i++)
		text = arena_printf(arena, "%s%s%s", text, i ? "\n" : "", approve(request, line.numbers[i], alone, &done));
	request->answer = text;
	return done ? COMMAND_DONE : COMMAND_REFUSED;
}

const struct command cmd_keur = {
	.name = "keur",
	.english = "approve",
	.roles = REVIEW_ROLES,
	.trust = TRUST_DIRECT,
	.topic = COMMAND_TOPIC_MONEY,
	.help = "help.keur",
	.run = run,
};
