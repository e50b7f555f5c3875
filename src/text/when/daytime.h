/*
 * Clock times as people write them: 20:00, 19u, 13u30, 7pm, half acht, kwart over 7 's avonds,
 * half past seven, noon, the two ends of "van 11 tot 3", and "over 2 uur", which is said from now on.
 */
#ifndef ROTONDE_TEXT_WHEN_DAYTIME_H
#define ROTONDE_TEXT_WHEN_DAYTIME_H

#include <stdbool.h>
#include <stddef.h>

#include "text/when/token.h"
#include "text/when/words.h"

/* How sure a reading is by itself; what it needs besides is up to text/when/fact.h. */
enum strength {
	STRENGTH_SURE,
	STRENGTH_LIKELY, /* unless something surer of its kind is there */
	STRENGTH_BARE,   /* a mere number: needs the right neighbours */
	STRENGTH_SHORT,  /* needs another word about time right beside it */
};

/* What introduces a time. */
enum lead {
	LEAD_NONE,
	LEAD_AT,      /* om, at */
	LEAD_ON,      /* op, on */
	LEAD_OF,      /* van: the beginning of a range, or a mere "of" */
	LEAD_FROM,    /* vanaf, from, tussen */
	LEAD_UNTIL,   /* tot, t/m, until */
	LEAD_DASH,    /* - , which is only sometimes "until" */
};

struct daytime {
	int minutes; /* since 00:00; 24:00 is 1440 */
	int ahead;   /* "over 2 uur": minutes after the moment it is said, and minutes is not set; else 0 */
	bool vague;  /* of a clock that goes round twice a day: "half acht", "7 uur" */
	bool wrong;  /* 25:00, 20:75 */
	enum part part;
	enum strength strength;
};

/* Reads at token i; the index after it, 0 when there is no clock time. */
size_t daytime_read(const struct phrase *phrase, size_t i, enum lead lead, struct daytime *ret_time);

/*
 * "van 11 tot 3", "14-16 uur", "2-4pm": a range whose beginning is a mere number. *ret_split is the
 * index of the second time, whose word "until" stands before it. With after_date a dash between
 * mere numbers cannot be a date any more.
 */
size_t daytime_range_read(const struct phrase *phrase, size_t i, enum lead lead, bool after_date, struct daytime *ret_from,
			  struct daytime *ret_to, size_t *ret_split);

/* Minutes since 00:00 of the day it is said of, 24 hours and more for the night after it. */
int daytime_settle(const struct daytime *time);

/*
 * Both ends of a range, each explained by the other: "2-4pm" begins at 14:00, "van 7 tot 9" ends at
 * 21:00, 22:00-02:00 ends the day after. False when it ends where it began.
 */
bool daytime_settle_range(const struct daytime *from, const struct daytime *to, int *ret_from, int *ret_to);

#endif
