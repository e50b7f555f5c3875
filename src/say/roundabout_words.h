/*
 * The roundabout in words: a friendly question, no pressure. And as a section of the day post, for cores whose
 * leads have no private room with us.
 */
#ifndef ROTONDE_SAY_ROUNDABOUT_WORDS_H
#define ROTONDE_SAY_ROUNDABOUT_WORDS_H

#include "base/compiler.h"
#include "roundabout/pair.h"
#include "say/daypost.h"
#include "say/reader.h"

/* The question, to a lead. */
char *roundabout_words_ask(const struct reader *reader, const struct pair_side *side) MUST_CHECK;

/* What follows on an answer; NULL for PAIR_SETTLED. event as pair_answer() gave it. */
char *roundabout_words_answered(const struct reader *reader, enum pair_verdict verdict, const struct agenda_event *event) MUST_CHECK;

/* One question a day at most, in the core's main group. */
const char *roundabout_day_compose(const struct house *house, struct turn *turn, const struct day_post *post);

#endif
