/*
 * The amount in what somebody typed behind `!bon`: "12,50 verf", "tasjes 3 stuks 4,50", "€12,- taart".
 * An amount is taken when there is one way to read it, and asked back otherwise; it is never guessed.
 *
 * Taken: 12,50  12.50  €12,-  12€50  1.250,00  €1,250.00  1250,-  € 12  12 euro  EUR 12,50  50 cent
 * 12 euro en 50 cent, and a bare whole number when it is the only number. A number with cents or with
 * a currency wins over bare ones; two of those, or two bare ones, are ambiguous.
 *
 * Ambiguous by themselves: 1.250 and 1,250 (thousand or one?), 12,505, 12,5 (12,50 or 12,05?), 1 250,00,
 * €12 50, 2 x 4,50 and "3 stuks à 4,50" (a piece or together?), amounts in other currencies.
 *
 * Not amounts: dates (3 september, 3-9, 2022-09-03), times (14:00, 8 uur), numbers inside or glued to
 * words (A4, 12e, WD-40), "nr 12" and "week 24", numbers with a leading zero (06..., 007). Measures and
 * counts (5 kg, 2 zakken) are not amounts either, but next to a bare number they make it ambiguous: "2
 * zakken aarde 9" may be nine euros each. A number that is more likely something else (zaterdag 12, om
 * 14.30, a year) is never taken by itself.
 *
 * Digits and marks of any width or script count, minus signs of all kinds too.
 */
#ifndef ROTONDE_TEXT_AMOUNT_H
#define ROTONDE_TEXT_AMOUNT_H

#include "base/arena.h"
#include "base/compiler.h"
#include "base/money.h"

enum amount_verdict {
	AMOUNT_OK,
	AMOUNT_MISSING,   /* nothing that looks like an amount */
	AMOUNT_AMBIGUOUS, /* more than one way to read it */
	AMOUNT_ZERO,
	AMOUNT_NEGATIVE,
	AMOUNT_ABSURD, /* above CENTS_TYPED_MAX */
};

struct amount {
	struct cents amount; /* above zero; set only with AMOUNT_OK */
	const char *rest;    /* the words, cleaned and tidied, lines kept: without the amount with AMOUNT_OK, else all of them; maybe "" */
};

/* Everything lives in the arena. */
enum amount_verdict amount_parse(struct arena *arena, const char *text, struct amount *ret_amount) MUST_CHECK;

#endif
