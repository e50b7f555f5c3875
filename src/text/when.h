/*
 * Reads when something is, as people type it in Dutch and English, both at once: "woensdagavond 15
 * juni 20:00", "elke eerste woensdag half acht", "next Friday 7-9pm". The grammar, with what is
 * taken for time and what is left to the title, stands in docs/DATES.md.
 *
 * Nothing is guessed that can be asked: each refusal has a verdict of its own. Whatever is
 * understood should be repeated to the writer in full, by text/spoken.h.
 */
#ifndef ROTONDE_TEXT_WHEN_H
#define ROTONDE_TEXT_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "text/zone.h"

enum when_verdict {
	WHEN_OK,
	WHEN_DATE_MISSING,
	WHEN_DATE_PAST,
	WHEN_DATE_INVALID,   /* 31 februari; an end before its beginning */
	WHEN_DATE_CONTRADICTS, /* vrijdag 15 juni, which is a Wednesday; maandag en woensdag */
	WHEN_TIME_MISSING,   /* vrijdagavond, but how late? */
	WHEN_TIME_INVALID,   /* 25:00 */
	WHEN_TIME_SKIPPED,   /* 02:30 on the night that daylight saving begins */
};

/* Bytes of the text. */
struct when_span {
	size_t at;
	size_t len;
};

struct when {
	int64_t start_ms; /* UTC; all day: the first instant of the day in the zone */
	int64_t end_ms;   /* exclusive; all day: the first instant of the day after the last */
	bool has_end;
	bool all_day;
	const char *rrule; /* an RFC 5545 RRULE value of which start is the first occurrence, or NULL */

	/* The words that were about time, in order; set whatever the verdict. The rest is the title. */
	const struct when_span *spans;
	size_t spans_len;
};

/*
 * Reads UTF-8 text. Relative words ("morgen") count from sent_at_ms, and so does the past; one
 * that is no time of these centuries makes every date invalid. Strings and spans live in the arena.
 * Unless WHEN_OK, all but the spans is zero.
 */
enum when_verdict when_read(const struct zone *zone, struct arena *arena, const char *text, int64_t sent_at_ms,
			    struct when *ret_when) MUST_CHECK;

/*
 * The same for moving an appointment: a day alone keeps the old clock, a clock alone the old day,
 * and without a new end it lasts as long as it did. A recurrence has to be typed anew to be kept.
 */
enum when_verdict when_read_move(const struct zone *zone, struct arena *arena, const char *text, int64_t sent_at_ms,
				 const struct when *old, struct when *ret_when) MUST_CHECK;

/* Nothing but marks and white space stands outside the spans. */
bool when_is_all(const struct when *when, const char *text);

/* "date.missing" and so on, as `rotonde explain` prints it; NULL for WHEN_OK. */
const char *when_verdict_code(enum when_verdict verdict);

#endif
