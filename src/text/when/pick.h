/*
 * Which of the facts in a phrase make its one appointment. A phrase may name several days and
 * times ("vergadering 15 juni 20:00 over het feest van 20 augustus"); what is not picked belongs to
 * the title.
 */
#ifndef ROTONDE_TEXT_WHEN_PICK_H
#define ROTONDE_TEXT_WHEN_PICK_H

#include <stdbool.h>

#include "text/when/fact.h"

/* Pointers into the facts, NULL for what was not said. */
struct pick {
	struct fact *repeat;
	struct fact *day;       /* on which it is or, with a recurrence, from which on */
	struct fact *rival_day; /* beside the one picked, and so the same day or a contradiction */
	struct fact *last_day;  /* up to and with which */
	struct fact *time;
	struct fact *end_time;
	enum part part;         /* said apart from a clock time */
	bool all_day;
	enum weekday weekday;   /* said beside a date that did not name it, 0 for none */
};

/* Marks what it picks as used. */
struct pick facts_pick(const struct phrase *phrase, struct facts *facts);

#endif
