#include "budget/review.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "budget/booking.h"
#include "budget/ledger.h"
#include "budget/receipt_rows.h"
#include "people/eyes.h"
#include "people/link.h"

enum {
	Q_ASK,
	Q_BIND,
	Q_BY_OUTBOX,
	Q_LAST,
	Q_BY_ANSWER,
	Q_ANSWER_BY,
	Q_ANSWER,
	Q_CHANGE_ANSWER,
	Q_REASON,
	Q_COUNT_WAITING,
	Q_WAITING,
	Q_MAX
};

#define COLUMNS "q.id, q.receipt, q.person, q.app_group, q.language, q.text"

/* What can be looked at: the index receipt_waiting holds just these. */
#define WAITS "state = 'submitted' AND cents IS NOT NULL AND line IS NOT NULL AND discuss IS NOT 'cap'"

static const char *const review_sql[] = {
	[Q_ASK] = "INSERT INTO review_question (receipt, person, app_group, language, text, asked_at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[Q_BIND] = "UPDATE review_question SET outbox = ?2 WHERE id = ?1",
	[Q_BY_OUTBOX] = "SELECT " COLUMNS " FROM review_question q WHERE q.outbox = ?1",
	[Q_LAST] = "SELECT " COLUMNS " FROM review_question q WHERE q.receipt = ?1 ORDER BY q.id DESC LIMIT 1",
	[Q_BY_ANSWER] = "SELECT " COLUMNS " FROM review_answer a JOIN review_question q ON q.id = a.question WHERE a.event = ?1",
	[Q_ANSWER_BY] = "SELECT person FROM review_answer WHERE event = ?1",
	[Q_ANSWER] = "INSERT INTO review_answer (event, question, person, text) VALUES (?1, ?2, ?3, ?4)",
	[Q_CHANGE_ANSWER] = "UPDATE review_answer SET text = ?2 WHERE event = ?1",
	[Q_REASON] = "SELECT new FROM receipt_history WHERE receipt = ?1 AND what = ?2 ORDER BY id DESC LIMIT 1",
	[Q_COUNT_WAITING] = "SELECT count(*) FROM receipt WHERE " WAITS,
	[Q_WAITING] = "SELECT id FROM receipt WHERE " WAITS " ORDER BY id",
};
_Static_assert(ARRAY_LEN(review_sql) == Q_MAX, "a statement for every name");

const struct statements review_statements = { "budget/review", review_sql, Q_MAX };

/* ---- whose it is ---- */

bool review_is_own(struct view *view, int64_t receipt, int64_t person)
{
	size_t len;
	const int64_t *owners = receipt_owners(view, receipt, &len);

	for (size_t i = 0; i < len; i++) {
		if (link_was_one(view, owners[i], person))
			return true;
	}
	return false;
}

/* Is there anybody of the office whose receipt it is not? */
static bool others_can_look(struct view *view, int64_t receipt)
{
	size_t len;
	const int64_t *owners = receipt_owners(view, receipt, &len);

	return eyes_besides(view, owners, len, REVIEW_ROLES);
}

/* A receipt that this person of the office may look at. */
static enum review_verdict find(struct view *view, const struct actor *actor, int64_t number, struct receipt *ret_receipt)
{
	if (!(actor->roles & REVIEW_ROLES))
		return REVIEW_NO_OFFICE;
	if (!receipt_find(view, number, ret_receipt))
		return REVIEW_UNKNOWN;
	if (!review_is_own(view, number, actor->person))
		return REVIEW_DONE;
	return others_can_look(view, number) ? REVIEW_OWN : REVIEW_OWN_ALONE;
}

/* ---- what becomes of it ---- */

static void step(struct turn *turn, struct receipt *receipt, const struct actor *actor, enum receipt_state state, enum receipt_step what,
		 enum entry_kind note, const char *text)
{
	receipt->state = state;
	receipt_write(turn, receipt);
	receipt_remember(turn, receipt->number, actor->person, what, NULL, str_empty(text) ? NULL : text);
	ledger_note(turn, note, actor->person, 0, receipt->number, text);
}

static bool stands_apart(const struct receipt *receipt)
{
	return !receipt->has_amount || !receipt->line || receipt->discuss == RECEIPT_DISCUSS_CAP;
}

enum review_verdict review_approve(struct turn *turn, const struct actor *actor, int64_t number, const char *alone, struct receipt *ret_receipt,
				   bool *ret_sole)
{
	enum review_verdict verdict = find(turn_view(turn), actor, number, ret_receipt);

	*ret_sole = verdict == REVIEW_OWN_ALONE && !str_empty(alone);
	if (verdict != REVIEW_DONE && !*ret_sole)
		return verdict;
	switch (ret_receipt->state) {
	case RECEIPT_APPROVED:
	case RECEIPT_REJECTED:
	case RECEIPT_WITHDRAWN:
		return REVIEW_SETTLED;
	case RECEIPT_SUBMITTED:
	case RECEIPT_ASKED:
		break;
	}
	if (stands_apart(ret_receipt))
		return REVIEW_APART;
	if (*ret_sole) {
		receipt_remember(turn, number, actor->person, RECEIPT_STEP_SOLE, NULL, alone);
		ledger_note(turn, ENTRY_SOLE, actor->person, 0, number, alone);
	}
	step(turn, ret_receipt, actor, RECEIPT_APPROVED, RECEIPT_STEP_APPROVED, ENTRY_APPROVED, "");
	return REVIEW_DONE;
}

enum review_verdict review_reject(struct turn *turn, const struct actor *actor, int64_t number, const char *reason, struct receipt *ret_receipt)
{
	enum review_verdict verdict = find(turn_view(turn), actor, number, ret_receipt);

	if (verdict != REVIEW_DONE)
		return verdict;
	switch (ret_receipt->state) {
	case RECEIPT_REJECTED:
	case RECEIPT_WITHDRAWN:
		return REVIEW_SETTLED;
	case RECEIPT_SUBMITTED:
	case RECEIPT_ASKED:
	case RECEIPT_APPROVED:
		break;
	}
	if (ret_receipt->paid_at_ms)
		return REVIEW_PAID;
	step(turn, ret_receipt, actor, RECEIPT_REJECTED, RECEIPT_STEP_REJECTED, ENTRY_REJECTED, reason);
	budget_take_out(turn, ret_receipt, actor->person, reason);
	return REVIEW_DONE;
}

enum review_verdict review_pay(struct turn *turn, const struct actor *actor, int64_t number, struct receipt *ret_receipt)
{
	if (!actor_has(actor, ROLE_TREASURER))
		return REVIEW_NO_OFFICE;
	if (!receipt_find(turn_view(turn), number, ret_receipt))
		return REVIEW_UNKNOWN;
	if (ret_receipt->paid_at_ms)
		return REVIEW_PAID;
	switch (ret_receipt->state) {
	case RECEIPT_REJECTED:
	case RECEIPT_WITHDRAWN:
		return REVIEW_SETTLED;
	case RECEIPT_SUBMITTED:
	case RECEIPT_ASKED:
		return REVIEW_NOT_APPROVED;
	case RECEIPT_APPROVED:
		break;
	}
	receipt_set_paid(turn, number);
	ret_receipt->paid_at_ms = turn_now_ms(turn);
	receipt_remember(turn, number, actor->person, RECEIPT_STEP_PAID, NULL, NULL);
	ledger_note(turn, ENTRY_PAID, actor->person, 0, number, "");
	return REVIEW_DONE;
}

/* ---- questions ---- */

enum review_verdict review_ask(struct turn *turn, const struct actor *actor, int64_t number, const struct review_question *question,
			       struct receipt *ret_receipt, int64_t *ret_id)
{
	enum review_verdict verdict = find(turn_view(turn), actor, number, ret_receipt);
	struct stmt *q;

	if (verdict != REVIEW_DONE)
		return verdict;
	switch (ret_receipt->state) {
	case RECEIPT_APPROVED:
	case RECEIPT_REJECTED:
	case RECEIPT_WITHDRAWN:
		return REVIEW_SETTLED;
	case RECEIPT_SUBMITTED:
	case RECEIPT_ASKED:
		break;
	}
	step(turn, ret_receipt, actor, RECEIPT_ASKED, RECEIPT_STEP_ASKED, ENTRY_ASKED, question->text);
	q = turn_query(turn, &review_statements, Q_ASK);
	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, actor->person);
	stmt_bind_int(q, 3, question->group);
	stmt_bind_text(q, 4, language_format(question->language));
	stmt_bind_text(q, 5, question->text);
	stmt_bind_int(q, 6, turn_now_ms(turn));
	*ret_id = stmt_insert(q);
	return REVIEW_DONE;
}

void review_bind_question(struct turn *turn, int64_t id, int64_t outbox)
{
	struct stmt *q = turn_query(turn, &review_statements, Q_BIND);

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, outbox);
	INVARIANT(stmt_run(q) == 1);
}

static bool read_question(struct stmt *q, struct review_question *ret_question)
{
	if (!stmt_step(q))
		return false;
	*ret_question = (struct review_question){
		.id = stmt_int(q, 0),
		.receipt = stmt_int(q, 1),
		.person = stmt_int(q, 2),
		.group = stmt_int(q, 3),
		.text = stmt_text(q, 5),
	};
	INVARIANT(language_parse(stmt_text(q, 4), &ret_question->language));
	stmt_reset(q);
	return true;
}

bool review_find_question(struct view *view, int64_t outbox, struct review_question *ret_question)
{
	struct stmt *q = view_query(view, &review_statements, Q_BY_OUTBOX);

	stmt_bind_int(q, 1, outbox);
	return read_question(q, ret_question);
}

bool review_find_last_question(struct view *view, int64_t receipt, struct review_question *ret_question)
{
	struct stmt *q = view_query(view, &review_statements, Q_LAST);

	stmt_bind_int(q, 1, receipt);
	return read_question(q, ret_question);
}

bool review_find_answered(struct view *view, const char *event, int64_t person, struct review_question *ret_question)
{
	struct stmt *q = view_query(view, &review_statements, Q_ANSWER_BY);
	int64_t author;

	stmt_bind_text(q, 1, event);
	author = stmt_one_int(q, 0);
	if (!author || !link_is_one(view, author, person))
		return false;
	q = view_query(view, &review_statements, Q_BY_ANSWER);
	stmt_bind_text(q, 1, event);
	return read_question(q, ret_question);
}

void review_answer(struct turn *turn, const struct review_question *question, int64_t person, const char *event, const char *text)
{
	struct receipt receipt = receipt_get(turn_view(turn), question->receipt);
	struct stmt *q = turn_query(turn, &review_statements, Q_ANSWER);

	stmt_bind_text(q, 1, event);
	stmt_bind_int(q, 2, question->id);
	stmt_bind_int(q, 3, person);
	stmt_bind_text(q, 4, text);
	(void)stmt_run(q);
	receipt_remember(turn, receipt.number, person, RECEIPT_STEP_ANSWERED, NULL, event);
	if (receipt.state != RECEIPT_ASKED)
		return;
	receipt.state = RECEIPT_SUBMITTED;
	receipt_write(turn, &receipt);
	ledger_note(turn, ENTRY_ANSWERED, person, 0, receipt.number, "");
}

void review_change_answer(struct turn *turn, const char *event, const char *text)
{
	struct stmt *q = turn_query(turn, &review_statements, Q_CHANGE_ANSWER);

	stmt_bind_text(q, 1, event);
	stmt_bind_text(q, 2, text);
	(void)stmt_run(q);
}

/* ---- what waits, and what was said ---- */

static const char *reason_of(struct view *view, int64_t receipt, const char *step)
{
	struct stmt *q = view_query(view, &review_statements, Q_REASON);

	stmt_bind_int(q, 1, receipt);
	stmt_bind_text(q, 2, step);
	return stmt_one_text(q, NULL);
}

const char *review_reason(struct view *view, int64_t receipt)
{
	return reason_of(view, receipt, "rejected");
}

const char *review_sole_reason(struct view *view, int64_t receipt)
{
	return reason_of(view, receipt, "sole");
}

int64_t review_count_waiting(struct view *view)
{
	return stmt_one_int(view_query(view, &review_statements, Q_COUNT_WAITING), 0);
}

struct receipt *review_list_waiting(struct view *view, int64_t person, size_t limit, size_t *ret_len)
{
	struct receipt *receipts = arena_array(view_arena(view), struct receipt, limit);
	struct stmt *q = view_query(view, &review_statements, Q_WAITING);
	size_t len = 0;

	while (stmt_step(q)) {
		int64_t number = stmt_int(q, 0);

		if (review_is_own(view, number, person))
			continue;
		receipts[len++] = receipt_get(view, number);
		if (len == limit) {
			stmt_reset(q);
			break;
		}
	}
	*ret_len = len;
	return receipts;
}
