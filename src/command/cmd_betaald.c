/*
 * !betaald 17 18            who paid these receipts has his money back
 */
#include "base/arena.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/records.h"
#include "command/review_line.h"
#include "say/receipt_words.h"
#include "say/review_day.h"
#include "say/review_words.h"

/* The line of the answer about one receipt. */
static const char *pay(struct request *request, int64_t number, bool *ret_done)
{
	struct reader reader = request_reader(request);
	struct receipt receipt;
	enum review_verdict verdict = review_pay(request->turn, &request->actor, number, &receipt);

	if (verdict != REVIEW_DONE)
		return review_words_refusal(&reader, verdict, number, &receipt);
	*ret_done = true;
	review_tell(request->house, request->turn, receipt.group, BUDGET_NEWS_PAID, number);
	return SAY_TO(&reader, "review.paid", MSG_INT("number", number), MSG_TEXT("what", receipt_words_what(&reader, &receipt)));
}

static enum command_end run(struct request *request)
{
	struct arena *arena = turn_arena(request->turn);
	struct review_line line;
	const char *text = "";
	bool done = false;

	review_line_read(arena, request->text, REVIEW_NUMBERS_MAX, &line);
	if (!line.len || !str_empty(line.rest)) {
		ANSWER(request, "betaald.how");
		return COMMAND_REFUSED;
	}
	for (size_t i = 0; i < line.len; i++)
		text = arena_printf(arena, "%s%s%s", text, i ? "\n" : "", pay(request, line.numbers[i], &done));
	request->answer = text;
	return done ? COMMAND_DONE : COMMAND_REFUSED;
}

const struct command cmd_betaald = {
	.name = "betaald",
	.english = "paid",
	.roles = 1u << ROLE_TREASURER,
	.trust = TRUST_DIRECT,
	.topic = COMMAND_TOPIC_MONEY,
	.help = "help.betaald",
	.run = run,
};
