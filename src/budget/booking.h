/*
 * What may be done with a receipt, and what that does to the books. The rules of the neighbourhood:
 *
 *  - Nobody asks permission beforehand: a receipt is never refused for being too large. Over the end of its
 *    line it is booked and stands "to be talked about". Only more than the whole grant is taken for a slip.
 *  - Handling costs have a cap (8% of the grant): a receipt that would pass it keeps its number and photo
 *    and stays out of the ledger.
 *  - Without amount or line it stands apart, and enters the ledger when both are known.
 *  - What looks like a receipt that is there already is booked, flagged and asked about, never dropped.
 *  - A mend is a reversal and a new entry; nothing in the ledger changes.
 *
 * A verdict that refuses means that nothing changed.
 */
#ifndef ROTONDE_BUDGET_BOOKING_H
#define ROTONDE_BUDGET_BOOKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/money.h"
#include "budget/line.h"
#include "budget/receipt.h"
#include "people/actor.h"
#include "store/turn.h"

extern const struct statements booking_statements;

enum budget_verdict {
	/* Done; where the receipt stands now. */
	BUDGET_BOOKED,
	BUDGET_BOOKED_OVER,    /* its line went below zero: to be talked about */
	BUDGET_AMOUNT_UNKNOWN, /* stands apart: ask how much */
	BUDGET_LINE_UNKNOWN,   /* stands apart: ask which line */
	BUDGET_CAPPED,         /* stands apart: handling costs would pass their cap; to be talked about */
	BUDGET_WITHDRAWN,

	/* Refused; nothing changed. */
	BUDGET_ABSURD,         /* more than the whole grant: a slip of the finger */
	BUDGET_NOT_YOURS,      /* this person may not change this receipt */
	BUDGET_SETTLED,        /* approved or rejected already */
	BUDGET_GONE,           /* withdrawn already */
	BUDGET_BACK_TOO_MUCH,  /* more came back than it cost */
	BUDGET_NOTHING_BACK,   /* money came back before the amount is known */
	BUDGET_LINE_FOREIGN,   /* not a line of the receipt's core */
};

bool budget_refuses(enum budget_verdict verdict);

/* How full the line became by this receipt, when it passed a mark. */
enum budget_warning {
	BUDGET_WARNING_NONE,
	BUDGET_WARNING_80,
	BUDGET_WARNING_100, /* nothing left, or less */
};

/* What came of it, for who has to say it. */
struct booking {
	struct receipt receipt;
	struct line line;           /* as it is now; when receipt.line */
	enum budget_warning warning;
	struct line *options;       /* with BUDGET_LINE_UNKNOWN: the lines to choose from */
	size_t options_len;
	bool same_is_new;           /* receipt.same_as was found just now: ask */
};

/* A message that is to become a receipt. */
struct receipt_draft {
	int64_t group;
	int64_t core;           /* 0 from a group that is no core's: then it is for a line of the neighbourhood */
	const char *event;
	int64_t sent_at_ms;
	const char *day;        /* of sent_at_ms, "2022-09-03" */
	bool disappearing;
	enum language language;
	const char *words;      /* "" for none */
	bool has_amount;
	struct cents amount;    /* above zero; when has_amount */
	const int64_t *photos;  /* media ids */
	size_t photos_len;
};

/* The actor is the author; he and whoever sent the photos are its owners. The words choose the line. */
enum budget_verdict budget_book(struct turn *turn, const struct actor *actor, const struct receipt_draft *draft, struct booking *ret_booking) MUST_CHECK;

/*
 * Mending: by an owner, the core's lead, a coordinator or the treasurer, until it is approved or rejected. One that
 * was asked about waits to be looked at again.
 * Who puts the amount on a receipt becomes an owner.
 */
enum budget_verdict budget_set_amount(struct turn *turn, const struct actor *actor, int64_t number, struct cents amount, struct booking *ret_booking) MUST_CHECK;
enum budget_verdict budget_set_line(struct turn *turn, const struct actor *actor, int64_t number, int64_t line, struct booking *ret_booking) MUST_CHECK;

/* Money came back, for instance a deposit: so much more than before. */
enum budget_verdict budget_money_back(struct turn *turn, const struct actor *actor, int64_t number, struct cents amount, struct booking *ret_booking) MUST_CHECK;

/* For review.c: a receipt that was rejected leaves the books. */
void budget_take_out(struct turn *turn, struct receipt *receipt, int64_t person, const char *reason);

enum budget_verdict budget_withdraw(struct turn *turn, const struct actor *actor, int64_t number, struct booking *ret_booking) MUST_CHECK;

/* It only looks like receipt.same_as: do not ask again. */
enum budget_verdict budget_keep(struct turn *turn, const struct actor *actor, int64_t number, struct booking *ret_booking) MUST_CHECK;

/* The author wrote his message anew. The words choose the line again, when they point at one. */
enum budget_verdict budget_rewrite(struct turn *turn, const struct actor *actor, int64_t number, const char *words, struct cents amount, struct booking *ret_booking) MUST_CHECK;

/*
 * A photo for a receipt; its sender becomes an owner. Nothing new when it is on there already. What was approved may still
 * get one, for that changes no money; but not from who approved it.
 */
enum budget_verdict budget_add_photo(struct turn *turn, const struct actor *actor, int64_t number, int64_t media, struct booking *ret_booking) MUST_CHECK;

/* A sharper copy of one of the receipt's photos arrived: it takes its place, unless the receipt was decided: then false. */
bool budget_replace_photo(struct turn *turn, const struct receipt *receipt, int64_t old_media, int64_t new_media) MUST_CHECK;

/* A photo was stored: true when the receipt it is on turns out to look like another, which was not known before. */
bool budget_photo_stored(struct turn *turn, int64_t media, struct booking *ret_booking) MUST_CHECK;

/* What the removal of a message means for the receipt it made or put a photo on (DESIGN.md decision 6). */
enum budget_removal {
	BUDGET_REMOVAL_NOTHING,   /* it made none, or this was told already */
	BUDGET_REMOVAL_WITHDRAWN, /* by its author, soon after: withdrawn */
	BUDGET_REMOVAL_PHOTO,     /* by its sender, soon after: that photo is off the receipt */
	BUDGET_REMOVAL_KEPT,      /* it stays, and is flagged: tell the lead how to withdraw it */
};

enum budget_removal budget_message_removed(struct turn *turn, const struct actor *actor, const char *event, int64_t removed_at_ms,
					   struct receipt *ret_receipt) MUST_CHECK;

/* A !bon that is no receipt yet, kept until its photo or amount follows. */
struct receipt_call {
	const char *event;
	int64_t sent_at_ms;
	bool disappearing;
	enum language language;
	const char *words;
};

/* The last of a person in a group counts. */
void budget_remember_call(struct turn *turn, int64_t group, int64_t person, const struct receipt_call *call);

/* Sent at or after from_ms. */
bool budget_find_call(struct view *view, int64_t group, int64_t person, int64_t from_ms, struct receipt_call *ret_call) MUST_CHECK;

void budget_forget_call(struct turn *turn, int64_t group, int64_t person);

#endif
