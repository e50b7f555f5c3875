/*
 * Writing receipts: for booking.c and its sisters, which know what may be written.
 */
#ifndef ROTONDE_BUDGET_RECEIPT_ROWS_H
#define ROTONDE_BUDGET_RECEIPT_ROWS_H

#include "budget/receipt.h"

/* What happened, for the history. */
enum receipt_step {
	RECEIPT_STEP_MADE,
	RECEIPT_STEP_AMOUNT,
	RECEIPT_STEP_WORDS,
	RECEIPT_STEP_LINE,
	RECEIPT_STEP_BACK,
	RECEIPT_STEP_PHOTO,
	RECEIPT_STEP_PHOTO_REPLACED,
	RECEIPT_STEP_PHOTO_REMOVED,
	RECEIPT_STEP_WITHDRAWN,
	RECEIPT_STEP_KEPT,            /* no double, somebody said */
	RECEIPT_STEP_MESSAGE_REMOVED,
	RECEIPT_STEP_ASKED,
	RECEIPT_STEP_ANSWERED,
	RECEIPT_STEP_APPROVED,
	RECEIPT_STEP_REJECTED,
	RECEIPT_STEP_PAID,
	RECEIPT_STEP_SOLE,            /* looked at by its own owner */
};

/* A new row; its number. Takes group, core, author, event, sent_at_ms, day, disappearing, language and words. */
int64_t receipt_add(struct turn *turn, const struct receipt *in);

/* Write amount, back, words, line, state, discuss, same_as and removed. */
void receipt_write(struct turn *turn, const struct receipt *receipt);

/* Now. */
void receipt_set_paid(struct turn *turn, int64_t number);

/* A line has money left again: its receipts are no longer to be talked about for that. */
void receipt_lift_over(struct turn *turn, int64_t line);

void receipt_add_owner(struct turn *turn, int64_t number, int64_t person);

/* person 0: nobody's hand. old and new may be NULL. */
void receipt_remember(struct turn *turn, int64_t number, int64_t person, enum receipt_step step, const char *old, const char *new);

/* False when it is on there already. */
bool receipt_add_photo(struct turn *turn, int64_t number, int64_t media, int64_t sent_at_ms) MUST_CHECK;

/* How many receipts carry `old` and now show `new` instead. */
int64_t receipt_replace_photo(struct turn *turn, int64_t old, int64_t new);

void receipt_remove_photo(struct turn *turn, int64_t number, int64_t media);

/* Somebody said that it is another one than it looks like: from now on its same_as reads 0. */
void receipt_deny_same(struct turn *turn, int64_t number);

/*
 * The oldest other receipt, not withdrawn, with the same file; else with the same amount, words and day;
 * else by the same person with the same words at the same time. 0 for none.
 */
int64_t receipt_find_same(struct view *view, const struct receipt *receipt);

#endif
