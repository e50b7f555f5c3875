/*
 * Who chairs, in words. Names are for the group where the event was typed and the groups of its core.
 */
#ifndef ROTONDE_SAY_CHAIR_WORDS_H
#define ROTONDE_SAY_CHAIR_WORDS_H

#include "agenda/chair.h"
#include "say/daypost.h"
#include "say/reader.h"

/* "Voorzitter: Joke. Daarna: Fatima, Winston."; NULL when there is no list or the reader is none of theirs. */
char *chair_words_list(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;

/* To who set, swapped or asked: the event and its list, or that it has none. */
char *chair_words_now(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;

/* The section of the day post that tells the chairs of this group three days before, with what the group has to do still. */
const char *chair_day_compose(const struct house *house, struct turn *turn, const struct day_post *post);

#endif
