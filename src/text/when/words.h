/*
 * The Dutch and English words for days, months, numbers and parts of the day: the tables of the
 * grammar in docs/DATES.md. Both languages are always understood; nobody is asked which he writes.
 *
 * Every reader looks at token i and returns the index after what it read, 0 when it read nothing.
 */
#ifndef ROTONDE_TEXT_WHEN_WORDS_H
#define ROTONDE_TEXT_WHEN_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "text/wall.h"
#include "text/when/token.h"

enum part {
	PART_NONE,
	PART_AM,
	PART_PM,
	PART_MORNING,
	PART_AFTERNOON,
	PART_EVENING,
	PART_NIGHT,       /* of the day that ends in it: zaterdagnacht 2 uur is on Sunday */
	PART_SMALL_HOURS, /* of the day that begins with it: 's nachts om 2 uur */
};

struct weekday_word {
	enum weekday weekday;
	enum part part;
	bool brief;  /* "do", "sun": a day only in good company */
	bool plural; /* "maandagen", "Mondays": every one of them */
};

enum unit { UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_QUARTER, UNIT_YEAR };

/* "vrijdag", "vrijdagavond", "vrijdag-avond", "vrijdag avond", "vr.", "Fridays". */
size_t weekday_read(const struct phrase *phrase, size_t i, struct weekday_word *ret_word);

/* "juni", "sept.". */
size_t month_read(const struct phrase *phrase, size_t i, int *ret_month);

/* "'s avonds", "in de ochtend", "in the evening", "pm", "p.m.". */
size_t part_read(const struct phrase *phrase, size_t i, enum part *ret_part);

/* "avond", "night": only right after a day. */
size_t part_noun_read(const struct phrase *phrase, size_t i, enum part *ret_part);

/* "3", "drie", "three"; at most four digits. */
size_t count_read(const struct phrase *phrase, size_t i, int *ret_count);

/* "eerste", "2e", "3rd", "laatste" (-1); numbers of one or two digits. */
size_t ordinal_read(const struct phrase *phrase, size_t i, int *ret_ordinal);

/* "week", "maanden", "years". */
size_t unit_read(const struct phrase *phrase, size_t i, enum unit *ret_unit);

/* "t/m", "tot en met", "tot", "until", a dash: what stands between a beginning and its end. */
size_t until_read(const struct phrase *phrase, size_t i);

#endif
