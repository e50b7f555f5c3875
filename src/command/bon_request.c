#include "command/bon_request.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "budget/review.h"
#include "command/album.h"
#include "command/answer.h"
#include "store/media.h"
#include "text/unicode.h"
#include "text/zone.h"

enum { WORDS_KEPT_MAX = 300 };

struct reader bon_request_reader(const struct request *request)
{
	return (struct reader){ request->house, turn_view(request->turn), &request->group, request->language };
}

/* The only core this person is lead of. */
static bool find_led_core(const struct request *request, int64_t *ret_core)
{
	struct view *view = turn_view(request->turn);
	int64_t found = 0;
	size_t len;
	const struct core *cores = core_list(view, &len);

	for (size_t i = 0; i < len; i++) {
		if (!actor_leads(view, &request->actor, cores[i].id))
			continue;
		if (found)
			return false;
		found = cores[i].id;
	}
	*ret_core = found;
	return found != 0;
}

bool bon_request_core(const struct request *request, int64_t *ret_core)
{
	switch (request->group.kind) {
	case GROUP_KIND_CORE:
		*ret_core = request->group.core;
		return true;
	case GROUP_KIND_PRIVATE:
		return find_led_core(request, ret_core);
	case GROUP_KIND_COORDINATORS:
	case GROUP_KIND_AUDIT:
	case GROUP_KIND_NEIGHBOURHOOD:
		*ret_core = 0;
		return true;
	}
	return false;
}

bool bon_request_is_photo(const struct media *file)
{
	return str_starts(file->mime, "image/") || str_equal(file->mime, "application/pdf");
}

static bool is_free(struct view *view, const struct media_row *file)
{
	struct receipt receipt;

	return bon_request_is_photo(&file->file) && !receipt_find_by_media(view, file->id, &receipt);
}

/* The photo in the message, or in the one it answers. */
static bool find_photo(const struct request *request, struct media_row *ret_file)
{
	struct view *view = turn_view(request->turn);
	const struct event *event = request->event;

	if (!media_find(view, event->id, ret_file) &&
	    !(event->reply_to && media_find(view, event->reply_to, ret_file) && str_equal(ret_file->room, event->room)))
		return false;
	return bon_request_is_photo(&ret_file->file);
}

int64_t *bon_request_photos(const struct request *request, size_t *ret_len)
{
	struct view *view = turn_view(request->turn);
	struct media_row file, *before;
	size_t before_len, len = 0;
	int64_t *photos;

	*ret_len = 0;
	if (!find_photo(request, &file))
		return NULL;
	before = album_before(request, &before_len);
	photos = arena_array(turn_arena(request->turn), int64_t, before_len + 1);
	for (size_t i = 0; i < before_len; i++) {
		if (is_free(view, &before[i]))
			photos[len++] = before[i].id;
	}
	photos[len++] = file.id;
	*ret_len = len;
	return photos;
}

const char *bon_request_words(const struct request *request, const char *words)
{
	char *kept = unicode_cut(turn_arena(request->turn), words, WORDS_KEPT_MAX);
	size_t len = strlen(kept);

	/* "koek." and "koek" are the same words, and the answer goes on behind them. */
	while (len && strchr(".,;: \n", kept[len - 1]))
		kept[--len] = '\0';
	return kept;
}

enum budget_verdict bon_request_book(struct request *request, int64_t core, const struct bon_message *message, struct booking *ret_booking)
{
	const struct receipt_draft draft = {
		.group = request->group.id,
		.core = core,
		.event = message->event,
		.sent_at_ms = message->sent_at_ms,
		.day = zone_format_date(request->house->zone, turn_arena(request->turn), message->sent_at_ms),
		.disappearing = message->disappearing,
		.language = request->language,
		.words = bon_request_words(request, message->words),
		.has_amount = message->amount != NULL,
		.amount = message->amount ? *message->amount : cents_from_int64(0),
		.photos = message->photos,
		.photos_len = message->photos_len,
	};

	return budget_book(request->turn, &request->actor, &draft, ret_booking);
}

static void say(struct request *request, const char *separator, const char *more)
{
	request->answer = str_empty(request->answer) ? more : arena_printf(turn_arena(request->turn), "%s%s%s", request->answer, separator, more);
}

void bon_request_add_waiting(struct request *request)
{
	struct reader reader = bon_request_reader(request);
	int64_t waiting;

	if (!(request->actor.roles & REVIEW_ROLES) || request->group.kind == GROUP_KIND_CORE)
		return;
	waiting = review_count_waiting(reader.view);
	if (waiting)
		say(request, "\n", SAY_TO(&reader, "review.waiting.short", MSG_INT("count", waiting)));
}

void bon_request_ask_amount(struct request *request, int64_t number, const char *said, enum amount_verdict why)
{
	struct reader reader = bon_request_reader(request);

	request->answer = said;
	say(request, " ", receipt_words_how_much(&reader, why));
	question_ask(request, &(struct question){ .kind = "bon.amount", .subject = number, .answer = QUESTION_AMOUNT });
}

static void ask_line(struct request *request, const struct booking *booking)
{
	const char **options = arena_array(turn_arena(request->turn), const char *, booking->options_len);

	for (size_t i = 0; i < booking->options_len; i++)
		options[i] = booking->options[i].name;
	question_ask(request, &(struct question){ .kind = "bon.line",
						  .subject = booking->receipt.number,
						  .answer = QUESTION_OPTION,
						  .options = options,
						  .options_len = booking->options_len });
}

void bon_request_ask_same(struct request *request, const struct receipt *receipt)
{
	struct reader reader = bon_request_reader(request);

	if (!receipt->same_as)
		return;
	say(request, "\n", SAY_TO(&reader, "bon.same", MSG_INT("other", receipt->same_as)));
	question_ask(request, &(struct question){ .kind = "bon.same", .subject = receipt->number, .answer = QUESTION_YES_NO });
}

/* Ask for the photo, or say that it is not in yet. */
static void tell_photo(struct request *request, const struct receipt *receipt)
{
	struct reader reader = bon_request_reader(request);
	struct view *view = turn_view(request->turn);
	size_t len;
	const struct receipt_photo *photos = receipt_photos(view, receipt->number, &len);

	if (!len)
		say(request, "\n", SAY_TO(&reader, "bon.no_photo", MSG_INT("number", receipt->number)));
	for (size_t i = 0; i < len; i++) {
		struct media_row file = media_get(view, photos[i].media);

		if (file.state == MEDIA_FAILED) {
			say(request, "\n", receipt_words_file_failed(&reader, receipt->number, file.why_failed));
			return;
		}
		if (file.state == MEDIA_WANTED) {
			say(request, "\n", SAY_TO(&reader, "bon.file_pending"));
			return;
		}
	}
}

enum command_end bon_request_tell(struct request *request, enum budget_verdict verdict, const struct receipt *before, const struct booking *booking,
				  enum receipt_news news)
{
	struct reader reader = bon_request_reader(request);

	if (budget_refuses(verdict)) {
		request->answer = receipt_words_refusal(&reader, verdict, before);
		return COMMAND_REFUSED;
	}
	request->answer = receipt_words_news(&reader, verdict, booking, news);
	if (verdict == BUDGET_AMOUNT_UNKNOWN) {
		question_ask(request, &(struct question){ .kind = "bon.amount", .subject = booking->receipt.number, .answer = QUESTION_AMOUNT });
	} else if (verdict == BUDGET_LINE_UNKNOWN) {
		if (booking->options_len)
			ask_line(request, booking);
	} else if (verdict != BUDGET_WITHDRAWN) {
		if (news == RECEIPT_NEWS_BOOKED)
			tell_photo(request, &booking->receipt);
		bon_request_ask_same(request, &booking->receipt);
	}
	return COMMAND_DONE;
}
