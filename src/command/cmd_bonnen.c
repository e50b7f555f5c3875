/*
 * !bonnen                   this core's newest receipts
 * !bonnen 17                one receipt; with a photo, in the message or behind it: that photo belongs to it
 * !bonnen 17 15,00          its amount
 * !bonnen 17 potje Moestuin its line
 * !bonnen 17 terug 5,00     so much of it came back
 * !bonnen 17 weg            withdraw it
 */
#include "base/arena.h"
#include "base/die.h"
#include "command/answer.h"
#include "command/bon_request.h"
#include "command/bonnen_line.h"
#include "command/records.h"

static enum command_end list(struct request *request)
{
	struct reader reader = bon_request_reader(request);
	struct receipt *receipts;
	int64_t core;
	size_t len;

	if (!bon_request_core(request, &core)) {
		ANSWER(request, "bonnen.no_core");
		return COMMAND_REFUSED;
	}
	/* One more than fits tells whether there are more. */
	receipts = receipt_list(reader.view, core, RECEIPT_PAGE_LINES + 1, &len);
	request->answer = receipt_words_list(&reader, core, receipts, len > RECEIPT_PAGE_LINES ? RECEIPT_PAGE_LINES : len, len > RECEIPT_PAGE_LINES);
	bon_request_add_waiting(request);
	return COMMAND_DONE;
}

/* Photos that came with the number: they go on it. */
static enum command_end add_photos(struct request *request, const struct receipt *receipt, const int64_t *photos, size_t len)
{
	struct reader reader = bon_request_reader(request);
	struct booking booking = { .receipt = *receipt };
	enum budget_verdict verdict = BUDGET_BOOKED;

	for (size_t i = 0; i < len && !budget_refuses(verdict); i++)
		verdict = budget_add_photo(request->turn, &request->actor, receipt->number, photos[i], &booking);
	if (budget_refuses(verdict) || verdict == BUDGET_AMOUNT_UNKNOWN || verdict == BUDGET_LINE_UNKNOWN)
		return bon_request_tell(request, verdict, receipt, &booking, RECEIPT_NEWS_MENDED);
	request->answer = SAY_TO(&reader, "bon.photo_joined", MSG_INT("number", receipt->number));
	bon_request_ask_same(request, &booking.receipt);
	return COMMAND_DONE;
}

static enum command_end show(struct request *request, const struct receipt *receipt)
{
	struct reader reader = bon_request_reader(request);
	size_t len;
	int64_t *photos = bon_request_photos(request, &len);

	if (len)
		return add_photos(request, receipt, photos, len);
	request->answer = receipt_words_card(&reader, receipt);
	return COMMAND_DONE;
}

static enum command_end how(struct request *request, int64_t number)
{
	ANSWER(request, "bonnen.how", MSG_INT("number", number));
	return COMMAND_REFUSED;
}

static enum command_end set_amount(struct request *request, const struct receipt *receipt, const char *text)
{
	struct booking booking;
	struct amount amount;
	enum amount_verdict read = amount_parse(turn_arena(request->turn), text, &amount);
	enum budget_verdict verdict;

	if (read == AMOUNT_MISSING)
		return how(request, receipt->number);
	if (read != AMOUNT_OK) {
		bon_request_ask_amount(request, receipt->number, "", read);
		return COMMAND_DONE;
	}
	verdict = budget_set_amount(request->turn, &request->actor, receipt->number, amount.amount, &booking);
	return bon_request_tell(request, verdict, receipt, &booking, receipt->has_amount ? RECEIPT_NEWS_MENDED : RECEIPT_NEWS_BOOKED);
}

static enum command_end money_back(struct request *request, const struct receipt *receipt, const char *text)
{
	struct booking booking;
	struct amount amount;
	enum budget_verdict verdict;

	if (amount_parse(turn_arena(request->turn), text, &amount) != AMOUNT_OK)
		return how(request, receipt->number);
	verdict = budget_money_back(request->turn, &request->actor, receipt->number, amount.amount, &booking);
	return bon_request_tell(request, verdict, receipt, &booking, RECEIPT_NEWS_BACK);
}

/* Which of its core's lines? */
static enum command_end ask_line(struct request *request, const struct receipt *receipt, const struct line *lines, const struct line_match *match)
{
	struct arena *arena = turn_arena(request->turn);
	struct reader reader = bon_request_reader(request);
	struct line *options = arena_array(arena, struct line, match->options_len);
	const char **names = arena_array(arena, const char *, match->options_len);

	for (size_t i = 0; i < match->options_len; i++) {
		options[i] = lines[match->options[i]];
		names[i] = options[i].name;
	}
	request->answer = arena_printf(arena, "%s\n%s", SAY_TO(&reader, "bonnen.which_line", MSG_INT("number", receipt->number)),
				       receipt_words_options(&reader, options, match->options_len));
	question_ask(request, &(struct question){ "bon.line", receipt->number, QUESTION_OPTION, names, match->options_len });
	return COMMAND_DONE;
}

static enum command_end set_line(struct request *request, const struct receipt *receipt, const char *name)
{
	struct view *view = turn_view(request->turn);
	struct booking booking;
	size_t len;
	struct line *lines = line_list_of(view, receipt->core, &len);
	struct line_match match = line_match_named(turn_arena(request->turn), name, lines, len);
	enum budget_verdict verdict;

	if (match.kind == LINE_MATCH_UNCLEAR)
		return ask_line(request, receipt, lines, &match);
	verdict = budget_set_line(request->turn, &request->actor, receipt->number, lines[match.chosen].id, &booking);
	return bon_request_tell(request, verdict, receipt, &booking, receipt->line ? RECEIPT_NEWS_MENDED : RECEIPT_NEWS_BOOKED);
}

static enum command_end withdraw(struct request *request, const struct receipt *receipt)
{
	struct booking booking;
	enum budget_verdict verdict = budget_withdraw(request->turn, &request->actor, receipt->number, &booking);

	return bon_request_tell(request, verdict, receipt, &booking, RECEIPT_NEWS_MENDED);
}

static enum command_end run(struct request *request)
{
	/* What the explanation is given with when no number was typed. */
	enum { EXAMPLE = 17 };
	struct bonnen_line line;
	struct receipt receipt;

	bonnen_line_read(turn_arena(request->turn), request->text, &line);
	if (line.action == BONNEN_ACTION_LIST)
		return list(request);
	if (line.action == BONNEN_ACTION_UNREADABLE)
		return how(request, EXAMPLE);
	if (!receipt_find(turn_view(request->turn), line.number, &receipt)) {
		ANSWER(request, "bonnen.unknown", MSG_INT("number", line.number));
		return COMMAND_REFUSED;
	}
	switch (line.action) {
	case BONNEN_ACTION_SHOW:
		return show(request, &receipt);
	case BONNEN_ACTION_AMOUNT:
		return set_amount(request, &receipt, line.rest);
	case BONNEN_ACTION_LINE:
		return set_line(request, &receipt, line.rest);
	case BONNEN_ACTION_BACK:
		return money_back(request, &receipt, line.rest);
	case BONNEN_ACTION_WITHDRAW:
		return withdraw(request, &receipt);
	case BONNEN_ACTION_LIST:
	case BONNEN_ACTION_UNREADABLE:
		break;
	}
	die("bonnen action %d", (int)line.action);
}

static const char *const aliases[] = { "bonnetjes", NULL };

const struct command cmd_bonnen = {
	.name = "bonnen",
	.english = "receipts",
	.aliases = aliases,
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_MONEY,
	.takes_photo = true,
	.help = "help.bonnen",
	.run = run,
};
