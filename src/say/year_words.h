/*
 * The rhythm of the year in words, for the coordinators: what is planned, and what has no date yet.
 */
#ifndef ROTONDE_SAY_YEAR_WORDS_H
#define ROTONDE_SAY_YEAR_WORDS_H

#include <stddef.h>

#include "base/compiler.h"
#include "say/daypost.h"
#include "say/reader.h"
#include "text/wall.h"
#include "year/occasion.h"

/* "1 september". */
char *year_words_day(const struct reader *reader, const struct wall *day) MUST_CHECK;

/* "oktober". */
char *year_words_month(const struct reader *reader, const struct wall *month) MUST_CHECK;

/* The year from today on: events, rounds, the deadline. */
char *year_words_list(const struct reader *reader) MUST_CHECK;

/* It stands on the agenda already, and how to call it off there. The occasion has a number. */
char *year_words_planned(const struct reader *reader, const struct occasion *occasion) MUST_CHECK;

/* The section of the day post for the coordinators: what has no date yet, with the words to type; that the deadline is near. */
const char *year_day_compose(const struct house *house, struct turn *turn, const struct day_post *post);

#endif
