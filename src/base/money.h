/*
 * Money: whole euro cents in a type of its own, so that cents never meet a plain number by accident.
 * Only money.c looks inside. Sums that do not fit are a bug and end the process: parsers refuse
 * amounts far below that (CENTS_TYPED_MAX).
 */
#ifndef ROTONDE_BASE_MONEY_H
#define ROTONDE_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct cents {
	int64_t value_;
};

/* The largest amount a person can type or a CSV can hold: ten million euros. Larger is a slip. */
#define CENTS_TYPED_MAX 1000000000

/* To and from the whole number that stands in the database. */
struct cents cents_from_int64(int64_t value);
int64_t cents_to_int64(struct cents cents);

struct cents cents_add(struct cents a, struct cents b);
struct cents cents_sub(struct cents a, struct cents b);
struct cents cents_negate(struct cents a);

/* <0, 0, >0 as a is less than, equal to or more than b. */
int cents_compare(struct cents a, struct cents b);
bool cents_exceeds(struct cents a, struct cents b);
bool cents_is_zero(struct cents a);
bool cents_is_negative(struct cents a);

/* part of whole in whole percents, rounded down, 0 for an empty whole; negative parts count as 0. */
int cents_percent(struct cents part, struct cents whole);

/* That many percents of a whole that is not negative, rounded down to the cent. */
struct cents cents_share(struct cents whole, int percent);

/* "12,50", "-3,00", "1250,00": decimal comma, no thousands, for CSV and file names. */
char *cents_format_csv(struct arena *arena, struct cents cents) MUST_CHECK;

/* What cents_format_csv() writes; at most CENTS_TYPED_MAX either way; exactly two decimals. */
bool cents_parse_csv(const char *text, struct cents *ret_cents) MUST_CHECK;

#endif
