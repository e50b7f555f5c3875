/*
 * !afkeur 17 REDEN          this receipt does not count; its group hears why
 */
#include "base/str.h"
#include "command/answer.h"
#include "command/records.h"
#include "command/review_line.h"
#include "say/receipt_words.h"
#include "say/review_day.h"
#include "say/review_words.h"

static enum command_end run(struct request *request)
{
	struct reader reader = request_reader(request);
	struct review_line line;
	struct receipt receipt;
	enum review_verdict verdict;

	review_line_read(turn_arena(request->turn), request->text, 1, &line);
	if (!line.len) {
		ANSWER(request, "afkeur.how");
		return COMMAND_REFUSED;
	}
	if (str_empty(line.rest)) {
		ANSWER(request, "afkeur.why", MSG_INT("number", line.numbers[0]));
		return COMMAND_REFUSED;
	}
	verdict = review_reject(request->turn, &request->actor, line.numbers[0], line.rest, &receipt);
	if (verdict != REVIEW_DONE) {
		request->answer = review_words_refusal(&reader, verdict, line.numbers[0], &receipt);
		return COMMAND_REFUSED;
	}
	(void)budget_news_drop(request->turn, receipt.group, BUDGET_NEWS_APPROVED, receipt.number);
	review_tell(request->house, request->turn, receipt.group, BUDGET_NEWS_REJECTED, receipt.number);
	ANSWER(request, "review.rejected", MSG_INT("number", receipt.number), MSG_TEXT("what", receipt_words_what(&reader, &receipt)));
	return COMMAND_DONE;
}

const struct command cmd_afkeur = {
	.name = "afkeur",
	.english = "reject",
	.roles = REVIEW_ROLES,
	.trust = TRUST_DIRECT,
	.topic = COMMAND_TOPIC_MONEY,
	.help = "help.afkeur",
	.run = run,
};
