/*
 * The second pair of eyes. Nobody asks permission to spend; afterwards somebody of the office, the treasurer or the
 * audit committee, looks at each receipt: submitted -> approved | asked | rejected. What is approved is paid back.
 *
 *  - Nobody looks at his own: not who sent the photo, named the amount or wrote the message, nor anybody who ever
 *    was one with him (people/link.h). Where nobody else of the office could ever look, there is one way out, with
 *    a reason that stands in the books.
 *  - What somebody asked goes to the receipt's group; a reply to it, or a mend of the receipt, makes it a receipt to
 *    be looked at again.
 *  - An approved receipt can still be rejected, until it is paid. A rejected one stays so: it is handed in anew.
 *
 * Every step is a note in the ledger. A verdict other than REVIEW_DONE means that nothing changed.
 */
#ifndef ROTONDE_BUDGET_REVIEW_H
#define ROTONDE_BUDGET_REVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "budget/receipt.h"
#include "config/config.h"
#include "people/actor.h"
#include "store/turn.h"
#include "text/language.h"

extern const struct statements review_statements;

/* The office that looks at receipts. */
enum { REVIEW_ROLES = 1 << ROLE_TREASURER | 1 << ROLE_AUDITOR };

enum review_verdict {
	REVIEW_DONE,
	REVIEW_NO_OFFICE,   /* his roles do not let him */
	REVIEW_UNKNOWN,     /* no receipt has this number */
	REVIEW_OWN,         /* it is his own, and somebody else can look */
	REVIEW_OWN_ALONE,   /* it is his own, and nobody else ever can: a reason makes it possible */
	REVIEW_APART,       /* its amount or line is not known, or the cap keeps it out of the books */
	REVIEW_SETTLED,     /* approved, rejected or withdrawn already: ret_receipt->state */
	REVIEW_PAID,        /* paid back already */
	REVIEW_NOT_APPROVED, /* nobody approved it yet */
};

/*
 * *ret_receipt is the receipt as it then is, unless REVIEW_UNKNOWN. `alone` is the reason to approve one's own for want
 * of anybody else, or NULL; *ret_sole tells whether that was needed.
 */
enum review_verdict review_approve(struct turn *turn, const struct actor *actor, int64_t number, const char *alone, struct receipt *ret_receipt,
				   bool *ret_sole) MUST_CHECK;

/* Out of the books it goes. */
enum review_verdict review_reject(struct turn *turn, const struct actor *actor, int64_t number, const char *reason, struct receipt *ret_receipt) MUST_CHECK;

/* Who paid it has his money back: the treasurer's to say. */
enum review_verdict review_pay(struct turn *turn, const struct actor *actor, int64_t number, struct receipt *ret_receipt) MUST_CHECK;

struct review_question {
	int64_t id;
	int64_t receipt;
	int64_t person;         /* who asked */
	int64_t group;          /* where he asked */
	enum language language; /* of the command */
	const char *text;
};

/* Ask something about it; question->person, group, language and text. *ret_id is to be bound to the message that puts it. */
enum review_verdict review_ask(struct turn *turn, const struct actor *actor, int64_t number, const struct review_question *question,
			       struct receipt *ret_receipt, int64_t *ret_id) MUST_CHECK;

/* The row of the outbox by which the receipt's group hears the question. */
void review_bind_question(struct turn *turn, int64_t id, int64_t outbox);

/* The question that a row of the outbox put. */
bool review_find_question(struct view *view, int64_t outbox, struct review_question *ret_question) MUST_CHECK;

/* The last question about a receipt. */
bool review_find_last_question(struct view *view, int64_t receipt, struct review_question *ret_question) MUST_CHECK;

/* The question that a message answered, when this person (or who is one with him) wrote that answer. */
bool review_find_answered(struct view *view, const char *event, int64_t person, struct review_question *ret_question) MUST_CHECK;

/* Somebody answered. The receipt waits to be looked at again, unless that was settled meanwhile. */
void review_answer(struct turn *turn, const struct review_question *question, int64_t person, const char *event, const char *text);

/* Its author wrote his answer anew, or took it back (""). */
void review_change_answer(struct turn *turn, const char *event, const char *text);

/* Why it was rejected; NULL when it was not. */
const char *review_reason(struct view *view, int64_t receipt);

/* Why its own owner looked at it; NULL when he did not. */
const char *review_sole_reason(struct view *view, int64_t receipt);

/* How many receipts wait for the second pair of eyes; those that stand apart do not. */
int64_t review_count_waiting(struct view *view);

/* The oldest of them that are not this person's own; at most `limit`. */
struct receipt *review_list_waiting(struct view *view, int64_t person, size_t limit, size_t *ret_len);

/* His own, or of whoever ever was one with him. */
bool review_is_own(struct view *view, int64_t receipt, int64_t person);

#endif
