/*
 * !bon 12,50 verf         with a photo, in reply to one, or followed by one
 *
 * Everything behind the word is amount and words; a number is never the name of a receipt here.
 */
#include "base/die.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/bon_request.h"
#include "command/records.h"
#include "store/media.h"

/* The message as its author sees it: an edit of what was no receipt yet makes the first version one. */
static const char *first_event(const struct event *event)
{
	return event->kind == EVENT_EDIT ? event->target : event->id;
}

/* The amount put on a photo that was handed in without one. */
static bool find_unpriced(const struct request *request, struct receipt *ret_receipt)
{
	const char *photo = request->event->reply_to;

	return photo && receipt_find_by_event(turn_view(request->turn), photo, ret_receipt) && !ret_receipt->has_amount &&
	       ret_receipt->group == request->group.id;
}

/* No photo and no amount to go by: wait for either. */
static enum command_end wait_for_more(struct request *request, const char *words, enum amount_verdict why)
{
	const struct event *event = request->event;

	budget_remember_call(request->turn, request->group.id, request->person.id,
			     &(struct receipt_call){ first_event(event), event->sent_at_ms, event->disappearing, request->language,
						     bon_request_words(request, words) });
	bon_request_ask_amount(request, 0, "", why);
	return COMMAND_DONE;
}

/* The amount cannot be read: a photo is kept all the same. */
static enum command_end keep(struct request *request, int64_t core, struct bon_message *message, enum amount_verdict why)
{
	struct reader reader = bon_request_reader(request);
	struct booking booking;
	enum budget_verdict verdict;

	if (!message->photos_len)
		return wait_for_more(request, message->words, why);
	message->amount = NULL;
	verdict = bon_request_book(request, core, message, &booking);
	INVARIANT(verdict == BUDGET_AMOUNT_UNKNOWN);
	bon_request_ask_amount(request, booking.receipt.number, receipt_words_kept(&reader, &booking.receipt), why);
	return COMMAND_DONE;
}

static enum command_end run(struct request *request)
{
	const struct event *event = request->event;
	struct bon_message message = { .event = first_event(event), .sent_at_ms = event->sent_at_ms, .disappearing = event->disappearing };
	struct receipt unpriced;
	struct booking booking;
	struct amount amount;
	enum amount_verdict read = amount_parse(turn_arena(request->turn), request->text, &amount);
	enum budget_verdict verdict;
	int64_t core;

	if (!bon_request_core(request, &core)) {
		ANSWER(request, "bon.no_core");
		return COMMAND_REFUSED;
	}
	if (read == AMOUNT_OK && find_unpriced(request, &unpriced)) {
		verdict = budget_set_amount(request->turn, &request->actor, unpriced.number, amount.amount, &booking);
		return bon_request_tell(request, verdict, &unpriced, &booking, RECEIPT_NEWS_BOOKED);
	}
	message.words = amount.rest;
	message.photos = bon_request_photos(request, &message.photos_len);
	if (read != AMOUNT_OK)
		return keep(request, core, &message, read);
	message.amount = &amount.amount;
	verdict = bon_request_book(request, core, &message, &booking);
	if (verdict == BUDGET_ABSURD)
		return keep(request, core, &message, AMOUNT_ABSURD);
	return bon_request_tell(request, verdict, NULL, &booking, RECEIPT_NEWS_BOOKED);
}

static const char *const aliases[] = { "bonnetje", NULL };

const struct command cmd_bon = {
	.name = "bon",
	.english = "receipt",
	.aliases = aliases,
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_MONEY,
	.everyday = true,
	.takes_photo = true,
	.help = "help.bon",
	.run = run,
};

/* The amount of a !bon that had neither amount nor photo. */
static enum command_end book_call(struct request *request, struct cents amount)
{
	struct receipt_call call;
	struct booking booking;
	struct bon_message message;
	enum budget_verdict verdict;
	int64_t core;

	if (!bon_request_core(request, &core) ||
	    !budget_find_call(turn_view(request->turn), request->group.id, request->person.id, 0, &call))
		return COMMAND_REFUSED;
	message = (struct bon_message){ call.event, call.sent_at_ms, call.disappearing, call.words, &amount, NULL, 0 };
	message.photos = bon_request_photos(request, &message.photos_len);
	verdict = bon_request_book(request, core, &message, &booking);
	if (verdict == BUDGET_ABSURD) {
		bon_request_ask_amount(request, 0, "", AMOUNT_ABSURD);
		return COMMAND_DONE;
	}
	return bon_request_tell(request, verdict, NULL, &booking, RECEIPT_NEWS_BOOKED);
}

/* An amount may come as the caption of the photo. */
static enum budget_verdict set_amount(struct request *request, int64_t number, struct cents amount, struct booking *ret_booking)
{
	enum budget_verdict verdict = budget_set_amount(request->turn, &request->actor, number, amount, ret_booking);
	size_t len;
	const int64_t *photos = bon_request_photos(request, &len);

	for (size_t i = 0; i < len && !budget_refuses(verdict); i++)
		verdict = budget_add_photo(request->turn, &request->actor, number, photos[i], ret_booking);
	return verdict;
}

enum command_end bon_amount_answered(struct request *request, const struct question_reply *reply)
{
	struct receipt receipt;
	struct booking booking;
	struct amount amount;
	enum budget_verdict verdict;
	enum receipt_news news;

	if (amount_parse(turn_arena(request->turn), reply->text, &amount) != AMOUNT_OK)
		return COMMAND_REFUSED;
	if (!reply->subject)
		return book_call(request, amount.amount);
	receipt = receipt_get(turn_view(request->turn), reply->subject);
	news = receipt.has_amount ? RECEIPT_NEWS_MENDED : RECEIPT_NEWS_BOOKED;
	verdict = set_amount(request, receipt.number, amount.amount, &booking);
	if (verdict == BUDGET_ABSURD) {
		bon_request_ask_amount(request, receipt.number, "", AMOUNT_ABSURD);
		return COMMAND_DONE;
	}
	return bon_request_tell(request, verdict, &receipt, &booking, news);
}

enum command_end bon_line_answered(struct request *request, const struct question_reply *reply)
{
	struct view *view = turn_view(request->turn);
	struct receipt receipt = receipt_get(view, reply->subject);
	enum receipt_news news = receipt.line ? RECEIPT_NEWS_MENDED : RECEIPT_NEWS_BOOKED;
	struct booking booking;
	size_t len;
	const struct line *lines = line_list_of(view, receipt.core, &len);

	for (size_t i = 0; i < len; i++) {
		if (str_equal(lines[i].name, reply->chosen))
			return bon_request_tell(request, budget_set_line(request->turn, &request->actor, receipt.number, lines[i].id, &booking), &receipt,
						&booking, news);
	}
	die("receipt %lld: no line called %s", (long long)receipt.number, reply->chosen);
}

enum command_end bon_same_answered(struct request *request, const struct question_reply *reply)
{
	struct receipt receipt = receipt_get(turn_view(request->turn), reply->subject);
	struct booking booking;
	enum budget_verdict verdict;

	if (!receipt.same_as)
		return COMMAND_REFUSED;
	if (reply->yes)
		verdict = budget_withdraw(request->turn, &request->actor, receipt.number, &booking);
	else
		verdict = budget_keep(request->turn, &request->actor, receipt.number, &booking);
	if (bon_request_tell(request, verdict, &receipt, &booking, RECEIPT_NEWS_MENDED) == COMMAND_REFUSED)
		return COMMAND_REFUSED;
	ANSWER(request, reply->yes ? "bon.same.withdrawn" : "bon.same.kept", MSG_INT("number", receipt.number), MSG_INT("other", receipt.same_as));
	return COMMAND_DONE;
}
