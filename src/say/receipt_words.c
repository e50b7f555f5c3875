#include "say/receipt_words.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "budget/review.h"
#include "people/name.h"
#include "say/typed.h"
#include "text/spoken_number.h"
#include "text/unicode.h"
#include "text/zone.h"

/* In characters as a reader counts them; a card or a list stays within 600. */
enum { WORDS_MAX = 80, LIST_WORDS_MAX = 28, LINE_NAME_MAX = 60, LIST_LINE_NAME_MAX = 18 };

static bool is_own_group(const struct reader *reader, const struct receipt *receipt)
{
	if (reader->group->core)
		return reader->group->core == receipt->core;
	return reader->group->id == receipt->group;
}

static const char *date(const struct reader *reader, const struct receipt *receipt)
{
	return zone_format_pattern(reader->house->zone, view_arena(reader->view), reader->language, "d MMMM", receipt->sent_at_ms);
}

/* "€12,50 verf", "€12,50", "verf"; NULL when nothing is known. */
static const char *what(const struct reader *reader, const struct receipt *receipt, size_t words_max)
{
	struct arena *arena = view_arena(reader->view);
	const char *words = typed_for(reader, is_own_group(reader, receipt) ? reader->group->id : TYPED_ELSEWHERE, receipt->words);
	const char *amount = receipt->has_amount ? cents_spoken(arena, reader->language, receipt->amount) : NULL;

	words = unicode_short_line(arena, words, words_max);
	if (!amount)
		return str_empty(words) ? NULL : words;
	if (str_empty(words))
		return amount;
	/* "€18,00 (2 zakken aarde 9)": numbers side by side read as one. */
	return arena_printf(arena, strchr("0123456789", words[0]) || str_starts(words, "€") ? "%s (%s)" : "%s %s", amount, words);
}

const char *receipt_words_what(const struct reader *reader, const struct receipt *receipt)
{
	const char *said = what(reader, receipt, WORDS_MAX);

	return said ? said : SAY_TO(reader, "bonnen.card.nothing");
}

static const char *line_name(const struct reader *reader, const struct line *line)
{
	return unicode_cut(view_arena(reader->view), line->name, LINE_NAME_MAX);
}

static const char *booked(const struct reader *reader, const struct booking *booking, enum receipt_news news)
{
	const struct receipt *receipt = &booking->receipt;
	const char *said = what(reader, receipt, WORDS_MAX), *line = line_name(reader, &booking->line);

	switch (news) {
	case RECEIPT_NEWS_BOOKED:
		return SAY_TO(reader, "bon.booked", MSG_INT("number", receipt->number), MSG_TEXT("what", said), MSG_TEXT("line", line));
	case RECEIPT_NEWS_MENDED:
		return SAY_TO(reader, "bon.mended", MSG_INT("number", receipt->number), MSG_TEXT("what", said), MSG_TEXT("line", line));
	case RECEIPT_NEWS_BACK:
		return SAY_TO(reader, "bon.back", MSG_INT("number", receipt->number), MSG_TEXT("what", said), MSG_TEXT("line", line),
			      MSG_CENTS("back", receipt->back));
	}
	die("receipt news %d", (int)news);
}

/* What the line has left, and a word when it nears its end. */
static const char *left(const struct reader *reader, const struct booking *booking)
{
	const char *words = SAY_TO(reader, "bon.left", MSG_CENTS("left", booking->line.left));

	switch (booking->warning) {
	case BUDGET_WARNING_NONE:
		return words;
	case BUDGET_WARNING_80:
		return arena_printf(view_arena(reader->view), "%s %s", words, SAY_TO(reader, "bon.warn_80"));
	case BUDGET_WARNING_100:
		return SAY_TO(reader, "bon.warn_100");
	}
	die("budget warning %d", (int)booking->warning);
}

char *receipt_words_kept(const struct reader *reader, const struct receipt *receipt)
{
	const char *said = what(reader, receipt, WORDS_MAX);

	if (!said)
		return SAY_TO(reader, "bon.kept", MSG_INT("number", receipt->number));
	return SAY_TO(reader, "bon.kept_what", MSG_INT("number", receipt->number), MSG_TEXT("what", said));
}

static char *two(const struct reader *reader, const char *first, const char *second)
{
	return arena_printf(view_arena(reader->view), "%s %s", first, second);
}

char *receipt_words_news(const struct reader *reader, enum budget_verdict verdict, const struct booking *booking, enum receipt_news news)
{
	const struct receipt *receipt = &booking->receipt;

	switch (verdict) {
	case BUDGET_BOOKED:
		return two(reader, booked(reader, booking, news), left(reader, booking));
	case BUDGET_BOOKED_OVER:
		return two(reader, booked(reader, booking, news), SAY_TO(reader, "bon.over", MSG_CENTS("over", cents_negate(booking->line.left))));
	case BUDGET_CAPPED:
		return two(reader, receipt_words_kept(reader, receipt), SAY_TO(reader, "bon.capped", MSG_INT("percent", HANDLING_CAP_PERCENT)));
	case BUDGET_AMOUNT_UNKNOWN:
		return two(reader, receipt_words_kept(reader, receipt), receipt_words_how_much(reader, AMOUNT_MISSING));
	case BUDGET_LINE_UNKNOWN:
		if (!booking->options_len)
			return two(reader, receipt_words_kept(reader, receipt), SAY_TO(reader, "bon.no_line"));
		return arena_printf(view_arena(reader->view), "%s %s\n%s", receipt_words_kept(reader, receipt), SAY_TO(reader, "bon.ask_line"),
				    receipt_words_options(reader, booking->options, booking->options_len));
	case BUDGET_WITHDRAWN:
		if (!receipt->line || !receipt->has_amount)
			return SAY_TO(reader, "bon.withdrawn", MSG_INT("number", receipt->number));
		return SAY_TO(reader, "bon.withdrawn_line", MSG_INT("number", receipt->number), MSG_TEXT("line", line_name(reader, &booking->line)),
			      MSG_CENTS("left", booking->line.left));
	case BUDGET_ABSURD:
	case BUDGET_NOT_YOURS:
	case BUDGET_SETTLED:
	case BUDGET_GONE:
	case BUDGET_BACK_TOO_MUCH:
	case BUDGET_NOTHING_BACK:
	case BUDGET_LINE_FOREIGN:
		break;
	}
	die("budget verdict %d is no news", (int)verdict);
}

char *receipt_words_refusal(const struct reader *reader, enum budget_verdict verdict, const struct receipt *receipt)
{
	const int64_t number = receipt->number;

	switch (verdict) {
	case BUDGET_ABSURD:
		return SAY_TO(reader, "bon.absurd");
	case BUDGET_NOT_YOURS:
		return SAY_TO(reader, "bon.not_yours", MSG_INT("number", number));
	case BUDGET_SETTLED:
		return SAY_TO(reader, "bon.settled", MSG_INT("number", number));
	case BUDGET_GONE:
		return SAY_TO(reader, "bon.gone", MSG_INT("number", number));
	case BUDGET_BACK_TOO_MUCH:
		return SAY_TO(reader, "bon.back_too_much", MSG_INT("number", number), MSG_CENTS("amount", receipt->amount),
			      MSG_CENTS("back", receipt->back));
	case BUDGET_NOTHING_BACK:
		return SAY_TO(reader, "bon.nothing_back", MSG_INT("number", number));
	case BUDGET_LINE_FOREIGN:
		return SAY_TO(reader, "bon.line_foreign", MSG_INT("number", number));
	case BUDGET_BOOKED:
	case BUDGET_BOOKED_OVER:
	case BUDGET_AMOUNT_UNKNOWN:
	case BUDGET_LINE_UNKNOWN:
	case BUDGET_CAPPED:
	case BUDGET_WITHDRAWN:
		break;
	}
	die("budget verdict %d is no refusal", (int)verdict);
}

char *receipt_words_how_much(const struct reader *reader, enum amount_verdict why)
{
	switch (why) {
	case AMOUNT_OK:
		break;
	case AMOUNT_MISSING:
		return SAY_TO(reader, "bon.ask_amount");
	case AMOUNT_AMBIGUOUS:
		return SAY_TO(reader, "bon.ask_amount.ambiguous");
	case AMOUNT_ZERO:
		return SAY_TO(reader, "bon.ask_amount.zero");
	case AMOUNT_NEGATIVE:
		return SAY_TO(reader, "bon.ask_amount.negative");
	case AMOUNT_ABSURD:
		return SAY_TO(reader, "bon.absurd");
	}
	die("amount verdict %d asks nothing", (int)why);
}

char *receipt_words_file_failed(const struct reader *reader, int64_t number, const char *why)
{
	return SAY_TO(reader, str_equal(why, "too_big") ? "bon.file_too_big" : "bon.file_failed", MSG_INT("number", number));
}

char *receipt_words_options(const struct reader *reader, const struct line *lines, size_t len)
{
	struct arena *arena = view_arena(reader->view);
	char *text = arena_dup(arena, "");

	for (size_t i = 0; i < len; i++)
		text = arena_printf(arena, "%s%s%zu. %s", text, i ? "\n" : "", i + 1, line_name(reader, &lines[i]));
	return text;
}

/* "zonder foto, te bespreken": what people should know about it; "" for nothing. */
static const char *marks(const struct reader *reader, const struct receipt *receipt)
{
	struct arena *arena = view_arena(reader->view);
	const char *found[] = {
		receipt->has_amount ? NULL : SAY_TO(reader, "bonnen.mark.amount"),
		receipt->line ? NULL : SAY_TO(reader, "bonnen.mark.line"),
		receipt->photos ? NULL : SAY_TO(reader, "bonnen.mark.photo"),
		receipt->discuss == RECEIPT_DISCUSS_NOTHING ? NULL : SAY_TO(reader, "bonnen.mark.discuss"),
		receipt->same_as ? SAY_TO(reader, "bonnen.mark.same", MSG_INT("other", receipt->same_as)) : NULL,
		receipt->removed ? SAY_TO(reader, "bonnen.mark.removed") : NULL,
	};
	const char *text = "";

	for (size_t i = 0; i < ARRAY_LEN(found); i++) {
		if (found[i])
			text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "", found[i]);
	}
	return text;
}

/* What was asked last; in the receipt's own group the words too. */
static const char *asked(const struct reader *reader, const struct receipt *receipt)
{
	struct review_question question;

	if (!is_own_group(reader, receipt) || !review_find_last_question(reader->view, receipt->number, &question))
		return SAY_TO(reader, "bonnen.state.asked");
	return SAY_TO(reader, "bonnen.state.asked_what", MSG_TEXT("text", unicode_short_line(view_arena(reader->view), question.text, WORDS_MAX)));
}

/* Approved and perhaps paid: the answer to "when do I get my money". */
static const char *approved(const struct reader *reader, const struct receipt *receipt)
{
	const char *day;

	if (!receipt->paid_at_ms)
		return SAY_TO(reader, "bonnen.state.approved");
	day = zone_format_pattern(reader->house->zone, view_arena(reader->view), reader->language, "d MMMM", receipt->paid_at_ms);
	return SAY_TO(reader, "bonnen.state.paid", MSG_TEXT("date", day));
}

static const char *rejected(const struct reader *reader, const struct receipt *receipt)
{
	const char *reason = is_own_group(reader, receipt) ? review_reason(reader->view, receipt->number) : NULL;

	if (str_empty(reason))
		return SAY_TO(reader, "bonnen.state.rejected");
	return SAY_TO(reader, "bonnen.state.rejected_why", MSG_TEXT("reason", unicode_short_line(view_arena(reader->view), typed_for(reader, TYPED_ELSEWHERE, reason), WORDS_MAX)));
}

/* NULL for one that nobody judged yet. */
static const char *state(const struct reader *reader, const struct receipt *receipt)
{
	switch (receipt->state) {
	case RECEIPT_SUBMITTED:
		return NULL;
	case RECEIPT_ASKED:
		return asked(reader, receipt);
	case RECEIPT_APPROVED:
		return approved(reader, receipt);
	case RECEIPT_REJECTED:
		return rejected(reader, receipt);
	case RECEIPT_WITHDRAWN:
		return SAY_TO(reader, "bonnen.state.withdrawn");
	}
	die("receipt state %d", (int)receipt->state);
}

static const char *owner(const struct reader *reader, int64_t core)
{
	return core ? core_get(reader->view, core).name : SAY_TO(reader, "bonnen.neighbourhood");
}

/* Who, how many photos, what came back, how it was judged: as far as there is something to tell. */
static const char *facts(const struct reader *reader, const struct receipt *receipt)
{
	struct arena *arena = view_arena(reader->view);
	const char *name = is_own_group(reader, receipt) ? name_shown(reader->view, reader->house->config, receipt->author) : "";
	const char *found[] = {
		str_empty(name) ? NULL : SAY_TO(reader, "bonnen.card.author", MSG_TEXT("name", name)),
		receipt->photos ? SAY_TO(reader, "bonnen.card.photos", MSG_INT("count", receipt->photos)) : NULL,
		cents_is_zero(receipt->back) ? NULL : SAY_TO(reader, "bonnen.card.back", MSG_CENTS("back", receipt->back)),
		state(reader, receipt),
	};
	const char *text = "";

	for (size_t i = 0; i < ARRAY_LEN(found); i++) {
		if (found[i])
			text = arena_printf(arena, "%s%s%s", text, *text ? " " : "", found[i]);
	}
	return text;
}

/* By examples: the line that is quickest to type, another one when there is another. */
static const char *how_to_mend(const struct reader *reader, const struct receipt *receipt)
{
	size_t len;
	const struct line *lines = line_list_of(reader->view, receipt->core, &len), *example = NULL;

	for (size_t i = 0; i < len; i++) {
		if (!example || example->id == receipt->line || (lines[i].id != receipt->line && strlen(lines[i].name) < strlen(example->name)))
			example = &lines[i];
	}
	return SAY_TO(reader, "bonnen.card.mend", MSG_INT("number", receipt->number),
		      MSG_TEXT("line", example ? line_name(reader, example) : "..."));
}

char *receipt_words_card(const struct reader *reader, const struct receipt *receipt)
{
	struct arena *arena = view_arena(reader->view);
	const char *said = what(reader, receipt, WORDS_MAX), *noted = marks(reader, receipt), *known = facts(reader, receipt);
	const char *line = "";
	char *card;

	if (receipt->line) {
		struct line found = line_get(reader->view, receipt->line);

		line = SAY_TO(reader, "bonnen.card.line", MSG_TEXT("line", line_name(reader, &found)));
	}
	card = SAY_TO(reader, "bonnen.card", MSG_INT("number", receipt->number), MSG_TEXT("owner", owner(reader, receipt->core)),
		      MSG_TEXT("date", date(reader, receipt)), MSG_TEXT("what", said ? said : SAY_TO(reader, "bonnen.card.nothing")),
		      MSG_TEXT("line", line));
	if (*known)
		card = arena_printf(arena, "%s\n%s", card, known);
	if (receipt->state == RECEIPT_WITHDRAWN)
		return card;
	if (*noted)
		card = arena_printf(arena, "%s\n%s", card, SAY_TO(reader, "bonnen.card.marks", MSG_TEXT("marks", noted)));
	if (is_own_group(reader, receipt) && (receipt->state == RECEIPT_SUBMITTED || receipt->state == RECEIPT_ASKED))
		card = arena_printf(arena, "%s\n%s", card, how_to_mend(reader, receipt));
	return card;
}

char *receipt_words_row(const struct reader *reader, const struct receipt *receipt)
{
	struct arena *arena = view_arena(reader->view);
	const char *said = what(reader, receipt, LIST_WORDS_MAX), *noted = marks(reader, receipt);
	char *text = arena_printf(arena, "%" PRId64 " (%s): %s", receipt->number, owner(reader, receipt->core), said ? said : SAY_TO(reader, "bonnen.card.nothing"));

	if (*noted)
		text = arena_printf(arena, "%s (%s)", text, noted);
	return text;
}

static const char *list_line(const struct reader *reader, const struct receipt *receipt)
{
	struct arena *arena = view_arena(reader->view);
	const char *said = what(reader, receipt, LIST_WORDS_MAX), *noted = marks(reader, receipt);
	char *text = arena_printf(arena, "%" PRId64 ": %s", receipt->number, said ? said : SAY_TO(reader, "bonnen.card.nothing"));

	if (receipt->line)
		text = arena_printf(arena, "%s, %s", text, unicode_cut(arena, line_get(reader->view, receipt->line).name, LIST_LINE_NAME_MAX));
	if (*noted)
		text = arena_printf(arena, "%s (%s)", text, noted);
	return text;
}

char *receipt_words_list(const struct reader *reader, int64_t core, const struct receipt *receipts, size_t len, bool more)
{
	struct arena *arena = view_arena(reader->view);
	char *text;

	if (!len)
		return SAY_TO(reader, "bonnen.none", MSG_TEXT("owner", owner(reader, core)));
	text = SAY_TO(reader, "bonnen.title", MSG_TEXT("owner", owner(reader, core)));
	for (size_t i = 0; i < len; i++)
		text = arena_printf(arena, "%s\n%s", text, list_line(reader, &receipts[i]));
	return arena_printf(arena, "%s\n%s", text, SAY_TO(reader, more ? "bonnen.older" : "bonnen.open", MSG_INT("number", receipts[0].number)));
}
