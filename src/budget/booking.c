#include "budget/booking.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "budget/ledger.h"
#include "budget/receipt_rows.h"
#include "people/link.h"
#include "people/person.h"
#include "store/media.h"

/* The author's own deletion withdraws a receipt this soon after. */
#define WITHDRAW_MS (15 * MS_PER_MINUTE)

/* A call nobody followed up is forgotten when the next one comes, at the earliest after this. */
#define CALL_KEPT_MS MS_PER_DAY

enum { Q_CALL_ADD, Q_CALL_GET, Q_CALL_DROP, Q_CALL_DROP_OLD, Q_APPROVED_BY, Q_MAX };

static const char *const booking_sql[] = {
	[Q_CALL_ADD] = "INSERT INTO receipt_call (app_group, person, event, sent_at_ms, disappearing, words, language) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
		       " ON CONFLICT (app_group, person) DO UPDATE SET event = excluded.event, sent_at_ms = excluded.sent_at_ms,"
		       " disappearing = excluded.disappearing, words = excluded.words, language = excluded.language",
	[Q_CALL_GET] = "SELECT event, sent_at_ms, disappearing, words, language FROM receipt_call WHERE app_group = ?1 AND person = ?2 AND sent_at_ms >= ?3",
	[Q_CALL_DROP_OLD] = "DELETE FROM receipt_call WHERE sent_at_ms < ?1",
	[Q_CALL_DROP] = "DELETE FROM receipt_call WHERE app_group = ?1 AND person = ?2",
	[Q_APPROVED_BY] = "SELECT person FROM receipt_history WHERE receipt = ?1 AND what = 'approved' ORDER BY id DESC LIMIT 1",
};
_Static_assert(ARRAY_LEN(booking_sql) == Q_MAX, "a statement for every name");

const struct statements booking_statements = { "budget/booking", booking_sql, Q_MAX };

/* Does its state ask for it to stand in the books? */
static bool is_open(enum receipt_state state)
{
	switch (state) {
	case RECEIPT_SUBMITTED:
	case RECEIPT_ASKED:
	case RECEIPT_APPROVED:
		return true;
	case RECEIPT_REJECTED:
	case RECEIPT_WITHDRAWN:
		return false;
	}
	die("receipt state %d", (int)state);
}

static struct cents net_of(const struct receipt *receipt)
{
	return cents_sub(receipt->amount, receipt->back);
}

/* What the standing entries of a receipt took from the lines of handling costs. */
static struct cents handling_of(struct view *view, const struct entry *entries, size_t len)
{
	struct cents sum = cents_from_int64(0);

	for (size_t i = 0; i < len; i++) {
		if (line_get(view, entries[i].line).kind == LINE_KIND_HANDLING)
			sum = cents_sub(sum, entries[i].cents);
	}
	return sum;
}

/* Would it take handling costs over their cap, beside all other receipts? */
static bool passes_cap(struct view *view, const struct receipt *receipt, const struct entry *standing, size_t len)
{
	struct cents cap, others;

	if (line_get(view, receipt->line).kind != LINE_KIND_HANDLING)
		return false;
	cap = cents_share(line_total_granted(view), HANDLING_CAP_PERCENT);
	others = cents_sub(line_total_handling(view), handling_of(view, standing, len));
	return cents_exceeds(cents_add(others, net_of(receipt)), cap);
}

/* Make the ledger say what the receipt says: undo what no longer fits, add what is missing. */
static void book_entries(struct turn *turn, const struct receipt *receipt, bool wanted, const struct entry *standing, size_t len,
			 int64_t person, const char *why)
{
	struct cents back = cents_from_int64(0);
	bool spent = false;

	for (size_t i = 0; i < len; i++) {
		const struct entry *entry = &standing[i];
		bool is_spend = entry->kind == ENTRY_SPEND;

		if (!wanted || entry->line != receipt->line || (is_spend && cents_compare(cents_negate(entry->cents), receipt->amount) != 0))
			ledger_reverse(turn, entry, person, why);
		else if (is_spend)
			spent = true;
		else
			back = cents_add(back, entry->cents);
	}
	if (!wanted)
		return;
	if (!spent)
		(void)ledger_append(turn,
				    &(struct entry){ .kind = ENTRY_SPEND,
						     .line = receipt->line,
						     .receipt = receipt->number,
						     .person = person,
						     .cents = cents_negate(receipt->amount) },
				    receipt->words);
	if (cents_compare(back, receipt->back) != 0)
		(void)ledger_append(turn,
				    &(struct entry){ .kind = ENTRY_BACK,
						     .line = receipt->line,
						     .receipt = receipt->number,
						     .person = person,
						     .cents = cents_sub(receipt->back, back) },
				    why);
}

static enum budget_warning warning_between(const struct line *before, const struct line *after)
{
	int was = cents_percent(before->spent, before->granted), is = cents_percent(after->spent, after->granted);

	if (is >= 100 && was < 100)
		return BUDGET_WARNING_100;
	if (is >= 80 && was < 80)
		return BUDGET_WARNING_80;
	return BUDGET_WARNING_NONE;
}

/* Until it has one: the line its words choose, else what to choose from. */
static void place(struct view *view, struct receipt *receipt, struct booking *booking)
{
	struct arena *arena = view_arena(view);
	size_t len;
	struct line *lines = line_list_of(view, receipt->core, &len);
	struct line_match match = line_match(arena, receipt->words, lines, len);

	if (match.kind != LINE_MATCH_UNCLEAR) {
		receipt->line = lines[match.chosen].id;
		return;
	}
	booking->options = arena_array(arena, struct line, match.options_len);
	booking->options_len = match.options_len;
	for (size_t i = 0; i < match.options_len; i++)
		booking->options[i] = lines[match.options[i]];
}

static enum budget_verdict verdict_of(const struct receipt *receipt)
{
	if (receipt->state == RECEIPT_WITHDRAWN)
		return BUDGET_WITHDRAWN;
	if (!receipt->has_amount)
		return BUDGET_AMOUNT_UNKNOWN;
	if (!receipt->line)
		return BUDGET_LINE_UNKNOWN;
	switch (receipt->discuss) {
	case RECEIPT_DISCUSS_CAP:
		return BUDGET_CAPPED;
	case RECEIPT_DISCUSS_OVER:
		return BUDGET_BOOKED_OVER;
	case RECEIPT_DISCUSS_NOTHING:
		return BUDGET_BOOKED;
	}
	die("receipt discuss %d", (int)receipt->discuss);
}

/* Lines that have money left again by what was just undone or mended. */
static void lift_over(struct turn *turn, const struct entry *standing, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (!cents_is_negative(line_get(turn_view(turn), standing[i].line).left))
			receipt_lift_over(turn, standing[i].line);
	}
}

/*
 * The one road by which a receipt changes: write it, bring the ledger in line, see what it now looks
 * like. why is the text of what is reversed or comes back.
 */
static enum budget_verdict settle(struct turn *turn, struct receipt *receipt, int64_t person, const char *why, struct booking *ret_booking)
{
	struct view *view = turn_view(turn);
	struct booking booking = { .warning = BUDGET_WARNING_NONE };
	int64_t same_before = receipt->same_as;
	struct line before = { .id = 0 };
	struct entry *standing;
	bool wanted, capped;
	size_t len;

	if (!receipt->line)
		place(view, receipt, &booking);
	if (receipt->line)
		before = line_get(view, receipt->line);
	standing = ledger_standing(view, receipt->number, &len);
	wanted = is_open(receipt->state) && receipt->has_amount && receipt->line;
	capped = wanted && passes_cap(view, receipt, standing, len);
	book_entries(turn, receipt, wanted && !capped, standing, len, person, why);
	if (receipt->line)
		booking.line = line_get(view, receipt->line);
	receipt->discuss = RECEIPT_DISCUSS_NOTHING;
	if (capped)
		receipt->discuss = RECEIPT_DISCUSS_CAP;
	else if (wanted && cents_is_negative(booking.line.left))
		receipt->discuss = RECEIPT_DISCUSS_OVER;
	receipt->same_as = 0;
	if (is_open(receipt->state))
		receipt->same_as = receipt_find_same(view, receipt);
	receipt_write(turn, receipt);
	lift_over(turn, standing, len);
	booking.receipt = receipt_get(view, receipt->number);
	booking.same_is_new = booking.receipt.same_as && booking.receipt.same_as != same_before;
	if (receipt->line)
		booking.warning = warning_between(&before, &booking.line);
	*ret_booking = booking;
	return verdict_of(&booking.receipt);
}

bool budget_refuses(enum budget_verdict verdict)
{
	switch (verdict) {
	case BUDGET_BOOKED:
	case BUDGET_BOOKED_OVER:
	case BUDGET_AMOUNT_UNKNOWN:
	case BUDGET_LINE_UNKNOWN:
	case BUDGET_CAPPED:
	case BUDGET_WITHDRAWN:
		return false;
	case BUDGET_ABSURD:
	case BUDGET_NOT_YOURS:
	case BUDGET_SETTLED:
	case BUDGET_GONE:
	case BUDGET_BACK_TOO_MUCH:
	case BUDGET_NOTHING_BACK:
	case BUDGET_LINE_FOREIGN:
		break;
	}
	return true;
}

/* Nobody approved, rejected or withdrew it yet. */
static bool is_undecided(enum receipt_state state)
{
	return state == RECEIPT_SUBMITTED || state == RECEIPT_ASKED;
}

/* Is it his to mend, by who he is? */
static bool is_his(struct view *view, const struct actor *actor, const struct receipt *receipt)
{
	return receipt_is_owner(view, receipt->number, actor->person) || actor_has(actor, ROLE_COORDINATOR) || actor_has(actor, ROLE_TREASURER) ||
	       (receipt->core && actor_leads(view, actor, receipt->core));
}

/* A receipt that this person may change, or why he may not. */
static bool may_change(struct view *view, const struct actor *actor, const struct receipt *receipt, enum budget_verdict *ret_verdict)
{
	if (!is_undecided(receipt->state)) {
		*ret_verdict = receipt->state == RECEIPT_WITHDRAWN ? BUDGET_GONE : BUDGET_SETTLED;
		return false;
	}
	*ret_verdict = BUDGET_NOT_YOURS;
	return is_his(view, actor, receipt);
}

/* What was asked about is mended: that is an answer, to be looked at again. */
static void reopen(struct turn *turn, struct receipt *receipt, int64_t person)
{
	if (receipt->state != RECEIPT_ASKED)
		return;
	receipt->state = RECEIPT_SUBMITTED;
	ledger_note(turn, ENTRY_ANSWERED, person, 0, receipt->number, "");
}

static const char *cents_text(struct turn *turn, bool known, struct cents cents)
{
	return known ? arena_printf(turn_arena(turn), "%" PRId64, cents_to_int64(cents)) : NULL;
}

static const char *id_text(struct turn *turn, int64_t id)
{
	return id ? arena_printf(turn_arena(turn), "%" PRId64, id) : NULL;
}

static bool is_absurd(struct view *view, struct cents amount)
{
	return cents_exceeds(amount, line_total_granted(view));
}

static void put_photo(struct turn *turn, int64_t number, int64_t person, int64_t media)
{
	struct media_row file = media_get(turn_view(turn), media);

	if (!receipt_add_photo(turn, number, media, file.sent_at_ms))
		return;
	media_want(turn, media);
	/* A file of a result may have outlived who sent it (people/forget.h). */
	if (!str_empty(file.sender))
		receipt_add_owner(turn, number, person_ensure(turn, file.sender).id);
	receipt_remember(turn, number, person, RECEIPT_STEP_PHOTO, NULL, id_text(turn, media));
}

enum budget_verdict budget_book(struct turn *turn, const struct actor *actor, const struct receipt_draft *draft, struct booking *ret_booking)
{
	struct receipt receipt = {
		.group = draft->group,
		.core = draft->core,
		.author = actor->person,
		.event = draft->event,
		.sent_at_ms = draft->sent_at_ms,
		.day = draft->day,
		.disappearing = draft->disappearing,
		.language = draft->language,
		.words = draft->words,
		.has_amount = draft->has_amount,
		.amount = draft->amount,
	};

	if (draft->has_amount && is_absurd(turn_view(turn), draft->amount))
		return BUDGET_ABSURD;
	receipt.number = receipt_add(turn, &receipt);
	receipt_add_owner(turn, receipt.number, actor->person);
	receipt_remember(turn, receipt.number, actor->person, RECEIPT_STEP_MADE, NULL, cents_text(turn, draft->has_amount, draft->amount));
	for (size_t i = 0; i < draft->photos_len; i++)
		put_photo(turn, receipt.number, actor->person, draft->photos[i]);
	budget_forget_call(turn, draft->group, actor->person);
	return settle(turn, &receipt, actor->person, "", ret_booking);
}

enum budget_verdict budget_set_amount(struct turn *turn, const struct actor *actor, int64_t number, struct cents amount, struct booking *ret_booking)
{
	struct receipt receipt = receipt_get(turn_view(turn), number);
	enum budget_verdict verdict;

	if (!may_change(turn_view(turn), actor, &receipt, &verdict))
		return verdict;
	if (is_absurd(turn_view(turn), amount))
		return BUDGET_ABSURD;
	if (cents_exceeds(receipt.back, amount))
		return BUDGET_BACK_TOO_MUCH;
	receipt_add_owner(turn, number, actor->person);
	receipt_remember(turn, number, actor->person, RECEIPT_STEP_AMOUNT, cents_text(turn, receipt.has_amount, receipt.amount),
			 cents_text(turn, true, amount));
	receipt.has_amount = true;
	receipt.amount = amount;
	reopen(turn, &receipt, actor->person);
	return settle(turn, &receipt, actor->person, "amount", ret_booking);
}

static bool is_line_of(struct view *view, int64_t core, int64_t line)
{
	size_t len;
	struct line *lines = line_list_of(view, core, &len);

	for (size_t i = 0; i < len; i++) {
		if (lines[i].id == line)
			return true;
	}
	return false;
}

enum budget_verdict budget_set_line(struct turn *turn, const struct actor *actor, int64_t number, int64_t line, struct booking *ret_booking)
{
	struct receipt receipt = receipt_get(turn_view(turn), number);
	enum budget_verdict verdict;

	if (!may_change(turn_view(turn), actor, &receipt, &verdict))
		return verdict;
	if (!is_line_of(turn_view(turn), receipt.core, line))
		return BUDGET_LINE_FOREIGN;
	receipt_remember(turn, number, actor->person, RECEIPT_STEP_LINE, id_text(turn, receipt.line), id_text(turn, line));
	receipt.line = line;
	reopen(turn, &receipt, actor->person);
	return settle(turn, &receipt, actor->person, "line", ret_booking);
}

enum budget_verdict budget_money_back(struct turn *turn, const struct actor *actor, int64_t number, struct cents amount, struct booking *ret_booking)
{
	struct receipt receipt = receipt_get(turn_view(turn), number);
	enum budget_verdict verdict;

	if (!may_change(turn_view(turn), actor, &receipt, &verdict))
		return verdict;
	if (!receipt.has_amount)
		return BUDGET_NOTHING_BACK;
	if (cents_exceeds(amount, net_of(&receipt)))
		return BUDGET_BACK_TOO_MUCH;
	receipt_remember(turn, number, actor->person, RECEIPT_STEP_BACK, NULL, cents_text(turn, true, amount));
	receipt.back = cents_add(receipt.back, amount);
	reopen(turn, &receipt, actor->person);
	return settle(turn, &receipt, actor->person, "back", ret_booking);
}

static enum budget_verdict withdraw(struct turn *turn, struct receipt *receipt, int64_t person, struct booking *ret_booking)
{
	receipt_remember(turn, receipt->number, person, RECEIPT_STEP_WITHDRAWN, receipt_state_format(receipt->state), NULL);
	receipt->state = RECEIPT_WITHDRAWN;
	ledger_note(turn, ENTRY_WITHDRAWN, person, 0, receipt->number, "");
	return settle(turn, receipt, person, "withdrawn", ret_booking);
}

void budget_take_out(struct turn *turn, struct receipt *receipt, int64_t person, const char *reason)
{
	struct booking booking;

	(void)settle(turn, receipt, person, reason, &booking);
	*receipt = booking.receipt;
}

enum budget_verdict budget_withdraw(struct turn *turn, const struct actor *actor, int64_t number, struct booking *ret_booking)
{
	struct receipt receipt = receipt_get(turn_view(turn), number);
	enum budget_verdict verdict;

	if (!may_change(turn_view(turn), actor, &receipt, &verdict))
		return verdict;
	return withdraw(turn, &receipt, actor->person, ret_booking);
}

enum budget_verdict budget_keep(struct turn *turn, const struct actor *actor, int64_t number, struct booking *ret_booking)
{
	struct receipt receipt = receipt_get(turn_view(turn), number);
	enum budget_verdict verdict;

	if (!may_change(turn_view(turn), actor, &receipt, &verdict))
		return verdict;
	receipt_remember(turn, number, actor->person, RECEIPT_STEP_KEPT, id_text(turn, receipt.same_as), NULL);
	receipt_deny_same(turn, number);
	return settle(turn, &receipt, actor->person, "", ret_booking);
}

enum budget_verdict budget_rewrite(struct turn *turn, const struct actor *actor, int64_t number, const char *words, struct cents amount,
				   struct booking *ret_booking)
{
	struct view *view = turn_view(turn);
	struct receipt receipt = receipt_get(view, number);
	enum budget_verdict verdict;
	struct line_match match;
	struct line *lines;
	size_t len;

	if (!may_change(view, actor, &receipt, &verdict))
		return verdict;
	if (is_absurd(view, amount))
		return BUDGET_ABSURD;
	if (cents_exceeds(receipt.back, amount))
		return BUDGET_BACK_TOO_MUCH;
	receipt_remember(turn, number, actor->person, RECEIPT_STEP_AMOUNT, cents_text(turn, receipt.has_amount, receipt.amount),
			 cents_text(turn, true, amount));
	receipt_remember(turn, number, actor->person, RECEIPT_STEP_WORDS, receipt.words, words);
	receipt.has_amount = true;
	receipt.amount = amount;
	receipt.words = words;
	lines = line_list_of(view, receipt.core, &len);
	match = line_match(view_arena(view), words, lines, len);
	if (match.kind == LINE_MATCH_CLEAR || (match.kind == LINE_MATCH_FREE && !receipt.line))
		receipt.line = lines[match.chosen].id;
	reopen(turn, &receipt, actor->person);
	return settle(turn, &receipt, actor->person, "amount", ret_booking);
}

/* The photo comes from who approved the receipt, or was ever one with him: it would make it his own. */
static bool comes_from_approver(struct turn *turn, const struct receipt *receipt, int64_t media)
{
	struct view *view = turn_view(turn);
	struct stmt *q = view_query(view, &booking_statements, Q_APPROVED_BY);
	int64_t person;

	stmt_bind_int(q, 1, receipt->number);
	person = stmt_one_int(q, 0);
	return link_was_one(view, person, person_ensure(turn, media_get(view, media).sender).id);
}

enum budget_verdict budget_add_photo(struct turn *turn, const struct actor *actor, int64_t number, int64_t media, struct booking *ret_booking)
{
	struct receipt receipt = receipt_get(turn_view(turn), number);
	enum budget_verdict verdict;

	if (receipt.state == RECEIPT_APPROVED && is_his(turn_view(turn), actor, &receipt) && !comes_from_approver(turn, &receipt, media)) {
		put_photo(turn, number, actor->person, media);
		*ret_booking = (struct booking){ .receipt = receipt_get(turn_view(turn), number) };
		return BUDGET_BOOKED;
	}
	if (!may_change(turn_view(turn), actor, &receipt, &verdict))
		return verdict;
	put_photo(turn, number, actor->person, media);
	return settle(turn, &receipt, actor->person, "", ret_booking);
}

bool budget_replace_photo(struct turn *turn, const struct receipt *receipt, int64_t old_media, int64_t new_media)
{
	/* What somebody looked at stays as he saw it. */
	if (!is_undecided(receipt->state))
		return false;
	media_want(turn, new_media);
	(void)receipt_replace_photo(turn, old_media, new_media);
	receipt_remember(turn, receipt->number, 0, RECEIPT_STEP_PHOTO_REPLACED, id_text(turn, old_media), id_text(turn, new_media));
	return true;
}

bool budget_photo_stored(struct turn *turn, int64_t media, struct booking *ret_booking)
{
	struct receipt receipt;

	if (!receipt_find_by_media(turn_view(turn), media, &receipt) || !is_open(receipt.state))
		return false;
	(void)settle(turn, &receipt, receipt.author, "", ret_booking);
	return ret_booking->same_is_new;
}

/* Its sender takes a photo back that did not make the receipt. */
static bool takes_photo_back(struct turn *turn, const struct actor *actor, const char *event, int64_t removed_at_ms, const struct receipt *receipt)
{
	struct view *view = turn_view(turn);
	struct media_row file;
	struct person sender;

	if (!media_find(view, event, &file) || file.disappearing || removed_at_ms - file.sent_at_ms > WITHDRAW_MS)
		return false;
	if (!person_find_by_sender(view, file.sender, &sender) || sender.id != actor->person || receipt->state != RECEIPT_SUBMITTED)
		return false;
	receipt_remove_photo(turn, receipt->number, file.id);
	receipt_remember(turn, receipt->number, actor->person, RECEIPT_STEP_PHOTO_REMOVED, id_text(turn, file.id), NULL);
	return true;
}

enum budget_removal budget_message_removed(struct turn *turn, const struct actor *actor, const char *event, int64_t removed_at_ms,
					   struct receipt *ret_receipt)
{
	struct receipt receipt;
	enum budget_verdict refusal;
	struct booking booking;
	bool made_it;

	if (!receipt_find_by_event(turn_view(turn), event, &receipt) || receipt.state == RECEIPT_WITHDRAWN)
		return BUDGET_REMOVAL_NOTHING;
	*ret_receipt = receipt;
	made_it = str_equal(receipt.event, event);
	if (made_it && link_is_one(turn_view(turn), receipt.author, actor->person) && !receipt.disappearing && removed_at_ms - receipt.sent_at_ms <= WITHDRAW_MS &&
	    may_change(turn_view(turn), actor, &receipt, &refusal)) {
		(void)withdraw(turn, &receipt, actor->person, &booking);
		*ret_receipt = booking.receipt;
		return BUDGET_REMOVAL_WITHDRAWN;
	}
	if (!made_it && takes_photo_back(turn, actor, event, removed_at_ms, &receipt)) {
		*ret_receipt = receipt_get(turn_view(turn), receipt.number);
		return BUDGET_REMOVAL_PHOTO;
	}
	if (receipt.removed)
		return BUDGET_REMOVAL_NOTHING;
	receipt_remember(turn, receipt.number, actor->person, RECEIPT_STEP_MESSAGE_REMOVED, NULL, event);
	receipt.removed = true;
	receipt_write(turn, &receipt);
	*ret_receipt = receipt;
	return BUDGET_REMOVAL_KEPT;
}

void budget_remember_call(struct turn *turn, int64_t group, int64_t person, const struct receipt_call *call)
{
	struct stmt *q = turn_query(turn, &booking_statements, Q_CALL_DROP_OLD);

	stmt_bind_int(q, 1, call->sent_at_ms - CALL_KEPT_MS);
	(void)stmt_run(q);
	q = turn_query(turn, &booking_statements, Q_CALL_ADD);
	stmt_bind_int(q, 1, group);
	stmt_bind_int(q, 2, person);
	stmt_bind_text(q, 3, call->event);
	stmt_bind_int(q, 4, call->sent_at_ms);
	stmt_bind_int(q, 5, call->disappearing);
	stmt_bind_text(q, 6, call->words);
	stmt_bind_text(q, 7, language_format(call->language));
	(void)stmt_run(q);
}

bool budget_find_call(struct view *view, int64_t group, int64_t person, int64_t from_ms, struct receipt_call *ret_call)
{
	struct stmt *q = view_query(view, &booking_statements, Q_CALL_GET);
	enum language language;

	stmt_bind_int(q, 1, group);
	stmt_bind_int(q, 2, person);
	stmt_bind_int(q, 3, from_ms);
	if (!stmt_step(q))
		return false;
	INVARIANT(language_parse(stmt_text(q, 4), &language));
	*ret_call = (struct receipt_call){ stmt_text(q, 0), stmt_int(q, 1), stmt_int(q, 2) != 0, language, stmt_text(q, 3) };
	stmt_reset(q);
	return true;
}

void budget_forget_call(struct turn *turn, int64_t group, int64_t person)
{
	struct stmt *q = turn_query(turn, &booking_statements, Q_CALL_DROP);

	stmt_bind_int(q, 1, group);
	stmt_bind_int(q, 2, person);
	(void)stmt_run(q);
}
