/*
 * A group looks back, honestly and without blame, in exactly three blocks: what was done, what was not (yet)
 * and why, and what was done besides. Nobody is named, nothing is counted.
 */
#ifndef ROTONDE_SAY_LOOK_BACK_H
#define ROTONDE_SAY_LOOK_BACK_H

#include "base/compiler.h"
#include "people/house.h"
#include "say/daypost.h"
#include "say/reader.h"
#include "store/turn.h"

/* Of the last month of the reader's group; since its last monthly one when that is longer ago. Asking changes nothing. */
char *look_back_words(const struct reader *reader) MUST_CHECK;

/* A section of day_sections[]: on the first of the month, when the group settled something since the last one. */
const char *look_back_compose(const struct house *house, struct turn *turn, const struct day_post *post);

#endif
