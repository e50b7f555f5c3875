#include "say/review_words.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "say/budget_words.h"
#include "say/receipt_words.h"
#include "say/typed.h"
#include "text/unicode.h"
#include "text/zone.h"

/* In characters as a reader counts them. */
enum { REASON_MAX = 160, LIST_BYTES_MAX = 420 };

/* Why, as somebody of the office typed it: in a group of theirs. */
static const char *short_reason(const struct reader *reader, const char *reason)
{
	return unicode_short_line(view_arena(reader->view), typed_for(reader, TYPED_ELSEWHERE, reason), REASON_MAX);
}

static char *settled(const struct reader *reader, const struct receipt *receipt)
{
	switch (receipt->state) {
	case RECEIPT_APPROVED:
		return SAY_TO(reader, "review.settled.approved", MSG_INT("number", receipt->number));
	case RECEIPT_REJECTED:
		return SAY_TO(reader, "review.settled.rejected", MSG_INT("number", receipt->number));
	case RECEIPT_WITHDRAWN:
		return SAY_TO(reader, "review.settled.withdrawn", MSG_INT("number", receipt->number));
	case RECEIPT_SUBMITTED:
	case RECEIPT_ASKED:
		break;
	}
	die("receipt %" PRId64 " is not settled", receipt->number);
}

char *review_words_refusal(const struct reader *reader, enum review_verdict verdict, int64_t number, const struct receipt *receipt)
{
	switch (verdict) {
	case REVIEW_NO_OFFICE:
		return SAY_TO(reader, "review.no_office");
	case REVIEW_UNKNOWN:
		return SAY_TO(reader, "bonnen.unknown", MSG_INT("number", number));
	case REVIEW_OWN:
		return SAY_TO(reader, "review.own", MSG_INT("number", number));
	case REVIEW_OWN_ALONE:
		return SAY_TO(reader, "review.own_alone", MSG_INT("number", number));
	case REVIEW_APART:
		return SAY_TO(reader, receipt->discuss == RECEIPT_DISCUSS_CAP ? "review.capped" : "review.apart", MSG_INT("number", number));
	case REVIEW_SETTLED:
		return settled(reader, receipt);
	case REVIEW_PAID:
		return SAY_TO(reader, "review.settled.paid", MSG_INT("number", number));
	case REVIEW_NOT_APPROVED:
		return SAY_TO(reader, "review.not_approved", MSG_INT("number", number));
	case REVIEW_DONE:
		break;
	}
	die("review verdict %d", (int)verdict);
}

static char *add_rows(const struct reader *reader, char *text, const struct receipt *receipts, size_t len)
{
	for (size_t i = 0; i < len && strlen(text) < LIST_BYTES_MAX; i++)
		text = arena_printf(view_arena(reader->view), "%s\n%s", text, receipt_words_row(reader, &receipts[i]));
	return text;
}

char *review_words_waiting(const struct reader *reader, int64_t waiting, const struct receipt *receipts, size_t len)
{
	char *text;

	if (!waiting)
		return SAY_TO(reader, "review.waiting.none");
	if (!len)
		return SAY_TO(reader, "review.waiting.own", MSG_INT("count", waiting));
	text = add_rows(reader, SAY_TO(reader, "review.waiting", MSG_INT("count", waiting)), receipts, len);
	return arena_printf(view_arena(reader->view), "%s\n%s", text, SAY_TO(reader, "review.waiting.how", MSG_INT("number", receipts[0].number)));
}

char *review_words_sample(const struct reader *reader, const struct sample *sample)
{
	struct arena *arena = view_arena(reader->view);
	char *text;

	if (!sample->len)
		return SAY_TO(reader, "sample.none");
	text = SAY_TO(reader, "sample.title", MSG_INT("count", (int64_t)sample->len), MSG_INT("waiting", (int64_t)sample->waiting));
	for (size_t i = 0; i < sample->len; i++) {
		const char *row = receipt_words_row(reader, &sample->receipts[i]);

		/* What no longer fits is told by its number. */
		if (strlen(text) + strlen(row) > LIST_BYTES_MAX)
			row = arena_printf(arena, "%" PRId64, sample->receipts[i].number);
		text = arena_printf(arena, "%s\n%s", text, row);
	}
	return arena_printf(arena, "%s\n%s", text, SAY_TO(reader, "sample.again", MSG_INT("count", (int64_t)sample->len), MSG_TEXT("seed", sample->seed)));
}

static char *move_news(const struct reader *reader, const struct budget_news *news)
{
	struct money_move move = money_move_get(reader->view, news->subject);
	const char *from = budget_words_line(reader, &move.from), *to = budget_words_line(reader, &move.to), *reason = short_reason(reader, move.reason);

	switch (news->kind) {
	case BUDGET_NEWS_MOVE_PROPOSED:
		return SAY_TO(reader, "review.news.move_proposed", MSG_INT("number", news->subject), MSG_CENTS("amount", move.amount), MSG_TEXT("from", from),
			      MSG_TEXT("to", to), MSG_TEXT("reason", reason));
	case BUDGET_NEWS_MOVED:
		return SAY_TO(reader, "review.news.moved", MSG_CENTS("amount", move.amount), MSG_TEXT("from", from), MSG_TEXT("to", to), MSG_TEXT("reason", reason));
	case BUDGET_NEWS_MOVE_ENDED:
		return SAY_TO(reader, "review.news.move_ended", MSG_INT("number", news->subject), MSG_CENTS("amount", move.amount), MSG_TEXT("from", from));
	case BUDGET_NEWS_APPROVED:
	case BUDGET_NEWS_REJECTED:
	case BUDGET_NEWS_PAID:
	case BUDGET_NEWS_SOLE:
		break;
	}
	die("budget news %d", (int)news->kind);
}

char *review_words_news(const struct reader *reader, const struct budget_news *news)
{
	struct receipt receipt;
	const char *reason;

	switch (news->kind) {
	case BUDGET_NEWS_APPROVED:
	case BUDGET_NEWS_PAID:
		return review_words_news_list(reader, news->kind, &news->subject, 1);
	case BUDGET_NEWS_REJECTED:
	case BUDGET_NEWS_SOLE:
		receipt = receipt_get(reader->view, news->subject);
		reason = news->kind == BUDGET_NEWS_SOLE ? review_sole_reason(reader->view, news->subject) : review_reason(reader->view, news->subject);
		return SAY_TO(reader, news->kind == BUDGET_NEWS_SOLE ? "review.news.sole" : "review.news.rejected", MSG_INT("number", receipt.number),
			      MSG_TEXT("what", receipt_words_what(reader, &receipt)), MSG_TEXT("reason", short_reason(reader, reason ? reason : "")));
	case BUDGET_NEWS_MOVE_PROPOSED:
	case BUDGET_NEWS_MOVED:
	case BUDGET_NEWS_MOVE_ENDED:
		return move_news(reader, news);
	}
	die("budget news %d", (int)news->kind);
}

char *review_words_news_list(const struct reader *reader, enum budget_news_kind kind, const int64_t *numbers, size_t len)
{
	struct arena *arena = view_arena(reader->view);
	const char *list = "";

	for (size_t i = 0; i < len; i++) {
		struct receipt receipt = receipt_get(reader->view, numbers[i]);

		list = arena_printf(arena, "%s%s%" PRId64 " (%s)", list, i ? ", " : "", numbers[i], receipt_words_what(reader, &receipt));
	}
	return SAY_TO(reader, kind == BUDGET_NEWS_PAID ? "review.news.paid" : "review.news.approved", MSG_INT("count", (int64_t)len), MSG_TEXT("list", list));
}

static char *move_refusal(const struct reader *reader, enum money_move_verdict verdict, const struct money_move *move)
{
	const char *from = budget_words_line(reader, &move->from);

	switch (verdict) {
	case MONEY_MOVE_NO_OFFICE:
		return SAY_TO(reader, "move.no_office");
	case MONEY_MOVE_SAME_LINE:
		return SAY_TO(reader, "move.same_line");
	case MONEY_MOVE_TOO_MUCH:
		if (cents_is_negative(move->from.left))
			return SAY_TO(reader, "move.nothing_left", MSG_TEXT("from", from));
		return SAY_TO(reader, "move.too_much", MSG_TEXT("from", from), MSG_CENTS("left", move->from.left));
	case MONEY_MOVE_CAPPED:
		return SAY_TO(reader, "move.capped", MSG_INT("percent", HANDLING_CAP_PERCENT), MSG_CENTS("cap", move->cap), MSG_CENTS("handling", move->handling));
	case MONEY_MOVE_DONE:
		break;
	}
	die("money move verdict %d", (int)verdict);
}

char *review_words_proposed(const struct reader *reader, enum money_move_verdict verdict, const struct money_move *move, int64_t expires_at_ms)
{
	const char *date;

	if (verdict != MONEY_MOVE_DONE)
		return move_refusal(reader, verdict, move);
	date = zone_format_pattern(reader->house->zone, view_arena(reader->view), reader->language, "EEEE d MMMM", expires_at_ms);
	return SAY_TO(reader, "move.proposed", MSG_INT("number", move->proposal), MSG_CENTS("amount", move->amount),
		      MSG_TEXT("from", budget_words_line(reader, &move->from)), MSG_TEXT("to", budget_words_line(reader, &move->to)), MSG_TEXT("date", date));
}

char *review_words_moved(const struct reader *reader, enum money_move_verdict verdict, const struct money_move *move)
{
	if (verdict != MONEY_MOVE_DONE)
		return move_refusal(reader, verdict, move);
	return SAY_TO(reader, "move.done", MSG_CENTS("amount", move->amount), MSG_TEXT("from", budget_words_line(reader, &move->from)),
		      MSG_TEXT("to", budget_words_line(reader, &move->to)), MSG_CENTS("from_left", move->from.left), MSG_CENTS("to_left", move->to.left));
}
