/*
 * !schuif 500 van Excursie naar Muurschilderingen REDEN   propose it; !akkoord of a second person moves the money
 */
#include "base/arena.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/decision.h"
#include "command/records.h"
#include "command/review_line.h"
#include "say/budget_words.h"
#include "say/receipt_words.h"
#include "say/review_day.h"
#include "say/review_words.h"

/* All lines, each called by its owner and its name: what people choose from. */
static struct line *titled_lines(struct request *request, size_t *ret_len)
{
	struct reader reader = request_reader(request);
	struct line *lines = line_list(reader.view, ret_len);

	for (size_t i = 0; i < *ret_len; i++)
		lines[i].name = budget_words_line(&reader, &lines[i]);
	return lines;
}

/* Which line is meant by these words? */
static enum command_end ask_line(struct request *request, const char *words, const struct line *lines, const struct line_match *match)
{
	enum { OPTIONS_MAX = 6 };
	struct reader reader = request_reader(request);
	size_t len = match->options_len < OPTIONS_MAX ? match->options_len : OPTIONS_MAX;
	struct arena *arena = turn_arena(request->turn);
	struct line *options = arena_array(arena, struct line, len);

	ANSWER(request, "move.which_line", MSG_TEXT("words", words));
	for (size_t i = 0; i < len; i++)
		options[i] = lines[match->options[i]];
	/* Every line would do: that is no choice. */
	if (match->options_len < OPTIONS_MAX)
		request->answer = arena_printf(arena, "%s\n%s", request->answer, receipt_words_options(&reader, options, len));
	return COMMAND_REFUSED;
}

static enum command_end propose(struct request *request, const struct money_move_draft *draft)
{
	struct reader reader = request_reader(request);
	struct money_move move;
	struct proposal proposal = { .expires_at_ms = 0 };
	enum money_move_verdict verdict = money_move_propose(request->turn, &request->actor, draft, &move);

	if (verdict == MONEY_MOVE_DONE && proposal_find(reader.view, move.proposal, &proposal))
		review_tell_move(request->house, request->turn, &move, BUDGET_NEWS_MOVE_PROPOSED, 0);
	request->answer = review_words_proposed(&reader, verdict, &move, proposal.expires_at_ms);
	return verdict == MONEY_MOVE_DONE ? COMMAND_DONE : COMMAND_REFUSED;
}

static enum command_end run(struct request *request)
{
	size_t len;
	const struct line *lines = titled_lines(request, &len);
	struct move_line line;

	move_line_read(turn_arena(request->turn), request->text, lines, len, &line);
	if (line.amount_read != AMOUNT_OK || str_empty(line.from) || str_empty(line.to)) {
		ANSWER(request, "move.how");
		return COMMAND_REFUSED;
	}
	if (line.from_match.kind == LINE_MATCH_UNCLEAR)
		return ask_line(request, line.from, lines, &line.from_match);
	if (line.to_match.kind == LINE_MATCH_UNCLEAR)
		return ask_line(request, line.to, lines, &line.to_match);
	if (str_empty(line.reason)) {
		ANSWER(request, "move.why");
		return COMMAND_REFUSED;
	}
	return propose(request, &(struct money_move_draft){
		.from = lines[line.from_match.chosen].id,
		.to = lines[line.to_match.chosen].id,
		.amount = line.amount,
		.reason = line.reason,
		.group = request->group.id,
		.language = request->language,
	});
}

/* A move is about lines, not about a person. */
static int64_t about(struct view *view, int64_t number)
{
	(void)view;
	(void)number;
	return 0;
}

static enum command_end carry_out(struct request *request, const struct proposal *proposal, const char *reason)
{
	struct reader reader = request_reader(request);
	struct money_move move;
	enum money_move_verdict verdict = money_move_carry_out(request->turn, &request->actor, proposal->number, reason, &move);

	request->answer = review_words_moved(&reader, verdict, &move);
	if (verdict != MONEY_MOVE_DONE)
		return COMMAND_REFUSED;
	review_tell_move(request->house, request->turn, &move, BUDGET_NEWS_MOVED, 0);
	return COMMAND_DONE;
}

const struct decision decision_move = {
	.roles = MONEY_MOVE_AGREE_ROLES,
	.about = about,
	.carry_out = carry_out,
};

const struct command cmd_schuif = {
	.name = "schuif",
	.english = "move",
	.roles = MONEY_MOVE_ROLES,
	.trust = TRUST_DIRECT,
	.topic = COMMAND_TOPIC_MONEY,
	.help = "help.schuif",
	.run = run,
};
