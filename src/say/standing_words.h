/*
 * How far cores are with the three things asked of each: receipts, result, learning. Plain words for what is
 * missing; no ranking, no blame.
 */
#ifndef ROTONDE_SAY_STANDING_WORDS_H
#define ROTONDE_SAY_STANDING_WORDS_H

#include <stdint.h>

#include "base/compiler.h"
#include "say/daypost.h"
#include "say/reader.h"

/* One core's three lights. */
char *standing_words_core(const struct reader *reader, int64_t core) MUST_CHECK;

/* All cores, by what they miss. */
char *standing_words_table(const struct reader *reader) MUST_CHECK;

/*
 * The section of the day post: four weeks and one week before a learning session on the agenda, and before the
 * district's deadline, a core that spent money hears what of receipts and result is still missing. Learning is not asked for: it waits for a session.
 */
const char *standing_day_compose(const struct house *house, struct turn *turn, const struct day_post *post);

#endif
