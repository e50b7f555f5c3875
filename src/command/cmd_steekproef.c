/*
 * !steekproef 5             five receipts that nobody has looked at, by chance
 * !steekproef 5 zaad 8c41f2 the same five again
 */
#include "command/answer.h"
#include "command/records.h"
#include "command/review_line.h"
#include "say/review_words.h"

static enum command_end run(struct request *request)
{
	struct reader reader = request_reader(request);
	struct sample_line line;
	struct sample sample;

	if (!sample_line_read(turn_arena(request->turn), request->text, &line)) {
		ANSWER(request, "sample.how");
		return COMMAND_REFUSED;
	}
	sample = sample_draw(request->turn, &request->actor, line.count, line.has_seed ? line.seed : NULL);
	request->answer = review_words_sample(&reader, &sample);
	return sample.len ? COMMAND_DONE : COMMAND_REFUSED;
}

const struct command cmd_steekproef = {
	.name = "steekproef",
	.english = "sample",
	.roles = REVIEW_ROLES,
	.trust = TRUST_DIRECT,
	.topic = COMMAND_TOPIC_MONEY,
	.help = "help.steekproef",
	.run = run,
};
