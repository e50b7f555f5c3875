/*
 * What neighbours do with a receipt besides typing a command: the photo that follows, a sharper copy of it,
 * an edit of their message, taking it back. And what becomes of a photo on its way.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/better_photo.h"
#include "command/bon_request.h"
#include "command/grammar.h"
#include "command/records.h"
#include "ideas/idea.h"
#include "people/link.h"
#include "say/unasked.h"
#include "store/media.h"
#include "store/outbox.h"

/* A !bon without amount waits this long for its photo. */
#define CALL_WAITS_MS (10 * MS_PER_MINUTE)

/* How long it is worth telling that a photo did not arrive. */
#define FILE_NEWS_MS (2 * MS_PER_DAY)

/* The receipt that an event is about, also when that is our own answer. */
static bool find_meant(const struct request *request, const char *event, struct receipt *ret_receipt)
{
	struct view *view = turn_view(request->turn);
	const char *answered;

	if (receipt_find_by_event(view, event, ret_receipt))
		return true;
	return outbox_find_answered(view, event, &answered) && receipt_find_by_event(view, answered, ret_receipt);
}

/* The photo belongs to what was said last: has this person shared an idea since? */
static bool idea_came_after(const struct request *request, int64_t sent_at_ms)
{
	struct idea idea;

	return idea_find_latest(turn_view(request->turn), request->person.id, request->group.id, sent_at_ms, &idea);
}

/* The receipt that a photo which is no command belongs to. */
static bool find_followed(const struct request *request, struct receipt *ret_receipt)
{
	const struct event *event = request->event;

	if (event->reply_to)
		return find_meant(request, event->reply_to, ret_receipt);
	if (!receipt_find_for_photo(turn_view(request->turn), request->group.id, request->person.id, event->sent_at_ms, ret_receipt))
		return false;
	/* With words of its own it only counts where a photo is still waited for. */
	if (ret_receipt->photos && !str_empty(event->body))
		return false;
	return !idea_came_after(request, ret_receipt->sent_at_ms);
}

/* A photo has no words to tell the language by: speak that of the receipt, unless this person chose one. */
static void speak(struct request *request, enum language language)
{
	if (!request->person.has_language)
		request->language = language;
}

static void join(struct request *request, const struct receipt *receipt, int64_t media)
{
	struct reader reader;
	struct booking booking;
	enum budget_verdict verdict = budget_add_photo(request->turn, &request->actor, receipt->number, media, &booking);

	speak(request, receipt->language);
	reader = bon_request_reader(request);
	if (budget_refuses(verdict)) {
		request->answer = receipt_words_refusal(&reader, verdict, receipt);
		return;
	}
	/* The rest of an album needs no words. */
	if (!receipt->photos)
		request->answer = SAY_TO(&reader, "bon.photo_joined", MSG_INT("number", receipt->number));
	if (booking.same_is_new)
		bon_request_ask_same(request, &booking.receipt);
}

/* A !bon that had no amount gets its photo, which may carry amount and words. */
static bool take_call(struct request *request, int64_t media)
{
	const struct event *event = request->event;
	struct receipt_call call;
	struct bon_message message;
	struct booking booking;
	struct amount amount;
	bool priced = amount_parse(turn_arena(request->turn), event->body, &amount) == AMOUNT_OK;
	enum budget_verdict verdict;
	int64_t core;

	if (event->reply_to || !bon_request_core(request, &core) ||
	    !budget_find_call(turn_view(request->turn), request->group.id, request->person.id, event->sent_at_ms - CALL_WAITS_MS, &call) ||
	    idea_came_after(request, call.sent_at_ms))
		return false;
	speak(request, call.language);
	message = (struct bon_message){ call.event, call.sent_at_ms, call.disappearing, str_empty(call.words) ? amount.rest : call.words,
					priced ? &amount.amount : NULL, &media, 1 };
	verdict = bon_request_book(request, core, &message, &booking);
	if (verdict == BUDGET_ABSURD) {
		message.amount = NULL;
		verdict = bon_request_book(request, core, &message, &booking);
	}
	bon_request_tell(request, verdict, NULL, &booking, RECEIPT_NEWS_BOOKED);
	return true;
}

static bool on_message(struct request *request)
{
	const struct event *event = request->event;
	struct receipt receipt;
	struct media_row file;

	if (!event->media || !bon_request_is_photo(event->media) || !media_find(turn_view(request->turn), event->id, &file))
		return false;
	if (take_call(request, file.id))
		return true;
	if (!find_followed(request, &receipt))
		return false;
	join(request, &receipt, file.id);
	return true;
}

static bool swap_photo(struct request *request)
{
	struct media_row old, better;
	struct receipt receipt;
	struct reader reader;

	if (!better_photo_find(request, &old, &better) || !receipt_find_by_media(turn_view(request->turn), old.id, &receipt))
		return false;
	if (!budget_replace_photo(request->turn, &receipt, old.id, better.id)) {
		speak(request, receipt.language);
		reader = bon_request_reader(request);
		request->answer = receipt_words_refusal(&reader, BUDGET_SETTLED, &receipt);
	}
	return true;
}

/* What the edited message says behind !bon, and in which language; false when that is not what it is. */
static bool read_edit(struct request *request, const char **ret_text)
{
	struct grammar_line line;

	if (grammar_find(turn_arena(request->turn), request->event->body, commands, &line) != GRAMMAR_COMMAND || line.command != &cmd_bon)
		return false;
	*ret_text = line.rest;
	request->language = grammar_language(line.tongue, request->language);
	return true;
}

static void rewrite(struct request *request, const struct receipt *receipt, const char *text)
{
	struct booking booking;
	struct amount amount;
	const char *words;
	enum amount_verdict read = amount_parse(turn_arena(request->turn), text, &amount);
	enum budget_verdict verdict;

	words = bon_request_words(request, amount.rest);
	if (read != AMOUNT_OK) {
		if (receipt->has_amount || !str_equal(words, receipt->words))
			bon_request_ask_amount(request, receipt->number, "", read);
		return;
	}
	if (receipt->has_amount && cents_compare(receipt->amount, amount.amount) == 0 && str_equal(receipt->words, words))
		return;
	verdict = budget_rewrite(request->turn, &request->actor, receipt->number, words, amount.amount, &booking);
	bon_request_tell(request, verdict, receipt, &booking, receipt->has_amount ? RECEIPT_NEWS_MENDED : RECEIPT_NEWS_BOOKED);
}

/* The author mends his own message; an edit never does more than that. */
static bool edit_words(struct request *request)
{
	struct view *view = turn_view(request->turn);
	const char *target = request->event->target, *text;
	struct receipt_call call;
	struct receipt receipt;

	if (!read_edit(request, &text))
		return false;
	if (receipt_find_by_event(view, target, &receipt)) {
		if (str_equal(receipt.event, target) && link_is_one(view, receipt.author, request->person.id))
			rewrite(request, &receipt, text);
		return true;
	}
	if (!budget_find_call(view, request->group.id, request->person.id, 0, &call) || !str_equal(call.event, target))
		return false;
	request->text = text;
	return cmd_bon.run(request) == COMMAND_DONE;
}

static bool on_edit(struct request *request)
{
	bool swapped = swap_photo(request);
	bool edited = edit_words(request);

	return swapped || edited;
}

static bool on_redaction(struct request *request)
{
	const struct event *event = request->event;
	struct receipt receipt;

	enum budget_removal removal = budget_message_removed(request->turn, &request->actor, event->target, event->sent_at_ms, &receipt);

	if (removal != BUDGET_REMOVAL_NOTHING)
		speak(request, receipt.language);
	switch (removal) {
	case BUDGET_REMOVAL_NOTHING:
		return false;
	case BUDGET_REMOVAL_WITHDRAWN:
		ANSWER(request, "bon.withdrawn", MSG_INT("number", receipt.number));
		return true;
	case BUDGET_REMOVAL_PHOTO:
		ANSWER(request, "bon.photo_removed", MSG_INT("number", receipt.number));
		return true;
	case BUDGET_REMOVAL_KEPT:
		request->answer = SAY(request->house->catalogue, turn_arena(request->turn), request->language,
				      receipt.state == RECEIPT_APPROVED || receipt.state == RECEIPT_REJECTED ? "bon.removed.settled" : "bon.removed",
				      MSG_INT("number", receipt.number));
		return true;
	}
	die("budget removal");
}

/* In the receipt's own group. */
static void tell_group(const struct house *house, struct turn *turn, const struct group *group, const char *body, const char *dedupe)
{
	if (group->room)
		(void)unasked_add(house, turn, &(struct unasked){ .room = group->room, .body = body, .dedupe = dedupe, .useful_ms = FILE_NEWS_MS });
}

static void on_file(const struct house *house, struct turn *turn, const struct media_row *file)
{
	struct view *view = turn_view(turn);
	struct receipt receipt;
	struct booking booking;
	struct reader reader;
	struct group group;

	if (!receipt_find_by_media(view, file->id, &receipt))
		return;
	group = group_get(view, receipt.group);
	reader = (struct reader){ house, view, &group, receipt.language };
	if (file->state == MEDIA_FAILED)
		tell_group(house, turn, &group, receipt_words_file_failed(&reader, receipt.number, file->why_failed),
			   arena_printf(turn_arena(turn), "bon/file/%" PRId64, file->id));
	else if (budget_photo_stored(turn, file->id, &booking))
		tell_group(house, turn, &group,
			   SAY_TO(&reader, "bon.same_photo", MSG_INT("number", receipt.number), MSG_INT("other", booking.receipt.same_as)),
			   arena_printf(turn_arena(turn), "bon/same/%" PRId64, receipt.number));
}

const struct listener on_receipt = {
	.name = "receipt",
	.on_message = on_message,
	.on_edit = on_edit,
	.on_redaction = on_redaction,
	.on_file = on_file,
};
